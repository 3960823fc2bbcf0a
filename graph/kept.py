"""The kept extractions under data/graph/extractions/: what the graph was built from.

One gzipped JSON file for each text version, named by the version and by its own content, so that a file that
a killed run left behind never stands for what the graph holds.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
from hashlib import sha256
from pathlib import Path

from newsgraph.codec import from_json, json_text, to_json
from newsgraph.disk import write_whole
from newsgraph.errors import RecordError, StoreError
from newsgraph.records import Article, Extraction

_BEGIN = '{"article":'  # of each file: its keys are sorted


def packed(article: Article, extraction: Extraction) -> tuple[str, bytes]:
    """Return the digest of what is kept of an article, and the content of its file."""
    payload = _payload(article, extraction)
    return sha256(payload).hexdigest()[:16], gzip.compress(payload, compresslevel=6, mtime=0)


def read_in(line: bytes, *, words: bool = True) -> tuple[Article, Extraction]:
    """Return what :func:`packed` was given, of its content without gzip.

    Args:
        line: That content.
        words: With the words and their trees, of which nothing in a graph is made and which take longest.

    Raises:
        ValueError, KeyError, RecordError: If it is damaged.
    """
    given = json.loads(line)
    if not words:
        given["extraction"].pop("tokens")
    return from_json(Article, given["article"]), from_json(Extraction, given["extraction"])


def write_packed(folder: Path, version_id: str, digest: str, content: bytes) -> None:
    """Write what :func:`packed` returned, unless it is there."""
    path = _path(folder, version_id, digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content, lasting=False)


def read_kept(
    folder: Path, version_id: str, digest: str, *, words: bool = True
) -> tuple[Article, Extraction]:
    """Read back what :func:`write_packed` wrote; ``words`` as for :func:`read_in`.

    Raises:
        StoreError: If the file is missing or damaged.
    """
    path = _path(folder, version_id, digest)
    try:
        return read_in(gzip.decompress(path.read_bytes()), words=words)
    except (OSError, EOFError, ValueError, KeyError, RecordError) as error:
        raise _unreadable(folder, path, error) from error


def all_kept(folder: Path) -> list[tuple[str, str]]:
    """Return version and digest of all that is kept, what was kept last first."""
    by_age = sorted(folder.glob("*/*.json.gz"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    parts = (path.name.removesuffix(".json.gz").partition("-") for path in by_age)
    return [(version_id, digest) for version_id, _, digest in parts]


def delete_kept(folder: Path, version_id: str, digest: str) -> None:
    """Delete what the graph no longer holds."""
    _path(folder, version_id, digest).unlink(missing_ok=True)


def link_kept(folder: Path, target: Path, version_id: str, digest: str) -> None:
    """Let ``target`` have the same file; linked, because it never changes, or else copied."""
    source, copy = _path(folder, version_id, digest), _path(target, version_id, digest)
    copy.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, copy)
    except OSError:
        shutil.copy2(source, copy)


def is_kept(folder: Path, version_id: str, digest: str) -> bool:
    """Say whether there is a file; whether it can be read, :func:`read_kept` finds out."""
    return _path(folder, version_id, digest).is_file()


def _unreadable(folder: Path, path: Path, error: Exception) -> StoreError:
    mend = "'newsgraph rebuild' leaves it out, 'newsgraph ingest' then reads its article again"
    return StoreError(folder.parent, f"the kept extraction {path.name} cannot be read ({error}); {mend}")


def _path(folder: Path, version_id: str, digest: str) -> Path:
    return folder / version_id[:2] / f"{version_id}-{digest}.json.gz"


def _payload(article: Article, extraction: Extraction) -> bytes:
    told = to_json(article)
    if article.fetched is None:
        del told["fetched"]  # what was kept before there was such a thing keeps its name
    return json_text({"article": told, "extraction": extraction}).encode()
