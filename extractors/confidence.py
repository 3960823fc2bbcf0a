"""From the network's own sureness of an attribution to the share of such attributions that are right.

Platt's scaling (1999): a logistic curve with two parameters, fitted on a development part
(benchmarks/quality/calibrate.py), which lie in the model's folder.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.decoding import logit
from extractors.network import CALIBRATION


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve: ``slope`` times the logit, plus ``offset``."""

    slope: float
    offset: float

    def __call__(self, confidence: float) -> float:
        score = self.slope * logit(confidence) + self.offset
        return round(1.0 / (1.0 + math.exp(-score)), 4)


@cache
def load_calibration(folder: Path) -> Calibration:
    given = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
    return Calibration(given["slope"], given["offset"])
