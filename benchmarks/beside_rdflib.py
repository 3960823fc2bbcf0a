"""The same questions asked of rdflib's store in memory: what that costs, where it can be asked at all.

rdflib speaks SPARQL 1.1; most questions use LATERAL, which is no word of that (docs/decisions/0023). So they
are written anew by rule, ``LATERAL {…}`` as what it holds. That means the same unless what it holds needs a
value of its surroundings that SPARQL 1.1 does not let in; so a cost counts only where the answer is the same.
"""

from __future__ import annotations

import re
import signal
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pyoxigraph
import rdflib

from graph.parameters import QUOTED
from graph.query import PREFIXES, solutions
from graph.store import Reader
from graph.terms import value_of

# rdflib fails on a DISTINCT of what is not bound, where SPARQL passes over it.
_DISTINCT = re.compile(r"GROUP_CONCAT\(DISTINCT (\?\w+);")
_PIECE = re.compile(rf"(?:{QUOTED.pattern})|\bLATERAL\b|[{{}}]|[^\S\n]+|\n|\w+|.", re.DOTALL)
_STANDS_ALONE = re.compile(r"\s*(?:GRAPH|OPTIONAL|VALUES|BIND|FILTER|MINUS|\{)")  # after any pattern


class Group(list["str | Group"]):
    """What stands between braces: pieces of text and further groups."""


class Beside(NamedTuple):
    """What one question costs there and here."""

    there: float  # seconds of processor time
    here: float
    problem: str = ""  # why there is no answer to compare
    is_stopped: bool = False  # at the limit: ``there`` is the least that it costs

    def __str__(self) -> str:
        ratio = f"{'≥' if self.is_stopped else ''}{self.ratio:,.0f}" if self.is_comparable else ""
        return f"{self.there:8.2f} s {self.here:8.3f} s {ratio:>8}  {self.problem:24}"

    @property
    def is_comparable(self) -> bool:
        return self.is_stopped or not self.problem

    @property
    def ratio(self) -> float:
        return self.there / max(self.here, 1e-4)


class OutOfTimeError(BaseException):
    """Not an Exception, so that nothing on the way takes it for an error of a query."""


def compared(reader: Reader, dataset: rdflib.Dataset, queries: Iterable[str], seconds: float) -> Beside:
    """Ask queries there and here, and compare the answers.

    Args:
        reader: What is asked here.
        dataset: Holds the same.
        queries: With their terms in place.
        seconds: Of processor time that all of them may take there.
    """
    there, here, told = 0.0, 0.0, 0
    for query in queries:
        begun = time.process_time()
        _, rows = solutions(reader, query)
        between = time.process_time()
        here += between - begun
        try:
            with limited(seconds - there):
                found = [[*row] for row in dataset.query(f"{PREFIXES}\n{standard(query)}")]
        except OutOfTimeError:
            return Beside(seconds, here, f"stopped after {seconds:.0f} s", is_stopped=True)
        except Exception as error:  # noqa: BLE001 # whatever it raises at what it cannot do
            return Beside(there, here, f"cannot: {type(error).__name__}")
        there += time.process_time() - between
        if _comparable(rows) != _comparable(found):
            return Beside(there, here, f"cannot: {len(found)} rows for {len(rows)}")
        told += len(rows)
    return Beside(there, here, "" if told else "no rows to compare")


def _comparable(rows: Iterable[Sequence[Any]]) -> Counter[tuple[str, ...]]:
    """Return rows without their order, for ties have none, and cells without that of what was joined."""
    return Counter(tuple(" ".join(sorted(_words(cell).split(", "))).strip() for cell in row) for row in rows)


def _words(cell: Any) -> str:
    return "" if cell is None else str(cell) if isinstance(cell, rdflib.term.Identifier) else value_of(cell)


def loaded(reader: Reader) -> rdflib.Dataset:
    """Return all that a store holds in a dataset of rdflib's own, in memory."""
    rdflib.NORMALIZE_LITERALS = False  # else moments are written otherwise than they came
    dataset = rdflib.Dataset(default_union=True)
    terms: dict[Any, Any] = {}  # one object a term, as a store would that is made to be small
    add, graphs = dataset.store.add, dict[Any, rdflib.Graph]()
    for quad in reader.store:
        name = quad.graph_name
        if name not in graphs:
            iri = name.value if isinstance(name, pyoxigraph.NamedNode) else None
            graphs[name] = dataset.graph(iri) if iri else dataset.default_graph
        triple = tuple(terms.get(one) or terms.setdefault(one, _term(one)) for one in quad.triple)
        add(triple, context=graphs[name])
    return dataset


def _term(one: Any) -> rdflib.term.Identifier:
    if isinstance(one, pyoxigraph.Literal):
        datatype = None if one.language else rdflib.URIRef(one.datatype.value)
        if datatype == rdflib.XSD.string:
            datatype = None  # which rdflib tells apart from none
        return rdflib.Literal(one.value, lang=one.language, datatype=datatype)
    return rdflib.URIRef(one.value) if isinstance(one, pyoxigraph.NamedNode) else rdflib.BNode(one.value)


def standard(query: str) -> str:
    """Return a query without LATERAL."""
    bound = _DISTINCT.sub(r'GROUP_CONCAT(DISTINCT COALESCE(\1, "");', query)
    return _written(_group(iter(_PIECE.findall(bound))))


def _group(pieces: Iterator[str]) -> Group:
    found = Group()
    for piece in pieces:
        if piece == "}":
            break
        found.append(_group(pieces) if piece == "{" else piece)
    return found


def _written(group: Group) -> str:
    text, is_lateral = "", False
    for piece in group:
        if piece == "LATERAL":
            is_lateral = True
        elif isinstance(piece, Group):
            inside = _written(piece)
            text += inside if is_lateral and _STANDS_ALONE.match(inside) else f"{{{inside}}}"
            is_lateral = False
        else:
            text += piece
    return text


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Stop what takes more processor time; in the main thread of a process."""

    def stop(*_: object) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, max(seconds, 0.001))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
