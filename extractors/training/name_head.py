"""Fit the last layer of names again, with the rest of the network as it is: what more names would bring.

    python -m extractors.training.name_head --corpora DIR --to build/head [--model DIR] [--share 0.3] [--anew]

The network learned all its layers at once, and names from a teacher as well. Here its vector of each word of
the corpora with names is worked out once; the likeliest weights upon these, drawn to those that there are or,
with --anew, to nought, take a minute on two cores. None of them ships: docs/decisions/0075.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import ModelProto, NodeProto, helper, numpy_helper

from extractors.decoding import log_softmax
from extractors.network import FILES, MODEL_DIR, NETWORK, Network
from extractors.training.corpora import RECIPE, samples_of
from extractors.training.losses import NEVER
from extractors.training.samples import ANY_TAG, NAME_TAGS, Sample
from extractors.training.train import recipe_from

PRIOR = 30.0  # strength of the pull to the weights that there are
ROUNDS = 20
EWT = 2.0  # how much more it counts, the only corpus of what people write to each other
GMB = 5  # every so manieth sample of the largest corpus, which no person checked
NONE = 0.998  # chance of no name from which a word that may be none has nothing to teach
_LAYER, _BIAS = "/model/names/MatMul_quant", "model.names.bias"
_MOST = 127  # of 8 bits


class Examples(NamedTuple):
    """Words that teach the layer."""

    vectors: np.ndarray  # Shape: (n_words, width).
    logits: np.ndarray  # by the weights that there are. Shape: (n_words, n_tags).
    allowed: np.ndarray  # which tags are right. Shape: (n_words, n_tags).
    counts: np.ndarray  # how much each counts. Shape: (n_words,).


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder of the model with the new layer")
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--share", type=float, default=1.0, help="of the samples, for a learning curve")
    parser.add_argument("--anew", action="store_true", help="forget the weights that there are")
    options = parser.parse_args()
    recipe = recipe_from(RECIPE, set(), set())
    reader = reader_of_vectors(options.model)
    parts: list[Examples] = []
    for name, corpus in recipe["corpora"].items():
        if corpus["use"]:
            every = (GMB if name == "gmb" else 1) / options.share
            samples = _every(samples_of(name, options.corpora, recipe["seed"]), every)
            parts += examples_of(reader, samples, corpus["names"] * (EWT if name == "ewt" else 1.0))
    examples = Examples(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))
    copy_model(options.model, options.to)
    network = onnx.load(options.to / NETWORK)
    if options.anew:
        set_layer(network, *fitted(examples._replace(logits=np.zeros_like(examples.logits))))
    else:
        weight, bias = layer_of(network)
        more, more_bias = fitted(examples)
        set_layer(network, weight + more, bias + more_bias)
    onnx.save(network, options.to / NETWORK)


def copy_model(model_dir: Path, to: Path) -> None:
    to.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(model_dir / name, to / name)


def reader_of_vectors(model_dir: Path) -> Network:
    """Return the network that gives for each word the logits of its name tags and its vector, in one."""
    network = onnx.load(model_dir / NETWORK)
    quantized = _node(network, _LAYER).input[0]
    vectors = next(node for node in network.graph.node if quantized in node.output).input[0]
    [last] = (node for node in network.graph.node if "names" in node.output)
    last.output[0] = "names_alone"
    network.graph.node.append(helper.make_node("Concat", ["names_alone", vectors], ["names"], axis=-1))
    [told] = (output for output in network.graph.output if output.name == "names")
    told.type.tensor_type.shape.dim[-1].Clear()
    with TemporaryDirectory() as folder:
        copy_model(model_dir, Path(folder))
        onnx.save(network, Path(folder, NETWORK))
        return Network(Path(folder), threads=2)


def _node(network: ModelProto, name: str) -> NodeProto:
    return next(node for node in network.graph.node if node.name == name)


def _every(samples: Iterable[Sample], step: float) -> Iterator[Sample]:
    """Yield one of ``step`` samples, spread over all of them."""
    return (sample for number, sample in enumerate(samples) if int(number / step) != int((number - 1) / step))


def examples_of(reader: Network, samples: Iterable[Sample], count: float) -> Iterator[Examples]:
    """Yield the words of each sample that have something to teach."""
    bits = np.arange(len(NAME_TAGS))
    for sample in samples:
        if not sample.words or sample.name_masks is None:
            continue
        read = reader.name_logits(sample.words, sample.gaps)
        logits, vectors = read[:, : len(NAME_TAGS)], read[:, len(NAME_TAGS) :]
        masks = np.array(sample.name_masks)
        allowed = (masks[:, None] >> bits & 1).astype(bool)
        is_none = allowed[:, 0] & (log_softmax(logits)[:, 0] > np.log(NONE))
        kept = (masks != ANY_TAG) & ~is_none
        yield Examples(
            vectors[kept], logits[kept], allowed[kept], np.full(kept.sum(), count, dtype=np.float32)
        )


def fitted(examples: Examples) -> tuple[np.ndarray, np.ndarray]:
    """Return what is to be added to the weights and to the bias, for the greatest likelihood (L-BFGS)."""
    vectors, logits, allowed, counts = (torch.from_numpy(array) for array in examples)
    weight = torch.zeros(vectors.shape[1], logits.shape[1], requires_grad=True)
    bias = torch.zeros(logits.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        chances = (logits + vectors @ weight + bias).log_softmax(-1)
        right = chances.masked_fill(~allowed, NEVER).logsumexp(-1)
        value = PRIOR * weight.square().sum() - (counts * right).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return weight.detach().numpy(), bias.detach().numpy()


def layer_of(network: ModelProto) -> tuple[np.ndarray, np.ndarray]:
    """Return the layer's weights and bias. Shapes: (width, n_tags), (n_tags,)."""
    name, scale = _tables_of_layer(network)
    tables = {one.name: numpy_helper.to_array(one) for one in network.graph.initializer}
    return tables[name] * tables[scale], tables[_BIAS]


def set_layer(network: ModelProto, weight: np.ndarray, bias: np.ndarray) -> None:
    """Write the layer's weights, in 8 bits with a scale for each tag, and its bias."""
    name, scale = _tables_of_layer(network)
    scales = (np.abs(weight).max(0) / _MOST).astype(np.float32)
    new = {name: np.round(weight / scales).astype(np.int8), scale: scales, _BIAS: bias}
    for table in network.graph.initializer:
        if table.name in new:
            table.CopyFrom(numpy_helper.from_array(new[table.name], table.name))


def _tables_of_layer(network: ModelProto) -> tuple[str, str]:
    name: str = _node(network, _LAYER).input[1]
    return name, name.replace("_quantized", "_scale")


if __name__ == "__main__":
    main()
