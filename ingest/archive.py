"""The archive of all that was fetched: WARC files (ISO 28500) under data/raw/, by day, with an index.

    data/raw/2026/11/26/newsgraph-20260126T161500Z-00001.warc.gz    one for each run that brought something
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
from base64 import b32encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.addresses import canonical_url
from ingest.archive_index import FILE_NAME, Index, Kept
from ingest.decode import MAX_BYTES
from ingest.unpack import unpack
from ingest.warc import NOTES, SOFTWARE, fetched_at
from ingest.warc_records import Damage, WarcRecord, http_parts, read_record, read_records
from ingest.web import Answer
from newsgraph import __version__
from newsgraph.errors import ArchiveBusyError, ArchiveError

MAX_FILE_BYTES = 1_000_000_000  # then the next one is begun
SYNC_SECONDS = 1.0  # what a power failure may cost

_OURS = "[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]/newsgraph-*.warc.gz"
_VERSION = "WARC/1.1"
_INDEXED = ("response", "revisit", "resource")
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


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

    def body_of(self, kept: Kept, max_bytes: int = MAX_BYTES) -> bytes:
        """Return the unpacked body of a record.

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
                body = unpack(packed, headers.get_header("Content-Encoding"), max_bytes)
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{path}:{kept.offset}", str(error)) from error
        if body is None:
            mend = "'newsgraph archive rebuild' mends the index"
            raise ArchiveError(f"{path}:{kept.offset}", f"there is no such record any more; {mend}")
        return body

    # ---- what comes

    def add_answer(self, answer: Answer, role: str, notes: Mapping[str, str | None]) -> Kept:
        """Keep an answer as it came, with its request; if it is what the last one was, only that it is."""
        last = self.index.latest_body(answer.url)
        digest = _digest(answer.body)
        named = {"WARC-Target-URI": answer.url, "WARC-Date": _warc_date(answer.at)}
        if answer.ip:
            named["WARC-IP-Address"] = answer.ip
        if answer.truncated:
            named["WARC-Truncated"] = answer.truncated
        noted = {**named, **_noted(role, notes)}
        if last is not None and (answer.status == HTTPStatus.NOT_MODIFIED or last.digest == digest):
            profile = _NOT_MODIFIED if answer.status == HTTPStatus.NOT_MODIFIED else _SAME
            refers = {"WARC-Profile": profile, "WARC-Refers-To-Target-URI": last.url}
            refers |= {
                "WARC-Refers-To-Date": _warc_date(last.at),
                "WARC-Payload-Digest": last.digest or digest,
            }
            response = _new("revisit", noted | refers, answer.head, "application/http; msgtype=response")
        else:
            message = answer.head + answer.body
            noted["WARC-Payload-Digest"] = digest
            response = _new("response", noted, message, "application/http; msgtype=response")
        request = _new("request", named, answer.request, "application/http; msgtype=request")
        return self._append(response, request)

    def add_resource(
        self, uri: str, media_type: str, body: bytes, notes: Mapping[str, str | None]
    ) -> Kept | None:
        """Keep what came from a file; None if it is what it was."""
        last = self.index.latest_body(uri)
        digest = _digest(body)
        if last is not None and last.digest == digest:
            return None
        named = {"WARC-Target-URI": uri, "WARC-Date": _warc_date(self._now()), "WARC-Payload-Digest": digest}
        return self._append(_new("resource", named | _noted("article", notes), body, media_type))

    def add_copy(self, record: WarcRecord, notes: Mapping[str, str | None]) -> Kept:
        """Keep a response out of another WARC file as it is there."""
        named = {str(name): str(value) for name, value in record.headers.headers}
        named.pop("Content-Length", None)
        content_type = named.pop("Content-Type", "application/http; msgtype=response")
        return self._append(
            _new("response", named | _noted("article", notes), record.block or b"", content_type)
        )

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

    def _append(self, record: _New, beside: _New | None = None) -> Kept:
        with _told(self._raw_dir):
            return self._append_to_file(record, beside)

    def _append_to_file(self, record: _New, beside: _New | None) -> Kept:
        coming = record.packed + (beside.packed if beside is not None else b"")
        file = self._open_file(len(coming))
        offset = file.tell()
        _write(file, coming)
        placed = WarcRecord(offset, offset + len(record.packed), record.headers, record.block)
        kept = _kept_of(placed, self._name, self.index)
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
        info = f"software: {SOFTWARE}/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
        named = {"WARC-Date": _warc_date(now), "WARC-Filename": path.name}
        _write(self._file, _new("warcinfo", named, info, "application/warc-fields").packed)
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
        end = start
        for found in read_records(path, start):
            if isinstance(found, WarcRecord):
                end = found.end
                if found.type in _INDEXED:
                    self.index.add(_kept_of(found, name, self.index))
            elif found.is_end:
                end = found.offset
                note(
                    f"{path}: cut off a torn record at {end} ({found.reason}); what it held is fetched again"
                )
                os.truncate(path, end)
            else:
                note(f"{path}: damaged at {found.offset} ({found.reason}); left as it is, read on behind it")
        self.index.set_size(name, end)


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
            _sync_folder(parent)
        return file, path


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _New(NamedTuple):
    """A record that is to be written, packed alone."""

    headers: StatusAndHeaders
    block: bytes
    packed: bytes


