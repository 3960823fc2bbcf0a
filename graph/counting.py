"""Which canonical entity counts for which known thing by an article: a country's bodies, people, officials.

The search index keeps it, so that the members of a side need not be joined from all articles each time that
somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Store

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

_POSTS = (ng("holdsPostAt"), ng("leads"))
_OWN = ((ng("known"), "is"), (term("skos:exactMatch"), "is"), (ng("rollsUpTo"), "for"))


def counted_in(store: Store, version_id: str) -> Iterator[tuple[str, str, str]]:
    """Yield (canonical entity, thing, how) for all that counts for something by a text version.

    What an article's entity is (``"is"``) or rolls up to (``"for"``), its canonical one counts for; who holds
    a post (``"post"``) counts for that of which it is.
    """
    graph = version_graph(version_id)
    found: dict[str, set[tuple[str, str]]] = {}
    for predicate, how in _OWN:
        for quad in store.quads_for_pattern(None, predicate, None, graph):
            found.setdefault(value_of(quad.subject), set()).add((value_of(quad.object), how))
    own = {local: [thing for thing, _ in things] for local, things in found.items()}
    for holder, body in _posts(store, graph):
        if body in own:
            found.setdefault(holder, set()).update((thing, "post") for thing in own[body])
    for local, things in found.items():
        if place := version_of(local):  # else it is a known thing, of which nobody decides
            for canonical in values(store, decision_iri(*place), ng("right"), IDENTITY):
                yield from ((canonical, *thing) for thing in things)


def _posts(store: Store, graph: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield who holds a post, and of what."""
    for post in _POSTS:
        for held in store.quads_for_pattern(None, PREDICATE, post, graph):
            for holder in store.quads_for_pattern(held.subject, SUBJECT, None, graph):
                for body in store.quads_for_pattern(held.subject, OBJECT, None, graph):
                    yield value_of(holder.object), value_of(body.object)
