"""What stands behind each edge of the view: articles and sentences, and how many are independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode, QuerySolutions, Store

from graph.edge_keys import EdgeKey, edge_key
from graph.held import values
from graph.query import PREFIXES
from graph.snapshots import Reader
from graph.terms import ARTICLES, local_name, ng, term, value_of, version_of

# All of it is asked for: parts are read as tables and joined, in a quarter of the time that looking up takes.
# Sentences are looked up, or all that any article says would be in memory.
_EVIDENCE = """
SELECT ?one ?predicate ?other ?symmetric ?open ?factuality ?stance ?speaker ?article ?date ?sentence ?time
  ?modality WHERE {
  { SELECT * WHERE {
    { SELECT * WHERE { GRAPH g:view { VALUES ?factuality { %s } ?node ng:factuality ?factuality } } }
    { SELECT * WHERE { GRAPH g:view { ?node a ng:EdgeEvidence } } }
    { SELECT * WHERE { GRAPH g:view { ?node rdf:subject ?one } } }
    { SELECT * WHERE { GRAPH g:view { ?node rdf:predicate ?predicate } } }
    { SELECT * WHERE { GRAPH g:view { ?node rdf:object ?other } } }
    { SELECT * WHERE { GRAPH g:view { ?node ng:inArticle ?article } } }
    { SELECT * WHERE { GRAPH g:view { ?node ng:evidence ?evidence } } }
    OPTIONAL { { SELECT * WHERE { GRAPH g:view { ?node ng:symmetric ?symmetric } } } }
    OPTIONAL { { SELECT * WHERE { GRAPH g:view { ?node ng:openPredicate ?open } } } }
    OPTIONAL { { SELECT * WHERE { GRAPH g:view { ?node ng:stance ?stance } } } }
    OPTIONAL { { SELECT * WHERE { GRAPH g:view { ?node ng:attributedTo ?speaker } } } }
    OPTIONAL { { SELECT * WHERE { GRAPH g:view { ?node schema:datePublished ?date } } } }
  } }
  LATERAL { OPTIONAL { GRAPH ?in { ?evidence ng:sentence ?place } } }
  LATERAL { OPTIONAL { GRAPH ?in { ?place nif:anchorOf ?sentence } } }
  OPTIONAL { { SELECT ?evidence ?time WHERE { GRAPH ?g { ?evidence ng:time ?time } } } }
  OPTIONAL { { SELECT ?evidence ?modality WHERE { GRAPH ?g { ?evidence ng:modality ?modality } } } }
}
"""
_ARTICLES = """
SELECT ?article ?date ?publisher ?group WHERE { GRAPH g:articles {
  ?article a schema:NewsArticle .
  OPTIONAL { ?article schema:datePublished ?date }
  OPTIONAL { ?article schema:publisher ?publisher }
  OPTIONAL { ?article ng:copyGroup ?group }
} }
"""
_EXCERPTS = "SELECT ?article ?longer WHERE { GRAPH g:articles { ?article ng:excerptOf ?longer } }"
_TEXTS = "SELECT ?text ?article WHERE { GRAPH g:articles { ?text ng:versionOf ?article } }"
_SPOKEN_OF = """
SELECT ?entity ?local ?salience WHERE {
  { SELECT * WHERE { GRAPH g:identity { ?decision ng:left ?local } } }
  { SELECT * WHERE { GRAPH g:identity { ?decision ng:right ?entity } } }
  OPTIONAL { { SELECT ?local ?salience WHERE { GRAPH ?g { ?local ng:salience ?salience } } } }
}
"""
_FACTS = "ng:NarratorAsserted"
_CLAIMS = "ng:NarratorAsserted ng:AttributedOnly ng:NotActual ng:ClaimAbout"


class Told(NamedTuple):
    """One place that says so."""

    article: str
    date: str  # of publication; "" if it is not known
    sentence: str
    time: str  # when it happened, as the text says; "" if it does not


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article, to weigh it by."""

    date: str
    publisher: str
    group: str  # the group of its copies, or itself


