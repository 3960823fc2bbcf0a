"""What stands above and before a report's first sentence: bylines and the dateline. Found, not cut out.

Only the first lines are looked at, and only until prose begins: "By Anna Berg" in the middle of a text is
somebody's sentence. What is found is passed over by whoever reads the text, and kept as what is known of the
article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.boilerplate import find_lines
from newsgraph.datelines import AGENCIES, dateline_of
from newsgraph.records import TextSpan

OPENING_LINES = 5
LONGEST_BYLINE_CHARS = 150

_NAME = (
    r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|al-\w+|bin|ibn|da|de|del|den|der|di|dos|du|el|la|le|van|von)){0,4}"
)
_BYLINE = re.compile(
    rf"(?:By|BY|Written by|Words by|Story by):? (?P<names>{_NAME}(?:(?:, and|,| and| AND| &) {_NAME})*)"
    r"(?P<rest>(?: in [A-Z][\w .,'’-]{1,60})?(?: ?[,|/•·–—-] ?.{1,80})?)"
)
_BETWEEN_NAMES = re.compile(r"(?:, and|,| and| AND| &) ")
# What makes a person's name of it no longer: jobs, houses, days.
_NO_NAME = re.compile(
    r"\b(?:staff|admin|administrator|guest|newsroom|newsdesk|desk|editors?|editorial|reporters?|correspondent|writers?|"
    r"contributors?|bureau|press|news|agenc(?:y|ies)|wires?|team|service|online|web|chief|special|senior|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|june|july|august|september|october|"
    r"november|december|the|year|night|now|then|all)\b|[\d@:/]",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[.!?][\"'”’)]*$")


class Opening(NamedTuple):
    """The characters to pass over, and what they say."""

    spans: tuple[TextSpan, ...] = ()
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    agency: str | None = None


def read_opening(text: str, start: int = 0, passed_over: Sequence[TextSpan] = ()) -> Opening:
    """Return the bylines and the dateline in the first lines of ``text`` from ``start`` on.

    Args:
        text: Of an article.
        start: Where it begins, after its header.
        passed_over: Lines that do not count, in order.
    """
    spans: list[TextSpan] = []
    authors: tuple[str, ...] = ()
    agency = None
    for line in _first_lines(text, start, passed_over):
        if dateline := dateline_of(line[0]):
            spans.append(TextSpan(line.start(), line.start() + dateline.end))
            return Opening(tuple(spans), authors, dateline.place, dateline.agency or agency)
        if names := _names_in_byline(line[0].strip()):
            spans.append(TextSpan(line.start(), line.end()))
            authors = tuple(dict.fromkeys((*authors, *people_in(names))))
            agency = agency or agency_in(names)
        elif _PROSE.search(line[0].rstrip()):
            break
    return Opening(tuple(spans), authors, None, agency)


def people_in(names: Iterable[str]) -> tuple[str, ...]:
    """Return those of ``names`` that may be a person's: two words or more, no job, house, agency or day."""
    plain = (" ".join(name.split()).strip(" .,") for name in names)
    return tuple(
        name for name in plain if " " in name and not _NO_NAME.search(name) and _known_agency(name) is None
    )


def agency_in(names: Iterable[str]) -> str | None:
    """Return the first of ``names`` that is a news agency."""
    return next(filter(None, map(_known_agency, names)), None)


def _first_lines(text: str, start: int, passed_over: Sequence[TextSpan]) -> Iterator[re.Match[str]]:
    skipped = {span.start for span in passed_over}
    number = 0
    for line in find_lines(text, start):
        if line.start() in skipped or not line[0].strip():
            continue
        yield line
        number += 1
        if number == OPENING_LINES:
            return


def _names_in_byline(line: str) -> list[str]:
    """Return who is named in a byline; nothing if the line is none."""
    match = _BYLINE.fullmatch(line) if len(line) <= LONGEST_BYLINE_CHARS else None
    if match is None or _PROSE.search(line):
        return []
    names = _BETWEEN_NAMES.split(match["names"])
    names += [part for part in re.split(r"[,|/•·–—-]", match["rest"]) if _known_agency(part)]
    return names if people_in(names[:1]) or agency_in(names) else []


def _known_agency(name: str) -> str | None:
    name = " ".join(name.split()).strip(" .,").removeprefix("The ")
    return next((agency for agency in AGENCIES if agency.casefold() == name.casefold()), None)
