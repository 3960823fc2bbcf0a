"""A relation before it has an id: parties, the word that carries it, its evidence, how it is told."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from extractors.clauses import Party
from extractors.commitment_marks import Commitment
from extractors.nouns import body_nouns
from extractors.quick import quick_record
from extractors.spans import name_around
from extractors.words import Token
from newsgraph.vocabulary import load_vocabulary

_ACTUAL = Commitment()
_NEAR = 12  # words
_APART = frozenset({"parataxis", "advcl", "conj", "punct", "discourse", "cc"})


@quick_record
class Found:
    """A relation; its evidence as tokens ``[start, end)``."""

    predicate: str
    subject: Party
    object: Party
    word: int  # the verb or noun that carries it
    sentence: int  # first token of its sentence
    start: int
    end: int
    confidence: float
    rule: str
    post: str | None = None
    told: Commitment = _ACTUAL

    @property
    def parties(self) -> tuple[int, int]:
        return self.subject.entity, self.object.entity

    def renumbered(self, numbers: Mapping[int, int]) -> Found:
        """Return this with its parties' numbers changed to those given for them."""
        subject, other = (
            replace(party, entity=numbers[party.entity]) for party in (self.subject, self.object)
        )
        return replace(self, subject=subject, object=other)

    def told_as(self, told: Commitment) -> Found:
        return replace(self, told=told)


def checked(
    predicate: str, pairs: Sequence[tuple[Party, Party]], word: Token, rule: str, post: str | None = None
) -> Iterator[Found]:
    """Yield the pairs whose types the vocabulary allows."""
    kind = load_vocabulary()[predicate]
    for subject, other in pairs:
        fits = _is_fit(word, subject, kind.subject) and _is_fit(word, other, kind.object)
        if fits and subject.entity != other.entity:
            sure = 0.85 if subject.is_named and other.is_named else 0.65
            yield found_at(predicate, subject, other, word, sure, rule, post)


def _is_fit(word: Token, party: Party, types: Container[str]) -> bool:
    """Say whether a party is of one of the types; a hospital is a building and a body."""
    if party.type in types:
        return True
    return party.type == "FAC" and "ORG" in types and word.doc[party.head].lemma_.lower() in body_nouns()


def found_at(
    predicate: str, subject: Party, other: Party, word: Token, sure: float, rule: str, post: str | None = None
) -> Found:
    # A verb's subject may be far off, and is told there; a post stands right beside its holder.
    heads = (subject.head, other.head) if rule in {"post", "role"} else (other.head,)
    start, end = _with_parties(_clause(word), word, heads)
    return Found(predicate, subject, other, word.i, word.sent.start, start, end, sure, rule, post)


def _with_parties(clause: tuple[int, int], word: Token, heads: Sequence[int]) -> tuple[int, int]:
    """Return a clause grown to the parties near it: where the tree cuts them off, they are evidence."""
    start, end = clause
    for head in heads:
        if word.sent.start <= head < word.sent.end and start - _NEAR <= head < end + _NEAR:
            name = name_around(word.doc, head)
            start, end = min(start, name.start), max(end, name.stop)
    return start, end


def _clause(word: Token) -> tuple[int, int]:
    """Return the words of the clause that stand together, without clauses that only hang on it."""
    apart = {place.i for child in word.children if child.dep_ in _APART for place in child.subtree}
    places = {token.i for token in word.subtree if not token.is_space} - apart
    start = end = word.i
    while start - 1 in places:
        start -= 1
    while end + 1 in places:
        end += 1
    doc = word.doc
    while start < word.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "mark"):
        start += 1
    while end > word.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return start, end + 1
