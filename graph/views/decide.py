"""What a reviewer does on the page: same, different, undo. Each is one whole step, as on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from graph import review
from graph.guard import Turn
from graph.review import Decided
from graph.views.given import given_text


def same(graph_dir: Path, parameters: Mapping[str, str], turn: Turn = review.A_REVIEWER) -> str:
    """Decide that ``one`` and ``other`` are the same; ``by`` and ``reason`` say who and why.

    Raises:
        QueryError: If one of them is missing.
        DecisionError: If it is not clear what is meant, or it contradicts what was decided before.
        StoreBusyError: If others who write take longer than ``turn`` has time.
        StoreError: If there is no store, or it cannot be written.
    """
    parties, told = _parties(parameters), _who_and_why(parameters)
    return _told(review.same(graph_dir, *parties, **told, at=_now(), turn=turn))


def different(graph_dir: Path, parameters: Mapping[str, str], turn: Turn = review.A_REVIEWER) -> str:
    """Decide that the two are different; parameters and errors are those of :func:`same`."""
    parties, told = _parties(parameters), _who_and_why(parameters)
    return _told(review.different(graph_dir, *parties, **told, at=_now(), turn=turn))


def undo(graph_dir: Path, parameters: Mapping[str, str], turn: Turn = review.A_REVIEWER) -> str:
    """Take back the ``decision``; errors are those of :func:`same`."""
    decision, by = given_text(parameters, "decision"), given_text(parameters, "by")
    undone = review.undo(graph_dir, decision, by=by, at=_now(), turn=turn)
    return f"no longer: {undone.decision} ({_articles(undone)})"


def _parties(parameters: Mapping[str, str]) -> tuple[str, str]:
    return given_text(parameters, "one"), given_text(parameters, "other")


def _who_and_why(parameters: Mapping[str, str]) -> dict[str, str]:
    return {"by": given_text(parameters, "by"), "reason": given_text(parameters, "reason", "")}


def _now() -> datetime:
    return datetime.now(UTC)


def _told(decided: Decided) -> str:
    if not decided.is_new:
        return f"that had been decided before: {decided.decision}"
    return f"decided: {decided.decision} ({_articles(decided)})"


def _articles(decided: Decided) -> str:
    return f"{decided.articles} article{'' if decided.articles == 1 else 's'} changed"
