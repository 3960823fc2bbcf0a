"""One request to the web: what comes back as it came, within limits of time and size, or why nothing did.

Redirects, pauses and robots.txt are crawl.py's. Bodies are taken packed, as they come, and counted while they
come; unpack.py unpacks them, bounded too.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from ingest.connections import AddressRefusedError, checked_transport
from ingest.unpack import unpack
from newsgraph import __version__
from newsgraph.fetched import FetchLimits

ROBOTS_NAME = "newsgraph"  # what a robots.txt calls us

_ASKED_FOR = (
    "text/html,application/xhtml+xml,application/feed+json,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.1"
)
# The body is kept without HTTP's frame; crawlers' archives keep this header under another name then.
_FRAME_HEADERS = (b"transfer-encoding",)


class WebError(Exception):
    """Nothing usable came back."""

    def __init__(self, reason: str, *, again: bool = False, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again  # another attempt may help at once
        self.refused = refused  # no later attempt will


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said, as it came."""

    url: str  # canonical, as it was asked
    at: datetime  # aware, UTC
    status: int
    head: bytes  # status line and headers, up to and with the empty line
    body: bytes  # packed, as it came
    request: bytes
    headers: tuple[tuple[str, str], ...]
    ip: str | None = None
    truncated: str | None = None  # "length": the body is longer, and was cut
    seconds: float = 0.0

    def header(self, name: str) -> str | None:
        """Return the value of a header (its name in lower case), several of them joined by commas."""
        values = [value for given, value in self.headers if given == name]
        return ", ".join(values) if values else None

    def content(self, max_bytes: int, *, cut: bool = False) -> bytes:
        """Return the unpacked body; with ``cut``, of a larger one the beginning.

        Raises:
            ValueError: If it is larger, or damaged.
        """
        return unpack(self.body, self.header("content-encoding"), max_bytes, cut=cut)


class Web:
    """Asks servers."""

    def __init__(self, client: httpx.AsyncClient, limits: FetchLimits, now: Callable[[], datetime]) -> None:
        self._client = client
        self._limits = limits
        self._now = now

    async def get(self, url: str, headers: Mapping[str, str], *, cut_at: int | None = None) -> Answer:
        """Ask for ``url`` once.

        Args:
            url: Canonical.
            headers: Further ones, such as If-None-Match.
            cut_at: Leave off what is longer, instead of refusing it. Bytes.

        Raises:
            WebError: If no whole answer came within the limits.
        """
        started, at = time.monotonic(), self._now()
        try:
            async with asyncio.timeout(self._limits.response_seconds):
                return await self._get(url, headers, cut_at, at, started)
        except TimeoutError as error:
            reason = f"no whole answer within {self._limits.response_seconds:g} seconds"
            raise WebError(reason) from error
        except AddressRefusedError as error:
            mend = "; if it is meant, name the host in private_hosts of its source"
            raise WebError(f"{error}{mend}", refused=True) from error
        except httpx.TimeoutException as error:
            raise WebError(_timed_out(error, self._limits), again=True) from error
        except httpx.HTTPError as error:
            what = " ".join(str(error).split()) or type(error).__name__
            raise WebError(f"connection failed: {what[:200]}", again=True) from error
        except (httpx.InvalidURL, ValueError) as error:
            raise WebError(f"not an answer in HTTP: {error}") from error

    async def _get(
        self, url: str, headers: Mapping[str, str], cut_at: int | None, at: datetime, started: float
    ) -> Answer:
        request = self._client.build_request("GET", url, headers=dict(headers))
        response = await self._client.send(request, stream=True)
        try:
            body, truncated = await self._body(response, cut_at)
        finally:
            await response.aclose()
        named = tuple((_read(name).lower(), _read(value)) for name, value in response.headers.raw)
        return Answer(
            url,
            at,
            response.status_code,
            _head(response),
            body,
            _request(request),
            named,
            _ip(response),
            truncated,
            time.monotonic() - started,
        )

    async def _body(self, response: httpx.Response, cut_at: int | None) -> tuple[bytes, str | None]:
        most = self._limits.max_bytes if cut_at is None else cut_at
        declared = response.headers.get("content-length", "")
        if cut_at is None and declared.isdecimal() and int(declared) > most:
            raise _too_large(most)
        parts: list[bytes] = []
        size = 0
        async for part in response.aiter_raw():
            size += len(part)
            parts.append(part)
            if size > most and cut_at is None:
                raise _too_large(most)
            if size > most:
                return b"".join(parts)[:most], "length"
        return b"".join(parts), None


@asynccontextmanager
async def open_web(
    limits: FetchLimits, contact: str, private_hosts: Iterable[str], now: Callable[[], datetime]
) -> AsyncIterator[Web]:
    """Open connections to the web, and close them on leaving."""
    no_cookies = CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
    async with httpx.AsyncClient(
        transport=checked_transport(limits, private_hosts),
        follow_redirects=False,
        trust_env=False,  # a proxy would connect to where we did not look
        cookies=no_cookies,
        timeout=httpx.Timeout(limits.read_seconds, connect=limits.connect_seconds, pool=None),
        headers={
            "User-Agent": user_agent(contact),
            "Accept": _ASKED_FOR,
            "Accept-Encoding": "gzip, deflate",
        },
    ) as client:
        yield Web(client, limits, now)


def user_agent(contact: str) -> str:
    """Return what servers are told about who asks."""
    return f"{ROBOTS_NAME}/{__version__} (news archive; {f'+{contact}' if contact else 'no contact given'})"


def _read(value: bytes) -> str:
    # HTTP allows ASCII; what servers send beyond it is mostly UTF-8, and warcio reads it so, too.
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _too_large(most: int) -> WebError:
    return WebError(f"larger than {most / 1_000_000:g} MB", refused=True)


def _timed_out(error: httpx.TimeoutException, limits: FetchLimits) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return f"no connection within {limits.connect_seconds:g} seconds"
    return f"not a byte for {limits.read_seconds:g} seconds"


def _head(response: httpx.Response) -> bytes:
    phrase = response.extensions.get("reason_phrase", b"") or _phrase(response.status_code)
    lines = [b"HTTP/1.1 %d %s" % (response.status_code, phrase)]  # of HTTP/2, too: WARC has no other form
    for name, value in response.headers.raw:
        kept = b"X-Crawl-" + name if name.lower() in _FRAME_HEADERS else name
        lines.append(b": ".join((kept, b" ".join(value.split(b"\r\n")).replace(b"\n", b" "))))
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _phrase(status: int) -> bytes:
    try:
        return HTTPStatus(status).phrase.encode()
    except ValueError:
        return b""


def _request(request: httpx.Request) -> bytes:
    lines = [b"GET %s HTTP/1.1" % request.url.raw_path]
    lines += [b": ".join(one) for one in request.headers.raw]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _ip(response: httpx.Response) -> str | None:
    stream = response.extensions.get("network_stream")
    address = stream.get_extra_info("server_addr") if stream is not None else None
    return str(address[0]) if address else None
