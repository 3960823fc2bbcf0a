"""newsgraph schedule: serves the scheduled runs until it is interrupted."""

from __future__ import annotations

import argparse

from app.fetch import chosen_sources
from app.terminal import Terminal
from flows.fetch import check_contact
from flows.schedule import run_schedule
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    sources, _ = chosen_sources(
        (), settings
    )  # what is wrong with them is told now, not in a quarter of an hour
    check_contact(settings.contact, sources)
    run_schedule(options.port, settings.reports_dir, tell=lambda line: terminal.note(f"newsgraph: {line}"))
    return 0
