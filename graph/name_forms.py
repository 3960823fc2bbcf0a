"""Forms of names that are compared: parts of a person's name, initials, spellings of one sound. Pure.

Everything here works on the keys of names.py: small letters, no accents, no punctuation.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from graph.word_lists import pairs_of

_REMEMBERED = 8192
_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "bin",
        "ibn",
        "bint",
        "van",
        "von",
        "de",
        "der",
        "den",
        "da",
        "di",
        "du",
        "la",
        "le",
        "dos",
        "das",
    ]
)
_LEGAL = frozenset(
    [
        "inc",
        "corp",
        "corporation",
        "co",
        "ltd",
        "limited",
        "plc",
        "gmbh",
        "ag",
        "llc",
        "lp",
        "sa",
        "nv",
        "spa",
        "oyj",
        "company",
    ]
)
_SMALL = frozenset(["of", "the", "for", "and", "in", "on", "at", "to", "de", "des", "du", "la", "le"])
_SPELLINGS = {
    "defence": "defense",
    "centre": "center",
    "organisation": "organization",
    "labour": "labor",
    "programme": "program",
    "harbour": "harbor",
    "theatre": "theater",
}
_SOUNDS = (
    (re.compile(r"^(?:ye|je)"), "e"),
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"tsch|tch|tsh|cz|tc"), "ch"),
    (re.compile(r"kh|gh"), "h"),
    (re.compile(r"sch"), "sh"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ts|tz"), "z"),
    (re.compile(r"ck|q|c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"[iyj]+$|iy|yi|ij|ii+|y"), "i"),
)
_VOWELS = frozenset("aeiou")
SHORT = 6  # letters of a word that may be an acronym


class PersonName(NamedTuple):
    """The parts of a person's full name."""

    given: tuple[str, ...]
    surname: str
    suffix: str  # "jr", "ii"; "" where there is none


@lru_cache(maxsize=_REMEMBERED)
def person_name(key: str) -> PersonName:
    """Return the parts of a name, of "george h w bush sr" (george, h, w), bush and sr."""
    words = key.split()
    suffix = ""
    while len(words) > 2 and words[-1] in _SUFFIXES:
        suffix = _SUFFIXES[words.pop()]
    given = tuple(word for word in words[:-1] if word not in _PARTICLES)
    return PersonName(given, words[-1] if words else "", suffix)


@lru_cache(maxsize=_REMEMBERED)
def sounded(word: str) -> str:
    """Return what spellings of one foreign name have in common: "zelenskyy", "zelensky" -> "zelenski"."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return "".join(letter for letter, _ in groupby(word))


def skeleton(word: str) -> str:
    """Return a word's first letter and its consonants, one sound each: "qaddafi", "gaddafi" -> "kdf"."""
    sound = sounded(word).replace("g", "k")
    return "".join(
        letter for letter, _ in groupby(sound[:1] + "".join(x for x in sound[1:] if x not in _VOWELS))
    )


@lru_cache(maxsize=_REMEMBERED)
def full_given(word: str) -> str:
    """Return the given name that a nickname is short for: "joe" -> "joseph"."""
    return _nicknames().get(word, word)


@lru_cache(maxsize=_REMEMBERED)
def content_words(key: str) -> tuple[str, ...]:
    """Return the words that tell a thing from others, in American spelling, without its legal form."""
    words = [_SPELLINGS.get(word, word) for word in key.split() if word not in _SMALL]
    return tuple(word for word in words if word not in _LEGAL) or tuple(words) or tuple(key.split())


def initials(key: str) -> set[str]:
    """Return the acronyms that a name of several words could have."""
    words = key.split()
    if len(words) < 2:
        return set()
    some = [word for word in words if word not in _SMALL]
    forms = (words, some, content_words(key))
    return {"".join(word[0] for word in form) for form in forms if len(form) > 1}


def is_acronym_of(short: str, key: str) -> bool:
    """Tell whether a word is the acronym of a name, as "iaea" of "international atomic energy agency"."""
    return 1 < len(short) <= SHORT and " " not in short and short in initials(key)


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, str]:
    return {short: full for full, shorts in pairs_of("nicknames.tsv") for short in shorts.split()}
