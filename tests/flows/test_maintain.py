"""The nightly run: a store that is backed up and checked; each part goes on if another fails."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.ingest import run_ingest
from flows.maintain import KEPT_BACKUPS, run_maintenance
from flows.one_run import only_run
from graph.snapshots import EXTRACTIONS, open_reader
from newsgraph.errors import NoGraphError, RunBusyError
from newsgraph.settings import Settings
from tests.flows import fakes

NIGHT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path):
    settings = Settings(
        tmp_path / "raw", tmp_path / "graph", tmp_path / "reports", tmp_path / "backups", workers=1
    )
    settings.raw_dir.mkdir()
    for name in "abc":
        (settings.raw_dir / f"{name}.txt").write_text(f"Rain fell on {name}.")
    run_ingest((), settings, load=fakes.load, model="fake")
    return settings


def test_a_night_leaves_a_backup_and_a_report(settings):
    report = run_maintenance(settings, now=lambda: NIGHT)

    assert report.findings == ()
    assert open_reader(settings.backup_dir / "20261126T020000Z").kept("a") is not None
    written = (settings.reports_dir / "2026/11/26/20261126T020000Z-maintenance.md").read_text()
    assert "backup of 3 articles" in written
    assert "store checked" in written


def test_a_part_that_fails_is_a_finding_and_the_others_go_on(settings):
    settings.backup_dir.write_text("not a folder")
    next(settings.graph_dir.glob(f"{EXTRACTIONS}/*/*.json.gz")).unlink()

    report = run_maintenance(settings, now=lambda: NIGHT)

    assert report.done == ("store optimised", "store checked")
    assert any(one.startswith("backup: ") for one in report.findings)
    assert any("is missing" in one for one in report.findings)


def test_only_the_newest_backups_are_kept_and_nothing_else_is_touched(settings):
    (settings.backup_dir / "by hand").mkdir(parents=True)
    (settings.backup_dir / "20200101T020000Z.unfinished").mkdir()
    for night in range(KEPT_BACKUPS + 2):
        run_maintenance(settings, now=lambda night=night: NIGHT + timedelta(days=night))

    names = sorted(one.name for one in settings.backup_dir.iterdir())

    assert names[-1] == "by hand"
    assert len(names) == KEPT_BACKUPS + 1
    assert names[0] == "20261128T020000Z"


def test_without_a_store_there_is_nothing_to_do(tmp_path):
    with pytest.raises(NoGraphError):
        run_maintenance(Settings(graph_dir=tmp_path / "graph", reports_dir=tmp_path / "reports"))


def test_it_does_not_meet_another_run(settings):
    with only_run(settings.graph_dir, "the update of 12:00"), pytest.raises(RunBusyError):
        run_maintenance(settings, wait_seconds=0.1)
