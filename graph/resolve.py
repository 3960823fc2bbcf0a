"""Which canonical entity an article's entity is: the simplest safe merge, or what reviewers say. Pure.

Same type and same normalised full name are one thing. A single-word name of a person never leaves its
article, nor does what has no name at all ("Russian officials", "the drone"); dates and sums are values and no
things. What a reviewer decided goes before all that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.decisions import Decision, Decisions, Party
from graph.names import name_key
from newsgraph.records import Entity, Extraction

VALUES = frozenset({"DATE", "MONEY"})
NOTHING_DECIDED = Decisions()


@dataclass(frozen=True, slots=True)
class Identity:
    """The canonical entity of an article's entity, with the reason."""

    canonical: NamedNode
    reason: str
    score: float  # 0..1
    decisions: tuple[str, ...] = ()  # Decision.id of those that name just this article's entity


def identities(
    extraction: Extraction, version_id: str, decisions: Decisions = NOTHING_DECIDED
) -> Mapping[str, Identity]:
    """Return the canonical entity of each entity of the article that is a thing, by Entity.id."""
    return {name: _identity(party, decisions) for name, party in parties_of(extraction, version_id).items()}


def parties_of(extraction: Extraction, version_id: str) -> Mapping[str, Party]:
    """Return what a decision on an entity of the article would be about, for each that is a thing."""
    named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
    return {
        entity.id: _party(entity, extraction.id, None if entity.id in named else f"{version_id}#{entity.id}")
        for entity in extraction.entities
        if entity.type not in VALUES
    }


def waiting_decisions(extraction: Extraction, version_id: str, decisions: Decisions) -> list[Decision]:
    """Return the decisions in force on an entity of the article that this text of it does not have."""
    about_it = [node for node, party in decisions.parties.items() if party.article == extraction.id]
    if not about_it:
        return []
    there = {party.node for party in parties_of(extraction, version_id).values()}
    return [one for node in about_it if node not in there for one in decisions.naming(node)]


def _party(entity: Entity, article_id: str, place: str | None) -> Party:
    return Party(entity.name, entity.type, article_id, place)


def _identity(party: Party, decisions: Decisions) -> Identity:
    own, home = party.node, party.home
    canonical, about_it = decisions.canonical(own, home), decisions.naming(own)
    ids = tuple(one.id for one in about_it)
    reason, score = _of_the_machine(party)
    if any(one.judgement == "same" for one in about_it):
        return Identity(canonical, f"a reviewer says that it is this one; else: {reason}", 1.0, ids)
    if home is not None and canonical == own:
        return Identity(canonical, "a reviewer told it from others of its name", 1.0, ids)
    if canonical not in (own, home):
        reason += "; a reviewer joined all of that name with another"
    return Identity(canonical, reason, score, ids)


def _of_the_machine(party: Party) -> tuple[str, float]:
    if party.place is not None:
        return "has no name: stays in its article", 1.0
    if party.home is None:
        return "one word is not enough to know a person by: stays in its article", 1.0
    return f"same type and same full name, {name_key(party.name, party.type)!r}", 0.9
