"""newsgraph demo: the whole way on the sample articles, for somebody who sees it for the first time."""

from __future__ import annotations

import argparse

from app.export import export
from app.ingest import report
from app.query import terminal_width
from app.terminal import Terminal
from flows.ingest import run_ingest
from graph.query import load_query, question_of, run_query
from graph.snapshots import open_reader
from newsgraph.settings import Settings

QUESTIONS = ("stance_matrix", "who_denied_what", "who_spoke_with_whom")
PAGE_WIDTH = 160  # of tables that go to a file


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    samples = settings.raw_dir / "samples"
    terminal.note(f"newsgraph: reading the articles of {samples}; the first seconds load the model")
    outcome = run_ingest([str(samples)], settings, progress=terminal)
    if status := report(outcome, settings, terminal):
        return status
    reader = open_reader(settings.graph_dir)
    for name in QUESTIONS:
        print(f"\n{question_of(name)}   (newsgraph query {name})\n", flush=True)
        print(run_query(reader, load_query(name), width=terminal_width() or PAGE_WIDTH), end="", flush=True)
    print()
    export(settings.graph_dir, str(settings.graph_dir / "demo.gexf"), terminal)
    return 0
