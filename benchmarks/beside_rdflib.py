"""The same questions asked of rdflib's store in memory: what that costs, and whether it answers the same.

rdflib speaks SPARQL 1.1; most questions use LATERAL, which is no word of that (docs/decisions/0023). So
``LATERAL {…}`` is written as an OPTIONAL whose rows count only where it holds. rdflib works an OPTIONAL out
for each row before it, with that row's values, which is what LATERAL means. A BIND alone does not see those
values; a thing or what is one step from it is written as a path.

rdflib lives in a process of its own, which reads the quads once from a file and forks for each question:
what takes too long or too much room is killed, whatever it is doing, and the next question finds the dataset
as it was. What SPARQL alone cannot answer (graph/computed.py) is asked of rdflib through a store that speaks
as pyoxigraph's does.
"""

from __future__ import annotations

import itertools
import json
import multiprocessing
import os
import pickle
import re
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph
import rdflib
from pyoxigraph import Literal, NamedNode

from graph.computed import COMPUTED
from graph.parameters import QUOTED
from graph.query import PREFIXES
from graph.snapshots import Reader
from graph.terms import value_of

ROOM = 4 << 30  # bytes that one question may take beyond the dataset
DEEP = 20_000  # calls within calls: rdflib takes one and more for each step of a query

# rdflib fails on a DISTINCT of what is not bound, where SPARQL passes over it.
_DISTINCT = re.compile(r"GROUP_CONCAT\(DISTINCT (\?\w+);")
_OR_A_STEP = re.compile(r"\{ BIND\((\S+) AS (\?\w+)\) \} UNION \{ GRAPH g:view \{ \2 (\S+) \1 \} \}")
_PIECE = re.compile(rf"(?:{QUOTED.pattern})|\bLATERAL\b|[{{}}]|[^\S\n]+|\n|\w+|.", re.DOTALL)

Row = tuple[str, ...]
Terms = Mapping[str, NamedNode | Literal]


class Group(list["str | Group"]):
    """What stands between braces: pieces of text and further groups."""


class Asked(NamedTuple):
    """One question with what it is given: a query, or the terms that a function of ``COMPUTED`` takes."""

    name: str
    query: str = ""
    terms: Terms | None = None


class Told(NamedTuple):
    """What rdflib made of some of them."""

    seconds: float  # of processor time; of what was stopped, the least that it would take
    answers: Sequence[Counter[Row]] = ()
    problem: str = ""  # why there is no answer
    is_stopped: bool = False


class Rdflib:
    """rdflib in a process of its own, which is begun when it is first asked, and again where it has died."""

    def __init__(self, quads: Path, seconds: float) -> None:
        """Take N-Quads, and how many seconds of processor time each call of :meth:`ask` may take."""
        self._quads, self._seconds = quads, seconds
        self._process: Any = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Rdflib:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, asked: Sequence[Asked]) -> Told:
        """Return what rdflib answers, all of them within the time."""
        pipe = self._pipe or self._begin()
        try:
            pipe.send(list(asked))
            told = pipe.recv()
        except (EOFError, OSError):
            self._end()
            return Told(0.0, problem="cannot: rdflib's process died")
        if not isinstance(told, Told):
            raise TypeError(told)
        return told

    def _begin(self) -> Connection:
        context = multiprocessing.get_context("spawn")  # without this one's threads and open store
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._quads, self._seconds), daemon=True)
        self._process.start()
        theirs.close()
        return self._pipe

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, quads: Path, seconds: float) -> None:
    begun = time.process_time()
    dataset = loaded(quads)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    took = time.process_time() - begun
    print(f"rdflib read {quads.name} in {took:.0f} s, {most:.2f} GB", file=sys.stderr, flush=True)
    while True:
        try:
            asked = pipe.recv()
        except EOFError:
            return
        pipe.send(_in_a_fork(dataset, asked, seconds))


def _in_a_fork(dataset: rdflib.Dataset, asked: Sequence[Asked], seconds: float) -> Told:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _limit(seconds)
        told = _answered(dataset, asked)
        with os.fdopen(writing, "wb") as file:
            pickle.dump(told, file)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        written = file.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGPROF:
            return Told(seconds, problem=f"stopped after {seconds:g} s", is_stopped=True)
        return Told(0.0, problem=f"cannot: ended by signal {os.WTERMSIG(status)}")
    told = pickle.loads(written)  # noqa: S301 # our own
    assert isinstance(told, Told)  # noqa: S101
    return told


