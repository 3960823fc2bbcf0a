"""What a run tells while it goes on, to whoever listens: the terminal (app/), Prefect's log, nobody."""

from __future__ import annotations

from typing import Protocol

from newsgraph.records import Outcome, Rejection


class Progress(Protocol):
    def reading(self, done: int, place: str) -> None:
        """Tell how many articles have been read, written or not, and where the next ones lie."""

    def advance(self, so_far: Outcome) -> None:
        """Tell what became of the articles up to now."""

    def reject(self, rejection: Rejection) -> None:
        """Tell that an article was set aside."""

    def note(self, message: str) -> None:
        """Tell something that is worth knowing but no failure."""


class UpgradeProgress(Progress, Protocol):
    """Is told of an upgrade, too, most of which is reading."""

    def read_again(self, done: int, of: int) -> None:
        """Tell how many articles have been read again, or could not be, written or not."""


class Silence:
    """Tells nothing."""

    def reading(self, done: int, place: str) -> None:
        pass

    def advance(self, so_far: Outcome) -> None:
        pass

    def reject(self, rejection: Rejection) -> None:
        pass

    def note(self, message: str) -> None:
        pass

    def read_again(self, done: int, of: int) -> None:
        pass
