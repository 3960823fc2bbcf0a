"""Measure what each saved query that needs no value costs on a graph.

    python -m benchmarks.scale FOLDER --articles 300
    python -m benchmarks.questions FOLDER/graph [NAME ...]

Prints the processor time of each, dearest last, with how many rows it gives.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from graph.parameters import bind, parameters_of
from graph.query import known_queries, load_query, run_query
from graph.store import open_reader


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", type=Path, help="as benchmarks.scale or newsgraph ingest made it")
    parser.add_argument("names", nargs="*", help="only these queries")
    options = parser.parse_args(arguments)
    reader = open_reader(options.graph)
    costs = []
    for name in options.names or known_queries():
        text = load_query(name)
        if any(one.is_needed for one in parameters_of(text)):
            continue
        begun = time.process_time()
        rows = run_query(reader, bind(text, {}), "csv").count("\n") - 1
        costs.append((time.process_time() - begun, name, rows))
    for seconds, name, rows in sorted(costs):
        print(f"{seconds:8.2f} s  {rows:7,} lines  {name}")


if __name__ == "__main__":
    main()
