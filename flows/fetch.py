"""Sources -> archive: asks what is due, fetches what is new, keeps it as it came. Safe to repeat.

The one implementation: the command ``newsgraph fetch`` and the Prefect flow both call :func:`run_fetch`.
Files are brought in first (fetch_files.py), then the web is asked, all sources at once (fetch_web.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from flows.fetch_files import bring_files
from flows.fetch_tally import FetchProgress, FetchTally
from flows.fetch_web import WebSource
from ingest.addresses import host_of
from ingest.archive import Archive, open_archive
from ingest.crawl import Crawler
from ingest.web import open_web
from newsgraph.errors import SourcesError
from newsgraph.fetched import FetchLimits, FetchReport, Source
from newsgraph.settings import Settings

__all__ = ["FetchProgress", "run_fetch", "utc_now"]


def utc_now() -> datetime:
    return datetime.now(UTC)


def run_fetch(
    settings: Settings,
    *,
    sources: Sequence[Source],
    limits: FetchLimits | None = None,
    progress: FetchProgress | None = None,
    now: Callable[[], datetime] = utc_now,
) -> FetchReport:
    """Bring what is new at ``sources`` into the archive under data/raw/ and return what became of it.

    Args:
        settings: Of the installation: ``raw_dir`` and ``contact`` are used.
        sources: As ingest.sources.load_sources gives them, with ``limits``.
        limits: None: those of newsgraph.fetched.FetchLimits.
        progress: Is told what happens while it happens.
        now: The clock: aware, UTC. It dates records and says which sources are due.

    Raises:
        SourcesError: If the web is to be asked and no contact is set.
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If the archive cannot be read or written.
        KeyboardInterrupt: On Ctrl-C; what is archived stays, and the next run goes on from there.
    """
    check_contact(settings.contact, sources)
    tally = FetchTally(sources, progress)
    with open_archive(settings.raw_dir, now, tally.note) as archive:
        for source in sources:
            if source.kind in ("folder", "warc"):
                bring_files(source, archive, tally)
        if web := [source for source in sources if source.kind not in ("folder", "warc")]:
            _run(_fetch(web, settings, limits or FetchLimits(), archive, tally, now))
        tally.archived = archive.written
    return tally.report()


def check_contact(contact: str, sources: Sequence[Source]) -> None:
    """Raise SourcesError if servers that are not our own would not be told whom to write to."""
    if contact:
        return
    for source in sources:
        addresses = [source.url, *source.urls] if source.kind not in ("folder", "warc") else []
        for url in filter(None, addresses):
            if host_of(url) not in source.private_hosts:
                raise SourcesError(
                    f"[sources.{source.name}] is on the web, whose servers should be told whom to write to: "
                    'set contact = "you@your-site.example" in newsgraph.toml or NEWSGRAPH_CONTACT'
                )


async def _fetch(
    sources: Sequence[Source],
    settings: Settings,
    limits: FetchLimits,
    archive: Archive,
    tally: FetchTally,
    now: Callable[[], datetime],
) -> None:
    private_hosts = {host for source in sources for host in source.private_hosts}
    async with open_web(limits, settings.contact, private_hosts, now) as web:
        crawler = Crawler(web, archive, limits, sources, now)
        claimed: set[str] = set()
        async with asyncio.TaskGroup() as group:
            for source in sources:
                one = WebSource(source, crawler, archive, limits, tally, claimed, now)
                group.create_task(one.run())


def _run(work: object) -> None:
    try:
        asyncio.run(work)  # type: ignore[arg-type]
    except BaseExceptionGroup as group:  # of tasks side by side; the first one's fault is told
        first: BaseException = group
        while isinstance(first, BaseExceptionGroup):
            first = first.exceptions[0]
        raise first from None
