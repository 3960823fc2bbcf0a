"""Which WARC files a run over all of data/raw/ need not read again: data/graph/read-archives.json.

A file that was read to its end by the same model and software, and is as long as it was, holds nothing new:
an archive of months costs no more than one look at each file. Beside the store, so that it goes with it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from flows.progress import Progress
from flows.set_aside import file_of, read_set_aside
from ingest.warc import is_warc
from newsgraph.disk import write_whole
from newsgraph.errors import StoreError
from newsgraph.records import Rejection

FILE_NAME = "read-archives.json"


class ReadBefore:
    """What earlier runs read, as this run finds it."""

    def __init__(self, graph_dir: Path, reader: str) -> None:
        self.rejected: tuple[Rejection, ...] = ()  # what stays set aside of the files that were left out
        self._graph_dir = graph_dir
        self._reader = reader
        self._sizes: dict[str, int] = {}  # of the files of this run, before it reads them
        self._known = self._load()

    def leave_out(self, files: Sequence[str], progress: Progress) -> list[str]:
        """Return those of ``files`` that have to be read."""
        self._sizes = {file: Path(file).stat().st_size for file in files if is_warc(file)}
        old = {file for file, size in self._sizes.items() if self._known.get(file) == size}
        if old:
            progress.note(f"passed over, as read before: {len(old)} WARC file{'' if len(old) == 1 else 's'}")
            places = read_set_aside(self._graph_dir)
            self.rejected = tuple(
                Rejection(one.place, one.reason, one.name, one.source)
                for one in places
                if file_of(one.place) in old
            )
        return [file for file in files if file not in old]

    def add(self, files: Sequence[str]) -> None:
        """Write down that ``files``, as leave_out() found them, were read to their end.

        Raises:
            StoreError: If that cannot be written.
        """
        if not (fresh := {file: self._sizes[file] for file in files if file in self._sizes}):
            return
        told = json.dumps({"reader": self._reader, "sizes": self._known | fresh})
        try:
            write_whole(self._graph_dir / FILE_NAME, told.encode(), lasting=False)
        except OSError as error:
            raise StoreError(self._graph_dir, f"{FILE_NAME} cannot be written: {error.strerror}") from error

    def _load(self) -> dict[str, int]:
        with suppress(OSError, ValueError, AttributeError):
            given = json.loads((self._graph_dir / FILE_NAME).read_text("utf-8"))
            if given.get("reader") == self._reader:
                return {str(file): int(size) for file, size in given["sizes"].items()}
        return {}


def forget_read(graph_dir: Path) -> None:
    """Let the next run read all files again."""
    (graph_dir / FILE_NAME).unlink(missing_ok=True)
