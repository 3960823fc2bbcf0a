"""Messages and progress on standard error. Results go to standard output, past this module."""

from __future__ import annotations

import shutil
import sys
import time
from typing import TextIO

from newsgraph.records import Outcome, Rejection

EVERY_SECONDS = 0.2  # on a terminal, where each line of progress takes the place of the last one
EVERY_SECONDS_IN_A_FILE = 15.0


class Terminal:
    """Tells a person, or a log file, what goes on; is a flows.progress.Progress."""

    def __init__(self, *, quiet: bool, stream: TextIO | None = None) -> None:
        self.quiet = quiet
        self._stream = stream or sys.stderr
        self._overwrites = self._stream.isatty()
        self._last = time.monotonic()
        self._has_open_line = False

    def reading(self, done: int, place: str) -> None:
        self.progress(f"{done} articles read; reading {place}")

    def advance(self, so_far: Outcome) -> None:
        self.progress(told(so_far))

    def read_again(self, done: int, of: int) -> None:
        self.progress(f"{done} of {of} articles read again")

    def progress(self, line: str) -> None:
        """Tell how far a run has come: now and then, the last line in place of the one before."""
        every = EVERY_SECONDS if self._overwrites else EVERY_SECONDS_IN_A_FILE
        if self.quiet or time.monotonic() - self._last < every:
            return
        self._last = time.monotonic()
        if self._overwrites:
            columns = shutil.get_terminal_size().columns  # a line that is broken could not be taken away
            self._stream.write(f"\r\x1b[K{_printable(line)[: columns - 1]}")
            self._stream.flush()
            self._has_open_line = True
        else:
            self.note(line)

    def reject(self, rejection: Rejection) -> None:
        # The place of what was fetched is that of its record in a file, which says nothing to a person.
        is_told = "://" not in rejection.name or rejection.name in rejection.reason
        address = "" if is_told else f" ({rejection.name})"
        self.warn(f"set aside: {rejection.place}{address}: {rejection.reason}")

    def note(self, message: str) -> None:
        """Print a line that --quiet suppresses."""
        if not self.quiet:
            self.warn(message)

    def warn(self, message: str) -> None:
        """Print a line that is always wanted."""
        self.close_line()
        print(_printable(message), file=self._stream, flush=True)

    def close_line(self, *, is_typed_on: bool = False) -> None:
        """Take a line of progress away, or what a person typed there, such as Ctrl-C."""
        if self._has_open_line or (is_typed_on and self._overwrites):
            self._stream.write("\r\x1b[K")
            self._has_open_line = False


def _printable(message: str) -> str:
    """Return a message on one line and without escape sequences: names of files come from outside."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in message)


def told(outcome: Outcome) -> str:
    """Return in words what became of some articles."""
    parts = [f"{outcome.added} added", f"{outcome.unchanged} unchanged"]
    if outcome.retracted:
        parts.append(f"{outcome.retracted} left out as retracted")
    if outcome.rejected:
        parts.append(f"{len(outcome.rejected)} set aside")
    return ", ".join(parts)
