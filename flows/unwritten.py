"""What a run has read and not yet written: data/graph/unwritten/RUN/, so that nothing is read twice.

Reading is dear and writing is best done in large portions (graph/portions.py), so what was read waits on the
disk, a file for each batch. A run holds its folder; what lies in one that nobody holds was left by a run that
was killed, and the next one writes it.
"""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from graph.kept import read_in
from graph.prepared import Prepared, prepare
from graph.store import RunInfo
from newsgraph.codec import from_json, json_text
from newsgraph.disk import write_whole
from newsgraph.errors import RecordError, StoreError

Kept = tuple[str, str]  # text version, digest of what was read in it

FOLDER, RUN_FILE, BATCH = "unwritten", "run.json", "{:06}.json.gz"
_END_OF_LINE = gzip.compress(b"\n", mtime=0)


class Unwritten:
    """Keeps what a run reads until it is written."""

    def __init__(self, graph_dir: Path, run: RunInfo) -> None:
        self._graph_dir, self._folder = graph_dir, graph_dir / FOLDER / run.id
        self._run = run
        self._claim: int | None = None
        self._count = 0

    def close(self) -> None:
        """Let the next run write what is kept still."""
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None

    def keep(self, ready: Sequence[Prepared], instead_of: Collection[Kept] | None = None) -> None:
        """Put what was read in a batch on the disk.

        Args:
            ready: What was read.
            instead_of: The readings that alone it may replace; None: any.

        Raises:
            StoreError: If it cannot be written.
        """
        try:
            if self._count == 0:
                self._folder.mkdir(parents=True)
                self._claim = _claimed(self._folder)
                (self._folder / RUN_FILE).write_text(json_text(self._run), "utf-8")
            self._count += 1
            replaced = None if instead_of is None else sorted(instead_of)
            # Of gzip, what stands behind each other is one text: a line for each article, as it will be kept.
            lines = [gzip.compress(f"{json_text(replaced)}\n".encode(), mtime=0)]
            lines += (part for one in ready for part in (one.kept, _END_OF_LINE))
            write_whole(self._folder / BATCH.format(self._count), b"".join(lines), lasting=False)
        except OSError as error:
            reason = f"{FOLDER}/, what was read, cannot be written: {error.strerror}"
            raise StoreError(self._graph_dir, reason) from error

    def again(self) -> list[Prepared]:
        """Return what is kept, made ready once more.

        Raises:
            StoreError: If it cannot be read.
        """
        left = _left_in(self._folder)
        if left is None:
            raise StoreError(self._graph_dir, f"{FOLDER}/, what was read, is damaged; run it once more")
        return left.articles

    def is_written(self) -> None:
        """Forget what was kept: it is in the graph."""
        if self._claim is not None:
            _forget(self._folder)
            self.close()
            self._count = 0


class Left(NamedTuple):
    """What a killed run had read and not written."""

    run: RunInfo
    articles: list[Prepared]
    instead_of: set[Kept] | None  # what it may replace; None: anything


def left_behind(graph_dir: Path) -> Iterator[Left]:
    """Yield what runs that were killed have left, each of which is forgotten when the next one is asked for.

    What cannot be read is left out: its articles are read again.
    """
    for file in sorted((graph_dir / FOLDER).glob(f"*/{RUN_FILE}")):
        folder = file.parent
        if (claim := _claimed(folder)) is None:
            continue  # its run is under way, or another has just written it
        try:
            if (left := _left_in(folder)) is not None:
                yield left
            _forget(folder)
        finally:
            os.close(claim)


def _left_in(folder: Path) -> Left | None:
    with suppress(OSError, ValueError, KeyError, TypeError, RecordError):
        run = from_json(RunInfo, json.loads((folder / RUN_FILE).read_text("utf-8")))
        batches = [one for file in sorted(folder.glob("*.json.gz")) if (one := _batch_in(file)) is not None]
        articles = [one for some, _ in batches for one in some]
        replaced = [some for _, some in batches if some is not None]
        return Left(run, articles, set().union(*replaced) if replaced else None)
    return None


def _batch_in(file: Path) -> tuple[list[Prepared], set[Kept] | None] | None:
    try:
        first, *others = gzip.decompress(file.read_bytes()).splitlines()
        replaced = json.loads(first)
        articles = [prepare(*read_in(line)) for line in others]
        return articles, None if replaced is None else {(version, digest) for version, digest in replaced}
    except (OSError, EOFError, ValueError, KeyError, TypeError, RecordError):
        return None


def _claimed(folder: Path) -> int | None:
    """Return a descriptor that holds the folder until it is closed; None if somebody else does, or did."""
    try:
        claim = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(claim)
        return None
    return claim


def _forget(folder: Path) -> None:
    for batch in sorted(folder.glob("*.json.gz")):  # before what names them, so that nobody forgets the rest
        batch.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # others are in it
        folder.parent.rmdir()
