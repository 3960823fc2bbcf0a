"""What the store holds of articles: which text version, which kept extraction, where its entities are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Store

from graph.terms import (
    ARTICLES,
    IDENTITY,
    VIEW,
    article_iri,
    decision_iri,
    ng,
    term,
    text_iri,
    value_of,
    version_of,
)


def held(store: Store, article_id: str) -> Iterator[tuple[str, str]]:
    """Yield an article's version, if the store has one, with the digest of what was read in it."""
    for version_id in versions(store, article_id):
        yield version_id, digest_of(store, version_id)


def versions(store: Store, article_id: str) -> list[str]:
    """Return the text version of an article, if the store has one."""
    return _versions(values(store, article_iri(article_id), ng("currentVersion"), ARTICLES))


def versions_at(store: Store, canonical: NamedNode) -> list[str]:
    """Return the text versions that have an entity which is a canonical one."""
    decisions = list(store.quads_for_pattern(None, ng("right"), canonical, IDENTITY))
    nodes = (NamedNode(value_of(quad.subject)) for quad in decisions)
    return _versions(entity for node in nodes for entity in values(store, node, ng("left"), IDENTITY))


def decisions_on(store: Store, version_id: str, entities: Iterable[str]) -> Iterator[tuple[str, list[Quad]]]:
    """Yield what the identity graph says of some entities of a text version, by Entity.id."""
    for entity in entities:
        node = decision_iri(version_id, entity)
        if found := list(store.quads_for_pattern(node, None, None, IDENTITY)):
            yield entity, found


def all_held(store: Store) -> list[tuple[str, str]]:
    """Return every text version with the digest of what was read in it."""
    found = store.quads_for_pattern(None, ng("extractionDigest"), None, ARTICLES)
    pairs = ((version_of(value_of(one.subject)), value_of(one.object)) for one in found)
    return sorted((text[0], digest) for text, digest in pairs if text is not None)


def digest_of(store: Store, version_id: str) -> str:
    """Return the digest of what was read in a text version that the store has."""
    [digest] = values(store, text_iri(version_id), ng("extractionDigest"), ARTICLES)
    return digest


def article_ids(store: Store, version_id: str) -> list[str]:
    """Return the id of the article that a text version belongs to, if the store has it."""
    articles = store.quads_for_pattern(text_iri(version_id), ng("versionOf"), None, ARTICLES)
    nodes = [NamedNode(value_of(quad.object)) for quad in articles]
    return [one for node in nodes for one in values(store, node, term("schema:identifier"), ARTICLES)]


def values(store: Store, subject: NamedNode | None, predicate: NamedNode, graph: NamedNode) -> list[str]:
    return [value_of(quad.object) for quad in store.quads_for_pattern(subject, predicate, None, graph)]


def first_value(store: Store, subject: NamedNode, predicate: NamedNode, graph: NamedNode) -> str:
    """Return what a graph says of a node by a predicate that it has once; "" if it does not."""
    return next(iter(values(store, subject, predicate, graph)), "")


def counts_at(store: Store, node: NamedNode, predicate: NamedNode) -> Counter[str]:
    """Return how many articles use each name of a canonical entity, or each wording of a proposition."""
    return Counter(json.loads(first_value(store, node, predicate, VIEW) or "{}"))


def most_used(store: Store, node: NamedNode, predicate: NamedNode, most: int) -> list[tuple[str, int]]:
    """Return so many of those names or wordings, the most used first, each with its count."""
    counts = counts_at(store, node, predicate)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]


def _versions(texts: Iterable[str]) -> list[str]:
    parts = (version_of(text) for text in texts)
    return list(dict.fromkeys(part[0] for part in parts if part is not None))
