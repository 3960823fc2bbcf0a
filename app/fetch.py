"""newsgraph fetch: what is new at the sources into the archive under data/raw/."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.terminal import Terminal
from flows.fetch import run_fetch
from ingest.sources import load_sources
from newsgraph.codec import to_json
from newsgraph.errors import SourcesError
from newsgraph.fetched import FetchFailure, FetchLimits, FetchReport, Source
from newsgraph.settings import Settings

MAX_TOLD = 10  # failures of one source, one by one


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    sources, limits = chosen_sources(options.sources, settings)
    if options.sources:  # asked for by name: due or not
        sources = [replace(source, interval_seconds=0.0) for source in sources]
    teller = Teller(terminal)
    report = run_fetch(settings, sources=sources, limits=limits, progress=teller)
    teller.end()
    if options.json:
        print(json.dumps(to_json(report), ensure_ascii=False, indent=2))
    failed = not report.fetched and all(one.failed and one.failed >= one.listed for one in report.sources)
    (terminal.warn if failed else terminal.note)(f"newsgraph: {told(report)}")
    return 1 if failed else 0


def chosen_sources(names: Sequence[str], settings: Settings) -> tuple[list[Source], FetchLimits]:
    """Return the sources of these names, all if there are none, and the limits.

    Raises:
        SourcesError: If sources.toml cannot be used or has no such source.
    """
    sources, limits = load_sources(settings.sources_file)
    known = [source.name for source in sources]
    if unknown := [name for name in names if name not in known]:
        raise SourcesError(
            f"{settings.sources_file}: no source {unknown[0]!r}; there are: {', '.join(known)}"
        )
    return [source for source in sources if not names or source.name in names], limits


def told(report: FetchReport) -> str:
    """Return in words what became of a run."""
    parts = [f"{report.new} new", f"{report.unchanged} unchanged"]
    if report.refused:
        parts.append(f"{len(report.refused)} refused")
    if report.failed:
        parts.append(f"{len(report.failed)} failed")
    requests = sum(source.requests for source in report.sources)
    received = sum(source.bytes for source in report.sources)
    return f"{', '.join(parts)}; {requests} requests, {received / 1e6:.1f} MB"


class Teller:
    """Tells the terminal; of many failures of one source only how many."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._failures: Counter[str] = Counter()

    def fetched(self, so_far: FetchReport) -> None:
        self._terminal.progress(told(so_far))

    def fail(self, failure: FetchFailure) -> None:
        self._failures[failure.source] += 1
        if self._failures[failure.source] <= MAX_TOLD:
            self._terminal.warn(f"{failure.source}: {failure.url}: {failure.reason}")

    def note(self, message: str) -> None:
        self._terminal.note(message)

    def end(self) -> None:
        for source, count in sorted(self._failures.items()):
            if count > MAX_TOLD:
                self._terminal.warn(f"{source}: {count - MAX_TOLD} more failed (all of them: --json)")
