"""Give each row of a product's 8-bit activations a scale of its own: one extreme value costs its row alone.

``quantize_dynamic`` scales a whole run of the network by its largest value. In the feed-forward layers one
channel in some hundreds is ten times the others, so that most of a run's 256 steps stood empty. Here each row
(a piece of a word) is divided by its largest value before, and the product multiplied by it after: the
weights stay as they are. Per-token scales are those of Yao et al. 2022 (ZeroQuant, arXiv:2206.01861).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import numpy as np
import onnx
from onnx import ModelProto, NodeProto, helper, numpy_helper

LEAST = 1e-6  # a row of zeros is divided by it


def scale_rows(path: Path, layers: Collection[str]) -> None:
    """Rewrite a network of ``quantize_dynamic`` in place.

    Args:
        path: The ONNX file. Its inputs, outputs and weights stay the same.
        layers: Parts of the products' names, as ``inner`` of ``/model/encoder/layers.0/inner/MatMul_quant``.

    Raises:
        ValueError: If no product has such a name.
    """
    model = onnx.load(path)
    users = _users(model)
    least = numpy_helper.from_array(np.array(LEAST, dtype=np.float32), "row_least")
    before: dict[str, list[NodeProto]] = {}  # by the name of a node, what comes before it
    after: dict[str, list[NodeProto]] = {}
    for node in model.graph.node:
        if node.op_type != "DynamicQuantizeLinear":
            continue
        products = [user for user in users[node.output[0]] if user.op_type == "MatMulInteger"]
        if not all(any(f"/{layer}/" in product.name for layer in layers) for product in products):
            continue
        before[node.name], row_scales = _divided(node, least.name)
        for product in products:
            [scaled] = users[users[product.output[0]][0].output[0]]  # product, to floats, times the scales
            after[scaled.name] = [_multiplied(scaled, row_scales)]
    if not after:
        raise ValueError(f"{path}: no 8-bit product of the layers {', '.join(layers)}")
    model.graph.initializer.append(least)
    nodes = [
        each
        for node in model.graph.node
        for each in (*before.get(node.name, ()), node, *after.get(node.name, ()))
    ]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _users(model: ModelProto) -> dict[str, list[NodeProto]]:
    """Return the nodes that take each value."""
    users: dict[str, list[NodeProto]] = defaultdict(list)
    for node in model.graph.node:
        for given in node.input:
            users[given].append(node)
    return users


def _divided(quantize: NodeProto, least: str) -> tuple[list[NodeProto], str]:
    """Let a node take its rows divided by their largest values; return the nodes for it and these values."""
    given = quantize.input[0]
    sizes, largest, scales, rows = (f"{given}_row_{part}" for part in ("sizes", "largest", "scales", "parts"))
    quantize.input[0] = rows
    return [
        helper.make_node("Abs", [given], [sizes]),
        helper.make_node("ReduceMax", [sizes], [largest], axes=[-1], keepdims=1),
        helper.make_node("Max", [largest, least], [scales]),
        helper.make_node("Div", [given, scales], [rows]),
    ], scales


def _multiplied(scaled: NodeProto, row_scales: str) -> NodeProto:
    result = scaled.output[0]
    scaled.output[0] = f"{result}_of_parts"
    return helper.make_node("Mul", [scaled.output[0], row_scales], [result])
