"""Entities and articles by what a person types: words in any order, unfinished ones too, accents or not."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, Store

from graph.held import values
from graph.search_documents import folded
from graph.snapshots import Reader
from graph.terms import VIEW, given_iri, ng
from graph.views.given import given_number, given_one_of, given_text
from graph.views.indexed import Index, searchable

KINDS = ("", "entity", "article")  # "": both
MOST_WORDS, MOST_SHOWN, MOST_START = 12, 100, 10_000
_FOUND, _END = "\x02", "\x03"  # around what was found; no text holds them, or they do no harm
# bm25 is negative: lower is better. A name counts more than another name of the same thing, a title more than
# a text, and of two things of like names the one that is spoken of more.
_ENTITIES = """
SELECT d.iri, d.type, d.title, d.other FROM entity JOIN document d ON d.id = entity.rowid
WHERE entity MATCH :match AND d.since <= :number AND (d.until IS NULL OR d.until > :number)
ORDER BY bm25(entity, 8.0, 4.0, 6.0) * (1.0 + 0.17 * d.weight), d.title, d.iri
LIMIT :size OFFSET :start
"""
_ARTICLES = """
SELECT d.iri, d.title, d.other, d.day, snippet(article, 3, :found, :end, '…', 24)
FROM article JOIN document d ON d.id = article.rowid
WHERE article MATCH :match AND d.since <= :number AND (d.until IS NULL OR d.until > :number)
ORDER BY bm25(article, 8.0, 4.0, 8.0, 1.0), d.day DESC, d.iri
LIMIT :size OFFSET :start
"""
_BY_IRI = """
SELECT d.kind, d.iri, d.type, d.title, d.other, d.day FROM document d
WHERE d.iri = :iri AND d.since <= :number AND (d.until IS NULL OR d.until > :number)
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text."""

    text: str
    is_found: bool


@dataclass(frozen=True, slots=True)
class FoundEntity:
    iri: str
    type: str  # "PERSON"
    name: str
    other_names: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class FoundArticle:
    iri: str
    title: str
    publisher: str
    published: str  # ISO 8601; "" if nobody knows
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Search:
    text: str
    kind: str
    is_ready: bool  # False: this checkpoint cannot be searched yet
    start: int
    size: int
    entities: tuple[FoundEntity, ...] = ()
    articles: tuple[FoundArticle, ...] = ()
    has_more_entities: bool = False
    has_more_articles: bool = False


def view(reader: Reader, parameters: Mapping[str, str]) -> Search:
    """Return what was found.

    Args:
        reader: A published snapshot.
        parameters: q; kind: one of KINDS; size, start: of what is shown.

    Raises:
        QueryError: If one of them is wrong.
    """
    text = given_text(parameters, "q", "")
    kind = given_one_of(parameters, "kind", KINDS)
    size = given_number(parameters, "size", 10, most=MOST_SHOWN)
    start = given_number(parameters, "start", 0, least=0, most=MOST_START)
    nothing = Search(text, kind, is_ready=True, start=start, size=size)
    if not text:
        return nothing
    with searchable(reader) as index:
        if index is None:
            return replace(nothing, is_ready=False)
        return _Asked(index, reader.store, nothing).answer()


class _Asked:
    """One search."""

    def __init__(self, index: Index, store: Store, asked: Search) -> None:
        self._index, self._store, self._asked = index, store, asked

    def answer(self) -> Search:
        asked = self._asked
        entities, articles = self._named() if (iri := given_iri(asked.text)) is None else self._by_iri(iri)
        return replace(
            asked,
            entities=tuple(entities[: asked.size]),
            articles=tuple(articles[: asked.size]),
            has_more_entities=len(entities) > asked.size,
            has_more_articles=len(articles) > asked.size,
        )

    def _named(self) -> tuple[Sequence[FoundEntity], Sequence[FoundArticle]]:
        words = words_of(self._asked.text)
        if not words:
            return (), ()
        names, texts = _all_begin(words), _last_begins(words)
        entities = [] if self._asked.kind == "article" else self._found(_ENTITIES, names)
        articles = [] if self._asked.kind == "entity" else self._found(_ARTICLES, texts)
        return (
            [self._entity(*row) for row in entities],
            [
                FoundArticle(iri, title, publisher, day, tuple(_pieces(snippet)))
                for iri, title, publisher, day, snippet in articles
            ],
        )

    def _by_iri(self, iri: str) -> tuple[Sequence[FoundEntity], Sequence[FoundArticle]]:
        entities, articles = list[FoundEntity](), list[FoundArticle]()
        for kind, node, type_, title, other, day in self._index.rows(_BY_IRI, iri=iri):
            if kind == "entity":
                entities.append(self._entity(node, type_, title, other))
            else:
                articles.append(FoundArticle(node, title, other, day, ()))
        return entities, articles

    def _entity(self, iri: str, type_: str, name: str, other: str) -> FoundEntity:
        # The index knows only roughly how often: it would have to be written for each one that is mentioned.
        counts = values(self._store, NamedNode(iri), ng("mentionCount"), VIEW)
        return FoundEntity(iri, type_, name, tuple(json.loads(other)), sum(map(int, counts)))

    def _found(self, statement: str, match: str) -> list[tuple[Any, ...]]:
        size, start = self._asked.size + 1, self._asked.start
        return self._index.rows(statement, match=match, size=size, start=start, found=_FOUND, end=_END)


def words_of(text: str) -> list[str]:
    """Return the words to look for; whatever else was typed means nothing."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text))[:MOST_WORDS]


def _all_begin(words: Sequence[str]) -> str:
    """Ask for names in which each word begins one: ("lloyd"*) AND ("aus"*)."""
    return " AND ".join(f"({_forms(word, '*')})" for word in words)


def _last_begins(words: Sequence[str]) -> str:
    """Ask for texts with just these words, of which the last may not be finished."""
    return " AND ".join((*(f"({_forms(word)})" for word in words[:-1]), f"({_forms(words[-1], '*')})"))


def _forms(word: str, end: str = "") -> str:
    # In quotation marks nothing is syntax, and words have none in them.
    return " OR ".join(f'"{form}"{end}' for form in dict.fromkeys((word.casefold(), folded(word))) if form)


def _pieces(snippet: str) -> Iterator[Piece]:
    for part in re.split(f"({_FOUND}[^{_END}]*{_END})", snippet):
        if part:
            is_found = part.startswith(_FOUND)
            yield Piece(part.strip(_FOUND + _END) if is_found else part, is_found)
