"""Nouns that take up a word of a name: "the Act" for the Chips Act, "the cyclone" for Cyclone Tamsin.

A name's last word often tells its kind, and so does the first one of "Treaty of Lund" and of a storm. The
bare noun behind "the" then means that name again. In small letters it might be any war or festival, so there
the name has to stand in this sentence or the one before, and to be an event, a law, a building.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from extractors.misspelt import are_misspelt
from extractors.quick import quick_record
from extractors.spans import name_words
from extractors.words import Token
from newsgraph.records import EntityType

DEFINITE = frozenset({"the", "this", "that"})
_STORM_WORDS = frozenset({"hurricane", "cyclone", "typhoon", "storm", "superstorm"})
_OPENING = _STORM_WORDS | {"operation"}
_BEFORE_STORM = frozenset({"tropical", "super", "winter", "severe", "subtropical"})
_IN_SHORT = frozenset({"tc", "ts"})  # tropical cyclone, tropical storm
_LINKS = frozenset({"of", "for"})
_KINDS: frozenset[EntityType] = frozenset({"ORG", "LOC", "FAC", "MISC", "PRODUCT"})
_SMALL: frozenset[EntityType] = frozenset({"MISC", "FAC"})


@quick_record
class ToldBy:
    """A name that tells its kind by a word, from its first token on."""

    start: int
    name: str
    type: EntityType


def kinds_told(names: Iterable[ToldBy]) -> Mapping[str, Sequence[ToldBy]]:
    """Return for each noun, in small letters, the names that tell their kind by it, in text order."""
    found: defaultdict[str, list[ToldBy]] = defaultdict(list)
    storms: dict[str, str] = {}  # "rita" -> "Hurricane Rita"
    for one in names:
        storm = storm_of(name_words(one.name))
        if storm is not None:
            storms.setdefault(storm, one.name)
        name = storms.get(storm or " ".join(name_words(one.name)), one.name)
        for word in kind_words(name) if one.type in _KINDS else ():
            found[word].append(ToldBy(one.start, name, one.type))
    return found


def storm_of(words: Sequence[str]) -> str | None:
    """Return what a storm is called by (of name_words): "rita" for Tropical Storm Rita; None for no storm."""
    *kind, name = words or ("",)
    while len(kind) > 1 and kind[0] in _BEFORE_STORM:
        del kind[0]
    return name if len(kind) == 1 and kind[0] in _STORM_WORDS and name.isalpha() else None


def storm_in_short(words: Sequence[str]) -> str | None:
    """Return "rita" for "TC Rita" and "T.S. Rita", which may be a woman's name, too (of name_words)."""
    *before, name = words or ("",)
    return name if "".join(before) in _IN_SHORT else None


def is_before_storm(word: str) -> bool:
    """Say whether a word with a capital letter may stand before a storm's name: "Tropical", "Storm"."""
    return word.istitle() and word.lower() in _STORM_WORDS | _BEFORE_STORM


def kind_taken_up(noun: Token, told: Mapping[str, Sequence[ToldBy]]) -> EntityType | None:
    """Return the type of the name that a bare noun takes up again; None where it is not just one before."""
    before = [one for one in told.get(noun.lower_, ()) if one.start < noun.i]
    if not before or not _is_bare(noun) or not _are_one(before):
        return None
    is_small = noun.text == noun.lower_
    since = noun.doc[max(0, noun.sent.start - 1)].sent.start  # the sentence before
    is_near = before[-1].start >= since and before[-1].type in _SMALL
    return before[-1].type if is_near or not is_small else None


def _are_one(names: Sequence[ToldBy]) -> bool:
    """Say whether names of one kind are one name, written out, cut short, misspelt: "US Harbour Act"."""
    words = [name_words(one.name) for one in names]
    full = max(words, key=len)
    are_alike = all(each == full[-len(each) :] or are_misspelt(each, full) for each in words)
    return are_alike and len({one.type for one in names}) == 1


@lru_cache(maxsize=4096)
def kind_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that may tell its kind, in small letters."""
    words = name_words(name)
    if len(words) < 2:
        return ()
    if storm_of(words) is not None:
        return "storm", words[-2]
    opening = words[:1] if words[0] in _OPENING else ()
    # "the Court" of the European Court of Justice
    place = next((number for number, word in enumerate(words) if word in _LINKS), 0)
    return (words[-1], *opening, *words[max(0, place - 1) : place])


def _is_bare(noun: Token) -> bool:
    """Say whether a noun stands alone behind an article that points: "the Act", not "the new act"."""
    before = noun.i - 1
    points = before >= 0 and noun.doc[before].lower_ in DEFINITE and noun.doc[before].head == noun
    is_one = noun.tag_ in {"NN", "NNP"} and noun.dep_ not in {"compound", "flat"}
    is_told = any(child.dep_.partition(":")[0] in {"nmod", "acl", "appos", "flat"} for child in noun.rights)
    return points and is_one and not is_told
