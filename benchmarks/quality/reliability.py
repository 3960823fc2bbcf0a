"""What a confidence is worth: predictions in ten bins of confidence, and how many of each were right.

Expected calibration error (Naeini et al. 2015): the mean distance of a bin's accuracy from its mean
confidence, each bin weighing as much as it has predictions. 0 is perfect.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

BINS = 10


@dataclass
class Bin:
    """The predictions whose confidence lies in one tenth of 0..1."""

    total: int = 0
    hits: int = 0
    confidences: float = 0.0  # their sum

    @property
    def accuracy(self) -> float:
        return self.hits / max(1, self.total)

    @property
    def confidence(self) -> float:
        return self.confidences / max(1, self.total)


@dataclass
class Reliability:
    """A reliability diagram in the making."""

    bins: list[Bin] = field(default_factory=lambda: [Bin() for _ in range(BINS)])

    def add(self, confidence: float, *, is_right: bool) -> None:
        one = self.bins[min(BINS - 1, int(confidence * BINS))]
        one.total += 1
        one.hits += is_right
        one.confidences += confidence

    @property
    def expected_error(self) -> float:
        total = sum(one.total for one in self.bins)
        return sum(one.total * abs(one.accuracy - one.confidence) for one in self.bins) / max(1, total)

    def rows(self) -> Iterator[str]:
        """Yield the diagram as lines of text, empty bins left out."""
        for number, one in enumerate(self.bins):
            if one.total:
                low, high = number / BINS, (number + 1) / BINS
                bar = "#" * round(20 * one.accuracy)
                yield (
                    f"{low:.1f}–{high:.1f}  confidence {one.confidence:.3f}  accuracy {one.accuracy:.3f}"
                    f"  {one.total:>6}  {bar}"
                )
        yield f"expected calibration error {self.expected_error:.3f}"
