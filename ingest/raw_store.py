"""Where documents lie on disk and how they are told apart: the only code that knows the layout of data/raw/.

    *.txt            one article each, plain text
    *.html *.htm     one article each, a web page
    *.jsonl          one article a line
    *.json           one article, or a list of them
    *.warc *.warc.gz the archive of what was fetched, or another's (warc.py)

in folders of any depth and name. README.md, hidden files and all other suffixes are passed over; a file that
is named outright is read whatever its suffix, as is standard input, by the look of its content. The order is
that of the sorted paths, so that it is the same on every machine; WARC files come last and the latest of
them first, so that of several versions of an article the last one is met first.
"""

from __future__ import annotations

import json
import os
import re
import sys
from codecs import BOM_UTF8
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from ingest.decode import MAX_BYTES
from ingest.media import Kind
from ingest.warc import is_warc, read_warc
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument, Rejection

STANDARD_INPUT = "-"
NO_ARTICLES = "no articles here; they end in .txt, .html, .htm, .json, .jsonl, .warc or .warc.gz"

KINDS: dict[str, Kind] = {
    ".txt": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".json": "application/json",
    ".jsonl": "application/json",
}

_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')  # how no article in plain text begins


def find_files(paths: Iterable[str]) -> list[str]:
    """Return the files of documents at ``paths`` and in the folders among them: each once, in order.

    Raises:
        ArticleError: If one of ``paths`` does not exist or is a folder that cannot be listed.
    """
    found: dict[str, None] = {}
    for given in paths:
        if given not in ("", STANDARD_INPUT) and Path(given).is_dir():
            found.update(dict.fromkeys(_files_in(given)))
        elif given == STANDARD_INPUT or (given and Path(given).exists()):
            found[given if given == STANDARD_INPUT else str(Path(given))] = None
        else:
            raise ArticleError(given or "''", "no such file or folder")
    archived = sorted(filter(is_warc, found), reverse=True)
    return [*(file for file in found if not is_warc(file)), *archived]


def read_documents(
    files: Sequence[str], wanted: Collection[str] | None = None
) -> Iterator[RawDocument | Rejection]:
    """Yield the documents in ``files``; a Rejection for what cannot be read.

    Args:
        files: As find_files gives them; all of a run, because names are told apart among them.
        wanted: Those of them to read, as they are named in messages. None: all.
    """
    names = names_of(files)
    for file in files:
        if wanted is not None and readable(file) not in wanted:
            continue
        try:
            yield from _documents_in(file, names[file])
        except OSError as error:
            yield Rejection(readable(file), f"cannot be read: {error.strerror or error}")


def names_of(files: Sequence[str]) -> dict[str, str]:
    """Return a name for each file: its stem or, where several share one, the end of its path that is its own.

    It depends on the set of files, not on their order: a/1.txt and b/1.txt are "a/1.txt" and "b/1.txt".
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for file in files:
        if not is_warc(file):  # what lies in these is known by its address
            groups[Path(file).stem].append(file)
    return {file: readable(Path(file).stem) for file in files if is_warc(file)} | {
        file: readable(stem if len(group) == 1 else _tail(file, group))
        for stem, group in groups.items()
        for file in group
    }


def _tail(file: str, group: Sequence[str]) -> str:
    deepest = max(len(Path(other).absolute().parts) for other in group)
    for length in range(1, deepest):
        tails = {other: "/".join(Path(other).absolute().parts[-length:]) for other in group}
        if Counter(tails.values())[tails[file]] == 1:
            return tails[file]
    return file


def _files_in(folder: str) -> Iterator[str]:
    def complain(error: OSError) -> None:
        raise ArticleError(str(error.filename), f"cannot be read: {error.strerror}") from error

    for parent, folders, files in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if (
                (path.suffix.lower() in KINDS or is_warc(name))
                and not name.startswith(".")
                and (path.is_file() or (path.is_symlink() and not path.exists()))  # a link to nothing is told
            ):
                yield str(path)


def _documents_in(file: str, name: str) -> Iterator[RawDocument | Rejection]:
    if file == STANDARD_INPUT:
        body = sys.stdin.buffer.read()
        name = f"stdin-{sha256(body).hexdigest()[:12]}"  # so that one text never takes another's place
        yield from _of_any_kind(BytesIO(body), "standard input", name, None)
        return
    place = readable(file)
    if is_warc(file):
        yield from read_warc(Path(file), place)
        return
    suffix = Path(file).suffix.lower()
    with Path(file).open("rb") as stream:
        if suffix == ".jsonl":
            yield from _lines(stream, place, name)
        else:
            yield from _of_any_kind(stream, place, name, KINDS.get(suffix))


def _of_any_kind(
    stream: BinaryIO, place: str, name: str, kind: Kind | None
) -> Iterator[RawDocument | Rejection]:
    if not stream.seekable():
        stream = BytesIO(stream.read())
    if kind is None:
        kind = kind_of(stream.read(1000))
        stream.seek(0)
    if kind == "application/json":
        yield from _json(stream, place, name)
    else:
        yield RawDocument(name, place, kind, stream.read(MAX_BYTES + 1))


def _json(stream: BinaryIO, place: str, name: str) -> Iterator[RawDocument | Rejection]:
    """Yield what is an object a line, or one object or a list of them, over as many lines as they like."""
    first = next(filter(bytes.strip, iter(partial(stream.readline, MAX_BYTES + 1), b"")), b"")
    stream.seek(0)
    if not first or _looks_whole(first):
        yield from _lines(stream, place, name)
        return
    body = stream.read(MAX_BYTES + 1)
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        given = None  # parse.py says what is wrong, and where
    if not isinstance(given, list):
        yield RawDocument(f"{name}#1", place, "application/json", body)
        return
    if not given:
        yield Rejection(place, "the list is empty")
    for number, one in enumerate(given, start=1):
        yield RawDocument(
            f"{name}#{number}", f"{place}:{number}", "application/json", json.dumps(one).encode()
        )


def _looks_whole(line: bytes) -> bool:
    line = line.removeprefix(BOM_UTF8).strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _lines(stream: BinaryIO, file: str, name: str) -> Iterator[RawDocument | Rejection]:
    record = number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        whole = line
        while len(whole) > MAX_BYTES and not whole.endswith(b"\n"):
            whole = stream.readline(MAX_BYTES + 1) or b"\n"
        if line.strip():
            record += 1
            yield RawDocument(f"{name}#{record}", f"{file}:{number}", "application/json", line)
    if not record:
        yield Rejection(file, "the file is empty")


def readable(name: str) -> str:
    """Return the name of a file as it can be written anywhere."""
    # The bytes of a file's name need not be UTF-8, and what is made of such a name can be written nowhere.
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def kind_of(start: bytes) -> Kind:
    """Return what begins like this: a web page, articles in JSON or, failing these, plain text."""
    start = start.removeprefix(BOM_UTF8).lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")):
        return "text/html"
    return "application/json" if _JSON.match(start) else "text/plain"
