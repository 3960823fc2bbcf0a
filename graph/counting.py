"""Which canonical entity counts for which known thing by an article: a country's bodies, people, officials.

The search index keeps it, so that the members of a side need not be joined from all articles each time that
somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from graph.held import values
from graph.terms import (
    IDENTITY,
    OBJECT,
    PREDICATE,
    SUBJECT,
    decision_iri,
    ng,
    term,
    value_of,
    version_graph,
    version_of,
)

_POSTS = frozenset([ng("holdsPostAt").value, ng("leads").value])
_OWN = {ng("known"): "is", term("skos:exactMatch"): "is", ng("rollsUpTo"): "for"}


class Counted(NamedTuple):
    """An entity that counts for something: ``(entity, thing, how)``."""

    entity: str  # Entity.id, or the IRI of a canonical one
    thing: str  # an IRI
    how: str  # "is", "for", "post"


def counted_in(store: Store, version_id: str) -> Iterator[Counted]:
    """Yield what counts for something by a text version of a store, by its canonical entity."""
    for entity, thing, how in counted_locally(telling(store, version_id)):
        for canonical in values(store, decision_iri(version_id, entity), ng("right"), IDENTITY):
            yield Counted(canonical, thing, how)


def counted_locally(quads: Iterable[Quad]) -> Iterator[Counted]:
    """Yield what counts for something by a text version's own graph, each once.

    What an article's entity is (``"is"``) or rolls up to (``"for"``), it counts for; who holds a post
    (``"post"``) counts for that of which it is.
    """
    told = _by_predicate(quads)
    found: dict[str, dict[tuple[str, str], None]] = {}
    for predicate, how in _OWN.items():
        for local, values_of_it in told[predicate].items():
            found.setdefault(local, {}).update(((thing, how), None) for thing in values_of_it)
    own = {local: [thing for thing, _ in things] for local, things in found.items()}
    for post in (local for local, kinds in told[PREDICATE].items() if not _POSTS.isdisjoint(kinds)):
        for holder, body in product(told[SUBJECT].get(post, ()), told[OBJECT].get(post, ())):
            found.setdefault(holder, {}).update(((thing, "post"), None) for thing in own.get(body, ()))
    for local, things in found.items():
        if place := version_of(local):  # else it is a known thing, of which nobody decides
            yield from (Counted(place[1], *thing) for thing in things)


def _by_predicate(quads: Iterable[Quad]) -> dict[NamedNode, dict[str, list[str]]]:
    """Return what is told of each subject, of what tells who counts for what."""
    told: dict[NamedNode, dict[str, list[str]]] = {one: {} for one in (*_OWN, PREDICATE, SUBJECT, OBJECT)}
    for quad in quads:
        if (by_subject := told.get(quad.predicate)) is not None:
            by_subject.setdefault(value_of(quad.subject), []).append(value_of(quad.object))
    return told


def telling(store: Store, version_id: str) -> Iterator[Quad]:
    """Yield those quads of a text version's own graph that tell what counts for something."""
    graph = version_graph(version_id)
    for predicate in _OWN:
        yield from store.quads_for_pattern(None, predicate, None, graph)
    for post in sorted(_POSTS):
        for held in store.quads_for_pattern(None, PREDICATE, NamedNode(post), graph):
            yield held
            for end in (SUBJECT, OBJECT):
                yield from store.quads_for_pattern(held.subject, end, None, graph)
