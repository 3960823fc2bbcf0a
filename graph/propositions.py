"""Which canonical proposition an article's proposition is, so that voices of many articles meet. Pure.

Relations are one by predicate, canonical parties, date and whether they are still to come; a dated one has a
wider one without date, which gathers those who name none. Other contents are one by their words and by the
canonical things that they are about: "they will win" says something else in each article. What cannot be
known again (a relation of a thing to itself, words about nothing) stays in its article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims import parties_of, things_in
from graph.resolve import Identity
from graph.terms import (
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    VIEW,
    ng,
    proposition_iri,
    text_literal,
    time_literal,
)
from newsgraph.records import Article, Extraction, Proposition
from newsgraph.vocabulary import load_vocabulary

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

    def with_wider(self) -> Iterator[Canonical]:
        """Yield the proposition, and the wider one if there is one: voices on it keep both in the view."""
        yield self
        if self.wider is not None:
            yield self.wider


def canonical_propositions(
    article: Article, extraction: Extraction, identity: Mapping[str, Identity]
) -> Mapping[str, Canonical]:
    """Return the canonical proposition of each proposition of an article, by Proposition.id."""
    names = {entity.id: entity.name for entity in extraction.entities}
    return {
        one.id: _by_relation(one, identity, names) or _by_words(one, article, extraction, identity)
        for one in extraction.propositions
        if one.voices
    }


def proposition_quads(one: Canonical, wordings: Mapping[str, int]) -> Iterator[Quad]:
    """Yield a canonical proposition as the view shows it, in its most used wording.

    The order in which articles came does not matter: of equally used wordings the longest, then the first by
    alphabet.
    """
    best = min(wordings, key=lambda words: (-wordings[words], -len(words), words))
    statements: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, ng("CanonicalProposition")),
        (ng("statement"), text_literal(best)),
    ]
    if one.edge is not None:
        statements += zip((SUBJECT, PREDICATE, OBJECT), one.edge, strict=True)
    if one.time is not None:
        statements.append((ng("time"), time_literal(one.time)))
    if one.is_planned:
        statements.append((ng("modality"), ng("Planned")))
    if one.wider is not None:
        statements.append((ng("moreGeneral"), one.wider.node))
    for predicate, value in statements:
        yield Quad(one.node, predicate, value, VIEW)


def _by_relation(
    one: Proposition, identity: Mapping[str, Identity], names: Mapping[str, str]
) -> Canonical | None:
    """Return the canonical proposition of a relation between two canonical things."""
    parties = parties_of(one)
    if parties is None or parties[0] not in identity or parties[2] not in identity:
        return None
    kind = load_vocabulary()[parties[1]]
    pairs = [(identity[party].canonical, names[party]) for party in (parties[0], parties[2])]
    if pairs[0][0] == pairs[1][0]:
        return None
    if kind.symmetric:
        pairs.sort(key=lambda pair: pair[0].value)
    (subject, subject_name), (other, other_name) = pairs
    is_planned = one.key.startswith(_PLANNED)
    wording = f"{subject_name} {kind.label} {other_name}{' (planned)' if is_planned else ''}"
    key = ("relation", subject.value, kind.name, other.value, "planned" if is_planned else "")
    edge = (subject, ng(kind.name), other)
    undated = Canonical(proposition_iri(*key), wording, edge, None, is_planned)
    if one.time is None:
        return undated
    return replace(undated, node=proposition_iri(*key, one.time), time=one.time, wider=undated)


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
