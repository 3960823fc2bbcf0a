"""Which runs read articles, the last first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.history import runs_of
from graph.snapshots import Reader
from graph.views.given import given_number

SIZE = 50


@dataclass(frozen=True, slots=True)
class Run:
    id: str
    started: str  # ISO 8601
    software: str
    model: str
    holds: int  # articles that the graph has as it read them
    replaced: int  # readings of it that others have replaced


@dataclass(frozen=True, slots=True)
class Runs:
    start: int
    size: int
    total: int
    runs: tuple[Run, ...]


def view(reader: Reader, parameters: Mapping[str, str]) -> Runs:
    """Return some runs; parameters: start."""
    start = given_number(parameters, "start", 0, least=0, most=10**9)
    every = runs_of(reader)[::-1]
    shown = every[start : start + SIZE]
    return Runs(start, SIZE, len(every), tuple(Run(**one._asdict()) for one in shown))
