"""What can be found by searching: entities by their names, articles by title and text. Only reads.

An article comes with the links that it tells of, of which the network consists.
"""

from __future__ import annotations

import json
import pickle
import re
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.counting import Counted, counted_in
from graph.edges import Link, links_of
from graph.held import digest_of, first_value, values
from graph.kept import read_kept
from graph.names import name_key
from graph.plain_words import own_text
from graph.statement_words import statement_words
from graph.terms import (
    ALT_LABEL,
    ARTICLES,
    CLASS_LABELS,
    LABEL,
    TYPE,
    VIEW,
    article_iri,
    class_of_canonical,
    ng,
    term,
    value_of,
    version_of,
)
from newsgraph.accents import without_accents
from newsgraph.errors import StoreError
from newsgraph.records import Article, Extraction

_HEADLINE, _PUBLISHER, _PUBLISHED = (
    term(f"schema:{name}") for name in ("headline", "publisher", "datePublished")
)
_ARTICLE = re.compile(r".*/id/article-[0-9a-f]{16}")
_LETTERS = str.maketrans(  # what is no letter with an accent to Unicode, but is typed as one
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
)


class Document(NamedTuple):
    """What is found: an entity, or an article."""

    iri: str
    kind: str  # "entity", "article"
    type: str  # of an entity: "PERSON"; "" of an article
    title: str
    other: str  # other names of an entity, as a JSON list; the publisher of an article
    keys: str  # names and titles as people type them: without accents, "united states" beside "U.S."
    body: str  # the text of an article
    day: str  # ISO 8601; "" if nobody knows
    weight: int  # of an entity, the logarithm of its mentions in steps, so that it seldom changes; else 0
    links: tuple[Link, ...] = ()  # that an article tells of
    counted: tuple[Counted, ...] = ()  # who counts for what by it, and how (counting.py)
    version: str = ""  # of the article's text
    statements: str | None = ""  # their words, as statement_words.py puts them; None: nobody knows

    def digest(self) -> str:
        return sha256("\0".join(map(str, self)).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def packed(self) -> bytes:
        """Return it as it waits in memory, with thousands of others, until the graph is written."""
        pickled = pickle.dumps(self, pickle.HIGHEST_PROTOCOL)
        return zlib.compress(pickled, level=1) if self.kind == "article" else pickled

    @staticmethod
    def unpacked(packed: bytes) -> Document:
        """Return what :meth:`packed` packed."""
        pickled = packed if packed[:1] == pickle.PROTO else zlib.decompress(packed)
        document: Document = pickle.loads(pickled)  # noqa: S301 - never on a disk
        return document


class Text(NamedTuple):
    """What is searched for in an article beside what the graph says of it."""

    body: str
    statements: str | None  # None: what is kept is damaged


def text_of(article: Article, extraction: Extraction) -> Text:
    return Text(own_text(article), statement_words(extraction))


def all_nodes(store: Store) -> Iterator[str]:
    """Yield the IRIs of all entities and articles."""
    for kind, graph in ((ng("CanonicalEntity"), VIEW), (term("schema:NewsArticle"), ARTICLES)):
        for quad in store.quads_for_pattern(None, TYPE, kind, graph):
            yield value_of(quad.subject)


def document_of(store: Store, kept: Path, iri: str) -> Document | None:
    """Return what can be found of an entity or an article; None if the store has no such thing.

    Args:
        store: That has it.
        kept: The folder of the kept extractions.
        iri: Of the entity or article.
    """
    node = NamedNode(iri)
    return _of_article(store, kept, node) if _ARTICLE.fullmatch(iri) else _of_entity(store, node)


def folded(text: str) -> str:
    """Return a text without accents and capitals: "Łódź" -> "lodz"."""
    return without_accents(text.casefold()).translate(_LETTERS)


def _of_entity(store: Store, node: NamedNode) -> Document | None:
    titles = values(store, node, LABEL, VIEW)
    counts = values(store, node, ng("mentionCount"), VIEW)
    if not titles or not counts:  # something else that has a name
        return None
    return entity_document(node, titles[0], values(store, node, ALT_LABEL, VIEW), int(counts[0]))


def entity_document(node: NamedNode, name: str, others: Iterable[str], mentions: int) -> Document:
    """Return what can be found of a canonical entity that is shown by this name, others beside it."""
    kind, others = CLASS_LABELS[class_of_canonical(node).value], sorted(others)
    keys = dict.fromkeys(key for one in (name, *others) for key in (folded(one), name_key(one, kind)))
    other = json.dumps(others, ensure_ascii=False)
    weight = int(2 * log2(1 + mentions))
    return Document(node.value, "entity", kind, name, other, " ; ".join(keys), "", "", weight)


def _of_article(store: Store, kept: Path, node: NamedNode) -> Document | None:
    texts = values(store, node, ng("currentVersion"), ARTICLES)
    version = version_of(texts[0]) if texts else None
    if version is None:
        return None
    headline, name, publisher, day = (
        first_value(store, node, one, ARTICLES)
        for one in (_HEADLINE, term("schema:identifier"), _PUBLISHER, _PUBLISHED)
    )
    text = _kept_text(store, kept, version[0])
    told = _Told(node.value, version[0], headline or name, publisher, day)
    return _article_document(told, text, links_of(store, node), counted_in(store, version[0]))


def article_document(
    article: Article, text: Text, links: Iterable[Link], counted: Iterable[Counted]
) -> Document:
    """Return what can be found of an article that is at hand, as it is in the store once it is there."""
    day = "" if article.published is None else article.published.isoformat()
    iri, title = article_iri(article.id).value, article.title or article.id
    told = _Told(iri, article.version_id, title, article.publisher or "", day)
    return _article_document(told, text, links, counted)


class _Told(NamedTuple):
    """What the graph tells of an article itself."""

    iri: str
    version: str
    title: str
    publisher: str
    day: str


def _article_document(told: _Told, text: Text, links: Iterable[Link], counted: Iterable[Counted]) -> Document:
    return Document(
        told.iri,
        "article",
        "",
        told.title,
        told.publisher,
        folded(told.title),
        text.body,
        told.day,
        0,
        tuple(sorted(links)),
        tuple(sorted(set(counted))),
        told.version,
        text.statements,
    )


def _kept_text(store: Store, kept: Path, version_id: str) -> Text:
    try:
        return text_of(*read_kept(kept, version_id, digest_of(store, version_id)))
    except StoreError:  # damaged: "newsgraph maintain" tells of it; until then it is found by its title
        return Text("", None)
