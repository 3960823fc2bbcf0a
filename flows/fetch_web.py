"""One source on the web -> archive: its listings, what of it is new or changed, and these articles.

A listing that is what it was, and all of whose articles were dealt with, costs one request and no reading.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from flows.fetch_files import is_wanted, patterns_mark
from flows.fetch_tally import FetchTally
from ingest.archive import Archive
from ingest.archive_index import Kept, Wait
from ingest.crawl import Crawler, Errand, Fetched, status_line
from ingest.hosts import HostClosedError, RunOverError
from ingest.listings import Listed, parse_listing
from ingest.media import readable_kind
from ingest.unpack import unpack_gzip
from ingest.web import WebError
from newsgraph.errors import ArchiveError
from newsgraph.fetched import FetchLimits, Source

MAX_LISTINGS = 1000  # of a sitemap index, those below it counted
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(days=7)
MAX_MISSED = 5  # times that an address may be "not found" before it is believed


class WebSource:
    """A feed, a sitemap or a list of addresses, in one run."""

    def __init__(
        self,
        source: Source,
        crawler: Crawler,
        archive: Archive,
        limits: FetchLimits,
        tally: FetchTally,
        claimed: set[str],
        now: Callable[[], datetime],
    ) -> None:
        self._source = source
        self._crawler = crawler
        self._archive = archive
        self._limits = limits
        self._tally = tally
        self._claimed = claimed  # addresses that this run deals with, of all sources
        self._now = now
        self._taken = 0  # of max_new
        self._waiting = 0
        self._is_full = False
        self._is_late = False

    async def run(self) -> None:
        """Bring what is new into the archive."""
        if self._source.url is not None:
            if not self._is_due():
                self._tally.note(f"{self._source.name}: not due yet")
                return
            await self._listings(self._source.url)
        else:
            try:
                await self._articles(self._own_list())
            except (OSError, ValueError) as error:
                self._fail(self._source.path or "urls", str(getattr(error, "strerror", None) or error))
        self._tell()

    def _is_due(self) -> bool:
        kept = self._archive.index.latest(self._source.url or "")
        # One that was asked in the future was asked by a clock that is right again.
        return (
            kept is None or not 0 <= (self._now() - kept.at).total_seconds() < self._source.interval_seconds
        )

    def _waits(self, url: str) -> bool:
        """Tell whether an address that failed is not to be asked yet, and count it then."""
        wait, now = self._archive.index.wait_of(url), self._now()
        waits = wait is not None and now < wait.until <= now + LONGEST_WAIT  # longer: by a wrong clock
        self._waiting += waits
        return waits

    def _own_list(self) -> list[Listed]:
        if self._source.path is None:
            return [Listed(url) for url in self._source.urls]
        return parse_listing(Path(self._source.path).read_bytes(), "")

    def _tell(self) -> None:
        if self._is_full:
            self._tally.note_full(self._source)
        if self._is_late:
            self._tally.note(f"{self._source.name}: the time of a run was over; the rest comes later")
        if self._waiting:
            self._tally.note(f"{self._source.name}: {self._waiting} that failed before are not due yet")

    # ---- listings

    async def _listings(self, first: str) -> None:
        found = deque([first])
        known = {first}
        for _ in range(MAX_LISTINGS):
            if not found:
                return
            for below in await self._listing(found.popleft()):
                if below.url not in known and not self._is_old(below):
                    known.add(below.url)
                    found.append(below.url)
        self._tally.note(f"{self._source.name}: more than {MAX_LISTINGS} sitemaps; the rest is passed over")

    def _is_old(self, listing: Listed) -> bool:
        """Was a sitemap asked for since it changed, as its index says, and all in it dealt with?"""
        kept = self._archive.settled(listing.url)
        if kept is None or listing.modified is None or listing.modified >= kept.at:
            return False
        return self._archive.index.dealt_with(*self._mark(listing.url, kept)) is not None

    def _mark(self, url: str, kept: Kept) -> tuple[str, str]:
        return f"listing:{self._source.name}:{url}", f"{kept.digest} {patterns_mark(self._source)}"

    async def _listing(self, url: str) -> list[Listed]:
        """Deal with one listing; return the listings that it names."""
        if self._waits(url):
            return []
        try:
            fetched = await self._fetch_listing(url)
            key, mark = self._mark(url, fetched.kept)
            count = self._archive.index.dealt_with(key, mark)
            if count is not None:
                self._tally.count(self._source, listed=count)
                return []
            content = fetched.content
            if fetched.answer.status == HTTPStatus.NOT_MODIFIED:
                content = self._kept_content(fetched)
            found = await asyncio.to_thread(self._parse, content, fetched.answer.url)
        except RunOverError:
            self._is_late = True
            return []
        except (WebError, ValueError, ArchiveError) as error:
            if isinstance(error, HostClosedError) and error.until is not None:
                self._archive.index.set_wait(url, Wait(error.until, 1, error.reason))
            self._fail(url, str(error), refused=isinstance(error, WebError) and error.refused)
            return []
        articles = [one for one in found if not one.is_listing]
        if await self._articles(articles) and len(articles) == len(found):
            self._archive.index.set_dealt_with(key, mark, len(articles))
        return [one for one in found if one.is_listing]

    async def _fetch_listing(self, url: str) -> Fetched:
        errand = Errand(
            self._source, self._tally.spent(self._source), "listing", self._limits.max_listing_bytes
        )
        fetched = await self._crawler.follow(errand, url, again=True)
        if isinstance(fetched, Kept):
            raise WebError("nothing was asked")  # cannot be: again=True
        if fetched.answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            raise WebError(f"the server answers {status_line(fetched.answer.status)}")
        return fetched

    def _kept_content(self, fetched: Fetched) -> bytes:
        kept = self._archive.index.latest_body(fetched.kept.url)
        return b"" if kept is None else self._archive.body_of(kept, self._limits.max_listing_bytes)

    def _parse(self, content: bytes, url: str) -> list[Listed]:
        return parse_listing(unpack_gzip(content, self._limits.max_listing_bytes), url)

    # ---- articles

    async def _articles(self, found: Sequence[Listed]) -> bool:
        """Fetch those of the articles found that are new or changed; return whether all are dealt with."""
        wanted = [one for one in found if is_wanted(self._source, one.url)]
        self._tally.count(self._source, listed=len(wanted))
        async with asyncio.TaskGroup() as group:
            for one in wanted:
                if one.url not in self._claimed and self._is_to_be_asked(one):
                    if self._taken >= self._source.max_new:
                        self._is_full = True
                        break
                    self._taken += 1
                    self._claimed.add(one.url)
                    group.create_task(self._article(one))
        return all(self._is_settled(one.url) for one in wanted)

    def _is_settled(self, url: str) -> bool:
        kept = self._archive.settled(url)
        if kept is None:
            return False
        wait = self._archive.index.wait_of(url) if kept.status == HTTPStatus.NOT_FOUND else None
        return kept.status != HTTPStatus.NOT_FOUND or (wait is not None and wait.count >= MAX_MISSED)

    def _is_to_be_asked(self, listed: Listed) -> bool:
        if self._is_settled(listed.url) and not self._is_changed(listed):
            return False
        return not self._waits(listed.url)

    def _is_changed(self, listed: Listed) -> bool:
        """Does the listing say that an article was changed since it was asked for?"""
        kept = self._archive.settled(listed.url)
        if kept is None or listed.modified is None or not self._source.refresh:
            return False
        return kept.at < listed.modified <= self._now()

    async def _article(self, listed: Listed) -> None:
        source = self._source
        notes = {
            "publisher": source.publisher or listed.publisher,
            "language": source.language or listed.language,
            "published": listed.published.isoformat() if listed.published else None,
            "title": listed.title,
        }
        spent = self._tally.spent(source)
        errand = Errand(source, spent, "article", self._limits.max_unpacked_bytes, notes)
        try:
            fetched = await self._crawler.follow(errand, listed.url, again=self._is_settled(listed.url))
        except RunOverError:
            self._is_late = True
        except WebError as error:
            self._put_off(listed.url, error)
            self._fail(listed.url, error.reason, refused=error.refused)
        else:
            self._judge(listed.url, fetched)

    def _judge(self, url: str, fetched: Fetched | Kept) -> None:
        """Count what came."""
        if isinstance(fetched, Kept):  # a redirect to what is kept under its own address
            self._archive.index.end_waits([url])
            self._tally.count(self._source, unchanged=1)
            return
        status = fetched.answer.status
        is_same = fetched.kept.type == "revisit"
        if status == HTTPStatus.NOT_FOUND:
            self._put_off(url, WebError(f"the server answers {status_line(status)}"))
        else:
            self._archive.index.end_waits([url])
        if status != HTTPStatus.OK and not is_same:
            self._fail(url, f"the server answers {status_line(status)}", refused=status == HTTPStatus.GONE)
            return
        if not is_same:
            try:
                readable_kind(fetched.answer.header("content-type"), fetched.content)
            except ValueError as error:
                self._fail(url, str(error), refused=True)
                return
        self._tally.count(self._source, new=not is_same, unchanged=is_same)

    def _put_off(self, url: str, error: WebError) -> None:
        """Write down that an address failed: it is asked again ever later."""
        before = self._archive.index.wait_of(url)
        count = (before.count if before is not None else 0) + 1
        until = self._now() + min(FIRST_WAIT * 2 ** min(count - 1, 20), LONGEST_WAIT)
        if isinstance(error, HostClosedError) and error.until is not None:
            until, count = error.until, count - 1  # the host's wish, not the address's fault
        self._archive.index.set_wait(url, Wait(until, count, error.reason))

    def _fail(self, url: str, reason: str, *, refused: bool = False) -> None:
        self._tally.fail(self._source, url, reason, refused=refused)
