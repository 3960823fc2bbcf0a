"""Records to quads. Pure: no store, no file, no clock; the same records give the same quads, in order.

The graph of a text version holds all that one extraction says of it. Nobody vouches for a proposition: who
asserts, denies or leaves it open stands on its voices, and a relation inside somebody's content is that
somebody's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from pyoxigraph import Literal, NamedNode, Quad

from graph.claims import Claims
from graph.known import known_statements
from graph.relations import relation_statements
from graph.resolve import Identity
from graph.spans import Spans, Statement
from graph.terms import (
    ALT_LABEL,
    ARTICLES,
    ENTITY_CLASSES,
    IDENTITY,
    LABEL,
    TYPE,
    article_iri,
    date_literal,
    decimal_literal,
    decision_iri,
    flag_literal,
    individual,
    local_iri,
    moment_literal,
    ng,
    number_literal,
    reviewed_iri,
    term,
    text_iri,
    text_literal,
    version_graph,
)
from graph.turtle import quads_in
from newsgraph.records import Article, Entity, Extraction, Mention


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
    statements += [(node, predicate, value) for predicate, value in _told_by_publisher(article)]
    if article.fetched:
        statements.append((text, ng("fetchedAt"), moment_literal(article.fetched)))
    for statement in statements:
        yield Quad(*statement, ARTICLES)


def _told_by_publisher(article: Article) -> Iterator[tuple[NamedNode, Literal]]:
    for name, text in (
        ("schema:headline", article.title),
        ("schema:url", article.url),
        ("schema:publisher", article.publisher),
        ("schema:dateline", article.dateline),
        ("schema:sourceOrganization", article.agency),
        *(("schema:author", author) for author in article.authors),
    ):
        if text:
            yield term(name), text_literal(text)
    if article.published:
        yield term("schema:datePublished"), date_literal(article.published)
    if article.paywalled:
        yield term("schema:isAccessibleForFree"), flag_literal(value=False)


def digest_quad(article: Article, digest: str) -> Quad:
    """Return which kept extraction a text version's quads were made of."""
    return Quad(text_iri(article.version_id), ng("extractionDigest"), text_literal(digest), ARTICLES)


def decision_quads(version_id: str, identity: Mapping[str, Identity]) -> list[Quad]:
    """Return the decisions that an article's entities are canonical ones, for the identity graph."""
    return quads_in(IDENTITY, decision_texts(version_id, identity))


def decision_texts(version_id: str, identity: Mapping[str, Identity]) -> Iterator[str]:
    """Yield the same as text: turtle.py."""
    kind, left, right = f"{TYPE} {ng('IdentityDecision')}", ng("left"), ng("right")
    same, reason, profile = f"{ng('judgement')} {ng('Same')}", ng("reason"), ng("profile")
    for entity, one in identity.items():
        yield (
            f"{decision_iri(version_id, entity)} {kind} ;\n{left} {local_iri(version_id, entity)} ;\n"
            f"{right} {one.canonical} ;\n{same} ;\n{reason} {text_literal(one.reason)}"
            + (f" ;\n{profile} <{one.profile}>" if one.profile else "")
            + "".join(f" ;\n{ng('restsOn')} {reviewed_iri(decision)}" for decision in one.decisions)
            + " .\n"
        )


def _statements(article: Article, extraction: Extraction) -> Iterator[Statement]:
    spans = Spans(article, extraction)
    for entity in extraction.entities:
        yield from _entity(article.version_id, entity)
    for mention in extraction.mentions:
        yield from _mention(article.version_id, mention, spans)
    yield from Claims(article.version_id, extraction, spans).statements()
    for relation in extraction.relations:
        yield from relation_statements(article.version_id, relation, spans, article.published)


def _entity(version_id: str, entity: Entity) -> Iterator[Statement]:
    node = local_iri(version_id, entity.id)
    yield node, TYPE, ng("ArticleEntity")
    yield node, TYPE, ENTITY_CLASSES[entity.type]
    yield node, LABEL, text_literal(entity.name)
    for alias in entity.aliases:
        yield node, ALT_LABEL, text_literal(alias)
    yield node, ng("salience"), decimal_literal(entity.salience)
    yield node, ng("entityKind"), individual(entity.kind)
    for same in entity.same_as:
        yield node, term("skos:exactMatch"), NamedNode(same)
    yield from known_statements(node, entity)


def _mention(version_id: str, mention: Mention, spans: Spans) -> Iterator[Statement]:
    node, statements = spans.of((mention.start, mention.end))
    yield from statements
    yield node, TYPE, term("gaf:Mention")
    yield node, term("gaf:denotes"), local_iri(version_id, mention.entity)
    yield node, ng("mentionType"), individual(mention.kind)
    yield node, ng("confidence"), decimal_literal(mention.confidence)
