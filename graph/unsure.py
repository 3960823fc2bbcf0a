"""What newsgraph is unsure of: pairs of canonical entities, with the evidence. Reads a store, never writes.

For the command line and for whatever else asks people: data out. The decision goes in by graph/review.py,
with the IRIs of the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.held import article_ids, values
from graph.placing import COMPARES, ENTRY, LEFT, Clusters, nodes_of, nodes_with
from graph.profiles import Profile, profile_of_line
from graph.snapshots import Reader
from graph.terms import (
    ALT_LABEL,
    IDENTITY,
    LABEL,
    OBJECT,
    SUBJECT,
    VIEW,
    individual,
    ng,
    shown_iri,
    value_of,
    version_of,
)

MAX_SENTENCES = 3  # of each side


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where an entity is named."""

    text: str
    article: str  # Article.id
    outlet: str | None
    published: str | None  # ISO 8601


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entities, with what is known of it."""

    iri: str  # as review.same and review.different take it
    name: str
    other_names: tuple[str, ...]
    told: tuple[str, ...]  # posts, ties and countries, in words
    mentions: int
    articles: int
    edges: int  # that begin or end at it
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """Two entities that may be one."""

    one: Side
    other: Side
    score: float  # probability that they are
    reason: str
    features: str

    @property
    def weight(self) -> int:
        """How much hangs on it."""
        return sum(side.mentions + side.articles + side.edges for side in (self.one, self.other))


class Pair(NamedTuple):
    """Two entities that may be one, without the evidence."""

    one: NamedNode
    other: NamedNode
    judged: NamedNode  # the decision that leaves it open
    weight: int  # how much hangs on it, as Unsure.weight


def unsure_pairs(reader: Reader, limit: int | None = None) -> list[Unsure]:
    """Return the pairs on which nobody has decided, or so many of them, those first on which most hangs."""
    return [with_evidence(reader, pair) for pair in ranked_pairs(reader)[:limit]]


def ranked_pairs(reader: Reader) -> list[Pair]:
    """Return all of them without the evidence, for which texts have to be read."""
    found: dict[tuple[NamedNode, NamedNode], tuple[NamedNode, float]] = {}
    places, clusters = reader.resolver().places, Clusters(reader.store)
    for judged in nodes_with(reader.store, ng("judgement"), individual("unsure")):
        profiles = nodes_of(reader.store, judged, COMPARES)
        heads = sorted({places.head(clusters.of(node)) for node in profiles}, key=value_of)
        if len(heads) < 2:  # reviewers have joined them
            continue
        [score] = map(float, values(reader.store, judged, ng("score"), IDENTITY))
        nodes = (heads[0], heads[1])
        if nodes not in found or (-score, judged.value) < (-found[nodes][1], found[nodes][0].value):
            found[nodes] = judged, score
    weights = {node: _weight(reader.store, node) for nodes in found for node in nodes}
    pairs = [Pair(*nodes, judged, sum(weights[one] for one in nodes)) for nodes, (judged, _) in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.weight, pair.one.value, pair.other.value))


def with_evidence(reader: Reader, pair: Pair) -> Unsure:
    """Return a pair with all that speaks for and against it."""
    told = [values(reader.store, pair.judged, ng(name), IDENTITY) for name in ("score", "reason", "features")]
    [score], [reason], [features] = told
    return Unsure(_side(reader, pair.one), _side(reader, pair.other), float(score), reason, features)


def _weight(store: Store, node: NamedNode) -> int:
    places = _places(store, nodes_with(store, ng("right"), node))
    return _mentions(store, node) + len({version for version, _ in places}) + _edges(store, node)


def _mentions(store: Store, node: NamedNode) -> int:
    return sum(map(int, values(store, node, ng("mentionCount"), VIEW)))


def _edges(store: Store, node: NamedNode) -> int:
    from_it, to_it = (
        {value_of(quad.subject) for quad in store.quads_for_pattern(None, end, node, VIEW)}
        for end in (SUBJECT, OBJECT)
    )
    return len(from_it | to_it)


def _places(store: Store, decided: Iterable[NamedNode]) -> set[tuple[str, str]]:
    """Return text version and number of the entities that were decided on."""
    entities = (entity for one in decided for entity in nodes_of(store, one, LEFT))
    return {place for one in entities if (place := version_of(one.value)) is not None}


def _side(reader: Reader, node: NamedNode) -> Side:
    store = reader.store
    decided = list(nodes_with(store, ng("right"), node))
    places = sorted(_places(store, decided))
    profiles = {profile for one in decided for profile in nodes_of(store, one, ng("profile"))}
    lines = (line for profile in profiles for line in values(store, profile, ENTRY, IDENTITY))
    return Side(
        shown_iri(node.value),
        next(iter(values(store, node, LABEL, VIEW)), shown_iri(node.value)),
        tuple(sorted(values(store, node, ALT_LABEL, VIEW))),
        tuple(sorted({told for line in lines for told in told_of(profile_of_line(line))})),
        _mentions(store, node),
        len({version for version, _ in places}),
        _edges(store, node),
        tuple(islice(_sentences(reader, places), MAX_SENTENCES)),
    )


def told_of(one: Profile) -> Iterator[str]:
    """Yield what an article tells of a thing, in words: posts, ties, countries, what is known."""
    yield from one.roles
    yield from (f"of {tie}" for tie in one.ties)
    yield from (f"in {country}" for country in one.countries)
    if one.known:
        yield f"the known thing {one.known}"


def _sentences(reader: Reader, places: list[tuple[str, str]]) -> Iterator[Sentence]:
    for version, entity in places:
        for article_id in article_ids(reader.store, version):
            if (kept := reader.kept(article_id)) is None:
                continue
            article, extraction = kept
            named = [one for one in extraction.mentions if one.entity == entity and one.kind == "name"]
            for mention in named[:1]:
                around = [one for one in extraction.sentences if one.start <= mention.start < one.end]
                start, end = around[0] if around else (mention.start, mention.end)
                published = article.published.isoformat() if article.published else None
                words = " ".join(extraction.text[start:end].split())
                yield Sentence(words, article.id, article.publisher, published)
