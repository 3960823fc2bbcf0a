"""Fetch, then ingest what has come, then report: what a schedule does every quarter of an hour.

Safe to repeat and to interrupt. What was fetched by a run that was killed before it was ingested is
ingested by the next one. The command ``newsgraph update`` and the Prefect flow (scheduled.py) both call
:func:`run_update`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from flows.fetch import FetchProgress, run_fetch, utc_now
from flows.ingest import Step, as_it_is, run_ingest
from flows.one_run import only_run
from flows.progress import Progress
from flows.push import run_push
from flows.reports import RunReport, write_report
from flows.timing import FETCH, Stopwatch
from flows.workers import Load
from ingest.archive import day_dir
from ingest.raw_store import find_files
from ingest.warc import is_warc
from newsgraph.errors import NewsGraphError, NoGraphError
from newsgraph.fetched import FetchLimits, FetchReport, Source
from newsgraph.records import Outcome
from newsgraph.settings import Settings


class UpdateProgress(Progress, FetchProgress, Protocol):
    """Is told of both."""


FetchStep = Callable[[Callable[[], FetchReport]], FetchReport]


def run_update(
    settings: Settings,
    *,
    sources: Sequence[Source],
    limits: FetchLimits | None = None,
    load: Load | None = None,
    model: str | None = None,
    progress: UpdateProgress | None = None,
    step: Step = as_it_is,
    fetch_step: FetchStep = lambda fetch: fetch(),
    flow_run: str | None = None,
    now: Callable[[], datetime] = utc_now,
) -> RunReport:
    """Bring what is new at ``sources`` into archive and store, write the report and return it.

    Args:
        settings: Of the installation.
        sources: As ingest.sources.load_sources gives them, with ``limits``.
        limits: None: those of newsgraph.fetched.FetchLimits.
        load: Loads, in each worker, what extracts. None: the shipped pipeline.
        model: The mark of what extracts. None: the shipped pipeline's.
        progress: Is told what happens while it happens.
        step: Does one step of the ingest, given its name.
        fetch_step: Does the fetching.
        flow_run: What Prefect calls the run, for its provenance.
        now: The clock: aware, UTC.

    Raises:
        RunBusyError: If another run is under way; nothing has been done.
        NewsGraphError: What fetching and ingesting raise; the report tells it, too.
    """

    def work(report: _Draft) -> None:
        with report.watch.during(FETCH):
            report.fetched = fetch_step(
                lambda: run_fetch(settings, sources=sources, limits=limits, progress=progress, now=now)
            )
        if files := _archived(settings):
            report.outcome = run_ingest(
                files,
                settings,
                unread=True,
                load=load,
                model=model,
                progress=progress,
                step=step,
                flow_run=flow_run,
                watch=report.watch,
            )
        if settings.remote_store:
            _push(settings, report)

    return _reported("update", settings, work, now)


def run_backfill(
    first: date,
    last: date,
    settings: Settings,
    *,
    load: Load | None = None,
    model: str | None = None,
    progress: Progress | None = None,
    step: Step = as_it_is,
    flow_run: str | None = None,
    now: Callable[[], datetime] = utc_now,
) -> RunReport:
    """Ingest again what was fetched from ``first`` to ``last`` (UTC), without the network, and report it.

    Raises:
        RunBusyError: If another run takes too long.
        NewsGraphError: What ingesting raises; the report tells it, too.
    """

    def work(report: _Draft) -> None:
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        folders = [one for day in days if (one := day_dir(settings.raw_dir, day)).is_dir()]
        for folder in folders:
            report.outcome += run_ingest(
                [str(folder)],
                settings,
                load=load,
                model=model,
                progress=progress,
                step=step,
                flow_run=flow_run,
                watch=report.watch,
            )
        report.done.append(f"{len(folders)} of {len(days)} days had something in the archive")

    return _reported("backfill", settings, work, now, wait_seconds=3600.0)


def _push(settings: Settings, report: _Draft) -> None:
    """Let the remote copy follow; what keeps it from that is no failure of the update."""
    try:
        report.done.append(str(run_push(settings)))
    except NoGraphError:
        return  # nothing was ever ingested
    except NewsGraphError as error:
        report.findings.append(f"push: {error}; the next one goes on from there")


class _Draft:
    """A report that is being filled in."""

    def __init__(self) -> None:
        self.fetched, self.outcome, self.watch = FetchReport(), Outcome(), Stopwatch()
        self.done: list[str] = []
        self.findings: list[str] = []
        self.error: str | None = None


def _reported(
    kind: str,
    settings: Settings,
    work: Callable[[_Draft], None],
    now: Callable[[], datetime],
    *,
    wait_seconds: float = 0.0,
) -> RunReport:
    """Do ``work`` alone, and write what became of it even if it fails."""
    started, draft = now(), _Draft()

    def report() -> RunReport:
        return RunReport(
            kind,
            started,
            now(),
            draft.fetched,
            draft.outcome,
            tuple(draft.watch.seconds.items()),
            tuple(draft.done),
            tuple(draft.findings),
            draft.error,
        )

    with only_run(
        settings.graph_dir, f"the {kind} of {started:%Y-%m-%d %H:%M} UTC", wait_seconds=wait_seconds
    ):
        try:
            work(draft)
        except (NewsGraphError, KeyboardInterrupt) as error:
            draft.error = str(error) or "interrupted"
            write_report(settings.reports_dir, report())
            raise
        whole = report()
        write_report(settings.reports_dir, whole)
    return whole


def _archived(settings: Settings) -> list[str]:
    if not settings.raw_dir.is_dir():
        return []
    return [file for file in find_files([str(settings.raw_dir)]) if is_warc(file)]
