"""The fitting of weights, on choices by hand."""

from extractors.pronoun_choice import Candidate
from extractors.training.pronouns import MIN_COUNT, TRUST, Choice, fitted, trusted


def choice_of(features, right, links=None):
    links = links or [0.0] * len(features)
    candidates = tuple(Candidate(None, names, link) for names, link in zip(features, links, strict=True))
    return Choice("male", candidates, right)


def test_what_is_right_more_often_weighs_more():
    choice = choice_of((("near",), ("far",), ("none",)), (True, False, False))

    weights = fitted([choice] * (2 * MIN_COUNT))

    assert weights["near"] > 0 > weights["far"]


def test_of_several_right_ones_none_is_pulled_down():
    choice = choice_of((("one",), ("two",), ("none",)), (True, True, False))

    weights = fitted([choice] * (2 * MIN_COUNT))

    assert weights["one"] == weights["two"] > 0 > weights["none"]


def test_rare_features_have_no_weight():
    choice = choice_of((("near", "seldom"), ("none",)), (True, False))

    weights = fitted(
        [choice] * (MIN_COUNT - 1) + [choice_of((("near",), ("none",)), (True, False))] * MIN_COUNT
    )

    assert "seldom" not in weights


def test_what_the_network_says_weighs_more_the_better_it_tells():
    told = choice_of(((), ()), (True, False), links=(2.0, -2.0))
    missed = choice_of(((), ()), (False, True), links=(2.0, -2.0))

    often = fitted([told] * 9 * MIN_COUNT + [missed] * MIN_COUNT)["person link"]
    less = fitted([told] * 7 * MIN_COUNT + [missed] * 3 * MIN_COUNT)["person link"]

    assert often > less > 0


def test_a_feature_keeps_its_weight_beside_a_link_that_knows_everything():
    told = choice_of((("near",), ("none",)), (True, False), links=(4.0, -4.0))

    weights = fitted([told] * 100 * MIN_COUNT)

    assert weights["near"] > 1.0


def test_only_the_link_of_a_person_is_trusted_less():
    assert trusted({"person link": 1.0, "thing link": 1.0}) == {"person link": TRUST, "thing link": 1.0}
