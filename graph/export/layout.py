"""Where to draw each node, and which nodes belong together. Pure, and the same on every machine.

Communities are Louvain's. A small network is laid out by forces as a whole; of a larger one the communities
are, as if they were nodes, and then each one's members within its circle. All arithmetic is of
operations that IEEE 754 defines to the last bit, so that no processor draws another picture.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MAX_BY_FORCES = 800  # nodes whose forces on each other are all worked out
MAX_PAIRS = 20_000_000  # of nodes within communities; more, and members are laid out in spirals
PULL, HOLD = 1.0, 0.2  # of links, of the middle; the push of two single nodes one apart is 1
ROUNDS, ROUNDS_WITHIN, ROUNDS_APART = 150, 60, 60
ROOM = 12.0  # around a node, for its name
SPACING = 30.0  # between nodes, in the unit of a node's size
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def communities(count: int, links: Sequence[tuple[int, int, float]]) -> list[int]:
    """Return the community of each node, the largest is 0.

    Args:
        count: How many nodes there are.
        links: Pairs of them, each with its weight; direction, and links to itself, do not matter.
    """
    import scipy.sparse as sparse  # with the next line over a second that small commands should not wait for
    from sknetwork.clustering import Louvain

    if not (useful := [(one, other, weight) for one, other, weight in links if one != other and weight > 0]):
        return list(range(count))
    ones, others, weights = zip(*useful, strict=True)
    half = sparse.coo_matrix((np.array(weights, float), (ones, others)), shape=(count, count)).tocsr()
    found = Louvain(random_state=0, shuffle_nodes=False).fit_predict(half + half.T).tolist()
    sizes, first = Counter(found), dict(reversed([(one, place) for place, one in enumerate(found)]))
    ranks = {one: rank for rank, one in enumerate(sorted(sizes, key=lambda one: (-sizes[one], first[one])))}
    return [ranks[one] for one in found]


def positions(
    count: int, links: Sequence[tuple[int, int, float]], community: Sequence[int]
) -> list[tuple[float, float]]:
    """Return a place for each node, none of them twice.

    Args:
        count: How many nodes there are.
        links: As for :func:`communities`.
        community: What that returned.
    """
    if count == 0:
        return []
    pairs = np.array([(one, other) for one, other, _ in links if one != other], np.int64).reshape(-1, 2)
    place = _by_forces(count, pairs) if count <= MAX_BY_FORCES else _by_communities(count, pairs, community)
    place = _scaled(place - place.mean(axis=0), SPACING * math.sqrt(count)) if count > 1 else place
    return [(round(x, 2), round(y, 2)) for x, y in place.tolist()]


def pushed_apart(places: Sequence[tuple[float, float]], sizes: Sequence[float]) -> list[tuple[float, float]]:
    """Return the places with nodes of these sizes, and their names, moved off each other."""
    if len(places) < 2:
        return list(places)
    moved = _apart(np.array(places), np.array(sizes) / 2 + ROOM)
    return [(round(x, 2), round(y, 2)) for x, y in moved.tolist()]


def _by_communities(count: int, pairs: Ints, community: Sequence[int]) -> Floats:
    group = np.array(community, np.int64)
    sizes = np.bincount(group)
    outer = _placed_groups(sizes, group[pairs])
    order = np.argsort(group, kind="stable")
    starts = np.concatenate(([0], np.cumsum(sizes)))
    inner_pairs = pairs[group[pairs[:, 0]] == group[pairs[:, 1]]]
    inner_pairs = inner_pairs[np.argsort(group[inner_pairs[:, 0]], kind="stable")]
    bounds = np.searchsorted(group[inner_pairs[:, 0]], np.arange(len(sizes) + 1))
    has_time = int((np.minimum(sizes, MAX_BY_FORCES + 1) ** 2).sum()) <= MAX_PAIRS
    degree = np.bincount(pairs.ravel(), minlength=count)
    local = np.zeros(count, np.int64)
    place = np.zeros((count, 2))
    for number, size in enumerate(sizes.tolist()):
        members = order[starts[number] : starts[number + 1]]
        local[members] = np.arange(size)
        if has_time and size <= MAX_BY_FORCES:
            mine = local[inner_pairs[bounds[number] : bounds[number + 1]]]
            inner = _by_forces(size, mine, ROUNDS_WITHIN)
        else:  # those with most links in the middle
            members = members[np.argsort(-degree[members], kind="stable")]
            inner = _spiral(size)
        place[members] = outer[number] + _scaled(inner, 0.9 * math.sqrt(size))
    return place


def _placed_groups(sizes: Ints, pairs: Ints) -> Floats:
    """Return the middle of each community's circle, whose radius is the root of its size."""
    many = min(len(sizes), MAX_BY_FORCES)  # the largest come first; the rest, mostly single nodes, lie around
    between = pairs[(pairs < many).all(axis=1) & (pairs[:, 0] != pairs[:, 1])]
    radius = np.sqrt(sizes[:many].astype(float))
    total = math.sqrt(float(sizes[:many].sum()))
    place = _scaled(_by_forces(many, between), 1.5 * total)
    place = _apart(place, radius * 1.1)
    rest = len(sizes) - many
    edge = float(np.sqrt((place**2).sum(axis=1)).max()) + float(radius.max())
    around = _spiral(rest + int(edge * edge))[int(edge * edge) :]  # a spiral's turns are one apart, too
    return np.concatenate((place, around))


