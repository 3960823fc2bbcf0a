"""Which profiles of a block are one thing: a function of their set and of what reviewers decided. Pure.

Clusters are joined as long as the mean log-odds of all pairs between two of them say that they are the same,
the likeliest first, unless hardly anybody does what both tell. Neither counts nor dates nor the order of
articles play a part.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, combinations
from typing import Literal, NamedTuple

from pyoxigraph import NamedNode

from graph.decisions import Limits
from graph.features import FEATURES, known_clash
from graph.names import known_node
from graph.profiles import Profile
from graph.roles import are_unlike, fields_of
from graph.scoring import Model, Score, log_odds, probability, score
from newsgraph.records import EntityType

MAX_NAMES = 24  # of a block, that are compared
MAX_OF_NAME = 8  # profiles of one name and type
_APART = -1e6  # log-odds of two that must not be together


class Judged(NamedTuple):
    """The machine's decision on two profiles."""

    one: Profile
    other: Profile
    judgement: Literal["same", "different", "unsure"]
    score: float  # 0..1: of the two, or of all pairs between their clusters
    is_kept: bool = False  # apart, by reviewers


Odds = dict[tuple[str, str], float]  # log-odds, by the hashes of two profiles, the lower first


@dataclass(frozen=True)
class Solved:
    """What became of a block."""

    compared: Sequence[Profile]
    clusters: Mapping[NamedNode, NamedNode]  # of each profile compared, and of each of their names: its node
    judged: Sequence[Judged]


def solve(profiles: Iterable[Profile], limits: Limits, model: Model, odds: Odds | None = None) -> Solved:
    """Return the clusters of a block, and the decisions that made them.

    Args:
        profiles: Of the block.
        limits: What reviewers decided.
        model: The weights.
        odds: How pairs of these profiles compare, as far as that was worked out before; it is added to.
    """
    compared = compared_of(profiles, limits)
    block = _Block(compared, limits, model, {} if odds is None else odds)
    clusters = block.clusters()
    homes = _homes(clusters, limits)
    nodes: dict[NamedNode, NamedNode] = {}
    for cluster in clusters:
        node = _cluster_node(cluster, homes, limits)
        nodes.update((one.node, node) for one in cluster)
    names = {one.name_node: one.name_node for one in compared if one.name_node is not None}
    names |= {
        home[0].name_node: nodes[home[0].node] for home in homes.values() if home[0].name_node is not None
    }
    return Solved(compared, {**nodes, **names}, list(block.judged(clusters)))


def compared_of(profiles: Iterable[Profile], limits: Limits) -> list[Profile]:
    """Return those profiles of a block that are compared, by hash.

    Some names, some profiles of each, chosen by hash, and all that reviewers judged. What is passed over for
    some profiles is passed over for more of them, too: it need not be looked at again when one comes.
    """
    everybody = sorted(set(profiles), key=lambda one: one.hash)
    if len(everybody) <= MAX_OF_NAME:
        return everybody
    by_name: defaultdict[tuple[str, EntityType], list[Profile]] = defaultdict(list)
    for one in everybody:
        by_name[one.key, one.type].append(one)
    names = sorted(by_name, key=lambda name: sha256(repr(name).encode("utf-8", "surrogatepass")).digest())
    chosen = set(names[:MAX_NAMES])
    found = set[Profile]()
    for name, some in by_name.items():
        if name in chosen or _is_judged(some[0], limits):
            found.update(some[:MAX_OF_NAME])
        if not limits.are_none:
            found.update(one for one in some if limits.is_judged(one.node))
    return [one for one in everybody if one in found]


