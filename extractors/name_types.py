"""What kind of thing a name stands for, where the network took it for a person: by its words, by its place.

"Racing Lund" is a club, "the mayor of Castro Velho" has a town, "Taavia's defence minister" a state, and what
is joined to a place behind "from" is a place. A person who is named in full in the article stays one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import cast

from extractors.known_names import LEXICONS, rows_of
from extractors.words import Doc, Token
from newsgraph.records import EntityType

_CERTAIN = 0.95  # confidence from which neither words nor place change what a name is
_FROM = frozenset({"from", "in", "to", "into", "across", "near"})


@cache
def _words() -> Mapping[tuple[str, str], EntityType]:
    """Return what words tell, by where they stand: "first", "last" in the name, "of", "owned" beside it."""
    return {(row[0], row[1]): cast("EntityType", row[2]) for row in rows_of(LEXICONS / "name_words.tsv")}


def is_last_word(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether papers and clubs are called by the last word alone: "the Times", "City" (of name_words)."""
    return len(short) == 1 < len(full) and short[0] == full[-1] and (short[0], "alone") in _words()


def retyped(
    doc: Doc, names: Iterable[tuple[int, int]], labels: Mapping[str, str], sure: Mapping[str, float]
) -> dict[str, str]:
    """Return other labels for names that were taken for persons, each for all its places in the article.

    Args:
        doc: Where they stand.
        names: Tokens [start, end) of all names.
        labels: The label of each name's words.
        sure: How sure the network was of it at best.
    """
    places = list(names)
    people = [text.split() for text, label in labels.items() if label == "PERSON" and " " in text]
    parts = {word for words in people for word in (words[0], words[-1])}
    found: dict[str, str] = {}
    for start, end in places:
        text = doc[start:end].text
        if labels.get(text) != "PERSON" or sure[text] > _CERTAIN or (text in parts and " " not in text):
            continue
        if (told := _by_words(text.split()) or _by_place(doc, start, end)) is not None:
            found.setdefault(text, told)
    return found


def _by_words(words: list[str]) -> EntityType | None:
    if len(words) < 2:
        return None
    return _words().get((words[0], "first")) or _words().get((words[-1], "last"))


def _by_place(doc: Doc, start: int, end: int) -> EntityType | None:
    root = doc[start:end].root
    before = doc[start - 1].lower_ if start > 0 else ""
    noun = root.head.lemma_.lower()
    if root.dep_ == "nmod:poss" and end < len(doc) and doc[end].tag_ == "POS":
        return _words().get((noun, "owned"))
    if root.dep_ == "nmod" and before == "of":
        return _words().get((noun, "of"))
    is_joined = root.dep_ == "conj" and root.head.ent_type_ == "LOC" and before in {"and", "or", ","}
    return "LOC" if is_joined and _is_behind(root.head) else None


def _is_behind(place: Token) -> bool:
    return any(child.dep_ == "case" and child.lower_ in _FROM for child in place.lefts)
