"""The analysts' view: how it shows a canonical entity. Pure.

A simple edge (``?a ng:spokeWith ?b``) stands only where the narrator says that it happened. Everything else,
claims above all, stands on evidence nodes alone, which say whose it is. The view is the sum of what its
articles add (shares.py), so an article can be taken away again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from graph.names import name_node
from graph.terms import (
    ALT_LABEL,
    CLASS_LABELS,
    LABEL,
    NAMES_IN_USE,
    TYPE,
    VIEW,
    class_of_canonical,
    counts_literal,
    ng,
    number_literal,
    text_literal,
)

Edge = tuple[NamedNode, NamedNode, NamedNode]


def best_label(canonical: NamedNode, labels: Mapping[str, int]) -> str:
    """Return by which of its names a canonical entity is shown; see :func:`entity_quads`."""
    kind = CLASS_LABELS[class_of_canonical(canonical).value]
    return min(labels, key=lambda label: (name_node(label, kind) is None, -labels[label], -len(label), label))


def entity_quads(canonical: NamedNode, labels: Mapping[str, int], mentions: int) -> Iterator[Quad]:
    """Yield a canonical entity as the view shows it: its most used name, the others beside it, their counts.

    The order in which articles came does not matter: of equally used names the longest, then the first by
    alphabet. A name that is too little to know it by ("Berg") is shown only where there is no other: names
    that a reviewer joined often share it. One that nothing is called any more is not there.
    """
    if not labels:
        return
    best = best_label(canonical, labels)
    statements: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, ng("CanonicalEntity")),
        (TYPE, class_of_canonical(canonical)),
        (LABEL, text_literal(best)),
        (ng("mentionCount"), number_literal(mentions)),
        (NAMES_IN_USE, counts_literal(labels)),
    ]
    statements += [(ALT_LABEL, text_literal(label)) for label in sorted(labels) if label != best]
    for predicate, value in statements:
        yield Quad(canonical, predicate, value, VIEW)
