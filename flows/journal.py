"""Which files of the archive have been ingested: data/graph/ingested.tsv, a line "size<TAB>path" for each.

A file is written by one run of fetching and never changes after it, except that a crash's torn end is cut off;
so one of the same size as last time needs no second look. What is lost with this file costs time, no article:
a file that is not listed is read again, and what the store holds of it is passed over.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from newsgraph.errors import StoreError

FILE_NAME = "ingested.tsv"


def pending(graph_dir: Path, files: Iterable[str]) -> dict[str, int]:
    """Return those of ``files`` that have not been ingested as they are, with their size, in order."""
    done = _read(graph_dir)
    sizes = {file: Path(file).stat().st_size for file in files}
    return {file: size for file, size in sizes.items() if done.get(str(Path(file).resolve())) != size}


def mark_ingested(graph_dir: Path, files: dict[str, int]) -> None:
    """Note that ``files`` have been ingested up to these sizes."""
    if not files:
        return
    done = _read(graph_dir) | {str(Path(file).resolve()): size for file, size in files.items()}
    fresh = graph_dir / f"{FILE_NAME}.new"
    try:
        with fresh.open("w", encoding="utf-8", errors="surrogateescape") as out:
            out.writelines(f"{done[file]}\t{file}\n" for file in sorted(done))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(graph_dir / FILE_NAME)
    except OSError as error:
        raise StoreError(graph_dir, f"{FILE_NAME} cannot be written: {error.strerror or error}") from error


def _read(graph_dir: Path) -> dict[str, int]:
    try:
        lines = (graph_dir / FILE_NAME).read_text("utf-8", errors="surrogateescape").split("\n")
    except OSError:
        return {}
    parts = (line.partition("\t") for line in lines)
    return {path: int(size) for size, _, path in parts if size.isdecimal() and path}
