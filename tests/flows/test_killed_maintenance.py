"""Maintenance that is killed leaves whole backups and reports or none, and a store that goes on."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.ingest import run_ingest
from flows.maintain import KEPT_BACKUPS, drop_old_backups, run_maintenance
from graph.check import check
from graph.snapshots import open_reader
from newsgraph.records import Outcome
from newsgraph.settings import Settings
from tests.flows import fakes

ROOT = Path(__file__).parents[2]
CODE = """if True:
    import itertools, sys
    from datetime import UTC, datetime, timedelta
    from pathlib import Path
    from flows.maintain import run_maintenance
    from newsgraph.settings import Settings
    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    settings = Settings(*(folder / name for name in ("raw", "graph", "reports", "backups")))
    print("begun", flush=True)
    for number in itertools.count(first):
        run_maintenance(settings, now=lambda: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number))
"""


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_what_is_whole(tmp_path):
    settings = Settings(*(tmp_path / name for name in ("raw", "graph", "reports", "backups")), workers=1)
    settings.raw_dir.mkdir()
    for number in range(30):
        (settings.raw_dir / f"{number}.txt").write_text(f"Rain fell on day {number}.")
    run_ingest((), settings, load=fakes.load, model="fake")

    for number, pause in enumerate((0.3, 0.7, 1.2, 1.9, 2.8)):
        with subprocess.Popen(
            [sys.executable, "-c", CODE, str(tmp_path), str(1000 * number)], stdout=subprocess.PIPE, cwd=ROOT
        ) as run:
            run.stdout.readline()
            time.sleep(pause)
            run.kill()

        for backup in settings.backup_dir.glob("*Z"):
            [finding] = check(backup, open_reader(backup), sample=3)
            assert "search index, does not hold" in finding  # which no backup has
        for report in settings.reports_dir.rglob("*.json"):
            assert json.loads(report.read_text())["kind"] == "maintenance"

    (settings.raw_dir / "new.txt").write_text("Sun.")
    assert run_ingest((), settings, load=fakes.load, model="fake") == Outcome(added=1, unchanged=30)
    assert run_maintenance(settings, wait_seconds=1).findings == (), "no lock is left behind"
    assert not list(settings.backup_dir.glob("*.unfinished"))


def test_half_a_backup_bears_no_whole_ones_name(tmp_path, monkeypatch):
    days = [f"202601{day:02d}T000000Z" for day in range(1, KEPT_BACKUPS + 2)]
    for day in days:
        (tmp_path / day / "snapshot").mkdir(parents=True)

    def killed(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("flows.maintain.shutil.rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            drop_old_backups(tmp_path)
    assert sorted(one.name for one in tmp_path.iterdir()) == [f"{days[0]}.unfinished", *days[1:]]

    assert drop_old_backups(tmp_path) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == days[1:]
