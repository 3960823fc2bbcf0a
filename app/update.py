"""newsgraph update: what is new at the sources into archive and store, with a report."""

from __future__ import annotations

import argparse

from app.fetch import Teller, chosen_sources
from app.terminal import Terminal, told
from flows.reports import summary
from flows.update import run_update
from newsgraph.fetched import FetchFailure, FetchReport
from newsgraph.records import Outcome, Rejection
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    sources, limits = chosen_sources(options.sources, settings)
    both = _Both(terminal)
    report = run_update(settings, sources=sources, limits=limits, progress=both)
    both.end()
    for finding in report.findings:
        terminal.warn(f"newsgraph: {finding}")
    terminal.note(f"newsgraph: {summary(report)} (report: {settings.reports_dir / 'latest-update.md'})")
    outcome = report.outcome
    return 1 if report.findings or (outcome.rejected and not (outcome.added or outcome.unchanged)) else 0


class _Both:
    """Tells of fetching and of ingesting."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal, self._teller = terminal, Teller(terminal)

    def fetched(self, so_far: FetchReport) -> None:
        self._teller.fetched(so_far)

    def fail(self, failure: FetchFailure) -> None:
        self._teller.fail(failure)

    def reading(self, done: int, place: str) -> None:
        self._terminal.reading(done, place)

    def advance(self, so_far: Outcome) -> None:
        self._terminal.progress(told(so_far))

    def reject(self, rejection: Rejection) -> None:
        self._terminal.reject(rejection)

    def note(self, message: str) -> None:
        self._terminal.note(message)

    def end(self) -> None:
        self._teller.end()
