"""What an article adds to the analysts' view: canonical things, simple edges, voices, their evidence. Pure.

A simple edge (``?a ng:spokeWith ?b``) stands only where the narrator says that it happened. Everything else,
claims above all, stands on evidence nodes alone, which say whose it is. The view is the sum of what its
articles add, so an article can be taken away again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims import entities_in, relays_of, voice_name
from graph.names import name_node
from graph.propositions import Canonical, canonical_propositions
from graph.relations import factuality, predicate_iri
from graph.resolve import Identity
from graph.terms import (
    ABOUT_PREDICATES,
    ALT_LABEL,
    CLASS_LABELS,
    LABEL,
    NAMES_IN_USE,
    NARRATOR,
    OBJECT,
    PREDICATE,
    STANCES,
    SUBJECT,
    TYPE,
    VIEW,
    article_iri,
    class_of_canonical,
    counts_literal,
    date_literal,
    decimal_literal,
    evidence_iri,
    flag_literal,
    local_iri,
    ng,
    number_literal,
    term,
    text_literal,
)
from newsgraph.records import Article, Attribution, Extraction, Relation, Voice
from newsgraph.vocabulary import load_vocabulary

Edge = tuple[NamedNode, NamedNode, NamedNode]


@dataclass(frozen=True, slots=True)
class Share:
    """What one text version adds to the view."""

    labels: Counter[tuple[NamedNode, str]]  # how many articles call it so: 1 each
    mentions: Counter[NamedNode]
    edges: Counter[Edge]  # narrator-asserted, by how much evidence
    propositions: Mapping[NamedNode, Canonical]
    wordings: Counter[tuple[NamedNode, str]]  # how many articles tell a proposition so: 1 each
    evidence: tuple[Quad, ...]


def share_of(article: Article, extraction: Extraction, identity: Mapping[str, Identity]) -> Share:
    """Return what an article adds to the view."""
    entities = {entity.id: entity for entity in extraction.entities}
    labels: Counter[tuple[NamedNode, str]] = Counter()
    for name, one in identity.items():
        for label in dict.fromkeys((entities[name].name, *entities[name].aliases)):
            labels[one.canonical, label] = 1
    mentions = Counter(identity[m.entity].canonical for m in extraction.mentions if m.entity in identity)
    propositions = canonical_propositions(article, extraction, identity)
    spoken_of = [one for proposition in propositions.values() for one in proposition.with_wider()]
    evidence = _Evidence(article, extraction, identity, propositions)
    return Share(
        labels,
        mentions,
        Counter(evidence.edges()),
        {one.node: one for one in spoken_of},
        Counter({(one.node, one.wording): 1 for one in spoken_of}),
        tuple(evidence.quads()),
    )


class _Evidence:
    """Writes the evidence nodes of one article."""

    def __init__(
        self,
        article: Article,
        extraction: Extraction,
        identity: Mapping[str, Identity],
        propositions: Mapping[str, Canonical],
    ) -> None:
        self._article = article
        self._extraction = extraction
        self._identity = identity
        self._propositions = propositions
        self._named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
        self._attributions = {one.id: one for one in extraction.attributions}

    def edges(self) -> Iterator[Edge]:
        """Yield the simple edges, a symmetric one both ways."""
        for relation in self._extraction.relations:
            if factuality(relation) != ng("NarratorAsserted") or relation.predicate not in load_vocabulary():
                continue
            subject, other = self._canonical(relation.subject), self._canonical(relation.object)
            if subject is None or other is None or subject == other:
                continue
            yield subject, ng(relation.predicate), other
            if load_vocabulary()[relation.predicate].symmetric:
                yield other, ng(relation.predicate), subject

    def quads(self) -> Iterator[Quad]:
        for relation in self._extraction.relations:
            yield from self._of_relation(relation)
        for attribution in self._extraction.attributions:
            yield from self._of_attribution(attribution)
        for proposition in self._extraction.propositions:
            for voice in proposition.voices:
                canonical = self._propositions[proposition.id].node
                yield from self._of_voice(canonical, voice, voice_name(proposition, voice))

    def _of_relation(self, relation: Relation) -> Iterator[Quad]:
        subject, other = self._canonical(relation.subject), self._canonical(relation.object)
        if subject is None or other is None or subject == other:
            return  # two names of the article that are one thing say nothing of each other
        node = evidence_iri(self._article.version_id, relation.id)
        yield from self._edge(node, (subject, predicate_iri(relation.predicate), other), relation.id)
        yield Quad(node, ng("factuality"), factuality(relation), VIEW)
        if relation.predicate not in load_vocabulary():
            yield Quad(node, ng("openPredicate"), text_literal(relation.predicate), VIEW)
        elif load_vocabulary()[relation.predicate].symmetric:
            yield Quad(node, ng("symmetric"), flag_literal(value=True), VIEW)
        if relation.attribution is not None:
            attribution = self._attributions[relation.attribution]
            yield Quad(node, ng("stance"), STANCES[attribution.stance], VIEW)
            if (speaker := self._canonical(attribution.speaker)) is not None:
                yield Quad(node, ng("attributedTo"), speaker, VIEW)

    def _of_attribution(self, attribution: Attribution) -> Iterator[Quad]:
        """Link the speaker to each thing that the content speaks of."""
        speaker = self._canonical(attribution.speaker)
        if speaker is None:
            return
        for entity in entities_in(attribution.content, self._extraction):
            about = self._canonical(entity)
            if about is None or about == speaker:
                continue
            node = evidence_iri(self._article.version_id, f"{attribution.id}-{entity}")
            yield from self._edge(
                node, (speaker, ABOUT_PREDICATES[attribution.stance], about), attribution.id
            )
            yield Quad(node, ng("factuality"), ng("ClaimAbout"), VIEW)
            yield Quad(node, ng("stance"), STANCES[attribution.stance], VIEW)
            yield Quad(node, ng("attributedTo"), speaker, VIEW)

    def _of_voice(self, proposition: NamedNode, voice: Voice, name: str) -> Iterator[Quad]:
        node = evidence_iri(self._article.version_id, name)
        yield Quad(node, TYPE, ng("VoiceEvidence"), VIEW)
        yield Quad(node, ng("onProposition"), proposition, VIEW)
        yield Quad(node, ng("stance"), STANCES[voice.stance], VIEW)
        yield Quad(node, ng("score"), decimal_literal(voice.score), VIEW)
        yield from self._source(node, name)
        if voice.attribution is None:
            yield Quad(node, ng("attributedTo"), NARRATOR, VIEW)
            return
        attribution = self._attributions[voice.attribution]
        yield Quad(node, ng("anonymous"), flag_literal(attribution.speaker not in self._named), VIEW)
        if (speaker := self._canonical(attribution.speaker)) is not None:
            yield Quad(node, ng("attributedTo"), speaker, VIEW)
        for relay in relays_of(attribution):
            if (via := self._canonical(relay)) is not None:
                yield Quad(node, ng("reportedVia"), via, VIEW)

    def _edge(self, node: NamedNode, edge: Edge, source: str) -> Iterator[Quad]:
        yield Quad(node, TYPE, ng("EdgeEvidence"), VIEW)
        yield Quad(node, SUBJECT, edge[0], VIEW)
        yield Quad(node, PREDICATE, edge[1], VIEW)
        yield Quad(node, OBJECT, edge[2], VIEW)
        yield from self._source(node, source)

    def _source(self, node: NamedNode, source: str) -> Iterator[Quad]:
        """Yield where the evidence lies: in the article's own graph, and in which article."""
        yield Quad(node, ng("evidence"), local_iri(self._article.version_id, source), VIEW)
        yield Quad(node, ng("inArticle"), article_iri(self._article.id), VIEW)
        if self._article.published is not None:
            yield Quad(node, term("schema:datePublished"), date_literal(self._article.published), VIEW)

    def _canonical(self, entity: str | None) -> NamedNode | None:
        one = self._identity.get(entity) if entity is not None else None
        return one.canonical if one is not None else None


