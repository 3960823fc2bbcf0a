"""A network from whatever a query gives: two columns, three, or triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryTriples

from graph.export.drawn import SMALLEST, TYPE_COLOURS, Look, community_colour
from graph.export.layout import communities, positions
from graph.export.sheet import Columns, EdgeRow, NodeRow, Sheet
from graph.query import Term, answer
from graph.store import Reader
from graph.terms import CLASS_LABELS, LABEL, TYPE, VIEW, shown_iri, value_of
from newsgraph.errors import ExportError

Link = tuple[Term, str, Term]  # one, by what, other

_VALUE, _THING = "value", "thing"  # types of what is no entity: a literal, any other IRI


def asked_sheet(reader: Reader, query: str, look: Look) -> Sheet:
    """Return the network of a query's answer.

    Of a SELECT, two columns are what an edge goes from and to; of three, the middle one is what links them.
    Of a CONSTRUCT, each triple is an edge. What is told n times is one edge of weight n; a row with an empty
    cell makes none. Entities have the label and the type of the view.

    Raises:
        QueryError: If the query cannot be answered.
        ExportError: If it is no SELECT of two or three columns, CONSTRUCT or DESCRIBE.
    """
    links = Counter(_links(reader, query))
    told = sorted(links, key=lambda link: (str(link[0]), link[1], str(link[2])))
    terms = sorted({end for one, _, other in told for end in (one, other)}, key=str)
    numbers = {term: number for number, term in enumerate(terms)}
    rows = [_node(reader, term) for term in terms]
    columns: Columns = {"type": "string", "degree": "integer"}
    places, groups = None, None
    if look.laid_out:
        pairs = [(numbers[one], numbers[other], float(links[one, by, other])) for one, by, other in told]
        groups = communities(len(terms), pairs)
        places = positions(len(terms), pairs, groups)
        columns = {**columns, "community": "integer"}
    degree = Counter(end for one, _, other in told for end in {one, other})
    nodes = (
        NodeRow(
            row.id,
            row.label,
            {**row.values, "degree": degree[term], "community": groups[number] if groups else None},
            places[number] if places else None,
            round(min(SMALLEST + 2 * degree[term] ** 0.5, 40.0), 1),
            community_colour(groups[number]) if groups and look.colour_by == "community" else row.colour,
        )
        for number, (term, row) in enumerate(zip(terms, rows, strict=True))
    )
    edges = (
        EdgeRow(f"e{number}", _id(one), _id(other), by, by, by, weight=links[one, by, other])
        for number, (one, by, other) in enumerate(told)
    )
    return Sheet(columns, {}, nodes, edges)


def _links(reader: Reader, query: str) -> Iterator[Link]:
    with answer(reader, query) as found:
        if isinstance(found, QueryBoolean):
            raise ExportError("the query gives yes or no; a network needs SELECT or CONSTRUCT")
        if isinstance(found, QueryTriples):
            yield from ((one.subject, _shown(one.predicate), one.object) for one in found)
            return
        names = [variable.value for variable in found.variables]
        if len(names) not in {2, 3}:
            reason = f"the query gives {len(names)} columns ({', '.join(names)})"
            raise ExportError(f"{reason}; a network needs two (from, to) or three (from, by what, to)")
        for row in found:
            cells = [row[name] for name in names]
            if None not in cells:
                yield cells[0], _shown(cells[1]) if len(cells) == 3 else "linked", cells[-1]


def _node(reader: Reader, term: Term) -> NodeRow:
    if not isinstance(term, NamedNode):
        return NodeRow(_id(term), _shown(term), {"type": _VALUE})
    labels = _values(reader, term, LABEL)
    kinds = [CLASS_LABELS[kind] for kind in _values(reader, term, TYPE) if kind in CLASS_LABELS]
    kind = kinds[0] if kinds else _THING
    return NodeRow(
        term.value, labels[0] if labels else _shown(term), {"type": kind}, colour=TYPE_COLOURS.get(kind)
    )


def _values(reader: Reader, node: NamedNode, predicate: NamedNode) -> list[str]:
    found: Iterable[object] = (
        quad.object for quad in reader.store.quads_for_pattern(node, predicate, None, VIEW)
    )
    return sorted(value_of(one) for one in found)


def _id(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def _shown(term: Term) -> str:
    if isinstance(term, NamedNode):
        shown = shown_iri(term.value)
        return shown.removeprefix("ng:")
    return term.value if isinstance(term, Literal | BlankNode) else str(term)
