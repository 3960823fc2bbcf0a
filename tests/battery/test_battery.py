"""The battery and its fresh passages hold what README.md promises."""

from collections import Counter
from pathlib import Path

import pytest

from newsgraph.vocabulary import load_vocabulary
from tests.challenge.passages import load_passages

HERE = Path(__file__).parent
SETS = {name: load_passages(HERE / name) for name in ("passages", "fresh")}
ALL = [one for passages in SETS.values() for one in passages]


def is_trap(passage):
    return any(not one.is_fact for one in passage.relations) or not passage.relations


def test_there_are_three_hundred_and_half_of_them_are_traps():
    passages = SETS["passages"]

    assert len(passages) >= 300
    assert sum(is_trap(one) for one in passages) >= len(passages) / 2


def test_no_two_have_one_id():
    assert [name for name, count in Counter(one.id for one in ALL).items() if count > 1] == []


def test_no_two_have_one_text():
    assert len({one.text.strip() for one in ALL}) == len(ALL)


@pytest.mark.parametrize("passage", ALL, ids=lambda one: one.id)
def test_a_passage_is_judged_in_whole_and_by_the_vocabulary(passage):
    assert passage.attributions is not None
    assert {one.predicate for one in passage.relations} <= set(load_vocabulary())
