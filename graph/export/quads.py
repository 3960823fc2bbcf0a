"""The store itself as RDF: all its named graphs, or the triples that a CONSTRUCT makes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from pyoxigraph import Quad, QueryTriples, RdfFormat, Triple, serialize

from graph.query import answer
from graph.snapshots import Reader
from graph.terms import NAMESPACES, VIEW
from newsgraph.errors import ExportError

_FORMATS = {
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "jsonld": RdfFormat.JSON_LD,
    "ttl": RdfFormat.TURTLE,
}


def write_store(reader: Reader, form: str, file: BinaryIO) -> None:
    """Write all named graphs; Turtle, which knows no graphs, holds the analysts' view.

    Args:
        reader: The snapshot to write.
        form: trig, nq, jsonld or ttl.
        file: Where to.
    """
    if form == "ttl":
        view = reader.store.quads_for_pattern(None, None, None, VIEW)
        _serialize((quad.triple for quad in view), form, file)
    else:
        _serialize(reader.store, form, file)


def write_triples(reader: Reader, query: str, form: str, file: BinaryIO) -> None:
    """Write what a CONSTRUCT or DESCRIBE gives.

    Raises:
        QueryError: If it cannot be answered.
        ExportError: If it gives no triples.
    """
    with answer(reader, query) as found:
        if not isinstance(found, QueryTriples):
            raise ExportError(f"{form} holds triples: ask with CONSTRUCT or DESCRIBE, or take another format")
        triples = sorted(found, key=str)
    _serialize(triples, form, file)


def _serialize(statements: Iterable[Quad] | Iterable[Triple], form: str, file: BinaryIO) -> None:
    serialize(statements, file, format=_FORMATS[form], prefixes=NAMESPACES)
