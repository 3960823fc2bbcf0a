"""Records to quads. Pure: no store, no file, no clock; the same records give the same quads, in order.

The graph of a text version holds all that one extraction says of it. Nobody vouches for a proposition: who
asserts, denies or leaves it open stands on the attributions, and a relation inside somebody's content is that
somebody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from graph.resolve import Identity
from graph.terms import (
    ALT_LABEL,
    ARTICLES,
    ENTITY_CLASSES,
    IDENTITY,
    LABEL,
    NARRATOR,
    OBJECT,
    PREDICATE,
    STANCES,
    SUBJECT,
    TYPE,
    article_iri,
    date_literal,
    decimal_literal,
    decision_iri,
    flag_literal,
    local_iri,
    ng,
    number_literal,
    span_iri,
    term,
    text_iri,
    text_literal,
    time_literal,
    version_graph,
)
from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan
from newsgraph.vocabulary import load_vocabulary

Statement = tuple[NamedNode, NamedNode, NamedNode | Literal]


def version_quads(article: Article, extraction: Extraction) -> Iterator[Quad]:
    """Yield the quads of one text version, all in its own named graph, each once."""
    graph = version_graph(article.version_id)
    for statement in dict.fromkeys(_statements(article, extraction)):
        yield Quad(*statement, graph)


def article_quads(article: Article) -> Iterator[Quad]:
    """Yield what is known of the article itself."""
    node, text = article_iri(article.id), text_iri(article.version_id)
    statements: list[Statement] = [
        (node, TYPE, term("schema:NewsArticle")),
        (node, term("schema:identifier"), text_literal(article.id)),
        (node, term("schema:inLanguage"), text_literal(article.language)),
        (node, ng("currentVersion"), text),
        (text, TYPE, ng("TextVersion")),
        (text, ng("versionOf"), node),
        (text, ng("sha256"), text_literal(sha256(article.text.encode()).hexdigest())),
        (text, ng("charLength"), number_literal(len(article.text))),
    ]
    if article.title:
        statements.append((node, term("schema:headline"), text_literal(article.title)))
    if article.url:
        statements.append((node, term("schema:url"), text_literal(article.url)))
    if article.publisher:
        statements.append((node, term("schema:publisher"), text_literal(article.publisher)))
    if article.published:
        statements.append((node, term("schema:datePublished"), date_literal(article.published)))
    for statement in statements:
        yield Quad(*statement, ARTICLES)


def decision_quads(version_id: str, identity: Mapping[str, Identity]) -> Iterator[Quad]:
    """Yield the decisions that an article's entities are canonical ones, for the identity graph."""
    for entity, one in identity.items():
        node = decision_iri(version_id, entity)
        statements: tuple[Statement, ...] = (
            (node, TYPE, ng("IdentityDecision")),
            (node, ng("left"), local_iri(version_id, entity)),
            (node, ng("right"), one.canonical),
            (node, ng("judgement"), ng("Same")),
            (node, ng("score"), decimal_literal(one.score)),
            (node, ng("reason"), text_literal(one.reason)),
        )
        for statement in statements:
            yield Quad(*statement, IDENTITY)


def factuality(relation: Relation) -> NamedNode:
    """Return whose a relation is: the narrator's fact, somebody's claim, or nothing that happened."""
    if relation.negated or relation.modality != "actual":
        return ng("NotActual")
    return ng("NarratorAsserted") if relation.attribution is None else ng("AttributedOnly")


def predicate_iri(name: str) -> NamedNode:
    """Return the term of a relation's predicate; of one outside the vocabulary, the open relation."""
    return ng(name) if name in load_vocabulary() else ng("openRelation")


def _statements(article: Article, extraction: Extraction) -> Iterator[Statement]:
    spans = _Spans(article)
    for entity in extraction.entities:
        yield from _entity(article.version_id, entity)
    for mention in extraction.mentions:
        yield from _mention(article.version_id, mention, spans)
    for attribution in extraction.attributions:
        yield from _attribution(article.version_id, attribution, extraction, spans)
    for relation in extraction.relations:
        yield from _relation(article.version_id, relation, extraction, spans)


