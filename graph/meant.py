"""What a question is about: the entity, proposition, article or side that a person means. Never writes.

Whatever is unclear is told in one line with the candidates: nothing is worse than an answer about another.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.articles import find_article
from graph.held import values
from graph.lookup import is_iri, names_by, texts_of
from graph.near_names import MAX_CANDIDATES, near
from graph.parameters import Finder
from graph.snapshots import Reader
from graph.terms import (
    ALT_LABEL,
    IDENTITY,
    LABEL,
    TYPE,
    VIEW,
    WORDINGS_IN_USE,
    counts_literal,
    given_iri,
    known_iri,
    ng,
    shown_iri,
    value_of,
)
from newsgraph.errors import QueryError, UnclearError, UnknownArticleError

Candidate = tuple[str, str]  # IRI, what it is


def finders(reader: Reader) -> dict[str, Finder]:
    """Return what finds the terms of parameters, by their kind."""
    store = reader.store
    return {
        "entity": lambda written: find_entity(store, written),
        "proposition": lambda written: find_proposition(store, written),
        "article": lambda written: _article(store, written),
        "side": lambda written: find_side(store, written),
    }


def find_entity(store: Store, written: str) -> NamedNode:
    """Return the canonical entity of that IRI, name or alias, whatever its capitals.

    One that the view shows by this name goes before those that articles call so, unless one of these is
    mentioned more often ("Austin" is Lloyd Austin before it is a man of whom no more is known).

    Raises:
        QueryError: If there is none, or several.
    """
    if node := _of_class(store, written, "CanonicalEntity"):
        return node
    wanted = _plain(written)
    shown = {node for node, _ in _named(store, LABEL, lambda name: name == wanted)}
    called = shown | {node for node, _ in _named(store, ALT_LABEL, lambda name: name == wanted)}
    called = {node for node in called if _mentions(store, node)}
    ranked = sorted(called, key=lambda node: (-_mentions(store, node), node.value))
    if len(called) == 1 or (ranked and len(shown) == 1 and ranked[0] in shown):
        return ranked[0]
    if ranked:
        raise _unclear(written, f"{len(ranked)} entities are called {written!r}", _told(store, ranked))
    alike = {node for node, _ in _named(store, LABEL, lambda name: bool(wanted) and wanted in name)}
    if not alike:
        close = set(map(_plain, near(written, names_by(store, LABEL))))
        alike = {node for node, _ in _named(store, LABEL, close.__contains__)} if close else set()
    reason = f"no entity of the graph is called {written!r}"
    if not alike:
        raise QueryError(reason)
    told = _told(store, sorted(alike, key=lambda node: (-_mentions(store, node), node.value)))
    raise _unclear(written, reason, told, "; perhaps ")


def find_proposition(store: Store, written: str) -> NamedNode:
    """Return the proposition of that IRI, or the one in whose words, or a wording of which, ``written`` is.

    What differs by its date alone is one: the undated one is returned, which has all dated ones below it.

    Raises:
        QueryError: If there is none, or several.
    """
    if node := _of_class(store, written, "CanonicalProposition"):
        return node
    wanted = _plain(written)
    told = list(_told_with(store, wanted)) if wanted else []
    found = {node for node, words in told if words == wanted} or {node for node, _ in told}
    general = {_general(store, node) for node in found}
    if len(general) == 1:
        return general.pop()
    if not general:
        mend = "'newsgraph query propositions_by_voice' lists what there is"
        raise QueryError(f"no proposition of the graph has the words {written!r}; {mend}")
    ranked = sorted(general, key=lambda node: (-_voices(store, node), node.value))
    told_of = [(shown_iri(node.value), _first(store, node, ng("statement"))) for node in ranked]
    raise _unclear(written, f"{len(ranked)} propositions have the words {written!r}", told_of)


def find_side(store: Store, written: str) -> NamedNode:
    """Return the known thing that voices may count for: a country, a government, a body.

    Raises:
        QueryError: If there is none, or several.
    """
    iri = given_iri(written) or (known_iri(written).value if written.isprintable() else "")
    if is_iri(iri) and any(store.quads_for_pattern(NamedNode(iri), TYPE, ng("KnownThing"))):
        return NamedNode(iri)
    wanted = _plain(written)
    found = {one for one, name in _known_things(store) if _plain(name) == wanted}
    if not found:
        found = _known(store, find_entity(store, written))
    if len(found) == 1:
        return found.pop()
    if not found:
        raise QueryError(f"{written!r} is no country, government or body that newsgraph knows")
    told = [(shown_iri(one.value), min(_labels(store, one))) for one in sorted(found, key=value_of)]
    raise _unclear(written, f"{len(told)} known things are called {written!r}", told)


def _article(store: Store, written: str) -> Literal:
    """Return an article's id, which a query may be given without a store, too."""
    try:
        return Literal(find_article(store, written))
    except UnknownArticleError as error:
        raise QueryError(str(error)) from None


