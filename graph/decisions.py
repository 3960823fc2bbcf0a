"""What reviewers decided on identity, and what is in force of it. Pure: no store, no file, no clock.

*Same* joins nodes into groups. *Different* keeps two nodes apart for good. Only the set of decisions in force
counts, not the order of decisions or of articles. What is to be decided must not contradict what is in force:
Decisions.in_the_way. Where that puts each entity: places.py.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal, TypeAlias

from pyoxigraph import NamedNode

from graph.names import known_node, name_key, name_node, nameless_node, own_node, profile_node
from newsgraph.errors import DecisionError
from newsgraph.records import EntityType

Judgement = Literal["same", "different"]


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a decision: all that bear a name or, with ``article``, one article's entity.

    It holds names, not nodes, so that it is found again when names are made comparable in another way.
    """

    name: str
    type: EntityType
    article: str | None = None  # Article.id
    # What tells it from others where the name does not: of what has no name "VERSION#ENTITY", which no other
    # text knows; of one of several things of a name "profile:HASH"; of a thing of the gazetteer "known:KEY".
    place: str | None = None

    @property
    def node(self) -> NamedNode:
        if self.place is not None:
            return _node_of_place(self)
        if self.article is not None:
            return own_node(self.name, self.type, self.article)
        node = name_node(self.name, self.type)
        # What other articles could not know by this name has no node there; only hand-made entries say so.
        return node if node is not None else own_node(self.name, self.type, "")

    @property
    def home(self) -> NamedNode | None:
        """The node of its name, where an article's entity would be by its name alone; None: its own."""
        if self.article is None or self.place is not None:
            return None
        return name_node(self.name, self.type)

    @property
    def is_own(self) -> bool:
        """Whether it is one entity of one text or article, and not all that bear a name."""
        return self.article is not None

    def __str__(self) -> str:
        return f"{self.name} ({self.type})" + (f" of {self.article}" if self.article is not None else "")


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's judgement on two nodes."""

    judgement: Judgement
    one: Party
    other: Party
    by: str
    at: datetime  # aware, UTC
    reason: str

    @property
    def id(self) -> str:
        key = (self.judgement, repr(self.one), repr(self.other), self.by, self.at.isoformat(), self.reason)
        return f"decision-{sha256(chr(0).join(key).encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def __str__(self) -> str:
        return f"{self.one} is {'' if self.judgement == 'same' else 'not '}{self.other}"


@dataclass(frozen=True, slots=True)
class Revocation:
    """A reviewer takes a decision back; it stays on record."""

    undo: str  # Decision.id
    by: str
    at: datetime  # aware, UTC


Entry: TypeAlias = Decision | Revocation


