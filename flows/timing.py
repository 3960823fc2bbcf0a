"""How long the stages of a run take, by the wall: of what this process does or waits for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

FETCH, TEXT, LANGUAGE, GRAPH = "fetch", "text", "language", "graph"  # in the order in which they come


class Stopwatch:
    """Adds up seconds under the names of stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def during(self, stage: str) -> Iterator[None]:
        """Count what goes on inside to ``stage``."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - started

    def pulling(self, stage: str, items: Iterable[T]) -> Iterator[T]:
        """Yield ``items``; the time that each takes to come is counted to ``stage``."""
        iterator = iter(items)
        while True:
            with self.during(stage):
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item
