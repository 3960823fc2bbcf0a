"""The archive of all that was fetched: WARC files (ISO 28500) under data/raw/, by day, with an index.

    data/raw/2026/11/26/newsgraph-20261126T161500Z-00001.warc.gz    one for each run that brought something
    data/raw/index.sqlite                                          made again from them by rebuild_index()
    data/raw/fetch.lock                                            one writer at a time

Each record is packed alone and written at its end in one piece, so that a crash spoils at most the last one:
the next writer cuts that off. The index is written after the file is safely on disk, and what it lacks is
read from the file when the archive is opened. Nothing is ever rewritten.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from ingest.archive_index import FILE_NAME, Index, Kept
from ingest.archive_records import (
    INDEXED,
    NewRecord,
    Notes,
    answer_record,
    copy_record,
    digest_of,
    info_record,
    kept_of,
    request_record,
    resource_record,
)
from ingest.decode import MAX_BYTES
from ingest.unpack import unpack
from ingest.warc_records import WarcRecord, http_parts, read_record, read_records
from ingest.web import Answer
from newsgraph.disk import to_disk
from newsgraph.errors import ArchiveBusyError, ArchiveError

MAX_FILE_BYTES = 1_000_000_000  # then the next one is begun
SYNC_SECONDS = 1.0  # what a power failure may cost

_OURS = "[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]/newsgraph-*.warc.gz"


def day_dir(raw_dir: Path, day: date) -> Path:
    """Return the folder in which the archive keeps what came on ``day`` (UTC): data/raw/2026/11/26."""
    return raw_dir / f"{day:%Y}" / f"{day:%m}" / f"{day:%d}"


@contextmanager
def open_archive(
    raw_dir: Path, now: Callable[[], datetime], note: Callable[[str], None]
) -> Iterator[Archive]:
    """Open the archive for writing, alone; mend what a crash left behind and ``note`` it.

    Raises:
        ArchiveBusyError: If another process writes to it.
        ArchiveError: If it cannot be read or written.
    """
    with _told(raw_dir):
        raw_dir.mkdir(parents=True, exist_ok=True)
    with _locked(raw_dir):
        with _told(raw_dir):
            archive = Archive(raw_dir, _open_index(raw_dir / FILE_NAME, note), now)
        try:
            with _told(raw_dir):
                archive.repair(note)
            yield archive
        except sqlite3.Error as error:
            raise ArchiveError(str(raw_dir), f"the index cannot be read or written: {error}") from error
        finally:
            with _told(raw_dir):
                archive.close()


@contextmanager
def _told(raw_dir: Path) -> Iterator[None]:
    """Say in one line that the disk does not do what it should."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or error
        raise ArchiveError(str(raw_dir), f"the archive cannot be read or written: {reason}") from error


def rebuild_index(raw_dir: Path, now: Callable[[], datetime], note: Callable[[str], None]) -> int:
    """Build the archive's index anew from its WARC files and return how many records it holds.

    Raises:
        ArchiveBusyError: If another process writes to the archive.
        ArchiveError: If a file cannot be read.
    """
    if not raw_dir.is_dir():
        raise ArchiveError(str(raw_dir), "no such folder: nothing was fetched yet")
    with _locked(raw_dir):
        _remove_index(raw_dir / FILE_NAME)
    with open_archive(raw_dir, now, note) as archive:
        return sum(1 for _ in archive.index.all())


