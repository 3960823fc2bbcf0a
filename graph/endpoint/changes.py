"""Changes by clients: an update, or a graph put, added to or deleted, each one atomic update of the store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from email import policy
from email.parser import BytesParser
from functools import partial
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Store, Triple, parse

from graph.endpoint.formats import RECEIVED
from graph.endpoint.messages import Answer, Reply, Request, Status, told
from graph.endpoint.updates import Dataset, Update, check_writable, read_update
from graph.guard import Turn
from graph.snapshots import holds_articles
from graph.store import Writer, open_writer
from newsgraph.errors import QueryError, RefusedError, StoreBusyError, StoreError

Tell = Callable[[Status], None]


def change(
    graph_dir: Path, request: Request, body: bytes, *, any_graph: bool, wait_seconds: float, tell: Tell
) -> Answer:
    """Make one change and publish it; whatever is wrong with it is told in the answer.

    Args:
        graph_dir: Where the store lies.
        request: "update", "put", "post" or "delete".
        body: The update, UTF-8, or the graph in the format of ``request.media_type``.
        any_graph: The store holds no articles, and everything may be written.
        wait_seconds: How long to wait for another writer.
        tell: Is told "begun" when the store is held, and "committed" when the change cannot be lost any more.
    """
    turn = Turn("a change over HTTP", wait_seconds, begins=partial(tell, "begun"))
    try:
        prepared = _prepared(request, body, any_graph=any_graph)
        _check_general(graph_dir, any_graph=any_graph)
        with open_writer(graph_dir, turn, must_exist=True, is_general=any_graph) as writer:
            answer = prepared(writer)
            tell("committed")
    except StoreBusyError as error:
        return Answer(Reply("busy", error.reason))
    except StoreError as error:
        return Answer(Reply("failed", error.reason))
    except _NotUnderstoodError as error:
        return Answer(Reply("not understood", str(error)))
    except RefusedError as error:
        return Answer(Reply("refused", str(error)))
    except (QueryError, SyntaxError, ValueError) as error:
        return Answer(Reply("wrong", told(error)))
    return answer


def _check_general(graph_dir: Path, *, any_graph: bool) -> None:
    if any_graph and holds_articles(graph_dir):
        raise RefusedError("the store holds articles now: start the server without --any-graph")


def _prepared(request: Request, body: bytes, *, any_graph: bool) -> Callable[[Writer], Answer]:
    """Do what can be done before the store is held: others wait for it."""
    if request.kind == "update":
        using = Dataset(request.default_graphs, request.named_graphs)
        update = read_update(body.decode(), request.base, using=using, any_graph=any_graph)
        _tried(update)
        return lambda writer: _updated(writer, update)
    check_writable(request.graph, any_graph=any_graph)
    if request.kind == "delete":
        return lambda writer: _deleted(writer, request.graph)
    triples = [triple for part in _parts(request, body) for triple in part]
    return lambda writer: _put(writer, request, triples)


def _tried(update: Update) -> None:
    """Find out what is wrong with the text on a store without any data, and for nobody to see."""
    try:
        Store().update(update.text, prefixes=update.prefixes)
    except SyntaxError as error:
        raise QueryError(f"not an update: {error}") from None
    except (OSError, RuntimeError):  # such as DROP of a graph that is not there; it may be in the store
        return


def _updated(writer: Writer, update: Update) -> Answer:
    writer.update(update.text, update.prefixes)
    return Answer(Reply("done"))


def _deleted(writer: Writer, graph: str | None) -> Answer:
    if not writer.has_graph(graph):
        return Answer(Reply("no such graph", f"there is no graph <{graph}>"))
    writer.update("DROP DEFAULT" if graph is None else "DROP GRAPH n0:", _prefix(graph))
    return Answer(Reply("done"))


def _put(writer: Writer, request: Request, triples: Iterable[Triple]) -> Answer:
    was_there = writer.has_graph(request.graph)
    lines = "".join(f"{triple} .\n" for triple in triples)
    target = "DEFAULT" if request.graph is None else "GRAPH n0:"
    steps = [f"DROP SILENT {target}"] if request.kind == "put" else []
    if request.graph is not None:
        steps.append("CREATE SILENT GRAPH n0:")
        lines = f"GRAPH n0: {{ {lines} }}"
    steps.append(f"INSERT DATA {{ {lines} }}")
    writer.update(" ;\n".join(steps), _prefix(request.graph))
    return Answer(Reply("done" if was_there else "created"))


def _prefix(graph: str | None) -> dict[str, str]:
    return {} if graph is None else {"n0": graph}


class _NotUnderstoodError(QueryError):
    """A graph comes in a format that is not read here."""


class _Part(NamedTuple):
    media_type: str
    body: bytes


def _parts(request: Request, body: bytes) -> Iterable[Iterable[Triple]]:
    """Yield the triples of a body, or of each part of a form, whose blank nodes are its own."""
    for part in _split(request.media_type, body):
        yield list(_triples(part, request.base))


def _split(media_type: str, body: bytes) -> Iterable[_Part]:
    if not media_type.lower().startswith("multipart/form-data"):
        return [_Part(media_type, body)]
    head = b"Content-Type: " + media_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise QueryError("the body is not the form that its media type promises")
    parts = ((part.get_content_type(), part.get_payload(decode=True)) for part in message.iter_parts())
    return [_Part(media, content) for media, content in parts if isinstance(content, bytes)]


def _triples(part: _Part, base: str) -> Iterable[Triple]:
    media = part.media_type.partition(";")[0].strip().lower()
    if media not in RECEIVED:
        raise _NotUnderstoodError(
            f"{media or 'a body without media type'} is not understood; send {', '.join(RECEIVED)}"
        )
    try:
        form = RECEIVED[media]
        for quad in parse(
            part.body, format=form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True
        ):
            yield Triple(quad.subject, quad.predicate, quad.object)
    except SyntaxError as error:
        raise QueryError(f"not {media}: {error}") from None
