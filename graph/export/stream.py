"""Writing a long text piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import BinaryIO

_AT_ONCE = 500


def write_pieces(pieces: Iterable[str], file: BinaryIO) -> None:
    """Write texts one after the other, some hundred at once."""
    remaining = iter(pieces)
    while batch := list(islice(remaining, _AT_ONCE)):
        file.write("".join(batch).encode("utf-8"))
