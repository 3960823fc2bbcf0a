"""Names of one article that differ by a slip: "Kristin Wilkins" and "Kristen Wilkins", "Cyclone Phalin".

Only in names of several words, of which the others are the same, and never at the end of a word: "Maria" is
not "Mario", and "Lund Awards" are several. Numbers are no slips.
"""

from __future__ import annotations

from collections.abc import Sequence

_LEAST = 5  # letters of a word that may be misspelt; one more where a letter is another: Lund is not Lind
_NUMERALS = frozenset("ivxlc")


def are_misspelt(left: Sequence[str], right: Sequence[str]) -> bool:
    """Say whether two names (of name_words) differ by a letter too many or another, or by two swapped."""
    if len(left) != len(right) or len(left) < 2 or left == right:
        return False
    others = [(one, other) for one, other in zip(left, right, strict=True) if one != other]
    return len(others) == 1 and _differ_by_a_slip(*others[0])


def _differ_by_a_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) < _LEAST or len(long) - len(short) > 1 or not (one + other).isalpha():
        return False
    if short[0] != long[0] or short[-1] != long[-1] or set(one + other) <= _NUMERALS:
        return False
    place = next((i for i in range(len(short)) if short[i] != long[i]), len(short))
    if len(short) < len(long):
        return short[place:] == long[place + 1 :]
    is_swapped = short[place : place + 2] == long[place : place + 2][::-1]
    is_other = len(short) > _LEAST and short[place + 1 :] == long[place + 1 :]
    return is_other or (is_swapped and short[place + 2 :] == long[place + 2 :])
