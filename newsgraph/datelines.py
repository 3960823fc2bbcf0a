"""Datelines: the place, day and agency before the dash with which a report opens.

"WASHINGTON, March 15 (Reuters) — Austin spoke …": where it was filed and by whom. To a parser the town is the
sentence's subject, and so it would seem to have spoken; to who compares texts it hides that they are one.
The one list of their forms, for reading, for extracting and for comparing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

AGENCIES = (
    "Reuters", "Associated Press", "AP", "Agence France-Presse", "AFP", "Bloomberg", "Xinhua", "Interfax",
    "TASS", "Tass", "UPI", "DPA", "dpa", "ANSA", "EFE", "PTI", "ANI", "IANS", "PA Media", "RIA Novosti",
    "Kyodo", "Yonhap", "Anadolu", "AAP", "IRNA", "SANA", "WAM", "SPA", "CNN", "BBC", "NPR",
)  # fmt: skip
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[.]?"
_DASH = "[ ]?(?:[—–]|[ ]?--?(?=[ ]))[ ]?"
_PARTS = r"(?:,[ ]?(?:[A-Z][\w.]*|\d{1,2}(?=[ ][A-Z]))(?:[ ][A-Z\d][\w.]*){0,2}){0,2}"  # country, day
_DATELINE = re.compile(
    rf"""^[ \t]*(?:
    (?=[^—–\r\n]{{3,80}}[—–]|[^-\r\n]{{3,80}}[ ]--?[ ])          # short, and with a dash behind it
    (?P<capitals>[A-Z]{{2}}(?:[A-Z.]|[ ][A-Z]{{2}})[A-Z.'’/ -]{{0,40}}?   # the town, in capitals: "LA PAZ"
    {_PARTS})
    (?:[ ]?\((?P<agency>[A-Z][\w/ .-]{{1,40}})\))?
    {_DASH}
    |
    (?P<town>[A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){{0,3}}   # as it is written, but an agency
    {_PARTS})
    [ ]?\((?P<known>{"|".join(AGENCIES)})\)
    {_DASH}
    |
    (?P<dated>[A-Z]{{2}}(?:[A-Z.]|[ ][A-Z]{{2}})[A-Z.'’/ -]{{0,40}}?),[ ]   # no dash, but a day
    (?:\d{{1,2}}[ ]{_MONTH}|{_MONTH}[ ]\d{{1,2}})
    (?:[ ]/(?P<slashed>[\w ]{{2,20}})/)?[.][ ]
    )""",
    re.VERBOSE | re.MULTILINE,
)
_DAY = re.compile(rf",[ ]?(?:{_MONTH}(?:[ ]\d{{1,2}})?|\d{{1,2}}[ ]{_MONTH})(?=,|$)")


class Dateline(NamedTuple):
    """Characters ``[start, end)`` of a text, and what they say."""

    start: int
    end: int
    place: str  # as it is written, without the day: "KYIV, Ukraine"
    agency: str | None


def find_datelines(text: str) -> Iterator[Dateline]:
    """Yield what looks like a dateline at the start of any line of ``text``, in order."""
    for match in _DATELINE.finditer(text):
        yield _dateline(match)


def dateline_of(line: str) -> Dateline | None:
    """Return the dateline that ``line`` begins with, if any."""
    match = _DATELINE.match(line)
    return match and _dateline(match)


def _dateline(match: re.Match[str]) -> Dateline:
    place = match["capitals"] or match["town"] or match["dated"]
    agency = match["agency"] or match["known"] or match["slashed"]
    return Dateline(*match.span(), _DAY.sub("", place).strip(" ,"), agency)
