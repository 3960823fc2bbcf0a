"""There and back: a model as it ships, taken to PyTorch again."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from extractors.network import HEADS, NETWORK  # noqa: E402 - torch first, or not at all
from extractors.training.export import write_heads, write_network  # noqa: E402
from extractors.training.model import JointModel, ModelShape  # noqa: E402
from extractors.training.shipped import load_shipped  # noqa: E402


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_what_ships_comes_back_but_for_rounding(tmp_path):
    torch.manual_seed(1)
    shape = ModelShape(vocabulary=50, tags=5, relations=7, name_tags=3)
    model = JointModel(shape)
    with torch.no_grad():  # equal weights, as before any training, are exported once
        for weight in model.parameters():
            weight += 0.01 * torch.randn_like(weight)
    wanted = {name: value.clone() for name, value in model.state_dict().items()}
    write_heads(model, tmp_path / HEADS)
    write_network(model.eval(), tmp_path / NETWORK, in_8_bits=True)
    again = JointModel(shape)

    load_shipped(again, tmp_path)

    for name, value in again.state_dict().items():
        step = wanted[name].abs().max() / 127
        assert torch.allclose(value, wanted[name], atol=float(step)), name
