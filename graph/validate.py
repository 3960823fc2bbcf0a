"""Checks a graph against the shapes: what is wrong with it, a line each. Reads the shapes, never the store.

The shapes see the union of the named graphs, with the ontology beside it. They expect a graph that is whole:
what a store holds, or all that the first batch of articles puts into it, not one article's graph alone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph.terms import BASE, NAMESPACES

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

ONTOLOGY, SHAPES = Path(__file__).with_name("ontology"), Path(__file__).with_name("shapes")
MAX_VALUE = 80  # characters of a value that a line shows


def violations(graph: Iterable[Quad] | bytes) -> list[str]:
    """Return what is wrong with a graph, one line for each place, sorted; nothing if it is as it should be.

    violations(quads without the stance of a0) ->
        ["doc/93f0…#a0 ng:stance: there should be one stance: asserts, denies or undetermined"]

    Args:
        graph: Quads, such as a pyoxigraph Store gives, or N-Quads in UTF-8.
    """
    # pySHACL and rdflib take a second to load, which no command that only reads should wait for.
    import rdflib
    from pyshacl import validate

    # A date that no calendar has is told by the shapes; rdflib would log a traceback beside it.
    logging.getLogger("rdflib.term").setLevel(logging.ERROR)
    shapes = rdflib.Graph()
    for path in sorted(SHAPES.glob("*.ttl")):
        shapes.parse(path)
    quads = parse(graph, RdfFormat.N_QUADS) if isinstance(graph, bytes) else graph
    # Into a graph of our own: given the ontology apart, pySHACL would copy all the data first.
    _, report, _ = validate(_with_ontology(quads), shacl_graph=shapes, inplace=True, inference="none")
    results = report.objects(None, rdflib.SH.result)  # without the details of parts of shapes
    return sorted({_line(report, result) for result in results})


def _with_ontology(quads: Iterable[Quad]) -> rdflib.Graph:
    import rdflib

    union = rdflib.Graph()
    for path in sorted(ONTOLOGY.glob("*.ttl")):
        union.parse(path)
    for quad in quads:
        union.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    return union


def _node(term: object) -> Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, Literal):
        # normalize=False: what stands in the graph is judged, not what rdflib would write instead.
        return rdflib.Literal(term.value, lang=term.language, datatype=_datatype(term), normalize=False)
    raise TypeError(f"neither an IRI nor a literal: {term}")


def _datatype(literal: Literal) -> str | None:
    return None if literal.language else literal.datatype.value


def _line(report: rdflib.Graph, result: Node) -> str:
    from rdflib import SH, URIRef

    focus, path, value = (report.value(result, name) for name in (SH.focusNode, SH.resultPath, SH.value))
    if path is None and value is not None:  # one query for all of a class: the focus is the class
        focus, value = value, None
    where = " ".join(_shown(node) for node in (focus, path) if isinstance(node, URIRef))
    given = f" (here: {_shown(value)})" if value is not None else ""
    return f"{where}: there should be {report.value(result, SH.resultMessage)}{given}"


def _shown(node: Node) -> str:
    text = " ".join(str(node).split())
    for prefix, iri in NAMESPACES.items():
        if text.startswith(iri):
            return f"{prefix}:{text[len(iri) :]}"
    text = text.removeprefix(BASE)
    return text if len(text) <= MAX_VALUE else text[: MAX_VALUE - 1] + "…"
