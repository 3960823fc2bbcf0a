"""The command line's frame: runs a command and turns whatever goes wrong into one line and an exit status.

Results go to standard output, all else to standard error. Exit status: 0 success, 1 a failure told in one
line, 2 wrong usage, 130 interrupted, 143 ended by SIGTERM. What can be asked for: arguments/; each command
lies in the module of its name, which is imported when it is wanted, so that --help is quick.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import current_thread, main_thread

from app.arguments.parser import build_parser
from app.terminal import Terminal
from newsgraph.errors import NewsGraphError
from newsgraph.settings import Settings, load_settings

DEBUG = "NEWSGRAPH_DEBUG"  # set to anything: a failure shows where it happened, libraries may log
INTERRUPTED, ENDED = 130, 143
ASKING = ("query", "ask", "export", "serve", "versions", "runs", "diff", "explain", "review")  # what is there
GOES_ON = "what was written is kept, the same command goes on from there"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    options = build_parser().parse_args(arguments)
    terminal = Terminal(quiet=options.quiet)
    _prepare_streams()
    with _sigterm_heard() as heard:
        return _status_of(options, terminal, heard)


def _status_of(options: argparse.Namespace, terminal: Terminal, heard: Sequence[int]) -> int:
    try:
        status = _run(options, terminal)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, such as head, has had enough
        _discard_output()
        status = 0
    except KeyboardInterrupt as error:
        terminal.close_line(is_typed_on=True)
        terminal.warn(f"newsgraph: interrupted; {str(error) or GOES_ON}")
        status = ENDED if heard else INTERRUPTED
    except Exception as error:
        terminal.warn(f"newsgraph: {_told(error)}")
        if os.environ.get(DEBUG):
            raise
        _discard_output()
        status = 1
    return status


@contextmanager
def _sigterm_heard() -> Iterator[Sequence[int]]:
    """Let SIGTERM end a command in order, as Ctrl-C does; what is yielded tells whether it came.

    A command that died of it would leave its processes to complain of that, with tracebacks.
    """
    heard: list[int] = []

    def end(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # it comes twice from those who end a whole group
        heard.append(number)
        raise KeyboardInterrupt

    if current_thread() is not main_thread():  # where Python hears none
        yield heard
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield heard
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    settings = load_settings(Path.cwd(), os.environ)
    command = import_module(f"app.{options.command}")
    if options.command in ASKING:
        _tell_of_another_shape(settings, terminal)
    try:
        return int(command.run(options, settings, terminal))
    except RuntimeError as error:
        guard = import_module("graph.guard")  # here: --help need not wait for it
        if guard.is_damage(error):
            raise guard.damaged(settings.graph_dir, error) from error
        raise


def _tell_of_another_shape(settings: Settings, terminal: Terminal) -> None:
    store = import_module("graph.store")  # here: --help need not wait for it
    if (settings.graph_dir / store.CURRENT).exists() and not store.has_this_shape(settings.graph_dir):
        mend = "answers may lack something until 'newsgraph rebuild' has run"
        terminal.note(f"newsgraph: {settings.graph_dir}: {store.OTHER_SHAPE}; {mend}")


def _told(error: Exception) -> str:
    if isinstance(error, NewsGraphError):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return f"unexpected {type(error).__name__}: {error} (set {DEBUG}=1 to see where)"


def _prepare_streams() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # whatever the locale: what is printed is meant to be kept
    if os.environ.get(DEBUG):
        logging.basicConfig(level=logging.INFO)
    else:
        logging.getLogger().addHandler(logging.NullHandler())  # else Python prints warnings of libraries


def _discard_output() -> None:
    # What could not be written is still buffered, and Python would try, and complain, once more at the end.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        return  # no real file, as in tests


if __name__ == "__main__":
    sys.exit(main())
