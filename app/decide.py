"""What newsgraph same, different and undo have in common: who decides, when, and how it is told."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from app.terminal import Terminal
from graph.review import Decided
from newsgraph.errors import DecisionError


def reviewer(given: str | None) -> str:
    """Return who decides."""
    if given is not None:
        return given
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no user of that number is known here, as in some containers
        raise DecisionError("who decides? this computer does not know; say it with --by NAME") from None


def now() -> datetime:
    return datetime.now(UTC)


def tell(decided: Decided, terminal: Terminal) -> int:
    """Print the decision, and tell what it changed."""
    print(f"{decided.decision.id}  {decided.decision}")
    if decided.is_new:
        number = decided.articles
        terminal.note(f"newsgraph: {number} article{'' if number == 1 else 's'} changed")
    else:
        terminal.note("newsgraph: nothing changed: it had been decided before")
    return 0
