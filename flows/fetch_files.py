"""Folders and WARC files of others -> archive: what is new in them, so that all can be replayed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from flows.fetch_tally import FetchTally
from ingest.archive import Archive
from ingest.raw_store import find_files, read_documents
from ingest.warc import document_in, is_warc
from ingest.warc_records import Damage, read_records
from newsgraph.errors import ArticleError
from newsgraph.fetched import Source
from newsgraph.records import RawDocument, Rejection


def is_wanted(source: Source, address: str) -> bool:
    """Do the patterns of ``source`` let this address through?"""
    if source.include and not any(re.search(pattern, address) for pattern in source.include):
        return False
    return not any(re.search(pattern, address) for pattern in source.exclude)


def patterns_mark(source: Source) -> str:
    """Return what changes when a source's patterns do: what was passed over before may be wanted now."""
    return repr((source.include, source.exclude))


def bring_files(source: Source, archive: Archive, tally: FetchTally) -> None:
    """Keep what is new in the files of a folder or WARC source."""
    bring = _bring_file if source.kind == "folder" else _bring_warc
    for file in _files(source, tally):
        try:
            key, mark = f"file:{source.name}:{file}", _mark(file, source)
            count = archive.index.dealt_with(key, mark)
            if count is not None:
                tally.count(source, listed=count)
                continue
            listed = bring(file, source, archive, tally)
        except OSError as error:
            tally.fail(source, file, f"cannot be read: {error.strerror or error}")
            continue
        if listed is not None:
            archive.index.set_dealt_with(key, mark, listed)
        if _is_full(source, tally):
            tally.note_full(source)
            return


def _files(source: Source, tally: FetchTally) -> Iterator[str]:
    path = source.path or ""
    try:
        files = find_files([path]) if source.kind == "folder" else sorted(glob(path))  # noqa: PTH207 - absolute
    except ArticleError as error:
        tally.fail(source, error.place, error.reason)
        return
    if not files:
        tally.fail(source, path, "no such file" if source.kind == "warc" else "no articles here")
    for file in files:
        if source.kind == "warc" or (is_wanted(source, file) and not is_warc(file)):
            yield file


def _mark(file: str, source: Source) -> str:
    stat = Path(file).stat()
    return f"{stat.st_size} {stat.st_mtime_ns} {patterns_mark(source)}"


def _is_full(source: Source, tally: FetchTally) -> bool:
    return tally.new_of(source) >= source.max_new


def _bring_file(file: str, source: Source, archive: Archive, tally: FetchTally) -> int | None:
    """Keep the documents in a file; return how many there are, None if not all were dealt with."""
    listed = 0
    is_whole = True
    for number, raw in enumerate(read_documents([file]), start=1):
        if _is_full(source, tally):
            return None
        if isinstance(raw, Rejection):
            tally.fail(source, raw.place, raw.reason)
            is_whole = False
            continue
        listed += 1
        uri = Path(file).absolute().as_uri() + (f"#{number}" if raw.media_type == "application/json" else "")
        notes = {"source": source.name, "name": f"{source.name}/{raw.name}"}
        notes |= {"publisher": source.publisher or "", "language": source.language or ""}
        kept = archive.add_resource(uri, raw.media_type, raw.body, notes)
        tally.count(source, listed=1, new=kept is not None, unchanged=kept is None)
    return listed if is_whole else None


def _bring_warc(file: str, source: Source, archive: Archive, tally: FetchTally) -> int | None:
    listed = 0
    notes = {"source": source.name, "publisher": source.publisher, "language": source.language}
    for found in read_records(Path(file)):
        place = f"{file}:{found.offset}"
        if isinstance(found, Damage):
            tally.fail(source, place, f"damaged WARC file: {found.reason}")
            continue
        try:
            document = document_in(found, place)
        except ArticleError as error:
            tally.fail(source, place, str(error))
            continue
        if document is None or document.url is None or not is_wanted(source, document.url):
            continue
        if _is_full(source, tally):
            return None
        listed += 1
        is_new = not _is_known(document, archive)
        if is_new:
            archive.add_copy(found, notes)
        tally.count(source, listed=1, new=is_new)
    return listed


def _is_known(document: RawDocument, archive: Archive) -> bool:
    kept = archive.settled(document.url or "")
    return kept is not None and (document.fetched is None or kept.at >= document.fetched)
