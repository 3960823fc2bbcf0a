"""What newsgraph same, different, undo, review and retract have in common: who decides, how it is told."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from app.terminal import Terminal
from graph.decision_log import read_log
from graph.decisions import Decision, Entry, Revocation
from graph.guard import Turn
from graph.query import shown
from graph.retractions import Retraction, RetractionEntry
from graph.review import Decided
from graph.store import open_writer
from graph.terms import text_literal
from newsgraph.errors import DecisionError

Done = TypeVar("Done", covariant=True)
ReadLog = Callable[[Path], Sequence[Entry | RetractionEntry]]


class Act(Protocol[Done]):
    """A step of a person's, but for when it is taken."""

    def __call__(self, *, at: datetime, turn: Turn) -> Done: ...


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


def turn_of(doing: str, terminal: Terminal) -> Turn:
    """Return a writer that tells a person who waits for it what it waits for."""
    return Turn(doing, waits=lambda message: terminal.note(f"newsgraph: {message}; Ctrl-C gives up"))


def carried_out(
    act: Act[Done], graph_dir: Path, doing: str, terminal: Terminal, read: ReadLog = read_log
) -> Done:
    """Take a step of a person's now.

    Args:
        act: The step.
        graph_dir: Where the store lies.
        doing: What it is, for those who wait for it.
        terminal: Is told if it has to wait itself.
        read: Returns all such steps that were ever taken.

    Raises:
        KeyboardInterrupt: With what became of it, if it is interrupted.
        DecisionError, StoreError: As the step itself.
    """
    at, turn = now(), turn_of(doing, terminal)
    try:
        return act(at=at, turn=turn)
    except KeyboardInterrupt:
        made = next((one for one in read(graph_dir) if one.at == at), None)
        if made is None:
            raise KeyboardInterrupt("nothing was changed") from None
        terminal.warn(f"newsgraph: {_made(made)} before that; it is brought in now")
        with open_writer(graph_dir, turn):
            pass  # what the log has and the graph has not, each writer brings in
        raise KeyboardInterrupt(_made(made)) from None


def _made(entry: Entry | RetractionEntry) -> str:
    if isinstance(entry, Decision):
        return f"{entry.id} ({in_words(entry)}) was decided"
    if isinstance(entry, Revocation):
        return f"{entry.undo} was taken back"
    if isinstance(entry, Retraction):
        return f"{shown(text_literal(entry.retract))} was retracted"
    return f"{shown(text_literal(entry.restore))} was let in again"


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