def _limit(seconds: float) -> None:
    """Let the kernel end this process when its time is up: no code in it can say otherwise."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + ROOM, size + ROOM))
    sys.setrecursionlimit(DEEP)


def _answered(dataset: rdflib.Dataset, asked: Sequence[Asked]) -> Told:
    answers, begun = [], time.process_time()
    try:
        answers = [comparable(_rows(dataset, one)) for one in asked]
    except Exception as error:  # noqa: BLE001 # whatever it raises at what it cannot do
        print(f"{asked[0].name}: {error!r:.200}", file=sys.stderr, flush=True)
        return Told(time.process_time() - begun, problem=f"cannot: {type(error).__name__}")
    return Told(time.process_time() - begun, answers)


def _rows(dataset: rdflib.Dataset, asked: Asked) -> Iterable[Sequence[Any]]:
    if asked.terms is None:
        return [[*row] for row in dataset.query(f"{PREFIXES}\n{standard(asked.query)}")]  # type: ignore[misc]
    reader = Reader(Path(), AsPyoxigraph(dataset))  # type: ignore[arg-type]
    return [*COMPUTED[asked.name](reader, asked.terms)]


def comparable(rows: Iterable[Sequence[Any]]) -> Counter[Row]:
    """Return rows without their order, for ties have none, and cells without that of what was joined."""
    return Counter(tuple(" ".join(sorted(_words(cell).split(", "))).strip() for cell in row) for row in rows)


def _words(cell: Any) -> str:
    if isinstance(cell, NamedNode | Literal | pyoxigraph.BlankNode):
        return value_of(cell)
    return "" if cell is None else str(cell)


class AsPyoxigraph:
    """As much of pyoxigraph.Store as reading needs, over a dataset of rdflib's."""

    def __init__(self, dataset: rdflib.Dataset) -> None:
        self._dataset = dataset

    def query(self, text: str, **_: object) -> pyoxigraph.QuerySolutions:
        found = self._dataset.query(f"{PREFIXES}\n{standard(text)}").serialize(format="json") or b""
        parsed = pyoxigraph.parse_query_results(found, format=pyoxigraph.QueryResultsFormat.JSON)
        if not isinstance(parsed, pyoxigraph.QuerySolutions):
            raise TypeError(text)
        return parsed

    def quads_for_pattern(self, *pattern: Any) -> Iterator[pyoxigraph.Quad]:
        one, how, another, graph = (None if part is None else _term(part) for part in (*pattern, None)[:4])
        context = None if graph is None else self._dataset.graph(graph)
        for (subject, predicate, other), graphs in self._dataset.store.triples((one, how, another), context):
            for place in graphs if context is None else (context,):
                if place is not None:
                    terms = (subject, predicate, other, place.identifier)
                    yield pyoxigraph.Quad(*map(_back, terms))  # type: ignore[arg-type]


def loaded(quads: Path) -> rdflib.Dataset:
    """Return all that a file of N-Quads says in a dataset of rdflib's own, in memory."""
    rdflib.NORMALIZE_LITERALS = False  # else moments are written otherwise than they came
    dataset = rdflib.Dataset(default_union=True)
    terms: dict[Any, Any] = {}  # one object a term, as a store would that is made to be small
    add, graphs = dataset.store.add, dict[Any, rdflib.Graph]()
    for quad in pyoxigraph.parse(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS):
        name = quad.graph_name
        if name not in graphs:
            iri = name.value if isinstance(name, NamedNode) else None
            graphs[name] = dataset.graph(iri) if iri else dataset.default_graph
        triple = tuple(terms.get(one) or terms.setdefault(one, _term(one)) for one in quad.triple)
        add(triple, context=graphs[name])
    return dataset


def _term(one: Any) -> rdflib.term.Identifier:
    if isinstance(one, Literal):
        datatype = None if one.language else rdflib.URIRef(one.datatype.value)
        if datatype == rdflib.XSD.string:
            datatype = None  # which rdflib tells apart from none
        return rdflib.Literal(one.value, lang=one.language, datatype=datatype)
    return rdflib.URIRef(one.value) if isinstance(one, NamedNode) else rdflib.BNode(one.value)


def _back(one: Any) -> NamedNode | Literal | pyoxigraph.BlankNode:
    if isinstance(one, rdflib.Literal):
        datatype = NamedNode(one.datatype) if one.datatype and not one.language else None
        return Literal(str(one), language=one.language, datatype=datatype)
    return NamedNode(str(one)) if isinstance(one, rdflib.URIRef) else pyoxigraph.BlankNode(str(one))


def standard(query: str) -> str:
    """Return a query without LATERAL."""
    bound = _DISTINCT.sub(r'GROUP_CONCAT(DISTINCT COALESCE(\1, "");', query)
    bound = _OR_A_STEP.sub(r"{ GRAPH g:view { \2 \3? \1 } }", bound)
    return _written(_group(iter(_PIECE.findall(bound))), itertools.count(1))


def _group(pieces: Iterator[str]) -> Group:
    found = Group()
    for piece in pieces:
        if piece == "}":
            break
        found.append(_group(pieces) if piece == "{" else piece)
    return found


def _written(group: Group, numbers: Iterator[int]) -> str:
    text, is_lateral = "", False
    for piece in group:
        if piece == "LATERAL":
            is_lateral = True
        elif isinstance(piece, Group):
            inside = f"{{{_written(piece, numbers)}}}"
            if is_lateral:
                mark = f"?lateral{next(numbers)}"
                inside = f"OPTIONAL {{ {inside} BIND(true AS {mark}) }} FILTER(BOUND({mark}))"
            text, is_lateral = text + inside, False
        elif not (is_lateral and piece.isspace()):
            text += piece
    return text


def as_lines(answers: Iterable[Counter[Row]]) -> list[str]:
    """Return answers as text, in an order, to be kept and compared by whoever wants to know what differs."""
    return [
        json.dumps([number, *row], ensure_ascii=False)
        for number, answer in enumerate(answers)
        for row in sorted(answer.elements())
    ]
