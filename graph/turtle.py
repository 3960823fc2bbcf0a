"""Statements as text of the journal (TriG), a line each: cheaper to make and to write down than quads. Pure.

What is made so in the process that reads an article has a place for each node that only the writer knows.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from graph.journal import unpacked

# The last is the name of a node that will be known: Entity.id, Proposition.id.
Said = tuple[NamedNode, NamedNode | Literal | str]


def with_places(node: NamedNode, said: Iterable[Said]) -> tuple[str, tuple[str, ...]]:
    """Return what is said of a node, with ``%s`` for each node to be known, and the names of these."""
    lines, names = [], []
    for predicate, value in said:
        if isinstance(value, str):
            names.append(value)
        lines.append(f"{predicate} {'%s' if isinstance(value, str) else str(value).replace('%', '%%')}")
    return f"{str(node).replace('%', '%%')} " + " ;\n".join(lines) + " .\n", tuple(names)


def packed_texts(texts: Mapping[NamedNode, Iterable[str]]) -> tuple[bytes, int]:
    """Return texts, by their graph, as :func:`graph.journal.packed` does quads; and how many quads they are.

    They are not made smaller, for they wait but a moment.
    """
    told = {graph: "".join(some) for graph, some in texts.items()}
    whole = "".join(f"{graph} {{\n{text}}}\n" for graph, text in told.items())
    return zlib.compress(whole.encode(), level=0), sum(text.count("\n") for text in told.values())


def quads_in(graph: NamedNode, texts: Iterable[str]) -> list[Quad]:
    """Return the quads that texts of a graph are."""
    return list(unpacked(packed_texts({graph: texts})[0]))
