"""What became of a run, for who looks in the morning: JSON and Markdown under data/reports/, by day.

data/reports/2026/11/26/20261126T021500Z-update.json
data/reports/2026/11/26/20261126T021500Z-update.md
data/reports/latest-update.md          the newest one
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from newsgraph.codec import from_json, to_json
from newsgraph.disk import write_whole
from newsgraph.errors import RecordError, ReportError
from newsgraph.fetched import FetchReport
from newsgraph.records import Outcome

SLOWEST_SOURCES = 5
TOLD_PLACES = 20  # in Markdown; JSON has them all


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run, of whatever kind."""

    kind: str  # "update", "backfill", "maintenance"
    started: datetime  # aware, UTC
    ended: datetime
    fetched: FetchReport = field(default_factory=FetchReport)
    outcome: Outcome = field(default_factory=Outcome)
    seconds: tuple[tuple[str, float], ...] = ()  # of each stage; language and text go on at the same time
    done: tuple[str, ...] = ()  # what else was done, a line each
    findings: tuple[str, ...] = ()  # what is not as it should be
    error: str | None = None  # why it ended early


def write_report(reports_dir: Path, report: RunReport) -> Path:
    """Write the report and return where its Markdown lies. A kill leaves whole files or none.

    Raises:
        ReportError: If it cannot be written.
    """
    name = f"{report.started:%Y%m%dT%H%M%SZ}-{report.kind}"
    folder = reports_dir / f"{report.started:%Y/%m/%d}"
    markdown = as_markdown(report)
    text = json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / f"{name}.json", text.encode())
        write_whole(folder / f"{name}.md", markdown.encode())
        write_whole(reports_dir / f"latest-{report.kind}.md", markdown.encode())
    except OSError as error:
        raise ReportError(
            f"{reports_dir}: the report cannot be written: {error.strerror or error}"
        ) from error
    return folder / f"{name}.md"


def read_reports(reports_dir: Path, most: int) -> list[RunReport]:
    """Return the newest reports, newest first; files that are none are passed over. Stages are left out."""
    found = list[RunReport]()
    for day in _days(reports_dir):
        for path in sorted(day.glob("*.json"), reverse=True):
            with suppress(OSError, ValueError, RecordError):
                given = json.loads(path.read_text("utf-8"))
                found.append(from_json(RunReport, {**given, "seconds": []}))
            if len(found) == most:
                return found
    return found


def _days(reports_dir: Path) -> Iterator[Path]:
    """Yield the folders of days, the last first, without looking into all that years have left."""
    folders = [reports_dir]
    for _ in ("year", "month", "day"):
        folders = [one for each in folders for one in _numbered(each)]
    yield from folders


def _numbered(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted((one for one in folder.iterdir() if one.is_dir() and one.name.isdigit()), reverse=True)


def as_markdown(report: RunReport) -> str:
    """Return the report for people."""
    return "\n".join(_lines(report)) + "\n"


def summary(report: RunReport) -> str:
    """Return the report in one line."""
    fetched, outcome = report.fetched, report.outcome
    parts = [
        f"{fetched.new} fetched",
        f"{outcome.added} added",
        f"{outcome.unchanged} unchanged",
        f"{len(outcome.rejected)} set aside",
        _several(outcome.statements, "statement", "statements"),
    ]
    if report.kind == "maintenance":
        parts = list(report.done)
    if fetched.failures:
        parts.append(f"{_several(len(fetched.failures), 'address', 'addresses')} failed")
    if report.findings:
        parts.append(_several(len(report.findings), "finding", "findings"))
    return ", ".join(parts) + (f"; ended early: {report.error}" if report.error else "")


def _several(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _lines(report: RunReport) -> Iterator[str]:
    took = (report.ended - report.started).total_seconds()
    yield f"# {report.kind.capitalize()} of {report.started:%Y-%m-%d %H:%M:%S} UTC"
    yield f"\nIt took {took:.1f} s."
    if report.error:
        yield f"\n**It ended early:** {_plain(report.error)}"
    yield from _section("Done", [f"* {_plain(line)}" for line in report.done])
    yield from _section("Findings", [f"* {_plain(line)}" for line in report.findings])
    if report.kind == "maintenance":
        return
    yield from _counts(report.fetched, report.outcome)
    yield from _table("Time", ("stage", "seconds"), [(name, f"{took:.1f}") for name, took in report.seconds])
    yield from _sources(report.fetched)
    reasons = Counter(_kind_of(one.reason) for one in report.outcome.rejected)
    yield from _table("Set aside", ("articles", "reason"), [(n, why) for why, n in reasons.most_common()])
    places = [f"* {_plain(one.name or one.place)}: {_plain(one.reason)}" for one in report.outcome.rejected]
    yield from _some(places)
    failures = [f"* {one.source}: {_plain(one.url)}: {_plain(one.reason)}" for one in report.fetched.failures]
    yield from _section("Addresses that gave nothing", list(_some(failures)))
    yield from _section("Notes", list(_some([f"* {_plain(note)}" for note in _notes(report)])))


def _counts(fetched: FetchReport, outcome: Outcome) -> Iterator[str]:
    rows = [
        ("fetched, new", fetched.new),
        ("fetched, unchanged", fetched.unchanged),
        ("articles added", outcome.added),
        ("articles unchanged", outcome.unchanged),
        ("articles set aside", len(outcome.rejected)),
        ("statements added", outcome.statements),
    ]
    yield from _table("What became of it", ("", "number"), rows)


def _sources(fetched: FetchReport) -> Iterator[str]:
    slowest = sorted(fetched.sources, key=lambda one: (-one.seconds, one.name))[:SLOWEST_SOURCES]
    rows = [
        (one.name, one.new, one.unchanged, one.failed, one.requests, f"{one.seconds:.1f}") for one in slowest
    ]
    yield from _table(
        "Slowest sources", ("source", "new", "unchanged", "failed", "requests", "seconds"), rows
    )


def _notes(report: RunReport) -> Sequence[str]:
    return (*report.fetched.notes, *report.outcome.notes)


def _kind_of(reason: str) -> str:
    return reason.partition(":")[0]  # without what differs from one article to the next


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n## {title}\n"
        yield from lines


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    if rows:
        yield f"\n## {title}\n"
        yield f"| {' | '.join(columns)} |"
        yield f"|{' --- |' * len(columns)}"
        for row in rows:
            yield f"| {' | '.join(_plain(str(cell)) for cell in row)} |"


def _some(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield from lines[:TOLD_PLACES]
    if len(lines) > TOLD_PLACES:
        yield f"* … and {len(lines) - TOLD_PLACES} more"


def _plain(text: str) -> str:
    """Return ``text``, which may come from anybody, so that Markdown shows it as it is, in one line."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>|#" else letter for letter in shown)
