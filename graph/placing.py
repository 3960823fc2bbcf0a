"""What an article's coming or going does to the clusters of the profiles. Reads the store, never writes.

The store keeps each distinct profile with its block and its cluster. A profile that is there already changes
nothing; one that comes or goes has its block solved anew, as have the names that reviewers judged. Which
texts that moves is found by index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad, Store

from graph.block_odds import BlockOdds
from graph.clusters import Odds, Solved, compared_of, place_of_name, solve
from graph.decisions import Decisions
from graph.held import versions, versions_at
from graph.judged import judged_quads
from graph.names import name_key
from graph.places import Places, moved
from graph.profiles import Profile, block_of, profile_of_line
from graph.resolve import Resolver
from graph.scoring import Model, shipped_model
from graph.terms import IDENTITY, TYPE, ng, shown_iri, text_literal, value_of, version_of
from newsgraph.records import EntityType

BLOCK, WAITS, CLUSTER, ENTRY = ng("block"), ng("waitsIn"), ng("cluster"), ng("profileEntry")
PROFILE, LEFT, COMPARES = ng("profile"), ng("left"), ng("compares")


class Clusters:
    """The clusters that a store has, or will have; what was looked up once is remembered."""

    def __init__(self, store: Store, new: Mapping[NamedNode, NamedNode] = MappingProxyType({})) -> None:
        """Take a store, and the clusters of those nodes that go elsewhere."""
        self._store = store
        self._new = new
        self._stored: dict[NamedNode, NamedNode] = {}

    def of(self, node: NamedNode) -> NamedNode:
        """Return the cluster of a profile's node or a name's; the node itself where it has none."""
        cluster = self._new.get(node) or self._stored_of(node)
        return node if cluster == node else self.of(cluster)  # what is not compared goes where its name goes

    def note(self, clusters: Mapping[NamedNode, NamedNode]) -> None:
        """Take note of what the store says of nodes, for whoever knows it need not look it up."""
        self._stored.update(clusters)

    def _stored_of(self, node: NamedNode) -> NamedNode:
        if node not in self._stored:
            self._stored[node] = next(iter(nodes_of(self._store, node, CLUSTER)), node)
        return self._stored[node]


def nodes_of(store: Store, node: NamedNode, predicate: NamedNode) -> list[NamedNode]:
    quads = store.quads_for_pattern(node, predicate, None, IDENTITY)
    return [NamedNode(value_of(quad.object)) for quad in quads]


def nodes_with(store: Store, predicate: NamedNode, value: NamedNode | str) -> Iterator[NamedNode]:
    term = text_literal(value) if isinstance(value, str) else value
    for quad in store.quads_for_pattern(None, predicate, term, IDENTITY):
        yield NamedNode(value_of(quad.subject))


def profiles_at(store: Store, cluster: NamedNode) -> list[Profile]:
    """Return the profiles of a cluster, and of the name it is called by, if not compared."""
    nodes = dict.fromkeys([cluster, *nodes_with(store, CLUSTER, cluster)])
    lines = (quad for node in nodes for quad in store.quads_for_pattern(node, ENTRY, None, IDENTITY))
    return [profile_of_line(value_of(quad.object)) for quad in lines]


class Compared(NamedTuple):
    """One of the machine's decisions, from the side of one profile."""

    judgement: str  # "Same", "Different", "Unsure"
    other: NamedNode  # the cluster of the other profile
    score: float
    reason: str
    features: str
    by: str


def compared_with(store: Store, profile: Profile) -> list[Compared]:
    """Return what the machine decided on a profile, the likeliest first."""
    clusters, found = Clusters(store), []
    for node in nodes_with(store, COMPARES, profile.node):
        others = [one for one in nodes_of(store, node, COMPARES) if one != profile.node]
        told = {
            name: next(
                value_of(quad.object) for quad in store.quads_for_pattern(node, ng(name), None, IDENTITY)
            )
            for name in ("judgement", "score", "reason", "features", "decidedBy")
        }
        judgement = shown_iri(told["judgement"]).removeprefix("ng:")
        parts = (float(told["score"]), told["reason"], told["features"], told["decidedBy"])
        found += [Compared(judgement, clusters.of(other), *parts) for other in others]
    return sorted(found, key=lambda one: (-one.score, one.other.value, one.judgement))


def has_namesakes(store: Store, key: str, kind: EntityType) -> bool:
    """Tell whether there are several clusters of things that are called so."""
    clusters = Clusters(store)
    block = nodes_with(store, BLOCK, block_of(key, kind))
    lines = (quad for node in block for quad in store.quads_for_pattern(node, ENTRY, None, IDENTITY))
    profiles = (profile_of_line(value_of(quad.object)) for quad in lines)
    return len({clusters.of(one.node) for one in profiles if (one.key, one.type) == (key, kind)}) > 1


