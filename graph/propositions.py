"""Which canonical proposition an article's proposition is, so that voices of many articles meet. Pure.

Relations are one by predicate, canonical parties, date and whether they are still to come; a dated one has a
wider one without date, which gathers those who name none. Other contents are one by their words and by the
canonical things that they are about: "they will win" says something else in each article. What cannot be
known again (a relation of a thing to itself, words about nothing) stays in its article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims import parties_of, things_in
from graph.resolve import Identity
from graph.terms import (
    CLASS_LABELS,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    VIEW,
    WORDINGS_IN_USE,
    class_of_canonical,
    counts_literal,
    ng,
    proposition_iri,
    text_literal,
    time_literal,
)
from newsgraph.records import Article, Entity, Extraction, Proposition
from newsgraph.vocabulary import Predicate, load_vocabulary

_PLANNED = "planned|"  # begins the key of what is to come
_ALONE = "alone|"  # begins the key of words too few to be known again: "the interception"

Edge = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Canonical:
    """A proposition as all articles speak of it, with the wording of one of them."""

    node: NamedNode
    wording: str
    edge: Edge | None = None  # subject, predicate, object, where it is a relation
    time: str | None = None  # ISO 8601
    is_planned: bool = False
    wider: Canonical | None = None  # the same without date
    implied: Canonical | None = None  # what holds as well: who crashed into it came into contact with it

    def with_wider(self) -> Iterator[Canonical]:
        """Yield the proposition, the wider one and what it implies: voices on it keep all in the view."""
        yield self
        for other in (self.wider, self.implied):
            if other is not None:
                yield from other.with_wider()


def canonical_propositions(
    article: Article, extraction: Extraction, identity: Mapping[str, Identity]
) -> Mapping[str, Canonical]:
    """Return the canonical proposition of each proposition of an article, by Proposition.id."""
    entities = {entity.id: entity for entity in extraction.entities}
    return {
        one.id: _by_relation(one, identity, entities) or _by_words(one, article, extraction, identity)
        for one in extraction.propositions
        if one.voices
    }


def proposition_quads(one: Canonical, wordings: Mapping[str, int]) -> Iterator[Quad]:
    """Yield a canonical proposition as the view shows it, in its most used wording, with the counts of all.

    The order in which articles came does not matter: of equally used wordings the longest, then the first by
    alphabet. One whose last voice is gone is not there.
    """
    if not wordings:
        return
    best = min(wordings, key=lambda words: (-wordings[words], -len(words), words))
    statements: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, ng("CanonicalProposition")),
        (ng("statement"), text_literal(best)),
        (WORDINGS_IN_USE, counts_literal(wordings)),
    ]
    if one.edge is not None:
        statements += zip((SUBJECT, PREDICATE, OBJECT), one.edge, strict=True)
    if one.time is not None:
        statements.append((ng("time"), time_literal(one.time)))
    if one.is_planned:
        statements.append((ng("modality"), ng("Planned")))
    if one.wider is not None:
        statements.append((ng("moreGeneral"), one.wider.node))
    if one.implied is not None:
        statements.append((ng("implies"), one.implied.node))
    for predicate, value in statements:
        yield Quad(one.node, predicate, value, VIEW)


def _by_relation(
    one: Proposition, identity: Mapping[str, Identity], entities: Mapping[str, Entity]
) -> Canonical | None:
    """Return the canonical proposition of a relation between two canonical things."""
    parties = parties_of(one)
    if parties is None or parties[0] not in identity or parties[2] not in identity:
        return None
    pair = tuple(_Party(identity[party].canonical, entities[party]) for party in (parties[0], parties[2]))
    if pair[0].node == pair[1].node:
        return None
    return _of_pair(parties[1], pair, one.time, is_planned=one.key.startswith(_PLANNED))


class _Party(NamedTuple):
    """One side of a relation."""

    node: NamedNode
    entity: Entity


def _of_pair(predicate: str, pair: Sequence[_Party], time: str | None, *, is_planned: bool) -> Canonical:
    """Return the proposition of a predicate between two things, with what it implies."""
    kind = load_vocabulary()[predicate]
    subject, other = sorted(pair, key=lambda one: one.node.value) if kind.symmetric else pair
    wording = f"{subject.entity.name} {kind.label} {other.entity.name}{' (planned)' if is_planned else ''}"
    key = ("relation", subject.node.value, kind.name, other.node.value, "planned" if is_planned else "")
    weaker = _of_pair(kind.implies, pair, time, is_planned=is_planned) if _holds_too(kind, pair) else None
    undated = Canonical(
        proposition_iri(*key),
        wording,
        (subject.node, ng(kind.name), other.node),
        is_planned=is_planned,
        implied=weaker and (weaker.wider or weaker),
    )
    if time is None:
        return undated
    return replace(undated, node=proposition_iri(*key, time), time=time, wider=undated, implied=weaker)


def _holds_too(kind: Predicate, pair: Sequence[_Party]) -> bool:
    """Say whether what a predicate implies may hold between two: not that a drone collided with the sea."""
    if not kind.implies:
        return False
    weaker = load_vocabulary()[kind.implies]
    # The types of the canonical ones: articles may differ on what is one thing.
    subject, other = (CLASS_LABELS[class_of_canonical(one.node).value] for one in pair)
    return subject in weaker.subject and other in weaker.object


def _by_words(
    one: Proposition, article: Article, extraction: Extraction, identity: Mapping[str, Identity]
) -> Canonical:
    """Return the canonical proposition of words."""
    things = {identity[thing].canonical.value for thing in things_in(one, extraction) if thing in identity}
    wording = _without_negation(one, extraction)
    if things and parties_of(one) is None and not one.key.startswith(_ALONE):
        return Canonical(proposition_iri("words", one.key, *sorted(things)), wording)
    return Canonical(proposition_iri("article", article.version_id, one.id), wording)


def _without_negation(one: Proposition, extraction: Extraction) -> str:
    """Return the words of a proposition; they are those of its first voice, which may be negated ones.

    Who says "we did not seek it" denies that they sought it: the voice's stance is then the other one than
    its attribution's, and nobody is to read that they deny these very words.
    """
    words, first = " ".join(one.text.split()), one.voices[0]
    stances = {
        attribution.stance for attribution in extraction.attributions if attribution.id == first.attribution
    }
    is_negated = {first.stance, *stances} == {"asserts", "denies"}
    return f"the opposite of “{words}”" if is_negated else words
