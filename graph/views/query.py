"""The SPARQL view: a query's answer, or what is wrong with it and where; questions of the pack likewise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from pyoxigraph import QueryBoolean, QueryTriples

from graph.answers import Answer, written
from graph.computed import COMPUTED
from graph.endpoint.answers import checked
from graph.endpoint.messages import told
from graph.endpoint.tokens import tokens_of
from graph.meant import finders
from graph.parameters import LIMIT, Term, bind
from graph.questions import Question, ask, question_called
from graph.snapshots import Reader
from graph.terms import NAMESPACES
from graph.views.given import given_number, given_one_of
from graph.views.shown import MOST_ROWS, SHOWS, Answered, Show, answered, drawing_of_triples
from newsgraph.errors import (
    QueryError,
    RefusedError,
    UnclearError,
    UnknownQueryError,
    UnknownThingError,
    as_sentence,
)

BASE = "https://newsgraph.example/"
GIVEN = "given."  # before the names of a question's own parameters
_PLACE = re.compile(r"^error at (\d+):(\d+): ")
_CHANGING = {"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "LOAD"}
MOST_BEFORE = 30  # characters that are shown of what could be read
_TRIPLE = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no answer."""

    message: str
    line: int = 0  # from 1; 0: of no line
    column: int = 0
    written: str = ""  # what was given and is not clear
    reason: str = ""
    candidates: tuple[tuple[str, str], ...] = ()  # IRI, what it is


@dataclass(frozen=True, slots=True)
class QueryView:
    answer: Answered | None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class AnswerFile:
    text: str


def view(reader: Reader, parameters: Mapping[str, str]) -> QueryView:
    """Answer the query ``text``, of which ``show`` and ``start`` say what is wanted.

    Raises:
        QueryError: If one of the latter is wrong; what is wrong with the query stands in the view.
    """
    show, start = _wanted(parameters)
    try:
        return QueryView(_answered(reader, parameters.get("text", ""), show, start))
    except (QueryError, SyntaxError, ValueError) as error:
        return QueryView(None, problem_of(parameters.get("text", ""), error))


def question(reader: Reader, parameters: Mapping[str, str]) -> QueryView:
    """Answer the question ``name`` with its own parameters, each with ``given.`` before its name.

    Raises:
        UnknownThingError: If there is no such question.
        QueryError: If ``show`` or ``start`` is wrong; what is wrong with what is given stands in the view.
    """
    asked, given = _asked(parameters)
    show, start = _wanted(parameters)
    try:
        found = ask(reader, asked, given)
        sparql = "" if asked.name in COMPUTED else bind(asked.text, given, finders(reader))
    except UnclearError as error:
        problem = Problem(str(error), 0, 0, error.written, error.reason, error.candidates)
        return QueryView(None, problem)
    except QueryError as error:
        return QueryView(None, Problem(str(error)))
    rows = found.rows[:MOST_ROWS]
    is_cut = found.is_cut or len(found.rows) > len(rows)
    shown = answered(reader.store, found.columns, rows, start=start, show=show, is_cut=is_cut)
    return QueryView(replace(shown, sparql=sparql, why=as_sentence(found.why) if found.why else ""))


def question_file(reader: Reader, parameters: Mapping[str, str]) -> AnswerFile:
    """Return the answer to a question as text: ``format`` csv, json or md; all of it if no limit is given.

    Raises:
        UnknownThingError: If there is no such question.
        QueryError: If what is given does not fit.
    """
    asked, given = _asked(parameters)
    form = given_one_of(parameters, "format", ("csv", "json", "md"))
    if any(one.name == LIMIT for one in asked.parameters):
        given = {LIMIT: "0", **given}
    found: Answer = ask(reader, asked, given)
    return AnswerFile(written(found, form))  # type: ignore[arg-type] # one of those three


def problem_of(text: str, error: Exception) -> Problem:
    """Return what is wrong with a query, in words, with its line."""
    if isinstance(error, RefusedError):
        return Problem(as_sentence(str(error)))
    if change := _change_in(text):
        return Problem(f"This page only reads: {change} is sent to /sparql, with the server's token")
    message = told(error)
    if place := _PLACE.match(message):
        line, column = int(place[1]), int(place[2])
        if "Prefix not found" in str(error):
            return Problem("This prefix is not known: declare it, or take one of the graph's", line, column)
        return Problem(_misfit(text, line, column), line, column)
    return Problem(as_sentence(message))


def _misfit(text: str, line: int, column: int) -> str:
    """Return how far a query could be read; what the engine would have taken there helps few."""
    lines = text.split("\n")
    before = " ".join(" ".join([*lines[: line - 1], lines[line - 1][: column - 1]]).split())
    return f"No SPARQL: it could be read up to “{before[-MOST_BEFORE:]}”" if before else "No SPARQL"


def _answered(reader: Reader, text: str, show: Show, start: int) -> Answered:
    has_from = checked(text, BASE)
    result = reader.store.query(
        text, base_iri=BASE, prefixes=NAMESPACES, use_default_graph_as_union=not has_from
    )
    if isinstance(result, QueryBoolean):
        return Answered((), (), 0, 0, is_cut=False, yes=bool(result), sparql=text)
    rows: list[tuple[Term, ...]]
    if isinstance(result, QueryTriples):
        triples = [*islice(result, MOST_ROWS)]
        is_cut = next(iter(result), None) is not None
        rows = [(one.subject, one.predicate, one.object) for one in triples]
        found = answered(reader.store, _TRIPLE, rows, start=start, show=show, is_cut=is_cut)
        drawing = drawing_of_triples(reader.store, triples) if show == "graph" else None
        return replace(found, drawing=drawing, sparql=text, is_triples=True)
    columns = tuple(variable.value for variable in result.variables)
    rows = [tuple(one[name] for name in columns) for one in islice(result, MOST_ROWS)]
    is_cut = next(iter(result), None) is not None
    found = answered(reader.store, columns, rows, start=start, show=show, is_cut=is_cut)
    return replace(found, sparql=text)


def _asked(parameters: Mapping[str, str]) -> tuple[Question, Mapping[str, str]]:
    try:
        asked = question_called(parameters.get("name", ""))
    except UnknownQueryError:
        raise UnknownThingError("there is no question of that name") from None
    given = {name.removeprefix(GIVEN): value for name, value in parameters.items() if name.startswith(GIVEN)}
    return asked, given


def _wanted(parameters: Mapping[str, str]) -> tuple[Show, int]:
    show = given_one_of(parameters, "show", SHOWS)
    return show, given_number(parameters, "start", 0, most=MOST_ROWS, least=0)  # type: ignore[return-value]


def _change_in(text: str) -> str:
    """Return the word of an update; "" if a text is none."""
    try:
        first = next(tokens_of(text, NAMESPACES, BASE), None)
    except QueryError:
        return ""
    return first.text if first and first.kind == "word" and first.text in _CHANGING else ""
