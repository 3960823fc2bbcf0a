"""Tries each source: does it answer, what does it list, can the first article be had?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from flows.fetch import run_fetch
from newsgraph.fetched import FetchLimits, Source
from newsgraph.settings import Settings


class Checked(NamedTuple):
    """How a source did."""

    source: str
    works: bool
    articles: int  # that it lists
    seconds: float
    told: str  # why it fails; or what is worth knowing


def check_sources(settings: Settings, sources: Sequence[Source], limits: FetchLimits) -> list[Checked]:
    """Fetch one article of each source into ``settings.raw_dir``, which should be an empty folder.

    Raises:
        ArchiveError: If the folder cannot be written.
    """
    tried = [replace(source, max_new=1) for source in sources]
    report = run_fetch(settings, sources=tried, limits=limits)
    failures: dict[str, list[str]] = {}
    for failure in report.failures:
        failures.setdefault(failure.source, []).append(f"{failure.url}: {failure.reason}")
    found = []
    for one in report.sources:
        works = one.name not in failures and (one.new > 0 or one.listed > 0)
        told = "; ".join(failures.get(one.name, [])) or ("" if works else "lists no article")
        found.append(Checked(one.name, works, one.listed, one.seconds, told))
    return found
