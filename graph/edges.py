"""The links between entities that an article tells of, read from the view piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

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


def links_in_evidence(quads: Iterable[Quad], modality: Mapping[str, str]) -> Iterator[Link]:
    """Yield all links of an article whose evidence is at hand.

    Args:
        quads: All evidence that it adds to the view.
        modality: The IRI of the modality of each of its relations, by Relation.id.
    """
    by_node: dict[str, dict[str, str]] = {}
    for quad in quads:
        by_node.setdefault(value_of(quad.subject), {})[value_of(quad.predicate)] = value_of(quad.object)
    for said in by_node.values():
        if (link := _link(said, lambda place: modality.get(place[1], ""))) is not None:
            yield link


def link_of(store: Store, evidence: NamedNode) -> Link | None:
    """Return what a node of the view is evidence for; None where that is no edge."""
    quads = store.quads_for_pattern(evidence, None, None, VIEW)
    said = {value_of(one.predicate): value_of(one.object) for one in quads}

    def modality_at(place: tuple[str, str]) -> str:
        return first_value(store, local_iri(*place), ng("modality"), version_graph(place[0]))

    return _link(said, modality_at)


def _link(said: Mapping[str, str], modality_at: Callable[[tuple[str, str]], str]) -> Link | None:
    """Return the link that a node is evidence for, by what is said of it."""
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
