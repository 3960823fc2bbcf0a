"""The formats of answers and of graphs that are sent, by media type, and which of them a client wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pyoxigraph import RdfFormat

from newsgraph.errors import NewsGraphError

# Media type -> how it is written. The first is what a client gets who does not care.
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
BOOLEAN = {media: form for media, form in ROWS.items() if form in ("json", "xml")}
TRIPLES = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "text/n3": RdfFormat.N3,
}
_ALSO = {  # names that clients use, too
    "application/json": ("application/sparql-results+json", "application/ld+json"),
    "application/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "text/plain": ("text/csv", "application/n-triples"),
    "application/x-turtle": ("text/turtle",),
}
RECEIVED = {**TRIPLES, "application/x-turtle": RdfFormat.TURTLE, "text/plain": RdfFormat.N_TRIPLES}


class NotAcceptableError(NewsGraphError):
    """A client takes none of the formats that there are."""


class _Wish(NamedTuple):
    media: str
    quality: float


def chosen(accept: str, offered: Mapping[str, object]) -> str:
    """Return the media type, of those offered, that an Accept header likes best; the first of equals.

    Raises:
        NotAcceptableError: If it takes none of them.
    """
    wishes = _wishes(accept)
    if not wishes:
        return next(iter(offered))
    liked = {media: _quality(media, wishes, offered) for media in offered}
    best = max(liked, key=lambda media: liked[media])
    if not liked[best]:
        raise NotAcceptableError(f"none of what you accept can be given; there is {', '.join(offered)}")
    return best


def _wishes(accept: str) -> Sequence[_Wish]:
    wishes = list[_Wish]()
    for part in accept.lower().split(","):
        media, *parameters = (each.strip() for each in part.split(";"))
        if media:
            given = next((each[2:] for each in parameters if each.startswith("q=")), "1")
            wishes.append(_Wish(media, _number(given)))
    return wishes


def _number(written: str) -> float:
    try:
        return min(1.0, max(0.0, float(written)))
    except ValueError:
        return 0.0


def _quality(media: str, wishes: Sequence[_Wish], offered: Mapping[str, object]) -> float:
    """Return what the wish that fits most closely says: a name, then text/*, then */*."""
    exact = [wish.quality for wish in wishes if wish.media == media or media in _first(wish.media, offered)]
    kind = [wish.quality for wish in wishes if wish.media == media.partition("/")[0] + "/*"]
    any_ = [wish.quality for wish in wishes if wish.media == "*/*"]
    return max(exact or kind or any_ or [0.0])


def _first(media: str, offered: Mapping[str, object]) -> Sequence[str]:
    return [each for each in _ALSO.get(media, ()) if each in offered][:1]
