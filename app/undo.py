"""newsgraph undo: a reviewer takes a decision back."""

from __future__ import annotations

import argparse
from functools import partial

from app.decide import articles, carried_out, in_words, reviewer
from app.terminal import Terminal
from graph.review import undo
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    act = partial(undo, settings.graph_dir, options.decision, by=reviewer(options.by))
    undone = carried_out(act, settings.graph_dir, "newsgraph undo", terminal)
    print(f"{undone.decision.id}  no longer: {in_words(undone.decision)}")
    terminal.note(f"newsgraph: {articles(undone.articles, 'changed')}")
    return 0