class _Spans:
    """Gives each stretch of text its node, with the characters themselves."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._text = text_iri(article.version_id)

    def of(self, span: tuple[int, int]) -> tuple[NamedNode, list[Statement]]:
        start, end = span
        node = span_iri(self._article.version_id, start, end)
        return node, [
            (node, TYPE, term("nif:OffsetBasedString")),
            (node, term("nif:referenceContext"), self._text),
            (node, term("nif:beginIndex"), number_literal(start)),
            (node, term("nif:endIndex"), number_literal(end)),
            (node, term("nif:anchorOf"), text_literal(self._article.text[start:end])),
        ]


def _entity(version_id: str, entity: Entity) -> Iterator[Statement]:
    node = local_iri(version_id, entity.id)
    yield node, TYPE, ng("ArticleEntity")
    yield node, TYPE, ENTITY_CLASSES[entity.type]
    yield node, LABEL, text_literal(entity.name)
    for alias in entity.aliases:
        yield node, ALT_LABEL, text_literal(alias)
    yield node, ng("salience"), decimal_literal(entity.salience)
    for same in entity.same_as:
        yield node, term("skos:exactMatch"), NamedNode(same)


def _mention(version_id: str, mention: Mention, spans: _Spans) -> Iterator[Statement]:
    node, statements = spans.of((mention.start, mention.end))
    yield from statements
    yield node, TYPE, term("gaf:Mention")
    yield node, term("gaf:denotes"), local_iri(version_id, mention.entity)
    yield node, ng("mentionType"), ng(mention.kind.capitalize())
    yield node, ng("confidence"), decimal_literal(mention.confidence)


def _attribution(
    version_id: str, attribution: Attribution, extraction: Extraction, spans: _Spans
) -> Iterator[Statement]:
    node = local_iri(version_id, attribution.id)
    yield node, TYPE, ng("Attribution")
    for role, stretches in (
        ("sourceSpan", attribution.source),
        ("cueSpan", attribution.cue),
        ("contentSpan", attribution.content),
    ):
        for stretch in stretches:
            span, statements = spans.of(stretch)
            yield from statements
            yield node, ng(role), span
    if attribution.speaker is not None:
        yield node, ng("source"), local_iri(version_id, attribution.speaker)
    if attribution.via is not None:
        yield node, ng("reportedVia"), local_iri(version_id, attribution.via)
    yield node, ng("stance"), STANCES[attribution.stance]
    yield node, ng("certainty"), ng(attribution.certainty.capitalize())
    yield node, ng("speechType"), ng(attribution.speech.capitalize())
    yield node, ng("cueLemma"), text_literal(attribution.cue_lemma)
    yield node, ng("confidence"), decimal_literal(attribution.confidence)
    for place in (attribution.cue or attribution.content)[:1]:
        yield from _sentence(node, place, extraction, spans)
    yield from _proposition(version_id, attribution, extraction)


def _proposition(version_id: str, attribution: Attribution, extraction: Extraction) -> Iterator[Statement]:
    node = local_iri(version_id, f"p-{attribution.id}")
    text = " … ".join(extraction.text[start:end] for start, end in attribution.content)
    yield local_iri(version_id, attribution.id), ng("proposition"), node
    yield node, TYPE, ng("Proposition")
    yield node, TYPE, term("schema:Claim")
    yield node, term("schema:text"), text_literal(text)
    for entity in entities_in(attribution.content, extraction):
        yield node, term("schema:about"), local_iri(version_id, entity)
    for relation in extraction.relations:
        if relation.attribution == attribution.id:
            yield node, ng("expresses"), local_iri(version_id, relation.id)


def entities_in(spans: tuple[TextSpan, ...], extraction: Extraction) -> list[str]:
    """Return the things that are mentioned inside ``spans``, by name or otherwise, in order of their ids."""
    found = {
        mention.entity
        for mention in extraction.mentions
        if mention.kind != "value"
        and any(start <= mention.start and mention.end <= end for start, end in spans)
    }
    return sorted(found, key=lambda name: int(name[1:]))


def _relation(
    version_id: str, relation: Relation, extraction: Extraction, spans: _Spans
) -> Iterator[Statement]:
    node = local_iri(version_id, relation.id)
    kind = load_vocabulary().get(relation.predicate)
    yield node, TYPE, ng("RelationAssertion")
    yield node, SUBJECT, local_iri(version_id, relation.subject)
    yield node, PREDICATE, predicate_iri(relation.predicate)
    yield node, OBJECT, local_iri(version_id, relation.object)
    if kind is None:
        yield node, ng("openPredicate"), text_literal(relation.predicate)
    elif kind.plover:
        yield node, TYPE, term("sem:Event")
        yield node, term("sem:eventType"), term("plover:" + kind.plover)
    yield node, ng("negated"), flag_literal(relation.negated)
    yield node, ng("modality"), ng(relation.modality.capitalize())
    yield node, ng("factuality"), factuality(relation)
    attribution = relation.attribution
    yield node, ng("inAttribution"), NARRATOR if attribution is None else local_iri(version_id, attribution)
    if relation.time is not None:
        yield node, ng("time"), time_literal(relation.time)
    if relation.place is not None:
        yield node, ng("place"), local_iri(version_id, relation.place)
    yield node, ng("confidence"), decimal_literal(relation.confidence)
    span, statements = spans.of((relation.start, relation.end))
    yield from statements
    yield node, term("prov:wasDerivedFrom"), span
    yield from _sentence(node, TextSpan(relation.start, relation.end), extraction, spans)


def _sentence(node: NamedNode, place: TextSpan, extraction: Extraction, spans: _Spans) -> Iterator[Statement]:
    """Yield the sentence in which something stands: what an analyst reads as evidence."""
    for sentence in extraction.sentences:
        if sentence.start <= place.start < sentence.end:
            span, statements = spans.of(sentence)
            yield from statements
            yield node, ng("sentence"), span
            return
