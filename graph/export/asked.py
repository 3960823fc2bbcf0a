"""A network from whatever a query gives: two columns, three, or triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryTriples, Store

from graph.export.drawn import LARGEST, SMALLEST, TYPE_COLOURS, Look, community_colour
from graph.export.sheet import Columns, EdgeRow, NodeRow, Sheet
from graph.parameters import Term
from graph.query import answer
from graph.snapshots import Reader
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
    return linked_sheet(reader.store, Counter(_links(reader, query)), look)


def linked_sheet(store: Store, links: Mapping[Link, int], look: Look) -> Sheet:
    """Return a network of links, each with how often it is told."""
    told = sorted(links, key=lambda link: (str(link[0]), link[1], str(link[2])))
    terms = sorted({end for one, _, other in told for end in (one, other)}, key=str)
    edges = (
        EdgeRow(f"e{number}", _id(one), _id(other), by, by, by, weight=links[one, by, other])
        for number, (one, by, other) in enumerate(told)
    )
    columns: Columns = {"type": "string", "degree": "integer"}
    degree = Counter(end for one, _, other in told for end in {one, other})
    nodes = [_node(store, term, degree[term]) for term in terms]
    if look.laid_out:
        numbers = {term: number for number, term in enumerate(terms)}
        pairs = [(numbers[one], numbers[other], float(links[one, by, other])) for one, by, other in told]
        columns = {**columns, "community": "integer"} if look.grouped else columns
        nodes = list(_laid_out(nodes, pairs, look))
    return Sheet(columns, {}, nodes, edges)


def _laid_out(
    nodes: Sequence[NodeRow], links: Sequence[tuple[int, int, float]], look: Look
) -> Iterator[NodeRow]:
    from graph.export.layout import communities, positions  # NumPy starts threads: not before it is needed

    if not look.grouped:
        for node, place in zip(nodes, positions(len(nodes), links, [0] * len(nodes)), strict=True):
            yield node._replace(place=place)
        return
    groups = communities(len(nodes), links)
    for node, group, place in zip(nodes, groups, positions(len(nodes), links, groups), strict=True):
        colour = community_colour(group) if look.colour_by == "community" else node.colour
        yield node._replace(values={**node.values, "community": group}, place=place, colour=colour)


def _links(reader: Reader, query: str) -> Iterator[Link]:
    with answer(reader, query) as found:
        if isinstance(found, QueryBoolean):
            raise ExportError("the query gives yes or no; a network needs SELECT or CONSTRUCT")
        if isinstance(found, QueryTriples):
            yield from ((one.subject, shown_end(one.predicate), one.object) for one in found)
            return
        names = [variable.value for variable in found.variables]
        if len(names) not in {2, 3}:
            reason = f"the query gives {len(names)} column{'s' * (len(names) != 1)} ({', '.join(names)})"
            raise ExportError(f"{reason}; a network needs two (from, to) or three (from, by what, to)")
        for row in found:
            cells = [row[name] for name in names]
            if None not in cells:
                yield cells[0], shown_end(cells[1]) if len(cells) == 3 else "linked", cells[-1]


def _node(store: Store, term: Term, degree: int) -> NodeRow:
    size = round(min(SMALLEST + 2 * degree**0.5, LARGEST), 1)
    if not isinstance(term, NamedNode):
        return NodeRow(_id(term), shown_end(term), {"type": _VALUE, "degree": degree}, size=size)
    labels = _values(store, term, LABEL)
    kinds = [CLASS_LABELS[kind] for kind in _values(store, term, TYPE) if kind in CLASS_LABELS]
    kind = kinds[0] if kinds else _THING
    label = labels[0] if labels else shown_end(term)
    colour = TYPE_COLOURS.get(kind)
    return NodeRow(term.value, label, {"type": kind, "degree": degree}, size=size, colour=colour)


def _values(store: Store, node: NamedNode, predicate: NamedNode) -> list[str]:
    found: Iterable[object] = (quad.object for quad in store.quads_for_pattern(node, predicate, None, VIEW))
    return sorted(value_of(one) for one in found)


def _id(term: Term) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)


def shown_end(term: Term) -> str:
    """Return a term as a node or an edge is labelled with it."""
    if isinstance(term, NamedNode):
        shown = shown_iri(term.value)
        return shown.removeprefix("ng:")
    return term.value if isinstance(term, Literal | BlankNode) else str(term)
