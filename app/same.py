"""newsgraph same: a reviewer decides that two entities are one."""

from __future__ import annotations

import argparse
from functools import partial

from app.decide import carried_out, reviewer, tell
from app.terminal import Terminal
from graph.decisions import Decision
from graph.review import same
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    by = reviewer(options.by)
    act = partial(same, settings.graph_dir, options.one, options.other, by=by, reason=options.reason)
    decided = carried_out(act, settings.graph_dir, "newsgraph same", terminal)
    if warning := _of_two_types(decided.decision):
        terminal.note(warning)
    return tell(decided, terminal)


def _of_two_types(decision: Decision) -> str:
    """Return what to tell where a name may have been that of another thing than was meant."""
    types = (decision.one.type, decision.other.type)
    if types[0] == types[1] or "MISC" in types:
        return ""
    mend = f"if that is not meant, 'newsgraph undo {decision.id}'"
    return f"newsgraph: a {types[0]} and a {types[1]} are one now; {mend}"
