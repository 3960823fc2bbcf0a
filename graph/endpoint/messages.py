"""What the server and its processes say to each other: a head as JSON, a body as bytes."""

from __future__ import annotations

import asyncio
import json
import struct
from dataclasses import asdict, dataclass
from typing import BinaryIO, Literal, NamedTuple

OPEN = "network open"  # what a process says that could not shut itself in
MOST_TOLD = 160  # characters of a message of the engine
_LENGTHS = struct.Struct(">II")  # bytes of the head, bytes of the body
Status = Literal[
    "ready",  # a process has begun, and waits
    "begun",  # a change holds the store
    "committed",  # it is in the store, and will be published
    "done",
    "created",
    "no such graph",
    "no such thing",  # no view of that name, nothing in the graph by that IRI
    "wrong",  # the request is no SPARQL, no RDF
    "refused",  # it asks for what is not allowed
    "not acceptable",
    "not understood",  # a graph comes in a format that is not read here
    "too much",  # the answer has more rows or bytes than allowed
    "busy",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one request may take."""

    seconds: float = 30.0
    rows: int = 100_000  # of a table, or triples
    answer_bytes: int = 64 * 2**20
    memory_bytes: int = 1024 * 2**20  # that a process may take beyond what it needs to begin


READS = ("query", "graph", "view")  # the kinds of requests that a snapshot answers


@dataclass(frozen=True, slots=True)
class Request:
    """A question to the graph, or a change of it."""

    kind: Literal["query", "graph", "view", "update", "put", "post", "delete", "act", "refresh"]
    base: str = ""  # what relative IRIs are resolved against
    accept: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    graph: str | None = None  # of the Graph Store Protocol; None: the default graph
    media_type: str = ""  # of the body, as the client gave it
    truncate: bool = False  # take the first rows where there are too many
    name: str = ""  # of a view or an act, whose parameters are the body, a JSON object


@dataclass(frozen=True, slots=True)
class Reply:
    status: Status
    message: str = ""  # one line
    checkpoint: str = ""  # that was asked
    media_type: str = ""
    rows: int = 0
    truncated: bool = False


class Answer(NamedTuple):
    reply: Reply
    body: bytes = b""


def told(error: Exception) -> str:
    """Return the begin of a message, on one line; the engine goes on with all that it would have expected."""
    message = " ".join(str(error).split())
    return message if len(message) <= MOST_TOLD else f"{message[:MOST_TOLD]} …"


def framed(head: Request | Reply, body: bytes) -> bytes:
    """Return a message as it is sent."""
    written = json.dumps(asdict(head)).encode()
    return _LENGTHS.pack(len(written), len(body)) + written + body


def read_request(stream: BinaryIO) -> tuple[Request, bytes] | None:
    """Return the next request; None at the end of the stream."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    head, body = (stream.read(length) for length in _LENGTHS.unpack(lengths))
    values = json.loads(head)
    for name in ("default_graphs", "named_graphs"):
        values[name] = tuple(values[name])
    return Request(**values), body


async def read_answer(stream: asyncio.StreamReader) -> Answer:
    """Return the next answer.

    Raises:
        EOFError: If the process has ended.
    """
    head, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    reply = Reply(**json.loads(await stream.readexactly(head)))
    return Answer(reply, await stream.readexactly(body))
