"""The reviewers' decisions under data/graph/decisions.jsonl: one JSON object a line, appended only.

The one thing in the store that cannot be made again, so it lies beside the database and outlives it. A line
is on the disk before the graph changes; what the graph lacks, the next writer brings in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from graph.decisions import Decision, Decisions, Entry, Revocation
from newsgraph.codec import from_json, to_json
from newsgraph.errors import RecordError, StoreError

FILE_NAME = "decisions.jsonl"


def all_decided(graph_dir: Path, in_graph: Iterable[Entry]) -> Decisions:
    """Return what the log or the graph holds, after giving back to the log what it has lost."""
    logged = dict.fromkeys(read_log(graph_dir))
    if lost := [entry for entry in in_graph if entry not in logged]:
        append_to_log(graph_dir, lost)
    return Decisions((*logged, *lost))


def read_log(graph_dir: Path) -> list[Entry]:
    """Return all entries, in the order of the file.

    Raises:
        StoreError: If a line is none. A last line that a killed run left unfinished is passed over.
    """
    path = graph_dir / FILE_NAME
    lines = path.read_bytes().split(b"\n") if path.exists() else []
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                found.append(entry_of(line.decode()))
        except (RecordError, UnicodeDecodeError) as error:
            if number == len(lines):  # it has no end of line
                break
            mend = "put the line right, or take it out to go on without that decision"
            raise StoreError(graph_dir, f"{FILE_NAME}:{number}: no decision ({error}); {mend}") from None
    return found


def lines_of_log(graph_dir: Path) -> set[str]:
    """Return the lines as they are: to see whether anything is new, none has to be understood."""
    path = graph_dir / FILE_NAME
    return set(path.read_text("utf-8", "replace").split("\n")) - {""} if path.exists() else set()


def append_to_log(graph_dir: Path, entries: Iterable[Entry]) -> None:
    """Write entries behind the others, so that they stay whatever happens next."""
    with (graph_dir / FILE_NAME).open("a+b") as file:
        file.seek(0)
        content = file.read()
        unfinished = content.rpartition(b"\n")[2]
        if _is_entry(unfinished):  # somebody's editor left out the end of the line
            file.write(b"\n")
        else:
            file.truncate(len(content) - len(unfinished))
        file.write(b"".join(f"{line_of(entry)}\n".encode() for entry in entries))
        file.flush()
        os.fsync(file.fileno())


def line_of(entry: Entry) -> str:
    """Return an entry as the log and the graph keep it."""
    return json.dumps(to_json(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def entry_of(line: str) -> Entry:
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
    kind: type[Entry] = Revocation if "undo" in given else Decision
    entry = from_json(kind, given)
    if entry.at.tzinfo is None:
        raise RecordError("its time names no time zone")
    return entry


def _is_entry(line: bytes) -> bool:
    try:
        entry_of(line.decode())
    except (RecordError, UnicodeDecodeError):
        return False
    return True
