"""A command at a pseudo-terminal, what it prints is read, keys are pressed, Ctrl-C too."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 60  # on a busy machine
CTRL_C = "\x03"


class PseudoTerminal:
    """What a command prints, and what is typed into it."""

    def __init__(self, process, master):
        self._process, self._master = process, master
        self._unread = self.screen = ""

    def wait_for(self, words):
        """Return what is printed up to some words, and these."""
        deadline = time.monotonic() + SECONDS
        while words not in self._unread:
            assert time.monotonic() < deadline, f"no {words!r} in {self._unread!r}"
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"the command ended without {words!r}: {self._unread!r}")
        found, _, self._unread = self._unread.partition(words)
        return found + words

    def type(self, keys):
        os.write(self._master, keys.encode())

    def end(self):
        """Return the exit status, and what was printed last."""
        deadline = time.monotonic() + SECONDS
        while self._read(deadline - time.monotonic()):
            pass
        return self._process.wait(SECONDS), self._unread

    def _read(self, seconds):
        if not select.select([self._master], [], [], max(0, seconds))[0]:
            raise AssertionError(f"nothing more comes after {self._unread!r}")
        try:
            more = os.read(self._master, 65536).decode("utf-8", "replace").replace("\r\n", "\n")
        except OSError:  # the command has closed its end
            return False
        self._unread += more
        self.screen += more
        return bool(more)


@contextmanager
def at_a_terminal(*arguments, columns=80):
    """Run newsgraph with a terminal of so many columns until the block ends."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    code = "import fcntl, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
    code += "from app.cli import main; sys.exit(main(sys.argv[1:]))"
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdin=slave, stdout=slave, stderr=slave,
        start_new_session=True,
        env=environment | {"PYTHONPATH": str(ROOT)},
    ) as process:  # fmt: skip
        os.close(slave)
        try:
            yield PseudoTerminal(process, master)
        finally:
            process.send_signal(signal.SIGKILL)
            os.close(master)


def lines_of(screen):
    """Return the lines of a screen, without what steers the terminal."""
    return [re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", line) for line in screen.replace("\r", "\n").split("\n")]
