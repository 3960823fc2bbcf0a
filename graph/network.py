"""The view as a NetworkX graph: what analysis and export start from.

A node is a canonical entity. An edge is a predicate between two of them with its standing (whose statement it
is) and stance; all evidence for the same is one edge, whose weight is the number of places that say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import networkx as nx
from pyoxigraph import QuerySolutions

from graph.query import PREFIXES
from graph.store import Reader
from graph.terms import CLASS_LABELS, value_of
from newsgraph.vocabulary import load_vocabulary

_NODES = """
SELECT ?entity ?class ?label ?mentions WHERE { GRAPH g:view {
  ?entity a ng:CanonicalEntity, ?class ; skos:prefLabel ?label ; ng:mentionCount ?mentions
  FILTER(?class != ng:CanonicalEntity)
} } ORDER BY ?entity
"""
_ALIASES = """
SELECT ?entity ?alias WHERE { GRAPH g:view { ?entity a ng:CanonicalEntity ; skos:altLabel ?alias } } ORDER BY
?entity ?alias
"""
_EVIDENCE = """
SELECT ?one ?predicate ?other ?open ?factuality ?stance ?date ?article WHERE { GRAPH g:view {
  ?evidence a ng:EdgeEvidence ; rdf:subject ?one ; rdf:predicate ?predicate ; rdf:object ?other ;
    ng:factuality ?factuality ; ng:inArticle ?article .
  OPTIONAL { ?evidence ng:openPredicate ?open }
  OPTIONAL { ?evidence ng:stance ?stance }
  OPTIONAL { ?evidence schema:datePublished ?date }
} }
"""


class EdgeKey(NamedTuple):
    """What makes two pieces of evidence the same edge."""

    predicate: str
    factuality: str  # NarratorAsserted, AttributedOnly, NotActual or ClaimAbout
    stance: str  # asserts, denies, undetermined; "" where the article itself speaks


def entity_network(reader: Reader) -> nx.MultiDiGraph:
    """Return the entities of a snapshot with what links them.

    Nodes are IRIs with ``label``, ``type`` (one of the nine labels), ``mentions`` and ``aliases``. Edges
    carry the fields of :class:`EdgeKey`, ``weight`` (pieces of evidence), ``articles`` (how many),
    ``directed``, and ``first`` and ``last`` (ISO dates of publication, or ""). Nodes and edges come in an
    order that depends on nothing but what the graph says.
    """
    network = nx.MultiDiGraph()
    for entity, kind, label, mentions in _rows(reader, _NODES):
        network.add_node(entity, label=label, type=CLASS_LABELS[kind], mentions=int(mentions), aliases=[])
    for entity, alias in _rows(reader, _ALIASES):
        network.nodes[entity]["aliases"].append(alias)
    for (one, other, key), places in sorted(_evidence(reader).items()):
        dates = sorted(date for date, _ in places if date)
        network.add_edge(
            one,
            other,
            key,
            **key._asdict(),
            weight=len(places),
            articles=len({article for _, article in places}),
            directed=not _is_symmetric(key.predicate),
            first=dates[0] if dates else "",
            last=dates[-1] if dates else "",
        )
    return network


def _evidence(reader: Reader) -> dict[tuple[str, str, EdgeKey], list[tuple[str, str]]]:
    """Return (date, article) of each piece of evidence, by edge."""
    found: dict[tuple[str, str, EdgeKey], list[tuple[str, str]]] = {}
    for one, predicate, other, verb, factuality, stance, date, article in _rows(reader, _EVIDENCE):
        name = verb or _local(predicate)
        if _is_symmetric(name):
            one, other = sorted((one, other))
        key = EdgeKey(name, _local(factuality), _local(stance).lower())
        found.setdefault((one, other, key), []).append((date, article))
    return found


def _is_symmetric(predicate: str) -> bool:
    kind = load_vocabulary().get(predicate)
    return kind is not None and kind.symmetric


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


def _rows(reader: Reader, query: str) -> Iterator[tuple[str, ...]]:
    solutions = reader.store.query(PREFIXES + query)
    assert isinstance(solutions, QuerySolutions)  # noqa: S101 - every query of this module is a SELECT
    for solution in solutions:
        yield tuple("" if value is None else value_of(value) for value in solution)
