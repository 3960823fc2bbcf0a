"""Files that are there whole or not at all, and what must outlive a power failure."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """Write a file that is there whole or, whatever is killed when, as it was before.

    Args:
        path: In a folder that is there.
        content: All of the file.
        lasting: It outlives a power failure, once this returns. Not needed where what is lost is made again.

    Raises:
        OSError: If it cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(content)
    if lasting:
        to_disk(unfinished)
    unfinished.replace(path)


def to_disk(path: Path) -> None:
    """Wait until a file, or which names a folder holds, is on the disk.

    Raises:
        OSError: If it cannot be opened, or the disk fails.
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
