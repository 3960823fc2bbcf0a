"""What two snapshots of the store differ in, as steps that may each be made again: drop, delete, insert.

No graph is dropped that anything is inserted into, and nothing is inserted that is deleted, too. So it does
no harm if a server that was too slow makes a step once more, later, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from graph.changes import Changes
from graph.held import all_held
from graph.remote.quirks import taken_by
from graph.remote.statement import PUBLISHED
from graph.terms import is_own_graph, value_of, version_graph

Kind = Literal["drop", "delete", "insert"]


class Step(NamedTuple):
    """A graph to drop, or a quad to delete or insert."""

    kind: Kind
    what: NamedNode | Quad

    @property
    def graph(self) -> NamedNode:
        graph = self.what.graph_name if isinstance(self.what, Quad) else self.what
        if not isinstance(graph, NamedNode):
            raise TypeError("every quad that is sent stands in a named graph")
        return graph


class Changed:
    """Notes what steps change, for a check: graphs, and in those that were there before, which subjects."""

    def __init__(self, before: Store | None) -> None:
        self._before = set() if before is None else set(sent_graphs(before))
        self._graphs: dict[NamedNode, set[NamedNode]] = {}

    @property
    def graphs(self) -> list[NamedNode]:
        return sorted(self._graphs, key=str)

    @property
    def subjects(self) -> dict[NamedNode, set[NamedNode]]:
        return {graph: subjects for graph, subjects in self._graphs.items() if subjects}

    def noted(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Pass steps on."""
        for step in steps:
            subjects = self._graphs.setdefault(step.graph, set())
            if isinstance(step.what, Quad) and step.graph in self._before:
                subjects.add(NamedNode(value_of(step.what.subject)))
            yield step


class Parcel(NamedTuple):
    """Steps that go in one request."""

    kind: Kind
    steps: tuple[Step, ...]

    def text(self, software: str = "") -> str:
        """Return them as SPARQL update, as a server takes them that calls itself so."""
        found = dict.fromkeys(taken_by(software, step.what) for step in self.steps)
        return Changes(**{self.kind: found}).text()  # type: ignore[arg-type]

    def halves(self) -> tuple[Parcel, Parcel]:
        middle = len(self.steps) // 2
        return Parcel(self.kind, self.steps[:middle]), Parcel(self.kind, self.steps[middle:])


def sent_graphs(store: Store) -> list[NamedNode]:
    """Return the graphs that a remote server gets: newsgraph's own."""
    named = (one for one in store.named_graphs() if isinstance(one, NamedNode))
    return sorted((one for one in named if is_own_graph(one.value)), key=value_of)


def differences(before: Store | None, after: Store, *, same_format: bool = True) -> Iterator[Step]:
    """Yield how to come from one snapshot to another: always the same steps in the same order.

    Args:
        before: None: from nothing.
        after: The other one.
        same_format: Both were written by the same FORMAT of newsgraph, so that the same reading of a text
            gave the same graph, which need not be looked through.
    """
    new = sent_graphs(after)
    old = sent_graphs(before) if before is not None else []
    yield from (Step("drop", graph) for graph in sorted_out(old, new))
    if before is None:
        yield from (Step("insert", quad) for graph in new for quad in _quads(after, graph))
        return
    same = _same_texts(before, after) if same_format else set()
    looked_through = set(old) - same
    both = [graph for graph in new if graph in looked_through]
    yield from (Step("delete", quad) for graph in both for quad in _quads(before, graph) if quad not in after)
    looked_at = [graph for graph in new if graph not in same]
    yield from (
        Step("insert", quad) for graph in looked_at for quad in _quads(after, graph) if quad not in before
    )


def dropped(graphs: Iterable[str]) -> list[Step]:
    """Return the steps that take graphs away which are there; what the server says of itself stays."""
    return [Step("drop", NamedNode(graph)) for graph in graphs if graph != PUBLISHED]


def sorted_out(graphs: Iterable[NamedNode], but: Iterable[NamedNode]) -> list[NamedNode]:
    """Return the graphs that are not among the others."""
    others = set(but)
    return [graph for graph in graphs if graph not in others]


def parcels(steps: Iterable[Step], *, most_steps: int, most_bytes: int) -> Iterator[Parcel]:
    """Yield steps of one kind together, in order, as many as a request may hold; one alone may be larger."""
    together, size = list[Step](), 0
    for step in steps:
        length = len(str(step.what).encode())
        is_full = len(together) >= most_steps or size + length > most_bytes
        if together and (is_full or step.kind != together[0].kind):
            yield _parcel(together)
            together, size = [], 0
        together.append(step)
        size += length
    if together:
        yield _parcel(together)


def _parcel(steps: Sequence[Step]) -> Parcel:
    return Parcel(steps[0].kind, tuple(steps))


def _same_texts(before: Store, after: Store) -> set[NamedNode]:
    both = set(all_held(before)) & set(all_held(after))
    return {version_graph(version_id) for version_id, _ in both}


def _quads(store: Store, graph: NamedNode) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, graph)
