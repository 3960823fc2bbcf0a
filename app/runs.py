"""newsgraph runs: which runs read articles."""

from __future__ import annotations

import argparse
import json

from app.query import terminal_width
from app.terminal import Terminal
from graph.history import runs_of
from graph.query import load_query, run_query
from graph.snapshots import open_reader
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    reader = open_reader(settings.graph_dir)
    if options.json:
        print(json.dumps([one._asdict() for one in runs_of(reader)], indent=2))
    else:
        print(run_query(reader, load_query("runs"), width=terminal_width()), end="")
    return 0
