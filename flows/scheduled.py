"""What runs on a schedule, as Prefect flows: update, maintain, backfill. Their times: prefect.yaml.

    newsgraph schedule       serves all of them, with a Prefect server and its UI (schedule.py)
    prefect deploy --all     deploys them to a work pool of yours

Each calls the plain function of its name. A task is a batch, as in ingest_flow.py; the report is an artifact.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

# Prefect reads these while it is imported. Who sets them otherwise is obeyed.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")

import prefect.runtime
from prefect import State, flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed

from flows.ingest_flow import Log, as_task
from flows.maintain import run_maintenance
from flows.reports import RunReport, as_markdown, summary
from flows.update import run_backfill, run_update
from ingest.sources import load_sources
from newsgraph.errors import RunBusyError, SettingsError, SourcesError
from newsgraph.fetched import FetchFailure, FetchReport
from newsgraph.settings import Settings, load_settings

FETCH_SECONDS = 3600
PART_SECONDS = 4 * 3600  # of maintenance
FAILURES_TOLD = 50  # in the log; the report has them all


@flow(name="update", persist_result=False)
def update() -> State[Any] | str:
    """Fetch what is new at the sources, ingest it and report. Skipped while another run is under way."""
    settings, log = _settings(), get_run_logger()
    sources, limits = load_sources(settings.sources_file)
    try:
        report = run_update(
            settings,
            sources=sources,
            limits=limits,
            progress=UpdateLog(log),
            step=as_task,
            fetch_step=as_fetch_task,
            flow_run=prefect.runtime.flow_run.name,
        )
    except RunBusyError as error:
        log.warning("skipped: %s", error.reason)
        return Completed(message=f"skipped: {error.reason}")
    return _told(report, log)


@flow(name="maintain", persist_result=False)
def maintain() -> str:
    """Optimise the store, back it up, check it and report. Waits for a run that is under way."""
    return _told(run_maintenance(_settings(), part=as_part_task), get_run_logger())


@flow(name="backfill", persist_result=False)
def backfill(first: date, last: date) -> str:
    """Ingest again what was fetched on these days (UTC), without the network. Waits for other runs."""
    log = get_run_logger()
    name = prefect.runtime.flow_run.name
    return _told(
        run_backfill(first, last, _settings(), progress=UpdateLog(log), step=as_task, flow_run=name), log
    )


def as_fetch_task(fetch: Callable[[], FetchReport]) -> FetchReport:
    """Do the fetching as a task of the flow."""
    as_fetch = task(
        name="fetch",
        retries=2,
        retry_delay_seconds=30,
        retry_condition_fn=_is_worth_another_try,
        timeout_seconds=FETCH_SECONDS,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return as_fetch(fetch)()


def as_part_task(name: str, action: Callable[[], list[str]]) -> list[str]:
    """Do one part of the maintenance as a task of the flow."""
    as_part = task(
        name=name,
        retries=1,
        retry_delay_seconds=60,
        timeout_seconds=PART_SECONDS,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return as_part(action)()


class UpdateLog(Log):
    """Progress of both fetching and ingesting, to the log of the flow run."""

    def __init__(self, log: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> None:
        super().__init__(log)
        self._failures = 0

    def fetched(self, so_far: FetchReport) -> None:
        self._log.debug("%d new, %d unchanged", so_far.new, so_far.unchanged)

    def fail(self, failure: FetchFailure) -> None:
        self._failures += 1
        if self._failures <= FAILURES_TOLD:
            self._log.warning("%s: %s: %s", failure.source, failure.url, failure.reason)


def _is_worth_another_try(task: object, task_run: object, state: State[Any]) -> bool:
    error = state.result(raise_on_failure=False)
    return not isinstance(error, (SourcesError, SettingsError))


def _settings() -> Settings:
    return load_settings(Path.cwd(), os.environ)


def _told(report: RunReport, log: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> str:
    line = summary(report)
    create_markdown_artifact(key=f"{report.kind}-report", markdown=as_markdown(report), description=line)
    for finding in report.findings:
        log.error("%s", finding)
    log.info("%s", line)
    return line
