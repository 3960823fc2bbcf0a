"""The view as a network of entities: what analysis and export start from.

    from graph.network import Selection, load_networkx
    network = load_networkx("data/graph", Selection(min_sources=2))

A node is a canonical entity. An edge is a predicate between two of them with its kind and, unless it is a
fact, with stance and speaker: graph/evidence.py. All evidence for the same is one edge, whose weight is the
number of independent texts that say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph.around import find_nodes, within
from graph.edge_keys import EdgeKey
from graph.evidence import Articles, Told, rows, spoken_of, told_edges
from graph.snapshots import Reader, open_reader
from graph.terms import CLASS_LABELS

if TYPE_CHECKING:
    import networkx as nx

EVIDENCE_SHOWN = 3  # sentences an edge shows; all of them are in the store

_NODES = """
SELECT ?entity ?class ?label ?mentions WHERE { GRAPH g:view {
  ?entity a ng:CanonicalEntity, ?class ; skos:prefLabel ?label ; ng:mentionCount ?mentions
  FILTER(?class != ng:CanonicalEntity)
} }
"""
_ALIASES = (
    "SELECT ?entity ?alias WHERE { GRAPH g:view { ?entity a ng:CanonicalEntity ; skos:altLabel ?alias } }"
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of the graph is wanted. All conditions hold together."""

    since: date | None = None  # articles that came out on that day or later; undated ones are left out
    until: date | None = None
    types: frozenset[str] = frozenset()  # of entities; empty: all
    around: tuple[str, ...] = ()  # names or IRIs; empty: everywhere
    depth: int = 1  # steps from these
    min_sources: int = 1  # independent texts, of an edge and of an entity
    claims: bool = False  # also what is claimed, denied and spoken of, as edges of their own kinds

    def has_day(self, day: str) -> bool:
        """Tell whether an article of that day (ISO, or "") is wanted."""
        if self.since is None and self.until is None:
            return True
        since, until = (one.isoformat() if one else "" for one in (self.since, self.until))
        return bool(day) and since <= day[:10] <= (until or "9")


@dataclass(frozen=True, slots=True)
class Node:
    """A canonical entity, as the selected articles show it."""

    id: str
    label: str
    type: str
    mentions: int  # in the whole store
    articles: int
    sources: int  # independent texts among them
    salience: float  # the sum over its articles of how much each is about it, 0..1
    aliases: tuple[str, ...]
    first: str  # day of the first article; "" if it is not known
    last: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What links two entities, with all that says so."""

    source: str
    target: str
    kind: str  # fact, claim, about
    predicate: str
    stance: str  # asserts, denies, undetermined; "" of a fact
    speaker: str  # the speaker's IRI, "narrator" or "unknown"; "" of a fact
    speaker_label: str
    directed: bool
    weight: int  # independent texts
    articles: int
    days: tuple[str, ...]  # on which articles that say so came out
    times: tuple[str, ...]  # when it happened, as they say
    evidence: tuple[str, ...]  # sentences, each with publisher and day


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges, in an order that depends on nothing but what the graph says."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]


def load_networkx(
    graph_dir: Path | str = "data/graph", selection: Selection | None = None
) -> nx.MultiDiGraph:
    """Return the entities of a store with what links them, as NetworkX has it.

    Nodes are IRIs with the fields of :class:`Node`, edges have those of :class:`Edge`; what a symmetric
    predicate says stands once, with ``directed`` False.

    Raises:
        NoGraphError: If nothing has been ingested yet.
        ExportError: If nothing in the graph is called as one of ``selection.around``.
    """
    import networkx as nx  # most exports do without it, and it takes a while to load

    network = load_network(open_reader(Path(graph_dir)), selection or Selection())
    graph = nx.MultiDiGraph()
    for node in network.nodes:
        graph.add_node(node.id, **_attributes(node, without=("id",)))
    for edge in network.edges:
        graph.add_edge(edge.source, edge.target, **_attributes(edge, without=("source", "target")))
    return graph


def load_network(reader: Reader, selection: Selection) -> Network:
    """Return the selected part of the graph.

    Raises:
        ExportError: If nothing in the graph is called as one of ``selection.around``.
    """
    articles = Articles(reader)
    nodes = _nodes(reader, articles, selection)
    centres = {one for written in selection.around for one in find_nodes(nodes, written)}
    kept = {node.id: node for node in nodes if node.id in centres or _is_wanted(node, selection)}
    labels = {node.id: node.label for node in nodes}
    edges = [
        edge
        for edge in _edges(reader, articles, selection, labels)
        if edge.source in kept and edge.target in kept and edge.weight >= selection.min_sources
    ]
    if selection.around:
        near = within(centres, ((edge.source, edge.target) for edge in edges), selection.depth)
        kept = {one: node for one, node in kept.items() if one in near}
        edges = [edge for edge in edges if edge.source in near and edge.target in near]
    return Network(list(kept.values()), edges)


def _is_wanted(node: Node, selection: Selection) -> bool:
    is_type = not selection.types or node.type in selection.types
    return is_type and node.articles > 0 and node.sources >= selection.min_sources


def _nodes(reader: Reader, articles: Articles, selection: Selection) -> list[Node]:
    aliases: dict[str, list[str]] = defaultdict(list)
    for entity, alias in rows(reader, _ALIASES):
        aliases[entity].append(alias)
    spoken = spoken_of(reader)
    nodes = []
    for entity, kind, label, mentions in sorted(rows(reader, _NODES)):
        found = spoken.get(entity, {})
        here = {one: found[one] for one in sorted(found) if selection.has_day(articles.by_iri[one].date)}
        days = days_of(articles.by_iri[one].date for one in here)
        nodes.append(
            Node(
                entity,
                label,
                CLASS_LABELS[kind],
                int(mentions),
                len(here),
                articles.independent(here),
                round(sum(here.values()), 3),
                tuple(sorted(aliases[entity])),
                *((days[0], days[-1]) if days else ("", "")),
            )
        )
    return nodes


def _edges(
    reader: Reader, articles: Articles, selection: Selection, labels: Mapping[str, str]
) -> Iterable[Edge]:
    found: dict[EdgeKey, list[Told]] = defaultdict(list)
    for key, place in told_edges(reader, claims=selection.claims):
        if selection.has_day(place.date):
            found[key].append(place)
    for key in sorted(found):
        told = sorted(found[key], key=lambda one: (not one.date, one.date, one.article, one.sentence))
        here = {one.article for one in told}
        yield Edge(
            key.source,
            key.target,
            key.kind,
            key.predicate,
            key.stance,
            key.speaker,
            labels.get(key.speaker, key.speaker),
            key.directed,
            articles.independent(here),
            len(here),
            days_of(one.date for one in told),
            days_of(one.time for one in told),
            tuple(sentences_of(told, articles).values()),
        )


def sentences_of(told: Iterable[Told], articles: Articles) -> dict[str, str]:
    """Return the first sentences of those given, each with how it is shown: with publisher and day."""
    shown: dict[str, str] = {}
    for one in told:
        sentence = " ".join(one.sentence.split())
        if sentence and sentence not in shown:
            where = ", ".join(filter(None, (articles.by_iri[one.article].publisher, one.date)))
            shown[sentence] = f"{sentence} ({where})" if where else sentence
        if len(shown) == EVIDENCE_SHOWN:
            break
    return shown


def days_of(days: Iterable[str]) -> tuple[str, ...]:
    """Return days (ISO, or "") in order, each once."""
    return tuple(sorted({day for day in days if day}))


def _attributes(one: Node | Edge, without: tuple[str, ...]) -> dict[str, object]:
    values = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in without}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
