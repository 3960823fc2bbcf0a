"""Measure what the views of the page cost on a graph, for what is there most: the dearest that there are.

    python -m benchmarks.scale FOLDER --articles 3000
    python -m benchmarks.views FOLDER/graph [--most 5]

Prints for each view its processor time, the dearest last, with how many bytes of JSON it gives.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Store

from graph.snapshots import open_reader
from graph.terms import ARTICLES, IDENTITY, VIEW, ng, value_of
from graph.views.entity import PARTS
from graph.views.registry import VIEWS


class Cost(NamedTuple):
    seconds: float  # of processor time
    view: str
    of: str
    size: int  # bytes


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", type=Path, help="as benchmarks.scale or newsgraph ingest made it")
    parser.add_argument("--most", type=int, default=5, help="how many entities, disputes and articles")
    options = parser.parse_args(arguments)
    reader = open_reader(options.graph)
    costs = []
    for name, parameters in asked(reader.store, options.most):
        begun = time.process_time()
        written = json.dumps(asdict(VIEWS[name](reader, parameters)))
        told = " ".join(" ".join(parameters.values()).rpartition("/")[2].split())
        costs.append(Cost(time.process_time() - begun, name, told, len(written)))
    for cost in sorted(costs):
        print(f"{1000 * cost.seconds:8.1f} ms  {cost.size:9,} bytes  {cost.view:8}  {cost.of}")


def asked(store: Store, most: int) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the views of what most articles speak of, what most voices do, and what is longest."""
    entities = Counter(value_of(q.object) for q in store.quads_for_pattern(None, ng("right"), None, IDENTITY))
    for iri, _ in entities.most_common(most):
        yield from (("entity", {"iri": iri, "part": part}) for part in PARTS)
        yield from (("network", {"around": iri, "depth": depth}) for depth in ("1", "2"))
        yield "network", {"around": iri, "depth": "3", "kind": "fact\nclaim\nabout", "most": "300"}
    yield "network", {}
    yield from (("start", {}), ("runs", {}), ("search", {"q": "s"}), ("search", {"q": "the united states"}))
    voices = store.quads_for_pattern(None, ng("onProposition"), None, VIEW)
    for iri, _ in Counter(value_of(quad.object) for quad in voices).most_common(most):
        yield "dispute", {"iri": iri}
    lengths = store.quads_for_pattern(None, ng("charLength"), None, ARTICLES)
    longest = sorted(((int(value_of(q.object)), value_of(q.subject)) for q in lengths), reverse=True)
    yield from (("article", {"iri": iri}) for _, iri in longest[:most])


if __name__ == "__main__":
    main()
