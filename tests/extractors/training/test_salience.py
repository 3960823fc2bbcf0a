"""The fitting of weights, on examples by hand."""

import math

import pytest

from extractors.training.salience import fitted


def test_the_share_of_summaries_comes_back_as_a_probability():
    often, seldom = ({"always": 1.0, "early": 1.0}, 0.8), ({"always": 1.0}, 0.2)

    weights = fitted([often, seldom] * 500)

    sigmoid = lambda score: 1 / (1 + math.exp(-score))  # noqa: E731
    assert sigmoid(weights["always"]) == pytest.approx(0.2, abs=0.01)
    assert sigmoid(weights["always"] + weights["early"]) == pytest.approx(0.8, abs=0.01)


def test_what_never_matters_weighs_nothing():
    examples = [({"always": 1.0, "odd": float(number % 2)}, 0.5) for number in range(40)]

    assert fitted(examples)["odd"] == pytest.approx(0.0, abs=1e-6)
