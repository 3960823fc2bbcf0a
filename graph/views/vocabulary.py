"""The words that an editor completes: prefixes, terms of ontology, shapes and saved queries, SPARQL's own.

Read from files that come with the program, never from a store.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from graph.query import QUERIES
from graph.terms import LABEL, NAMESPACES, TYPE, term

_FILES = tuple(
    Path(__file__).parents[1] / name
    for name in ("ontology/newsgraph.ttl", "ontology/plover.ttl", "shapes/newsgraph.ttl")
)
_SHACL = "http://www.w3.org/ns/shacl#"
_PREFIXED = re.compile(r"(?<![\w/:])(skos|rdf|prov|sem|gaf|nif|schema):([A-Za-z]\w*)")
GRAPHS = {
    "g:view": "canonical entities and the evidence of what links them",
    "g:articles": "articles, their texts, publishers, dates, copies",
    "g:identity": "which entity of an article is which canonical one",
    "g:provenance": "runs, models, when what was read",
}
_KEYWORDS = Path(__file__).with_name("sparql_words.txt")


@dataclass(frozen=True, slots=True)
class Word:
    name: str  # as it is written in a query
    kind: str  # "class", "property", "value", "graph", "prefix", "keyword"
    meaning: str


@cache
def vocabulary() -> tuple[Word, ...]:
    """Return all words, by kind and name; terms of the ontology with what they mean."""
    store = Store()
    for path in _FILES:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    found = {word.name: word for word in (*_of_queries(), *_of_shapes(store), *_of_ontology(store))}
    graphs = (Word(name, "graph", meaning) for name, meaning in GRAPHS.items())
    prefixes = (Word(f"{name}:", "prefix", iri) for name, iri in NAMESPACES.items())
    keywords = (Word(name, "keyword", "") for name in _KEYWORDS.read_text("ascii").split())
    terms = sorted(found.values(), key=lambda one: (one.kind, one.name))
    return (*prefixes, *graphs, *terms, *sorted(keywords, key=lambda one: one.name))


def _of_ontology(store: Store) -> list[Word]:
    words = []
    for quad in store.quads_for_pattern(None, TYPE, None):
        if not isinstance(quad.subject, NamedNode) or not (name := _prefixed(quad.subject.value)):
            continue
        if name.startswith(("ng:", "plover:")):
            words.append(Word(name, _kind(str(quad.object)), _meaning(store, quad.subject)))
    return sorted(words, key=lambda one: (one.kind != "value", one.name))


def _kind(of: str) -> str:
    return "class" if of.endswith("#Class>") else "property" if of.endswith("Property>") else "value"


def _of_queries() -> list[Word]:
    """Return terms of other vocabularies that the saved queries use."""
    names = {
        ":".join(found)
        for path in QUERIES.glob("*.rq")
        for found in _PREFIXED.findall(path.read_text("utf-8"))
    }
    return [Word(name, "class" if name.partition(":")[2][0].isupper() else "property", "") for name in names]


def _of_shapes(store: Store) -> list[Word]:
    """Return terms of other vocabularies, as far as the graph uses them."""
    ways = ((f"{_SHACL}path", "property"), (f"{_SHACL}targetClass", "class"), (f"{_SHACL}class", "class"))
    return [
        Word(name, kind, "")
        for predicate, kind in ways
        for quad in store.quads_for_pattern(None, NamedNode(predicate), None)
        if isinstance(quad.object, NamedNode) and (name := _prefixed(quad.object.value))
    ]


def _meaning(store: Store, node: NamedNode) -> str:
    for predicate in (term("rdfs:comment"), term("rdfs:label"), LABEL):
        for quad in store.quads_for_pattern(node, predicate, None):
            if isinstance(quad.object, Literal):
                return quad.object.value
    return ""


def _prefixed(iri: str) -> str:
    for prefix, begin in NAMESPACES.items():
        if iri.startswith(begin) and (local := iri[len(begin) :]).isidentifier():
            return f"{prefix}:{local}"
    return ""
