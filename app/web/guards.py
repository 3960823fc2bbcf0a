"""What every request passes: is it meant for us (host), may it write (token), is it too large; the log."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Callable, Collection
from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.protocol import HttpError

ROWS_HEADER = "newsgraph-rows"
Log = Callable[[str], None]


class HostGuard:
    """Turns away requests for a host name that is not ours.

    A page from elsewhere cannot read what 127.0.0.1 answers, unless its own name is made to lead here (DNS
    rebinding); then that name stands in the Host header. An address cannot be made to lead elsewhere.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {"localhost", *(name.lower() for name in names)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_ours(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send)
            return
        text = "this server does not answer for that host name; start it with --allow-host NAME\n"
        await PlainTextResponse(text, 421)(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        name = host[1 : host.find("]")] if host.startswith("[") else host.partition(":")[0]
        return name.lower() in self._names or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class AccessLog:
    """Tells each request in one line: who, what, status, seconds, rows, bytes. Not what was asked."""

    def __init__(self, app: ASGIApp, log: Log) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, rows, size = time.monotonic(), 0, "-", 0

        async def counting(message: Message) -> None:
            nonlocal status, rows, size
            if message["type"] == "http.response.start":
                status, rows = message["status"], Headers(raw=message["headers"]).get(ROWS_HEADER, "-")
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, counting)
        except Exception:
            status = 500
            raise
        finally:
            client = scope["client"][0] if scope.get("client") else "-"
            seconds = time.monotonic() - started
            path = scope["path"][:200]
            told = status or "broken off"
            self._log(f"{client} {scope['method']} {path} {told} {seconds:.3f}s {rows} rows {size} bytes")


def check_token(authorization: str, token: str | None) -> None:
    """Let pass who knows the token: "Bearer TOKEN", or "Basic" with the token as password.

    Raises:
        HttpError: If nobody may write, or this one may not.
    """
    if token is None:
        raise HttpError(403, "this server only reads; start it with --write-token-file to write")
    given = _given_token(authorization)
    if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
        # Only Bearer is named: a browser that has been told of Basic would send it for other pages, too.
        raise HttpError(401, "writing needs the server's token", {"WWW-Authenticate": "Bearer"})


def _given_token(authorization: str) -> str:
    scheme, _, value = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(value.strip(), validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Return the body of a request.

    Raises:
        HttpError: If it is larger than that, or packed.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise HttpError(415, "packed bodies are not read: send it plain")
    chunks, size = list[bytes](), 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most_bytes:
                raise HttpError(413, f"the body has more than {most_bytes} bytes")
            chunks.append(chunk)
    except ClientDisconnect:
        raise HttpError(400, "the body ended before it was whole") from None
    return b"".join(chunks)
