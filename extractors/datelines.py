"""Datelines: the place, day and agency before the dash with which a report opens.

"WASHINGTON, March 15 (Reuters) — Austin spoke …": to a parser the town is the sentence's subject, and so it
would seem to have spoken. Like other lines that are no prose, datelines are passed over, not cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_DATELINE = re.compile(
    r"""^[ \t]*
    (?=[^—–\r\n]{3,80}[—–]|[^-\r\n]{3,80}[ ]--?[ ])      # short, and with a dash behind it
    [A-Z]{2}[A-Z.][A-Z.'’ -]{0,40}?                            # the town, in capitals
    (?:,[ ]?[A-Z][\w.]*(?:[ ][A-Z\d][\w.]*){0,2}){0,2}   # country, day
    (?:[ ]?\([A-Z][\w/ .-]{1,40}\))?                     # agency
    [ ]?(?:[—–]|[ ]?--?(?=[ ]))[ ]?
    """,
    re.VERBOSE | re.MULTILINE,
)


def find_datelines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the characters ``(start, end)`` of each dateline, in order."""
    for match in _DATELINE.finditer(text):
        yield match.span()
