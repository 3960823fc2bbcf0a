"""What is fetched and what became of it: sources, limits, the report of a run. Beside records.py, not in it.

    sources.toml -> Source -> (web, folders, WARC files) -> archive under data/raw/ -> RawDocument

Immutable plain values, to and from JSON by codec.py. Reports add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Literal

SourceKind = Literal["feed", "sitemap", "urls", "folder", "warc"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where articles come from: one table ``[sources.NAME]`` of sources.toml."""

    name: str
    kind: SourceKind
    url: str | None = None  # of a feed or sitemap; of "urls" the web address of the list
    urls: tuple[str, ...] = ()  # the list itself
    path: str | None = None  # of a folder, a WARC file or several ("crawl/*.warc.gz"), a file of addresses
    publisher: str | None = None  # goes before what a page says of itself
    language: str | None = None  # what it publishes in, as "en"; for those whose pages do not say
    interval_seconds: float = 0.0  # not asked again before that; 0: each run asks
    max_new: int = 1000  # articles of one run; the rest comes with the next one
    seconds_per_request: float | None = None  # to each of its hosts; None: FetchLimits.seconds_per_request
    include: tuple[str, ...] = ()  # regular expressions, searched in the address; none: all
    exclude: tuple[str, ...] = ()
    private_hosts: tuple[str, ...] = ()  # hosts by name that may have private or loopback addresses
    refresh: bool = True  # ask again for an article that its listing says was changed since


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How politely and how long: table ``[fetch]`` of sources.toml."""

    concurrency: int = 16  # requests at a time
    host_concurrency: int = 2  # of these to one host
    seconds_per_request: float = 1.0  # between the starts of two requests to one host
    connect_seconds: float = 10.0
    read_seconds: float = 20.0  # without a byte
    response_seconds: float = 60.0  # from the first byte sent to the last one received
    max_bytes: int = 10_000_000  # of a body as it comes
    max_unpacked_bytes: int = 20_000_000  # of a page, unpacked
    max_listing_bytes: int = 60_000_000  # of a feed or sitemap, unpacked; of one as it comes, max_bytes
    max_redirects: int = 5
    max_attempts: int = 3  # of one request, the first one counted
    backoff_seconds: float = 2.0  # before the second attempt, then twice as long each time
    max_retry_after_seconds: float = 120.0  # who asks for a longer pause is asked in a later run
    run_seconds: float = 600.0  # after that no request is begun; the rest comes with the next run
    robots_seconds: float = 86_400.0  # for which a robots.txt holds (RFC 9309, 2.4)


@dataclass(frozen=True, slots=True)
class FetchFailure:
    """An address that gave nothing, and why."""

    url: str
    source: str  # Source.name
    reason: str
    refused: bool = False  # by robots.txt, by us or for good (410): nothing that a later run would mend


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What one source cost and brought."""

    name: str
    listed: int = 0  # articles that it names, whether they are in the archive or not
    new: int = 0
    unchanged: int = 0  # asked again, and the same: 304, or the same bytes
    failed: int = 0
    requests: int = 0  # listings, articles, redirects and further attempts; without robots.txt
    bytes: int = 0  # received, bodies as they came
    seconds: float = 0.0  # spent waiting for its servers, added up over parallel requests

    def __add__(self, other: SourceReport) -> SourceReport:
        added = {one.name: getattr(self, one.name) + getattr(other, one.name) for one in fields(self)[1:]}
        return SourceReport(self.name, **added)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of a run of ``newsgraph fetch``. Reports add up; their sources by name."""

    sources: tuple[SourceReport, ...] = ()  # ordered by name
    failures: tuple[FetchFailure, ...] = ()  # ordered by source and address
    notes: tuple[str, ...] = ()  # what is worth knowing but no failure: "repaired …", "not due yet"
    archived: tuple[str, ...] = field(default=())  # WARC files that were written to, in order

    @property
    def fetched(self) -> int:
        return self.new + self.unchanged

    @property
    def new(self) -> int:
        return sum(source.new for source in self.sources)

    @property
    def unchanged(self) -> int:
        return sum(source.unchanged for source in self.sources)

    @property
    def refused(self) -> tuple[FetchFailure, ...]:
        return tuple(one for one in self.failures if one.refused)

    @property
    def failed(self) -> tuple[FetchFailure, ...]:
        return tuple(one for one in self.failures if not one.refused)

    def __add__(self, other: FetchReport) -> FetchReport:
        failures = {(one.source, one.url): one for one in (*self.failures, *other.failures)}
        return FetchReport(
            tuple(_by_name((*self.sources, *other.sources))),
            tuple(failures[key] for key in sorted(failures)),
            tuple(dict.fromkeys((*self.notes, *other.notes))),
            tuple(sorted({*self.archived, *other.archived})),
        )


def _by_name(reports: Iterable[SourceReport]) -> Iterable[SourceReport]:
    sums: dict[str, SourceReport] = {}
    for one in reports:
        sums[one.name] = sums[one.name] + one if one.name in sums else one
    return (sums[name] for name in sorted(sums))
