"""The network near some entities, or of those that matter most, with sentences of what is kept only.

What load_network (network.py) gives of everything, this gives of a part, as much of it as can be looked at.
Near entities it is read piece by piece, by quad patterns from one entity to the next, never the whole store.
Where no entity is named, all links come from the index (search_index.py); without one, those of the entities
that are mentioned most are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from pyoxigraph import NamedNode, QuerySolution, QuerySolutions, Store

from graph.edge_keys import EdgeKey, Kind
from graph.edges import Edges, Link, Links, Place, link_of
from graph.evidence import ArticlesHere, Told
from graph.held import values
from graph.network import EVIDENCE_SHOWN, Edge, Network, Node, Selection, days_of, sentences_of
from graph.terms import (
    ALT_LABEL,
    ARTICLES,
    CLASS_LABELS,
    IDENTITY,
    LABEL,
    OBJECT,
    PROVENANCE,
    SUBJECT,
    VIEW,
    class_of_canonical,
    ng,
    term,
    value_of,
    version_graph,
    version_of,
)

Spoken = dict[str, tuple[float, str]]  # by article: how much it is about an entity, when it came out

MOST_EDGES = 600
MOST_READ = 3000  # pieces of evidence; so many, and no more entities are looked at
MOST_CONSIDERED = 1000  # entities, where no centre is given: those mentioned most
_BOUNDS = (100, 10)  # of mentions

_ALL_KINDS: frozenset[Kind] = frozenset(("fact", "claim", "about"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which edges are wanted, and how many nodes at most."""

    selection: Selection  # its ``around`` is not looked at: centres are given as entities
    centres: tuple[str, ...] = ()  # IRIs; empty: everywhere
    kinds: frozenset[Kind] = _ALL_KINDS
    predicates: frozenset[str] = frozenset()  # by name; empty: all
    stances: frozenset[str] = frozenset()  # of claims and of what is spoken of; empty: all
    most: int = 60

    def has(self, key: EdgeKey) -> bool:
        is_predicate = not self.predicates or key.predicate in self.predicates
        is_stance = not self.stances or key.kind == "fact" or key.stance in self.stances
        return key.kind in self.kinds and is_predicate and is_stance


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network, and what it is a part of."""

    network: Network
    articles: Sequence[tuple[str, ...]]  # of each edge's sentences, an IRI for each
    found: int  # entities that the conditions hold for, as far as was looked
    is_bounded: bool  # more entities may be so than were looked at
    edges_left_out: int
    predicates: Mapping[str, int] = field(default_factory=dict)  # edges by predicate, whichever are wanted


def load_part(store: Store, wanted: Wanted, every: Links | None = None, *, is_whole: bool = False) -> Part:
    """Return what is near the centres or, without any, what links the entities that matter most.

    Of more nodes than wanted, those with most links to what is nearer the centre are kept; without a centre
    those that most independent texts link to anything, each with one at least that it is linked to.

    Args:
        store: A snapshot.
        wanted: Which part.
        every: The links of the snapshot, of the kinds and days that are wanted; looked at without a centre.
            None: they are read, those of the entities that are mentioned most.
        is_whole: Nodes and edges have all that load_network tells of them; else nodes have neither articles
            nor days, and edges the times of the sentences that they show, which takes a fraction of the time.
    """
    reading = _Reading(store, wanted, is_wide=every is not None and not wanted.centres)
    if wanted.centres:
        kept, found, is_bounded = _near(reading, wanted)
        told = reading.told_among(kept)
    else:
        told, is_bounded = reading.told_most() if every is None else every
        kept, found = _most_told(reading, wanted, told)
        told = {key: places for key, places in told.items() if key.source in kept and key.target in kept}
    edges = reading.wanted(told)
    strongest = _strongest(edges, reading)
    spoken = reading.spoken(kept) if is_whole else {}
    built = [reading.edge(key, edges[key], is_whole=is_whole) for key in sorted(strongest)]
    return Part(
        Network(
            [reading.node(one, spoken.get(one, {})) for one in sorted(kept)], [edge for edge, _ in built]
        ),
        [articles for _, articles in built],
        found,
        is_bounded,
        len(edges) - len(strongest),
        Counter(key.predicate for key in told if key.kind in wanted.kinds),
    )


def _strongest(edges: Edges, reading: _Reading) -> list[EdgeKey]:
    """Return as many edges as are shown: each node's strongest before all others, then those of most texts.

    Where many voices claim something of the same two, each is an edge: each further one counts for less than
    those before it, so that two of whom much is said do not take the room of all.
    """
    weights = {key: reading.weight(places) for key, places in edges.items()}
    ranked = sorted(edges, key=lambda key: (-weights[key], key))
    first, seen, beside = dict[EdgeKey, None](), set[str](), Counter[frozenset[str]]()
    shares = dict[EdgeKey, float]()
    for key in ranked:
        ends = frozenset((key.source, key.target))
        if not ends <= seen:
            first[key] = None
            seen |= ends
        beside[ends] += 1
        shares[key] = weights[key] / beside[ends]
    ranked.sort(key=lambda key: -shares[key])
    return list(dict.fromkeys((*first, *ranked)))[:MOST_EDGES]


def _near(reading: _Reading, wanted: Wanted) -> tuple[set[str], int, bool]:
    """Return the nodes kept, how many there are, and whether there may be more than were looked at."""
    kept, ring = set(wanted.centres), sorted(wanted.centres)
    left_out, is_bounded = set[str](), False
    for _ in range(wanted.selection.depth):
        is_bounded |= bool(left_out)
        strength = Counter[str]()
        for one in ring:
            if one not in wanted.centres and reading.read_so_far > MOST_READ:
                is_bounded = True
                break
            for key, places in reading.wanted(reading.told_at(one)).items():
                other = key.target if key.source == one else key.source
                if other not in kept and reading.is_type(other):
                    strength[other] += reading.weight(places)
        ring = sorted(strength, key=lambda one: (-strength[one], one))[: max(0, wanted.most - len(kept))]
        left_out |= set(strength) - set(ring)
        kept |= set(ring)
    return kept, len(kept | left_out), is_bounded


def _most_told(reading: _Reading, wanted: Wanted, told: Edges) -> tuple[set[str], int]:
    """Return the nodes that are kept of a network, and how many there are."""
    near: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    for key, places in reading.wanted(told).items():
        if reading.is_type(key.source) and reading.is_type(key.target):
            here = {one.article for one in places}
            for one, other in ((key.source, key.target), (key.target, key.source)):
                near[one][other] += len(here)
                articles[one] |= here
    texts = {one: reading.independent(here) for one, here in articles.items()}
    return _linked_first(sorted(texts, key=lambda one: (-texts[one], one)), near, wanted.most), len(texts)


def _linked_first(ranked: Iterable[str], near: Mapping[str, Mapping[str, int]], most: int) -> set[str]:
    """Return the first nodes, each with one at least that it is linked to."""
    kept = set[str]()
    for one in ranked:
        others = near[one]
        new = {one} - kept
        if new and not kept & set(others):
            new.add(min(others, key=lambda other: (-others[other], other)))
        if len(kept) + len(new) <= most:
            kept |= new
    return kept


class _Reading:
    """Reads entities and their evidence when they are asked for, each once."""

    def __init__(self, store: Store, wanted: Wanted, *, is_wide: bool) -> None:
        self._store, self._wanted, self._is_wide = store, wanted, is_wide
        self._articles = ArticlesHere(store, many=is_wide)
        self._read: dict[str, Link | None] = {}
        self._with: dict[tuple[NamedNode, str], Set[str]] = {}

    @property
    def read_so_far(self) -> int:
        return len(self._read)

    def _by_mentions(self) -> Iterator[str]:
        """Yield all entities, mentioned most first; those mentioned seldom are read last, if ever."""
        for below, least in pairwise((10**9, *_BOUNDS, 0)):
            bounds = f"FILTER(?count >= {least} && ?count < {below})"
            query = f"SELECT ?one ?count {{ GRAPH {VIEW} {{ ?one {ng('mentionCount')} ?count }} {bounds} }}"
            counts = {value_of(one): int(value_of(count)) for one, count in _rows(self._store, query)}
            yield from sorted(counts, key=lambda one: (-counts[one], one))

    def told_most(self) -> Links:
        """Return the edges between the entities mentioned most."""
        starts, ends, between = set[str](), set[str](), set[str]()
        for number, one in enumerate(filter(self.is_type, self._by_mentions())):
            begun, ended = self._evidence_with(SUBJECT, one), self._evidence_with(OBJECT, one)
            starts |= begun
            ends |= ended
            new = (begun & ends) | (ended & starts)
            if number == MOST_CONSIDERED or len(between) + len(new) > MOST_READ:
                return Links(self._told_by(between or new), is_bounded=True)
            between |= new
        return Links(self._told_by(between))

    def is_type(self, entity: str) -> bool:
        types = self._wanted.selection.types
        return not types or CLASS_LABELS[class_of_canonical(NamedNode(entity)).value] in types

    def independent(self, articles: Set[str]) -> int:
        return self._articles.independent(articles)

    def weight(self, places: Sequence[Place]) -> int:
        return self.independent({place.article for place in places})

    def wanted(self, told: Edges) -> Edges:
        """Return the edges that the conditions hold for."""
        least = self._wanted.selection.min_sources
        return {
            key: places
            for key, places in told.items()
            if self._wanted.has(key) and (least == 1 or self.weight(places) >= least)
        }

    def told_at(self, entity: str) -> Edges:
        """Return all edges of an entity, as they are told on the days that are wanted."""
        return self._told_by(self._evidence_with(SUBJECT, entity) | self._evidence_with(OBJECT, entity))

    def told_among(self, entities: set[str]) -> Edges:
        """Return all edges between these entities."""
        starts = {found for one in entities for found in self._evidence_with(SUBJECT, one)}
        return self._told_by(
            starts & {found for one in entities for found in self._evidence_with(OBJECT, one)}
        )

    def spoken(self, entities: Iterable[str]) -> Mapping[str, Spoken]:
        """Return for each entity the articles that speak of it on the days that are wanted."""
        found: defaultdict[str, Spoken] = defaultdict(dict)
        nodes = " ".join(str(NamedNode(one)) for one in entities)
        # Of most of the graph the parts are joined as tables; of little they are looked up for each row.
        query = _who_speaks_of(nodes, join="" if self._is_wide else "LATERAL")
        for entity, article, day, salience in _rows(self._store, query):
            when = "" if day is None else value_of(day)
            if self._wanted.selection.has_day(when):
                here, about = found[value_of(entity)], float(value_of(salience))
                here[value_of(article)] = max((about, when), here.get(value_of(article), (0.0, "")))
        return found

    def node(self, iri: str, spoken: Spoken) -> Node:
        """Return an entity as load_network does."""
        one = NamedNode(iri)
        days = days_of(day for _, day in spoken.values())
        return Node(
            iri,
            min(values(self._store, one, LABEL, VIEW), default=iri),
            CLASS_LABELS[class_of_canonical(one).value],
            sum(map(int, values(self._store, one, ng("mentionCount"), VIEW))),
            len(spoken),
            self._articles.independent(spoken),
            round(sum(spoken[article][0] for article in sorted(spoken)), 3),
            tuple(sorted(values(self._store, one, ALT_LABEL, VIEW))),
            *((days[0], days[-1]) if days else ("", "")),
        )

    def edge(self, key: EdgeKey, places: Sequence[Place], *, is_whole: bool) -> tuple[Edge, tuple[str, ...]]:
        """Return an edge as load_network does, and the article of each of its sentences."""
        told = self._told(places)
        times = [self._of(one.evidence, "time") for one in places] if is_whole else [one.time for one in told]
        here = {one.article for one in places}
        sentences = sentences_of(told, self._articles)
        edge = Edge(
            *(key.source, key.target, key.kind, key.predicate, key.stance, key.speaker),
            self._label(key.speaker),
            key.directed,
            self._articles.independent(here),
            len(here),
            days_of(one.day for one in places),
            days_of(times),
            tuple(sentences.values()),
        )
        first = {" ".join(one.sentence.split()): one.article for one in reversed(told)}
        return edge, tuple(first[sentence] for sentence in sentences)

    def _evidence_with(self, predicate: NamedNode, entity: str) -> Set[str]:
        if (predicate, entity) not in self._with:
            query = f"SELECT ?one {{ GRAPH {VIEW} {{ ?one {predicate} {NamedNode(entity)} }} }}"
            self._with[predicate, entity] = {value_of(one) for (one,) in _rows(self._store, query)}
        return self._with[predicate, entity]

    def _told_by(self, evidence: Set[str]) -> Edges:
        found: dict[EdgeKey, list[Place]] = defaultdict(list)
        for one in sorted(evidence):
            if one not in self._read:
                self._read[one] = link_of(self._store, NamedNode(one))
            read = self._read[one]
            if read is not None and self._wanted.selection.has_day(read.place.day):
                found[read.edge].append(read.place)
        return found

    def _told(self, places: Sequence[Place]) -> list[Told]:
        """Return what is told in these places, in order, as far as it is shown."""
        found: list[Told] = []
        for _, here in groupby(sorted(places, key=_order), key=_order):
            found += sorted(map(self._told_in, here), key=lambda one: one.sentence)
            if len({one.sentence for one in found if one.sentence}) >= EVIDENCE_SHOWN:
                break
        return found

    def _told_in(self, place: Place) -> Told:
        sentence, graph = self._of(place.evidence, "sentence"), self._graph(place.evidence)
        words = values(self._store, NamedNode(sentence), term("nif:anchorOf"), graph) if sentence else []
        return Told(place.article, place.day, min(words, default=""), self._of(place.evidence, "time"))

    def _of(self, local: str, name: str) -> str:
        """Return a value of what was read in an article."""
        return min(values(self._store, NamedNode(local), ng(name), self._graph(local)), default="")

    def _graph(self, local: str) -> NamedNode:
        version = version_of(local)
        return version_graph(version[0] if version else "")

    def _label(self, speaker: str) -> str:
        if "/" not in speaker:  # none, or one without a name
            return speaker
        return min(values(self._store, NamedNode(speaker), LABEL, VIEW), default=speaker)


def _who_speaks_of(entities: str, join: str) -> str:
    return f"""
    SELECT ?entity ?article ?day ?salience WHERE {{
      {{ SELECT ?entity ?local WHERE {{
        VALUES ?entity {{ {entities} }}
        LATERAL {{ GRAPH {IDENTITY} {{ ?decision {ng("right")} ?entity }} }}
        LATERAL {{ GRAPH {IDENTITY} {{ ?decision {ng("left")} ?local }} }}
      }} }}
      {join} {{ SELECT ?local ?graph ?salience WHERE {{
        GRAPH ?graph {{ ?local {ng("salience")} ?salience }}
      }} }}
      {join} {{ SELECT ?graph ?article ?day WHERE {{
        GRAPH {PROVENANCE} {{ ?graph {term("prov:wasDerivedFrom")} ?text }}
        LATERAL {{ GRAPH {ARTICLES} {{ ?text {ng("versionOf")} ?article }} }}
        LATERAL {{ OPTIONAL {{ GRAPH {ARTICLES} {{ ?article {term("schema:datePublished")} ?day }} }} }}
      }} }}
    }}"""


def _rows(store: Store, query: str) -> Iterator[QuerySolution]:
    """Yield the rows of a query; of quads, the library would look up all four terms."""
    result = store.query(query)
    if not isinstance(result, QuerySolutions):
        raise TypeError(query)
    yield from result


def _order(place: Place) -> tuple[bool, str, str]:
    return not place.day, place.day, place.article
