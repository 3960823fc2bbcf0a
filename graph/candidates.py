"""Which texts have to be compared: those that have a key in common. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.int64]
Numbers = NDArray[np.int64]

AT_ONCE = 500_000  # common keys of two texts, that are looked at together in some 15 MB
PAIRS = 2000  # that are yielded together


def candidates(
    keys: Sequence[Keys], stored: tuple[Keys, Numbers], at_once: int = AT_ONCE
) -> Iterator[tuple[NDArray[np.int64], Numbers]]:
    """Yield pairs of texts that have a key in common, each pair once, many at a time.

    Args:
        keys: Of each text that comes, some.
        stored: Which of these a text of the store has, and its number, 1 or more. Shapes: (n,), (n,).
        at_once: How many, counted by keys; but all pairs of one text come together.

    Yields:
        The places of those that come, and the numbers of those to compare them with, in the order of numbers:
        of those that come the first has -1, the second -2, and so on. Of two of them the later has its place.
    """
    place = np.repeat(np.arange(len(keys)), [len(one) for one in keys])
    key, number = np.concatenate((stored[0], *keys)), np.concatenate((stored[1], -1 - place))
    order = key.argsort(kind="stable")
    key, number = key[order], number[order]
    is_next = key[1:] == key[:-1]
    is_shared = np.append(is_next, False) | np.append(False, is_next)  # most are nobody else's
    key, number = key[is_shared], number[is_shared]
    place = -1 - number[number < 0]
    first, end = (key.searchsorted(key[number < 0], side) for side in ("left", "right"))
    order = place.argsort(kind="stable")
    place, first, sizes = place[order], first[order], (end - first)[order]
    before = (sizes.cumsum() - sizes)[place.searchsorted(place)]  # the first key of the text
    cuts = np.flatnonzero(np.diff(before // at_once)) + 1
    for part in np.split(np.arange(len(place)), cuts):
        places, numbers = _pairs(place[part], first[part], sizes[part], number, len(keys))
        for start in range(0, len(places), PAIRS):
            yield places[start : start + PAIRS], numbers[start : start + PAIRS]


def _pairs(
    place: NDArray[np.intp], first: NDArray[np.intp], sizes: NDArray[np.intp], number: Numbers, count: int
) -> tuple[NDArray[np.int64], Numbers]:
    """Return places, each with those numbers that the run which begins at ``first`` has, by number.

    Each pair once; no text with itself, nor with one that comes after it.
    """
    at = np.arange(sizes.sum(), dtype=np.int32)
    at += np.repeat((first - sizes.cumsum() + sizes).astype(np.int32), sizes)
    pairs = number[at] + count  # 0 or more
    one = np.repeat(place, sizes)
    is_before = pairs + one >= count
    pairs *= count
    pairs += one  # both in one number, which is quick to sort
    pairs = pairs[is_before]
    pairs.sort()
    pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return pairs % count, pairs // count - count
