"""Who may write to data/graph/ now, and in which words it is told when something is wrong there."""

from __future__ import annotations

import fcntl
import json
import os
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from newsgraph.errors import NewsGraphError, StoreBusyError, StoreError

LIVE, CHECKPOINTS, LOCK = "live", "checkpoints", "writer.lock"
_POLL_SECONDS = 0.05
PATIENCE_SECONDS = 600.0  # a portion of an ingest takes a minute or two to write, longer on a busy machine
UNNOTICED_SECONDS = 0.5  # most writers are gone by then, and nobody need be told that they were there


def _nothing(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Turn:
    """What a writer is, and how it waits for the one that is there."""

    doing: str = "another run"  # in words, for those who wait for it
    seconds: float = PATIENCE_SECONDS  # how long it waits
    waits: Callable[[str], None] = _nothing  # is told, once, who is there if that takes a while
    begins: Callable[[], None] = _nothing  # is told that the store is its own
    has_made: Callable[[], None] = _nothing  # is told that what it does cannot be lost any more


@contextmanager
def told_plainly(graph_dir: Path) -> Iterator[None]:
    """Turn what the system and Oxigraph raise into one line; their tracebacks would keep the store open."""
    try:
        yield
    except (NewsGraphError, KeyboardInterrupt) as error:
        _let_go(error)
        raise
    except OSError as error:
        _let_go(error)  # which is the new one's context
        reason = " ".join(str(error.strerror or error).split())
        mend = "; free some space and run the same command again" if "space" in reason.lower() else ""
        raise StoreError(graph_dir, f"the store cannot be written: {reason}{mend}") from None
    except RuntimeError as error:  # what Oxigraph raises for files that are not what it wrote
        _let_go(error)
        raise damaged(graph_dir, error) from None


def _let_go(error: BaseException) -> None:
    """Let the store be closed however long the error is kept, as by who tries once more."""
    traceback.clear_frames(error.__traceback__)


@contextmanager
def locked(graph_dir: Path, turn: Turn) -> Iterator[None]:
    """Keep all other writers out, after waiting for the one that is there.

    Raises:
        StoreBusyError: If that takes longer than ``turn`` has time.
    """
    graph_dir.mkdir(parents=True, exist_ok=True)
    with (graph_dir / LOCK).open("a+b", buffering=0) as lock:
        _wait(graph_dir, lock, turn)
        since = datetime.now(UTC).isoformat(timespec="seconds")
        told = json.dumps({"doing": turn.doing, "process": os.getpid(), "since": since})
        with suppress(OSError):  # the disk is full: others are not told who is here
            lock.truncate(0)
            lock.write(told.encode())
        turn.begins()
        yield


def _wait(graph_dir: Path, lock: FileIO, turn: Turn) -> None:
    began = time.monotonic()
    is_told = False
    while not _is_ours(lock):
        waited = time.monotonic() - began
        if waited >= turn.seconds:
            reason = f"{_holder(lock)}; nothing was changed, try again when that has ended"
            raise StoreBusyError(graph_dir, reason)
        if waited >= UNNOTICED_SECONDS and not is_told:
            turn.waits(f"waiting: {_holder(lock)}")
            is_told = True
        time.sleep(_POLL_SECONDS)


def _is_ours(lock: FileIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: FileIO) -> str:
    """Return who writes, in words."""
    lock.seek(0)
    with suppress(ValueError, KeyError, TypeError):  # it has just taken the lock, or an older newsgraph has
        told = json.loads(lock.read())
        since = datetime.fromisoformat(told["since"]).astimezone(UTC)
        who = " ".join(f"{told['doing']} (process {told['process']})".split())
        return f"{who} has been writing since {since:%Y-%m-%d %H:%M:%S} UTC"
    return "another run is writing"


class Hold:
    """Keeps a snapshot from being deleted for as long as this object lives: it is opened bit by bit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._descriptor = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks: two snapshots are kept anyway
            fcntl.flock(self._descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)

    def __del__(self) -> None:
        if hasattr(self, "_descriptor"):
            os.close(self._descriptor)


def is_held(folder: Path) -> bool:
    """Say whether somebody still reads a snapshot."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return False


def damaged(graph_dir: Path, error: Exception) -> StoreError:
    """Return what to raise for a database that cannot be opened or read."""
    reason = " ".join(str(error).split())
    return StoreError(graph_dir, f"the store is damaged ({reason}); {mend_of(graph_dir)}")


def is_damage(error: Exception) -> bool:
    """Say whether Oxigraph tells, at whatever moment, that a file is not what it wrote."""
    return isinstance(error, RuntimeError) and str(error).startswith("Corruption")


def mend_of(graph_dir: Path) -> str:
    """Return what to do about a store that cannot be used."""
    delete = f"delete {graph_dir / LIVE} and {graph_dir / CHECKPOINTS}"
    return f"run 'newsgraph rebuild'; if that does not help, {delete}, then run 'newsgraph ingest'"
