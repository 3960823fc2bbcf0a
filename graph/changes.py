"""What a batch of articles changes in the store: quads to delete, graphs to drop, quads to insert. Reads, never writes.

Everything that an article adds can be worked out again from its kept extraction, so the old version of an article is
taken away exactly, and counts in the view (how many articles call a thing so, how much evidence an edge has) go down
as they went up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from pyoxigraph import NamedNode, Quad, Store

from graph.build import article_quads, decision_quads, version_quads
from graph.resolve import identities
from graph.terms import (
    ARTICLES,
    ENTITY_CLASSES,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    VIEW,
    label_iri,
    ng,
    number_literal,
    term,
    text_iri,
    text_literal,
    version_graph,
    BASE,
)
from graph.view import Edge, Share, entity_quads, share_of
from newsgraph.records import Article, Extraction

_CLASSES = {iri.value for iri in ENTITY_CLASSES.values()}


@dataclass
class Changes:
    """The difference that one atomic update makes."""

    delete: dict[Quad, None] = field(default_factory=dict)
    drop: dict[NamedNode, None] = field(default_factory=dict)
    insert: dict[Quad, None] = field(default_factory=dict)

    def text(self) -> str:
        """Return the changes as one SPARQL update."""
        parts = []
        if self.delete:
            parts.append(f"DELETE DATA {{ {_grouped(self.delete)} }}")
        parts += [f"DROP SILENT GRAPH {graph}" for graph in self.drop]
        if self.insert:
            parts.append(f"INSERT DATA {{ {_grouped(self.insert)} }}")
        return " ;\n".join(parts)


def _grouped(quads: Iterable[Quad]) -> str:
    by_graph: dict[NamedNode, list[str]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise TypeError("every quad stands in a named graph")
        by_graph.setdefault(quad.graph_name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return "\n".join(f"GRAPH {graph} {{\n" + "\n".join(lines) + "\n}" for graph, lines in by_graph.items())


class Batch:
    """Collects additions and removals of text versions, then says what they change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = Changes()
        self._kinds: dict[NamedNode, NamedNode] = {}
        self._labels: Counter[tuple[NamedNode, str]] = Counter()
        self._mentions: Counter[NamedNode] = Counter()
        self._edges: Counter[Edge] = Counter()

    def remove(self, article: Article, extraction: Extraction, digest: str) -> None:
        """Take away what a text version had added."""
        identity = identities(extraction, article.version_id)
        share = share_of(article, extraction, identity)
        gone = (*article_quads(article), *decision_quads(article.version_id, identity), *share.evidence)
        self._changes.delete.update(dict.fromkeys(gone))
        self._changes.delete[_digest_quad(article, digest)] = None
        self._changes.drop[version_graph(article.version_id)] = None
        self._count(share, -1)

    def add(self, article: Article, extraction: Extraction, digest: str) -> None:
        """Add a text version."""
        identity = identities(extraction, article.version_id)
        share = share_of(article, extraction, identity)
        self._changes.drop[version_graph(article.version_id)] = None
        new = (
            *version_quads(article, extraction),
            *article_quads(article),
            *decision_quads(article.version_id, identity),
            *share.evidence,
            _digest_quad(article, digest),
        )
        self._changes.insert.update(dict.fromkeys(new))
        self._count(share, +1)

    def say(self, quads: Iterable[Quad], *, instead_of: Iterable[Quad] = ()) -> None:
        """Add further quads, in the place of others."""
        self._changes.delete.update(dict.fromkeys(instead_of))
        self._changes.insert.update(dict.fromkeys(quads))

    def changes(self) -> Changes:
        """Return all that changes, with the view's counts as they will be."""
        for canonical in dict.fromkeys((*self._mentions, *(node for node, _ in self._labels))):
            self._change_entity(canonical)
        for edge, difference in self._edges.items():
            if difference:
                self._change_edge(edge, difference)
        return self._changes

    def _count(self, share: Share, sign: int) -> None:
        self._kinds.update(share.kinds)
        for counter, counts in (
            (self._labels, share.labels),
            (self._mentions, share.mentions),
            (self._edges, share.edges),
        ):
            for key, count in counts.items():  # type: ignore[attr-defined]
                counter[key] += sign * count  # type: ignore[index]

    def _change_entity(self, canonical: NamedNode) -> None:
        old = list(self._store.quads_for_pattern(canonical, None, None, VIEW))
        labels = self._labels_of(canonical)
        mentions = sum(int(quad.object.value) for quad in old if quad.predicate == ng("mentionCount"))
        old += [quad for node in labels.values() for quad in self._store.quads_for_pattern(node[0], None, None, VIEW)]
        counts = Counter({label: count for label, (_, count) in labels.items()})
        for (node, label), difference in self._labels.items():
            if node == canonical:
                counts[label] += difference
        counts = Counter({label: count for label, count in counts.items() if count > 0})
        new = list(_entity_with_labels(canonical, self._kinds[canonical], counts, mentions + self._mentions[canonical]))
        self.say(new, instead_of=old)

    def _labels_of(self, canonical: NamedNode) -> dict[str, tuple[NamedNode, int]]:
        """Return each name in use with its node and the number of articles that use it."""
        found = {}
        for quad in self._store.quads_for_pattern(None, ng("labelOf"), canonical, VIEW):
            values = {q.predicate.value: q.object.value for q in self._store.quads_for_pattern(quad.subject, None, None, VIEW)}
            label = values[term("skos:prefLabel").value]
            found[label] = (label_iri(canonical, label), int(values[ng("articleCount").value]))
        return found

    def _change_edge(self, edge: Edge, difference: int) -> None:
        node = _edge_iri(edge)
        old = list(self._store.quads_for_pattern(node, None, None, VIEW))
        count = sum(int(quad.object.value) for quad in old if quad.predicate == ng("evidenceCount")) + difference
        new = list(_edge_quads(node, edge, count)) if count > 0 else []
        self.say(new, instead_of=[*old, Quad(*edge, VIEW)])


def _entity_with_labels(
    canonical: NamedNode, kind: NamedNode, counts: Counter[str], mentions: int
) -> Iterator[Quad]:
    if not counts:
        return
    yield from entity_quads(canonical, kind, counts, mentions)
    for label, count in sorted(counts.items()):
        node = label_iri(canonical, label)
        yield Quad(node, TYPE, ng("NameInUse"), VIEW)
        yield Quad(node, ng("labelOf"), canonical, VIEW)
        yield Quad(node, term("skos:prefLabel"), text_literal(label), VIEW)
        yield Quad(node, ng("articleCount"), number_literal(count), VIEW)


def _edge_iri(edge: Edge) -> NamedNode:
    return NamedNode(f"{BASE}id/edge-{sha256(' '.join(map(str, edge)).encode()).hexdigest()[:16]}")


def _edge_quads(node: NamedNode, edge: Edge, count: int) -> Iterator[Quad]:
    yield Quad(*edge, VIEW)
    yield Quad(node, TYPE, ng("Edge"), VIEW)
    yield Quad(node, SUBJECT, edge[0], VIEW)
    yield Quad(node, PREDICATE, edge[1], VIEW)
    yield Quad(node, OBJECT, edge[2], VIEW)
    yield Quad(node, ng("evidenceCount"), number_literal(count), VIEW)


def _digest_quad(article: Article, digest: str) -> Quad:
    return Quad(text_iri(article.version_id), ng("extractionDigest"), text_literal(digest), ARTICLES)
