"""What a body is, by its first bytes before its header: servers call a PDF a page. Pure."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["text/plain", "text/html", "application/json"]

_PAGES = ("text/html", "application/xhtml+xml")
_FOREIGN = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image, sound or video"),
    (b"\x1f\x8b", "packed data"),
    (b"\x00\x00\x00", "a video"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound or video"),
)
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)


def media_type_of(content_type: str | None) -> str:
    """Return the media type in a Content-Type header, lower case, without parameters."""
    return (content_type or "").partition(";")[0].strip().lower()


def charset_of(content_type: str | None) -> str | None:
    """Return the charset in a Content-Type header."""
    found = _CHARSET.search(content_type or "")
    return found[1].lower() if found else None


def readable_kind(content_type: str | None, body: bytes) -> Kind:
    """Return as what ``body`` can be read: page or plain text.

    Raises:
        ValueError: If it is neither; the message says what it is.
    """
    declared = media_type_of(content_type)
    start = body[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, name in _FOREIGN:
        if start.startswith(magic) or body.startswith(magic):
            raise ValueError(
                f"{name}, not a page{f' as its header says ({declared})' if declared in _PAGES else ''}"
            )
    if declared in _PAGES or start[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "text/html"
    if declared in ("", "text/plain", "application/octet-stream"):
        return "text/html" if start.startswith(b"<") else "text/plain"
    raise ValueError(f"neither a page nor plain text: {declared[:60]}")