def _new(kind: str, named: Mapping[str, str], block: bytes, content_type: str) -> _New:
    headers = StatusAndHeaders("", [("WARC-Type", kind), *named.items()], protocol=_VERSION)
    if headers.get_header("WARC-Record-ID") is None:
        headers.add_header("WARC-Record-ID", f"<urn:uuid:{uuid4()}>")
    headers.replace_header("WARC-Block-Digest", _digest(block))
    # As if it were a kind without HTTP headers: warcio would write them, and take digests, its own way.
    record = ArcWarcRecord("warc", "warcinfo", headers, BytesIO(block), None, content_type, len(block))
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version=_VERSION).write_record(record)
    return _New(headers, block, out.getvalue())


def _write(file: BinaryIO, whole: bytes) -> None:
    rest = memoryview(whole)
    while rest:
        rest = rest[file.write(rest) :]  # unbuffered: it may take less than all


def _kept_of(record: WarcRecord, file: str, index: Index) -> Kept:
    """Return the index's entry for a record: of one just written as of one read after a crash."""
    uri = record.header("WARC-Target-URI") or ""
    with suppress(ValueError):
        uri = canonical_url(uri)
    role, source = record.header(NOTES["role"]) or "article", record.header(NOTES["source"])
    at = fetched_at(record) or datetime.fromtimestamp(0, UTC)
    digest = record.header("WARC-Payload-Digest")
    place = (file, record.offset, record.end)
    if record.type == "resource":
        return Kept(uri, at, "resource", role, source, None, None, digest, None, None, *place)
    headers = _http_headers(record.block or b"")
    etag, modified = headers.get_header("ETag"), headers.get_header("Last-Modified")
    if record.type == "revisit":
        last = index.latest(uri)
        status = None
        if last is not None:
            status, etag, modified = last.status, etag or last.etag, modified or last.modified
        return Kept(uri, at, "revisit", role, source, status, None, digest, etag, modified, *place)
    status = int(headers.get_statuscode()) if headers.get_statuscode().isdecimal() else None
    location = None
    if status is not None and 300 <= status < 400:
        with suppress(ValueError):
            location = canonical_url(headers.get_header("Location") or "", uri)
    return Kept(uri, at, "response", role, source, status, location, digest, etag, modified, *place)


def _http_headers(block: bytes) -> StatusAndHeaders:
    try:
        return http_parts(block)[0]
    except ValueError:
        return StatusAndHeaders("", [])


def _noted(role: str, notes: Mapping[str, str | None]) -> dict[str, str]:
    given = {"role": role, **notes}
    return {
        NOTES[name]: " ".join(value.split())[:1000]
        for name, value in given.items()
        if value and value.strip()
    }


def _digest(body: bytes) -> str:
    return "sha256:" + b32encode(sha256(body).digest()).decode()


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


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


# ---- for people


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
    if digest.startswith("sha256:") and digest != _digest(found.block or b""):
        yield "the record is not what its digest says"
    if found.type in _INDEXED:
        if (name, found.offset) not in indexed:
            yield "not in the index; 'newsgraph archive rebuild' mends that"
        indexed.discard((name, found.offset))
