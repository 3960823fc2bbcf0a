"""newsgraph sources: lists what sources.toml names, or tries each of it and tells how it went."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from app.fetch import chosen_sources
from app.terminal import Terminal
from flows.fetch import check_contact
from flows.fetch_check import check_sources
from newsgraph.fetched import Source
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    sources, limits = chosen_sources(options.sources, settings)
    if options.action == "list":
        _print_table(
            ("source", "kind", "where", "publisher", "interval"), [_row(source) for source in sources]
        )
        return 0
    check_contact(settings.contact, sources)
    with TemporaryDirectory(prefix="newsgraph-") as folder:  # what comes is looked at, not kept
        settings = replace(settings, raw_dir=Path(folder))
        found = check_sources(settings, sources, limits)
    rows = [
        (one.source, "works" if one.works else "fails", str(one.articles), f"{one.seconds:.1f} s", one.told)
        for one in found
    ]
    _print_table(("source", "state", "articles", "time", ""), rows)
    return 0 if all(one.works for one in found) else 1


def _row(source: Source) -> tuple[str, ...]:
    where = source.url or source.path or f"{len(source.urls)} addresses"
    interval = f"{source.interval_seconds / 60:g} min" if source.interval_seconds else "each run"
    return source.name, source.kind, where, source.publisher or "", interval


def _print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(len(heads))]
    for row in (heads, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
