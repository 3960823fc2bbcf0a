"""Who an entity is held to be, by newsgraph and by reviewers, with the reasons. Reads a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.decisions import Decision, Party
from graph.held import first_value, values
from graph.places import Places
from graph.placing import ENTRY, LEFT, PROFILE, Clusters, nodes_of, nodes_with, profiles_at
from graph.profiles import profile_of_line
from graph.resolve import Resolver
from graph.snapshots import Reader
from graph.terms import IDENTITY, LABEL, ng, version_graph, version_of
from graph.unsure import told_of
from graph.views.statements import Asked, Rows, Statements, Thing, page_of, plain_word
from newsgraph.errors import UnknownThingError

_JUDGED = """GRAPH g:identity {
  ?profile ng:cluster $it . ?node ng:compares ?profile , ?other ; ng:judgement ?judgement ; ng:score ?score
  FILTER(?profile != ?other)
}"""
_ORDER = ("unsure", "same", "different")


@dataclass(frozen=True, slots=True)
class Side:
    """One of two profiles that were compared."""

    thing: Thing  # what it is now
    name: str  # as an article writes it
    told: tuple[str, ...]  # what tells it from others, in words


@dataclass(frozen=True, slots=True)
class MachineDecision:
    """What newsgraph decided on two profiles."""

    judgement: str  # "same", "different", "unsure"
    score: float  # probability that they are one
    reason: str
    features: str
    by: str  # version, weights, and of which day these are
    one: Side  # of this entity
    other: Side
    is_apart: bool  # the two are two things now


@dataclass(frozen=True, slots=True)
class ReviewerDecision:
    """What a reviewer decided that names this entity."""

    id: str
    judgement: str  # "same", "different"
    one: str  # in words
    other: str
    things: tuple[Thing, ...]  # what the two are now, if the graph has them
    reason: str
    by: str
    at: str  # ISO 8601
    revoked_by: str
    revoked_at: str
    status: str  # "in force", "taken back", "contradicted"


@dataclass(frozen=True, slots=True)
class Decided:
    """All that was decided on an entity."""

    reviewers: tuple[ReviewerDecision, ...]  # the newest first
    machine: Rows[MachineDecision]


def now(statements: Statements, places: Places, node: NamedNode) -> Thing | None:
    """Return what stands for a node now that decisions were made, if the view shows it."""
    try:
        return statements.thing(places.head(node).value)
    except UnknownThingError:  # of an article that is not in the graph, or not in that text
        return None


class Held:
    """What an entity is held to be."""

    def __init__(self, reader: Reader, iri: NamedNode, statements: Statements) -> None:
        """Look it up."""
        self._store, self._iri, self._statements = reader.store, iri, statements
        self._decisions = reader.decisions()
        self._clusters = Clusters(reader.store)
        self._resolver = Resolver(self._decisions, self._clusters.of)
        nodes = {self._clusters.of(one) for one in (iri, *self._decisions.group(iri))}
        self._nodes = sorted(nodes, key=lambda one: one.value)
        self._judged = self._all_judged()
        self._reviewed = [one for one in self._decisions.by_id.values() if self._is_about_it(one)]

    @property
    def count(self) -> int:
        return len(self._judged) + len(self._reviewed)

    def known(self) -> list[str]:
        """Return the keys of the known things that it is."""
        profiles = (one for node in self._nodes for one in profiles_at(self._store, node))
        return sorted({one.known for one in profiles if one.known})

    def decided(self, page: int, size: int) -> Decided:
        """Return what was decided: all of reviewers, a page of newsgraph's own."""
        newest = sorted(self._reviewed, key=lambda one: (one.at, one.id), reverse=True)
        machine = page_of(self._judged, self._machine, page, size)
        return Decided(tuple(map(self._reviewer, newest)), machine)

    def _all_judged(self) -> list[tuple[str, ...]]:
        """Return what newsgraph decided: the unsure, the weakest joins, the nearest that it parted."""
        found = {
            row[0]: row
            for node in self._nodes
            for row in Asked(self._store, node.value).rows(_JUDGED, "?node ?judgement ?score ?profile ?other")
        }

        def rank(row: tuple[str, ...]) -> tuple[int, float, str]:
            judgement, score = plain_word(row[1]), float(row[2])
            return _ORDER.index(judgement), score if judgement == "same" else -score, row[0]

        return sorted(found.values(), key=rank)

    def _machine(self, node: str, judgement: str, score: str, profile: str, other: str) -> MachineDecision:
        one, another = self._side(NamedNode(profile)), self._side(NamedNode(other))
        reason, features, by = (
            first_value(self._store, NamedNode(node), ng(name), IDENTITY)
            for name in ("reason", "features", "decidedBy")
        )
        told = (reason, features, by, one, another, one.thing != another.thing)
        return MachineDecision(plain_word(judgement), float(score), *told)

    def _side(self, profile: NamedNode) -> Side:
        """Return a profile by the name that an article gives it."""
        line = next(iter(values(self._store, profile, ENTRY, IDENTITY)))
        told = profile_of_line(line)
        return Side(
            self._now(self._clusters.of(profile)) or Thing("", told.key),
            self._written(profile) or told.key,
            tuple(told_of(told)),
        )

    def _written(self, profile: NamedNode) -> str:
        for placed in nodes_with(self._store, PROFILE, profile):
            for local in nodes_of(self._store, placed, LEFT):
                if place := version_of(local.value):
                    return first_value(self._store, local, LABEL, version_graph(place[0]))
        return ""

    def _now(self, node: NamedNode) -> Thing | None:
        return now(self._statements, self._resolver.places, node)

    def _is_about_it(self, decision: Decision) -> bool:
        return any(self._iri in self._places_of(party) for party in (decision.one, decision.other))

    def _places_of(self, party: Party) -> Iterator[NamedNode]:
        yield party.node
        yield self._resolver.places.of_party(party.node)
        if (home := self._resolver.home_of(party)) is not None:
            yield self._resolver.places.head(home)

    def _reviewer(self, one: Decision) -> ReviewerDecision:
        revoked = self._decisions.revoked.get(one.id)
        is_contradicted = one in self._decisions.contradicted
        now = (self._now(self._resolver.places.of_party(party.node)) for party in (one.one, one.other))
        return ReviewerDecision(
            one.id,
            one.judgement,
            str(one.one),
            str(one.other),
            tuple(dict.fromkeys(thing for thing in now if thing is not None)),
            one.reason,
            one.by,
            one.at.isoformat(),
            revoked.by if revoked else "",
            revoked.at.isoformat() if revoked else "",
            "taken back" if revoked else "contradicted" if is_contradicted else "in force",
        )
