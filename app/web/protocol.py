"""The SPARQL 1.1 Protocol and the Graph Store Protocol: what a request asks for, read without acting on it.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import parse_qs, urljoin

from newsgraph.errors import NewsGraphError

FORM, QUERY, UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
MOST_PARAMETERS = 1000
FILES = {  # what format=… may be: media type
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "xml": "application/xml",
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
}
_GRAPHS = {
    "query": ("default-graph-uri", "named-graph-uri"),
    "update": ("using-graph-uri", "using-named-graph-uri"),
}

Parameters = Mapping[str, Sequence[str]]


class HttpError(NewsGraphError):
    """A request is answered with this status and one line that says why."""

    def __init__(
        self,
        status: int,
        message: str,
        headers: Mapping[str, str] | None = None,
        unclear: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
        self.unclear = unclear  # what can be chosen from, as graph/endpoint/views.py tells it


@dataclass(frozen=True, slots=True)
class Operation:
    """A query, an update, or the wish to be told what the service is."""

    kind: Literal["query", "update", "describe"]
    text: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    truncate: bool = False
    form: str = ""  # of FILES: what is wanted as a file, whatever the client accepts


def read_operation(method: str, query_string: bytes, content_type: str, body: bytes) -> Operation:
    """Return what a request to the SPARQL endpoint asks for.

    Args:
        method: GET, HEAD or POST.
        query_string: As it stands in the URL.
        content_type: The header; "" if there is none.
        body: Of a POST.

    Raises:
        HttpError: If the Protocol has no such request.
    """
    parameters = read_parameters(query_string)
    if method != "POST":
        if "update" in parameters:
            raise HttpError(400, "an update must be sent by POST")
        return _operation("query", parameters) if "query" in parameters else Operation("describe")
    media = _media_type(content_type)
    if media == FORM:
        sent = read_parameters(body)
        parameters = {
            name: [*parameters.get(name, ()), *sent.get(name, ())] for name in {**parameters, **sent}
        }
    elif media in (QUERY, UPDATE):
        name = "query" if media == QUERY else "update"
        if "query" in parameters or "update" in parameters:
            raise HttpError(400, f"the {name} is in the body: there must be none in the URL")
        parameters = {**parameters, name: [_decoded(body)]}
    else:
        raise HttpError(415, f"send {QUERY}, {UPDATE} or {FORM}, not {media or 'a body without media type'}")
    return _operation("update" if "update" in parameters else "query", parameters)


def read_graph(query_string: bytes, url: str, *, is_collection: bool) -> tuple[str | None, bool]:
    """Return which graph a request is about, None for the default one, and whether it says so.

    Args:
        query_string: As it stands in the URL.
        url: Of the request, without the query string.
        is_collection: It is the address of the store itself, and not of a graph in it.

    Raises:
        HttpError: If it names a graph in two ways.
    """
    parameters = read_parameters(query_string)
    graphs, defaults = parameters.get("graph", ()), parameters.get("default", ())
    if len(graphs) + len(defaults) + (not is_collection) > 1:
        raise HttpError(400, "name one graph, once: ?graph=IRI, ?default, or the address of the graph itself")
    if graphs:
        return urljoin(url, graphs[0]), True
    return (None, bool(defaults)) if is_collection else (url, True)


def read_parameters(written: bytes) -> dict[str, list[str]]:
    """Return url-encoded parameters.

    Raises:
        HttpError: If they are not UTF-8.
    """
    try:
        text = written.decode()
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise HttpError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise HttpError(400, f"there are more than {MOST_PARAMETERS} parameters") from None


def wants_html(accept: str) -> bool:
    """Say whether who asks shows pages: browsers do, and say so; curl and SPARQL clients do not."""
    return "text/html" in accept


def wants_truncation(parameters: Parameters) -> bool:
    return "true" in parameters.get("truncate", ())


def _operation(kind: Literal["query", "update"], parameters: Parameters) -> Operation:
    texts = [*parameters.get("query", ()), *parameters.get("update", ())]
    if len(texts) != 1:
        raise HttpError(400, f"send one query or one update, not {len(texts)}")
    default, named = _GRAPHS[kind]
    return Operation(
        kind,
        texts[0],
        tuple(parameters.get(default, ())),
        tuple(parameters.get(named, ())),
        wants_truncation(parameters),
        _form(parameters),
    )


def _form(parameters: Parameters) -> str:
    given = parameters.get("format", ())
    if len(given) > 1 or not set(given) <= set(FILES):
        raise HttpError(400, f"format is one of {', '.join(FILES)}")
    return given[0] if given else ""


def _media_type(content_type: str) -> str:
    media, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8", "us-ascii"):
            raise HttpError(415, f"SPARQL is sent as UTF-8, not {value}")
    return media


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise HttpError(400, "the body is not UTF-8") from None
