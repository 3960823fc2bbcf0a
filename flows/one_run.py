"""One run at a time: an update, a backfill and the nightly maintenance never meet.

A lock of the system on data/graph/run.lock, which is let go of however a process ends. It holds between
commands, too, which Prefect's concurrency limits, one for each deployment, do not.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newsgraph.errors import RunBusyError, StoreError

LOCK = "run.lock"
LOOK_SECONDS = 0.5


@contextmanager
def only_run(graph_dir: Path, what: str, *, wait_seconds: float = 0.0) -> Iterator[None]:
    """Keep all other runs out meanwhile.

    Args:
        graph_dir: Made if it is not there.
        what: What this run is, for others to tell.
        wait_seconds: How long to wait for one that is there.

    Raises:
        RunBusyError: If another one takes longer than that.
        StoreError: If ``graph_dir`` cannot be written.
    """
    try:
        graph_dir.mkdir(parents=True, exist_ok=True)
        lock = (graph_dir / LOCK).open("a+", encoding="utf-8")
    except OSError as error:
        raise StoreError(graph_dir, f"{LOCK} cannot be written: {error.strerror or error}") from error
    with lock:
        deadline = time.monotonic() + wait_seconds
        while not _taken(lock.fileno()):
            if time.monotonic() >= deadline:
                lock.seek(0)
                raise RunBusyError(graph_dir, f"{lock.read().strip() or 'another run'} is under way")
            time.sleep(LOOK_SECONDS)
        lock.truncate(0)
        lock.write(what)
        lock.flush()
        yield


def _taken(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
