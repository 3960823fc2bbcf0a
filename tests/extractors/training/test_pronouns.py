"""The fitting of weights, on choices by hand."""

from extractors.training.pronouns import MIN_COUNT, Choice, fitted


def test_what_is_right_more_often_weighs_more():
    choice = Choice((("near",), ("far",), ("none",)), (True, False, False))

    weights = fitted([choice] * (2 * MIN_COUNT))

    assert weights["near"] > 0 > weights["far"]


def test_of_several_right_ones_none_is_pulled_down():
    choice = Choice((("one",), ("two",), ("none",)), (True, True, False))

    weights = fitted([choice] * (2 * MIN_COUNT))

    assert weights["one"] == weights["two"] > 0 > weights["none"]


def test_rare_features_have_no_weight():
    choice = Choice((("near", "seldom"), ("none",)), (True, False))

    weights = fitted([choice] * (MIN_COUNT - 1) + [Choice((("near",), ("none",)), (True, False))] * MIN_COUNT)

    assert "seldom" not in weights
