"""Who counts for a side: for a country its bodies, its people, and who holds a post there.

A question that asks for it says so in a comment, first in the braces of what finds it:

    { # SIDES (?speaker ?side)
      SELECT DISTINCT ?speaker ?side WHERE { ... ?thing ng:rollsUpTo* $one BIND(1 AS ?side) ... } }

Where the search index holds the snapshot, it has the same rows ready (graph/counting.py), which then stand in
the place of what is in those braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import NamedNode

from graph.parameters import group_around
from graph.query import solutions
from graph.store import Reader
from graph.terms import value_of
from graph.views.indexed import Index

_MARK = re.compile(r"# SIDES \((\?\w+) \?side\)$", re.MULTILINE)
_SIDE = re.compile(r"ng:rollsUpTo\* <([^<>\s]+)> BIND\((\d+) AS \?side\)")
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
    return _MARK.search(text) is not None


def with_sides(reader: Reader, index: Index, text: str) -> str:
    """Return a query, its parameters in place, with the members of its sides for what finds them."""
    mark = _MARK.search(text)
    if mark is None:
        return text
    begin, end = group_around(text, mark.start())
    sides = {int(number): iri for iri, number in _SIDE.findall(text[begin:end])}
    rows = " ".join(_rows(reader, index, sides.items()))
    return f"{text[:begin]} VALUES ({mark[1]} ?side) {{ {rows} }} {text[end:]}"


def _rows(reader: Reader, index: Index, sides: Iterable[tuple[int, str]]) -> list[str]:
    return [f"(<{one}> {number})" for number, iri in sides for one in sorted(members_of(reader, index, iri))]
