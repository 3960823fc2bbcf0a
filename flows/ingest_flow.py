"""The run of ingest.py as a Prefect flow: each write is a task, the outcome an artifact, all in Prefect's UI.

    newsgraph ingest --flow                             from the command line
    prefect deploy flows/ingest_flow.py:ingest_flow     on a schedule, on a work pool

A task is what is written at once, not an article, because Prefect's records of a task take some 40 ms; and
the processes that extract are our own (workers.py), because one of Prefect's pool takes 240 ms a task.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

# Prefect reads these while it is imported. Who sets them otherwise is obeyed.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")  # on a busy machine

import prefect.runtime
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging.handlers import PrefectConsoleHandler

from flows.ingest import run_ingest
from newsgraph.records import Outcome, Rejection
from newsgraph.settings import load_settings

BATCH_SECONDS = 3600  # after which something hangs


@flow(name="ingest", persist_result=False)
def ingest_flow(paths: list[str] | None = None, workers: int | None = None) -> Outcome:
    """Bring the articles at ``paths`` (default: data/raw/) into the store. Safe to run twice."""
    settings = load_settings(Path.cwd(), os.environ)
    log = get_run_logger()
    outcome = run_ingest(
        paths or [],
        replace(settings, workers=workers or settings.workers),
        progress=Log(log),
        step=as_task,
        flow_run=prefect.runtime.flow_run.name,
    )
    record(outcome)
    return outcome


def run_as_flow(paths: list[str], *, workers: int | None = None, quiet: bool = False) -> Outcome:
    """Run the flow here and now, with the configured Prefect server or else a passing one."""
    keep_terminal_tidy(logging.WARNING if quiet else logging.INFO)
    return ingest_flow(paths, workers)


def keep_terminal_tidy(least: int) -> None:
    """Print no traceback of Prefect's, and nothing below the level ``least``."""

    # Prefect's UI tells everything, tracebacks too. A filter, because Prefect sets the levels again later.
    def tidy(record: logging.LogRecord) -> bool:
        record.exc_info = record.exc_text = None
        return record.levelno >= least

    for name in ("", "prefect", "prefect.flow_runs", "prefect.task_runs"):
        for handler in logging.getLogger(name).handlers:
            if isinstance(handler, PrefectConsoleHandler):
                handler.addFilter(tidy)


def as_task(name: str, action: Callable[[], Outcome]) -> Outcome:
    """Do one step of the run as a task of the flow."""
    as_batch = task(
        name="batch",
        task_run_name=name,
        retries=2,  # another writer took too long; what was extracted is not extracted again
        retry_delay_seconds=10,
        timeout_seconds=BATCH_SECONDS,
        cache_policy=NO_CACHE,
        persist_result=False,
    )
    return as_batch(action)()


def record(outcome: Outcome) -> None:
    """Leave the outcome as artifacts of the flow run."""
    counts = {
        "added": outcome.added,
        "unchanged": outcome.unchanged,
        "left out as retracted": outcome.retracted,
        "set aside": len(outcome.rejected),
    }
    create_table_artifact(key="ingest-outcome", table=[counts], description="What became of the articles.")
    if outcome.rejected:
        rows = [{"place": one.place, "reason": one.reason} for one in outcome.rejected]
        create_table_artifact(key="ingest-set-aside", table=rows, description="Articles set aside, and why.")


class Log:
    """Progress, to the log of the flow run."""

    def __init__(self, log: logging.Logger | logging.LoggerAdapter[logging.Logger]) -> None:
        self._log = log

    def reading(self, done: int, place: str) -> None:
        self._log.info("%d articles read; reading %s", done, place)

    def advance(self, so_far: Outcome) -> None:
        self._log.info("%d added, %d unchanged", so_far.added, so_far.unchanged)

    def reject(self, rejection: Rejection) -> None:
        self._log.warning("set aside: %s: %s", rejection.place, rejection.reason)

    def note(self, message: str) -> None:
        self._log.info(message)
