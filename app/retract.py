"""newsgraph retract: an article goes for good, or may come again."""

from __future__ import annotations

import argparse
from functools import partial

from app.decide import Act, carried_out, reviewer
from app.terminal import Terminal
from graph.articles import Retracted, restore, retract
from graph.query import shown
from graph.retractions import RETRACTION_LOG
from graph.terms import text_literal
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    by = reviewer(options.by)

    def done(act: Act[Retracted]) -> Retracted:
        return carried_out(act, settings.graph_dir, "newsgraph retract", terminal, RETRACTION_LOG.read)

    if options.undo:
        restored = done(partial(restore, settings.graph_dir, options.article, by=by))
        print(f"may come again: {shown(text_literal(restored.article))}")
        terminal.note("newsgraph: the next 'newsgraph ingest' that finds it brings it in")
        return 0
    gone = done(partial(retract, settings.graph_dir, options.article, by=by, reason=options.reason))
    print(f"retracted: {shown(text_literal(gone.article))}")
    went = f"{gone.readings} version{'' if gone.readings == 1 else 's'} of it went"
    terminal.note(f"newsgraph: {went if gone.is_new else 'nothing changed: it had been retracted before'}")
    return 0
