"""A large change of the store, written down before it is made, so that it is made wholly or not at all.

Oxigraph takes in many quads several times as fast outside of a transaction as inside one. So a large change
is first put on the disk, in ``pending/``, whole; then it is made; then ``pending/`` goes. Who opens the store
for writing makes what is pending once more: to delete and to insert the same quads again changes nothing.
Readers see none of it before the snapshot that follows.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from pyoxigraph import Quad, RdfFormat, Store, parse, serialize

from graph.collecting import give_back
from graph.giving_way import merging_gives_way, wait_for_merging
from newsgraph.disk import to_disk
from newsgraph.errors import StoreError

if TYPE_CHECKING:
    from graph.changes import Changes

PENDING, UNFINISHED = "pending", "pending.new"
DELETE, INSERT = "delete.ru", "insert*.trig"
FORMAT = RdfFormat.TRIG  # half as long as N-Quads, and no slower to read
LARGE = 2_000  # quads to insert; below that, one transaction is as fast
LOADED = 600_000  # quads at once, a new file in each table; of more Oxigraph takes more memory, 0.8 kB each


class Pile:
    """Quads to insert, once all that goes has been deleted: of many, only the last are in memory.

    A batch of 5,000 articles has four and a half million; held in memory they would take gigabytes.
    """

    def __init__(self, graph_dir: Path) -> None:
        self._folder = graph_dir / UNFINISHED
        self._few: list[Quad] = []  # what is not in the file
        self._packed: list[bytes] = []  # likewise
        self.waiting = 0  # quads that are not in the file
        self._written = 0

    @property
    def is_large(self) -> bool:
        """Say whether there is a file."""
        return self._written > 0

    @property
    def few(self) -> list[Quad]:
        """What is not in a file."""
        return [*self._few, *(quad for packed in self._packed for quad in unpacked(packed))]

    def put(self, quads: Iterable[Quad]) -> None:
        quads = iter(quads)
        while more := list(islice(quads, max(1, LARGE))):
            self._few += more
            self._waits(len(more))

    def put_packed(self, packed: bytes, count: int) -> None:
        """Take quads that were packed before, and how many they are."""
        self._packed.append(packed)
        self._waits(count)

    def _waits(self, count: int) -> None:
        self.waiting += count
        if self.waiting >= LARGE:
            self.write()

    def write(self) -> Path:
        """Put into files what is not in one, and return their folder."""
        if not self._written:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir()
        elif not self.waiting:
            return self._folder
        with (self._folder / INSERT.replace("*", f"-{self._written // LOADED:04}")).open("ab") as file:
            serialize(self._few, file, FORMAT)
            file.writelines(map(zlib.decompress, self._packed))
        self._written += max(1, self.waiting)
        self._few, self._packed, self.waiting = [], [], 0
        return self._folder


def packed(quads: list[Quad]) -> bytes:
    """Return quads as a pile takes them: the journal's own text, zlib's fastest."""
    return zlib.compress(serialize(quads, format=FORMAT) or b"", level=1)


def unpacked(text: bytes) -> Iterator[Quad]:
    """Return the quads that :func:`packed` was given."""
    return parse(zlib.decompress(text), format=FORMAT)


def make(graph_dir: Path, store: Store, changes: Changes, *, goes_on: bool = False) -> None:
    """Make a change, all or nothing, whatever is killed when; ``goes_on`` as for :func:`apply`."""
    if not changes.is_large and len(changes.insert) < LARGE:
        store.update(changes.text())
        return
    _write_down(graph_dir, changes)
    apply(store, graph_dir / PENDING, goes_on=goes_on)
    _end(graph_dir, store)


def make_at_once(graph_dir: Path, store: Store, changes: Changes) -> None:
    """Make a change where nobody minds half of one."""
    folder = _written(graph_dir, changes)
    apply(store, folder, goes_on=True)
    shutil.rmtree(folder)


def apply(store: Store, folder: Path, *, goes_on: bool = False) -> None:
    """Make the change that is written down in a folder.

    Args:
        store: The database.
        folder: Where it is written down.
        goes_on: Another large change follows. Else what is left to be merged is waited for, as long as the
            loading took at most: readers would find it unmerged until the next one.
    """
    with (folder / DELETE).open(encoding="utf-8", newline="\n") as deletions:
        for update in deletions:
            store.update(update)
    merging_gives_way()
    began, files = monotonic(), _insertions(folder)
    for path in files:  # one after the other: meanwhile the database merges on another core what came before
        # Leniently: these are IRIs that were checked when they were made.
        store.bulk_load(path=path, format=RdfFormat.from_extension(path.suffix[1:]), lenient=True)
    if len(files) > 1 and not goes_on:
        wait_for_merging(monotonic() - began)


def finish(graph_dir: Path, store: Store) -> None:
    """Make what a killed writer had written down.

    Raises:
        StoreError: If that is damaged.
    """
    pending = graph_dir / PENDING
    if pending.exists():
        try:
            apply(store, pending)
        except (FileNotFoundError, ValueError, SyntaxError) as error:
            reason = f"{PENDING}/, a change that a killed run began, is damaged ({error})"
            raise StoreError(graph_dir, f"{reason}; run 'newsgraph rebuild'") from None
        _end(graph_dir, store)
    shutil.rmtree(graph_dir / UNFINISHED, ignore_errors=True)


def settle(graph_dir: Path, live: Path) -> bool:
    """Finish or forget what is pending before a rebuild; return whether the database can be trusted."""
    if not live.exists():
        forget(graph_dir)  # it was to change a database that is gone
    if not (graph_dir / PENDING).exists():
        return True
    try:
        finish(graph_dir, Store(live))
    except (OSError, RuntimeError, StoreError):
        forget(graph_dir)
        return False
    return True


def forget(graph_dir: Path) -> None:
    """Let nothing be pending.

    At once: of a change that is half deleted the deletions could be made again without the insertions.
    """
    unfinished = graph_dir / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    with suppress(FileNotFoundError):
        (graph_dir / PENDING).rename(unfinished)
        to_disk(graph_dir)
    shutil.rmtree(unfinished, ignore_errors=True)


def _write_down(graph_dir: Path, changes: Changes) -> None:
    folder = _written(graph_dir, changes)
    for path in (folder / DELETE, *_insertions(folder), folder):
        to_disk(path)
    folder.rename(graph_dir / PENDING)
    to_disk(graph_dir)


def _insertions(folder: Path) -> list[Path]:
    return sorted(folder.glob("insert*"))  # earlier versions wrote N-Quads


def _written(graph_dir: Path, changes: Changes) -> Path:
    pile = Pile(graph_dir) if changes.pile is None else changes.pile
    pile.put(changes.insert)
    folder = pile.write()
    with (folder / DELETE).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{update} ;\n" for update in changes.deletions())
    changes.clear()
    give_back()
    return folder


def _end(graph_dir: Path, store: Store) -> None:
    store.flush()  # what was deleted must be on the disk, too, before nothing is pending any more
    forget(graph_dir)
