"""Take the mask of padding out of the exported network: a run is one window, and nothing in it is padding.

The mask adds nothing to each score of the attention, a twentieth of the network's time. The numbers that come
out stay the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import onnx
from onnx import NodeProto


def drop_mask(path: Path) -> None:
    """Rewrite a network in place.

    Raises:
        ValueError: If nothing is added to what a softmax takes.
    """
    model = onnx.load(path)
    makers = {value: node for node in model.graph.node for value in node.output}
    masked = 0
    for node in model.graph.node:
        added = makers.get(node.input[0]) if node.op_type == "Softmax" else None
        if added is not None and added.op_type == "Add":
            [scores] = [
                value for value in added.input if value in makers and makers[value].op_type == "MatMul"
            ]
            node.input[0] = scores
            masked += 1
    if not masked:
        raise ValueError(f"{path}: no attention with a mask")
    nodes = _used(model.graph.node, {value.name for value in model.graph.output})
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def _used(nodes: Sequence[NodeProto], wanted: set[str]) -> list[NodeProto]:
    """Return the nodes that something wanted comes from, in their order."""
    kept = []
    for node in reversed(nodes):  # each stands behind what it takes
        if not wanted.isdisjoint(node.output):
            kept.append(node)
            wanted = wanted | set(node.input)
    return kept[::-1]
