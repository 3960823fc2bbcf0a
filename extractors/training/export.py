"""Take the trained model to the format that ships: an 8-bit ONNX network, small heads, labels, vocabulary.

    python -m extractors.training.export --work build/model [MORE …] [--shares 0.4 0.6] --to extractors/model

Weights of matrix products become 8-bit integers, a scale for each output channel; word and position
embeddings 8-bit integers, a scale for each row. Biases, norms and the shape embeddings stay 32-bit.
Activations become 8-bit integers as they come, in feed-forward layers with a scale a row (row_scales.py).
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from extractors.network import HEADS, LABELS, NETWORK, ROWS, VOCABULARY
from extractors.training.model import JointModel, ModelShape, Reading
from extractors.training.no_mask import drop_mask
from extractors.training.row_scales import scale_rows
from extractors.training.samples import NAME_TAGS
from extractors.training.train import pretrained_file

SLACK = 1e-6  # of a sum of shares
ANCHOR_THRESHOLD, SENTENCE_THRESHOLD = 0.2, 0.5  # judging.py chooses among the anchors
INPUTS = ("pieces", "shapes", "gaps", "firsts")
FEED_FORWARD = ("inner", "outer")  # layers that take one channel of 27 beside others of 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--work", type=Path, required=True, nargs="+", help="folders with model.pt; of several the mean ships"
    )
    parser.add_argument(
        "--shares", type=float, nargs="+", help="of each folder in that mean; equal ones else"
    )
    parser.add_argument("--to", type=Path, required=True, help="folder of the shipped model")
    parser.add_argument("--float", action="store_true", help="keep 32-bit weights (for measuring the loss)")
    options = parser.parse_args()
    shares = options.shares or [1 / len(options.work)] * len(options.work)
    if len(shares) != len(options.work) or abs(sum(shares) - 1) > SLACK:
        parser.error("--shares: one for each folder of --work, one in all")
    options.to.mkdir(parents=True, exist_ok=True)
    results = [torch.load(work / "model.pt", weights_only=False) for work in options.work]
    result = results[-1]
    model = JointModel(ModelShape(**result["shape"]))
    model.load_state_dict(mean_of([one["model"] for one in results], shares))
    model.eval()
    write_heads(model, options.to / HEADS)
    write_labels(result["labels"], options.to / LABELS)
    shutil.copyfile(pretrained_file("tokenizer.json"), options.to / VOCABULARY)
    write_network(model, options.to / NETWORK, in_8_bits=not options.float)


def mean_of(states: Sequence[dict[str, Tensor]], shares: Sequence[float]) -> dict[str, Tensor]:
    """Return the mean of weights of one training (Izmailov et al. 2018), each with its share."""
    return {
        name: torch.stack([share * state[name] for state, share in zip(states, shares, strict=True)]).sum(0)
        for name in states[0]
    }


class RowScaled(nn.Module):
    """An embedding table in 8-bit integers with one scale a row."""

    def __init__(self, table: Tensor) -> None:
        super().__init__()
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127.0
        self.register_buffer("table", (table / scales).round().to(torch.int8))
        self.register_buffer("scales", scales)

    def forward(self, indices: Tensor) -> Tensor:
        rows: Tensor = self.table[indices].float() * self.scales[indices]
        return rows


class Plain(nn.Module):
    """The model with a plain tuple as its result, as the exporter wants it."""

    def __init__(self, model: JointModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, shapes: Tensor, gaps: Tensor, firsts: Tensor) -> tuple[Tensor, ...]:
        return tuple(self.model(pieces, shapes, gaps, firsts))


def write_network(model: JointModel, path: Path, *, in_8_bits: bool) -> None:
    """Export the network, with weights of 8 bits or of 32."""
    if in_8_bits:
        model.encoder.words = RowScaled(model.encoder.words.weight.detach())
        model.encoder.positions = RowScaled(model.encoder.positions.weight.detach())
    example = tuple(torch.ones((1, 12), dtype=torch.int64) for _ in INPUTS)
    sizes: dict[str, Any] = {name: {0: "batch", 1: "pieces"} for name in INPUTS} | {
        "firsts": {0: "batch", 1: "words"}
    }
    sizes |= {name: {0: "batch", 1: "words"} for name in Reading._fields} | {
        "arcs": {0: "batch", 1: "words", 2: "words"}
    }
    full = path.with_suffix(".full.onnx")
    torch.onnx.export(
        Plain(model),
        example,
        str(full),
        input_names=list(INPUTS),
        output_names=list(Reading._fields),
        dynamic_axes=sizes,
        opset_version=17,
        dynamo=False,
    )
    drop_mask(full)
    if not in_8_bits:
        full.replace(path)
        return
    quantize_dynamic(
        full, path, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8
    )
    scale_rows(path, FEED_FORWARD)
    full.unlink()


def write_heads(model: JointModel, path: Path) -> None:
    """Write the parameters of what is worked out in NumPy (extractors/network.py)."""
    np.savez(
        path,
        relation_weight=model.relation_label.weight.detach().numpy(),
        relation_bias=model.relation_label.bias.detach().numpy(),
        **{name: getattr(model, name).detach().numpy() for name in ROWS},
    )


def write_labels(labels: dict[str, Any], path: Path) -> None:
    given = {
        "tags": labels["tags"],
        "relations": labels["relations"],
        "names": NAME_TAGS,
        "anchor_threshold": ANCHOR_THRESHOLD,
        "sentence_threshold": SENTENCE_THRESHOLD,
    }
    path.write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
