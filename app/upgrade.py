"""newsgraph upgrade: what an older model or newsgraph read is read again, in the background."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace

from app.decide import articles
from app.terminal import Terminal
from flows.upgrade import run_upgrade
from graph.history import RunDiff, diff_to_replaced
from graph.snapshots import open_reader
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    done = run_upgrade(replace(settings, workers=options.workers), progress=terminal)
    line = articles(done.outcome.added, "read again")
    if done.outcome.rejected:
        line += f", {len(done.outcome.rejected)} could not be read and stay as they were"
    terminal.note(f"newsgraph: {line}")
    runs = (*done.before, *((done.run,) if done.outcome.added else ()))
    if runs and not options.quiet:
        terminal.progress("looking up what that changed")
        _tell_changes(diff_to_replaced(open_reader(settings.graph_dir), runs, examples=0), terminal)
        for one in runs:
            terminal.note(f"newsgraph: 'newsgraph diff {one}' tells all of it")
    return 1 if done.outcome.rejected and not done.outcome.added else 0


def _tell_changes(found: RunDiff, terminal: Terminal) -> None:
    by_fate = Counter[str]()
    for (_, _, fate), number in found.counts.items():
        by_fate[fate] += number
    fates = ", ".join(f"{by_fate[fate]} {fate}" for fate in ("gained", "lost", "changed"))
    linked = found.linked
    terminal.note(f"newsgraph: {articles(found.changed, 'state something else')}; statements: {fates}")
    joined, parted = len(linked.joined), len(linked.parted)
    groups = f"things: {joined} joined, {parted} parted" if joined or parted else "no things joined or parted"
    terminal.note(f"newsgraph: {linked.links} entities are taken for another thing; {groups}")
