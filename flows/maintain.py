"""What has to be done once a night: room made, a backup, a check, a report. If a part fails, others go on."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from flows.fetch import utc_now
from flows.one_run import only_run
from flows.reports import RunReport, write_report
from graph.check import check
from graph.snapshots import open_reader
from graph.store import back_up, open_writer
from newsgraph.errors import NewsGraphError
from newsgraph.settings import Settings

KEPT_BACKUPS = 7
WAIT_SECONDS = 3600.0  # for an update that is under way
UNFINISHED = ".unfinished"

Part = Callable[[str, Callable[[], list[str]]], list[str]]


def as_it_is(name: str, action: Callable[[], list[str]]) -> list[str]:
    """Do one part, without ceremony."""
    return action()


def run_maintenance(
    settings: Settings,
    *,
    part: Part = as_it_is,
    wait_seconds: float = WAIT_SECONDS,
    now: Callable[[], datetime] = utc_now,
) -> RunReport:
    """Optimise the store, back it up, check it, write the report and return it.

    Args:
        settings: Of the installation.
        part: Does one of these, given its name; the action returns what was found wrong.
        wait_seconds: How long to wait for another run.
        now: The clock: aware, UTC.

    Raises:
        NoGraphError: If there is no store.
        RunBusyError: If another run takes longer than that.
        ReportError: If the report cannot be written.
    """
    started = now()
    open_reader(settings.graph_dir)  # first: without a store there is nothing to do
    done: list[str] = []
    findings: list[str] = []

    def optimise() -> list[str]:
        with open_writer(settings.graph_dir) as writer:
            writer.optimise()
        done.append("store optimised")
        return []

    def backup() -> list[str]:
        target = settings.backup_dir / f"{started:%Y%m%dT%H%M%SZ}"
        count = back_up(settings.graph_dir, target)
        gone = drop_old_backups(settings.backup_dir)
        done.append(
            f"backup of {count} article{'' if count == 1 else 's'} in {target}"
            + (f", {gone} older deleted" if gone else "")
        )
        return []

    def look() -> list[str]:
        found = check(settings.graph_dir, open_reader(settings.graph_dir), salt=f"{started:%Y-%m-%d}")
        done.append("store checked")
        return found

    with only_run(
        settings.graph_dir, f"the maintenance of {started:%Y-%m-%d %H:%M} UTC", wait_seconds=wait_seconds
    ):
        for name, action in (("optimise", optimise), ("backup", backup), ("check", look)):
            try:
                findings += part(name, action)
            except NewsGraphError as error:
                findings.append(f"{name}: {error}")
        report = RunReport("maintenance", started, now(), done=tuple(done), findings=tuple(findings))
        write_report(settings.reports_dir, report)
    return report


def drop_old_backups(backup_dir: Path) -> int:
    """Delete all backups but the newest ones, and what killed runs left; return how many backups went."""
    for leftover in backup_dir.glob(f"*{UNFINISHED}"):
        shutil.rmtree(leftover, ignore_errors=True)
    backups = sorted(one for one in backup_dir.iterdir() if one.is_dir() and _is_ours(one.name))
    for old in backups[:-KEPT_BACKUPS]:
        going = old.with_name(old.name + UNFINISHED)  # before: half a backup bears no whole one's name
        with suppress(OSError):
            old.rename(going)
            shutil.rmtree(going)
    return max(0, len(backups) - KEPT_BACKUPS)


def _is_ours(name: str) -> bool:
    try:
        datetime.strptime(name, "%Y%m%dT%H%M%SZ")  # noqa: DTZ007 - a name, not a moment
    except ValueError:
        return False
    return True
