"""Measure the search index of a graph: its size, searches, what a batch costs, and to make it anew.

    python -m benchmarks.search FOLDER/graph

Works on a copy. The result is one JSON object; seconds are processor time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from graph import search_index
from graph.snapshots import open_reader
from graph.store import RunInfo, back_up, open_writer
from graph.terms import ARTICLES, term
from graph.views.search import view
from graph.views.start import view as start

BATCH = 32
RUN = RunInfo("benchmark", datetime(2026, 1, 1, tzinfo=UTC), "0", "made-up")
TYPED = ("a", "s", "au", "aust", "lloyd au", "russia", "the", "drone strike", "said that")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.graph.parent) as folder:
        copy = Path(folder) / "graph"
        back_up(options.graph, copy)
        print(json.dumps(_measured(copy), indent=2))


def _measured(graph_dir: Path) -> dict[str, Any]:
    with open_writer(graph_dir) as writer:
        anew, _ = _timed(writer.publish)
    reader = open_reader(graph_dir)
    searches = {typed: 1000 * _timed(lambda typed=typed: view(reader, {"q": typed}))[0] for typed in TYPED}
    first, shown = _timed(lambda: start(reader, {}))
    size = (graph_dir / search_index.FILE).stat().st_size
    writing, indexing = _batch(graph_dir)
    return {
        "articles": shown.articles,
        "entities": shown.entities,
        "megabytes": round(size / 1e6, 1),
        "start_page_ms": round(1000 * first),
        "search_ms": {typed: round(took) for typed, took in searches.items()},
        "batch_s": round(writing + indexing, 2),
        "of_that_for_the_index": round(indexing / (writing + indexing), 3),
        "anew_s": round(anew, 1),
        "anew_as_articles_written": round(anew / ((writing + indexing) / BATCH)),
    }


def _batch(graph_dir: Path) -> tuple[float, float]:
    """Return the time to write articles, without the index, and that for the index."""
    reader = open_reader(graph_dir)
    found = reader.store.quads_for_pattern(None, term("schema:identifier"), None, ARTICLES)
    ids = sorted(quad.object.value for quad in found)[:BATCH]
    pairs = [pair for one in ids if (pair := reader.kept(one)) is not None]
    with open_writer(graph_dir) as writer:
        writer.remove(ids, RUN)
    spent = _Spent()
    search_index.bring_in_step = spent.timing(search_index.bring_in_step)
    search_index.Touched.note = spent.timing(search_index.Touched.note)
    begun = time.process_time()
    with open_writer(graph_dir) as writer:
        writer.add(pairs, RUN)
    return time.process_time() - begun - spent.seconds, spent.seconds


class _Spent:
    """Adds up the processor time of some functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def timing(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*values: Any, **named: Any) -> Any:
            seconds, result = _timed(lambda: function(*values, **named))
            self.seconds += seconds
            return result

        return timed


def _timed(function: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = function()
    return time.process_time() - begun, result


if __name__ == "__main__":
    main()
