"""What newsgraph same, different and undo have in common: who decides, when, and how it is told."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime

from app.terminal import Terminal
from graph.decisions import Decision
from graph.query import shown
from graph.review import Decided
from graph.terms import text_literal
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
    print(f"{decided.decision.id}  {in_words(decided.decision)}")
    changed = articles(decided.articles, "changed")
    terminal.note(
        f"newsgraph: {changed if decided.is_new else 'nothing changed: it had been decided before'}"
    )
    return 0


def in_words(decision: Decision) -> str:
    """Return a decision on one line, whatever the names and the ids of articles are made of."""
    return shown(text_literal(str(decision)))


def articles(number: int, done: str) -> str:
    """Return what happened to how many articles."""
    return f"{number} article{'' if number == 1 else 's'} {done}"
