from datetime import UTC, datetime, timedelta

import pytest

from flows.reports import TOLD_PLACES, RunReport, as_markdown, summary, write_report
from newsgraph.errors import ReportError
from newsgraph.fetched import FetchFailure, FetchReport, SourceReport
from newsgraph.records import Outcome, Rejection

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
REJECTED = tuple(Rejection(f"raw/{number}.html", "not English (de)") for number in range(30))
REPORT = RunReport(
    "update",
    NOON,
    NOON + timedelta(seconds=90),
    FetchReport(
        (SourceReport("slow", listed=9, new=2, seconds=50.0), SourceReport("quick", new=1, seconds=0.5)),
        (FetchFailure("https://drop.example/|a", "slow", "404"),),
    ),
    Outcome(added=3, unchanged=1, rejected=REJECTED, statements=7),
    (("fetch", 50.5), ("text", 1.0)),
)


def test_markdown_tells_what_came_in_and_what_did_not():
    told = as_markdown(REPORT)

    for line in (
        "# Update of 2026-11-26 12:00:00 UTC",
        "It took 90.0 s.",
        "| fetched, new | 3 |",
        "| articles added | 3 |",
        "| articles set aside | 30 |",
        "| statements added | 7 |",
        "| fetch | 50.5 |",
        "| 30 | not English (de) |",
        f"* … and {30 - TOLD_PLACES} more",
        "* slow: https://drop.example/\\|a: 404",
    ):
        assert line in told.splitlines()
    assert told.index("| slow |") < told.index("| quick |")


def test_what_comes_from_outside_is_shown_as_it_is():
    nasty = Rejection("a", "<script>\n# [x](javascript:y)\x1b[31m")

    told = as_markdown(RunReport("update", NOON, NOON, outcome=Outcome(rejected=(nasty,))))

    assert "<script>" not in told.replace("\\<", "")
    assert "\x1b" not in told
    assert not any(line.startswith("# [x]") for line in told.splitlines())


def test_one_line_tells_the_sum():
    assert summary(REPORT) == (
        "3 fetched, 3 added, 1 unchanged, 30 set aside, 7 statements, 1 address failed"
    )


def test_a_report_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "reports").write_text("not a folder")

    with pytest.raises(ReportError, match=r"^[^\n]*cannot be written[^\n]*$"):
        write_report(tmp_path / "reports", REPORT)


def test_no_unfinished_file_is_left(tmp_path):
    write_report(tmp_path, REPORT)

    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "20261126T120000Z-update.json",
        "20261126T120000Z-update.md",
        "latest-update.md",
    ]
