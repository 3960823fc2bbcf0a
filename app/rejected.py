"""newsgraph rejected: what was set aside, and why; tried again with --retry."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date

from app.ingest import report
from app.query import terminal_width
from app.terminal import Terminal
from flows.retry import run_retry
from flows.set_aside import SetAside, read_set_aside
from newsgraph.codec import to_json
from newsgraph.settings import Settings

COLUMNS = ("since", "source", "article", "reason")
LEAST_WIDTH = 12  # of a column


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    every = read_set_aside(settings.graph_dir)
    chosen = [one for one in every if _is_wanted(one, options.reason, options.since)]
    if options.retry:
        return report(run_retry(chosen, settings, progress=terminal), settings, terminal)
    if options.json:
        for one in chosen:
            print(json.dumps(to_json(one), ensure_ascii=False))
    elif chosen:
        print(_table(chosen, terminal_width()), end="")
    terminal.note(f"newsgraph: {len(chosen)} set aside" + (f" of {len(every)}" if chosen != every else ""))
    return 0


def _is_wanted(one: SetAside, reason: str | None, since: date | None) -> bool:
    if reason is not None and reason.casefold() not in one.reason.casefold():
        return False
    return since is None or (one.since is not None and one.since.date() >= since)


def _table(chosen: Sequence[SetAside], width: int | None) -> str:
    rows = [COLUMNS]
    for one in chosen:
        since = f"{one.since:%Y-%m-%d %H:%M}" if one.since else ""
        place = one.name if "://" in one.name else one.place
        rows.append((since, one.source, place, one.reason))
    printable = [[_printable(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in printable) for column in range(len(COLUMNS) - 1)]
    if width is not None:  # the address gives way before the reason does
        others = widths[0] + widths[1] + max(len(row[-1]) for row in printable) + 6
        widths[2] = max(LEAST_WIDTH, min(widths[2], width - others))
    return "".join(_line(row, widths, width) for row in printable)


def _line(row: Sequence[str], widths: Sequence[int], width: int | None) -> str:
    cells = [
        (cell if len(cell) <= size else f"{cell[: size - 1]}…").ljust(size)
        for cell, size in zip(row[:-1], widths, strict=True)
    ]
    return "  ".join((*cells, row[-1]))[:width].rstrip() + "\n"


def _printable(text: str) -> str:
    # Names of files and addresses come from outside: no escape sequences.
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
