"""newsgraph ingest: articles into the store, as a plain run or as a Prefect flow."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.push import pushed
from app.terminal import Terminal, told
from flows.ingest import run_ingest
from flows.set_aside import FILE_NAME
from ingest.archive import day_dir
from newsgraph.errors import ArticleError
from newsgraph.records import Outcome
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.day:
        folder = day_dir(settings.raw_dir, options.day)
        if not folder.is_dir():
            raise ArticleError(str(folder), f"nothing was fetched on {options.day}")
        options.paths = [*options.paths, str(folder)]
    if options.flow:
        outcome = _as_flow(options, terminal)
    else:
        settings = replace(settings, workers=options.workers or settings.workers)
        outcome = run_ingest(options.paths, settings, progress=terminal)
    status = report(outcome, settings, terminal)
    return max(status, pushed(settings, terminal))


def report(outcome: Outcome, settings: Settings, terminal: Terminal) -> int:
    """Tell what became of the articles; return 1 if all of them had to be set aside."""
    line = f"newsgraph: {told(outcome)}"
    if outcome.rejected:
        line += f" (listed in {settings.graph_dir / FILE_NAME})"
    failed = bool(outcome.rejected) and not (outcome.added or outcome.unchanged)
    (terminal.warn if failed else terminal.note)(line)
    return 1 if failed else 0


def _as_flow(options: argparse.Namespace, terminal: Terminal) -> Outcome:
    from flows.ingest_flow import run_as_flow  # here, not above: importing Prefect takes seconds

    terminal.note("newsgraph: Prefect starts, which takes a while unless a server of its runs already")
    return run_as_flow(options.paths, workers=options.workers, quiet=terminal.quiet)
