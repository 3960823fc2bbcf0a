"""Requests as a good guest makes them: robots.txt, one pace a host, pauses when asked, few attempts.

What robots.txt says is kept in the archive like any answer and holds for a day (RFC 9309).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import NamedTuple

from protego import Protego

from ingest.addresses import canonical_url, host_of, origin_of
from ingest.archive import Archive
from ingest.archive_index import Kept
from ingest.hosts import Host, HostClosedError, Hosts, RunOverError
from ingest.warc import Role
from ingest.web import ROBOTS_NAME, Answer, Web, WebError
from newsgraph.errors import ArchiveError
from newsgraph.fetched import FetchLimits, Source

MAX_ROBOTS_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are to be read
MAX_ROBOTS_REDIRECTS = 5
MAX_CRAWL_DELAY_SECONDS = 60.0
LONGEST_PAUSE = timedelta(days=7)

_KEPT = {*range(200, 300), 301, 302, 303, 307, 308, 404, 410}  # the rest may be another tomorrow


@dataclass(slots=True)
class Spent:
    """What the requests of one source cost."""

    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Errand:
    """On whose behalf something is asked for, and what is wanted."""

    source: Source
    spent: Spent
    role: Role
    max_bytes: int  # unpacked
    notes: Mapping[str, str | None] = field(default_factory=dict)  # what the source says of it


class Fetched(NamedTuple):
    """An answer, its unpacked body, and where it is kept."""

    answer: Answer
    content: bytes
    kept: Kept


class Crawler:
    """Asks for addresses on behalf of sources, and keeps what comes."""

    def __init__(
        self,
        web: Web,
        archive: Archive,
        limits: FetchLimits,
        sources: Iterable[Source],
        now: Callable[[], datetime],
    ) -> None:
        self._web = web
        self._archive = archive
        self._limits = limits
        self._now = now
        self._private = {host for source in sources for host in source.private_hosts}
        self._hosts = Hosts(limits)

    async def follow(self, errand: Errand, url: str, *, again: bool = False) -> Fetched | Kept:
        """Ask for ``url`` (canonical), politely, and for where it redirects to; keep what comes, return it.

        Args:
            errand: On whose behalf, and what for.
            url: Where to begin.
            again: Ask for what is kept already, too, if it changed. Else such a place ends the way: a Kept.

        Raises:
            WebError: If there is no usable answer; ``refused`` if robots.txt or we ourselves forbid it.
        """
        for _ in range(self._limits.max_redirects + 1):
            fetched = await self._get(errand, url, self.conditions(url) if again else {})
            location = redirect_of(fetched.answer)
            if location is None:
                return fetched
            known = self._archive.settled(location)
            if known is not None and known.status == HTTPStatus.OK and not again:
                return known
            url = location
        raise WebError(f"more than {self._limits.max_redirects} redirects", refused=True)

    async def _get(self, errand: Errand, url: str, headers: Mapping[str, str]) -> Fetched:
        self._check_private(url, errand.source)
        host = self._hosts.of(url, errand.source.seconds_per_request)
        await self._check_robots(url, host, errand.source)
        answer = await self._attempts(url, host, errand.spent, headers)
        if answer.status not in _KEPT and not (answer.status == HTTPStatus.NOT_MODIFIED and headers):
            raise WebError(f"the server answers {status_line(answer.status)}")
        try:
            content = answer.content(errand.max_bytes)
        except ValueError as error:
            raise WebError(str(error), refused=True) from error
        notes = {"source": errand.source.name, **errand.notes}
        return Fetched(answer, content, self._archive.add_answer(answer, errand.role, notes))

    def _check_private(self, url: str, source: Source) -> None:
        # A connection to another source's private host may be open already, and would not be checked again.
        host = host_of(url)
        if host in self._private and host not in source.private_hosts:
            raise WebError(f"{host} is a private host of another source", refused=True)

    # ---- attempts and pauses

    async def _attempts(
        self, url: str, host: Host, spent: Spent, headers: Mapping[str, str], cut_at: int | None = None
    ) -> Answer:
        """Ask as often as it makes sense; return an answer that is no server's error."""
        pause = self._limits.backoff_seconds
        for attempts_left in reversed(range(self._limits.max_attempts)):
            try:
                answer = await self._attempt(url, host, spent, headers, cut_at)
            except WebError as error:
                if not (error.again and attempts_left):
                    raise
                await asyncio.sleep(pause)
            else:
                if not _is_fault(answer):
                    return answer
                if not self._waits_as_asked(answer, host, pause) and attempts_left:
                    await asyncio.sleep(pause)
            pause *= 2
        raise WebError(f"the server answers {status_line(answer.status)}")

    async def _attempt(
        self, url: str, host: Host, spent: Spent, headers: Mapping[str, str], cut_at: int | None
    ) -> Answer:
        async with self._hosts.turn(host):
            started = time.monotonic()
            spent.requests += 1
            try:
                answer = await self._web.get(url, headers, cut_at=cut_at)
            except WebError as error:
                host.count(None if error.refused else error.reason)
                raise
            finally:
                spent.seconds += time.monotonic() - started
        host.count(f"the server answers {status_line(answer.status)}" if _is_fault(answer) else None)
        spent.bytes += len(answer.body)
        return answer

    def _waits_as_asked(self, answer: Answer, host: Host, pause: float) -> bool:
        """Does the server ask for a pause? Then the host has it; one that is too long closes it."""
        asked = retry_after(answer.header("retry-after"), self._now())
        if asked is None and answer.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            asked = pause
        if asked is None:
            return False
        if asked > self._limits.max_retry_after_seconds:
            until = self._now() + min(timedelta(seconds=asked), LONGEST_PAUSE)
            status = status_line(answer.status)
            host.close(f"the server answers {status} and asks to wait {asked:.0f} seconds", until)
            host.check_open()
        host.wait(asked)
        return True

    # ---- robots.txt

    async def _check_robots(self, url: str, host: Host, source: Source) -> None:
        origin = origin_of(url)
        if origin not in host.robots:
            host.robots[origin] = asyncio.ensure_future(self._read_robots(origin, host, source))
        rules = await asyncio.shield(host.robots[origin])
        if isinstance(rules, WebError):
            raise rules
        if not rules.can_fetch(url, ROBOTS_NAME):
            raise WebError("forbidden by robots.txt", refused=True)
        if (delay := rules.crawl_delay(ROBOTS_NAME)) is not None:
            host.seconds_per_request = max(host.seconds_per_request, min(delay, MAX_CRAWL_DELAY_SECONDS))

    async def _read_robots(self, origin: str, host: Host, source: Source) -> Protego | WebError:
        """Return the rules of an origin, or why nothing may be asked there in this run."""
        url = f"{origin}/robots.txt"
        kept = self._archive.settled(url)
        if kept is not None and (self._now() - kept.at).total_seconds() < self._limits.robots_seconds:
            with suppress(ArchiveError):
                return _rules(self._kept_body(kept.url) if kept.status == HTTPStatus.OK else b"")
        try:
            answer = await self._follow_robots(url, host, source)
        except WebError as error:
            if error.refused or isinstance(error, HostClosedError | RunOverError):
                return error
            return WebError(f"its robots.txt cannot be read, so nothing is asked there: {error.reason}")
        if answer is None or 400 <= answer.status < 500:
            return _rules(b"")  # no rules: all is allowed (RFC 9309, 2.3.1.3)
        try:
            if answer.status == HTTPStatus.NOT_MODIFIED:
                return _rules(self._kept_body(answer.url))
            return _rules(answer.content(MAX_ROBOTS_BYTES, cut=True))
        except (ValueError, ArchiveError):
            return _rules(b"")

    async def _follow_robots(self, url: str, host: Host, source: Source) -> Answer | None:
        for _ in range(MAX_ROBOTS_REDIRECTS + 1):
            self._check_private(url, source)
            host = self._hosts.of(url, source.seconds_per_request)
            answer = await self._attempts(url, host, Spent(), self.conditions(url), MAX_ROBOTS_BYTES)
            if answer.status in _KEPT or answer.status == HTTPStatus.NOT_MODIFIED:
                self._archive.add_answer(answer, "robots", {"source": source.name})
            location = redirect_of(answer)
            if location is None:
                return answer
            url = location
        return None  # too many redirects count as no robots.txt (RFC 9309, 2.3.1.2)

    def _kept_body(self, url: str) -> bytes:
        kept = self._archive.index.latest_body(url)
        return b"" if kept is None else self._archive.body_of(kept, MAX_ROBOTS_BYTES, cut=True)

    def conditions(self, url: str) -> dict[str, str]:
        """Return the headers that ask for ``url`` only if it is another than what is kept."""
        kept = self._archive.index.latest(url)
        if kept is None or kept.status != HTTPStatus.OK:
            return {}
        named = {"If-None-Match": kept.etag, "If-Modified-Since": kept.modified}
        return {
            name: value for name, value in named.items() if value and value.isascii() and value.isprintable()
        }


def _is_fault(answer: Answer) -> bool:
    return answer.status >= 500 or answer.status == HTTPStatus.TOO_MANY_REQUESTS


def redirect_of(answer: Answer) -> str | None:
    """Return where an answer sends us, canonical; None if nowhere.

    Raises:
        WebError: If it is a redirect to what is no web address.
    """
    if answer.status not in (301, 302, 303, 307, 308):
        return None
    try:
        return canonical_url(answer.header("location") or "", answer.url)
    except ValueError as error:
        raise WebError(f"redirects to where nobody may go: {error}", refused=True) from error


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return how many seconds a Retry-After header asks to wait; None if it says nothing."""
    value = (value or "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:9])
    with suppress(ValueError, TypeError):
        moment = parsedate_to_datetime(value)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
    return None


def _rules(body: bytes) -> Protego:
    return Protego.parse(body.decode("utf-8", "replace"))


def status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
