"""The archive of all that was fetched: WARC files by day under data/raw/, and an index that they can rebuild."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def day_dir(raw_dir: Path, day: date) -> Path:
    """Return the folder in which the archive keeps what came on ``day`` (UTC): data/raw/2026/11/26."""
    return raw_dir / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"


def rebuild_index(raw_dir: Path) -> int:
    """Build the archive's index anew from its WARC files and return how many records it holds.

    Raises:
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If a file cannot be read.
    """
    raise NotImplementedError