def _by_forces(count: int, pairs: Ints, rounds: int = ROUNDS) -> Floats:
    """Return a layout by ForceAtlas2 (Jacomy et al. 2014): links pull, nodes push, the middle holds."""
    place = _spiral(count)
    if count == 1:
        return place
    mass = 1 + np.bincount(pairs.ravel(), minlength=count).astype(float)
    for number in range(rounds):
        pull = (place[pairs[:, 0]] - place[pairs[:, 1]]) * PULL
        step = _pushes(place, mass) - place * HOLD * mass[:, None]
        for axis in (0, 1):
            step[:, axis] -= np.bincount(pairs[:, 0], pull[:, axis], count)
            step[:, axis] += np.bincount(pairs[:, 1], pull[:, axis], count)
        length = np.sqrt((step * step).sum(axis=1)) + 1e-9
        most = 0.1 * math.sqrt(count) * (1 - number / rounds) + 0.01
        place = place + step * (np.minimum(length, most) / length)[:, None]
    return place


def _pushes(place: Floats, mass: Floats) -> Floats:
    across = place[:, 0][:, None] - place[:, 0][None, :]
    along = place[:, 1][:, None] - place[:, 1][None, :]
    strength = mass[:, None] * mass[None, :] / (across * across + along * along + 0.01)
    return np.stack(((across * strength).sum(axis=1), (along * strength).sum(axis=1)), axis=1)


def _apart(place: Floats, radius: Floats) -> Floats:
    """Return the places with circles pushed off each other where they overlap."""
    wanted = radius[:, None] + radius[None, :]
    for _ in range(ROUNDS_APART):
        across = place[:, 0][:, None] - place[:, 0][None, :]
        along = place[:, 1][:, None] - place[:, 1][None, :]
        distance = np.sqrt(across * across + along * along) + 1e-6
        share = np.maximum(wanted - distance, 0) / distance / 2
        np.fill_diagonal(share, 0)
        if not share.any():
            break
        share = np.minimum(share, 1.0)
        place = place + 0.5 * np.stack(((across * share).sum(axis=1), (along * share).sum(axis=1)), axis=1)
    return place


def _spiral(count: int) -> Floats:
    """Return places in the order of a sunflower's seeds, about one for each unit of area."""
    # Rounded, because sine and cosine are not the same to the last bit everywhere.
    turns = [(math.sqrt((n + 0.5) / math.pi), n * _GOLDEN_ANGLE) for n in range(count)]
    return np.array([(round(r * math.cos(a), 6), round(r * math.sin(a), 6)) for r, a in turns]).reshape(-1, 2)


def _scaled(place: Floats, radius: float) -> Floats:
    """Return the places, the farthest of which lies ``radius`` from the origin."""
    farthest = float(np.sqrt((place * place).sum(axis=1)).max())
    return place * (radius / farthest) if farthest > 0 else place
