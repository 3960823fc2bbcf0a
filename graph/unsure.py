"""What newsgraph is unsure of: pairs of canonical entities, with the evidence. Reads a store, never writes.

For the command line and for whatever else asks people: data out. The decision goes in by graph/review.py,
with the IRIs of the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from graph.held import article_ids, values
from graph.placing import COMPARES, ENTRY, LEFT, Clusters, nodes_of, nodes_with
from graph.profiles import Profile, profile_of_line
from graph.store import Reader
from graph.terms import (
    ALT_LABEL,
    IDENTITY,
    LABEL,
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
    edges: int
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


def unsure_pairs(reader: Reader) -> list[Unsure]:
    """Return the pairs on which nobody has decided, those first on which most hangs."""
    found: dict[tuple[NamedNode, NamedNode], tuple[NamedNode, float]] = {}
    places, clusters = reader.resolver().places, Clusters(reader.store)
    for judged in nodes_with(reader.store, ng("judgement"), individual("unsure")):
        profiles = nodes_of(reader.store, judged, COMPARES)
        heads = sorted({places.head(clusters.of(node)) for node in profiles}, key=value_of)
        if len(heads) < 2:  # reviewers have joined them
            continue
        [score] = map(float, values(reader.store, judged, ng("score"), IDENTITY))
        pair = (heads[0], heads[1])
        if pair not in found or (-score, judged.value) < (-found[pair][1], found[pair][0].value):
            found[pair] = judged, score
    pairs = [_unsure(reader, pair, judged) for pair, (judged, _) in found.items()]
    return sorted(pairs, key=lambda one: (-one.weight, one.one.iri, one.other.iri))


def _unsure(reader: Reader, pair: tuple[NamedNode, NamedNode], judged: NamedNode) -> Unsure:
    [score] = values(reader.store, judged, ng("score"), IDENTITY)
    [reason] = values(reader.store, judged, ng("reason"), IDENTITY)
    [features] = values(reader.store, judged, ng("features"), IDENTITY)
    return Unsure(_side(reader, pair[0]), _side(reader, pair[1]), float(score), reason, features)


def _side(reader: Reader, node: NamedNode) -> Side:
    store = reader.store
    decided = list(nodes_with(store, ng("right"), node))
    entities = [entity for one in decided for entity in nodes_of(store, one, LEFT)]
    places = sorted({place for one in entities if (place := version_of(one.value)) is not None})
    profiles = {profile for one in decided for profile in nodes_of(store, one, ng("profile"))}
    lines = (line for profile in profiles for line in values(store, profile, ENTRY, IDENTITY))
    edges = list(store.quads_for_pattern(None, SUBJECT, node, VIEW))
    return Side(
        shown_iri(node.value),
        next(iter(values(store, node, LABEL, VIEW)), shown_iri(node.value)),
        tuple(sorted(values(store, node, ALT_LABEL, VIEW))),
        tuple(sorted({told for line in lines for told in told_of(profile_of_line(line))})),
        sum(map(int, values(store, node, ng("mentionCount"), VIEW))),
        len({version for version, _ in places}),
        len(edges),
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
