"""A large change of the store, written down before it is made, so that it is made wholly or not at all.

Oxigraph takes in many quads several times as fast outside of a transaction as inside one. So a large change
is first put on the disk, in ``pending/``, whole; then it is made; then ``pending/`` goes. Who opens the store
for writing makes what is pending once more: to delete and to insert the same quads again changes nothing.
Readers see none of it before the snapshot that follows.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store, serialize

from newsgraph.disk import to_disk
from newsgraph.errors import StoreError

if TYPE_CHECKING:
    from graph.changes import Changes

PENDING, UNFINISHED = "pending", "pending.new"
DELETE, INSERT = "delete.ru", "insert.nq"
LARGE = 2_000  # quads to insert; below that, one transaction is as fast


def make(graph_dir: Path, store: Store, changes: Changes) -> None:
    """Make a change, all or nothing, whatever is killed when."""
    if len(changes.insert) < LARGE:
        store.update(changes.text())
        return
    _write_down(graph_dir, changes)
    apply(store, changes)
    _end(graph_dir, store)


def apply(store: Store, changes: Changes) -> None:
    """Make a change fast, where nobody minds half of one."""
    if deletions := changes.deletions():
        store.update(deletions)
    store.bulk_extend(changes.insert)


def finish(graph_dir: Path, store: Store) -> None:
    """Make what a killed writer had written down.

    Raises:
        StoreError: If that is damaged.
    """
    pending = graph_dir / PENDING
    if pending.exists():
        try:
            if deletions := (pending / DELETE).read_text("utf-8"):
                store.update(deletions)
            store.bulk_load(path=pending / INSERT, format=RdfFormat.N_QUADS)
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
    """Let nothing be pending."""
    shutil.rmtree(graph_dir / PENDING, ignore_errors=True)


def _write_down(graph_dir: Path, changes: Changes) -> None:
    folder = graph_dir / UNFINISHED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / DELETE).write_text(changes.deletions(), "utf-8")
    serialize(changes.insert, folder / INSERT, RdfFormat.N_QUADS)
    for path in (folder / DELETE, folder / INSERT, folder):
        to_disk(path)
    folder.rename(graph_dir / PENDING)
    to_disk(graph_dir)


def _end(graph_dir: Path, store: Store) -> None:
    store.flush()  # what was deleted must be on the disk, too, before nothing is pending any more
    shutil.rmtree(graph_dir / PENDING)
