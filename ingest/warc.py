"""WARC files (ISO 28500) -> documents: our own archive, and others' such as Common Crawl's CC-NEWS.

Our own records say more than the standard asks for, in header fields of the name ``Newsgraph-…`` (NOTES):
what a record is for, and what its source says of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal, cast

from ingest.addresses import canonical_url, host_of
from ingest.decode import MAX_BYTES
from ingest.media import Kind, charset_of, media_type_of, readable_kind
from ingest.unpack import unpack
from ingest.warc_records import Damage, WarcRecord, http_parts, read_records
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument, Rejection

SOFTWARE = "newsgraph"  # begins the names of our own files
Role = Literal["article", "listing", "robots"]
NOTES = {
    "role": "Newsgraph-Role",
    "source": "Newsgraph-Source",
    "publisher": "Newsgraph-Publisher",
    "language": "Newsgraph-Language",
    "published": "Newsgraph-Published",
    "title": "Newsgraph-Title",
    "name": "Newsgraph-Name",
}

_KINDS = ("text/plain", "text/html", "application/json")


def is_warc(name: str) -> bool:
    """Is this the name of a WARC file?"""
    return name.lower().endswith((".warc", ".warc.gz"))


def read_warc(path: Path, place: str) -> Iterator[RawDocument | Rejection]:
    """Yield the pages and texts in a WARC file, plain or packed, in its order; else a Rejection.

    A document's place is ``place:OFFSET`` (of its record in the file), its name is its URL. What is no page
    or text, no answer with status 200 or a revisit of what came before is passed over; so is a torn end of
    our own archive: somebody may be writing it just now, or else the next ``newsgraph fetch`` mends it.

    Raises:
        OSError: If the file cannot be read.
    """
    is_ours = path.name.startswith(f"{SOFTWARE}-")
    for found in read_records(path):
        where = f"{place}:{found.offset}"
        if isinstance(found, Damage):
            if not (found.is_end and is_ours):
                yield Rejection(where, f"damaged WARC file: {found.reason}")
            continue
        try:
            document = document_in(found, where)
        except ArticleError as error:
            source = found.header(NOTES["publisher"]) or host_of(error.place)
            yield Rejection(where, error.reason, error.place, source)
            continue
        if document is not None:
            yield document


def document_in(record: WarcRecord, place: str) -> RawDocument | None:
    """Return the article in a record, or None if it holds none.

    Raises:
        ArticleError: If it should hold one that cannot be read; its place is the article's address.
    """
    if record.header(NOTES["role"]) not in (None, "article"):
        return None
    if record.type == "response":
        return _page(record, place)
    if record.type == "resource":
        return _resource(record, place)
    return None


def fetched_at(record: WarcRecord) -> datetime | None:
    """Return when a record was captured, UTC; None if it does not say."""
    with suppress(ValueError):
        given = datetime.fromisoformat(str(record.header("WARC-Date") or ""))
        return given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    return None


def _page(record: WarcRecord, place: str) -> RawDocument | None:
    if record.block is None:
        return None
    try:
        url = canonical_url(record.header("WARC-Target-URI") or "")
        headers, body = http_parts(record.block)
    except ValueError:
        return None  # an answer of another protocol
    content_type = headers.get_header("Content-Type")
    if headers.get_statuscode() != "200" or url.endswith("/robots.txt"):
        return None
    try:
        body = unpack(body, headers.get_header("Content-Encoding"), MAX_BYTES)
        kind = readable_kind(content_type, body)
    except ValueError as error:
        if media_type_of(content_type) in _KINDS:
            raise ArticleError(url, str(error)) from error
        return None
    _check_whole(record, url)
    return _document(record, place, kind, body, url=url, charset=charset_of(content_type))


def _resource(record: WarcRecord, place: str) -> RawDocument | None:
    kind = media_type_of(record.header("Content-Type"))
    if kind not in _KINDS or record.block is None:
        return None
    return _document(record, place, cast("Kind", kind), record.block)


def _document(
    record: WarcRecord,
    place: str,
    kind: Kind,
    body: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> RawDocument:
    published = None
    with suppress(ValueError):
        published = date.fromisoformat(record.header(NOTES["published"]) or "")
    return RawDocument(
        url or record.header(NOTES["name"]) or record.header("WARC-Target-URI") or place,
        place,
        kind,
        body,
        url=url,
        fetched=fetched_at(record),
        charset=charset,
        publisher=record.header(NOTES["publisher"]),
        language=record.header(NOTES["language"]),
        published=published,
        title=record.header(NOTES["title"]),
    )


def _check_whole(record: WarcRecord, url: str) -> None:
    if (why := record.header("WARC-Truncated")) is not None:
        raise ArticleError(url, f"only a part of the page was kept ({why[:20]})")
