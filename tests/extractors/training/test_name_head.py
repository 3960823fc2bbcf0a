"""The last layer of names: out of the network and back, and what is learned upon its vectors."""

import numpy as np
import pytest

pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from extractors.network import MODEL_DIR, NETWORK, Network  # noqa: E402 - torch first, or not at all
from extractors.training.name_head import (  # noqa: E402
    Examples,
    fitted,
    layer_of,
    reader_of_vectors,
    set_layer,
)

WORDS, GAPS = ("Ann", "Roe", "left", "Lund", "."), (0, 1, 1, 1, 0)


@pytest.mark.slow
def test_the_layer_upon_the_vectors_gives_what_the_network_gives():
    network = onnx.load(MODEL_DIR / NETWORK)
    weight, bias = layer_of(network)
    read = reader_of_vectors(MODEL_DIR).name_logits(WORDS, GAPS)
    logits, vectors = read[:, : len(bias)], read[:, len(bias) :]

    assert np.array_equal(logits, Network().name_logits(WORDS, GAPS))
    assert np.abs(vectors @ weight + bias - logits).max() < 0.3, "but for the 8 bits of the vectors"


@pytest.mark.slow
def test_a_layer_that_is_written_back_is_the_same():
    network = onnx.load(MODEL_DIR / NETWORK)
    before = layer_of(network)
    set_layer(network, *before)

    for one, same in zip(before, layer_of(network), strict=True):
        np.testing.assert_allclose(one, same, rtol=1e-6)


def test_words_that_the_layer_gets_wrong_change_it():
    vectors = np.tile(np.eye(2, dtype=np.float32), (100, 1))
    allowed = np.tile(np.array([[True, False], [False, True]]), (100, 1))
    weight, bias = fitted(Examples(vectors, np.zeros_like(vectors), allowed, np.ones(200, np.float32)))

    assert ((vectors @ weight + bias).argmax(1) == allowed.argmax(1)).all()
