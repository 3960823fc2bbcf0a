"""What can be found by searching: entities by their names, articles by title and text. Only reads.

An article comes with the links that it tells of, of which the network consists.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.counting import counted_in
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
    class_of_canonical,
    ng,
    term,
    value_of,
    version_of,
)
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
    counted: tuple[tuple[str, str, str], ...] = ()  # who counts for what by it, and how (counting.py)
    version: str = ""  # of the article's text
    statements: str | None = ""  # their words, as statement_words.py puts them; None: nobody knows

    def digest(self) -> str:
        return sha256("\0".join(map(str, self)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


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


def document_of(store: Store, kept: Path, iri: str, text: Text | None = None) -> Document | None:
    """Return what can be found of an entity or an article; None if the store has no such thing.

    Args:
        store: That has it.
        kept: The folder of the kept extractions.
        iri: Of the entity or article.
        text: Of the article, where it is at hand; else what is kept is read.
    """
    node = NamedNode(iri)
    return _of_article(store, kept, node, text) if _ARTICLE.fullmatch(iri) else _of_entity(store, node)


def folded(text: str) -> str:
    """Return a text without accents and capitals: "Łódź" -> "lodz"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)).translate(_LETTERS)


def _of_entity(store: Store, node: NamedNode) -> Document | None:
    titles = values(store, node, LABEL, VIEW)
    counts = values(store, node, ng("mentionCount"), VIEW)
    if not titles or not counts:  # something else that has a name
        return None
    kind = CLASS_LABELS[class_of_canonical(node).value]
    others = sorted(values(store, node, ALT_LABEL, VIEW))
    keys = dict.fromkeys(key for name in (*titles, *others) for key in (folded(name), name_key(name, kind)))
    other = json.dumps(others, ensure_ascii=False)
    weight = int(2 * log2(1 + int(counts[0])))
    return Document(node.value, "entity", kind, titles[0], other, " ; ".join(keys), "", "", weight)


def _of_article(store: Store, kept: Path, node: NamedNode, text: Text | None) -> Document | None:
    texts = values(store, node, ng("currentVersion"), ARTICLES)
    version = version_of(texts[0]) if texts else None
    if version is None:
        return None
    headline, name, publisher, day = (
        first_value(store, node, one, ARTICLES)
        for one in (_HEADLINE, term("schema:identifier"), _PUBLISHER, _PUBLISHED)
    )
    title = headline or name
    if text is None:
        text = _kept_text(store, kept, version[0])
    links = tuple(sorted(links_of(store, node)))
    counted = tuple(sorted(set(counted_in(store, version[0]))))
    told = (node.value, "article", "", title, publisher, folded(title), text.body, day, 0, links, counted)
    return Document(*told, version[0], text.statements)


def _kept_text(store: Store, kept: Path, version_id: str) -> Text:
    try:
        return text_of(*read_kept(kept, version_id, digest_of(store, version_id)))
    except StoreError:  # damaged: "newsgraph maintain" tells of it; until then it is found by its title
        return Text("", None)
