"""Measure how fast, and in how much memory, a large network is laid out and written.

    python -m benchmarks.export [--nodes N] [--edges N] [--step gexf]

The network is made up, from a seed; its rows come one by one, as they would from a query. Each step runs in
a process of its own, so that the memory is that step's. Prints seconds, those of a core among them, the peak
of resident memory, and bytes.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from graph.export.drawn import EDGE_COLUMNS, NODE_COLUMNS
from graph.export.sheet import EdgeRow, NodeRow, Sheet

SENTENCE = "A spokesman said on {day} that the <ministry> & “its” bureau no. {n} had met the envoys again."
MEMBERS = 40  # of a community, within which seven links in ten stay
STEPS = ("gexf", "graphml", "cyjs", "html", "csv", "layout")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nodes", type=int, default=200_000)
    parser.add_argument("--edges", type=int, default=600_000)
    parser.add_argument("--step", choices=STEPS, action="append", help="default: gexf and layout")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    steps = options.step or ["gexf", "layout"]
    if options.here:
        _measure(steps[0], options.nodes, options.edges)
        return
    for step in steps:
        sizes = ["--nodes", str(options.nodes), "--edges", str(options.edges)]
        command = [sys.executable, "-m", "benchmarks.export", "--here", "--step", step, *sizes]
        subprocess.run(command, check=True)  # noqa: S603 - ourselves


def made_links(nodes: int, edges: int) -> Iterator[tuple[int, int, float]]:
    """Yield the ends of edges and their weights: communities, with some links between them."""
    dice = random.Random(7)
    for _ in range(edges):
        one = int(dice.random() * nodes)
        near = one - one % MEMBERS + int(dice.random() * MEMBERS)
        other = min(near, nodes - 1) if dice.random() < 0.7 else int(dice.random() * nodes)
        yield one, other, 1.0 + other % 9


def made_sheet(nodes: int, edges: int) -> Sheet:
    """Return a network with as much text as a real one."""
    return Sheet(NODE_COLUMNS, EDGE_COLUMNS, _nodes(nodes), _edges(nodes, edges), is_dated=True)


def _nodes(count: int) -> Iterator[NodeRow]:
    for n in range(count):
        values = {"type": "PERSON", "salience": 0.25, "sources": 3, "articles": 4, "mentions": n % 97}
        names = {"community": n // MEMBERS, "aliases": [f"A. {n}", f'"{n}"'], "first": "2024-05-01"}
        yield NodeRow(
            f"https://newsgraph.example/id/person-anna-{n}",
            f"Anna <{n}> Bérg",
            {**values, **names, "last": "2024-06-30"},
            (n * 0.37 % 9000, n * 0.73 % 9000),
            12.5,
            (0, 114, 178),
            ("2024-05-01", "2024-06-30"),
        )


def _edges(nodes: int, edges: int) -> Iterator[EdgeRow]:
    for n, (one, other, weight) in enumerate(made_links(nodes, edges)):
        day = f"2024-05-{n % 28 + 1:02}"
        values = {"standing": "claim", "predicate": "met", "stance": "denies", "speaker": "Carl Dorn"}
        told = {"sources": int(weight), "articles": 9, "first": day, "last": day}
        yield EdgeRow(
            f"e{n}",
            f"https://newsgraph.example/id/person-anna-{one}",
            f"https://newsgraph.example/id/person-anna-{other}",
            "met? Carl Dorn denies",
            "claim: met: denies: https://newsgraph.example/id/person-carl-dorn",
            "claim",
            weight=weight,
            values={**values, **told, "evidence": [SENTENCE.format(day=day, n=n)]},
            colour=(213, 94, 0),
            days=(day,),
        )


def _measure(step: str, nodes: int, edges: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        started, busy = time.perf_counter(), time.process_time()
        told = _lay_out(nodes, edges) if step == "layout" else _write(step, nodes, edges, Path(folder))
        seconds, busy = time.perf_counter() - started, time.process_time() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    spent = f"{seconds:.1f} s ({busy:.1f} s of a core), {memory:.0f} MB"
    print(f"{step}: {nodes:,} nodes, {edges:,} edges: {spent}, {told}", flush=True)


def _write(step: str, nodes: int, edges: int, folder: Path) -> str:
    from graph.export.formats import write_file

    path = folder / "network"
    write_file(made_sheet(nodes, edges), path, step)
    files = [path] if path.is_file() else list(path.iterdir())
    return f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB on disk"


def _lay_out(nodes: int, edges: int) -> str:
    from graph.export.layout import communities, positions

    links = list(made_links(nodes, edges))
    started = time.perf_counter()
    found = communities(nodes, links)
    between = time.perf_counter()
    positions(nodes, links, found)
    seconds = f"{between - started:.1f} s for communities, {time.perf_counter() - between:.1f} s for places"
    return f"{max(found) + 1:,} communities; {seconds}"


if __name__ == "__main__":
    main()
