"""A remote SPARQL 1.1 server over HTTP: updates and queries, tried again where that is safe.

All that is sent may be sent again: a request that failed half-way, or whose answer was lost, does no harm.
Reaches the one server that it was given, follows no redirect, asks no proxy.
"""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urlsplit, urlunsplit

import httpx

from newsgraph.errors import RemoteError, RemoteRefusedError, SettingsError

VARIABLES = ("NEWSGRAPH_REMOTE_TOKEN", "NEWSGRAPH_REMOTE_USER", "NEWSGRAPH_REMOTE_PASSWORD")
ATTEMPTS = 6
LONGEST_PAUSE = 60.0  # seconds
TIMEOUT = httpx.Timeout(120.0, connect=15.0)  # of each read and write
LONGEST = 600.0  # seconds that one answer may take in all
MOST_BYTES = 64 * 2**20  # of an answer
MOST_TOLD = 200  # characters of what a server says of an error
JSON = "application/sparql-results+json"
_AGAIN = {408, 425, 429, 502, 503, 504}
_SMALLER = {400, 413, 422, 500}  # what servers say to an update that is too large for them, too
_MENDS = {
    401: f"it wants to know who asks: set {VARIABLES[0]}, or {VARIABLES[1]} and {VARIABLES[2]}",
    403: "it does not let this user do that: give the user the right to write, or take another one",
    404: "there is nothing at this address: see the server's manual for its address for updates and queries",
    405: "there is something else at this address: see the server's manual for its SPARQL addresses",
    415: "there is something else at this address: see the server's manual for its SPARQL addresses",
}
# What servers put into an answer with status 200 when an update failed.
_FAILED = re.compile(r"\bVirtuoso [0-9A-Z]{5} Error\b|\b\w*(Exception|Error)\b|\b(cancelled|timed out)\b")
_TAG = re.compile(r"<(?![a-z]+:)[^>]*>")  # and no IRI


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server wants to know of us. Never shown."""

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)


def credentials_in(environment: Mapping[str, str]) -> Credentials:
    """Return those of NEWSGRAPH_REMOTE_… variables.

    Raises:
        SettingsError: If they are not fit for a header of HTTP, or only half there.
    """
    given = Credentials(*(environment.get(name, "").strip() for name in VARIABLES))
    if not all(each.isascii() and each.isprintable() for each in (given.token, given.user)):
        raise SettingsError(f"{VARIABLES[0]} and {VARIABLES[1]} hold printable ASCII only")
    if given.password and not given.user:
        raise SettingsError(f"{VARIABLES[2]} is set, but {VARIABLES[1]} is not")
    return given


def query_address(update: str) -> str:
    """Return where a server answers queries, told from its address for updates by what servers call them."""
    parts = urlsplit(update)
    path = parts.path.removesuffix("/")
    if path.endswith("/update"):
        path = path.removesuffix("update") + "query"
    elif path.endswith("/statements"):
        path = path.removesuffix("/statements")
    else:
        return update
    return urlunsplit(parts._replace(path=path))


class Remote:
    """One server. To be closed."""

    def __init__(
        self,
        update: str,
        query: str = "",
        credentials: Credentials | None = None,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare to ask it; nothing is sent yet.

        Args:
            update: Its address for updates.
            query: Its address for queries; "": told from the other.
            credentials: None: it wants none.
            sleep: Waits so many seconds.
        """
        self.address, self._query = update, query or query_address(update)
        self._sleep = sleep
        self.software = ""  # what it calls itself, once it has answered
        self.tell: Callable[[str], None] = lambda _: None  # is told why we wait
        self._client = httpx.Client(
            auth=_auth(credentials or Credentials()),
            verify=ssl.create_default_context(),
            timeout=TIMEOUT,
            trust_env=False,  # no proxy, no .netrc
            headers={"User-Agent": "newsgraph"},
        )

    def close(self) -> None:
        self._client.close()

    def update(self, text: str) -> None:
        """Have an update made; it is made once or more.

        Raises:
            RemoteRefusedError: If the server will not; a smaller one it may.
            RemoteError: If it cannot be reached, or has nothing to do with us.
        """
        headers = {"Content-Type": "application/sparql-update"}
        status, _, body = self._sent(self.address, text.encode(), headers)
        if status not in (200, 201, 202, 204):
            self._fail(self.address, status, body)
        if found := _FAILED.search(_readable(body)):
            raise RemoteRefusedError(
                self.address, f"status {status}, but the update failed: {_line(body, found.start())}"
            )

    def select(self, text: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT: what is bound, by name, without its type.

        Raises:
            RemoteRefusedError: If the server will not answer this one.
            RemoteError: If it cannot be reached, or what it answers is no whole result.
        """
        # As a form: Virtuoso never answers to a body that is the query itself.
        content = httpx.QueryParams({"query": text})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": JSON}
        status, media, body = self._sent(self._query, str(content).encode(), headers)
        if status != 200:
            self._fail(self._query, status, body)
        try:
            found = json.loads(body)
            rows = found["results"]["bindings"]
            return [{name: str(term["value"]) for name, term in row.items()} for row in rows]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise RemoteError(
                self._query, f"status 200, but no SPARQL result ({media or 'no type'}): {_line(body)}"
            ) from None

    def _sent(self, address: str, content: bytes, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Send until there is an answer that means something, or patience ends."""
        for attempt in range(1, ATTEMPTS + 1):
            pause = min(2.0 ** (attempt - 1), LONGEST_PAUSE)
            try:
                status, seconds, media, body = self._tried(address, content, headers)
            except (httpx.InvalidURL, UnicodeError) as error:
                raise RemoteError(address, f"is no web address: {' '.join(str(error).split())}") from None
            except httpx.HTTPError as error:
                reason = f"cannot be reached: {_told(error)}"
            else:
                if status not in _AGAIN:
                    return status, media, body
                reason = f"status {status}: {_line(body)}"
                pause = max(pause, min(seconds, LONGEST_PAUSE))
            if attempt < ATTEMPTS:
                self.tell(f"{address}: {reason}; tries again in {pause:g} s")
                self._sleep(pause)
        raise RemoteError(address, f"{reason}; tried {ATTEMPTS} times")

    def _tried(self, address: str, content: bytes, headers: dict[str, str]) -> tuple[int, float, str, bytes]:
        """Send once; return status, the seconds that are to pass before the next time, media type, body."""
        deadline = time.monotonic() + LONGEST
        with self._client.stream("POST", address, content=content, headers=headers) as response:
            chunks, size = list[bytes](), 0
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                size += len(chunk)
                if size > MOST_BYTES:
                    raise RemoteError(address, f"its answer has more than {MOST_BYTES} bytes")
                if time.monotonic() > deadline:
                    raise httpx.ReadTimeout(f"no whole answer in {LONGEST:g} seconds")
            self.software = response.headers.get("server", self.software)
            if "x-sql-state" in response.headers:  # Virtuoso stopped at its time limit; the rest is missing
                raise RemoteError(address, "the server stopped half-way: raise its time limit for queries")
            media = response.headers.get("content-type", "")
            return response.status_code, _seconds(response), media, b"".join(chunks)

    def _fail(self, address: str, status: int, body: bytes) -> NoReturn:
        if 300 <= status < 400:
            raise RemoteError(address, f"status {status}: it leads elsewhere; give the address it leads to")
        if status in _SMALLER:
            raise RemoteRefusedError(address, f"status {status}: {_line(body)}")
        mend = f" ({_MENDS[status]})" if status in _MENDS else ""
        raise RemoteError(address, f"status {status}: {_line(body)}{mend}")


class _WhatIsAsked(httpx.Auth):
    """User and password in the way that the server asks for; not before it has asked."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._way: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._way is None:
            response = yield request
            if response.status_code != 401:
                return
            asks_digest = "digest" in response.headers.get("www-authenticate", "").lower()
            way = httpx.DigestAuth if asks_digest else httpx.BasicAuth
            self._way = way(self._user, self._password)
        yield from self._way.auth_flow(request)


class _Token(httpx.Auth):
    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


def _auth(credentials: Credentials) -> httpx.Auth | None:
    if credentials.token:
        return _Token(credentials.token)
    return _WhatIsAsked(credentials.user, credentials.password) if credentials.user else None


def _seconds(response: httpx.Response) -> float:
    wanted = response.headers.get("retry-after", "")
    return float(wanted) if wanted.isdecimal() else 0.0


def _readable(body: bytes) -> str:
    return _TAG.sub(" ", body[:65536].decode("utf-8", "replace"))


def _line(body: bytes, begin: int = 0) -> str:
    """Return the first line of what a server says that says anything."""
    for line in _readable(body)[begin:].splitlines():
        if words := " ".join(line.split()):
            return words[:MOST_TOLD]
    return "without a word"


def _told(error: httpx.HTTPError) -> str:
    words = " ".join(str(error).split())
    return words or {"ReadTimeout": "no answer in time"}.get(type(error).__name__, type(error).__name__)
