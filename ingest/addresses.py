"""Web addresses in one form, so that one article is fetched once. Pure.

Lower-case host in ASCII, no default port, no fragment, no dot segments, no parameters that only say where a
reader came from (trackers.txt). What may tell two articles apart stays, the order of parameters too.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote_plus, urljoin

import httpx

TRACKERS = Path(__file__).with_name("trackers.txt")
LONGEST_CHARS = 4000

_PLAIN = re.compile(
    r"(https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::(?!80/|443/|0)[0-9]{1,4})?"
    r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?)(?:\?([A-Za-z0-9._~&=+-]*))?"
)
_ESCAPE = re.compile(r"%[0-9a-fA-F]{2}")
_UNSAFE = re.compile(r"[<>\"{}|\\^`]")  # may not stand in an IRI either


def canonical_url(written: str, base: str | None = None) -> str:
    """Return the canonical form of an address, which may be relative to ``base``.

    Raises:
        ValueError: If it is no http or https address.
    """
    shown = f"{written.strip()[:80]!r}"
    if written.count("/") > 2 and (plain := _PLAIN.fullmatch(written)):
        whole, query = plain[1], plain[2]  # the rule, and worth its line: a listing may hold 50,000
    else:
        whole, query = _normalised(written.strip(), base or "", shown)
    if kept := [part for part in (query or "").split("&") if part and not _is_tracker(part)]:
        whole = f"{whole}?{'&'.join(kept)}"
    if len(whole) > LONGEST_CHARS:
        raise ValueError(f"{shown} is longer than {LONGEST_CHARS} characters")
    return whole


def _normalised(written: str, base: str, shown: str) -> tuple[str, str]:
    """Return an address up to its query, and the query."""
    try:
        joined = urljoin(base, written)
        scheme, mark, rest = joined.partition(":")
        url = httpx.URL(f"{scheme.lower()}{mark}{rest}")
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise ValueError(f"{shown} is no web address: {error}") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise ValueError(f"{shown} is no http or https address")
    if url.port is not None and not 0 < url.port < 65_536:
        raise ValueError(f"{shown} is no web address: there is no port {url.port}")
    if url.userinfo:
        raise ValueError(f"{shown} names a user or password; addresses here go without")
    tail = _ESCAPE.sub(lambda escape: escape[0].upper(), url.raw_path.decode("ascii"))
    tail = _UNSAFE.sub(lambda letter: f"%{ord(letter[0]):02X}", tail)
    path, _, query = tail.partition("?")
    return f"{url.scheme}://{url.netloc.decode('ascii')}{path}", query


def host_of(url: str) -> str:
    """Return the host of an address, as canonical_url writes it; no port."""
    return httpx.URL(url).raw_host.decode("ascii").lower()


def origin_of(url: str) -> str:
    """Return scheme, host and port: that for which one robots.txt holds."""
    parsed = httpx.URL(url)
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"


def _is_tracker(parameter: str) -> bool:
    name = unquote_plus(parameter.partition("=")[0])
    return tracker_pattern().fullmatch(name) is not None


@cache
def tracker_pattern() -> re.Pattern[str]:
    lines = TRACKERS.read_text(encoding="utf-8").splitlines()
    return re.compile(
        "|".join(f"(?:{line})" for line in lines if line and not line.startswith("#")), re.IGNORECASE
    )