class Placing:
    """Collects the profiles of texts that come and go, then says what that changes."""

    def __init__(
        self,
        store: Store,
        before: Decisions,
        after: Decisions,
        model: Model | None = None,
        odds: BlockOdds | None = None,
    ) -> None:
        """Take a store, what reviewers decide before and after, and what is remembered of its blocks."""
        self._store = store
        self._block_odds = BlockOdds() if odds is None else odds
        self._before, self._after = before, after
        self._model = model or shipped_model()
        self._old_clusters = Clusters(store)
        self._gone: set[str] = set()  # text versions
        self._loose: dict[NamedNode, Profile] = {}  # profiles of texts that go
        self._come: dict[NamedNode, Profile] = {}
        self._new: dict[NamedNode, NamedNode] = {}  # clusters of all that was solved anew
        self._new_clusters = Clusters(store, self._new)
        self.resolver = Resolver(after, self._new_clusters.of)

    def remove(self, version_id: str, profiles: Iterable[Profile]) -> None:
        """Note that a text of the store goes."""
        self._gone.add(version_id)
        self._loose.update((one.node, one) for one in profiles)

    def add(self, profiles: Iterable[Profile]) -> None:
        """Note that a text comes."""
        self._come.update((one.node, one) for one in profiles)

    def changes(self) -> Iterator[tuple[list[Quad], list[Quad]]]:
        """Yield the quads to delete and those to insert, block by block, of which none share a quad.

        Afterwards ``resolver`` knows the new clusters.
        """
        new: defaultdict[str, list[Profile]] = defaultdict(list)  # by block
        for node, one in self._come.items():
            if not self._is_stored(node):
                new[one.block].append(one)
                self._old_clusters.note({node: node})
        dead = {
            node: one
            for node, one in self._loose.items()
            if node not in self._come and not self._is_used(node)
        }
        judged = self._judged_blocks()
        # Those that wait come in only where one that is compared goes, or is judged otherwise.
        whole = {one.block for one in dead.values()} | judged
        for block in sorted(whole | new.keys()):
            known = self._block_odds.of(block, self._model.name)
            stored = list(known.profiles) if known else self._stored(block, BLOCK)
            odds = known.odds if known else {}
            if block not in whole and self._stay_compared(stored, new[block]):
                waiting = self._noted(new[block], Solved(stored, {}, ()), ())
                yield [], list(_quads_of(new[block], waiting, self._model))
                continue
            stored += self._stored(block, WAITS) if block in whole else []
            there = dict.fromkeys([*stored, *new.get(block, ())])
            left = [one for one in there if one.node not in dead]
            solved = solve(left, self._after.limits, self._model, odds)
            self._block_odds.note(block, self._model.name, solved.compared, odds)
            solved = self._noted(left, solved, stored)
            old = None if block in whole else self._as_solved(stored, odds, is_known=known is not None)
            gone = _quads_of(stored, old, self._model, solved) if old else self._old_quads(stored)
            yield list(gone), list(_quads_of(left, solved, self._model, old))
        self._block_odds.keep()

    def _stay_compared(self, stored: Sequence[Profile], new: Sequence[Profile]) -> bool:
        """Tell whether all that is new in a full block waits: what is compared decides all else in it."""
        return set(compared_of([*stored, *new], self._after.limits)) == set(stored)

    def texts_to_place_again(self) -> set[str]:
        """Return the text versions, but for those that go, of which an entity may belong elsewhere now."""
        found = set[str]()
        for node in self._new:
            if self._old_clusters.of(node) != self._new_clusters.of(node):
                for one in (node, *nodes_with(self._store, CLUSTER, node)):
                    found.update(self._versions_with(one))
        before, after = Places(self._before, self._old_clusters.of), self.resolver.places
        away = moved(before, after, before.clusters | after.clusters)
        for node in away:
            found.update(versions_at(self._store, node))
        for article in self._judged_articles(before, after, is_any_away=bool(away or self._new)):
            found.update(versions(self._store, article))
        return found - self._gone

    def _judged_articles(self, before: Places, after: Places, *, is_any_away: bool) -> Iterator[str]:
        """Yield the articles of whose entities something else is decided than before, or is meant by it."""
        for node, party in {**self._before.parties, **self._after.parties}.items():
            is_otherwise = (
                self._before.naming(node) != self._after.naming(node)
                or before.of_party(node) != after.of_party(node)
                or (is_any_away and any(self._after.linked("different", node)))
            )
            if party.article is not None and is_otherwise:
                yield party.article

    def _judged_blocks(self) -> set[str]:
        """Return the blocks of the names on which other decisions are in force than before."""
        changed = self._after.changed(self._before) if self._after is not self._before else set()
        both = (self._before, self._after)
        ones = [one for some in both for name, one in some.by_id.items() if name in changed]
        nodes = {party.node for one in ones for party in (one.one, one.other)}
        nodes |= {other for some in both for node in nodes for other in some.group(node)}
        nodes |= {
            member
            for some in both
            for node in nodes
            for other in some.linked("different", node)
            for member in some.group(other)
        }
        parties = {**self._before.parties, **self._after.parties}
        return {
            block_of(name_key(parties[node].name, parties[node].type), parties[node].type) for node in nodes
        }

    def _is_stored(self, node: NamedNode) -> bool:
        return Quad(node, TYPE, ng("Profile"), IDENTITY) in self._store

    def _is_used(self, node: NamedNode) -> bool:
        return any(version not in self._gone for version in self._versions_with(node))

    def _versions_with(self, node: NamedNode) -> Iterator[str]:
        for decision in nodes_with(self._store, PROFILE, node):
            for entity in nodes_of(self._store, decision, LEFT):
                if found := version_of(entity.value):
                    yield found[0]

    def _stored(self, block: str, predicate: NamedNode) -> list[Profile]:
        """Return the profiles of a block."""
        return [self._profile_at(node) for node in list(nodes_with(self._store, predicate, block))]

    def _profile_at(self, node: NamedNode) -> Profile:
        [quad] = self._store.quads_for_pattern(node, ENTRY, None, IDENTITY)
        return profile_of_line(value_of(quad.object))

    def _as_solved(self, stored: Sequence[Profile], odds: Odds, *, is_known: bool) -> Solved | None:
        """Return what the store says of a block's profiles by solving it as it was; None: it has to be read.

        To look all of it up costs most of what a block does. All decisions of a block are of one software,
        so that one of them tells whether that was this one, unless it is known.
        """
        solved = solve(stored, self._before.limits, self._model, odds)
        if not solved.judged or set(solved.compared) != set(stored):
            return None
        if not is_known:
            *_, by_whom = judged_quads(solved.judged[-1], self._model)
            if by_whom not in self._store:
                return None
        self._old_clusters.note(solved.clusters)
        return solved

    def _old_quads(self, profiles: Iterable[Profile]) -> Iterator[Quad]:
        """Yield what the store says of some profiles, of their names and of how they compared."""
        nodes = _nodes_and_names(profiles)
        judged = dict.fromkeys(one for node in nodes for one in nodes_with(self._store, COMPARES, node))
        for node in (*nodes, *judged):
            yield from self._store.quads_for_pattern(node, None, None, IDENTITY)

    def _noted(self, profiles: Sequence[Profile], solved: Solved, stored: Iterable[Profile]) -> Solved:
        """Note the clusters of all profiles and names of a block, and return it with these."""
        compared = set(solved.compared)
        waiting = (one for one in profiles if one not in compared)
        clusters = {node: node for node in _nodes_and_names(stored)}  # of those that go
        clusters |= {one.node: place_of_name(one, self._after.limits) for one in waiting}
        clusters |= solved.clusters
        self._new |= clusters
        return replace(solved, clusters=clusters)


def _quads_of(
    profiles: Iterable[Profile], solved: Solved, model: Model, other: Solved | None = None
) -> Iterator[Quad]:
    """Yield what a store says of profiles, of their clusters and how they compare.

    But not what it says as well when the block is as the ``other``.
    """
    compared, other = set(solved.compared), other or Solved((), {}, ())
    staying, judged_there = compared.intersection(other.compared), set(other.judged)
    for one in profiles:
        if one not in staying:
            yield Quad(one.node, TYPE, ng("Profile"), IDENTITY)
            yield Quad(one.node, ENTRY, text_literal(one.line), IDENTITY)
            yield Quad(one.node, BLOCK if one in compared else WAITS, text_literal(one.block), IDENTITY)
    for node, cluster in solved.clusters.items():
        if node != cluster and other.clusters.get(node) != cluster:
            yield Quad(node, CLUSTER, cluster, IDENTITY)
    for judged in solved.judged:
        if judged not in judged_there:
            yield from judged_quads(judged, model)


def _nodes_and_names(profiles: Iterable[Profile]) -> list[NamedNode]:
    nodes = [node for one in profiles for node in (one.node, one.name_node) if node is not None]
    return list(dict.fromkeys(nodes))
