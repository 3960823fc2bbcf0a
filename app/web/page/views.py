"""/entity, /dispute, /article: what the graph holds of one thing, with the forms that decide who is who."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.web.page.page import HEADERS, Page
from app.web.page.sign_in import local
from app.web.protocol import HttpError

ACTS = ("same", "different", "undo")
_OF_FORMS = ("one", "other", "decision", "by", "reason")


async def entity(page: Page, request: Request) -> Response:
    return await page.show(request, "entity", _given(request, "iri", "part", "page"), "entity.html")


async def dispute(page: Page, request: Request) -> Response:
    return await page.show(request, "dispute", _given(request, "iri", "page"), "dispute.html")


async def article(page: Page, request: Request) -> Response:
    return await page.show(request, "article", _given(request, "iri", "part", "at"), "article.html")


async def decide(page: Page, request: Request) -> Response:
    """Have a reviewer's step done, and go on to where it shows."""
    given = await page.sessions.form(request)
    act = given.get("act", "")
    if act not in ACTS:
        raise HttpError(400, "say what to do: same, different or undo")
    await page.act(request, act, {name: given[name] for name in _OF_FORMS if name in given})
    return RedirectResponse(local(given.get("next", "/")), 303, HEADERS)


def _given(request: Request, *names: str) -> dict[str, str]:
    return {name: request.query_params[name] for name in names if name in request.query_params}
