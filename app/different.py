"""newsgraph different: a reviewer decides that two entities are not one."""

from __future__ import annotations

import argparse

from app.decide import now, reviewer, tell
from app.terminal import Terminal
from graph.review import different
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    by = reviewer(options.by)
    decided = different(
        settings.graph_dir, options.one, options.other, by=by, at=now(), reason=options.reason
    )
    return tell(decided, terminal)
