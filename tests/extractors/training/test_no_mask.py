"""Attention without its mask of padding."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import helper

from extractors.training.no_mask import drop_mask

RANDOM = np.random.default_rng(7)
STATES = RANDOM.normal(size=(9, 16)).astype(np.float32)


def network_at(path, *, masked=True):
    """Write a softmax over products of rows, to which a mask is added where a piece is 0."""
    scores = "added" if masked else "products"
    mask = [
        helper.make_node("Equal", ["pieces", "padding"], ["is_padding"]),
        helper.make_node("Cast", ["is_padding"], ["as_numbers"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Mul", ["as_numbers", "far"], ["mask"]),
        helper.make_node("Add", ["products", "mask"], ["added"]),
    ]
    nodes = [
        helper.make_node("Transpose", ["states"], ["turned"]),
        helper.make_node("MatMul", ["states", "turned"], ["products"]),
        *(mask if masked else ()),
        helper.make_node("Softmax", [scores], ["weights"]),
    ]
    values = [
        helper.make_tensor_value_info("states", onnx.TensorProto.FLOAT, ("n", 16)),
        helper.make_tensor_value_info("pieces", onnx.TensorProto.INT64, ("n",)),
    ]
    result = [helper.make_tensor_value_info("weights", onnx.TensorProto.FLOAT, ("n", "n"))]
    constants = [
        onnx.numpy_helper.from_array(np.array(0, np.int64), "padding"),
        onnx.numpy_helper.from_array(np.array(-30000, np.float32), "far"),
    ]
    graph = helper.make_graph(nodes, "attention", values, result, constants)
    opset = helper.make_opsetid("", 17)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), path)
    return path


def weights_of(path):
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return session.run(None, {"states": STATES, "pieces": np.ones(9, np.int64)})[0]


def test_the_same_numbers_come_out_without_the_mask(tmp_path):
    network = network_at(tmp_path / "network.onnx")
    before = weights_of(network)
    drop_mask(network)

    assert np.array_equal(weights_of(network), before)
    assert [node.op_type for node in onnx.load(network).graph.node] == ["Transpose", "MatMul", "Softmax"]


def test_a_network_without_a_mask_is_told(tmp_path):
    with pytest.raises(ValueError, match="no attention with a mask"):
        drop_mask(network_at(tmp_path / "network.onnx", masked=False))
