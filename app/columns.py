"""Text in columns of a terminal, where some characters take two places and some none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from unicodedata import combining, east_asian_width

BETWEEN = " │ "


def places_of(text: str) -> int:
    """Return how many places of a line a text takes."""
    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def wrapped(text: str, places: int) -> list[str]:
    """Return a text in lines of at most so many places, broken between words where that can be."""
    lines = [""]
    for word in text.split():
        if lines[-1] and places_of(lines[-1]) + 1 + places_of(word) <= places:
            lines[-1] += f" {word}"
            continue
        pieces = list(_pieces(word, places))
        lines = [*(lines if lines[-1] else lines[:-1]), *pieces]
    return lines


def _pieces(word: str, places: int) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and places_of(piece + letter) > places:
            yield piece
            piece = ""
        piece += letter
    yield piece


def side_by_side(left: Iterable[str], right: Iterable[str], width: int) -> Iterator[str]:
    """Yield paragraphs in two columns that together take at most ``width`` places."""
    places = (width - len(BETWEEN)) // 2
    columns = ([line for text in texts for line in wrapped(text, places)] for texts in (left, right))
    for one, other in zip_longest(*columns, fillvalue=""):
        yield f"{one}{' ' * (places - places_of(one))}{BETWEEN}{other}".rstrip()
