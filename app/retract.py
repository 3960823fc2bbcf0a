"""newsgraph retract: an article goes for good, or may come again."""

from __future__ import annotations

import argparse

from app.decide import now, reviewer, turn_of
from app.terminal import Terminal
from graph.articles import restore, retract
from graph.query import shown
from graph.terms import text_literal
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    by, turn = reviewer(options.by), turn_of("newsgraph retract", terminal)
    if options.undo:
        done = restore(settings.graph_dir, options.article, by=by, at=now(), turn=turn)
        print(f"may come again: {shown(text_literal(done.article))}")
        terminal.note("newsgraph: the next 'newsgraph ingest' that finds it brings it in")
        return 0
    reason = options.reason
    done = retract(settings.graph_dir, options.article, by=by, at=now(), reason=reason, turn=turn)
    print(f"retracted: {shown(text_literal(done.article))}")
    went = f"{done.readings} version{'' if done.readings == 1 else 's'} of it went"
    terminal.note(f"newsgraph: {went if done.is_new else 'nothing changed: it had been retracted before'}")
    return 0