def best_label(canonical: NamedNode, labels: Mapping[str, int]) -> str:
    """Return by which of its names a canonical entity is shown; see :func:`entity_quads`."""
    kind = CLASS_LABELS[class_of_canonical(canonical).value]
    return min(labels, key=lambda label: (name_node(label, kind) is None, -labels[label], -len(label), label))


def entity_quads(canonical: NamedNode, labels: Mapping[str, int], mentions: int) -> Iterator[Quad]:
    """Yield a canonical entity as the view shows it: its most used name, the others beside it, their counts.

    The order in which articles came does not matter: of equally used names the longest, then the first by
    alphabet. A name that is too little to know it by ("Berg") is shown only where there is no other: names
    that a reviewer joined often share it. One that nothing is called any more is not there.
    """
    if not labels:
        return
    best = best_label(canonical, labels)
    statements: list[tuple[NamedNode, NamedNode | Literal]] = [
        (TYPE, ng("CanonicalEntity")),
        (TYPE, class_of_canonical(canonical)),
        (LABEL, text_literal(best)),
        (ng("mentionCount"), number_literal(mentions)),
        (NAMES_IN_USE, counts_literal(labels)),
    ]
    statements += [(ALT_LABEL, text_literal(label)) for label in sorted(labels) if label != best]
    for predicate, value in statements:
        yield Quad(canonical, predicate, value, VIEW)
