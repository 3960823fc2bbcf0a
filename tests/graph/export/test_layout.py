"""Places and communities: the same every time, none twice, neighbours near."""

import os
import subprocess
import sys
from math import dist
from pathlib import Path
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.export.layout import MAX_BY_FORCES, communities, positions

ROOT = Path(__file__).parents[3]
MADE = "from benchmarks.export.__main__ import made_links; links = list(made_links(300, 900)); "
LAID_OUT = "from graph.export.layout import *; print(positions(300, links, communities(300, links)))"


def cliques(number, size):
    """Return links of so many groups, each of which is linked to the next by one."""
    for group in range(number):
        first = group * size
        yield from ((first + one, first + other, 1.0) for one in range(size) for other in range(one))
        yield first, (first + size) % (number * size), 1.0


@pytest.mark.parametrize(("number", "size"), [(4, 12), (30, 40)])
def test_groups_are_communities_and_lie_together(number, size):
    links, count = list(cliques(number, size)), number * size
    found = communities(count, links)
    place = positions(count, links, found)

    groups = [set(found[n * size : (n + 1) * size]) for n in range(number)]
    assert all(len(group) == 1 for group in groups)
    within = mean(dist(place[n], place[n + 1]) for n in range(0, count, size))
    apart = mean(dist(place[n], place[(n + count // 2) % count]) for n in range(0, count, size))
    assert within < apart / 2
    assert len(set(place)) == count


def test_neither_hash_seed_nor_run_changes_the_picture():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", MADE + LAID_OUT],
            capture_output=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


@given(
    st.integers(0, 30).flatmap(
        lambda count: st.tuples(
            st.just(count),
            st.lists(st.tuples(*[st.integers(0, max(count - 1, 0))] * 2, st.sampled_from([0.0, 1.0, 7.0])))
            if count
            else st.just([]),
        )
    )
)
def test_every_network_can_be_laid_out(network):
    count, links = network

    found = communities(count, links)
    place = positions(count, links, found)

    assert len(found) == len(place) == len(set(place)) == count
    assert sorted(set(found)) == list(range(len(set(found))))
    assert all(abs(one) < 1e6 for pair in place for one in pair)


def test_many_that_nothing_links_have_places_of_their_own():
    count = MAX_BY_FORCES + 50

    assert len(set(positions(count, [], communities(count, [])))) == count
