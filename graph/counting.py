"""Which canonical entity counts for which known thing by an article: a country's bodies, people, officials.

The search index keeps it, so that the members of a side need not be joined from all articles each time that
somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

from graph.terms import IDENTITY, OBJECT, PREDICATE, SUBJECT, ng, value_of, version_graph, version_of

_POSTS = (ng("holdsPostAt"), ng("leads"))


def counted_in(store: Store, version_id: str) -> Iterator[tuple[str, str]]:
    """Yield (canonical entity, thing) for all that counts for something by a text version.

    What an article's entity is or rolls up to, its canonical one counts for; who holds a post counts for that
    of which it is.
    """
    graph = version_graph(version_id)
    things: dict[str, set[str]] = {}
    for predicate in (ng("known"), ng("rollsUpTo")):
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            things.setdefault(value_of(quad.subject), set()).add(value_of(quad.object))
    counting = {local: set(found) for local, found in things.items()}
    for holder, body in _posts(store, graph):
        if body in things:
            counting.setdefault(holder, set()).update(things[body])
    for local, found in counting.items():
        if version_of(local) is not None:  # no known thing, of which nobody decides
            for canonical in canonical_of(store, local):
                yield from ((canonical, thing) for thing in found)


def _posts(store: Store, graph: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield who holds a post, and of what."""
    for post in _POSTS:
        for held in store.quads_for_pattern(None, PREDICATE, post, graph):
            for holder in store.quads_for_pattern(held.subject, SUBJECT, None, graph):
                for body in store.quads_for_pattern(held.subject, OBJECT, None, graph):
                    yield value_of(holder.object), value_of(body.object)


def canonical_of(store: Store, local: str) -> set[str]:
    """Return the canonical entities that decisions take an article's entity for."""
    return {
        value_of(found.object)
        for decision in store.quads_for_pattern(None, ng("left"), NamedNode(local), IDENTITY)
        for found in store.quads_for_pattern(decision.subject, ng("right"), None, IDENTITY)
    }
