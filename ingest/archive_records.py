"""The records of the archive, as WARC writes them and as its index tells of them. Pure, but for their ids.

What a source says of a page goes with the record, in header fields of our own (warc.py, NOTES), so that the
WARC files alone say all that the index does.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO
from typing import NamedTuple
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from ingest.addresses import canonical_url
from ingest.archive_index import Index, Kept
from ingest.warc import NOTES, SOFTWARE, fetched_at
from ingest.warc_records import WarcRecord, http_parts
from ingest.web import Answer
from newsgraph import __version__

INDEXED = ("response", "revisit", "resource")

Notes = Mapping[str, str | None]  # what a source says of a record, by the keys of warc.NOTES

_VERSION = "WARC/1.1"
_RESPONSE, _REQUEST = "application/http; msgtype=response", "application/http; msgtype=request"
_SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


class NewRecord(NamedTuple):
    """A record that is to be written, packed alone."""

    headers: StatusAndHeaders
    block: bytes
    packed: bytes


def answer_record(answer: Answer, last: Kept | None, role: str, notes: Notes) -> NewRecord:
    """Return the record of an answer: a revisit if it says the same as the last one that had a body."""
    digest = digest_of(answer.body)
    named = _named(answer) | _noted(role, notes)
    if answer.truncated:
        named["WARC-Truncated"] = answer.truncated
    is_not_modified = answer.status == HTTPStatus.NOT_MODIFIED
    if last is None or not (is_not_modified or (answer.status, digest) == (last.status, last.digest)):
        named["WARC-Payload-Digest"] = digest
        return _new("response", named, answer.head + answer.body, _RESPONSE)
    named["WARC-Profile"] = _NOT_MODIFIED if is_not_modified else _SAME
    named["WARC-Refers-To-Target-URI"] = last.url
    named["WARC-Refers-To-Date"] = _warc_date(last.at)
    named["WARC-Payload-Digest"] = last.digest or digest
    return _new("revisit", named, answer.head, _RESPONSE)


def request_record(answer: Answer) -> NewRecord:
    """Return the record of what was asked to get an answer."""
    return _new("request", _named(answer), answer.request, _REQUEST)


def resource_record(uri: str, at: datetime, media_type: str, body: bytes, notes: Notes) -> NewRecord:
    """Return the record of what came from a file."""
    named = {"WARC-Target-URI": uri, "WARC-Date": _warc_date(at), "WARC-Payload-Digest": digest_of(body)}
    return _new("resource", named | _noted("article", notes), body, media_type)


def copy_record(record: WarcRecord, notes: Notes) -> NewRecord:
    """Return a response out of another WARC file as it is there, with our notes."""
    named = {str(name): str(value) for name, value in record.headers.headers}
    named.pop("Content-Length", None)
    content_type = named.pop("Content-Type", _RESPONSE)
    return _new("response", named | _noted("article", notes), record.block or b"", content_type)


def info_record(file_name: str, at: datetime) -> NewRecord:
    """Return the record that begins a file."""
    info = f"software: {SOFTWARE}/{__version__}\r\nformat: WARC File Format 1.1\r\n".encode()
    named = {"WARC-Date": _warc_date(at), "WARC-Filename": file_name}
    return _new("warcinfo", named, info, "application/warc-fields")


def kept_of(record: WarcRecord, file: str, index: Index) -> Kept:
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


def _new(kind: str, named: Mapping[str, str], block: bytes, content_type: str) -> NewRecord:
    headers = StatusAndHeaders("", [("WARC-Type", kind), *named.items()], protocol=_VERSION)
    if headers.get_header("WARC-Record-ID") is None:
        headers.add_header("WARC-Record-ID", f"<urn:uuid:{uuid4()}>")
    headers.replace_header("WARC-Block-Digest", digest_of(block))
    # As if it were a kind without HTTP headers: warcio would write them, and take digests, its own way.
    record = ArcWarcRecord("warc", "warcinfo", headers, BytesIO(block), None, content_type, len(block))
    out = BytesIO()
    WARCWriter(out, gzip=True, warc_version=_VERSION).write_record(record)
    return NewRecord(headers, block, out.getvalue())


def _named(answer: Answer) -> dict[str, str]:
    named = {"WARC-Target-URI": answer.url, "WARC-Date": _warc_date(answer.at)}
    return named | ({"WARC-IP-Address": answer.ip} if answer.ip else {})


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


def digest_of(body: bytes) -> str:
    """Return the digest of a body or block, as WARC writes it."""
    return "sha256:" + b32encode(sha256(body).digest()).decode()


def _warc_date(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