def _known_things(store: Store) -> Iterator[tuple[NamedNode, str]]:
    """Yield all known things with their names, which stand in each article that speaks of them."""
    query = f"""
    SELECT DISTINCT ?thing ?name WHERE {{
      {{ SELECT DISTINCT ?thing WHERE {{ GRAPH ?any {{ ?thing a {ng("KnownThing")} }} }} }}
      LATERAL {{ GRAPH ?any {{ ?thing {LABEL} ?name }} }}
    }}"""
    result = store.query(query, use_default_graph_as_union=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError(query)
    yield from ((NamedNode(value_of(row[0])), value_of(row[1])) for row in result)


def _known(store: Store, entity: NamedNode) -> set[NamedNode]:
    """Return the known things that the articles' entities behind a canonical one are."""
    query = f"""
    SELECT DISTINCT ?known WHERE {{
      {{ SELECT ?decision WHERE {{ GRAPH {IDENTITY} {{ ?decision {ng("right")} {entity} }} }} }}
      {{ SELECT ?decision ?local WHERE {{ GRAPH {IDENTITY} {{ ?decision {ng("left")} ?local }} }} }}
      {{ SELECT ?local ?known WHERE {{ ?local {ng("known")} ?known }} }}
    }}"""
    return set(map(NamedNode, texts_of(store, query)))


def _of_class(store: Store, written: str, kind: str) -> NamedNode | None:
    iri = given_iri(written)
    if iri is None or not is_iri(iri):
        return None
    node = NamedNode(iri)
    return node if ng(kind).value in values(store, node, TYPE, VIEW) else None


def _named(
    store: Store, predicate: NamedNode, is_meant: Callable[[str], bool]
) -> Iterator[tuple[NamedNode, str]]:
    """Yield what the view names so, with the name; most names are those of many things, and read once."""
    for name in names_by(store, predicate):
        if is_meant(_plain(name)):
            for quad in store.quads_for_pattern(None, predicate, Literal(name), VIEW):
                yield NamedNode(value_of(quad.subject)), name


def _told_with(store: Store, wanted: str) -> Iterator[tuple[NamedNode, str]]:
    """Yield propositions whose wordings have these words, with each that has; equal counts are read once."""
    for text in names_by(store, WORDINGS_IN_USE):
        counts = json.loads(text)
        if told := [words for words in map(_plain, counts) if wanted in words]:
            for quad in store.quads_for_pattern(None, WORDINGS_IN_USE, counts_literal(counts), VIEW):
                yield from ((NamedNode(value_of(quad.subject)), words) for words in told)


def _labels(store: Store, node: NamedNode) -> set[str]:
    return set(texts_of(store, f"SELECT DISTINCT ?name WHERE {{ {node} {LABEL} ?name }}"))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _general(store: Store, node: NamedNode) -> NamedNode:
    wider = values(store, node, ng("moreGeneral"), VIEW)
    return NamedNode(min(wider)) if wider else node


def _first(store: Store, node: NamedNode, predicate: NamedNode) -> str:
    return min(values(store, node, predicate, VIEW), default="")


def _mentions(store: Store, node: NamedNode) -> int:
    return sum(map(int, values(store, node, ng("mentionCount"), VIEW)))


def _voices(store: Store, node: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, ng("onProposition"), node, VIEW))


def _told(store: Store, nodes: Sequence[NamedNode]) -> list[Candidate]:
    return [
        (shown_iri(node.value), f"{_first(store, node, LABEL)}, {_mentions(store, node)} mentions")
        for node in nodes
    ]


def _unclear(written: str, reason: str, candidates: Sequence[Candidate], joint: str = ": ") -> UnclearError:
    shown = tuple(candidates[:MAX_CANDIDATES])
    more = f" and {len(candidates) - len(shown)} more" if len(candidates) > len(shown) else ""
    told = ", ".join(f"{iri} ({words})" for iri, words in shown)
    return UnclearError(f"{reason}{joint}{told}{more}", written, reason, shown)
