"""What the endpoint is, for programs.

https://www.w3.org/TR/sparql11-service-description/
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.endpoint.formats import RECEIVED, ROWS, TRIPLES, chosen
from graph.terms import LABEL, NAMESPACES, TYPE

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMAT_IRI = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
}


def described(endpoint: str, accept: str, *, writable: bool, union: bool) -> tuple[str, bytes]:
    """Return the media type and the text of the service description.

    Args:
        endpoint: Its address.
        accept: An Accept header.
        writable: Updates are taken.
        union: The default graph is all graphs together.

    Raises:
        NotAcceptableError: If none of the formats is accepted.
    """
    media = chosen(accept, TRIPLES)
    form = TRIPLES[media]
    prefixes = {"sd": _SD, **NAMESPACES} if form in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    triples = _triples(endpoint, writable=writable, union=union)
    return media, serialize(triples, format=form, prefixes=prefixes) or b""


def _triples(endpoint: str, *, writable: bool, union: bool) -> Iterator[Triple]:
    service = NamedNode(endpoint)
    dataset, default = NamedNode(f"{endpoint}#dataset"), NamedNode(f"{endpoint}#default")
    yield Triple(service, TYPE, _sd("Service"))
    yield Triple(service, LABEL, Literal("newsgraph"))
    yield Triple(service, _sd("endpoint"), service)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if writable:
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    if union:
        yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for form in ROWS.values():
        yield Triple(
            service, _sd("resultFormat"), NamedNode("http://www.w3.org/ns/formats/" + _FORMAT_IRI[form])
        )
    for rdf in TRIPLES.values():
        yield Triple(service, _sd("resultFormat"), NamedNode(rdf.iri))
    for rdf in dict.fromkeys(RECEIVED.values()) if writable else ():
        yield Triple(service, _sd("inputFormat"), NamedNode(rdf.iri))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, TYPE, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
