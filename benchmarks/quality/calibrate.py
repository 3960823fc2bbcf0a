"""Fit what an attribution's confidence is worth, on PolNeAR's development part, and write it to the model.

    python -m benchmarks.quality.calibrate --corpora DIR [--model DIR]

Even articles are fitted, odd ones tell the expected calibration error before and after; then all are fitted
(extractors/confidence.py has the curve).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.attributions import match, roles_of
from benchmarks.quality.parts import texts_of
from benchmarks.quality.product import Product
from benchmarks.quality.reliability import Reliability
from extractors.confidence import Calibration
from extractors.decoding import logit
from extractors.network import CALIBRATION
from extractors.training.corpora import corpora_and_model
from extractors.training.logistic import logistic_weights

AS_IS = Calibration(1.0, 0.0)

Judged = tuple[float, bool]  # raw confidence of an attribution, and whether it is right


def main() -> None:
    options = corpora_and_model(__doc__)
    path = options.model / CALIBRATION
    path.write_text(json.dumps({"slope": 1.0, "offset": 0.0}) + "\n", encoding="utf-8")
    articles = list(judged_articles(Product.load(options.model, threads=2), options.corpora))
    half = fitted([one for article in articles[::2] for one in article])
    rest = [one for article in articles[1::2] for one in article]
    print(
        f"{len(rest)} attributions: error {error_of(rest, AS_IS):.3f} as is, {error_of(rest, half):.3f} after"
    )
    curve = fitted([one for article in articles for one in article])
    given = {"slope": round(curve.slope, 4), "offset": round(curve.offset, 4)}
    path.write_text(json.dumps(given) + "\n", encoding="utf-8")


def judged_articles(product: Product, corpora: Path) -> Iterator[list[Judged]]:
    for gold, reading in product.read(texts_of("PolNeAR dev", corpora)):
        wanted = [roles_of(gold.text, one) for one in gold.attributions or ()]
        found = set(match(wanted, [roles_of(gold.text, one) for one in reading.attributions]).values())
        yield [(one.confidence, number in found) for number, one in enumerate(reading.attributions)]


def fitted(judged: Sequence[Judged]) -> Calibration:
    """Return the curve of greatest likelihood."""
    values = np.array([(logit(confidence), 1.0) for confidence, _ in judged])
    right = np.array([is_right for _, is_right in judged], dtype=float)
    weights = logistic_weights(values, right, trials=1, prior=1e-6)  # a prior for what is never wrong
    return Calibration(*weights.tolist())


def error_of(judged: Sequence[Judged], curve: Calibration) -> float:
    """Return the expected calibration error of a curve's confidences."""
    diagram = Reliability()
    for confidence, is_right in judged:
        diagram.add(curve(confidence), is_right=is_right)
    return diagram.expected_error


if __name__ == "__main__":
    main()
