"""Designations of weapons that no list has, by what stands beside them.

"Twelve QX-46FA jets" and "a Narval NV-7 missile" are told by the noun, "a Saab 105" by its maker, and in
"RPG-7s and a QL-9" the second by the first. A code alone may be a road, a form or a virus.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

# The Group of Seven, a road, a player's age and a disease are written alike.
_LETTERS = r"(?=[A-Z])(?<![\w@./-])(?!(?:G|I|U|H|CO|PM|(?i:covid))-?\d)[A-Z][A-Za-z]{0,4}"
_VARIANT = r"(?:[A-Z]{1,4}\d?)?s?(?![\w-])(?!\.\d)"
_CODE = rf"{_LETTERS}-?\d{{1,4}}{_VARIANT}"
# With a hyphen behind one letter, or letters behind the number: "MH17" and "QF-32" are flights.
_CODE_OF_AIRCRAFT = (
    rf"(?=[A-Z])(?:(?<![\w@./-])[A-Z][a-z]{{0,2}}-\d{{1,4}}{_VARIANT}"
    rf"|{_LETTERS}-\d{{1,4}}[A-Z]{{1,4}}s?(?![\w-]))"
)
_ADJECTIVES = (
    r"(?: (?:advanced|light|heavy|medium|attack|assault|combat|ballistic|cruise|anti-ship|anti-tank|battle"
    r"|air-defence|main|guided|hypersonic|reconnaissance|sniper|machine|stealth|strategic|training|transport"
    r"|utility))*"
)
_ARMS = (
    r"(?:missile|rocket|drone|howitzer|mortar|tank|helicopter|gunship|rifle|carbine|pistol|machine gun"
    r"|torpedo|grenade launcher|warhead|glide bomb|armou?red (?:vehicle|car|personnel carrier)|quadcopter)"
)
_AIRCRAFT = r"(?:jet|fighter jet|bomber|warplane|trainer|interceptor|seaplane|biplane)"
_NO_TRUCK = r"(?! (?:trucks?|drivers?|cars?)\b)"
_BESIDE_NOUN = (
    re.compile(rf"{_CODE}(?={_ADJECTIVES} {_ARMS}(?:e?s)?\b{_NO_TRUCK})"),
    re.compile(rf"{_CODE_OF_AIRCRAFT}(?={_ADJECTIVES} {_AIRCRAFT}s?\b)"),
)
# No noun follows to which a code or a number would belong: "a Bell 429 from", not "Bell 300 million".
_CLOSED = (
    r"(?=[.,;:)]|['’]s\b|$"
    r"| (?:and|or|is|was|were|has|had|in|at|on|off|from|to|over|near|with|into|by|of|for|that|which)\b)"
)
# "a Saab 105", "two Bell 429s", "the Airbus H160"; of years and smaller numbers nobody can tell.
_MAKERS = (
    r"(?:AgustaWestland|Airbus|Antonov|Beechcraft|Bell|Beriev|Boeing|Bombardier|Cessna|Dassault|Embraer"
    r"|Eurocopter|Fokker|Gulfstream|Ilyushin|Kamov|Learjet|Leonardo|Lockheed|McDonnell Douglas|Mikoyan"
    r"|Pilatus|Saab|Sikorsky|Sukhoi|Tupolev|Yakovlev)"
)
_OF_MAKER = re.compile(
    rf"(?<![\w-]){_MAKERS} (?!(?:19|20)\d\d\b)(?:[A-Z]{{1,3}}-?\d{{1,4}}|\d{{3,4}}){_VARIANT}"
    rf"(?: (?:AEW|MAX|MRTT|NEO|neo)\b)?"
    rf"(?:{_CLOSED}|(?={_ADJECTIVES} (?:{_ARMS}|{_AIRCRAFT}|plane|aircraft)s?\b))"
)
_JOINED = re.compile(
    r"(?:,? (?:and|or) |, )(?:(?:an?|the|its|two|three|four|five|six|ten|\d+) )?"
    rf"({_LETTERS}-\d{{1,4}}{_VARIANT}){_CLOSED}"
)


def find_codes(text: str, known: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the characters of designations that a noun, a maker or a known weapon beside them tells.

    Args:
        text: Where they stand.
        known: Characters of the weapons found in it.
    """
    for expression in (*_BESIDE_NOUN, _OF_MAKER):
        yield from (match.span() for match in expression.finditer(text))
    for start, end in known:
        if re.search(r"\d", text[start:end]) and (match := _JOINED.match(text, end)):
            yield match.span(1)
