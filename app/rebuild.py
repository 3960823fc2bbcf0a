"""newsgraph rebuild: the graph anew from the kept extractions and the reviewers' decisions."""

from __future__ import annotations

import argparse

from app.decide import articles
from app.terminal import Terminal
from flows.rebuild import run_rebuild
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    outcome = run_rebuild(settings, progress=terminal)
    failed = bool(outcome.rejected) and not outcome.added
    (terminal.warn if failed else terminal.note)(f"newsgraph: {_told(outcome.added, len(outcome.rejected))}")
    return 1 if failed else 0


def _told(rebuilt: int, unreadable: int) -> str:
    line = articles(rebuilt, "rebuilt")
    return (
        f"{line}, {unreadable} could not be read; 'newsgraph ingest' reads them again" if unreadable else line
    )
