"""Things spoken of in passing: noun phrases that make no entity, but that a pronoun may mean.

"The plan", "two women", "everyone". They stand beside the named things when a pronoun looks for what it
means, so that "it" goes to the plan and not to the firm that made it. What no pronoun takes up is dropped
again; what one does is part of the reading, and never of the graph.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from functools import lru_cache

from extractors.clusters import Cluster
from extractors.mentions import Referring
from extractors.nouns import singular
from extractors.spans import phrase_before
from extractors.words import Doc, Token

SOMEBODY = frozenset({"someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody"})
_STANDING = SOMEBODY | {"those", "others", "something", "anything", "everything", "this", "that"}
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_PARTS = frozenset({"compound", "flat", "fixed", "case", "mark", "cc", "punct", "discourse", "goeswith"})
_NAMING = frozenset({"name", "call", "dub", "nickname", "christen"})
_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod"})
PLURALS = frozenset({"NNS", "NNPS"})
_ENDINGS = (
    "tion",
    "ment",  # codespell:ignore ment
    "ity",
    "ness",
    "ing",
    "ance",
    "ence",
    "ship",
    "ism",
    "er",
    "or",
    "ist",  # codespell:ignore ist
    "ian",
    "age",
)


def find_passing(doc: Doc, mentions: Sequence[Referring], skipped: Set[int]) -> list[Cluster]:
    """Return the things of a Doc that no mention refers to, in text order, each with its noun phrases."""
    taken = {
        place for one in mentions if one.kind in {"name", "value"} for place in range(one.start, one.end)
    }
    named = {one.head for one in mentions if one.kind == "name"}
    taken |= {one.head for one in mentions} | skipped
    found: list[Cluster] = []
    last: dict[tuple[str, bool], Cluster] = {}
    for token in doc:
        if token.i in taken or not _is_head(token) or _is_named(token, named):
            continue
        one = Referring(phrase_before(token), token.i + 1, token.i, "MISC", "nominal", 0.4)
        key = singular(token), token.tag_ in PLURALS
        before = last.get(key)
        if before is not None and _takes_up(token, [doc[other.head] for other in before.mentions]):
            before.mentions.append(one)
        else:
            found.append(Cluster("MISC", [one], is_passing=True))
            last[key] = found[-1]
    return found


def _is_head(token: Token) -> bool:
    if token.pos_ == "PRON":
        return token.lower_ in _STANDING and token.dep_ not in {"det", "mark"}
    return token.pos_ in {"NOUN", "PROPN"} and token.dep_ not in _PARTS and token.text[:1].isalpha()


def _is_named(noun: Token, names: Set[int]) -> bool:
    """Say whether a noun stands beside the name of what it means: "the film Sulla", "Sulla, a film"."""
    beside = [child.i for child in noun.rights if child.dep_ == "appos"]
    beside += [noun.head.i] if noun.dep_ == "appos" else []
    given = name_given(noun)
    return not names.isdisjoint(beside) or (given is not None and given.ent_type_ != "")


def _takes_up(noun: Token, before: Sequence[Token]) -> bool:
    """Say whether "the plan" is the plan of before: it points, and tells nothing new."""
    if not any(child.lower_ in _POINTING for child in noun.children if child.dep_ == "det"):
        return False
    told = {word for other in before for word in _details(other)}
    return set(_details(noun)) <= told


def _details(noun: Token) -> Iterator[str]:
    return (child.lemma_.lower() for child in noun.children if child.dep_.partition(":")[0] in _MODIFIERS)


def name_given(noun: Token) -> Token | None:
    """Return the word that a noun is named by: "a man named Ali", "a company called Norlin"."""
    for verb in noun.rights:
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and verb.lemma_.lower() in _NAMING:
            named = next((one for one in verb.rights if one.dep_ == "xcomp"), None)
            return named or (noun.doc[verb.i + 1] if verb.i + 1 < len(noun.doc) else None)
    return None


@lru_cache(maxsize=8192)
def _ending(lemma: str) -> str:
    return next((end for end in _ENDINGS if lemma.endswith(end)), "")


def noun_features(noun: Token, group: str) -> tuple[str, ...]:
    """Return what a noun by itself tells of whether a group of pronouns may mean it."""
    lemma = singular(noun)
    dets = [child for child in noun.children if child.dep_ in {"det", "nmod:poss"}]
    det = "" if not dets else "poss" if dets[0].dep_ == "nmod:poss" else dets[0].lemma_.lower()
    return (
        f"{group} noun {lemma}",
        f"{group} ends {_ending(lemma)} {noun.tag_}",
        f"{group} det {det}",
        f"{group} dep {noun.dep_}",
    )
