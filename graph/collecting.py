"""Room for large batches: when Python looks for garbage, and when freed memory goes back to the system."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def no_collecting() -> Iterator[None]:
    """Look for no cycles of garbage meanwhile: a batch makes none, and each look goes through all it made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def give_back() -> None:
    """Return what was freed to the system: the database has heaps of its own, and needs it now."""
    with suppress(AttributeError, OSError):  # a C library that has no such call
        ctypes.CDLL(None).malloc_trim(0)
