"""A product of 8-bit rows: what one extreme value costs the others."""

import numpy as np
import onnx
import onnxruntime
import pytest
from onnxruntime.quantization import QuantType, quantize_dynamic

from extractors.training.row_scales import scale_rows

RANDOM = np.random.default_rng(7)
WEIGHT = RANDOM.normal(size=(64, 32)).astype(np.float32)
ROWS = RANDOM.normal(size=(1, 20, 64)).astype(np.float32)


@pytest.fixture
def network(tmp_path):
    """A file with one 8-bit product named as the model's."""
    shape = (1, "n", None)
    rows = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape) for name in ("x", "y")]
    product = onnx.helper.make_node("MatMul", ["x", "weight"], ["y"], name="/layers.0/inner/MatMul")
    weight = onnx.numpy_helper.from_array(WEIGHT, "weight")
    graph = onnx.helper.make_graph([product], "product", rows[:1], rows[1:], [weight])
    opset = onnx.helper.make_opsetid("", 17)
    onnx.save(onnx.helper.make_model(graph, opset_imports=[opset], ir_version=8), tmp_path / "full.onnx")
    quantize_dynamic(
        tmp_path / "full.onnx", tmp_path / "network.onnx", per_channel=True, weight_type=QuantType.QInt8
    )
    return tmp_path / "network.onnx"


def product_of(network, rows):
    session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])
    return session.run(None, {"x": rows})[0]


def error_of(network, rows):
    """The largest error of each row, as a share of its largest value."""
    right = rows @ WEIGHT
    return (np.abs(product_of(network, rows) - right).max(-1) / np.abs(right).max(-1))[0]


def test_an_extreme_value_costs_its_own_row_alone(network):
    rows = ROWS.copy()
    rows[0, 3, 5] = 200.0
    before = error_of(network, rows)
    scale_rows(network, ["inner"])
    after = error_of(network, rows)

    others = np.arange(20) != 3
    assert before[others].min() > 0.05
    assert after.max() < 0.05
    assert np.allclose(error_of(network, ROWS)[others], after[others], atol=0.01)


def test_a_row_of_zeros_gives_zeros(network):
    scale_rows(network, ["inner"])

    rows = np.concatenate([ROWS, np.zeros((1, 1, 64), np.float32)], axis=1)
    assert not product_of(network, rows)[0, -1].any()


def test_a_name_that_no_product_has_is_told(network):
    with pytest.raises(ValueError, match="no 8-bit product of the layers outer"):
        scale_rows(network, ["outer"])
