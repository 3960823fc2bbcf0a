"""Which canonical proposition an article's proposition is, so that voices of many articles meet. Pure.

Relations are one by predicate, canonical parties, date and whether they are still to come; a dated one has a
wider one without date, which gathers those who name none. Other contents are one by their words and by the
canonical things that they are about: "they will win" says something else in each article. What cannot be
known again (a relation of a thing to itself, words about nothing) stays in its article.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims import parties_of, things_in
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
from newsgraph.records import Article, Extraction, Proposition
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


class Meant(NamedTuple):
    """A proposition of an article, as far as it does not depend on other articles which one it is."""

    id: str  # Proposition.id
    version_id: str
    wording: str
    key: str  # of words that others may use; "" of others
    things: tuple[str, ...]  # Entity.id of what such words are about
    relation: Related | None


class Related(NamedTuple):
    """A proposition that is a relation of two things."""

    predicate: str
    parties: tuple[tuple[str, str], tuple[str, str]]  # Entity.id, name
    time: str | None
    is_planned: bool


def meant_in(article: Article, extraction: Extraction, things: Container[str]) -> Iterator[Meant]:
    """Yield the propositions of an article that have voices, given the Entity.id of all that is a thing."""
    entities = {entity.id: entity for entity in extraction.entities}
    for one in extraction.propositions:
        if not one.voices:
            continue
        about, key, relation = tuple[str, ...](), "", None
        if (parties := parties_of(one)) is None:
            about = tuple(thing for thing in things_in(one, extraction) if thing in things)
            key = "" if one.key.startswith(_ALONE) else one.key
        elif parties[0] in things and parties[2] in things:
            first, second = ((party, entities[party].name) for party in (parties[0], parties[2]))
            relation = Related(parties[1], (first, second), one.time, one.key.startswith(_PLANNED))
        wording = _without_negation(one, extraction)
        yield Meant(one.id, article.version_id, wording, key, about, relation)


def canonical_of(one: Meant, nodes: Mapping[str, NamedNode]) -> Canonical:
    """Return the canonical proposition of one, given the canonical node of each thing by Entity.id."""
    if one.relation is not None:
        first, second = (_Party(nodes[entity], name) for entity, name in one.relation.parties)
        if first.node != second.node:
            _, _, time, is_planned = one.relation
            return _of_pair(one.relation.predicate, (first, second), time, is_planned=is_planned)
    elif one.key and one.things:
        things = {nodes[thing].value for thing in one.things}
        return Canonical(proposition_iri("words", one.key, *sorted(things)), one.wording)
    return Canonical(proposition_iri("article", one.version_id, one.id), one.wording)


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


class _Party(NamedTuple):
    """One side of a relation."""

    node: NamedNode
    name: str  # in the article


def _of_pair(predicate: str, pair: Sequence[_Party], time: str | None, *, is_planned: bool) -> Canonical:
    """Return the proposition of a predicate between two things, with what it implies."""
    kind = load_vocabulary()[predicate]
    subject, other = sorted(pair, key=lambda one: one.node.value) if kind.symmetric else pair
    wording = f"{subject.name} {kind.label} {other.name}{' (planned)' if is_planned else ''}"
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
