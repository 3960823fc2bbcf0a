"""Betweenness between two sides, beside networkx, which counts it over all nodes."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.betweenness import between, neighbours

NODES = [f"n{number:02}" for number in range(14)]
ENDS = st.lists(st.sampled_from(NODES), min_size=2, max_size=8, unique=True)


@given(st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), min_size=1, max_size=40), ENDS)
@settings(max_examples=300)
def test_shares_are_those_that_networkx_counts(pairs, ends):
    links = neighbours(pairs)
    sources, targets = ([one for one in part if one in links] for part in (ends[::2], ends[1::2]))
    network = nx.Graph([(one, other) for one, other in pairs if one != other])
    expected = nx.betweenness_centrality_subset(network, sources, targets)

    found = between(links, sources, targets)

    assert {one: found.get(one, 0.0) for one in expected} == pytest.approx(expected)


def test_a_shortest_path_is_shared_by_those_that_lie_on_it_alike():
    links = neighbours([("a", "x"), ("a", "y"), ("x", "b"), ("y", "b"), ("b", "c"), ("c", "a2"), ("a", "a")])

    assert between(links, ["a"], ["b"]) == {"x": 0.25, "y": 0.25}
    assert between(links, ["a"], ["b", "c"]) == {"x": 0.5, "y": 0.5, "b": 0.5}


def test_what_is_not_linked_lies_between_nothing():
    links = neighbours([("a", "b"), ("c", "d")])

    assert between(links, ["a"], ["c"]) == {}