class Decisions:
    """All that was ever decided, and what is in force. Never changes: see :meth:`followed_by`."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        unique = dict.fromkeys(entries)
        self.entries: tuple[Entry, ...] = tuple(sorted(unique, key=_order))
        self.by_id = {one.id: one for one in self.entries if isinstance(one, Decision)}
        self.revoked = {one.undo: one for one in reversed(self.entries) if isinstance(one, Revocation)}
        self.parties: dict[NamedNode, Party] = {}
        self.contradicted: tuple[Decision, ...] = ()  # not in force: two logs were put together, for example
        self._nodes: dict[str, tuple[NamedNode, NamedNode]] = {}  # of each decision
        self._links: dict[Judgement, dict[NamedNode, list[tuple[NamedNode, Decision]]]] = {
            "same": {},
            "different": {},
        }
        self._groups: dict[NamedNode, list[NamedNode]] = {}  # nodes that are not alone -> all of their group
        for decision in self.by_id.values():
            self._take(decision)

    def followed_by(self, entry: Entry) -> Decisions:
        return Decisions((*self.entries, entry))

    def entries_on(self, decision_ids: Container[str]) -> list[Entry]:
        """Return some decisions and what took them back."""
        return [one for one in self.entries if _decision_id(one) in decision_ids]

    def changed(self, before: Decisions) -> set[str]:
        """Return the ids of the decisions of which something else is true than before."""
        entries = set(self.entries) ^ set(before.entries)
        contradicted = set(self.contradicted) ^ set(before.contradicted)
        return {_decision_id(one) for one in (*entries, *contradicted)}

    def naming(self, node: NamedNode) -> list[Decision]:
        """Return the decisions in force that name a node, oldest first."""
        links = [link for of_node in self._links.values() for link in of_node.get(node, ())]
        return sorted({decision.id: decision for _, decision in links}.values(), key=_order)

    def standing(self, judgement: Judgement, one: Party, other: Party) -> Decision | None:
        """Return the decision in force that already says just so."""
        nodes = {one.node, other.node}
        found = (one for one in self._in_force() if one.judgement == judgement)
        return next((one for one in found if set(self._nodes[one.id]) == nodes), None)

    def in_the_way(self, judgement: Judgement, one: Party, other: Party) -> list[Decision]:
        """Return the decisions in force that a new one would contradict."""
        return self._against(judgement, one.node, other.node)

    def check(self, entry: Entry) -> None:
        """Say why an entry cannot be made, if so.

        Raises:
            DecisionError: With the decisions that are in the way, or that there is nothing to take back.
        """
        if isinstance(entry, Revocation):
            self._check_revocation(entry)
        elif entry.one.node == entry.other.node:
            raise DecisionError(f"{entry.one} and {entry.other} are one and the same name: nothing to decide")
        elif against := self.in_the_way(entry.judgement, entry.one, entry.other):
            told = "; ".join(f"{one.id} ({one}; {one.by}, {one.at:%Y-%m-%d})" for one in against)
            mend = f"'newsgraph undo {against[0].id}' takes it back"
            raise DecisionError(f"that {entry} contradicts what was decided before: {told}; {mend}")

    def _check_revocation(self, entry: Revocation) -> None:
        if entry.undo not in self.by_id:
            mend = "'newsgraph query reviewer_decisions' lists them"
            raise DecisionError(f"there is no decision {entry.undo}; {mend}")
        if first := self.revoked.get(entry.undo):
            raise DecisionError(f"{entry.undo} was taken back before, by {first.by} on {first.at:%Y-%m-%d}")

    def _take(self, decision: Decision) -> None:
        nodes = (decision.one.node, decision.other.node)
        self._nodes[decision.id] = nodes
        self.parties.update(zip(nodes, (decision.one, decision.other), strict=True))
        if decision.id in self.revoked:
            return
        if nodes[0] == nodes[1] or self._against(decision.judgement, *nodes):
            self.contradicted = (*self.contradicted, decision)
            return
        for node, other in (nodes, reversed(nodes)):
            self._links[decision.judgement].setdefault(node, []).append((other, decision))
        if decision.judgement == "same" and self._group(nodes[0]) is not self._groups.get(nodes[1]):
            joined = [*self._group(nodes[0]), *self._group(nodes[1])]
            self._groups.update(dict.fromkeys(joined, joined))

    def _against(self, judgement: Judgement, left: NamedNode, right: NamedNode) -> list[Decision]:
        if judgement == "different":
            return self._path(left, right)
        return self._between(self._group(left), self._group(right))

    @cached_property
    def limits(self) -> Limits:
        """What the machine must keep to."""
        return Limits(self)

    def group(self, node: NamedNode) -> Sequence[NamedNode]:
        """Return all nodes that are one with a node by reviewers' decisions, itself too."""
        return self._groups.get(node, [node])

    def linked(self, judgement: Judgement, node: NamedNode) -> Iterator[NamedNode]:
        """Yield what a decision in force calls the same as a node, or different from it."""
        return (other for other, _ in self._links[judgement].get(node, ()))

    def between(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether decisions in force keep two nodes apart."""
        return bool(self._between(self._group(one), self._group(other)))

    def _in_force(self) -> Iterator[Decision]:
        idle = {*self.revoked, *(one.id for one in self.contradicted)}
        return (one for name, one in self.by_id.items() if name not in idle)

    def _group(self, node: NamedNode) -> list[NamedNode]:
        return self._groups.get(node, [node])

    def _between(self, left: list[NamedNode], right: list[NamedNode]) -> list[Decision]:
        """Return the decisions that keep two groups apart."""
        there = set(right)
        links = (link for node in left for link in self._links["different"].get(node, ()))
        return sorted({one.id: one for other, one in links if other in there}.values(), key=_order)

    def _path(self, left: NamedNode, right: NamedNode) -> list[Decision]:
        """Return the shortest chain of decisions by which two nodes are one; none if they are not."""
        chains: dict[NamedNode, list[Decision]] = {left: []}
        waiting = deque([left])
        while waiting and right not in chains:
            node = waiting.popleft()
            for other, decision in self._links["same"].get(node, ()):
                if other not in chains:
                    chains[other] = [*chains[node], decision]
                    waiting.append(other)
        return chains.get(right, [])


class Limits:
    """What the machine may join, given the decisions of reviewers, who may judge blocks that it sees apart.

    Two nodes that are kept apart must not become one by a chain of joins, some of the machine's and some of
    reviewers. Such a chain can only begin with a join of a node that is kept apart from something, to one
    that reviewers joined with others: so those two are not joined, whatever they are.
    """

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions
        self.are_none = not decisions.by_id

    def may_join(self, one: NamedNode, other: NamedNode) -> bool:
        """Tell whether the machine may make two nodes one."""
        if self.are_none or not (self.is_judged(one) and self.is_judged(other)):
            return True
        left, right = self._decisions.group(one), self._decisions.group(other)
        if left is right or one == other:
            return True
        if self._decisions.between(one, other):
            return False
        return not (
            (len(left) > 1 and self._is_kept_apart(right)) or (len(right) > 1 and self._is_kept_apart(left))
        )

    def is_judged(self, node: NamedNode) -> bool:
        """Tell whether a decision in force says with what a node is one, or from what it is kept apart."""
        return len(self._decisions.group(node)) > 1 or self._is_kept_apart([node])

    def _is_kept_apart(self, group: Sequence[NamedNode]) -> bool:
        return any(
            len(self._decisions.group(other)) > 1 or not self._decisions.parties[other].is_own
            for node in group
            for other in self._decisions.linked("different", node)
        )  # an article's entity that is in no group gives way by itself: places.py


def _node_of_place(party: Party) -> NamedNode:
    kind, colon, rest = (party.place or "").partition(":")
    if colon and kind == "known":
        return known_node(rest, party.type)
    if colon and kind == "profile":
        return profile_node(name_key(party.name, party.type), party.type, rest)
    return nameless_node(party.type, party.place or "")


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.at, _decision_id(entry)


def _decision_id(entry: Entry) -> str:
    return entry.id if isinstance(entry, Decision) else entry.undo
