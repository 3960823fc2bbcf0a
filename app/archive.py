"""newsgraph archive: what the archive of all that was fetched holds; checks it, builds its index anew."""

from __future__ import annotations

import argparse

from app.terminal import Terminal
from flows.fetch import utc_now
from ingest.archive import rebuild_index
from ingest.archive_check import check_archive, list_archive
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.action == "rebuild":
        count = rebuild_index(settings.raw_dir, utc_now, terminal.note)
        terminal.note(f"newsgraph: {count} records in the index of {settings.raw_dir}")
        return 0
    if options.action == "check":
        return _check(settings, terminal)
    files = list_archive(settings.raw_dir, utc_now, terminal.note)
    for name, size, records, articles in files:
        print(f"{name}\t{records} records\t{articles} articles\t{size / 1e6:.1f} MB")
    if not files:
        terminal.note(f"newsgraph: nothing was fetched into {settings.raw_dir} yet")
    return 0


def _check(settings: Settings, terminal: Terminal) -> int:
    checked, faults = check_archive(settings.raw_dir, utc_now, terminal.note)
    for fault in faults:
        terminal.warn(fault)
    terminal.note(f"newsgraph: {checked} records read, {len(faults)} faults")
    return 1 if faults else 0
