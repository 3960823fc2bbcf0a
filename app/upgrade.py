"""newsgraph upgrade: what an older model or newsgraph read is read again, in the background."""

from __future__ import annotations

import argparse
from dataclasses import replace

from app.decide import articles
from app.terminal import Terminal
from flows.upgrade import run_upgrade
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    done = run_upgrade(replace(settings, workers=options.workers), progress=terminal)
    line = articles(done.outcome.added, "read again")
    if done.outcome.rejected:
        line += f", {len(done.outcome.rejected)} could not be read and stay as they were"
    if done.outcome.added:
        mend = f"'newsgraph diff RUN {done.run}' tells what that changed"
        line += f"; {mend}, 'newsgraph runs' which RUN was before"
    terminal.note(f"newsgraph: {line}")
    return 1 if done.outcome.rejected and not done.outcome.added else 0
