"""The articles that were set aside, with reason and time, in data/graph/set-aside.jsonl: one object a line.

A run over some paths replaces what earlier runs said about these paths, so an article that is mended, or
gone, leaves the list. The only code that knows this file.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from newsgraph.codec import from_json, to_json
from newsgraph.disk import write_whole
from newsgraph.errors import RecordError, StoreError
from newsgraph.records import Rejection

FILE_NAME = "set-aside.jsonl"


@dataclass(frozen=True, slots=True)
class SetAside:
    """An article that waits to be mended."""

    place: str  # the file, with line or record
    reason: str
    since: datetime | None = None  # aware, UTC: when it was first set aside for this reason
    name: str = ""  # its URL or, without one, what it is known by
    source: str = ""  # its publisher or site


def utc_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def read_set_aside(graph_dir: Path) -> list[SetAside]:
    """Return what is set aside, ordered by place."""
    path = graph_dir / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreError(graph_dir, f"{FILE_NAME} cannot be read: {error.strerror or error}") from error
    return [one for line in lines for one in _parsed(line)]


def replace_set_aside(
    graph_dir: Path,
    paths: Sequence[str],
    rejected: Iterable[Rejection],
    *,
    now: Callable[[], datetime] = utc_now,
) -> None:
    """Make ``rejected`` all that is set aside of what lies at or under ``paths``; keep the rest."""
    try:
        graph_dir.mkdir(parents=True, exist_ok=True)
        with _locked(graph_dir):
            before = {one.place: one for one in read_set_aside(graph_dir)}
            after = {place: one for place, one in before.items() if not _lies_under(place, paths)}
            moment = now()
            for one in rejected:
                old = before.get(one.place)
                since = old.since if old and old.reason == one.reason else moment
                after[one.place] = SetAside(one.place, one.reason, since, one.name, one.source)
            if after != before:
                write_whole(graph_dir / FILE_NAME, _written(after))
    except OSError as error:
        raise StoreError(graph_dir, f"{FILE_NAME} cannot be written: {error.strerror or error}") from error


def file_of(place: str) -> str:
    """Return the file of a place: "raw/crawl.jsonl:7" -> "raw/crawl.jsonl"."""
    file, _, line = place.rpartition(":")
    return file if file and line.isdigit() else place


def _lies_under(place: str, paths: Sequence[str]) -> bool:
    return place in paths or any(Path(file_of(place)).is_relative_to(path) for path in paths)


def _written(by_place: dict[str, SetAside]) -> bytes:
    lines = (json.dumps(to_json(by_place[place]), ensure_ascii=False) for place in sorted(by_place))
    return "".join(f"{line}\n" for line in lines).encode()


def _parsed(line: str) -> Iterator[SetAside]:
    try:
        yield from_json(SetAside, json.loads(line))
    except (RecordError, ValueError):
        return  # somebody's edit: the next run over that article tells again


@contextmanager
def _locked(graph_dir: Path) -> Iterator[None]:
    with (graph_dir / "set-aside.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
