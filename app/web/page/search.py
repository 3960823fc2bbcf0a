"""/search: what was found, as a page, and while one types, as a list."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.web.page.page import Page

SUGGESTED, BOTH, ONE_KIND = 6, 10, 25  # how many of each kind are shown


async def results(page: Page, request: Request) -> Response:
    asked = {name: request.query_params.get(name, "") for name in ("q", "kind", "start")}
    size = ONE_KIND if asked["kind"] else BOTH
    return await page.show(request, "search", {**asked, "size": str(size)}, "search.html")


async def suggestions(page: Page, request: Request) -> Response:
    asked = {"q": request.query_params.get("q", ""), "size": str(SUGGESTED)}
    return await page.show(request, "search", asked, "suggestions.html")
