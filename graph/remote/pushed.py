"""What is known here of a remote copy: data/graph/remote/NAME/, a folder for each address.

    state.json   which checkpoint is there, to which one a push is under way, how many of its steps are done
    whole/       the snapshot that is there (hard links), to be compared with a newer one
    target/      the snapshot that a push is under way to
    writer.lock  who holds it pushes

The folder is no part of a backup: a copy of the store is another store.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from pyoxigraph import Store

from graph.guard import Turn, locked, told_plainly
from graph.snapshots import open_reader, snapshot_id
from graph.store import FORMAT_FILE
from newsgraph.disk import write_whole
from newsgraph.errors import StoreBusyError, StoreError

WHOLE, TARGET, STATE = "whole", "target", "state.json"
UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class State:
    address: str
    store: str  # tells this store from all others that push
    whole: str = ""  # checkpoint that is there; "": none that is known
    whole_format: str = ""
    target: str = ""  # checkpoint that a push is under way to; "": none
    target_format: str = ""
    done: int = 0  # steps of that push that are there for sure


class Pushed:
    """The state of one copy. Made by :func:`open_pushed`."""

    def __init__(self, graph_dir: Path, folder: Path, state: State) -> None:
        self._graph_dir, self._folder, self.state = graph_dir, folder, state

    def aim(self) -> bool:
        """Take the newest checkpoint as target, unless there is one; return whether there is anything to do.

        Raises:
            NoGraphError: If nothing has been ingested yet.
        """
        if self.state.target:
            return True
        reader = open_reader(self._graph_dir)
        newest = snapshot_id(reader.snapshot)
        if newest == self.state.whole or reader.snapshot is None:
            return False
        linked(reader.snapshot, self._folder / TARGET)
        written = (self._graph_dir / FORMAT_FILE).read_text("ascii").strip()
        self._keep(replace(self.state, target=newest, target_format=written, done=0))
        return True

    def acknowledge(self, done: int) -> None:
        """Note how many steps the server has taken."""
        self._keep(replace(self.state, done=done))

    def finish(self) -> None:
        """Note that the target is there, whole. Killed in between, the push is only finished once more."""
        shutil.rmtree(self._folder / WHOLE, ignore_errors=True)
        linked(self._folder / TARGET, self._folder / WHOLE)
        state = self.state
        self._keep(
            replace(
                state,
                whole=state.target,
                whole_format=state.target_format,
                target="",
                target_format="",
                done=0,
            )
        )
        shutil.rmtree(self._folder / TARGET, ignore_errors=True)

    def forget(self) -> None:
        """Take nothing of what is there for granted."""
        self._keep(State(self.state.address, self.state.store))
        for name in (WHOLE, TARGET):
            shutil.rmtree(self._folder / name, ignore_errors=True)

    def whole(self) -> Store | None:
        """Open the snapshot that is there."""
        return Store.read_only(str(self._folder / WHOLE)) if self.state.whole else None

    def target(self) -> Store:
        """Open the snapshot that a push is under way to."""
        return Store.read_only(str(self._folder / TARGET))

    @property
    def same_format(self) -> bool:
        return self.state.whole_format == self.state.target_format

    def _keep(self, state: State) -> None:
        write_whole(self._folder / STATE, (json.dumps(asdict(state), indent=1) + "\n").encode())
        self.state = state


@contextmanager
def open_pushed(graph_dir: Path, address: str) -> Iterator[Pushed]:
    """Open what is known of the copy at an address, alone.

    Raises:
        StoreBusyError: If another push to it is under way.
        StoreError: If the folder cannot be read or written.
    """
    open_reader(graph_dir)  # which says so if there is no store
    folder = graph_dir / "remote" / sha256(address.encode()).hexdigest()[:12]
    with told_plainly(graph_dir):
        try:
            with locked(folder, Turn("newsgraph push", seconds=0)):
                pushed = Pushed(graph_dir, folder, _read(folder, address))
                pushed.acknowledge(pushed.state.done)  # on disk before a server is told whose push it is
                yield pushed
        except StoreBusyError as error:
            if error.graph_dir != folder:
                raise
            raise StoreBusyError(graph_dir, f"another push to {address} is under way") from None


def linked(source: Path, target: Path) -> None:
    """Let ``target`` be the same database, whole or not there; what never changes of it is linked."""
    unfinished = target.with_name(UNFINISHED)
    for leftover in (unfinished, target):
        shutil.rmtree(leftover, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for file in source.iterdir():
        copy = unfinished / file.name
        try:
            if file.suffix != ".sst":
                raise OSError  # noqa: TRY301 - small, and Oxigraph may write it
            os.link(file, copy)
        except OSError:
            shutil.copy2(file, copy)
    unfinished.rename(target)


def _read(folder: Path, address: str) -> State:
    file = folder / STATE
    if not file.exists():
        return State(address, uuid4().hex)
    try:
        return State(**json.loads(file.read_text("utf-8")))
    except (ValueError, TypeError) as error:
        mend = "delete it; the next push sends all anew"
        raise StoreError(folder, f"{STATE} cannot be read ({error}); {mend}") from None
