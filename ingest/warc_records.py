"""The records of a WARC file (ISO 28500), one after another, whoever wrote it: with bounds, and past damage.

The headers are parsed by warcio. Reading the bytes is ours, because warcio takes lines and packed data of any
length, and does not tell a torn end from a good one. Plain files; gzip record by record, or all in one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

from warcio.limitreader import LimitReader
from warcio.statusandheaders import (
    StatusAndHeaders,
    StatusAndHeadersParser,
    StatusAndHeadersParserException,
)

from ingest.decode import MAX_BYTES

MAX_LINE_BYTES = 65_536
MAX_HEADER_BYTES = 1 << 18
MAX_BLOCK_BYTES = 3 * MAX_BYTES  # a longer record is passed over without its block
MAX_DAMAGE = 20  # places in one file; then it is given up
MAX_RATIO, RATIO_FROM_BYTES = 200, 100_000_000  # of one gzip member; text packs to a fifth or a tenth

_GZIP = b"\x1f\x8b\x08"
_CHUNK_BYTES = 1 << 16
_PROTOCOLS = ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/2", "HTTP/3"]
_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]


class WarcRecord(NamedTuple):
    """One record: ``block`` is what follows its header, None if that is longer than MAX_BLOCK_BYTES."""

    offset: int  # in the file, as it lies on disk
    end: int  # where the next one begins; exact where each record is packed alone
    headers: StatusAndHeaders
    block: bytes | None

    @property
    def type(self) -> str:
        return str(self.headers.get_header("WARC-Type", "")).lower()

    def header(self, name: str) -> str | None:
        found = self.headers.get_header(name)
        return None if found is None else str(found)


class Damage(NamedTuple):
    """A place where no record can be read."""

    offset: int
    reason: str
    is_end: bool  # it was looked: no record follows


class _DamageError(Exception):
    """No record can be read here."""


class _BombError(_DamageError):
    """Nor should anything be read that follows."""


def read_records(path: Path, start: int = 0) -> Iterator[WarcRecord | Damage]:
    """Yield the records from offset ``start`` on, in order, and where there is none, what is wrong.

    Raises:
        OSError: If the file cannot be read.
    """
    with path.open("rb") as file:
        position: int | None = start
        for _ in range(MAX_DAMAGE):
            reader = _Reader(file, position or 0)
            try:
                yield from reader.records()
            except _BombError as error:
                yield Damage(reader.good_until, f"{error}; the rest is not read", is_end=False)
                return
            except (_DamageError, zlib.error) as error:
                position = _next_start(file, reader.good_until + 1)
                yield Damage(reader.good_until, " ".join(str(error).split()), is_end=position is None)
            else:
                return
            if position is None:
                return
        more = f"more than {MAX_DAMAGE} damaged places; the rest is not read"
        yield Damage(position or 0, more, is_end=False)


def read_record(path: Path, offset: int) -> WarcRecord | None:
    """Return the record that begins at ``offset``, or None if none does."""
    first = next(read_records(path, offset), None)
    return first if isinstance(first, WarcRecord) and first.offset == offset else None


def http_parts(block: bytes) -> tuple[StatusAndHeaders, bytes]:
    """Return status line with headers, and body, of an HTTP message.

    Raises:
        ValueError: If it is none.
    """
    stream = BytesIO(block)
    try:
        headers = StatusAndHeadersParser(_PROTOCOLS).parse(stream)
    except (EOFError, StatusAndHeadersParserException) as error:
        raise ValueError("no HTTP message") from error
    return headers, block[stream.tell() :]


class _Reader:
    """What a file holds, unpacked, as warcio's parsers read it."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        file.seek(start)
        self._file = file
        self._is_packed = file.read(2) == _GZIP[:2]
        file.seek(start)
        self._packed = b""  # read, not yet unpacked
        self._buffer = b""
        self._decoder: zlib._Decompress | None = None
        self._member_start = start
        self._of_member = 0  # bytes of it that were taken out of the buffer
        self._start = start
        self._unpacked = 0
        self._of_this_member = 0  # unpacked bytes
        self.good_until = start  # where the last whole record ended

    def records(self) -> Iterator[WarcRecord]:
        while self._skip_blank_lines():
            offset = self._offset()
            self.good_until = offset
            yield self._record(offset)

    def _record(self, offset: int) -> WarcRecord:
        header_reader = LimitReader(self, MAX_HEADER_BYTES)
        try:
            headers = StatusAndHeadersParser(_VERSIONS).parse(header_reader)
        except (EOFError, StatusAndHeadersParserException) as error:
            raise _DamageError("no WARC record begins here") from error
        if header_reader.limit <= 0:
            raise _BombError(f"a record's header is longer than {MAX_HEADER_BYTES:,} bytes")
        length = str(headers.get_header("Content-Length", "")).strip()
        if not (length.isascii() and length.isdecimal() and len(length) < 16):
            raise _DamageError("a record that does not tell its length")
        block = self._block(int(length))
        self._end_record()
        self.good_until = self._offset()
        return WarcRecord(offset, self.good_until, headers, block)

    def _block(self, length: int) -> bytes | None:
        keeps = length <= MAX_BLOCK_BYTES
        parts, missing = [], length
        while missing:
            part = self.read(min(missing, 1 << 20))
            if not part:
                raise _DamageError("the file ends in the middle of a record")
            missing -= len(part)
            if keeps:
                parts.append(part)
        return b"".join(parts) if keeps else None

    def read(self, size: int) -> bytes:
        """Return at least one of the next ``size`` bytes; none at the end of the file."""
        if not self._buffer and not self._fill():
            return b""
        return self._take(min(size, len(self._buffer)))

    def readline(self, limit: int = MAX_LINE_BYTES) -> bytes:
        """Return the bytes up to the next line end and with it, or up to the end of the file."""
        line = b""
        while not line.endswith(b"\n") and len(line) < limit and (self._buffer or self._fill()):
            if len(line) > MAX_LINE_BYTES:
                raise _BombError(f"a header line is longer than {MAX_LINE_BYTES:,} bytes")
            end = self._buffer.find(b"\n") + 1 or len(self._buffer)
            line += self._take(min(end, limit - len(line), MAX_LINE_BYTES))
        return line

    def _take(self, size: int) -> bytes:
        taken, self._buffer = self._buffer[:size], self._buffer[size:]
        self._of_member += size
        return taken

    def _skip_blank_lines(self) -> bool:
        """Pass over line ends; return whether anything follows."""
        while self._buffer or self._fill():
            self._take_line_ends()
            if self._buffer:
                return True
        return False

    def _end_record(self) -> None:
        """Pass over the line ends behind a record and the checksum of its gzip member, into no other one."""
        self._take_line_ends()
        while not self._buffer and self._decoder is not None and not self._decoder.eof and self._has_packed():
            self._unpack()
            self._take_line_ends()

    def _take_line_ends(self) -> None:
        self._take(len(self._buffer) - len(self._buffer.lstrip(b"\r\n")))

    def _offset(self) -> int:
        """Return where in the file that lies which comes next."""
        if not self._is_packed:
            return self._start + self._of_member
        if not self._buffer and (self._decoder is None or self._decoder.eof):
            return self._file.tell() - len(self._packed)
        if self._of_member == 0:
            return self._member_start
        return self._start + self._unpacked - len(self._buffer)  # all in one gzip: no place of its own

    def _fill(self) -> bool:
        if not self._is_packed:
            self._buffer = self._file.read(_CHUNK_BYTES)
            return bool(self._buffer)
        while not self._buffer and self._has_packed():
            self._unpack()
        return bool(self._buffer)

    def _has_packed(self) -> bool:
        if not self._packed:
            self._packed = self._file.read(_CHUNK_BYTES)
        if not self._packed and self._decoder is not None and not self._decoder.eof:
            raise _DamageError("the file ends in the middle of a record")
        return bool(self._packed)

    def _unpack(self) -> None:
        if self._decoder is None or self._decoder.eof:
            self._begin_member()
        decoder = self._decoder
        assert decoder is not None  # noqa: S101 - for the type checker
        self._buffer = decoder.decompress(self._packed, 1 << 20)
        self._packed = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
        self._unpacked += len(self._buffer)
        self._of_this_member += len(self._buffer)
        read = self._file.tell() - self._member_start
        if self._of_this_member > RATIO_FROM_BYTES and self._of_this_member > MAX_RATIO * read:
            raise _BombError(f"unpacks to more than {MAX_RATIO} times its size")

    def _begin_member(self) -> None:
        self._member_start = self._file.tell() - len(self._packed)
        if len(self._packed) < 3:
            self._packed += self._file.read(_CHUNK_BYTES)
        if not _GZIP.startswith(self._packed[:3]):
            raise _DamageError("no gzip data here")
        self._decoder, self._of_member, self._of_this_member = zlib.decompressobj(31), 0, 0


def _next_start(file: BinaryIO, position: int) -> int | None:
    """Return the next offset from ``position`` on where a record seems to begin."""
    file.seek(0)
    mark = _GZIP if file.read(2) == _GZIP[:2] else b"WARC/1."
    file.seek(position)
    tail = b""
    while chunk := file.read(1 << 20):
        base = position - len(tail)
        window = tail + chunk
        found = window.find(mark)
        while found >= 0:
            if _begins_record(file, base + found):
                return base + found
            found = window.find(mark, found + 1)
        position += len(chunk)
        file.seek(position)
        tail = window[-(len(mark) - 1) :]
    return None


def _begins_record(file: BinaryIO, offset: int) -> bool:
    file.seek(offset)
    start = file.read(512)
    if start.startswith(_GZIP):
        try:
            start = zlib.decompressobj(31).decompress(start, 64)
        except zlib.error:
            return False
    return start.startswith(b"WARC/1.")
