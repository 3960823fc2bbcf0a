"""The arithmetic of all measures: hits against predictions and gold, shares, and a part's whole tally."""

from __future__ import annotations

from dataclasses import dataclass, field

from benchmarks.quality.reliability import Reliability


@dataclass
class Count:
    """Hits, predictions and gold items of one measure."""

    hits: float = 0.0  # of the predictions
    found: float = 0.0  # of the gold; B³ alone has others here than there
    predicted: int = 0
    gold: int = 0

    def add(self, hits: float, predicted: int, gold: int, found: float | None = None) -> None:
        self.hits += hits
        self.found += hits if found is None else found
        self.predicted += predicted
        self.gold += gold

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.predicted)

    @property
    def recall(self) -> float:
        return self.found / max(1, self.gold)

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"F1 {self.f1:.3f}  P {self.precision:.3f}  R {self.recall:.3f}  (gold {self.gold})"


@dataclass
class Share:
    """How many of all are right, where there is one answer to each question."""

    hits: int = 0
    total: int = 0

    def __str__(self) -> str:
        return f"   {self.hits / max(1, self.total):.3f}  (of {self.total})"


@dataclass
class Scores:
    """All measures of one corpus part, what its confidences are worth, and its errors by category."""

    counts: dict[str, Count] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    reliability: dict[str, Reliability] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)

    def add(self, measure: str, hits: float, predicted: int, gold: int, found: float | None = None) -> None:
        self.counts.setdefault(measure, Count()).add(hits, predicted, gold, found)

    def share(self, measure: str, *, is_right: bool) -> None:
        share = self.shares.setdefault(measure, Share())
        share.hits += is_right
        share.total += 1

    def sure(self, measure: str, confidence: float, *, is_right: bool) -> None:
        self.reliability.setdefault(measure, Reliability()).add(confidence, is_right=is_right)

    def error(self, category: str, line: str) -> None:
        self.errors.setdefault(category, []).append(line)
