"""Take the shipped model back to PyTorch, so that training can go on without the checkpoint it came from.

The way back from 8 bits loses what rounding lost (half a step of each channel's scale), nothing else: the
network that comes out scores as the one that ships.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from extractors.network import HEADS, NETWORK, ROWS
from extractors.training.model import JointModel

_NODE = re.compile(r"^/model/(?P<module>[\w./]+)/MatMul_quant$")


def load_shipped(model: JointModel, folder: Path) -> None:
    """Fill a model with the weights of a folder that export.py wrote, in 8 bits.

    Heads that have grown since keep their new rows as they are, new heads all of them.

    Raises:
        RuntimeError: If the shipped model has parts that this one lacks, or larger ones.
    """
    graph = onnx.load(folder / NETWORK).graph
    tables = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    state: dict[str, Tensor] = {}
    for name, values in tables.items():
        if name.endswith(".table"):
            scales = tables[name.removesuffix("table") + "scales"]
            state[name.removeprefix("model.").removesuffix("table") + "weight"] = values.float() * scales
        elif name.startswith(("model.", "encoder.")) and not name.endswith(".scales"):
            state[name.removeprefix("model.")] = values
    for node in graph.node:
        found = _NODE.match(node.name)
        if node.op_type == "MatMulInteger" and found:
            weight = tables[node.input[1]].float() * tables[node.input[1].replace("_quantized", "_scale")]
            state[found["module"].replace("/", ".") + ".weight"] = weight.T.contiguous()
    with np.load(folder / HEADS) as heads:
        state["relation_label.weight"] = torch.from_numpy(heads["relation_weight"])
        state["relation_label.bias"] = torch.from_numpy(heads["relation_bias"])
        state.update({name: torch.from_numpy(heads[name]) for name in ROWS if name in heads})
    own = model.state_dict()
    for name, values in state.items():
        if name not in own or values.shape[0] > own[name].shape[0] or values.shape[1:] != own[name].shape[1:]:
            raise RuntimeError(f"{folder}: {name} of shape {tuple(values.shape)} does not fit this model")
        own[name][: values.shape[0]] = values
    model.load_state_dict(own)
