"""Questions to the graph: saved ones by name, or SPARQL; answers as table, CSV, JSON or Turtle.

The default graph of every query is the union of all named graphs, and our prefixes need not be declared. What
would reach out of the store (SERVICE, LOAD, FROM a web address) or change it is refused: the library would
fetch whatever an address says.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal as OneOf

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    serialize,
)

from graph.endpoint.messages import told
from graph.guard import damaged, is_damage
from graph.parameters import QUOTED, Term, bind
from graph.snapshots import Reader
from graph.terms import NAMESPACES, shown_iri
from newsgraph.errors import QueryError, UnknownQueryError

QUERIES = Path(__file__).with_name("queries")
Format = OneOf["table", "csv", "json", "ttl"]
PREFIXES = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in NAMESPACES.items())
MIN_CELL, MAX_CELL = 6, 90  # characters of a table's cell

_OUTWARD = re.compile(r"\b(SERVICE|LOAD)\b", re.IGNORECASE)
_CHANGING = re.compile(r"^\s*(INSERT|DELETE|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
_HEAD = re.compile(r"^(?:\s*(?:PREFIX\s+\S*\s*<[^>]*>|BASE\s*<[^>]*>))*", re.IGNORECASE)


def known_queries() -> tuple[str, ...]:
    """Return the names of the saved queries."""
    return tuple(sorted(path.stem for path in QUERIES.glob("*.rq")))


def load_query(name: str) -> str:
    """Return the text of a saved query.

    Raises:
        UnknownQueryError: If there is none of that name.
    """
    if name not in known_queries():
        raise UnknownQueryError(name, known_queries())
    return (QUERIES / f"{name}.rq").read_text(encoding="utf-8")


def question_of(name: str) -> str:
    """Return the question that a saved query answers: its first comment line."""
    return load_query(name).splitlines()[0].lstrip("# ").strip()


def select(reader: Reader, name: str, given: Mapping[str, str] | None = None) -> list[list[str]]:
    """Return the rows of a saved query as texts.

    Raises:
        QueryError: If there is no such query or parameter, or a value does not fit.
    """
    _, rows = solutions(reader, bind(load_query(name), given or {}))
    return [[_value(term) for term in row] for row in rows]


def solutions(reader: Reader, text: str) -> tuple[tuple[str, ...], tuple[tuple[Term, ...], ...]]:
    """Return the columns and the rows of a SELECT.

    Raises:
        QueryError: If it is no SELECT, or as :func:`answer` does.
    """
    with answer(reader, text) as result:
        if not isinstance(result, QuerySolutions):
            raise QueryError("the query gives no rows")
        names = tuple(variable.value for variable in result.variables)
        return names, tuple(tuple(solution[name] for name in names) for solution in result)


def run_query(reader: Reader, text: str, form: Format = "table", *, width: int | None = None) -> str:
    """Answer a query.

    Args:
        reader: The snapshot to ask.
        text: SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE.
        width: Columns that a table may take; None: as many as it needs.
        form: "ttl" is for CONSTRUCT and DESCRIBE, and is what they give unless JSON is asked for.

    Raises:
        QueryError: If the query is no SPARQL, would reach out of the store or change it, or the format does
            not fit.
    """
    with answer(reader, text) as result:
        return _written(result, form, width)


@contextmanager
def answer(reader: Reader, text: str) -> Iterator[QuerySolutions | QueryBoolean | QueryTriples]:
    """Ask a query, and tell plainly what goes wrong while its answer is read.

    Raises:
        QueryError: If the query is no SPARQL, would reach out of the store or change it, or
            cannot be answered.
        StoreError: If the store is damaged.
    """
    _refuse(text)
    try:
        yield reader.store.query(text, prefixes=NAMESPACES, use_default_graph_as_union=True)
    except SyntaxError as error:
        raise QueryError(f"not SPARQL: {told(error)}") from None
    except (OSError, ValueError, RuntimeError) as error:
        if is_damage(error):
            raise damaged(reader.graph_dir, error) from None
        raise QueryError(f"the query cannot be answered: {' '.join(str(error).split())}") from None


def _refuse(text: str) -> None:
    bare = QUOTED.sub(lambda match: " " if match[0][0] == "#" else '""', text)
    if found := _OUTWARD.search(bare):
        raise QueryError(f"{found[1].upper()} is not allowed: queries stay within this store")
    body = _HEAD.sub("", QUOTED.sub(lambda match: " " if match[0][0] == "#" else match[0], text))
    if found := _CHANGING.match(body):
        raise QueryError(f"{found[1].upper()} is not allowed: queries only read; 'newsgraph ingest' writes")


def _written(result: QuerySolutions | QueryBoolean | QueryTriples, form: Format, width: int | None) -> str:
    if isinstance(result, QueryTriples):
        return _triples(result, form)
    if form == "ttl":
        raise QueryError("Turtle is for CONSTRUCT and DESCRIBE; take table, csv or json")
    if isinstance(result, QueryBoolean):
        return (
            json.dumps({"head": {}, "boolean": bool(result)}) + "\n"
            if form == "json"
            else f"{str(bool(result)).lower()}\n"
        )
    if form == "json":
        return (result.serialize(format=QueryResultsFormat.JSON) or b"").decode() + "\n"
    names = [variable.value for variable in result.variables]
    rows = [[solution[name] for name in names] for solution in result]
    return table(names, rows, width) if form == "table" else comma_separated(names, rows)


def _triples(result: QueryTriples, form: Format) -> str:
    if form == "csv":
        raise QueryError("CONSTRUCT and DESCRIBE give triples; take ttl or json")
    triples = sorted(result, key=str)
    if form == "json":
        return (serialize(triples, format=RdfFormat.JSON_LD) or b"").decode() + "\n"
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=NAMESPACES) or b"").decode()


def comma_separated(names: Sequence[str], rows: Iterable[Sequence[Term]]) -> str:
    """Return rows as the W3C's CSV."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows([_value(term) for term in row] for row in rows)
    return file.getvalue()


def _value(term: Term) -> str:
    return (
        "" if term is None else term.value if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
    )


def shown(term: Term) -> str:
    """Return a term for a reader: prefixed names for IRIs, one line for text."""
    if isinstance(term, NamedNode):
        return shown_iri(term.value)
    text = " ".join(_value(term).split())
    return (
        text
        if text.isprintable()
        else "".join(character if character.isprintable() else "�" for character in text)
    )


def table(
    names: Sequence[str], rows: Sequence[Sequence[Term]], width: int | None, *, is_cut: bool = False
) -> str:
    """Return rows as a table of so many columns for people; None: as many as it needs."""
    cells = [[shown(term) for term in row] for row in rows]
    needed = [max(len(line[column]) for line in [list(names), *cells]) for column in range(len(names))]
    widths = _fitted([min(one, MAX_CELL) for one in needed], width)
    lines = [_line(names, widths), _line(["─" * one for one in widths], widths)]
    lines += [_line(row, widths) for row in cells]
    more = ", and there are more" if is_cut else ""
    lines.append(f"({len(rows)} row{'' if len(rows) == 1 else 's'}{more})")
    return "\n".join(lines) + "\n"


def _fitted(widths: list[int], total: int | None) -> list[int]:
    """Return ``widths`` with the widest made narrower until a line fits, if it can."""
    fitted = list(widths)
    while total is not None and fitted and sum(fitted) + 2 * (len(fitted) - 1) > total:
        widest = max(fitted)
        if widest <= MIN_CELL:
            break
        fitted[fitted.index(widest)] = widest - 1
    return fitted


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(
        _short(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True)
    ).rstrip()


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
