"""The store as an rdflib.Dataset, for programs that are written for rdflib. Only for reading."""

from __future__ import annotations

from pathlib import Path

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph

from graph.snapshots import open_reader
from graph.terms import NAMESPACES


def as_dataset(graph_dir: Path | str = "data/graph") -> Dataset:
    """Return the newest snapshot of a store; nothing is copied into memory.

    The default graph is the union of all named graphs, as in ``newsgraph query``, and our prefixes are bound.

    Raises:
        NoGraphError: If nothing has been ingested yet.
    """
    store = _Snapshot(store=open_reader(Path(graph_dir)).store)
    dataset = Dataset(store=store, default_union=True)
    for prefix, namespace in NAMESPACES.items():
        dataset.bind(prefix, namespace)
    return dataset


class _Snapshot(OxigraphStore):
    def add_graph(self, graph: Graph) -> None:
        """Do nothing: to ask for a graph, as ``dataset.graph(iri)`` does, is not to make one."""
