"""/runs: what the last runs did, and which articles were set aside.

Runs are asked of the graph; reports and what was set aside lie in files beside it, which are read here.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from app.web.page.page import Page
from app.web.protocol import HttpError
from flows.reports import RunReport, read_reports, summary
from flows.set_aside import SetAside, read_set_aside
from newsgraph.errors import StoreError

REPORTS, SET_ASIDE, REASONS = 10, 100, 30  # how many are shown
MOST_FINDINGS = 5


class Report(NamedTuple):
    kind: str  # "update"
    started: datetime
    seconds: float
    line: str  # what came of it
    error: str  # why it ended early; "" if it did not
    findings: Sequence[str]


class Reason(NamedTuple):
    words: str
    articles: int


class Aside(NamedTuple):
    """What is set aside, as far as it is shown."""

    total: int
    reasons: Sequence[Reason]
    reason: str  # the one that is looked at; "" for all
    found: int  # for that reason
    shown: Sequence[SetAside]


async def runs(page: Page, request: Request) -> Response:
    reason, start = request.query_params.get("reason", ""), request.query_params.get("start", "")
    reports = await asyncio.to_thread(_reports, page.reports_dir)
    try:
        aside = await asyncio.to_thread(_aside, page.graph_dir, reason)
    except StoreError as error:
        raise HttpError(500, error.reason) from None
    return await page.show(request, "runs", {"start": start}, "runs.html", reports=reports, aside=aside)


def _reports(folder: Path) -> Sequence[Report]:
    return [_report(one) for one in read_reports(folder, REPORTS)]


def _report(one: RunReport) -> Report:
    seconds = (one.ended - one.started).total_seconds()
    return Report(one.kind, one.started, seconds, summary(one), one.error or "", one.findings[:MOST_FINDINGS])


def _aside(folder: Path, reason: str) -> Aside:
    every = read_set_aside(folder)
    counts = Counter(_kind(one) for one in every).most_common(REASONS)
    found = [one for one in every if reason in ("", _kind(one))]
    newest = sorted(found, key=lambda one: one.since.timestamp() if one.since else 0.0, reverse=True)
    return Aside(len(every), [Reason(*one) for one in counts], reason, len(found), newest[:SET_ASIDE])


def _kind(one: SetAside) -> str:
    return one.reason.partition(":")[0]  # without what differs from one article to the next
