"""Which entity a person means who writes an IRI or a name. Reads the store, never writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from graph.decisions import Decisions, Party
from graph.held import article_ids, values, versions_at
from graph.names import known_node, name_key, name_node
from graph.near_names import MAX_CANDIDATES, unknown
from graph.placing import has_namesakes, profiles_at
from graph.profiles import VALUES
from graph.resolve import parties_of
from graph.snapshots import Reader
from graph.terms import (
    ALT_LABEL,
    CLASS_LABELS,
    LABEL,
    TYPE,
    VIEW,
    class_of_canonical,
    given_iri,
    ng,
    shown_iri,
    value_of,
    version_of,
)
from newsgraph.errors import DecisionError
from newsgraph.records import Article, Extraction


def find_party(reader: Reader, decisions: Decisions, written: str, *, by_name: bool = False) -> Party:
    """Return what a decision on ``written`` would be about.

    Args:
        reader: The store.
        decisions: Those in the store.
        by_name: All of that very name are meant, where it is one of several names of a thing.
        written: A canonical entity's IRI or exact name, or the IRI of an article's entity; IRIs in full, with
            prefix or as query shows them.

    Raises:
        DecisionError: If that is nothing, or several things.
    """
    iri = given_iri(written)
    if iri is not None and (place := version_of(iri)):
        return _of_article(reader, *place)
    nodes = [NamedNode(iri)] if iri is not None and is_iri(iri) else []
    if nodes and nodes[0] in decisions.parties:
        return decisions.parties[nodes[0]]
    nodes = [one for one in nodes if _is_canonical(reader.store, one)] or _called(reader.store, written)
    if not nodes:
        raise DecisionError(unknown(written, all_names(reader.store)))
    if len(nodes) > 1:
        raise DecisionError(_ambiguous(reader.store, nodes, written))
    if by_name and (party := _of_name(nodes[0], written)):
        return party
    return decisions.parties.get(nodes[0]) or _of_canonical(reader, nodes[0])


def _of_article(reader: Reader, version_id: str, name: str) -> Party:
    kept = _kept(reader, version_id)
    shown = f"doc/{version_id}#{name}"
    if kept is None:
        raise DecisionError(
            f"{shown}: the graph holds no such text; perhaps its article has a newer one by now"
        )
    parties = parties_of(kept[1], version_id)
    if name in parties:
        return parties[name]
    is_value = any(entity.id == name and entity.type in VALUES for entity in kept[1].entities)
    reason = "a date or a sum is no thing that could be another" if is_value else "that is no entity"
    raise DecisionError(f"{shown}: {reason}; 'newsgraph explain {kept[0].id}' lists what is in the article")


def _of_name(node: NamedNode, written: str) -> Party | None:
    party = Party(written, CLASS_LABELS[class_of_canonical(node).value])
    return party if name_node(party.name, party.type) is not None else None


def _of_canonical(reader: Reader, node: NamedNode) -> Party:
    """Return the known thing, the name, the profile or else the article's entity that a node stands for."""
    kind = CLASS_LABELS[class_of_canonical(node).value]
    profiles = sorted(profiles_at(reader.store, node), key=lambda one: one.hash)
    names = _names(reader.store, node)
    for one in profiles:
        if one.known and known_node(one.known, one.type) == node:
            return Party(next(iter(names), one.key), kind, place=f"known:{one.known}")
    for name in names:
        if name_node(name, kind) == node and not has_namesakes(reader.store, name_key(name, kind), kind):
            return Party(name, kind)
    for one in profiles:  # one of several things of a name
        if node in (one.node, one.name_node):
            name = next((x for x in names if name_key(x, one.type) == one.key), one.key)
            return Party(name, one.type, place=f"profile:{one.hash}")
    return _of_an_article(reader, node)


def _of_an_article(reader: Reader, node: NamedNode) -> Party:
    for version_id in versions_at(reader.store, node):
        kept = _kept(reader, version_id)
        for party in parties_of(kept[1], version_id).values() if kept else ():
            if party.node == node:
                return party
    raise DecisionError(f"{shown_iri(node.value)}: nothing in the graph tells what it stands for")


def _kept(reader: Reader, version_id: str) -> tuple[Article, Extraction] | None:
    found = (reader.kept(article_id) for article_id in article_ids(reader.store, version_id))
    return next(found, None)


def _names(store: Store, node: NamedNode) -> list[str]:
    """Return the names of a canonical entity, the one that the view shows first."""
    return sorted(values(store, node, LABEL, VIEW)) + sorted(values(store, node, ALT_LABEL, VIEW))


def all_names(store: Store) -> set[str]:
    """Return the names by which entities are found: those that the view shows, and those in articles."""
    return {*names_by(store, LABEL), *names_by(store, ALT_LABEL)}


def names_by(store: Store, predicate: NamedNode) -> Iterator[str]:
    """Yield what the view calls anything by a predicate, each name once: most are those of many things."""
    return texts_of(store, f"SELECT DISTINCT ?name WHERE {{ GRAPH {VIEW} {{ ?node {predicate} ?name }} }}")


def texts_of(store: Store, query: str) -> Iterator[str]:
    """Yield the first column of a query."""
    result = store.query(query, use_default_graph_as_union=True)
    if not isinstance(result, QuerySolutions):
        raise TypeError(query)
    yield from (value_of(row[0]) for row in result)


def _called(store: Store, name: str) -> list[NamedNode]:
    """Return the canonical entities that the view shows by a name or else those that articles call so."""
    shown = {node for node in _subjects(store, LABEL, name) if _is_canonical(store, node)}
    if not shown:
        shown = set(_subjects(store, ALT_LABEL, name))
    return sorted(shown, key=value_of)


def _subjects(store: Store, predicate: NamedNode, text: str) -> list[NamedNode]:
    if any("\ud800" <= character <= "\udfff" for character in text):
        return []  # bytes of a command line that are no text: nothing in the graph can be called so
    quads = store.quads_for_pattern(None, predicate, Literal(text), VIEW)
    return [NamedNode(value_of(quad.subject)) for quad in quads]


def _is_canonical(store: Store, node: NamedNode) -> bool:
    return ng("CanonicalEntity").value in values(store, node, TYPE, VIEW)


def is_iri(written: str) -> bool:
    """Tell whether the characters make an IRI."""
    try:
        NamedNode(written)
    except ValueError:
        return False
    return True


def _ambiguous(store: Store, nodes: Sequence[NamedNode], name: str) -> str:
    mentions = {node: sum(map(int, values(store, node, ng("mentionCount"), VIEW))) for node in nodes}
    most = sorted(nodes, key=lambda node: (-mentions[node], node.value))
    told = [
        f"{shown_iri(node.value)} ({CLASS_LABELS[class_of_canonical(node).value]}, {mentions[node]} mentions)"
        for node in most[:MAX_CANDIDATES]
    ]
    more = f" and {len(most) - MAX_CANDIDATES} more" if len(most) > MAX_CANDIDATES else ""
    return f"{len(nodes)} entities are called {name!r}; say which by its IRI: {', '.join(told)}{more}"
