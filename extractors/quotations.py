"""Quoted stretches of a text, by its quotation marks alone: which words stand between which marks.

Odd numbers of marks are no error: a quotation that is open where its paragraph ends, ends there, and goes on
in the next paragraph if that opens with a mark again (the custom of newspapers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.spans import paragraphs
from extractors.words import Doc

_OPENING = {"“": "”", "„": "”", "«": "»", "‘": "’", '"': '"', "'": "'", "``": "''", "''": "''"}
_EITHER = {'"', "''"}  # doubles that open and close alike
_SINGLE = {"‘", "'"}
OPENING_MARKS = frozenset(_OPENING)
# A single mark may be an apostrophe: whoever only counts marks or looks for one counts these.
DOUBLE_MARKS = frozenset(mark for pair in _OPENING.items() if pair[0] not in _SINGLE for mark in pair)
MARK_CHARACTERS = frozenset("".join((*_OPENING, *_OPENING.values())))
MIN_SINGLE = 2  # words: a single mark before fewer is as likely an apostrophe


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``[start, end)`` between quotation marks, the marks left out."""

    start: int
    end: int
    paragraph: int
    opens_paragraph: bool
    is_closed: bool
    is_double: bool

    def __contains__(self, place: int) -> bool:
        return self.start <= place < self.end


def find_quotations(doc: Doc, skipped: Sequence[tuple[int, int]] = ()) -> list[Quotation]:
    """Return the outermost quotations of a text, in order."""
    return [
        quotation
        for number, (start, end) in enumerate(paragraphs(doc, skipped))
        for quotation in _in_paragraph(doc, start, end, number)
    ]


def _in_paragraph(doc: Doc, start: int, end: int, number: int) -> Iterator[Quotation]:
    place, tokens = start, doc.tokens
    while place < end:
        mark = _opening_mark(doc, place, start) if tokens[place].text in _OPENING else None
        if mark is None:
            place += 1
            continue
        close = _closing_place(doc, place, end, mark)
        double = mark not in _SINGLE
        if close is None and not double:  # an apostrophe, most likely
            place += 1
            continue
        stop = end if close is None else close
        first = place + 1
        if stop > first and doc[first:stop].text.strip():
            yield Quotation(first, stop, number, place == start, close is not None, double)
        place = stop + 1


def _opening_mark(doc: Doc, place: int, start: int) -> str | None:
    text = doc[place].text
    if text in {*_EITHER, "'"} and place > start and not _gap_before(doc, place):
        return None  # it closes, or is an apostrophe
    return text


def _closing_place(doc: Doc, opening: int, end: int, mark: str) -> int | None:
    wanted = {_OPENING[mark], '"' if mark not in _SINGLE else "'"}
    if mark in _EITHER:
        wanted = {mark, "”"}
    for place in range(opening + 1, end):
        if doc[place].text not in wanted:
            continue
        gap_after = (
            bool(doc[place].whitespace_) or place + 1 == len(doc) or not doc[place + 1].text[0].isalnum()
        )
        if mark in _SINGLE and (
            not gap_after or _is_possessive(doc, place) or place - opening <= MIN_SINGLE - 1
        ):
            continue
        if mark in _EITHER and place + 1 < end and _gap_before(doc, place) and not doc[place].whitespace_:
            return None  # the next one opens: this one was never closed
        return place
    return None


def _is_possessive(doc: Doc, place: int) -> bool:
    """Say whether a closing single mark is the apostrophe of a plural ("officials' claims")."""
    return not _gap_before(doc, place) and doc[place - 1].text.endswith("s") and doc[place].tag_ == "POS"


def _gap_before(doc: Doc, place: int) -> bool:
    return (
        place == 0
        or bool(doc[place - 1].whitespace_)
        or doc[place - 1].is_space
        or doc[place - 1].text in "([—–-"
    )
