"""Who lies on the shortest paths from one side of a network to the other. Pure.

Betweenness after Brandes (2001), of paths from sources to targets: a node is worth the share of the
shortest paths of each pair that lead through it. A search ends where it has met all targets, and shares are
told back from these alone, so what lies on no such path costs little or nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

Links = Mapping[str, Collection[str]]  # the neighbours of each node, both ways


def neighbours(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return who is linked with whom, both ways; what is linked with itself alone is not there."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if one != other:
            found[one].add(other)
            found[other].add(one)
    return dict(found)


def between(links: Links, sources: Iterable[str], targets: Collection[str]) -> dict[str, float]:
    """Return half the share of shortest paths through each node that lies on any, summed over all pairs.

    Args:
        links: The network.
        sources: Where paths begin; nodes of it.
        targets: Where they end; no sources.
    """
    shares: Counter[str] = Counter()
    for source in sources:
        shares.update(_shares(links, source, frozenset(targets)))
    return {node: share / 2 for node, share in shares.items()}


def _shares(links: Links, source: str, targets: frozenset[str]) -> dict[str, float]:
    """Return the shares of the paths from one source."""
    far, ways, levels = _searched(links, source, targets)
    shares: defaultdict[str, float] = defaultdict(float)
    for steps in range(len(levels) - 1, 0, -1):
        for node in levels[steps]:
            if node in shares or node in targets:
                a_way = (shares.get(node, 0.0) + (node in targets)) / ways[node]
                for near in links[node]:
                    if far.get(near) == steps - 1:
                        shares[near] += ways[near] * a_way
    shares.pop(source, None)
    return shares


def _searched(
    links: Links, source: str, targets: frozenset[str]
) -> tuple[dict[str, int], dict[str, int], list[list[str]]]:
    """Return how far nodes are, by how many shortest paths, and which are so far, up to the last target.

    So far as the last target is, there are the most nodes; of these only targets are looked at.
    """
    far, ways, levels = {source: 0}, {source: 1}, [[source]]
    missing = set(targets)
    while levels[-1] and missing:
        steps = len(levels)
        met = [node for node in missing if any(far.get(near) == steps - 1 for near in links[node])]
        missing.difference_update(met)
        if missing:
            fresh = _next_level(links, levels[-1], far, ways)
        else:
            fresh = met
            for node in met:
                far[node] = steps
                ways[node] = sum(ways[near] for near in links[node] if far.get(near) == steps - 1)
        levels.append(fresh)
    return far, ways, levels


def _next_level(links: Links, level: list[str], far: dict[str, int], ways: dict[str, int]) -> list[str]:
    """Return what is a step farther than a level, and tell how far and by how many paths."""
    fresh: list[str] = []
    steps = far[level[0]] + 1
    for node in level:
        its = ways[node]
        for near in links[node]:
            if near not in far:
                far[near], ways[near] = steps, its
                fresh.append(near)
            elif far[near] == steps:
                ways[near] += its
    return fresh
