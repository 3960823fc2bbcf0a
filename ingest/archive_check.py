"""What the archive holds, for people; whether every record is what it was, and the index true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from ingest.archive import open_archive
from ingest.archive_records import INDEXED, digest_of
from ingest.warc_records import Damage, WarcRecord, read_records


def list_archive(
    raw_dir: Path, now: Callable[[], datetime], note: Callable[[str], None]
) -> list[tuple[str, int, int, int]]:
    """Return of each WARC file its name, size, number of records and number of articles that were new.

    Raises:
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If it cannot be read.
    """
    if not raw_dir.is_dir():
        return []
    with open_archive(raw_dir, now, note) as archive:
        return archive.index.by_file()


def check_archive(
    raw_dir: Path, now: Callable[[], datetime], note: Callable[[str], None]
) -> tuple[int, list[str]]:
    """Read every record; return how many there are, and what is wrong with them or with the index.

    Raises:
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If it cannot be read.
    """
    checked, faults = 0, []
    with open_archive(raw_dir, now, note) as archive:
        indexed = {(kept.file, kept.offset) for kept in archive.index.all()}
        for name in archive.index.sizes():
            for found in read_records(raw_dir / name):
                checked += isinstance(found, WarcRecord)
                faults += [f"{raw_dir / name}:{found.offset}: {why}" for why in _faults(found, name, indexed)]
    mend = "; 'newsgraph archive rebuild' mends that"
    return checked, faults + [
        f"{raw_dir / name}:{at}: in the index, but not there{mend}" for name, at in sorted(indexed)
    ]


def _faults(found: WarcRecord | Damage, name: str, indexed: set[tuple[str, int]]) -> Iterator[str]:
    if isinstance(found, Damage):
        yield found.reason
        return
    digest = found.header("WARC-Block-Digest") or ""
    if digest.startswith("sha256:") and digest != digest_of(found.block or b""):
        yield "the record is not what its digest says"
    if found.type in INDEXED:
        if (name, found.offset) not in indexed:
            yield "not in the index; 'newsgraph archive rebuild' mends that"
        indexed.discard((name, found.offset))
