"""What a batch of articles changes in the store: quads to delete and insert, graphs to drop. Never writes.

Everything that an article adds can be worked out again from its kept extraction, so the old version of an
article is taken away exactly, and counts in the view (how many articles call a thing so, how many tell a
proposition so, how much evidence an edge has) go down as they went up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, Store

from graph.block_odds import BlockOdds
from graph.build import article_quads, decision_quads, decision_texts, digest_quad
from graph.copy_links import CopyLinks
from graph.counting import Counted, counted_locally, telling
from graph.decisions import Decisions
from graph.edges import Link
from graph.held import counts_at, decisions_on, first_value
from graph.journal import Pile, unpacked
from graph.placing import Placing
from graph.plain_words import own_text
from graph.prepared import Prepared
from graph.prints import Prints
from graph.profiles import profiles_in
from graph.propositions import Canonical, proposition_quads
from graph.resolve import Identity
from graph.reviewed import reviewed_quads
from graph.search_documents import Document, Text, article_document, entity_document, text_of
from graph.shares import Share, share_of, told_in
from graph.terms import (
    BASE,
    IDENTITY,
    NAMES_IN_USE,
    OBJECT,
    PREDICATE,
    SUBJECT,
    TYPE,
    VIEW,
    WORDINGS_IN_USE,
    article_iri,
    ng,
    number_literal,
    value_of,
    version_graph,
)
from graph.turtle import packed_texts
from graph.view import Edge, best_label, entity_quads
from newsgraph.records import Article, Extraction

Key = TypeVar("Key")
Read = Callable[[str], tuple[Article, Extraction]]

_AT_ONCE = 20_000  # quads that are deleted together: the database takes 2 kB for each meanwhile


@dataclass
class Changes:
    """The difference that one atomic update makes."""

    delete: dict[Quad, None] = field(default_factory=dict)
    drop: dict[NamedNode, None] = field(default_factory=dict)
    insert: dict[Quad, None] = field(default_factory=dict)  # unless there is a pile
    pile: Pile | None = None  # takes what is to be inserted, most of it into a file
    touched: set[str] = field(default_factory=set)  # entities and articles that have other words or links now
    documents: dict[str, bytes] = field(default_factory=dict)  # packed, of those that are at hand, by IRI

    @property
    def is_large(self) -> bool:
        """Say whether some of it is in a file, and only there."""
        return self.pile is not None and self.pile.is_large

    def put(self, quads: Iterable[Quad]) -> None:
        """Insert further quads, after all that is deleted."""
        if self.pile is None:
            self.insert.update(dict.fromkeys(quads))
        else:
            self.pile.put(quads)

    def put_packed(self, packed: bytes, count: int) -> None:
        """Insert further quads that :func:`graph.journal.packed` was given, and how many they are."""
        if self.pile is None:
            self.put(unpacked(packed))
        else:
            self.pile.put_packed(packed, count)

    def show(self, document: Document) -> None:
        """Note what can be found of an entity or an article from now on."""
        self.touched.add(document.iri)
        self.documents[document.iri] = document.packed()

    def clear(self) -> None:
        """Forget what is written down."""
        for quads in (self.delete, self.drop, self.insert):
            quads.clear()

    def text(self) -> str:
        """Return the changes as one SPARQL update; to be asked of small ones."""
        new = [*self.insert, *(self.pile.few if self.pile is not None else ())]
        insertion = [f"INSERT DATA {{ {_grouped(new)} }}"] if new else []
        return " ;\n".join([*self.deletions(), *insertion])

    def deletions(self) -> Iterator[str]:
        """Yield what goes, before anything is inserted, as SPARQL updates, each a line."""
        going = iter(self.delete)
        while some := list(islice(going, _AT_ONCE)):
            yield f"DELETE DATA {{ {_grouped(some)} }}"
        yield from (f"DROP SILENT GRAPH {graph}" for graph in self.drop)


def _grouped(quads: Iterable[Quad]) -> str:
    by_graph: dict[NamedNode, list[str]] = {}
    for quad in quads:
        if not isinstance(quad.graph_name, NamedNode):
            raise TypeError("every quad stands in a named graph")
        by_graph.setdefault(quad.graph_name, []).append(f"{quad.subject} {quad.predicate} {quad.object} .")
    return " ".join(f"GRAPH {graph} {{ {' '.join(lines)} }}" for graph, lines in by_graph.items())


class Batch:
    """Collects additions and removals of text versions, then says what they change.

    Args:
        store: As it is before.
        decisions: Of reviewers, from now on.
        before: Those that the store rests on, if others.
        read: Returns the article and the extraction of a text version of the store.
        prints: Of the store's texts; None: there are none yet, and they are kept nowhere.
        odds: What is remembered of its blocks; None: nothing, likewise.
        pile: Takes what is inserted; None: that stands among the changes.
    """

    def __init__(
        self,
        store: Store,
        decisions: Decisions,
        read: Read,
        *,
        before: Decisions | None = None,
        prints: Prints | None = None,
        odds: BlockOdds | None = None,
        pile: Pile | None = None,
    ) -> None:
        self._store = store
        self._decisions = decisions
        self._before = decisions if before is None else before
        self._read = read
        self._changes = Changes(pile=pile)
        self._copies = CopyLinks(store, Prints() if prints is None else prints)
        self._placing = Placing(store, self._before, decisions, odds=odds)
        self._added: list[Prepared] = []
        self._labels: Counter[tuple[NamedNode, str]] = Counter()
        self._mentions: Counter[NamedNode] = Counter()
        self._edges: Counter[Edge] = Counter()
        self._propositions: dict[NamedNode, Canonical] = {}
        self._wordings: Counter[tuple[NamedNode, str]] = Counter()
        self.placed_again = 0  # texts that were there and of which an entity is another one now

    def remove(self, article: Article, extraction: Extraction, digest: str) -> None:
        """Take away what a text version had added."""
        identity, decided = self._placed(article, extraction)
        share = share_of(told_in(article, extraction, identity), identity)
        known = (*article_quads(article), digest_quad(article, digest))
        self.say((), instead_of=(*known, *decided, *share.quads()))
        self._changes.touched.add(article_iri(article.id).value)
        self._changes.drop[version_graph(article.version_id)] = None
        self._copies.remove(article)
        self._placing.remove(article.version_id, profiles_in(extraction).values())
        self._count(share, -1)

    def add(self, one: Prepared) -> None:
        """Add a text version."""
        graph = version_graph(one.article.version_id)
        if self._store.contains_named_graph(graph):
            self._changes.drop[graph] = None
        self._changes.put_packed(one.quads, one.quad_count)
        self._changes.touched.add(article_iri(one.article.id).value)
        self._copies.add(one.article, one.copied_by)
        self._placing.add(one.profiles_by_entity().values())
        self._added.append(one.without_what_is_written())

    def say(self, quads: Iterable[Quad], *, instead_of: Iterable[Quad] = ()) -> None:
        """Add further quads, in the place of others."""
        self._changes.delete.update(dict.fromkeys(instead_of))
        self._changes.put(quads)

    def drop(self, graphs: Iterable[NamedNode]) -> None:
        """Take whole graphs away."""
        self._changes.drop.update(dict.fromkeys(graphs))

    def changes(self) -> Changes:
        """Return all that changes, with the view's counts as they will be. To be asked for once."""
        self._decide()
        self._place()
        for canonical, differences in _by_node(self._labels):
            if self._mentions[canonical] or any(differences.values()):
                self._change_entity(canonical, differences)
        for proposition, differences in _by_node(self._wordings):
            if any(differences.values()):
                self._change_proposition(self._propositions[proposition], differences)
        for edge, difference in self._edges.items():
            if difference:
                self._change_edge(edge, difference)
        gone, new = self._copies.changes()
        self.say(new, instead_of=gone)
        return self._changes

    def _decide(self) -> None:
        """Write what reviewers decided, where the store has what they had decided before."""
        if self._decisions is self._before:
            return
        ids = self._decisions.changed(self._before)
        old, new = (
            [quad for entry in decisions.entries_on(ids) for quad in reviewed_quads(decisions, entry)]
            for decisions in (self._before, self._decisions)
        )
        self._differ(old, new)

    def _place(self) -> None:
        """Place what comes, and again what is elsewhere by what came, went or was decided."""
        for old, new in self._placing.changes():
            self._differ(old, new)
        for version_id in sorted(self._placing.texts_to_place_again()):
            self._place_again(*self._read(version_id))
        for one in self._added:
            self._place_new(one)

    def _place_new(self, one: Prepared) -> None:
        article, (things, told, statements, counted) = one.article, one.parts()
        identity = self._placing.resolver.placed(things)
        share = share_of(told, identity)
        decided = decision_texts(article.version_id, identity)
        self._changes.put_packed(*packed_texts({IDENTITY: decided, VIEW: share.evidence}))
        self._count(share, +1)
        text = Text(own_text(article), statements)
        self._show(article, text, share.links, counted, identity)

    def _place_again(self, article: Article, extraction: Extraction) -> None:
        """Put a text version's entities where they belong now.

        Its own graph stays as it is: what was read in a text does not depend on who is who.
        """
        old, decided = self._placed(article, extraction)
        new = self._placing.resolver.identities(extraction, article.version_id)
        new_decided = decision_quads(article.version_id, new)
        if set(decided) == set(new_decided):
            return
        told = told_in(article, extraction, new)
        before = told if old.keys() == new.keys() else told_in(article, extraction, old)
        gone, come = share_of(before, old), share_of(told, new)
        stays = {*gone.evidence} & {*come.evidence}
        self._differ((*decided, *gone.quads(but=stays)), (*new_decided, *come.quads(but=stays)))
        counted = counted_locally(telling(self._store, article.version_id))
        self._show(article, text_of(article, extraction), come.links, counted, new)
        self._count(gone, -1)
        self._count(come, +1)
        self.placed_again += 1

    def _show(
        self,
        article: Article,
        text: Text,
        links: Iterable[Link],
        counted: Iterable[Counted],
        identity: Mapping[str, Identity],
    ) -> None:
        """Note what can be found of an article from now on, so that it need not be read from the store.

        Args:
            article: The article.
            text: What is searched in it.
            links: All that it tells of.
            counted: What counts for something by it, by Entity.id.
            identity: Of its entities.
        """
        by_canonical = [
            Counted(identity[one.entity].canonical.value, one.thing, one.how)
            for one in counted
            if one.entity in identity
        ]
        self._changes.show(article_document(article, text, links, by_canonical))

    def _placed(self, article: Article, extraction: Extraction) -> tuple[dict[str, Identity], list[Quad]]:
        """Return where the store has an article's entities, and what says so there."""
        identity, decided = dict[str, Identity](), list[Quad]()
        ids = [one.id for one in extraction.entities]
        for entity, quads in decisions_on(self._store, article.version_id, ids):
            [canonical] = [quad.object for quad in quads if quad.predicate == ng("right")]
            identity[entity] = Identity(NamedNode(value_of(canonical)), "as it was")
            decided += quads
        return identity, decided

    def _differ(self, old: Iterable[Quad], new: Iterable[Quad]) -> bool:
        """Put what is new in the place of what is old, and return whether that is something else."""
        come, gone = dict.fromkeys(new), dict.fromkeys(old)
        if not gone:  # as of most things, which are new
            self.say(come)
            return bool(come)
        added = [one for one in come if one not in gone]
        lost = [one for one in gone if one not in come]
        self.say(added, instead_of=lost)
        return bool(added or lost)

    def _count(self, share: Share, sign: int) -> None:
        _add(self._labels, share.labels, sign)
        _add(self._mentions, share.mentions, sign)
        _add(self._edges, share.edges, sign)
        self._propositions.update(share.propositions)
        _add(self._wordings, share.wordings, sign)

    def _change_entity(self, canonical: NamedNode, differences: Mapping[str, int]) -> None:
        # What stands there follows from its counts; it is not read, nor the edges of a famous one.
        counts = counts_at(self._store, canonical, NAMES_IN_USE)
        before = self._number(canonical, "mentionCount") if counts else 0
        old = list(entity_quads(canonical, counts, before))
        counts.update(differences)
        in_use = +counts  # without what nobody uses any more
        mentions = before + self._mentions[canonical]
        if self._differ(old, entity_quads(canonical, in_use, mentions)):
            self._changes.touched.add(canonical.value)
            if in_use:
                shown = best_label(canonical, in_use)
                others = [label for label in in_use if label != shown]
                self._changes.show(entity_document(canonical, shown, others, mentions))

    def _change_proposition(self, one: Canonical, differences: Mapping[str, int]) -> None:
        counts = counts_at(self._store, one.node, WORDINGS_IN_USE)
        old = list(proposition_quads(one, counts))
        counts.update(differences)
        self._differ(old, proposition_quads(one, +counts))

    def _change_edge(self, edge: Edge, difference: int) -> None:
        node = _edge_iri(edge)
        before = self._number(node, "evidenceCount")
        self._differ(_edge_quads(node, edge, before), _edge_quads(node, edge, before + difference))

    def _number(self, node: NamedNode, name: str) -> int:
        """Return how often the view counts something of a node."""
        return int(first_value(self._store, node, ng(name), VIEW) or 0)


def _add(total: Counter[Key], counts: Counter[Key], sign: int) -> None:
    for key, count in counts.items():
        total[key] += sign * count


def _by_node(counts: Counter[tuple[NamedNode, str]]) -> Iterable[tuple[NamedNode, Mapping[str, int]]]:
    by_node: dict[NamedNode, dict[str, int]] = {}
    for (node, words), difference in counts.items():
        by_node.setdefault(node, {})[words] = difference
    return by_node.items()


def _edge_iri(edge: Edge) -> NamedNode:
    return NamedNode(f"{BASE}id/edge-{sha256(' '.join(map(str, edge)).encode()).hexdigest()[:16]}")


def _edge_quads(node: NamedNode, edge: Edge, count: int) -> Iterator[Quad]:
    if count <= 0:
        return
    yield Quad(*edge, VIEW)
    yield Quad(node, TYPE, ng("Edge"), VIEW)
    yield Quad(node, SUBJECT, edge[0], VIEW)
    yield Quad(node, PREDICATE, edge[1], VIEW)
    yield Quad(node, OBJECT, edge[2], VIEW)
    yield Quad(node, ng("evidenceCount"), number_literal(count), VIEW)