class Articles:
    """All articles of a store: when they came out, and which of them are independent of each other."""

    def __init__(self, reader: Reader) -> None:
        self.by_iri = {
            article: ArticleFacts(date, publisher, group or article)
            for article, date, publisher, group in rows(reader, _ARTICLES)
        }
        self._longer: dict[str, set[str]] = defaultdict(set)  # articles that one is an excerpt of
        for article, longer in rows(reader, _EXCERPTS):
            self._longer[article].add(longer)

    def independent(self, articles: Iterable[str]) -> int:
        """Return how many independent texts these are.

        Copies of each other are one, and an excerpt of one that is among them is none of its own, as in the
        saved query support_of_edges (docs/decisions/0013-copies.md).
        """
        here = set(articles)
        return len({self._group(one) for one in here if not self._longer[one] & here})

    def _group(self, article: str) -> str:
        return self.by_iri[article].group


class ArticlesHere(Articles):
    """The articles that are asked for, instead of all."""

    def __init__(self, store: Store, *, many: bool = False) -> None:
        """Look up articles in a snapshot one by one; of many, what they are copies of is read at once."""
        self.by_iri, self._longer = _Facts(store), _Longer(store)
        self._groups: dict[str, str] | None = None
        if many:
            groups = store.quads_for_pattern(None, ng("copyGroup"), None, ARTICLES)
            self._groups = {value_of(one.subject): value_of(one.object) for one in groups}
            self._longer = defaultdict(set)
            for quad in store.quads_for_pattern(None, ng("excerptOf"), None, ARTICLES):
                self._longer[value_of(quad.subject)].add(value_of(quad.object))

    def _group(self, article: str) -> str:
        return super()._group(article) if self._groups is None else self._groups.get(article, article)


class _Facts(dict[str, ArticleFacts]):
    def __init__(self, store: Store) -> None:
        self._store = store

    def __missing__(self, article: str) -> ArticleFacts:
        node = NamedNode(article)
        names = map(term, ("schema:datePublished", "schema:publisher", "ng:copyGroup"))
        date, publisher, group = (min(values(self._store, node, one, ARTICLES), default="") for one in names)
        self[article] = ArticleFacts(date, publisher, group or article)
        return self[article]


class _Longer(dict[str, set[str]]):
    def __init__(self, store: Store) -> None:
        self._store = store

    def __missing__(self, article: str) -> set[str]:
        self[article] = set(values(self._store, NamedNode(article), ng("excerptOf"), ARTICLES))
        return self[article]


def spoken_of(reader: Reader) -> dict[str, dict[str, float]]:
    """Return, for each canonical entity, the articles that speak of it, each with its salience there."""
    articles: dict[str, list[str]] = defaultdict(list)
    for text, article in rows(reader, _TEXTS):
        articles[_version(text)].append(article)
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for entity, local, salience in rows(reader, _SPOKEN_OF):
        for article in articles[_version(local)]:
            found[entity][article] = max(float(salience or 0), found[entity].get(article, 0.0))
    return found


def told_edges(reader: Reader, *, claims: bool) -> Iterator[tuple[EdgeKey, Told]]:
    """Yield each piece of evidence with the edge that it is of; only of facts unless claims are wanted."""
    query = _EVIDENCE % (_CLAIMS if claims else _FACTS)
    for one, predicate, other, symmetric, verb, factuality, stance, speaker, *place, modality in rows(
        reader, query
    ):
        ends = (one, verb or local_name(predicate), other)
        key = edge_key(*ends, factuality, stance, speaker, modality, directed=not symmetric)
        if key is not None:
            yield key, Told(*place)


def rows(reader: Reader, query: str) -> Iterator[tuple[str, ...]]:
    """Yield the answers to a SELECT of ours as texts, "" for what is not there."""
    solutions = reader.store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 - every query of ours is a SELECT
    for solution in solutions:
        yield tuple("" if value is None else value_of(value) for value in solution)


def _version(iri: str) -> str:
    found = version_of(iri)
    return found[0] if found else ""
