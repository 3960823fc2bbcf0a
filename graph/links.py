"""Which thing each named entity of an article is taken for, and what became of that in another reading.

Entities are compared by what the article calls them: their numbers are those of one reading. What has no name
stays in its article, whatever is read, and is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.held import decisions_on, values
from graph.profiles import VALUES
from graph.terms import LABEL, VIEW, ng, shown_iri, value_of
from newsgraph.records import EntityType, Extraction


@dataclass(frozen=True, slots=True)
class Link:
    """What a named entity of an article is taken for."""

    name: str  # as the article calls it
    type: EntityType
    iri: str  # of the canonical entity, as a query shows it
    thing: str  # what that is called
    known: str  # the key of the known thing that it is; "" for none


class Relinked(NamedTuple):
    """An entity that another reading takes for another thing."""

    before: Link
    after: Link


class Regrouped(NamedTuple):
    """Things that are one thing in another reading: or, the other way round, one that is several."""

    one: Link
    others: tuple[Link, ...]  # two or more, one of which may be the one itself


def links_in(store: Store, extraction: Extraction, version_id: str) -> tuple[Link, ...]:
    """Return what a store takes the named entities of a text version for, in the order of the extraction."""
    named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
    entities = {one.id: one for one in extraction.entities if one.id in named and one.type not in VALUES}
    links = []
    for entity_id, quads in decisions_on(store, version_id, entities):
        one = entities[entity_id]
        canonical = NamedNode(next(value_of(quad.object) for quad in quads if quad.predicate == ng("right")))
        labels = values(store, canonical, LABEL, VIEW)
        links.append(
            Link(one.name, one.type, shown_iri(canonical.value), labels[0] if labels else one.name, one.known)
        )
    return tuple(links)


def matched(old: Iterable[Link], new: Iterable[Link]) -> Iterator[Relinked]:
    """Yield each entity that both readings have by the same name, changed or not."""
    left: defaultdict[str, list[Link]] = defaultdict(list)
    for one in new:
        left[_key(one)].append(one)
    waiting = []
    for one in old:  # several of one name: those that are still the same thing first
        if same := next((it for it in left[_key(one)] if _is_same(one, it)), None):
            left[_key(one)].remove(same)
            yield Relinked(one, same)
        else:
            waiting.append(one)
    for one in waiting:
        if others := left[_key(one)]:
            yield Relinked(one, others.pop(0))


def is_changed(pair: Relinked) -> bool:
    """Tell whether an entity is taken for another thing."""
    return not _is_same(*pair)


class Regrouping:
    """Finds out which things became one, and which one became several, from entity after entity."""

    def __init__(self) -> None:
        self._things: dict[str, Link] = {}
        self._after: defaultdict[str, set[str]] = defaultdict(set)
        self._before: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, pair: Relinked) -> None:
        before, after = pair
        self._things.setdefault(before.iri, before)
        self._things[after.iri] = after
        self._after[before.iri].add(after.iri)
        self._before[after.iri].add(before.iri)

    def joined(self) -> list[Regrouped]:
        """Return what is one thing after and was several before."""
        return self._several(self._before)

    def parted(self) -> list[Regrouped]:
        """Return what was one thing before and is several after."""
        return self._several(self._after)

    def _several(self, groups: dict[str, set[str]]) -> list[Regrouped]:
        return [
            Regrouped(self._things[one], tuple(self._things[other] for other in sorted(others)))
            for one, others in sorted(groups.items())
            if len(others) > 1
        ]


def _is_same(one: Link, other: Link) -> bool:
    return (one.iri, one.known) == (other.iri, other.known)


def _key(one: Link) -> str:
    return " ".join(one.name.casefold().split())
