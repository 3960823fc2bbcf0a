"""What a run tells while it goes on, to whoever listens: the terminal (app/), Prefect's log, nobody."""

from __future__ import annotations

from typing import Protocol

from newsgraph.records import Outcome, Rejection


class Progress(Protocol):
    def advance(self, so_far: Outcome) -> None:
        """Tell what became of the articles up to now."""

    def reject(self, rejection: Rejection) -> None:
        """Tell that an article was set aside."""

    def note(self, message: str) -> None:
        """Tell something that is worth knowing but no failure."""


class Silence:
    """Tells nothing."""

    def advance(self, so_far: Outcome) -> None:
        pass

    def reject(self, rejection: Rejection) -> None:
        pass

    def note(self, message: str) -> None:
        pass
