"""Does a remote server hold what a snapshot holds? The same questions to both must have the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.remote.statement import PUBLISHED
from graph.terms import BASE, shown_iri
from newsgraph.errors import RemoteRefusedError

Rows = list[dict[str, str]]
Ask = Callable[[str], Rows]
TOGETHER = 200  # graphs in one question
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

    def findings(self, graphs: Sequence[NamedNode]) -> list[str]:
        """Return which of these graphs are not there as they are here, a line each."""
        found = list[str]()
        for some in _some(graphs):
            found += self._counted(some) or self._compared(some)
        return found

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

    def _compared(self, graphs: Sequence[NamedNode]) -> list[str]:
        """Compare by checksum, and find the graph that differs by asking for ever fewer."""
        if not self.by_checksum:
            return []
        question = checksum_query(graphs)
        try:
            there = self._ask(question)
        except RemoteRefusedError:
            self.by_checksum = False
            return []
        if _pairs(there, "k") == _pairs(self._own(question), "k"):
            return []
        if len(graphs) == 1:
            return [f"{shown_iri(graphs[0].value)} has as many triples, but not the same ones"]
        middle = len(graphs) // 2
        return [*self._compared(graphs[:middle]), *self._compared(graphs[middle:])]

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


def checksum_query(graphs: Sequence[NamedNode]) -> str:
    return _of_graphs("checksum", graphs)


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


def _some(graphs: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    """Yield them, so many together as one question may name."""
    return (graphs[begin : begin + TOGETHER] for begin in range(0, len(graphs), TOGETHER))


def _pairs(rows: Rows, key: str) -> dict[str, int]:
    return {row[key]: int(row["n"]) for row in rows if key in row}


def _text(found: object) -> str:
    return found.value if isinstance(found, NamedNode | Literal) else ""
