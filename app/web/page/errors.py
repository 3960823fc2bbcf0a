"""What went wrong, as a page that says how to go on."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from app.web.page.page import Page
from newsgraph.errors import as_sentence

TITLES = {
    400: "That cannot be asked so",
    401: "Sign in first",
    403: "That is not allowed",
    404: "There is nothing here",
    405: "That cannot be done here",
    422: "That is too much to show",
    503: "Busy just now",
    504: "That took too long",
}
MENDS = {
    401: "Changes need the server's token; reading does not.",
    404: "The address may be mistyped, or the article that told of it has been taken out since.",
    422: "Narrow it down and try again.",
    503: "Others are being answered, or articles are coming in. Try again in some seconds.",
    504: "Narrow it down: a shorter time, one type, one entity.",
}


def error_page(
    page: Page, request: Request, status: int, message: str, headers: Mapping[str, str] | None = None
) -> Response:
    values = {
        "status": status,
        "title": TITLES.get(status, "Something went wrong"),
        "message": as_sentence(message),
        "mend": MENDS.get(status, ""),
    }
    return page.html(request, "error.html", values, status=status, headers=headers)
