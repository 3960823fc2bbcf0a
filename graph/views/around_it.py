"""All that has to do with one entity, sorted into the lists of its view.

What it takes part in is found in one pass, and told of it is only what decides on the order: each look at a
node costs some microseconds, and a country has thousands of them. The rest is looked up for a page of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.held import first_value
from graph.terms import local_name, ng, version_graph, version_of
from graph.views.statements import Asked
from newsgraph.vocabulary import load_vocabulary

_CONTACT = frozenset(("spokeWith", "met", "negotiatedWith", "telephone", "phone"))
_ABOUT = """
  GRAPH g:view { ?evidence rdf:object $it ; ng:factuality ng:ClaimAbout }
  LATERAL { GRAPH g:view { ?evidence ng:evidence ?node
      OPTIONAL { ?evidence schema:datePublished ?date } } }"""
_EVENTS = """
  {
    GRAPH g:view { ?evidence rdf:subject $it ; ng:factuality ?standing FILTER(?standing != ng:ClaimAbout) }
    LATERAL { GRAPH g:view { ?evidence rdf:object ?other } }
    BIND("→" AS ?way)
  } UNION {
    GRAPH g:view { ?evidence rdf:object $it ; ng:factuality ?standing FILTER(?standing != ng:ClaimAbout) }
    LATERAL { GRAPH g:view { ?evidence rdf:subject ?other } }
    BIND("←" AS ?way)
  }
  LATERAL { GRAPH g:view {
    ?evidence rdf:predicate ?how ; ng:evidence ?node ; ng:inArticle ?article
    OPTIONAL { ?evidence schema:datePublished ?date }
    OPTIONAL { ?evidence ng:openPredicate ?verb }
  } }
  LATERAL { OPTIONAL { GRAPH ?g { ?node ng:time ?time } } }"""
_SAID = """
  GRAPH g:identity { ?placed ng:right $it ; ng:left ?local }
  LATERAL { GRAPH ?g { ?node ng:source ?local } }"""
_PLACED = "GRAPH g:identity { ?placed ng:right $it ; ng:left ?node }"
_DATED = """
  BIND(IRI(CONCAT(STRBEFORE(STR(?node), "#"), "#text")) AS ?text)
  LATERAL { GRAPH g:articles { ?text ng:versionOf ?article
      OPTIONAL { ?article schema:datePublished ?date } } }"""


class Evidence(NamedTuple):
    """A relation that the entity takes part in, seen from there."""

    node: str  # of the article
    standing: str  # "NarratorAsserted", "AttributedOnly", "NotActual"
    way: str  # "→": the entity does it; "←": it is done to it
    other: str
    predicate: str  # name in the vocabulary, or the text's verb
    article: str
    date: str
    time: str

    @property
    def when(self) -> str:
        """The day of what happened or, where that is not told, of the article."""
        return self.time or self.date


class PostKey(NamedTuple):
    """What makes two pieces of evidence one post."""

    way: str
    other: str
    predicate: str
    post: str  # casefolded


class AroundIt:
    """What there is of an entity. All lists are in order: the newest first, or the most."""

    def __init__(self, store: Store, iri: NamedNode) -> None:
        self._store, self._asked, self._iri = store, Asked(store, iri.value), iri

    @cached_property
    def said(self) -> list[str]:
        """What it says: attributions."""
        rows = self._asked.rows(_SAID + _DATED, "DISTINCT ?node ?date")
        return _newest((date, node) for node, date in rows)

    @cached_property
    def about(self) -> list[str]:
        """What others say of it: attributions."""
        return _newest((date, node) for node, date in self._asked.rows(_ABOUT, "DISTINCT ?node ?date"))

    @cached_property
    def timeline(self) -> list[str]:
        """What it does, what is done to it, what holds of it: relations."""
        return _newest((one.when, one.node) for one in self._events)

    @cached_property
    def contacts(self) -> list[str]:
        """With whom it speaks: relations."""
        return _newest((one.when, one.node) for one in self._events if one.predicate in _CONTACT)

    @cached_property
    def posts(self) -> list[tuple[PostKey, list[Evidence]]]:
        """Posts, memberships and other states, each with all that tells of it, the latest first."""
        found: dict[PostKey, list[Evidence]] = defaultdict(list)
        for one in sorted(self._events, key=lambda one: (one.when, one.node), reverse=True):
            kind = load_vocabulary().get(one.predicate)
            if kind is not None and kind.holds:
                post = self.post_of(one.node).casefold()
                way = "↔" if kind.symmetric else one.way
                found[PostKey(way, one.other, one.predicate, post)].append(one)
        return sorted(found.items(), key=lambda one: (one[1][0].when, len(one[1]), one[0]), reverse=True)

    @cached_property
    def neighbours(self) -> list[tuple[str, list[Evidence]]]:
        """All that it has to do with, those first of whom most articles tell it."""
        found: dict[str, list[Evidence]] = defaultdict(list)
        for one in self._events:
            found[one.other].append(one)
        return sorted(
            found.items(), key=lambda one: (-len({told.article for told in one[1]}), -len(one[1]), one[0])
        )

    @cached_property
    def articles(self) -> list[str]:
        """The articles' entities that are this one."""
        return _newest((date, node) for node, date in self._asked.rows(_PLACED + _DATED, "?node ?date"))

    def count_of_articles(self) -> int:
        return self._asked.count("GRAPH g:identity { ?node ng:right $it }")

    def post_of(self, relation: str) -> str:
        """Return the words of a post; "" where the article only says that one holds it."""
        place = version_of(relation)
        graph = version_graph(place[0]) if place else None
        return first_value(self._store, NamedNode(relation), ng("post"), graph) if graph else ""

    @cached_property
    def _events(self) -> list[Evidence]:
        rows = self._asked.rows(_EVENTS, "?node ?standing ?way ?other ?how ?article ?date ?verb ?time")
        return [
            Evidence(node, local_name(standing), way, other, verb or local_name(how), article, date, time)
            for node, standing, way, other, how, article, date, verb, time in rows
        ]


def _newest(dated: Iterable[tuple[str, str]]) -> list[str]:
    """Return nodes by date, the newest first, those of one date by their IRI, each once."""
    found = sorted(set(dated), key=lambda one: one[1])
    return list(dict.fromkeys(node for _, node in sorted(found, key=lambda one: one[0], reverse=True)))
