"""Waiting that Ctrl-C ends.

The engine answers in code of its own, in which Python hears no signal. Nor does Python hear one that comes in
the moment before the system call that waits, so that nothing here waits for long at a time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from select import select
from threading import Thread, stack_size
from traceback import clear_frames
from typing import TypeVar

Found = TypeVar("Found")
STACK_BYTES = 1 << 29  # of addresses, not of memory: the engine calls itself for each bracket and operator
SECONDS = 0.5  # until a signal is heard that Python has missed


def interruptible(call: Callable[[], Found]) -> Found:
    """Return what ``call`` returns, or raise what it raises; Ctrl-C is heard while it runs.

    The call goes on in its thread, which does not keep the program: only for what reads.
    """
    future = Future[Found]()

    def settle() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 # whoever waits is told
            _let_go(error)
            future.set_exception(error)

    usual = stack_size(STACK_BYTES)
    try:
        Thread(target=settle, daemon=True).start()
    finally:
        stack_size(usual)
    while not wait([future], SECONDS).done:
        pass
    return future.result()


def typed_line() -> str:
    """Return the next line of standard input with its end, as ``sys.stdin.readline``; Ctrl-C is heard."""
    while sys.stdin.isatty() and not select([sys.stdin], [], [], SECONDS)[0]:
        pass
    return sys.stdin.readline()


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of an error hold: answers of the engine must end in the thread that asked."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__
