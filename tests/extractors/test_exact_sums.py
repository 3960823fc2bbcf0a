"""Sums of 8-bit products: the network gives the same numbers on the fast way and on the exact one."""

import numpy as np
import onnx
import onnxruntime
import pytest

from extractors import exact_sums
from extractors.exact_sums import sums_are_exact
from extractors.network import MODEL_DIR, Network
from extractors.wordpieces import SPACE

WORDS = ["The", "minister", "denied", "that", "a", "drone", "had", "crossed", "the", "border", "."] * 15


def test_what_is_tried_is_one_product():
    model = onnx.load_from_string(exact_sums._PRODUCT)

    assert [node.op_type for node in model.graph.node] == ["MatMulInteger"]


def test_a_session_that_is_asked_sums_exactly(monkeypatch):
    options = onnxruntime.SessionOptions()
    options.add_session_config_entry("session.x64quantprecision", "1")
    asked = onnxruntime.InferenceSession
    monkeypatch.setattr(
        onnxruntime, "InferenceSession", lambda model, **kinds: asked(model, options, **kinds)
    )

    assert sums_are_exact.__wrapped__()


@pytest.mark.model
def test_where_sums_are_exact_the_fast_way_gives_the_same_numbers(monkeypatch):
    if not sums_are_exact():
        pytest.skip("this processor sums in 16 bits: there is one way only")
    pieces = Network(MODEL_DIR).pieces.cut(WORDS, [SPACE] * len(WORDS))
    fast = next(Network(MODEL_DIR).windows(pieces))
    monkeypatch.setattr("extractors.network.sums_are_exact", lambda: False)
    asked = next(Network(MODEL_DIR).windows(pieces))

    assert all(np.array_equal(getattr(fast, field), getattr(asked, field)) for field in type(fast).__slots__)
