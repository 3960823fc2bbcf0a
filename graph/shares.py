"""What an article adds to the view: names, simple edges, propositions, and the evidence of all that. Pure.

Most of it does not depend on who is who: it is made where the article is read (:func:`told_in`), as text with
places for canonical nodes, and the writer fills these in (:func:`share_of`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from graph.claims import entities_in, relays_of, voice_name
from graph.edges import Link, filled, link_in
from graph.propositions import Canonical, Meant, canonical_of, meant_in
from graph.relations import factuality, predicate_iri
from graph.resolve import Identity
from graph.terms import (
    ABOUT_PREDICATES,
    NARRATOR,
    OBJECT,
    PREDICATE,
    STANCES,
    SUBJECT,
    TYPE,
    VIEW,
    article_iri,
    date_literal,
    decimal_literal,
    evidence_iri,
    flag_literal,
    individual,
    local_iri,
    ng,
    term,
    text_literal,
)
from graph.turtle import Said, quads_in, with_places
from graph.view import Edge
from newsgraph.records import Article, Attribution, Extraction, Relation, Voice
from newsgraph.vocabulary import load_vocabulary


class Piece(NamedTuple):
    """All that is said of a node of evidence."""

    text: str  # turtle.py
    names: tuple[str, ...]  # Entity.id or Proposition.id of the nodes that are to be put there
    ends: tuple[str, str] | None = None  # of an edge: what is one thing says nothing of itself
    link: Link | None = None  # with Entity.id for IRIs


class Told(NamedTuple):
    """What one text version adds to the view, as far as it does not depend on other articles."""

    labels: Mapping[str, tuple[str, ...]]  # what it calls its things, by Entity.id
    mentions: Mapping[str, int]
    edges: tuple[tuple[str, str, str], ...]  # narrator-asserted: Entity.id, predicate, Entity.id
    propositions: tuple[Meant, ...]
    evidence: tuple[Piece, ...]


class Share(NamedTuple):
    """What one text version adds to the view."""

    labels: Counter[tuple[NamedNode, str]]  # how many articles call it so: 1 each
    mentions: Counter[NamedNode]
    edges: Counter[Edge]  # narrator-asserted, by how much evidence
    propositions: Mapping[NamedNode, Canonical]
    wordings: Counter[tuple[NamedNode, str]]  # how many articles tell a proposition so: 1 each
    evidence: tuple[str, ...]  # a text for each node
    links: tuple[Link, ...]

    def quads(self, but: Container[str] = ()) -> list[Quad]:
        """Return the evidence, but for some texts."""
        return quads_in(VIEW, (one for one in self.evidence if one not in but))


def told_in(article: Article, extraction: Extraction, things: Container[str]) -> Told:
    """Return what an article adds to the view, given the Entity.id of all that is a thing."""
    evidence = _Evidence(article, extraction, things)
    pieces: dict[str, Piece] = {}
    for node, piece in evidence.pieces():
        first = pieces.get(node.value)  # of a node that has several all is together
        pieces[node.value] = piece if first is None else _joined(first, piece)
    return Told(
        {
            one.id: tuple(dict.fromkeys((one.name, *one.aliases)))
            for one in extraction.entities
            if one.id in things
        },
        Counter(one.entity for one in extraction.mentions if one.entity in things),
        tuple(evidence.edges()),
        tuple(meant_in(article, extraction, things)),
        tuple(pieces.values()),
    )


def share_of(told: Told, identity: Mapping[str, Identity]) -> Share:
    """Return what an article adds to the view, given who its things are."""
    nodes = {name: one.canonical for name, one in identity.items()}
    iris = {name: node.value for name, node in nodes.items()}
    mentions: Counter[NamedNode] = Counter()
    for name, count in told.mentions.items():
        mentions[nodes[name]] += count
    propositions = {one.id: canonical_of(one, nodes) for one in told.propositions}
    spoken_of = [one for proposition in propositions.values() for one in proposition.with_wider()]
    written = {name: f"<{iri}>" for name, iri in iris.items()}
    written |= {name: f"<{one.node.value}>" for name, one in propositions.items()}
    pieces = [one for one in told.evidence if one.ends is None or iris[one.ends[0]] != iris[one.ends[1]]]
    return Share(
        Counter({(nodes[name], label): 1 for name, labels in told.labels.items() for label in labels}),
        mentions,
        Counter(
            (nodes[one], ng(predicate), nodes[other])
            for one, predicate, other in told.edges
            if iris[one] != iris[other]
        ),
        {one.node: one for one in spoken_of},
        Counter({(one.node, one.wording): 1 for one in spoken_of}),
        tuple(one.text % tuple([written[name] for name in one.names]) for one in pieces),
        tuple(filled(one.link, iris) for one in pieces if one.link is not None),
    )


def _joined(one: Piece, other: Piece) -> Piece:
    return Piece(one.text + other.text, one.names + other.names, one.ends, one.link)


class _Evidence:
    """Writes the evidence nodes of one article."""

    def __init__(self, article: Article, extraction: Extraction, things: Container[str]) -> None:
        self._article = article
        self._extraction = extraction
        self._things = things
        self._named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
        self._attributions = {one.id: one for one in extraction.attributions}

    def edges(self) -> Iterator[tuple[str, str, str]]:
        """Yield the simple edges, a symmetric one both ways."""
        for relation in self._extraction.relations:
            if factuality(relation) != ng("NarratorAsserted") or relation.predicate not in load_vocabulary():
                continue
            if self._are_two(subject := relation.subject, other := relation.object):
                yield subject, relation.predicate, other
                if load_vocabulary()[relation.predicate].symmetric:
                    yield other, relation.predicate, subject

    def pieces(self) -> Iterator[tuple[NamedNode, Piece]]:
        for relation in self._extraction.relations:
            if self._are_two(relation.subject, relation.object):
                yield self._of_relation(relation)
        for attribution in self._extraction.attributions:
            yield from self._of_attribution(attribution)
        for proposition in self._extraction.propositions:
            for voice in proposition.voices:
                node = evidence_iri(self._article.version_id, name := voice_name(proposition, voice))
                yield node, Piece(*with_places(node, self._of_voice(proposition.id, voice, name)))

    def _of_relation(self, relation: Relation) -> tuple[NamedNode, Piece]:
        predicate = predicate_iri(relation.predicate)
        said = [*self._edge(relation.subject, predicate, relation.object, relation.id)]
        said.append((ng("factuality"), factuality(relation)))
        if relation.predicate not in load_vocabulary():
            said.append((ng("openPredicate"), text_literal(relation.predicate)))
        elif load_vocabulary()[relation.predicate].symmetric:
            said.append((ng("symmetric"), flag_literal(value=True)))
        if relation.attribution is not None:
            attribution = self._attributions[relation.attribution]
            said.append((ng("stance"), STANCES[attribution.stance]))
            said += self._who("attributedTo", attribution.speaker)
        return self._piece(relation.id, said, individual(relation.modality).value)

    def _of_attribution(self, attribution: Attribution) -> Iterator[tuple[NamedNode, Piece]]:
        """Link the speaker to each thing that the content speaks of."""
        speaker, predicate = attribution.speaker, ABOUT_PREDICATES[attribution.stance]
        for entity in entities_in(attribution.content, self._extraction):
            if speaker is None or not self._are_two(speaker, entity):
                continue
            said = [*self._edge(speaker, predicate, entity, attribution.id)]
            said.append((ng("factuality"), ng("ClaimAbout")))
            said.append((ng("stance"), STANCES[attribution.stance]))
            said.append((ng("attributedTo"), speaker))
            yield self._piece(f"{attribution.id}-{entity}", said)

    def _of_voice(self, proposition: str, voice: Voice, name: str) -> Iterator[Said]:
        yield TYPE, ng("VoiceEvidence")
        yield ng("onProposition"), proposition
        yield ng("stance"), STANCES[voice.stance]
        yield ng("score"), decimal_literal(voice.score)
        yield from self._source(name)
        if voice.attribution is None:
            yield ng("attributedTo"), NARRATOR
            return
        attribution = self._attributions[voice.attribution]
        yield ng("anonymous"), flag_literal(attribution.speaker not in self._named)
        yield from self._who("attributedTo", attribution.speaker)
        for relay in relays_of(attribution):
            yield from self._who("reportedVia", relay)

    def _piece(self, name: str, said: list[Said], modality: str = "") -> tuple[NamedNode, Piece]:
        """Return the evidence for an edge."""
        node = evidence_iri(self._article.version_id, name)
        told = {predicate.value: one if isinstance(one, str) else one.value for predicate, one in said}
        ends = told[SUBJECT.value], told[OBJECT.value]
        return node, Piece(*with_places(node, said), ends, link_in(told, lambda _: modality))

    def _edge(self, subject: str, predicate: NamedNode, other: str, source: str) -> Iterator[Said]:
        yield TYPE, ng("EdgeEvidence")
        yield SUBJECT, subject
        yield PREDICATE, predicate
        yield OBJECT, other
        yield from self._source(source)

    def _source(self, source: str) -> Iterator[Said]:
        """Yield where the evidence lies: in the article's own graph, and in which article."""
        yield ng("evidence"), local_iri(self._article.version_id, source)
        yield ng("inArticle"), article_iri(self._article.id)
        if self._article.published is not None:
            yield term("schema:datePublished"), date_literal(self._article.published)

    def _who(self, predicate: str, entity: str | None) -> Iterator[Said]:
        if entity is not None and entity in self._things:
            yield ng(predicate), entity

    def _are_two(self, one: str, other: str) -> bool:
        return one != other and one in self._things and other in self._things
