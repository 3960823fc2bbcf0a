"""What a source thinks of the content that it is given for: its stance and its certainty.

A stance is read off the cue and its negation; the content's own wording only opens or hedges it. The words
are data: lexicons/cues.toml.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Token

from extractors.known_names import LEXICONS
from newsgraph.records import Certainty, Stance

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "without"})
_ONESELF = frozenset({"i", "we", "he", "she", "they"})
NEGATIVE_SUBJECTS = frozenset({"nobody", "nothing", "none", "no one", "neither"})


@cache
def cue_words() -> Mapping[str, frozenset[str]]:
    given = tomllib.loads((LEXICONS / "cues.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in given.items()}


def is_negated(token: Token) -> bool:
    """Say whether a word is negated: by a word of its own, its subject, its object or its first conjunct."""
    for child in token.children:
        if child.lower_ in NEGATIONS and child.dep_ in {
            "advmod",
            "neg",
            "det",
            "cc",
            "cc:preconj",
            "discourse",
        }:
            return True
        if child.dep_ in {"nsubj", "nsubj:pass", "obj"} and _is_empty(child):
            return True
    return False


def _is_empty(token: Token) -> bool:
    """Say whether a phrase means nothing and nobody: "no evidence", "none of them"."""
    return token.lower_ in NEGATIVE_SUBJECTS or any(
        child.dep_ in {"det", "cc:preconj"} and child.lower_ in {"no", "neither"} for child in token.children
    )


def stance_of(cue: Sequence[Token], content: Sequence[Token]) -> Stance:
    """Return a source's stance towards the content.

    "denied it": denies; "did not deny it", "declined to say", "asked whether": undetermined; and so are "did
    not say that it was" and "had no evidence that", because not to say is not to deny.
    """
    words = cue_words()
    lemmas = {token.lemma_.lower() for token in cue}
    negated = any(is_negated(token) or token.lower_ in NEGATIONS for token in cue)
    if negated or lemmas & (words["refusals"] | words["pending"]) or any(_is_refused(token) for token in cue):
        return "undetermined"
    if lemmas & words["denies"]:
        return "denies"
    if lemmas & words["undetermined"] or (content and content[0].lower_ in words["open_words"]):
        return "undetermined"
    return "undetermined" if _tells_of_doubt(content) else "asserts"


def _tells_of_doubt(content: Sequence[Token]) -> bool:
    """Say whether a source says of itself that it does not know: "said he was not sure", "doubted it"."""
    main = _main_verb(content)
    if main is None or not any(child.dep_ == "nsubj" and child.lower_ in _ONESELF for child in main.children):
        return False
    words = cue_words()
    lemma = main.lemma_.lower()
    return lemma in words["doubts"] or (lemma in words["knowing"] and is_negated(main))


def _is_refused(token: Token) -> bool:
    return token.dep_ == "xcomp" and token.head.lemma_.lower() in cue_words()["refusals"]


def certainty_of(stance: Stance, cue: Sequence[Token], content: Sequence[Token]) -> Certainty:
    """Return how sure the source is, by the cue's meaning and the content's hedges."""
    if stance == "undetermined":
        return "underspecified"
    words = cue_words()
    main = _main_verb(content)
    hedges = {child.lower_ for child in main.children} if main is not None else set()
    if hedges & words["possible_words"]:
        return "possible"
    if hedges & words["probable_words"] or {token.lemma_.lower() for token in cue} & words["probable"]:
        return "probable"
    return "certain"


def _main_verb(content: Sequence[Token]) -> Token | None:
    """Return the word of the content on which the others hang."""
    inside = {token.i for token in content}
    for token in content:
        if token.head.i not in inside or token.head == token:
            return token
    return None
