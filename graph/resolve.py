"""Which canonical entity an article's entity is: its profile's cluster, or what reviewers say. Pure.

A single-word name of a person never leaves its article, unless it is that of a known thing, nor does what has
no name at all ("Russian officials", "the drone"); dates and sums are values and no things. What a reviewer
decided goes before all that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pyoxigraph import NamedNode

from graph.clusters import place_of_name
from graph.decisions import Decision, Decisions, Party
from graph.places import Places, Resolve
from graph.profiles import VALUES, Profile, profiles_in
from newsgraph.records import Entity, Extraction

NOTHING_DECIDED = Decisions()


class Unplaced(NamedTuple):
    """An article's entity, as far as it does not depend on other articles who it is."""

    own: str  # IRI of its own node
    profile: str  # that of its profile's node, on which the machine's decisions rest; "": it has none
    reason: str  # of the machine


class Identity(NamedTuple):
    """The canonical entity of an article's entity, with the reason."""

    canonical: NamedNode
    reason: str
    profile: str = ""  # Unplaced.profile
    decisions: tuple[str, ...] = ()  # Decision.id of those that name just this article's entity


class Resolver:
    """Says who is who in an article, given where clusters and reviewers put things."""

    def __init__(self, decisions: Decisions, cluster_of: Resolve | None = None) -> None:
        """Take the decisions in force, and what tells the cluster of a profile's node or a name's.

        Without that, each name is a thing.
        """
        self._knows_clusters = cluster_of is not None
        cluster_of = cluster_of or (lambda node: node)
        self._decisions = decisions
        self._cluster_of = cluster_of
        self.places = Places(decisions, cluster_of)

    def identities(self, extraction: Extraction, version_id: str) -> Mapping[str, Identity]:
        """Return the canonical entity of each entity of the article that is a thing, by Entity.id."""
        profiles = profiles_in(extraction)
        clusters = {name: self._cluster(profile) for name, profile in profiles.items()}
        things = unplaced_in(extraction, version_id, profiles)
        return {name: self._identity(one, clusters.get(name)) for name, one in things.items()}

    def placed(self, things: Mapping[str, Unplaced]) -> Mapping[str, Identity]:
        """Return the same of what :func:`unplaced_in` returned, given where clusters put things."""
        return {
            name: self._identity(one, self._cluster_of(NamedNode(one.profile)) if one.profile else None)
            for name, one in things.items()
        }

    def home_of(self, party: Party) -> NamedNode | None:
        """Return the cluster of the name of an article's entity, if it can be known by its name."""
        return self._cluster_of(party.home) if party.home is not None else None

    def _cluster(self, profile: Profile) -> NamedNode:
        if self._knows_clusters:
            return self._cluster_of(profile.node)
        return place_of_name(profile, self._decisions.limits)

    def _identity(self, one: Unplaced, cluster: NamedNode | None) -> Identity:
        if self._decisions.limits.are_none:  # as in most graphs
            return Identity(NamedNode(one.own) if cluster is None else cluster, one.reason, one.profile)
        own, reason = NamedNode(one.own), one.reason
        about_it = self._decisions.naming(own)
        canonical = self.places.canonical(own, cluster)
        ids = tuple(decision.id for decision in about_it)
        if any(decision.judgement == "same" for decision in about_it):
            reason = f"a reviewer says that it is this one; else: {reason}"
        elif cluster is not None and canonical == own:
            reason = "a reviewer told it from others of its name"
        elif canonical not in (own, cluster):
            reason += "; a reviewer joined all of that name with another"
        return Identity(canonical, reason, one.profile, ids)


NOTHING_KNOWN = Resolver(NOTHING_DECIDED)  # of an article by itself


def parties_of(extraction: Extraction, version_id: str) -> Mapping[str, Party]:
    """Return what a decision on an entity of the article would be about, for each that is a thing."""
    named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
    return {
        entity.id: _party(entity, extraction.id, None if entity.id in named else f"{version_id}#{entity.id}")
        for entity in extraction.entities
        if entity.type not in VALUES and entity.kind != "passing"
    }


def unplaced_in(
    extraction: Extraction, version_id: str, profiles: Mapping[str, Profile]
) -> Mapping[str, Unplaced]:
    """Return each entity of an article that is a thing, by Entity.id."""
    found = {}
    for name, party in parties_of(extraction, version_id).items():
        profile = profiles.get(name)
        node = "" if profile is None else profile.node.value
        found[name] = Unplaced(party.node.value, node, _of_the_machine(party, profile))
    return found


def waiting_decisions(extraction: Extraction, version_id: str, decisions: Decisions) -> list[Decision]:
    """Return the decisions in force on an entity of the article that this text of it does not have."""
    about_it = [node for node, party in decisions.parties.items() if party.article == extraction.id]
    if not about_it:
        return []
    there = {party.node for party in parties_of(extraction, version_id).values()}
    return [one for node in about_it if node not in there for one in decisions.naming(node)]


def _party(entity: Entity, article_id: str, place: str | None) -> Party:
    return Party(entity.name, entity.type, article_id, place)


def _of_the_machine(party: Party, profile: Profile | None) -> str:
    if profile is not None and profile.known:
        return f"the known thing {profile.known!r}"
    if party.place is not None:
        return "has no name: stays in its article"
    if profile is None:
        return "one word is not enough to know a person by: stays in its article"
    return f"by its full name, {profile.key!r}, and what is told of it"
