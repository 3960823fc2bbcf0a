"""An answer of rows as the page shows it: the rows of one page, what can be charted, what can be drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Store, Triple

from graph.export.asked import Link, linked_sheet, shown_end
from graph.export.drawn import Look
from graph.export.page import edge_data, node_data
from graph.parameters import Term
from graph.query import shown
from graph.terms import ARTICLES, LABEL, TYPE, VIEW, ng, term, value_of

Show = OneOf["table", "chart", "graph"]
SHOWS: tuple[Show, ...] = ("table", "chart", "graph")
PAGE_ROWS = 100
MOST_ROWS = 10_000  # are looked at for the page; files have as many as the server's limit lets them
MOST_POINTS = {"bar": 40, "line": 1000}
MOST_LINKED = 150  # nodes of a drawing
MOST_LABEL = 120  # characters

_NUMBERS = {
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")
}
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    label: str = ""  # how the view calls what an IRI stands for
    iri: str = ""
    subject: str = ""  # "entity", "article", "dispute": where the page has more on it
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    value: float


@dataclass(frozen=True, slots=True)
class Chart:
    kind: OneOf["bar", "line"]
    label: str  # the columns' names
    value: str
    points: tuple[Point, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """What viewer/drawing.js draws."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    left_out: int  # nodes


@dataclass(frozen=True, slots=True)
class Answered:
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]  # from ``start`` on; None: there is no value
    start: int
    count: int  # of all rows
    is_cut: bool  # there are more than ``count``
    chart: Chart | None = None
    drawing: Drawing | None = None
    yes: bool | None = None  # the answer of ASK, which has no rows
    sparql: str = ""  # that was asked; "" where SPARQL alone did not answer
    is_triples: bool = False
    why: str = ""  # there are no rows, as far as that is known


Rows = Sequence[Sequence[Term]]


def answered(
    store: Store, columns: Sequence[str], rows: Rows, *, start: int, show: Show, is_cut: bool
) -> Answered:
    """Return rows as they are shown.

    Args:
        store: Tells what IRIs stand for.
        columns: Their names.
        rows: All of them.
        start: Which row is shown first, from 0.
        show: How: only that is made.
        is_cut: There are more rows.
    """
    page = rows[start : start + PAGE_ROWS] if show == "table" else ()
    return Answered(
        tuple(columns),
        tuple(tuple(None if one is None else _cell(store, one) for one in row) for row in page),
        start,
        len(rows),
        is_cut,
        chart_of(store, columns, rows) if show == "chart" else None,
        _drawing(store, _links(rows)) if show == "graph" else None,
    )


def chart_of(store: Store, columns: Sequence[str], rows: Rows) -> Chart | None:
    """Return the first column of numbers over the first of days, texts or IRIs; None if there is no such.

    Numbers over days are a line, in the order of days, if each day has one number; all others are bars.
    """
    filled = [
        (place, [row[place] for row in rows if row[place] is not None]) for place in range(len(columns))
    ]
    numbers = [place for place, cells in filled if cells and all(map(_is_number, cells))]
    names = [place for place, cells in filled if cells and place not in numbers]
    if not numbers or not names:
        return None
    days = [place for place in names if all(map(_is_day, dict(filled)[place]))]
    texts = [place for place in names if not any(isinstance(one, NamedNode) for one in dict(filled)[place])]
    value, label = numbers[0], (days or texts or names)[0]
    points = [
        Point(_named(store, row[label]), float(_value(row[value])))
        for row in rows
        if row[label] is not None and row[value] is not None
    ]
    is_line = bool(days) and len({one.label for one in points}) == len(points) > 1
    kind: OneOf["bar", "line"] = "line" if is_line else "bar"
    points = sorted(points, key=lambda one: one.label) if is_line else points
    kept = points[: MOST_POINTS[kind]]
    return Chart(kind, columns[label], columns[value], tuple(kept), len(points) - len(kept))


def drawing_of_triples(store: Store, triples: Iterable[Triple]) -> Drawing | None:
    """Return triples between IRIs as a network."""
    links = (
        (one.subject, shown_end(one.predicate), one.object)
        for one in triples
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode)
    )
    return _drawing(store, links)


def _links(rows: Rows) -> Iterable[Link]:
    """Yield a link for each row of two IRIs, or of three cells with an IRI first and last."""
    for row in rows:
        if len(row) in (2, 3) and isinstance(row[0], NamedNode) and isinstance(row[-1], NamedNode):
            yield row[0], "linked" if len(row) == 2 else shown_end(row[1]), row[-1]


def _drawing(store: Store, links: Iterable[Link]) -> Drawing | None:
    counted = Counter(links)
    if not counted:
        return None
    strength: Counter[str] = Counter()
    for (one, _, other), times in counted.items():
        for end in {str(one), str(other)}:
            strength[end] += times
    kept = set(sorted(strength, key=lambda end: (-strength[end], end))[:MOST_LINKED])
    within = {link: times for link, times in counted.items() if {str(link[0]), str(link[2])} <= kept}
    sheet = linked_sheet(store, within, Look(grouped=False))
    nodes, edges = [*map(node_data, sheet.nodes)], [*map(edge_data, sheet.edges)]
    return Drawing(nodes, edges, len(strength) - len(nodes))


def _cell(store: Store, one: NamedNode | Literal | Any) -> Cell:
    if not isinstance(one, NamedNode):
        text = one.value if isinstance(one, Literal) else shown(one)
        return Cell(text, is_number=_is_number(one))
    return Cell(shown(one), _label(store, one), one.value, subject_of(store, one))


def subject_of(store: Store, one: NamedNode) -> str:
    """Return which view of the page has more on an IRI; "" if none has."""
    for kind, graph, subject in _SUBJECTS:
        if any(store.quads_for_pattern(one, TYPE, kind, graph)):
            return subject
    return ""


_SUBJECTS = (
    (ng("CanonicalEntity"), VIEW, "entity"),
    (ng("CanonicalProposition"), VIEW, "dispute"),
    (term("schema:NewsArticle"), ARTICLES, "article"),
)
_LABELS = ((LABEL, VIEW), (ng("statement"), VIEW), (term("schema:headline"), ARTICLES))


def _label(store: Store, one: NamedNode) -> str:
    for predicate, graph in _LABELS:
        if found := [value_of(quad.object) for quad in store.quads_for_pattern(one, predicate, None, graph)]:
            return _short(min(found))
    return ""


def _named(store: Store, one: Term) -> str:
    return (isinstance(one, NamedNode) and _label(store, one)) or _short(shown(one))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MOST_LABEL else f"{text[: MOST_LABEL - 1]}…"


def _is_number(one: Term) -> bool:
    return isinstance(one, Literal) and one.datatype.value in _NUMBERS and _finite(one.value)


def _finite(text: str) -> bool:
    try:
        return abs(float(text)) < 1e15
    except ValueError:
        return False


def _is_day(one: Term) -> bool:
    return isinstance(one, Literal) and bool(_DAY.fullmatch(one.value)) and not _is_number(one)


def _value(one: Term) -> str:
    return one.value if isinstance(one, Literal) else ""
