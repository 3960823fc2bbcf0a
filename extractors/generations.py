"""Father and son of one name: what tells them apart, in a name and beside it.

"Harold Pruitt Sr.", "the elder Pruitt", "his father, George H. W. Bush".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from extractors.clusters import Cluster
from extractors.mentions import Referring
from extractors.spans import name_words
from extractors.words import Doc, Token

Generation = Literal["elder", "younger"]

_SUFFIXES: dict[str, Generation | None] = {
    "jr": "younger",
    "sr": "elder",
    **dict.fromkeys(("ii", "iii", "iv", "vii", "viii", "xii", "xiii", "xiv", "xvi"), None),  # not "xi"
}
_BEFORE: dict[str, Generation] = {
    **dict.fromkeys(("elder", "older", "senior"), "elder"),
    **dict.fromkeys(("younger", "junior"), "younger"),
}
_KIN: dict[str, Generation] = {
    **dict.fromkeys(("father", "mother", "grandfather", "grandmother"), "elder"),
    **dict.fromkeys(("son", "daughter", "grandson", "granddaughter"), "younger"),
}


def without_suffix(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a person's name (of name_words) without "Jr." or "III"."""
    return words[:-1] if len(words) > 1 and words[-1] in _SUFFIXES else words


def are_two_generations(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Say whether two names (of name_words) end with different suffixes, or one with none and else alike.

    Whoever is Harold B. Pruitt Jr. may be called Harold Pruitt later on, but hardly Harold B. Pruitt. King
    Harold II is neither Harold I nor Harold Pruitt.
    """
    if left[:1] == right[:1] and left[:2] != right[:2] and (_is_king(left) or _is_king(right)):
        return min(len(left), len(right)) > 1
    ends = {words[-1] for words in (left, right) if words and words[-1] in _SUFFIXES}
    bases = {without_suffix(words) for words in (left, right)}
    return len(ends) > 1 or (len(ends) == len(bases) == 1 and left != right and len(bases.pop()) > 1)


def _is_king(words: tuple[str, ...]) -> bool:
    return len(words) == 2 and set(words[1]) <= set("ivx")


def generation_told(doc: Doc, one: Referring) -> Generation | None:
    """Return which of two of a name is meant: "the elder Pruitt"; None where nothing right before says so."""
    return _BEFORE.get(doc[one.start - 1].lower_) if one.start > 0 else None


def generation_of(doc: Doc, cluster: Cluster) -> Generation | None:
    """Return what an article tells of a person's generation, by suffix, by what stands before, by kin."""
    told = {_of_name(doc, one) for one in cluster.mentions if one.kind == "name"} - {None}
    return told.pop() if len(told) == 1 else None


def _of_name(doc: Doc, one: Referring) -> Generation | None:
    suffix = _SUFFIXES.get(name_words(one.words(doc))[-1])
    return suffix or generation_told(doc, one) or generation_of_kin(doc[one.head])


def generation_of_kin(name: Token) -> Generation | None:
    """Return what a noun beside a name tells: "his father, former President George H. W. Bush"."""
    told = (_KIN.get(noun.lemma_.lower()) for noun in kin_beside(name))
    return next((kin for kin in told if kin is not None), None)


def kin_beside(name: Token) -> Iterator[Token]:
    """Yield the nouns beside a name that say who it is, father and wife among them."""
    yield from (child for child in name.children if child.dep_ == "appos")
    if name.dep_ in {"appos", "flat"}:
        yield name.head
