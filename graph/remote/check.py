"""Does a remote server hold what a snapshot holds? The same questions to both must have the same answers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.remote.statement import PUBLISHED
from graph.terms import BASE, shown_iri
from newsgraph.errors import RemoteRefusedError

Rows = list[dict[str, str]]
Ask = Callable[[str], Rows]
Subjects = Collection[NamedNode]
Place = tuple[NamedNode, ...]  # a graph, or a graph and a subject in it
TOGETHER = 200  # graphs, or subjects, in one question
MOST_TOLD = 5


class Check:
    """Compares a snapshot with what a server answers.

    Args:
        ask: Returns the rows that the server gives for a SELECT.
        store: The snapshot.
    """

    def __init__(self, ask: Ask, store: Store) -> None:
        self._ask, self._store = ask, store
        self.by_checksum = True  # until the server cannot tell one

    def findings(
        self, graphs: Sequence[NamedNode], on: Mapping[NamedNode, Subjects] | None = None
    ) -> list[str]:
        """Return what of these graphs is not there as it is here, a line each.

        Args:
            graphs: They are counted as wholes.
            on: Of graphs in which little was changed, the subjects to compare; others are compared as wholes.
        """
        on = on or {}
        found = [line for some in _some(graphs) for line in self._counted(some)]
        if found:
            return found
        wholes = [(graph,) for graph in graphs if graph not in on]
        pairs = [(graph, one) for graph in graphs for one in sorted(on.get(graph, ()), key=str)]
        return [line for places in (wholes, pairs) for some in _some(places) for line in self._compared(some)]

    def stray(self, graphs: Sequence[NamedNode]) -> list[str]:
        """Return that there is more under newsgraph's names than these graphs hold, if so."""
        question = total_query()
        there = sum(int(row["n"]) for row in self._ask(question))
        there -= sum(self._counts(self._ask, [NamedNode(PUBLISHED)]).values())
        here = sum(sum(self._counts(self._own, some).values()) for some in _some(graphs))
        return [f"its graphs have {there} triples together, not {here}"] if there != here else []

    def _counted(self, graphs: Sequence[NamedNode]) -> list[str]:
        here, there = self._counts(self._own, graphs), self._counts(self._ask, graphs)
        wrong = [one for one in graphs if here.get(one.value, 0) != there.get(one.value, 0)]
        return [
            f"{shown_iri(one.value)} has {there.get(one.value, 0)} triples, not {here.get(one.value, 0)}"
            for one in wrong
        ]

    def _compared(self, places: Sequence[Place]) -> list[str]:
        """Compare by checksum, and find the place that differs by asking for ever fewer."""
        if not self.by_checksum:
            return []
        question = checksum_query(places)
        try:
            there = self._ask(question)
        except RemoteRefusedError:
            self.by_checksum = False
            return []
        if _pairs(there, "k") == _pairs(self._own(question), "k"):
            return []
        if len(places) == 1:
            place = " on ".join(shown_iri(one.value) for one in places[0])
            return [f"{place} has as many triples, but not the same ones"]
        middle = len(places) // 2
        return [*self._compared(places[:middle]), *self._compared(places[middle:])]

    def _counts(self, ask: Ask, graphs: Sequence[NamedNode]) -> dict[str, int]:
        return _pairs(ask(counts_query(graphs)), "g")

    def _own(self, question: str) -> Rows:
        found = self._store.query(question)
        if not isinstance(found, QuerySolutions):
            raise TypeError("the questions of a check are SELECTs")
        names = [variable.value for variable in found.variables]
        return [{name: _text(row[name]) for name in names} for row in found]


def counts_query(graphs: Sequence[NamedNode]) -> str:
    return _of_graphs("counts", graphs)


def checksum_query(places: Sequence[Place]) -> str:
    """Return the question for graphs, or for subjects in graphs; not for both in one."""
    values = " ".join(f"({' '.join(map(str, place))})" for place in places)
    variables = " ".join(("?g", "?s")[: len(places[0])])
    return _query("checksum").replace("?g { <urn:graphs> }", f"({variables}) {{ {values} }}")


def statement_query() -> str:
    return _of_graphs("statement", [NamedNode(PUBLISHED)])


def graphs_query() -> str:
    """Return the question for some graphs of newsgraph's that are there."""
    return _query("graphs").replace("urn:begin", BASE)


def total_query() -> str:
    return _query("total").replace("urn:begin", BASE)


def told(findings: Sequence[str]) -> str:
    """Return findings in one line."""
    more = len(findings) - MOST_TOLD
    return "; ".join(findings[:MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")


def _of_graphs(name: str, graphs: Sequence[NamedNode]) -> str:
    return _query(name).replace("<urn:graphs>", " ".join(map(str, graphs)))


@cache
def _query(name: str) -> str:
    return (Path(__file__).with_name("queries") / f"{name}.rq").read_text("utf-8")


def _some(places: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield them, so many together as one question may name."""
    return (places[begin : begin + TOGETHER] for begin in range(0, len(places), TOGETHER))


def _pairs(rows: Rows, key: str) -> dict[str, int]:
    return {row[key]: int(row["n"]) for row in rows if key in row}


def _text(found: object) -> str:
    return found.value if isinstance(found, NamedNode | Literal) else ""
