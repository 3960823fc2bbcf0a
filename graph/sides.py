"""Who counts for a side, and for what: for a country its bodies, its people, and who holds a post there.

A question that asks for it says so in a comment, first in the braces of what finds it:

    { # SIDES (?speaker ?side)
      SELECT DISTINCT ?speaker ?side WHERE { ... ?thing ng:rollsUpTo* $one BIND(1 AS ?side) ... } }

and of what entities are known to be, or count for, by their label:

    { # LINKED (?entity ?isKnown ?top)
      SELECT ?entity (MAX(?known) AS ?isKnown) (MIN(?label) AS ?top) WHERE { ... } GROUP BY ?entity }

Where the search index holds the snapshot, it has the same rows ready (graph/counting.py), which then stand in
the place of what is in those braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode

from graph.parameters import group_around
from graph.query import solutions
from graph.store import Reader
from graph.terms import text_literal, value_of
from graph.views.indexed import Index

_SIDES = re.compile(r"# SIDES \((\?\w+) \?side\)$", re.MULTILINE)
_LINKED = re.compile(r"# LINKED \((\?\w+ \?\w+ \?\w+)\)$", re.MULTILINE)
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


def asks_for_sides(text: str) -> bool:
    return any(mark.search(text) for mark in (_SIDES, _LINKED))


def with_sides(reader: Reader, index: Index, text: str) -> str:
    """Return a query, its parameters in place, with what the index holds for what finds the same."""
    if (mark := _SIDES.search(text)) and (group := group_around(text, mark.start())):
        sides = {int(number): iri for iri, number in _SIDE.findall(text[slice(*group)])}
        text = _with_rows(text, group, f"{mark[1]} ?side", _members(reader, index, sides.items()))
    if (mark := _LINKED.search(text)) and (group := group_around(text, mark.start())):
        text = _with_rows(text, group, mark[1], _linked(reader, index))
    return text


def _with_rows(text: str, group: tuple[int, int], columns: str, rows: Iterable[str]) -> str:
    begin, end = group
    return f"{text[:begin]} VALUES ({columns}) {{ {' '.join(rows)} }} {text[end:]}"


def _members(reader: Reader, index: Index, sides: Iterable[tuple[int, str]]) -> Iterator[str]:
    for number, iri in sides:
        yield from (f"(<{one}> {number})" for one in sorted(members_of(reader, index, iri)))


def _linked(reader: Reader, index: Index) -> Iterator[str]:
    """Yield of each entity that is known or counts for something (entity, 1 or 0, first label or UNDEF)."""
    known, tops = dict[str, int](), dict[str, set[str]]()
    labels: dict[str, set[str]] = {}
    for node, label in solutions(reader, _LABELS)[1]:
        labels.setdefault(value_of(node), set()).add(value_of(label))
    for entity, thing, is_it in index.counted():
        known[entity] = max(is_it, known.get(entity, 0))
        if not is_it:
            tops.setdefault(entity, set()).update(labels.get(thing, set()))
    for entity, is_known in known.items():
        top = min(tops.get(entity, set()), default=None)
        yield f"(<{entity}> {is_known} {'UNDEF' if top is None else text_literal(top)})"
