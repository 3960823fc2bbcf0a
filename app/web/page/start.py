"""/: what there is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.web.endpoint import HEADERS
from app.web.page.page import Page
from app.web.protocol import wants_html
from app.web.site import WELCOME


async def start(page: Page, request: Request) -> Response:
    if not wants_html(request.headers.get("accept", "")):
        return PlainTextResponse(WELCOME, headers=HEADERS)
    return await page.show(request, "start", {}, "start.html")
