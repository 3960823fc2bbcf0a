"""What every handler of the page needs: to ask for a view, have an act done, and answer with a template.

A handler is ``async def handler(page, request) -> Response``. It raises HttpError, which is shown as a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from app.web.endpoint import RETRY_SECONDS, STATUS, is_known, while_connected
from app.web.page.sessions import Sessions
from app.web.page.templates import FINGERPRINT, render
from app.web.protocol import HttpError
from graph.endpoint.messages import Answer, Request
from graph.endpoint.pool import Pool
from graph.snapshots import newest_snapshot, snapshot_id

# No script and no style but those of /static/; nothing from or to anywhere else; in no frame.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
    " img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
    "Vary": "Accept, Cookie",
}


class Viewed(NamedTuple):
    """What a view gave: of dataclasses, objects by the names of their fields."""

    shown: Any
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Page:
    """The page of one server."""

    graph_dir: Path
    reports_dir: Path
    readers: Pool
    writers: Pool | None  # None: nothing is written
    sessions: Sessions

    async def show(
        self,
        request: HttpRequest,
        view: str,
        parameters: Mapping[str, str],
        template: str,
        **more: object,
    ) -> Response:
        """Answer with a template, which gets the view as ``view``, and ``more``.

        Who has seen it already of this checkpoint is told so (304), without the view being asked for.

        Raises:
            HttpError: As the view says; 304 is none.
        """
        tag = self.etag(request, snapshot_id(newest_snapshot(self.graph_dir)), repr(sorted(more.items())))
        if is_known(request, tag):
            return Response(status_code=304, headers={**HEADERS, "ETag": tag})
        viewed = await self.ask(request, view, parameters)
        tag = self.etag(request, viewed.checkpoint, repr(sorted(more.items())))
        return self.html(request, template, {"view": viewed.shown, **more}, headers={"ETag": tag})

    async def ask(self, request: HttpRequest, view: str, parameters: Mapping[str, str]) -> Viewed:
        """Return what a view gives.

        Raises:
            HttpError: 404 if there is no such thing, 400 if a parameter is wrong, 503, 504 and so on.
        """
        answer = await _answered(request, self.readers, Request("view", name=view), parameters)
        return Viewed(json.loads(answer.body), answer.reply.checkpoint)

    async def act(self, request: HttpRequest, act: str, parameters: Mapping[str, str]) -> str:
        """Have something changed, and return what was done, in words.

        Check the form first: ``self.sessions.form``.

        Raises:
            HttpError: 400 if it cannot be done so, 403 if nothing is written here, 503 if another one writes.
        """
        if self.writers is None:
            raise HttpError(403, "this server only reads; start it with --write-token-file to write")
        answer = await _answered(request, self.writers, Request("act", name=act), parameters)
        return str(json.loads(answer.body))

    def html(
        self,
        request: HttpRequest,
        template: str,
        values: Mapping[str, object],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Answer with a template, without a view."""
        text = render(template, {**self._frame(request), **values})
        return Response(text, status, {**HEADERS, **(headers or {})}, "text/html; charset=utf-8")

    def etag(self, request: HttpRequest, checkpoint: str, more: str = "") -> str:
        """Return what tells this answer from that of another checkpoint, version of the page or session."""
        if not checkpoint:
            return ""
        variant = "|".join((FINGERPRINT, self.sessions.csrf(request), more))
        return f'"{checkpoint}.{sha256(variant.encode()).hexdigest()[:12]}"'

    def _frame(self, request: HttpRequest) -> Mapping[str, object]:
        """Return what every template needs."""
        return {
            "path": request.url.path,
            "here": f"{request.url.path}?{request.url.query}".rstrip("?"),
            "query": request.query_params,
            "may_sign_in": self.sessions.are_possible,
            "csrf": self.sessions.csrf(request),
        }


async def _answered(
    request: HttpRequest, pool: Pool, asked: Request, parameters: Mapping[str, str]
) -> Answer:
    answer = await while_connected(request, pool, asked, json.dumps(dict(parameters)).encode())
    if (status := STATUS[answer.reply.status]) >= 400:
        unclear = json.loads(answer.body) if answer.body else None
        raise HttpError(status, answer.reply.message, _retry(status), unclear)
    return answer


def _retry(status: int) -> dict[str, str]:
    return {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}
