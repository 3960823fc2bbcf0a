"""The reviewers' decisions under data/graph/decisions.jsonl: how such a file behaves is entry_log.py's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.decisions import Decision, Decisions, Entry, Revocation
from graph.entry_log import EntryLog, line_of

__all__ = ["all_decided", "append_to_log", "entry_of", "line_of", "lines_of_log", "read_log"]

FILE_NAME = "decisions.jsonl"


def _kind_of(given: dict[str, Any]) -> type[Entry]:
    return Revocation if "undo" in given else Decision


_LOG: EntryLog[Entry] = EntryLog(FILE_NAME, "decision", _kind_of)
read_log, lines_of_log, append_to_log, entry_of = _LOG.read, _LOG.lines, _LOG.append, _LOG.entry_of


def all_decided(graph_dir: Path, in_graph: Iterable[Entry]) -> Decisions:
    """Return what the log or the graph holds, after giving back to the log what it has lost."""
    return Decisions(_LOG.completed(graph_dir, in_graph))
