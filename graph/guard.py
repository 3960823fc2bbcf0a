"""Who may write to data/graph/ now, and in which words it is told when something is wrong there."""

from __future__ import annotations

import fcntl
import os
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsgraph.errors import NewsGraphError, StoreBusyError, StoreError

LIVE, CHECKPOINTS, LOCK = "live", "checkpoints", "writer.lock"
_POLL_SECONDS = 0.05


@contextmanager
def told_plainly(graph_dir: Path) -> Iterator[None]:
    """Turn what the system and Oxigraph raise into one line; their tracebacks would keep the store open."""
    try:
        yield
    except NewsGraphError as error:
        traceback.clear_frames(error.__traceback__)  # else the store stays open as long as the error is kept
        raise
    except OSError as error:
        reason = " ".join(str(error.strerror or error).split())
        mend = "; free some space and run the same command again" if "space" in reason.lower() else ""
        raise StoreError(graph_dir, f"the store cannot be written: {reason}{mend}") from None
    except RuntimeError as error:  # what Oxigraph raises for files that are not what it wrote
        raise damaged(graph_dir, error) from None


@contextmanager
def locked(graph_dir: Path, wait_seconds: float) -> Iterator[None]:
    """Keep all other writers out, after waiting for the one that is there."""
    graph_dir.mkdir(parents=True, exist_ok=True)
    with (graph_dir / LOCK).open("w") as lock:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    reason = "another run is writing; wait until it has ended, or end it"
                    raise StoreBusyError(graph_dir, reason) from None
                time.sleep(_POLL_SECONDS)
        yield


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
