"""Sums worked out by hand: counts, B³, reliability."""

import pytest

from benchmarks.quality.b_cubed import BCubed, b_cubed
from benchmarks.quality.counts import Count, Scores
from benchmarks.quality.reliability import Reliability
from benchmarks.quality.score import spread


def test_f1_is_the_harmonic_mean():
    count = Count()
    count.add(3, predicted=4, gold=6)

    assert (count.precision, count.recall) == (0.75, 0.5)
    assert count.f1 == pytest.approx(0.6)


def test_nothing_found_and_nothing_there_is_zero_and_no_error():
    assert Count().f1 == 0.0


def test_b_cubed_of_the_docstring():
    gold = {"a": "1", "b": "1", "c": "1", "d": "2"}
    found = {"a": "x", "b": "x", "c": "y", "d": "y"}

    sums = b_cubed(gold, found)

    assert sums == BCubed(
        precisions=pytest.approx(3.0), found=4, recalls=pytest.approx(2 / 3 + 2 / 3 + 1 / 3 + 1), gold=4
    )


def test_mentions_of_one_side_count_nothing_for_b_cubed():
    """Gold {a b} {c}, found {a x}: a has 1 of 2 right there and 1 of 2 found; b, c and x have nothing."""
    sums = b_cubed({"a": "1", "b": "1", "c": "2"}, {"a": "e", "x": "e"})

    assert sums == BCubed(precisions=0.5, found=2, recalls=0.5, gold=3)


def test_expected_calibration_error_weighs_bins_by_their_predictions():
    diagram = Reliability()
    for is_right in (True, True, True, False):
        diagram.add(0.95, is_right=is_right)  # accuracy 0.75: off by 0.2
    diagram.add(0.4, is_right=False)  # off by 0.4
    diagram.add(1.0, is_right=True)  # the last bin, with the four

    last = (0.95 * 4 + 1.0) / 5 - 4 / 5
    assert diagram.expected_error == pytest.approx((5 * last + 0.4) / 6)
    assert len(list(diagram.rows())) == 3


def test_shares_and_errors_are_gathered_by_name():
    scores = Scores()
    scores.share("pronouns", is_right=True)
    scores.share("pronouns", is_right=False)
    scores.error("missed", "one")

    assert str(scores.shares["pronouns"]).split() == ["0.500", "(of", "2)"]
    assert scores.errors == {"missed": ["one"]}


def test_samples_are_spread_over_a_list():
    assert spread([str(number) for number in range(10)], 3) == ["0", "3", "6"]
    assert spread(["a"], 3) == ["a"]
