"""Who is signed in: a cookie that follows from the server's token, and does not give it away.

The cookie says until when it holds, signed with a key made of the token; so the server keeps no list, and
with another token nobody is signed in any more. What a form must carry beside it is made of the cookie with
another key: a page from elsewhere can have neither.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from app.web.guards import read_body
from app.web.protocol import FORM, HttpError, read_parameters

COOKIE = "newsgraph-session"
CSRF = "csrf"
SECONDS = 12 * 3600
MOST_FORM_BYTES = 2**16


class Sessions:
    def __init__(self, token: str | None, now: Callable[[], float] = time.time) -> None:
        self._token, self._now = token, now

    @property
    def are_possible(self) -> bool:
        """Say whether one can sign in: the server has a token."""
        return self._token is not None

    def sign_in(self, response: Response, token: str, *, secure: bool) -> None:
        """Let a browser be signed in from now on.

        Raises:
            HttpError: If that is not the token.
        """
        if self._token is None:
            raise HttpError(403, "this server only reads; start it with --write-token-file to write")
        if not hmac.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
            raise HttpError(401, "that is not the server's token")
        said = f"{int(self._now()) + SECONDS}.{secrets.token_hex(16)}"
        response.set_cookie(
            COOKIE,
            f"{said}.{self._signed('session', said)}",
            max_age=SECONDS,
            httponly=True,
            samesite="strict",
            secure=secure,
        )

    @staticmethod
    def sign_out(response: Response) -> None:
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    def csrf(self, request: Request) -> str:
        """Return what the forms of who is signed in must carry; "" for who is not."""
        cookie = request.cookies.get(COOKIE, "")
        said, _, signature = cookie.rpartition(".")
        until = said.partition(".")[0]
        if self._token is None or not hmac.compare_digest(
            signature.encode("utf-8", "replace"), self._signed("session", said).encode()
        ):
            return ""
        return self._signed("csrf", cookie) if int(until) > self._now() else ""

    async def form(self, request: Request) -> Mapping[str, str]:
        """Return what a form of somebody who is signed in sends.

        Raises:
            HttpError: 401 if nobody is signed in, 403 if the form is not one of ours.
        """
        given = await read_form(request)
        csrf = self.csrf(request)
        if not csrf:
            raise HttpError(401, "sign in first")
        if not hmac.compare_digest(given.get(CSRF, "").encode("utf-8", "replace"), csrf.encode()):
            raise HttpError(403, "this form is too old, or not from here: load its page again")
        return given

    def _signed(self, purpose: str, text: str) -> str:
        key = sha256(f"newsgraph {purpose} {self._token}".encode()).digest()
        return hmac.new(key, text.encode("utf-8", "replace"), sha256).hexdigest()


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form that one of our pages sent, the last of each name.

    Raises:
        HttpError: If another site sent it, or it is no form.
    """
    if not _is_from_here(request):
        raise HttpError(403, "this form comes from another site")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise HttpError(415, f"send a form, as {FORM}")
    given = read_parameters(await read_body(request, MOST_FORM_BYTES))
    return {name: values[-1] for name, values in given.items()}


def _is_from_here(request: Request) -> bool:
    """Say whether a page of ours sent it, as far as the browser tells.

    Ours send no referrer, for which browsers write "null" as the origin, too; who sent it is then told by
    Sec-Fetch-Site, which no page can set.
    """
    origin = request.headers.get("origin")
    if origin == "null":
        return request.headers.get("sec-fetch-site") == "same-origin"
    return origin is None or urlsplit(origin).netloc == request.url.netloc
