"""The database merges its files beside what is written; here it is told when.

It merges a table as soon as a second new file lies in it, and reads and writes its upper level whole each
time. While a large change is loaded there are more new files every second: what is merged meanwhile is merged
once more after the last of them. What lies there unmerged must be looked through at each look-up, by readers
and by the next write. Of all that only its threads can be seen and set from outside, and only under Linux.
docs/decisions/0054, 0068
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

THREADS = "rocksdb:low"  # as the database calls those that merge
PRIORITY = 5  # of 19: a third of a core that others want, too; nobody waits for ever
_LOOK_AGAIN = 0.05  # seconds
_AT_REST = 3  # looks in a row at which nothing was done


def merging_gives_way() -> None:
    """Let the database of this process merge behind whatever else wants the cores; from now on, for good."""
    for task in _tasks():
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, int(task.name), PRIORITY)


def wait_for_merging(seconds: float) -> None:
    """Wait until nothing is merged, so many seconds at most."""
    end, rests = monotonic() + seconds, 0
    while rests < _AT_REST and monotonic() < end:
        rests = 0 if any(map(_is_at_work, _tasks())) else rests + 1
        sleep(_LOOK_AGAIN)


def _tasks() -> Iterator[Path]:
    with suppress(OSError):  # where the system has no such folder
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # it has just ended
                if (task / "comm").read_text("ascii").startswith(THREADS):
                    yield task


def _is_at_work(task: Path) -> bool:
    try:
        state = (task / "stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "S"  # asleep: it waits for work
