"""Whether two stores hold the same quads, without having either of them in memory."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from hashlib import blake2b
from pathlib import Path

from pyoxigraph import NamedNode

from graph.snapshots import open_reader
from graph.terms import PROVENANCE, VIEW

TEXT = "graph/doc-"  # in the name of the graph of each text


def sums(graph: Path) -> dict[str, int]:
    """Return for each kind of graph a number that is the same for the same quads, whatever their order."""
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        one, other = pool.map(half_of_sums, (graph, graph), (0, 1))
    return {kind: (one.get(kind, 0) + other.get(kind, 0)) % 2**64 for kind in one.keys() | other.keys()}


def half_of_sums(graph: Path, half: int) -> dict[str, int]:
    """Return the same of every other text's graph, and of the view or of all that is left."""
    store, found = open_reader(graph).store, dict[str, int]()
    names = sorted(name.value for name in store.named_graphs() if isinstance(name, NamedNode))
    texts = [name for name in names if TEXT in name]
    rest = [name for name in names if TEXT not in name and name != PROVENANCE.value]
    for name in (*texts[half::2], *(one for one in rest if (one == VIEW.value) == (half == 0))):
        kind = name.split("graph/")[-1].split("-")[0]
        for quad in store.quads_for_pattern(None, None, None, NamedNode(name)):
            line = f"{quad.subject} {quad.predicate} {quad.object} {name}"
            number = int.from_bytes(blake2b(line.encode(), digest_size=8).digest(), "little")
            found[kind] = (found.get(kind, 0) + number) % 2**64
    return found
