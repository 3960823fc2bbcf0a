"""The graph view: entities, what links them and the sentences behind it; the same as a file.

Parameters with several values have them on lines of their own.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode, Store

from graph.edge_keys import Kind
from graph.export.drawn import Look, sheet_of
from graph.export.formats import ONE_FILE
from graph.export.page import edge_data, node_data
from graph.lookup import is_iri
from graph.meant import find_entity
from graph.neighbourhood import Part, Wanted, load_part
from graph.network import Selection
from graph.snapshots import Reader
from graph.terms import CLASS_LABELS, STANCES, TYPE, VIEW, given_iri, ng, value_of
from graph.views.given import given_day, given_number, given_one_of
from graph.views.indexed import searchable
from newsgraph.errors import QueryError, UnknownThingError

KINDS: tuple[Kind, ...] = ("fact", "claim", "about")
SHOWN_AT_FIRST: tuple[Kind, ...] = ("fact", "claim")
TYPES = tuple(one for one in CLASS_LABELS.values() if one not in ("DATE", "MONEY"))
MOST_DEPTH, MOST_CENTRES, MOST_NODES = 3, 10, 300
AT_FIRST, AT_FIRST_OF_ALL = 60, 120  # nodes near centres, and without any
_MOST_CHARS = 500
_LOOK = Look("mentions", grouped=False, apart=True)  # of so few nodes the forces need no communities
_NOT_READ = ("salience", "sources", "articles", "first", "last")  # of nodes, unless a file is wanted


@dataclass(frozen=True, slots=True)
class Centre:
    iri: str
    label: str


@dataclass(frozen=True, slots=True)
class Predicate:
    name: str
    edges: int


@dataclass(frozen=True, slots=True)
class NetworkView:
    """What is drawn, as viewer/drawing.js takes it, and what was left out of it."""

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]  # strongest first; "ends": labels; "articles": an IRI for each sentence
    centres: tuple[Centre, ...]
    predicates: tuple[Predicate, ...]  # between the nodes drawn, whether or not they are wanted
    found: int  # entities that the conditions hold for
    is_bounded: bool  # there may be more than were looked at
    edges_left_out: int


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """The same as a file."""

    form: str
    text: str


def view(reader: Reader, parameters: Mapping[str, str]) -> NetworkView:
    """Return what is to be drawn.

    Raises:
        UnknownThingError: If the graph has no entity of an IRI that was given.
        QueryError: If a parameter is wrong, or it is not clear which entity is meant.
    """
    wanted = _wanted(reader.store, parameters)
    part = _part(reader, wanted)
    sheet = sheet_of(part.network, _LOOK)
    nodes = [node_data(row) for row in sheet.nodes]
    for node in nodes:
        node["values"] = {name: value for name, value in node["values"].items() if name not in _NOT_READ}
    names = {node.id: node.label for node in part.network.nodes}
    edges = [
        {
            **edge_data(row),
            "ends": [names[row.source], names[row.target]],
            "articles": list(articles),
        }
        for row, articles in zip(sheet.edges, part.articles, strict=True)
    ]
    return NetworkView(
        nodes,
        sorted(edges, key=lambda one: -float(one["weight"])),
        tuple(Centre(one, names[one]) for one in wanted.centres),
        tuple(Predicate(name, part.predicates[name]) for name in sorted(part.predicates, key=str.casefold)),
        part.found,
        part.is_bounded,
        part.edges_left_out,
    )


def file(reader: Reader, parameters: Mapping[str, str]) -> NetworkFile:
    """Return exactly the nodes and edges that :func:`view` does, at the same places, as a file.

    Raises:
        UnknownThingError: If the graph has no entity of an IRI that was given.
        QueryError: If a parameter is wrong, or it is not clear which entity is meant.
    """
    form = given_one_of(parameters, "format", tuple(ONE_FILE))
    part = _part(reader, _wanted(reader.store, parameters), is_whole=True)
    written = io.BytesIO()
    ONE_FILE[form](sheet_of(part.network, _LOOK), written)
    return NetworkFile(form, written.getvalue().decode())


def _part(reader: Reader, wanted: Wanted, *, is_whole: bool = False) -> Part:
    if wanted.centres:
        return load_part(reader.store, wanted, is_whole=is_whole)
    days = wanted.selection.since, wanted.selection.until
    with searchable(reader) as index:
        every = index.links(wanted.kinds, *days) if index is not None else None
    return load_part(reader.store, wanted, every, is_whole=is_whole)


def _wanted(store: Store, parameters: Mapping[str, str]) -> Wanted:
    since, until = given_day(parameters, "from"), given_day(parameters, "to")
    if since and until and since > until:
        raise QueryError(f"from {since} is later than to {until}")
    around = _several(parameters, "around")
    if len(around) > MOST_CENTRES:
        raise QueryError(f"around names more than {MOST_CENTRES} entities")
    at_first = AT_FIRST if around else AT_FIRST_OF_ALL
    kinds = _some_of(parameters, "kind", KINDS) or frozenset(SHOWN_AT_FIRST)
    selection = Selection(
        since,
        until,
        _some_of(parameters, "type", TYPES),
        depth=given_number(parameters, "depth", 1, most=MOST_DEPTH),
        min_sources=given_number(parameters, "min_sources", 1, most=1000),
    )
    return Wanted(
        selection,
        tuple(dict.fromkeys(_entity(store, one) for one in around)),
        frozenset(kind for kind in KINDS if kind in kinds),
        frozenset(_several(parameters, "predicate")),
        _some_of(parameters, "stance", tuple(STANCES)),
        given_number(parameters, "most", at_first, most=MOST_NODES, least=2),
    )


def _several(parameters: Mapping[str, str], name: str) -> tuple[str, ...]:
    given = tuple(filter(None, (line.strip() for line in parameters.get(name, "").split("\n"))))
    if any(len(one) > _MOST_CHARS or not one.isprintable() for one in given):
        raise QueryError(f"{name} is no name")
    return given


def _some_of(parameters: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> frozenset[str]:
    given = frozenset(_several(parameters, name))
    if unknown := sorted(given - set(allowed)):
        raise QueryError(f"{name} is none of {', '.join(allowed)}: {unknown[0]!r}")
    return given


def _entity(store: Store, written: str) -> str:
    iri = given_iri(written)
    if iri is None or not is_iri(iri):
        return find_entity(store, written).value
    kinds = {value_of(one.object) for one in store.quads_for_pattern(NamedNode(iri), TYPE, None, VIEW)}
    if ng("CanonicalEntity").value not in kinds:
        raise UnknownThingError(f"the graph has no entity {written}")
    return iri
