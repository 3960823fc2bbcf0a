"""The addresses of the endpoint: /sparql, /data (Graph Store) and /health, as handlers of HTTP requests."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Literal

from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response

from app.web.guards import ROWS_HEADER, check_token, read_body
from app.web.protocol import (
    FILES,
    UPDATE,
    HttpError,
    Operation,
    read_graph,
    read_operation,
    read_parameters,
    wants_truncation,
)
from graph.endpoint.description import described
from graph.endpoint.formats import NotAcceptableError
from graph.endpoint.messages import Answer, Request
from graph.endpoint.pool import BusyError, DiedError, Pool, TimeUpError
from graph.snapshots import newest_snapshot, snapshot_id
from newsgraph.errors import AnswerError

RETRY_SECONDS = 5
CLIENT_GONE = 499  # nobody will read it
MOST_QUERY_BYTES = 2**20
_CHANGES: dict[str, Literal["put", "post", "delete"]] = {"PUT": "put", "POST": "post", "DELETE": "delete"}
STATUS = {
    "done": 200,
    "created": 201,
    "no such graph": 404,
    "no such thing": 404,
    "wrong": 400,
    "refused": 403,
    "not acceptable": 406,
    "not understood": 415,
    "too much": 422,
    "busy": 503,
    "failed": 500,
}
# Whatever a graph holds is data: a browser that shows it runs nothing of it.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-cache",
    "Vary": "Accept",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What answers requests."""

    graph_dir: Path
    readers: Pool
    writers: Pool | None  # None: nothing is written
    token: str | None
    any_graph: bool = False
    most_body_bytes: int = 16 * 2**20  # of an update or a graph; a query may have MOST_QUERY_BYTES

    async def sparql(self, request: HttpRequest) -> Response:
        """Answer a query or make an update, in any form of the SPARQL 1.1 Protocol."""
        operation, url = await self._operation(request), _url(request)
        if operation.kind == "describe":
            return self._described(url, request)
        asked = Request(
            operation.kind,
            base=url,
            accept=FILES[operation.form] if operation.form else _accept(request),
            default_graphs=operation.default_graphs,
            named_graphs=operation.named_graphs,
            truncate=operation.truncate,
        )
        response = await self._answered(request, asked, operation.text.encode())
        if operation.form:
            response.headers["Content-Disposition"] = f'attachment; filename="answer.{operation.form}"'
        return response

    async def data(self, request: HttpRequest) -> Response:
        """Give, put, add to or delete a graph, by the Graph Store Protocol."""
        url, parameters = _url(request), request.scope["query_string"]
        is_collection = request.url.path.rstrip("/") == "/data"
        graph, is_named = read_graph(parameters, url, is_collection=is_collection)
        if request.method in _CHANGES:
            self._check_token(request)
        if not is_named and request.method == "POST":
            return await self._added(request, f"{url.rstrip('/')}/{uuid.uuid4().hex}")
        if not is_named:
            raise HttpError(400, "say which graph: ?graph=IRI or ?default")
        if request.method in _CHANGES:
            return await self._changed(request, graph)
        truncate = wants_truncation(read_parameters(parameters))
        return await self._answered(
            request, Request("graph", url, _accept(request), graph=graph, truncate=truncate), b""
        )

    async def health(self, _: HttpRequest) -> Response:
        """Say whether questions can be answered now."""
        checkpoint = snapshot_id(newest_snapshot(self.graph_dir))
        state = {"checkpoint": checkpoint, "busy": self.readers.busy, "waiting": self.readers.waiting}
        return JSONResponse(state, 200 if checkpoint else 503, HEADERS)

    async def _operation(self, request: HttpRequest) -> Operation:
        """Return what is asked for; who may not write is told so before a large body is read."""
        media = request.headers.get("content-type", "")
        if media.startswith(UPDATE):
            self._check_token(request)
        limit = self.most_body_bytes if self._may_write(request) else MOST_QUERY_BYTES
        body = await read_body(request, limit)
        operation = read_operation(request.method, request.scope["query_string"], media, body)
        if operation.kind == "update":
            self._check_token(request)
        elif len(operation.text) > MOST_QUERY_BYTES:
            raise HttpError(413, f"the query has more than {MOST_QUERY_BYTES} bytes")
        return operation

    async def _added(self, request: HttpRequest, graph: str) -> Response:
        """Make a new graph under a name of ours."""
        response = await self._changed(request, graph)
        response.headers["Location"] = graph
        return response

    async def _changed(self, request: HttpRequest, graph: str | None) -> Response:
        kind = _CHANGES[request.method]
        body = b"" if kind == "delete" else await read_body(request, self.most_body_bytes)
        asked = Request(
            kind,
            base=graph or _url(request),
            graph=graph,
            media_type=request.headers.get("content-type", ""),
        )
        return await self._answered(request, asked, body)

    def _described(self, url: str, request: HttpRequest) -> Response:
        try:
            media, text = described(
                url, _accept(request), writable=self.writers is not None, union=not self.any_graph
            )
        except NotAcceptableError as error:
            raise HttpError(406, str(error)) from None
        return Response(text, 200, HEADERS, _with_charset(media))

    def _may_write(self, request: HttpRequest) -> bool:
        try:
            self._check_token(request)
        except HttpError:
            return False
        return True

    def _check_token(self, request: HttpRequest) -> None:
        check_token(request.headers.get("authorization", ""), self.token)

    async def _answered(self, request: HttpRequest, asked: Request, body: bytes) -> Response:
        is_read = asked.kind in ("query", "graph")
        may_be_known = is_read and request.method in ("GET", "HEAD")
        asks = may_be_known and "if-none-match" in request.headers
        current = _etag(snapshot_id(newest_snapshot(self.graph_dir)), asked) if asks else ""
        if is_known(request, current):
            return Response(status_code=304, headers={**HEADERS, "ETag": current})
        pool = self.readers if is_read else self.writers
        if pool is None:
            raise HttpError(403, "this server only reads")
        return _response(asked, await while_connected(request, pool, asked, body))


