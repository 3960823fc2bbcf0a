"""The database merges its files beside what is written; here it is told to give way to that.

It merges a table as soon as a second new file lies in it, and reads and writes its upper level whole each
time. While a large change is loaded there are more new files every so often: what is merged meanwhile is
merged once more after the last of them. Of all that only its threads can be seen and set from outside, and
only under Linux. docs/decisions/0054, 0068
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

THREADS = "rocksdb:low"  # as the database calls those that merge
PRIORITY = 5  # of 19: a third of a core that others want, too; nobody waits for ever


def merging_gives_way() -> None:
    """Let the database of this process merge behind whatever else wants the cores; from now on, for good."""
    for task in _tasks():
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, int(task.name), PRIORITY)


def _tasks() -> Iterator[Path]:
    with suppress(OSError):  # where the system has no such folder
        for task in Path("/proc/self/task").iterdir():
            with suppress(OSError):  # it has just ended
                if (task / "comm").read_text("ascii").startswith(THREADS):
                    yield task
