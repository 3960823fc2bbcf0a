"""The links between entities that an article tells of, read from the view piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.edge_keys import EdgeKey, edge_key
from graph.held import first_value
from graph.terms import (
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    VIEW,
    local_iri,
    local_name,
    ng,
    term,
    value_of,
    version_graph,
    version_of,
)

_EVIDENCE = (
    TYPE,
    SUBJECT,
    PREDICATE,
    OBJECT,
    *map(ng, ("factuality", "stance", "attributedTo", "symmetric", "openPredicate", "inArticle", "evidence")),
    term("schema:datePublished"),
)
_NAMES = tuple(one.value for one in _EVIDENCE)


class Place(NamedTuple):
    """Where a piece of evidence lies."""

    article: str
    day: str  # of publication; "" if it is not known
    evidence: str  # IRI of what was read there


Edges = Mapping[EdgeKey, Sequence[Place]]


class Links(NamedTuple):
    """Edges, each with all that tells of it."""

    edges: Edges
    is_bounded: bool = False  # there are more than were looked at


class Link(NamedTuple):
    """A piece of evidence, and of which edge it is."""

    edge: EdgeKey
    place: Place


def links_of(store: Store, article: NamedNode) -> Iterator[Link]:
    """Yield all links that an article tells of."""
    for quad in store.quads_for_pattern(None, ng("inArticle"), article, VIEW):
        if (link := link_of(store, NamedNode(value_of(quad.subject)))) is not None:
            yield link


def filled(link: Link, iris: Mapping[str, str]) -> Link:
    """Return a link of :func:`link_in`, given the IRIs of what had only names there."""
    edge = link.edge
    key = EdgeKey(
        iris[edge.source],
        iris[edge.target],
        edge.kind,
        edge.predicate,
        edge.stance,
        iris.get(edge.speaker, edge.speaker),
        edge.directed,
    )
    return Link(key.in_order(), link.place)


def link_of(store: Store, evidence: NamedNode) -> Link | None:
    """Return what a node of the view is evidence for; None where that is no edge."""
    quads = store.quads_for_pattern(evidence, None, None, VIEW)
    said = {value_of(one.predicate): value_of(one.object) for one in quads}

    def modality_at(place: tuple[str, str]) -> str:
        return first_value(store, local_iri(*place), ng("modality"), version_graph(place[0]))

    return link_in(said, modality_at)


def link_in(said: Mapping[str, str], modality_at: Callable[[tuple[str, str]], str]) -> Link | None:
    """Return the link that a node is evidence for, by what is said of it.

    Args:
        said: By the IRI of each predicate.
        modality_at: Returns that of a relation, by text version and Relation.id.
    """
    kind, one, predicate, other, factuality, stance, speaker, symmetric, verb, article, local, day = (
        said.get(name, "") for name in _NAMES
    )
    if kind != ng("EdgeEvidence").value:
        return None
    modality = ""
    if local_name(factuality) == "NotActual" and (place := version_of(local)):
        modality = modality_at(place)
    key = edge_key(
        *(one, verb or local_name(predicate), other, factuality, stance, speaker, modality),
        directed=not symmetric,
    )
    return None if key is None else Link(key, Place(article, day, local))