def is_known(request: HttpRequest, tag: str) -> bool:
    """Say whether who asks has an answer with this tag already."""
    known = request.headers.get("if-none-match", "")
    return bool(tag) and tag in (each.strip().removeprefix("W/") for each in known.split(","))


def _response(asked: Request, answer: Answer) -> Response:
    reply = answer.reply
    status = STATUS[reply.status]
    if status >= 400:
        raise HttpError(status, reply.message, {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {})
    if not reply.media_type:
        return Response(status_code=201 if reply.status == "created" else 204, headers=HEADERS)
    headers = {**HEADERS, ROWS_HEADER: str(reply.rows), "Newsgraph-Checkpoint": reply.checkpoint}
    headers["ETag"] = _etag(reply.checkpoint, asked)
    if reply.truncated:
        headers["Newsgraph-Truncated"] = f"rows={reply.rows}"
    return Response(answer.body, 200, headers, _with_charset(reply.media_type))


async def while_connected(request: HttpRequest, pool: Pool, asked: Request, body: bytes) -> Answer:
    """Have a request worked on for as long as there is somebody to answer."""
    work = asyncio.create_task(pool.ask(asked, body))
    gone = asyncio.create_task(_disconnected(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise HttpError(CLIENT_GONE, "the client has gone")
        return work.result()
    except TimeUpError as error:
        raise HttpError(504, str(error)) from None
    except BusyError as error:
        raise HttpError(503, str(error), {"Retry-After": str(RETRY_SECONDS)}) from None
    except (DiedError, AnswerError) as error:
        raise HttpError(500, str(error)) from None
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _disconnected(request: HttpRequest) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _etag(checkpoint: str, asked: Request) -> str:
    return f'"{checkpoint}.{sha256(asked.accept.encode()).hexdigest()[:8]}"' if checkpoint else ""


def _url(request: HttpRequest) -> str:
    """Return the address that was asked, without parameters, as the client wrote it."""
    scope: Mapping[str, bytes] = request.scope
    path = scope["raw_path"].split(b"?")[0].decode("latin-1")
    return f"{request.url.scheme}://{request.url.netloc}{path}"


def _accept(request: HttpRequest) -> str:
    return ", ".join(request.headers.getlist("accept"))


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
