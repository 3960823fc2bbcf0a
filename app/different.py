"""newsgraph different: a reviewer decides that two entities are not one."""

from __future__ import annotations

import argparse
from functools import partial

from app.decide import carried_out, reviewer, tell
from app.terminal import Terminal
from graph.review import different
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    by = reviewer(options.by)
    act = partial(different, settings.graph_dir, options.one, options.other, by=by, reason=options.reason)
    return tell(carried_out(act, settings.graph_dir, "newsgraph different", terminal), terminal)
