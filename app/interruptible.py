"""A call that Ctrl-C ends: the engine answers in code of its own, in which Python hears no signal."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
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
            future.set_exception(error)

    Thread(target=settle, daemon=True).start()
    return future.result()
