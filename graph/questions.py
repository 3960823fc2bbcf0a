"""The questions that can be asked by name, and their answers.

A question is a file of graph/queries/: comments that say its title, its columns and what it may be given,
then SPARQL. Those of graph/queries/computed/ have the comments only: SPARQL alone does not answer them, a
function of computed.py does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from graph.answers import Answer
from graph.computed import COMPUTED, Row
from graph.meant import finders
from graph.narrowed import narrowed
from graph.parameters import Bound, Parameter, Term, bound, parameters_of, terms_of
from graph.query import QUERIES, solutions
from graph.snapshots import Reader
from graph.why_empty import why_empty
from newsgraph.errors import UnknownQueryError

_NUMBER = re.compile(r"^# Number: (\d+)$", re.MULTILINE)
_COLUMNS = re.compile(r"^# Columns: (.+)$", re.MULTILINE)
_EXAMPLE = re.compile(r"^# Example: (.+)\n#\s+(.+)$", re.MULTILINE)


class Question(NamedTuple):
    """Something that can be asked by its name."""

    name: str
    title: str
    columns: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    text: str  # the whole file
    number: int | None = None  # in the query pack
    example: tuple[str, str] | None = None  # what is given, and the first row of the answer of the samples


@cache
def questions() -> tuple[Question, ...]:
    """Return all questions: those of the pack by number, then the others by name."""
    paths = [*QUERIES.glob("*.rq"), *(QUERIES / "computed").glob("*.rq")]
    found = (_question(path) for path in paths)
    return tuple(sorted(found, key=lambda one: (one.number is None, one.number, one.name)))


def question_called(name: str) -> Question:
    """Return a question by its name or its number.

    Raises:
        UnknownQueryError: If there is none.
    """
    for one in questions():
        if name in (one.name, str(one.number)):
            return one
    raise UnknownQueryError(name, tuple(one.name for one in questions()))


def ask(reader: Reader, question: Question, given: Mapping[str, str]) -> Answer:
    """Answer a question.

    Args:
        reader: The snapshot to ask.
        question: One of :func:`questions`.
        given: Values of its parameters, as a person writes them.

    Raises:
        QueryError: If a value does not fit, is missing or is not of this question, or it is not clear what is
            meant.
    """
    if compute := COMPUTED.get(question.name):
        terms = terms_of(question.parameters, given, finders(reader))
        answer = Answer(question.columns, tuple(map(_terms, compute(reader, terms))))
    else:
        answer = limited(reader, narrowed(reader, bound(question.text, given, finders(reader)), given))
    return answer if answer.rows else answer._replace(why=why_empty(reader, question.parameters, given))


def limited(reader: Reader, asked: Bound) -> Answer:
    """Return as many rows as a query was asked for, and whether there are more.

    What is cut gives a row at least for each thing that is counted, so fewer rows are all.
    """
    if not asked.limit:
        return Answer(*solutions(reader, asked.text))
    columns, rows = solutions(reader, asked.chosen)
    chosen, is_cut = rows[: asked.limit], len(rows) > asked.limit
    if asked.around is None:
        return Answer(columns, chosen, is_cut=is_cut)
    has_unnamed = any(isinstance(one, BlankNode) for row in chosen for one in row)  # which no query can name
    text = asked.text if has_unnamed else asked.with_chosen(columns, chosen)
    return Answer(*solutions(reader, text), is_cut=is_cut)


def _terms(row: Row) -> tuple[Term, ...]:
    return tuple(cell if isinstance(cell, NamedNode) else Literal(cell) for cell in row)


def _question(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    number, columns, example = _NUMBER.search(text), _COLUMNS.search(text), _EXAMPLE.search(text)
    return Question(
        path.stem,
        text.splitlines()[0].lstrip("# ").strip(),
        tuple(columns[1].replace("?", "").split()) if columns else (),
        parameters_of(text),
        text,
        int(number[1]) if number else None,
        (example[1], example[2]) if example else None,
    )
