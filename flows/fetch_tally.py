"""What became of the sources of a run so far, and who is told of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from ingest.crawl import Spent
from newsgraph.fetched import FetchFailure, FetchReport, Source, SourceReport

TELL_SECONDS = 0.2


class FetchProgress(Protocol):
    """Is told what happens while it happens."""

    def fetched(self, so_far: FetchReport) -> None:
        """Tell what became of the sources up to now."""

    def fail(self, failure: FetchFailure) -> None:
        """Tell that an address gave nothing."""

    def note(self, message: str) -> None:
        """Tell something that is worth knowing but no failure."""


class FetchTally:
    """Counts."""

    def __init__(self, sources: Sequence[Source], progress: FetchProgress | None) -> None:
        self.archived: list[str] = []
        self._progress = progress
        self._counts = {source.name: SourceReport(source.name) for source in sources}
        self._spent = {source.name: Spent() for source in sources}
        self._failures: list[FetchFailure] = []
        self._notes: list[str] = []
        self._told_at = time.monotonic()

    def spent(self, source: Source) -> Spent:
        """Return where the cost of a source's requests is written down."""
        return self._spent[source.name]

    def new_of(self, source: Source) -> int:
        return self._counts[source.name].new

    def count(self, source: Source, *, listed: int = 0, new: int = 0, unchanged: int = 0) -> None:
        self._counts[source.name] += SourceReport(source.name, listed, new, unchanged)
        if self._progress is not None and time.monotonic() - self._told_at > TELL_SECONDS:
            self._told_at = time.monotonic()
            self._progress.fetched(self.report())

    def fail(self, source: Source, url: str, reason: str, *, refused: bool = False) -> None:
        failure = FetchFailure(url, source.name, reason, refused)
        self._failures.append(failure)
        self._counts[source.name] += SourceReport(source.name, failed=1)
        if self._progress is not None:
            self._progress.fail(failure)

    def note(self, message: str) -> None:
        self._notes.append(message)
        if self._progress is not None:
            self._progress.note(message)

    def note_full(self, source: Source) -> None:
        most = f"{source.name}: {source.max_new} new articles, as many as one run takes"
        self.note(f"{most} (its max_new); the rest comes later")

    def report(self) -> FetchReport:
        sources = (
            replace(one, requests=spent.requests, bytes=spent.bytes, seconds=spent.seconds)
            for one, spent in zip(self._counts.values(), self._spent.values(), strict=True)
        )
        report = FetchReport(tuple(sources), tuple(self._failures), tuple(self._notes), tuple(self.archived))
        return FetchReport() + report  # in order
