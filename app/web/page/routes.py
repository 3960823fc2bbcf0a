"""All addresses of the page, each with its handler."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.web.page import graph, query, runs, search, sign_in, start, views
from app.web.page.errors import error_page
from app.web.page.page import HEADERS, Page
from app.web.page.templates import STATIC
from app.web.protocol import HttpError

Handler = Callable[[Page, Request], Awaitable[Response]]

GET, POST = ["GET"], ["POST"]
HANDLERS: tuple[tuple[str, list[str], Handler], ...] = (
    ("/", GET, start.start),
    ("/graph", GET, graph.graph),
    ("/graph.{form}", GET, graph.graph_file),
    ("/query", GET, query.query),
    ("/query", POST, query.query),
    ("/query/words.json", GET, query.words),
    ("/query/{name}.{form}", GET, query.question_file),
    ("/query/{name}", GET, query.question),
    ("/static/drawing.js", GET, graph.drawing_script),
    ("/runs", GET, runs.runs),
    ("/search", GET, search.results),
    ("/search/suggestions", GET, search.suggestions),
    ("/entity", GET, views.entity),
    ("/dispute", GET, views.dispute),
    ("/article", GET, views.article),
    ("/decide", POST, views.decide),
    ("/sign-in", GET, sign_in.ask),
    ("/sign-in", POST, sign_in.sign_in),
    ("/sign-out", POST, sign_in.sign_out),
)


def page_routes(page: Page) -> list[BaseRoute]:
    """Return the routes of the page, for ``build_site``."""
    routes: list[BaseRoute] = [
        Route(path, _handled(page, handler), methods=methods) for path, methods, handler in HANDLERS
    ]
    return [*routes, Mount("/static", _Static(directory=STATIC))]


def _handled(page: Page, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def handled(request: Request) -> Response:
        try:
            return await handler(page, request)
        except HttpError as error:
            return error_page(page, request, error.status, str(error), error.headers)

    return handled


class _Static(StaticFiles):
    """The page's own files, with the page's headers."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(HEADERS)
        return response
