"""A call that Ctrl-C ends: the engine answers in code of its own, in which Python hears no signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from traceback import clear_frames
from typing import TypeVar

Found = TypeVar("Found")


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

    Thread(target=settle, daemon=True).start()
    return future.result()


def _let_go(error: BaseException | None) -> None:
    """Drop what the frames of an error hold: answers of the engine must end in the thread that asked."""
    while error is not None:
        clear_frames(error.__traceback__)
        error = error.__context__
