"""A file of JSON objects, one a line, appended only: what people decided, which cannot be made again.

It lies beside the database and outlives it. A line is on the disk before the graph changes; what the graph
lacks, the next writer brings in, and the graph gives back to the file what that has lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from newsgraph.codec import from_json, to_json
from newsgraph.errors import RecordError, StoreError

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class EntryLog(Generic[E]):
    """One such file in the folder of a graph, for entries that have a time, ``at``."""

    file_name: str
    what: str  # an entry is called in messages
    kind_of: Callable[[dict[str, Any]], type[E]]  # which record a JSON object is

    def read(self, graph_dir: Path) -> list[E]:
        """Return all entries, in the order of the file.

        Raises:
            StoreError: If a line is none. A last line that a killed run left unfinished is passed over.
        """
        path = graph_dir / self.file_name
        lines = path.read_bytes().split(b"\n") if path.exists() else []
        found = []
        for number, line in enumerate(lines, start=1):
            try:
                if line.strip():
                    found.append(self.entry_of(line.decode()))
            except (RecordError, UnicodeDecodeError) as error:
                if number == len(lines):  # it has no end of line
                    break
                told = f"{self.file_name}:{number}: no {self.what} ({error})"
                mend = f"put the line right, or take it out to go on without that {self.what}"
                raise StoreError(graph_dir, f"{told}; {mend}") from None
        return found

    def lines(self, graph_dir: Path) -> set[str]:
        """Return the lines as they are: to see whether anything is new, none has to be understood."""
        path = graph_dir / self.file_name
        return set(path.read_text("utf-8", "replace").split("\n")) - {""} if path.exists() else set()

    def append(self, graph_dir: Path, entries: Iterable[E]) -> None:
        """Write entries behind the others, so that they stay whatever happens next."""
        with (graph_dir / self.file_name).open("a+b") as file:
            file.seek(0)
            content = file.read()
            unfinished = content.rpartition(b"\n")[2]
            if self._is_entry(unfinished):  # somebody's editor left out the end of the line
                file.write(b"\n")
            else:
                file.truncate(len(content) - len(unfinished))
            file.write(b"".join(f"{line_of(entry)}\n".encode() for entry in entries))
            file.flush()
            os.fsync(file.fileno())

    def completed(self, graph_dir: Path, in_graph: Iterable[E]) -> list[E]:
        """Return what the file or the graph holds, after giving back to the file what it has lost."""
        logged = dict.fromkeys(self.read(graph_dir))
        if lost := [entry for entry in in_graph if entry not in logged]:
            self.append(graph_dir, lost)
        return [*logged, *lost]

    def entry_of(self, line: str) -> E:
        """Return the entry that :func:`line_of` wrote.

        Raises:
            RecordError: If it is none.
        """
        try:
            given = json.loads(line)
        except ValueError as error:
            raise RecordError(f"no JSON: {error}") from None
        if not isinstance(given, dict):
            raise RecordError("no JSON object")
        entry = from_json(self.kind_of(given), given)
        if getattr(entry, "at").tzinfo is None:  # noqa: B009 - of any type that has it
            raise RecordError("its time names no time zone")
        return entry

    def _is_entry(self, line: bytes) -> bool:
        try:
            self.entry_of(line.decode())
        except (RecordError, UnicodeDecodeError):
            return False
        return True


def line_of(entry: object) -> str:
    """Return an entry as the file and the graph keep it."""
    return json.dumps(to_json(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
