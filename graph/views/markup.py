"""Marks on a text, which may lie in each other or cross, as a row of segments that no mark begins or ends in.

Pure. HTML cannot say that two elements cross, so a page shows each segment by itself, with all marks that
cover it. Offsets count Unicode characters, as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

BETWEEN = " … "  # pieces of a text that do not touch


@dataclass(frozen=True, slots=True)
class Mark:
    """What a stretch ``[start, end)`` of a text is."""

    start: int
    end: int
    role: str  # "source", "cue", "content", "mention" …
    of: str = ""  # whose it is: a statement, an entity


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that are all covered by the same marks."""

    start: int
    text: str
    marks: tuple[Mark, ...]  # the widest first


@dataclass(frozen=True, slots=True)
class Words:
    """Some characters of a passage, and all that they are."""

    text: str
    roles: tuple[str, ...]


class Piece(NamedTuple):
    """Some characters of a text, and where they begin in it."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def segments(piece: Piece, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> tuple[Segment, ...]:
    """Return a piece of text as segments, in order; together they are the piece, character by character.

    Args:
        piece: What is to be shown.
        marks: Of the whole text; what lies outside of the piece, or is empty, is left out.
        cuts: Where segments shall end beside that.
    """
    inside = [
        one for one in marks if max(one.start, piece.start) < min(one.end, piece.end)
    ]  # never an empty one
    edges = {piece.start, piece.end, *(edge for one in inside for edge in (one.start, one.end)), *cuts}
    borders = sorted(edge for edge in edges if piece.start <= edge <= piece.end)
    return tuple(
        Segment(start, piece.text[start - piece.start : end - piece.start], covering)
        for (start, end), covering in zip(pairwise(borders), _covering(borders, inside), strict=True)
    )


def _covering(borders: list[int], marks: Iterable[Mark]) -> Iterator[tuple[Mark, ...]]:
    """Yield the marks over each stretch between two borders."""
    coming = sorted(set(marks), key=lambda one: (one.start, -one.end, one.role, one.of))
    here: list[Mark] = []
    reached = 0
    for start, _ in pairwise(borders):
        while reached < len(coming) and coming[reached].start <= start:
            here.append(coming[reached])
            reached += 1
        here = [one for one in here if one.end > start]
        yield tuple(sorted(here, key=lambda one: (one.start - one.end, one.start, one.role, one.of)))


def joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces of one text with those that overlap or touch made one, in order."""
    found: list[Piece] = []
    for piece in sorted(pieces):
        if found and piece.start <= found[-1].end:
            last = found.pop()
            found.append(Piece(last.start, last.text + piece.text[max(0, last.end - piece.start) :]))
        else:
            found.append(piece)
    return found


def passage(pieces: Iterable[Piece], marks: Iterable[Mark], most: int) -> tuple[Words, ...]:
    """Return pieces of a text to be read one after the other, no more than ``most`` characters of them."""
    marks, found, left = list(marks), list[Words](), most
    for piece in joined(pieces):
        if found:
            found.append(Words(BETWEEN, ()))
        if left <= 0:
            break
        shown = Piece(piece.start, piece.text[:left])
        found += [Words(one.text, _roles(one)) for one in segments(shown, marks)]
        left -= len(shown.text)
        if len(shown.text) < len(piece.text):
            found.append(Words(" …", ()))
            break
    return tuple(found)


def _roles(segment: Segment) -> tuple[str, ...]:
    return tuple(dict.fromkeys(mark.role for mark in segment.marks))