class Archive:
    """The WARC files and their index, open for one run."""

    def __init__(self, raw_dir: Path, index: Index, now: Callable[[], datetime]) -> None:
        self.index = index
        self.written: list[str] = []  # files, as paths that can be read
        self._raw_dir = raw_dir
        self._now = now
        self._file: BinaryIO | None = None
        self._name = ""  # of the open file, below raw_dir
        self._synced_at = time.monotonic()

    # ---- what is kept

    def settled(self, url: str) -> Kept | None:
        """Return what a request for ``url`` (canonical) led to at last, if that is kept."""
        kept = self.index.latest(url)
        for _ in range(10):
            if kept is None or not kept.is_redirect:
                return kept
            kept = self.index.latest(kept.location or "")
        return None

    def body_of(self, kept: Kept, max_bytes: int = MAX_BYTES, *, cut: bool = False) -> bytes:
        """Return the unpacked body of a record; with ``cut``, of a larger one the beginning.

        Raises:
            ArchiveError: If the record is gone or damaged.
        """
        path = self._raw_dir / kept.file
        try:
            record = read_record(path, kept.offset)
            if kept.type == "resource" or record is None or record.block is None:
                body = record and record.block
            else:
                headers, packed = http_parts(record.block)
                body = unpack(packed, headers.get_header("Content-Encoding"), max_bytes, cut=cut)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{path}:{kept.offset}", str(error)) from error
        if body is None:
            mend = "'newsgraph archive rebuild' mends the index"
            raise ArchiveError(f"{path}:{kept.offset}", f"there is no such record any more; {mend}")
        return body

    # ---- what comes

    def add_answer(self, answer: Answer, role: str, notes: Notes) -> Kept:
        """Keep an answer as it came, with its request; if it is what the last one was, only that it is."""
        last = self.index.latest_body(answer.url)
        return self._append(answer_record(answer, last, role, notes), request_record(answer))

    def add_resource(self, uri: str, media_type: str, body: bytes, notes: Notes) -> Kept | None:
        """Keep what came from a file; None if it is what it was."""
        last = self.index.latest_body(uri)
        if last is not None and last.digest == digest_of(body):
            return None
        return self._append(resource_record(uri, self._now(), media_type, body, notes))

    def add_copy(self, record: WarcRecord, notes: Notes) -> Kept:
        """Keep a response out of another WARC file as it is there."""
        return self._append(copy_record(record, notes))

    def sync(self) -> None:
        """Make sure that what was added so far outlives a power failure; then let the index know of it."""
        if self._file is not None:
            os.fsync(self._file.fileno())
        self.index.commit()
        self._synced_at = time.monotonic()

    def close(self) -> None:
        try:
            self.sync()
            if self._file is not None:
                self._file.close()
        finally:
            self.index.close()

    def _append(self, record: NewRecord, beside: NewRecord | None = None) -> Kept:
        with _told(self._raw_dir):
            return self._append_to_file(record, beside)

    def _append_to_file(self, record: NewRecord, beside: NewRecord | None) -> Kept:
        coming = record.packed + (beside.packed if beside is not None else b"")
        file = self._open_file(len(coming))
        offset = file.tell()
        _write(file, coming)
        placed = WarcRecord(offset, offset + len(record.packed), record.headers, record.block)
        kept = kept_of(placed, self._name, self.index)
        self.index.set_size(self._name, offset + len(coming))
        self.index.add(kept)
        if time.monotonic() - self._synced_at > SYNC_SECONDS:
            self.sync()
        return kept

    def _open_file(self, coming_bytes: int) -> BinaryIO:
        now = self._now()
        folder = day_dir(self._raw_dir, now.date())
        if self._file is not None:
            is_of_today = (self._raw_dir / self._name).parent == folder
            if is_of_today and self._file.tell() + coming_bytes <= MAX_FILE_BYTES:
                return self._file
            self.sync()
            self._file.close()
        folder.mkdir(parents=True, exist_ok=True)
        self._file, path = _new_file(folder, now)
        self._name = path.relative_to(self._raw_dir).as_posix()
        self.written.append(str(path))
        _write(self._file, info_record(path.name, now).packed)
        return self._file

    # ---- after a crash

    def repair(self, note: Callable[[str], None]) -> None:
        """Bring the index up to the WARC files, and cut torn ends off these."""
        known = self.index.sizes()
        found = {
            path.relative_to(self._raw_dir).as_posix(): path for path in sorted(self._raw_dir.glob(_OURS))
        }
        for name in known.keys() - found.keys():
            note(f"{self._raw_dir / name} is gone; what it held is fetched again where it is still listed")
            self.index.forget_file(name)
        for name, path in found.items():
            size, known_size = path.stat().st_size, known.get(name, 0)
            if size < known_size:
                self.index.forget_file(name)
                known_size = 0
            if size != known_size:
                self._catch_up(path, name, known_size, note)
        self.index.commit()

    def _catch_up(self, path: Path, name: str, start: int, note: Callable[[str], None]) -> None:
        for found in read_records(path, start):
            if isinstance(found, WarcRecord):
                if found.type in INDEXED:
                    self.index.add(kept_of(found, name, self.index))
            elif found.is_end:
                os.truncate(path, found.offset)
                note(f"{path}: cut off a torn record at {found.offset}; what it held is fetched again")
            else:
                note(f"{path}: damaged at {found.offset} ({found.reason}); left as it is")
        self.index.set_size(name, path.stat().st_size)


def _new_file(folder: Path, now: datetime) -> tuple[BinaryIO, Path]:
    number = 1
    while True:
        path = folder / f"newsgraph-{now:%Y%m%dT%H%M%SZ}-{number:05}.warc.gz"
        try:
            file = path.open("xb", buffering=0)
        except FileExistsError:
            number += 1
            continue
        for parent in (folder, *folder.parents[:3]):
            to_disk(parent)
        return file, path


def _write(file: BinaryIO, whole: bytes) -> None:
    rest = memoryview(whole)
    while rest:
        rest = rest[file.write(rest) :]  # unbuffered: it may take less than all


# ---- opening


@contextmanager
def _locked(raw_dir: Path) -> Iterator[None]:
    with _told(raw_dir):
        lock = (raw_dir / "fetch.lock").open("w")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveBusyError(
                str(raw_dir), "another newsgraph is fetching into it; try again later"
            ) from None
        yield


def _open_index(path: Path, note: Callable[[str], None]) -> Index:
    try:
        return Index(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        note(f"{path}: the index is damaged ({error}) and is built anew")
        _remove_index(path)
        return Index(path)


def _remove_index(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
