"""The known things that an article's entities are, and what a query may count them for. Pure.

The Kremlin, Moscow, Russia and the Russian government are four things. How they hang together stands in the
graph, so that a query may count one for another or not: the Kremlin rolls up to the government, which rolls
up to the country.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode

from graph.spans import Statement
from graph.terms import LABEL, TYPE, known_iri, ng, term, text_literal
from newsgraph.gazetteer import thing_of
from newsgraph.records import Entity


def known_statements(node: NamedNode, entity: Entity) -> Iterator[Statement]:
    """Yield which known thing an entity is, or counts for, and what is known of that and all above it."""
    if entity.known:
        yield node, ng("known"), known_iri(entity.known)
    elif entity.rolls_up_to:
        yield node, ng("rollsUpTo"), known_iri(entity.rolls_up_to)
    above = {
        entity.known: entity.rolls_up_to
    }  # what no list of ours has: an analyst's own, a weapon's variant
    key, seen = entity.known or entity.rolls_up_to, {""}
    while key not in seen:
        seen.add(key)
        thing = thing_of(key)
        next_key = above.get(key, "") if thing is None else thing.rolls_up_to
        yield known_iri(key), TYPE, ng("KnownThing")
        yield known_iri(key), LABEL, text_literal(key.partition("/")[2] if thing is None else thing.name)
        for same in () if thing is None else thing.same_as:
            yield known_iri(key), term("skos:exactMatch"), NamedNode(same)
        if next_key:
            yield known_iri(key), ng("rollsUpTo"), known_iri(next_key)
        key = next_key
