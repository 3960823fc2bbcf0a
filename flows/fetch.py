"""Sources -> archive: asks what is due, fetches what is new, keeps it as it came. Safe to repeat and to interrupt.

The one implementation: the command ``newsgraph fetch`` and the Prefect flow both call :func:`run_fetch`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Protocol

from newsgraph.fetched import FetchFailure, FetchLimits, FetchReport, Source
from newsgraph.settings import Settings


class FetchProgress(Protocol):
    """Is told what happens while it happens."""

    def fetched(self, so_far: FetchReport) -> None:
        """Tell what became of the sources up to now."""

    def fail(self, failure: FetchFailure) -> None:
        """Tell that an address gave nothing."""

    def note(self, message: str) -> None:
        """Tell something that is worth knowing but no failure."""


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
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If the archive cannot be read or written.
        KeyboardInterrupt: On Ctrl-C; what is archived stays, and the next run goes on from there.
    """
    raise NotImplementedError
