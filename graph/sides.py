"""Who counts for a side, and for what: for a country its bodies, its people, and who holds a post there.

The search index has these rows ready (counting.py); else questions find them by long ways (narrowed.py).
"""

from __future__ import annotations

import re

from pyoxigraph import NamedNode

from graph.query import solutions
from graph.snapshots import Reader
from graph.terms import text_literal, value_of
from graph.views.indexed import Index

_SIDE = re.compile(r"ng:rollsUpTo\* <([^<>\s]+)> BIND\((\d+) AS \?side\)")
_LABELS = """
SELECT DISTINCT ?thing ?label WHERE {
  { SELECT DISTINCT ?thing WHERE { GRAPH ?any { ?local ng:rollsUpTo ?thing } } }
  LATERAL { GRAPH ?any { ?thing skos:prefLabel ?label } }
}
"""
_THINGS = "SELECT DISTINCT ?thing WHERE { ?thing ng:rollsUpTo* %s }"


def members_of(reader: Reader, index: Index, side: str) -> set[str]:
    """Return the canonical entities that count for a side.

    Args:
        reader: The snapshot that is asked.
        index: That holds it.
        side: The IRI of a known thing.
    """
    rows = solutions(reader, _THINGS % NamedNode(side))[1]
    return index.counting_for(value_of(thing) for (thing,) in rows)


def sides(reader: Reader, index: Index, text: str) -> list[str]:
    """Return who counts for each side that a part of a question asks for: (entity, number of the side)."""
    return [
        f"(<{one}> {number})"
        for iri, number in dict.fromkeys(_SIDE.findall(text))  # those of posts are found by another way
        for one in sorted(members_of(reader, index, iri))
    ]


def linked(reader: Reader, index: Index, _: str) -> list[str]:
    """Return of each entity that is known or counts for something (entity, 1 or 0, first label or UNDEF)."""
    known, tops = dict[str, int](), dict[str, set[str]]()
    labels: dict[str, set[str]] = {}
    for node, label in solutions(reader, _LABELS)[1]:
        labels.setdefault(value_of(node), set()).add(value_of(label))
    for entity, thing, is_it in index.counted():
        known[entity] = max(is_it, known.get(entity, 0))
        if not is_it:
            tops.setdefault(entity, set()).update(labels.get(thing, set()))
    first = {entity: text_literal(min(told)) for entity, told in tops.items() if told}
    return [f"(<{entity}> {is_it} {first.get(entity, 'UNDEF')})" for entity, is_it in known.items()]
