"""All addresses under which the server answers, put together. A page for analysts finds its place at "/"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from app.web.endpoint import HEADERS, Endpoint
from app.web.guards import AccessLog, HostGuard, Log
from app.web.protocol import HttpError, wants_html

WELCOME = """newsgraph

/sparql    SPARQL 1.1: query (and update, where allowed) by GET and POST; alone, the service description
/data      Graph Store Protocol: /data?graph=IRI, /data?default
/health    whether questions can be answered, and of which checkpoint
"""

Told = Callable[[Request, int, str], Response]


def build_site(
    endpoint: Endpoint,
    log: Log,
    *,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    page: Sequence[BaseRoute] = (),
    told: Told | None = None,
) -> Starlette:
    """Return the whole application.

    Args:
        endpoint: Answers questions to the graph.
        log: Is told each request in one line.
        hosts: Names, beside localhost and addresses, that this server is called by.
        origins: Web sites whose pages may ask ("*": all); none by default.
        page: Routes that go before the plain welcome at "/".
        told: Shows those who want HTML what went wrong where no route knows better.
    """
    routes = [
        *page,
        Route("/", _welcome),
        Route("/health", endpoint.health),
        *(Route(path, endpoint.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        *(
            Route(path, endpoint.data, methods=["GET", "PUT", "POST", "DELETE"])
            for path in ("/data", "/data/{graph:path}")
        ),
    ]
    return Starlette(
        routes=routes,
        middleware=_middleware(log, hosts, origins),
        exception_handlers={
            HttpError: _told,
            HTTPException: partial(_told_by_starlette, told),
            Exception: partial(_unexpected, told),
        },
    )


def _middleware(log: Log, hosts: Sequence[str], origins: Sequence[str]) -> list[Middleware]:
    guards = [Middleware(AccessLog, log=log), Middleware(HostGuard, names=hosts)]
    if origins:
        shown = ["ETag", "Newsgraph-Checkpoint", "Newsgraph-Rows", "Newsgraph-Truncated", "Location"]
        cors = Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "HEAD", "POST", "PUT", "DELETE"],
            allow_headers=["Accept", "Authorization", "Content-Type", "If-None-Match"],
            expose_headers=shown,
        )
        guards.append(cors)
    return guards


async def _welcome(request: Request) -> Response:
    return PlainTextResponse(WELCOME, headers=HEADERS)


async def _told(request: Request, error: Exception) -> Response:
    status, headers = (error.status, error.headers) if isinstance(error, HttpError) else (500, {})
    return PlainTextResponse(f"{' '.join(str(error).split())}\n", status, {**HEADERS, **headers})


async def _told_by_starlette(told: Told | None, request: Request, error: Exception) -> Response:
    status, headers = 500, {}
    if isinstance(error, HTTPException):
        status, headers = error.status_code, dict(error.headers or {})
    words = {404: "there is nothing here; see / for what there is", 405: "not by this method"}
    return _plain_or_page(told, request, status, words.get(status, str(error)), headers)


async def _unexpected(told: Told | None, request: Request, error: Exception) -> Response:
    return _plain_or_page(told, request, 500, "something went wrong in the server", {})


def _plain_or_page(
    told: Told | None, request: Request, status: int, message: str, headers: Mapping[str, str]
) -> Response:
    if told is not None and wants_html(request.headers.get("accept", "")):
        return told(request, status, message)
    return PlainTextResponse(f"{message}\n", status, {**HEADERS, **headers})
