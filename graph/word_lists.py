"""The lists in graph/lexicons/: an entry a line, or two with a tab between; "#" begins a comment."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def lines_of(name: str) -> Iterator[str]:
    """Yield the entries of a list."""
    for line in files("graph").joinpath("lexicons", name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def pairs_of(name: str) -> Iterator[tuple[str, str]]:
    """Yield the entries of a list of pairs."""
    for line in lines_of(name):
        left, right = line.split("\t")
        yield left, right
