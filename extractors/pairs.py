"""Who "the two" are: the only pair that was named or told to have met just before."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.clauses import SUBJECTS, Party, PartyAt, objects_of, obliques, parties_at, subjects_of
from extractors.coordination import coordinated
from extractors.frames import meeting_verbs
from extractors.words import Token
from newsgraph.records import EntityType

_REACH = 2  # sentences before
_MANY = frozenset({"they", "them", "we", "us"})
_PAIRS = frozenset({"two", "both", "pair", "duo"})
_KINDS: tuple[tuple[frozenset[str], frozenset[EntityType]], ...] = (
    (frozenset({"country", "nation", "state", "government", "capital"}), frozenset({"LOC", "NORP"})),
    (frozenset({"company", "firm", "bank", "club", "party", "union", "agency"}), frozenset({"ORG"})),
    (frozenset({"side"}), frozenset({"LOC", "NORP", "ORG", "PERSON"})),
)


def pair_meant(head: Token, party_at: PartyAt) -> list[Party]:
    """Return the two that "the two", "both men" or "the two countries" mean; nobody if they could be others.

    Args:
        head: Of the phrase.
        party_at: The entity that a phrase means.
    """
    if head.lower_ == "they":
        return _joined_before(head, party_at) if party_at(head) is None else []
    types = _types_meant(head)
    if not types:
        return []
    sentence, begin = head.sent, head.left_edge.i
    for _ in range(_REACH + 1):
        pairs = {
            frozenset(one.entity for one in pair): pair
            for token in sentence
            if token.i < begin
            for pair in _pairs_at(token, party_at)
            if all(one.is_named and one.type in types for one in pair)
        }
        if pairs:
            return list(pairs.popitem()[1]) if len(pairs) == 1 else []
        if sentence.start == 0:
            return []
        sentence = head.doc[sentence.start - 1].sent
    return []


def _joined_before(pronoun: Token, party_at: PartyAt) -> list[Party]:
    """Return the two that "they" can only mean: the last joined subject, if no others are told of since."""
    first = pronoun.sent.start
    for token in reversed(pronoun.doc[pronoun.doc[max(0, first - 1)].sent.start : pronoun.i]):
        if token.dep_ in SUBJECTS and (pair := pair_meant(token, party_at)):
            return pair
        joined = _joined_at(token, party_at)
        if len(joined) > 1:
            is_pair = all(one.is_named and one.type == joined[0].type for one in joined)
            return next(_if_two(joined), []) if is_pair else []
        is_many = token.tag_ in {"NNS", "NNPS"} and party_at(token) is not None
        if is_many or token.lower_ in _MANY:
            return []
    return []


def _joined_at(token: Token, party_at: PartyAt) -> list[Party]:
    """Return who is joined at a word: a subject and its like, or those who met each other."""
    if token.dep_ in SUBJECTS and token.pos_ in {"PROPN", "NOUN"}:
        return parties_at(coordinated(token), party_at)
    is_meeting = token.pos_ == "VERB" and token.lemma_.lower() in meeting_verbs()
    return next(_pairs_at(token, party_at), []) if is_meeting else []


def _types_meant(head: Token) -> frozenset[EntityType]:
    """Return of which types the members of a pair are; of none if a phrase means no pair told before."""
    around = {child.lower_ for child in head.children if child.dep_ in {"det", "nummod", "det:predet"}}
    is_pair = head.lower_ in _PAIRS and (head.lower_ == "both" or "the" in around)
    is_counted = head.tag_ == "NNS" and ({"the", "two"} <= around or "both" in around)
    is_more = any(child.dep_.split(":")[0] in {"acl", "nmod", "appos", "conj"} for child in head.children)
    if is_more or not (is_pair or is_counted):
        return frozenset()
    noun = head.lemma_.lower()
    for nouns, types in _KINDS:
        if noun in nouns:
            return types
    return frozenset({"PERSON"})


def _pairs_at(token: Token, party_at: PartyAt) -> Iterator[list[Party]]:
    """Yield the pairs that a word joins: "Roe and Falk", "Roe met Falk"."""
    if token.pos_ == "PROPN" and token.dep_ != "conj":
        yield from _if_two(parties_at(coordinated(token), party_at))
    if token.pos_ == "VERB" and token.lemma_.lower() in meeting_verbs():
        with_whom = objects_of(token) or [one for word in ("with", "to") for one in obliques(token, word)]
        yield from _if_two([*parties_at(subjects_of(token), party_at), *parties_at(with_whom, party_at)])


def _if_two(parties: list[Party]) -> Iterator[list[Party]]:
    if len(parties) == 2 and parties[0].entity != parties[1].entity:
        yield parties
