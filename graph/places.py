"""Where each entity belongs: the machine's clusters, joined and parted by the reviewers' decisions. Pure.

A cluster is a node. What reviewers called the same joins clusters into groups, and an article's entity that
is different from what its cluster stands for has a node of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property

from pyoxigraph import NamedNode

from graph.decisions import Decisions
from graph.terms import CLASS_LABELS, class_of_canonical

Resolve = Callable[[NamedNode], NamedNode]


class Places:
    """Says which canonical node an entity has."""

    def __init__(self, decisions: Decisions, cluster_of: Resolve = lambda node: node) -> None:
        """Take decisions, and what tells the machine's cluster of the node of a name or a profile."""
        self._decisions = decisions
        self._cluster_of = cluster_of

    def canonical(self, own: NamedNode, cluster: NamedNode | None = None) -> NamedNode:
        """Return the node that stands for an article's entity.

        Args:
            own: The entity's own node.
            cluster: That of its profile, if it can be known in other articles.
        """
        if cluster is None or self._is_grouped(own):
            return self.head(own)
        place = self.head(cluster)
        return own if self._is_apart(own, place) else place

    def head(self, node: NamedNode) -> NamedNode:
        """Return the node that stands for the group that a cluster, or an entity's own node, is in."""
        return self._heads.get(node, node)

    def of_party(self, node: NamedNode) -> NamedNode:
        """Return the node that stands for what reviewers judged by a node."""
        return self.head(self._resolved[node] if node in self._resolved else self._cluster_of(node))

    @cached_property
    def clusters(self) -> set[NamedNode]:
        """All nodes that reviewers' decisions are about, as the machine has them now."""
        return set(self._resolved.values())

    @cached_property
    def _resolved(self) -> dict[NamedNode, NamedNode]:
        parties = self._decisions.parties
        return {node: node if one.is_own else self._cluster_of(node) for node, one in parties.items()}

    @cached_property
    def _heads(self) -> dict[NamedNode, NamedNode]:
        groups: dict[NamedNode, set[NamedNode]] = {}
        for node in self._resolved:
            members = [self._resolved[other] for other in self._decisions.group(node)]
            joined = set[NamedNode]().union(members, *(groups[one] for one in members if one in groups))
            groups.update(dict.fromkeys(joined, joined))
        return {node: min(group, key=self._rank) for node, group in groups.items()}

    def _rank(self, node: NamedNode) -> tuple[bool, bool, bool, str]:
        # A name's node is there as long as anybody bears it, an entity's own goes with its article; what a
        # known thing is called does not depend on articles; and MISC says less than any other type.
        party = self._decisions.parties.get(node)
        kind = CLASS_LABELS[class_of_canonical(node).value]
        is_own = party is not None and party.is_own
        is_known = party is not None and (party.place or "").startswith("known:")
        return is_own, not is_known, kind == "MISC", node.value

    def _is_grouped(self, own: NamedNode) -> bool:
        return len(self._decisions.group(own)) > 1

    def _is_apart(self, own: NamedNode, place: NamedNode) -> bool:
        return any(self._meets(other, place) for other in self._decisions.linked("different", own))

    def _meets(self, other: NamedNode, place: NamedNode) -> bool:
        party = self._decisions.parties[other]
        if party.is_own and party.place is None and not self._is_grouped(other):
            # Where the other one is depends on what its article tells; so both leave, be it there or not.
            return True
        return self.of_party(other) == place


def moved(before: Places, after: Places, nodes: Iterable[NamedNode]) -> set[NamedNode]:
    """Return the canonical nodes before of those nodes that stand elsewhere after."""
    return {before.head(node) for node in nodes if before.head(node) != after.head(node)}
