"""The articles that were set aside, with the reason, in data/graph/set-aside.jsonl: one JSON object a line.

A run over some paths replaces what earlier runs said about these paths, so an article that is mended, or
gone, leaves the list. The only code that knows this file.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsgraph.codec import from_json, to_json
from newsgraph.errors import RecordError, StoreError
from newsgraph.records import Rejection

FILE_NAME = "set-aside.jsonl"


def read_set_aside(graph_dir: Path) -> list[Rejection]:
    """Return what is set aside, ordered by place."""
    path = graph_dir / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(graph_dir, f"{FILE_NAME} cannot be read: {error}") from error
    return [rejection for line in lines for rejection in _parsed(line)]


def replace_set_aside(graph_dir: Path, paths: Sequence[str], rejected: Iterable[Rejection]) -> None:
    """Make ``rejected`` all that is set aside of what lies at or under ``paths``; keep the rest."""
    try:
        graph_dir.mkdir(parents=True, exist_ok=True)
        with _locked(graph_dir):
            kept = [old for old in read_set_aside(graph_dir) if not _lies_under(old.place, paths)]
            _write(graph_dir / FILE_NAME, {each.place: each for each in (*kept, *rejected)})
    except OSError as error:
        raise StoreError(graph_dir, f"{FILE_NAME} cannot be written: {error.strerror or error}") from error


def _lies_under(place: str, paths: Sequence[str]) -> bool:
    file, _, line = place.rpartition(":")
    return any(Path(file if line.isdigit() else place).is_relative_to(path) for path in paths)


def _write(path: Path, by_place: dict[str, Rejection]) -> None:
    if not by_place and not path.exists():
        return
    fresh = path.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as file:
        for place in sorted(by_place):
            file.write(json.dumps(to_json(by_place[place]), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _parsed(line: str) -> Iterator[Rejection]:
    try:
        yield from_json(Rejection, json.loads(line))
    except (RecordError, ValueError):
        return  # somebody's edit: the next run over that article tells again


@contextmanager
def _locked(graph_dir: Path) -> Iterator[None]:
    with (graph_dir / "set-aside.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
