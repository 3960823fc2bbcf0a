"""Views of a snapshot and acts of reviewers, by name, for the page: data in, data out, as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from graph.endpoint.messages import Answer, Limits, Reply, Request, Status
from graph.guard import Turn
from graph.snapshots import Reader
from graph.views.registry import ACTS, VIEWS
from newsgraph.errors import (
    DecisionError,
    NewsGraphError,
    QueryError,
    StoreBusyError,
    StoreError,
    UnclearError,
    UnknownThingError,
)

JSON = "application/json"
UNCLEAR = ("written", "reason", "candidates")  # the body of an answer that asks back
_STATUS: tuple[tuple[type[NewsGraphError], Status], ...] = (
    (UnknownThingError, "no such thing"),
    (QueryError, "wrong"),
    (DecisionError, "wrong"),
    (StoreBusyError, "busy"),
)


def viewed(reader: Reader, request: Request, body: bytes, limits: Limits) -> Answer:
    """Return what a view gives, as JSON; whatever is wrong with what is asked is told in the answer."""
    if request.name not in VIEWS:
        return Answer(Reply("no such thing", f"there is no view {request.name!r}"))
    try:
        shown = _written(asdict(VIEWS[request.name](reader, json.loads(body))))
    except NewsGraphError as error:
        return _told(error)
    if len(shown) > limits.answer_bytes:
        return Answer(Reply("too much", f"this would be more than {limits.answer_bytes} bytes"))
    return Answer(Reply("done", media_type=JSON), shown)


def acted(
    graph_dir: Path, request: Request, body: bytes, tell: Callable[[Status], None], wait_seconds: float
) -> Answer:
    """Make what a reviewer decided, and return what was done, in words."""
    if request.name not in ACTS:
        return Answer(Reply("no such thing", f"nothing is done by the name {request.name!r}"))
    begun, committed = partial(tell, "begun"), partial(tell, "committed")
    turn = Turn("a decision on the page", wait_seconds, begins=begun, has_made=committed)
    try:
        done = ACTS[request.name](graph_dir, json.loads(body), turn)
    except NewsGraphError as error:
        return _told(error)
    return Answer(Reply("done", media_type=JSON), _written(done))


def _told(error: NewsGraphError) -> Answer:
    status: Status = next((status for kind, status in _STATUS if isinstance(error, kind)), "failed")
    # Whole, for it may list what to choose from; without the folder, which is nobody's affair.
    words = error.reason if isinstance(error, StoreError) else str(error)
    reply = Reply(status, " ".join(words.split()))
    if not isinstance(error, UnclearError):
        return Answer(reply)
    return Answer(reply, _written({name: getattr(error, name) for name in UNCLEAR}))


def _written(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "replace")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no plain data: {value!r}")
