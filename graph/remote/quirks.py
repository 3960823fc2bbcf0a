"""What single servers need otherwise than the standard has it. docs/reference/remote.md tells of each."""

from __future__ import annotations

from typing import TypeVar

from pyoxigraph import Literal, NamedNode, Quad

from graph.terms import ng, term

What = TypeVar("What", NamedNode, Quad, NamedNode | Quad)

_DURATION = term("xsd:duration")
_OUR_DURATION = ng("duration")  # a datatype that no server knows, and therefore leaves as it is


def taken_by(software: str, what: What) -> What:
    """Return a quad as a server takes it that calls itself so in its header ``Server``.

    Virtuoso refuses every xsd:duration, and of an xsd:dayTimeDuration it makes another value.
    """
    if not software.lower().startswith("virtuoso") or not isinstance(what, Quad):
        return what
    value = what.object
    if not isinstance(value, Literal) or value.datatype != _DURATION:
        return what
    return Quad(what.subject, what.predicate, Literal(value.value, datatype=_OUR_DURATION), what.graph_name)