class _Block:
    """The profiles that are compared, and how each pair of them does."""

    def __init__(self, profiles: Sequence[Profile], limits: Limits, model: Model, known: Odds) -> None:
        self._profiles = profiles  # by hash
        self._model = model
        self._odds: dict[tuple[int, int], float] = {}
        self._kept: set[tuple[int, int]] = set()  # by reviewers, apart
        for (left, one), (right, other) in combinations(enumerate(profiles), 2):
            if not limits.are_none and not _may_join(one, other, limits):
                self._kept.add((left, right))
                odds = _APART
            elif one.known and known_clash(one, other):
                odds = _APART
            elif (pair := (one.hash, other.hash)) in known:
                odds = known[pair]
            else:
                odds = known[pair] = score(one, other, model).log_odds
            self._odds[left, right] = odds

    def clusters(self) -> list[list[Profile]]:
        return [[self._profiles[number] for number in cluster] for cluster in self._joined()]

    def _joined(self) -> list[list[int]]:
        least = log_odds(self._model.same_from)
        parts = _components(len(self._profiles), [pair for pair, odds in self._odds.items() if odds >= least])
        joined = (self._joined_within(part, least) if len(part) > 1 else [part] for part in parts)
        return sorted(chain.from_iterable(joined))

    def _joined_within(self, part: Sequence[int], least: float) -> Iterator[list[int]]:
        """Join the likeliest two clusters again and again; sums of log-odds are kept, not worked out anew."""
        clusters = {number: [number] for number in part}
        sums = {pair: self._odds[pair] for pair in combinations(part, 2)}
        fields = {number: self._fields([number]) for number in part}
        while sums:
            means = {(x, y): total / (len(clusters[x]) * len(clusters[y])) for (x, y), total in sums.items()}
            likely = (pair for pair, mean in means.items() if mean >= least)
            # One without a post is like both a senator and a striker, and must not make one of them.
            may_join = [(x, y) for x, y in likely if not are_unlike(fields[x], fields[y])]
            if not may_join:
                break
            left, right = max(may_join, key=lambda pair: (means[pair], -pair[0], -pair[1]))
            clusters[left] += clusters.pop(right)
            fields[left] |= fields.pop(right)
            del sums[left, right]
            for other in clusters:
                if other != left:
                    gone = sums.pop((min(right, other), max(right, other)))
                    sums[min(left, other), max(left, other)] += gone
        yield from map(sorted, clusters.values())

    def _fields(self, numbers: Iterable[int]) -> frozenset[str]:
        """Return the fields in which some profiles are, together."""
        return fields_of(role for number in numbers for role in self._profiles[number].roles)

    def judged(self, clusters: Sequence[Sequence[Profile]]) -> Iterator[Judged]:
        """Yield what holds each cluster together, what was nearly joined, what bears one name and was not."""
        numbers = {one.hash: number for number, one in enumerate(self._profiles)}
        groups = [[numbers[one.hash] for one in cluster] for cluster in clusters]
        for group in groups:
            for place, number in enumerate(group[1:], start=1):
                first = max(group[:place], key=lambda other: (self._odds[other, number], -other))
                yield self._judgement(first, number, "same", self._odds[first, number])
        fields = [self._fields(group) for group in groups]
        unsure_above = log_odds(self._model.different_below)
        for (left, its), (right, others) in combinations(zip(groups, fields, strict=True), 2):
            pairs = [(x, y) if x < y else (y, x) for x in left for y in right]
            if len(pairs) > 1 and are_unlike(its, others):  # by those that say so
                pairs = [(x, y) for x, y in pairs if self._fields([x]) and self._fields([y])]
            odds = [self._odds[pair] for pair in pairs]
            mean, most = sum(odds) / len(pairs), max(odds)
            if most > unsure_above and mean > _APART / len(pairs):
                yield self._judgement(*self._likeliest(pairs), "unsure", mean)
            elif any(self._share_name(*pair) for pair in pairs):
                yield self._judgement(*self._likeliest(pairs), "different", mean)

    def _likeliest(self, pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
        return max(pairs, key=lambda pair: (self._odds[pair], -pair[0], -pair[1]))

    def _share_name(self, left: int, right: int) -> bool:
        return self._profiles[left].key == self._profiles[right].key

    def _judgement(
        self, left: int, right: int, judgement: Literal["same", "different", "unsure"], odds: float
    ) -> Judged:
        one, other = self._profiles[left], self._profiles[right]
        return Judged(one, other, judgement, probability(odds), is_kept=(left, right) in self._kept)


def reason_of(told: Score) -> str:
    """Return in words what speaks loudest for and against that two profiles are one thing."""
    words = {feature.name: feature.words for feature in FEATURES}
    parts = {name: value * weight for name, value, weight in told.parts}
    loudest = sorted(parts, key=lambda name: (-abs(parts[name]), name))
    speaks_for = [words[name] for name in loudest if parts[name] > 0][:2]
    against = [words[name] for name in loudest if parts[name] < 0][:2]
    return (
        "; but ".join(" and ".join(some) for some in (speaks_for, against) if some) or "nothing speaks for it"
    )


def _components(number: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the numbers below ``number`` in groups that hang together by links."""
    groups = {one: [one] for one in range(number)}
    for left, right in links:
        if groups[left] is not groups[right]:
            joined = groups[left] + groups[right]
            groups.update(dict.fromkeys(joined, joined))
    return [sorted(group) for one, group in groups.items() if min(group) == one]


def _may_join(one: Profile, other: Profile, limits: Limits) -> bool:
    if limits.are_none:
        return True
    if (_known_node(one, limits) and _is_judged(other, limits)) or (
        _known_node(other, limits) and _is_judged(one, limits)
    ):
        return (
            False  # a known thing is in many blocks: what reviewers decide in one must not reach the others
        )
    return all(limits.may_join(x, y) for x in _nodes_of(one, limits) for y in _nodes_of(other, limits))


def _nodes_of(one: Profile, limits: Limits) -> list[NamedNode]:
    """Return the nodes by which reviewers may have judged a profile."""
    nodes = (one.node, one.name_node if _bears_name(one, limits) else None, _known_node(one, limits))
    return [node for node in nodes if node is not None]


def _bears_name(one: Profile, limits: Limits) -> bool:
    """Tell whether a profile is one of those that its name stands for; a reviewer may have taken it out."""
    return one.name_node is not None and limits.may_join(one.node, one.name_node)


def _known_node(one: Profile, limits: Limits) -> NamedNode | None:
    """Return the node of the known thing that it is; reviewers who judged its name know better."""
    return known_node(one.known, one.type) if one.known and not _is_judged(one, limits) else None


def place_of_name(one: Profile, limits: Limits) -> NamedNode:
    """Return the cluster of a profile that is not compared: that of its name."""
    return _known_node(one, limits) or one.name_node or one.node


def _is_judged(one: Profile, limits: Limits) -> bool:
    return limits.is_judged(one.node) or (one.name_node is not None and limits.is_judged(one.name_node))


def _homes(
    clusters: Sequence[Sequence[Profile]], limits: Limits
) -> dict[tuple[str, EntityType], list[Profile]]:
    """Return, of each name, its profiles in the cluster that has most of them."""
    found: dict[tuple[str, EntityType], list[Profile]] = {}
    for cluster in clusters:
        by_name: defaultdict[tuple[str, EntityType], list[Profile]] = defaultdict(list)
        for one in cluster:
            if _bears_name(one, limits):
                by_name[one.key, one.type].append(one)
        for name, some in by_name.items():
            rank = (-len(some), some[0].hash)
            if name not in found or rank < (-len(found[name]), found[name][0].hash):
                found[name] = some
    return found


def _cluster_node(
    cluster: Sequence[Profile], homes: Mapping[tuple[str, EntityType], Sequence[Profile]], limits: Limits
) -> NamedNode:
    """Return what a cluster is called: as the known thing, or by the name that most of its profiles have."""
    for one in cluster:  # two known things are never one
        if known := _known_node(one, limits):
            return known
    named = [one for one in cluster if _bears_name(one, limits)] or list(cluster)
    counts = Counter((one.key, one.type) for one in named)
    head = min(counts, key=lambda name: (name[1] == "MISC", -counts[name], -len(name[0]), name))
    first = next(one for one in named if (one.key, one.type) == head)
    is_home = head in homes and homes[head][0] == first
    return first.name_node if is_home and first.name_node is not None else first.node
