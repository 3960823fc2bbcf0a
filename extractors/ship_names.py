"""Names of ships, by a navy's prefix or the noun before them: "HMS Victory", "the trawler Rosa Quint".

A ship that was named so is one again behind "the": "the Galaxy Leader"; a navy's also by its last word alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What stands before the name of a ship of a navy or its auxiliaries, and before nothing else.
HULLS = frozenset({"USS", "HMS", "HMCS", "HMAS", "HMNZS", "INS", "USNS", "USCGC", "RFA"})
# And what stands for other things as well: these need a ship's name behind them.
_MORE_HULLS = (
    *("ROKS", "JS", "KRI", "PNS", "BRP", "ARA", "TCG", "HDMS", "HNLMS", "HNoMS", "MV", "MT", "SS"),
    *("HSwMS", "FGS", "ORP", "ESPS", "NRP", "BAP", "ROU", "HTMS"),
)
# HMS Queen Elizabeth, USS Gerald R. Ford: a prefix of a navy or a merchant fleet, then the ship's name
_SHIP_PREFIX = f"(?:{'|'.join((*sorted(HULLS), *_MORE_HULLS))})"
_WORD_OF_SHIP = r"[A-Z][\w'’-]*\w"
_SHIP = re.compile(
    rf"\b(?:{_SHIP_PREFIX} {_WORD_OF_SHIP}(?: (?:(?:[A-Z]\. |(?:de|of|the) )?{_WORD_OF_SHIP})){{0,3}}"
    r"|CCG \d{4})"  # China's coast guard numbers its ships
)
# "The Galaxy Leader was seized": the same ship once more, and no person, town or paper of that name
_AGAIN = (
    r"(?=[.,;:)]|['’]s\b| (?:and|or|is|was|has|had|will|would|in|at|on|off|from|to|into|by|for|with|near"
    r"|after|before)\b)"
)
# "the Anna Brenn 7 sailed", "the Rosa May 4, which": a number, not "the Anna Brenn 30 years ago" or "May 4"
_NUMBER = rf" \d{{1,3}}(?:{_AGAIN}|(?= [a-z]+ed\b))(?![.:,]\d)"
# "the trawler Rosa Quint", "the Anna Brenn, a Kilo-class submarine"; a bare carrier flies passengers, too
_SHIP_NOUN = (
    r"(?:aircraft carrier|destroyer|frigate|corvette|cruiser|submarine|warship|battleship|minesweeper|gunboat"
    r"|icebreaker|trawler|tanker|freighter|ferr(?:y|ies)|yacht|tug(?:boat)?"
    r"|(?:patrol|fishing|lifeboat|(?:re)?supply|rescue|pilot|cargo) boat|(?:[a-z]+ )?ship"
    r"|bulk carrier|barge|vessel|schooner|catamaran|ocean liner|steamer|dhow)"
)
_NO_SHIP = r"(?!(?:Captain|Commander|Company|Services?|Corporation|Group|Line|Lines|Operators?)\b)"
_MORE_OF_SHIP = rf"(?: (?:(?:d[aeo]|del|la) )?{_NO_SHIP}{_WORD_OF_SHIP})"
_SHIP_NAME = rf"({_NO_SHIP}{_WORD_OF_SHIP}{_MORE_OF_SHIP}{{0,2}}(?:{_NUMBER})?)"
_NAMED_SHIPS = (
    re.compile(rf"\b[Tt]he (?:[\w-]+ ){{0,3}}?{_SHIP_NOUN} (?!{_SHIP_PREFIX}\b){_SHIP_NAME}(?! ?[A-Z&])"),
    re.compile(rf"\b[Tt]he {_SHIP_NAME}, an? [\w-]+-class \w"),
    # "a trawler, the Nova Erminda," and "two ferries, the Isla Verde and the Dona Pilar,"
    re.compile(
        rf"\b(?:[Aa]n?|[Tt]he|[Tt]wo|[Ii]ts|[Tt]heir) (?:[\w-]+ ){{0,3}}?{_SHIP_NOUN}s?, the {_SHIP_NAME}"
        rf"(?: and the {_SHIP_NAME})?(?=[,.])"
    ),
)


def find_ships(text: str) -> Iterator[tuple[int, int]]:
    """Yield the characters of the names of ships in ``text``; they may overlap."""
    names: set[str] = set()
    for match in _SHIP.finditer(text):
        yield match.span()
        _, _, name = match[0].partition(" ")
        names |= {name, name.split()[-1]}
    for expression in _NAMED_SHIPS:
        for match in expression.finditer(text):
            for group in range(1, expression.groups + 1):
                if match[group]:
                    yield match.span(group)
                    names.add(match[group].rstrip(" 0123456789"))
    for name in sorted(names):
        again = rf"\b[Tt]he ({re.escape(name)}(?:{_NUMBER})?){_AGAIN}"
        yield from (one.span(1) for one in re.finditer(again, text))
