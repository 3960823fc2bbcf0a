"""/sign-in, /sign-out: for those who may change something."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.web.page.page import HEADERS, Page
from app.web.page.sessions import read_form
from app.web.protocol import HttpError

WRONG_SECONDS = 1.0  # a guess costs that much


async def ask(page: Page, request: Request) -> Response:
    return _asked(page, request, request.query_params.get("next", "/"))


async def sign_in(page: Page, request: Request) -> Response:
    given = await read_form(request)
    after = local(given.get("next", "/"))
    response = RedirectResponse(after, 303, HEADERS)
    try:
        page.sessions.sign_in(response, given.get("token", "").strip(), secure=request.url.scheme == "https")
    except HttpError as error:
        if error.status != 401:
            raise
        await asyncio.sleep(WRONG_SECONDS)
        return _asked(page, request, after, str(error), status=401)
    return response


async def sign_out(page: Page, request: Request) -> Response:
    await page.sessions.form(request)
    response = RedirectResponse("/", 303, HEADERS)
    page.sessions.sign_out(response)
    return response


def local(address: str) -> str:
    r"""Return an address of this server to go on to; "/" in the place of any other ("//x", "/\x")."""
    is_local = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_local else "/"


def _asked(page: Page, request: Request, after: str, wrong: str = "", *, status: int = 200) -> Response:
    if not page.sessions.are_possible:
        raise HttpError(403, "this server only reads; start it with --write-token-file to write")
    return page.html(request, "sign_in.html", {"next": local(after), "wrong": wrong}, status=status)
