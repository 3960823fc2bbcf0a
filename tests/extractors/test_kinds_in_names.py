"""Bare nouns that take up the word by which a name tells its kind."""

import pytest

from extractors.kinds_in_names import ToldBy, kind_taken_up, kind_words, kinds_told
from tests.extractors.trees import tree


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Harbour Act", ["act"]),
        ("Treaty of Lund", ["lund", "treaty"]),
        ("Cyclone Tamsin", ["storm", "cyclone"]),
        ("World Cup", ["cup"]),
        ("Norvik", []),
    ],
)
def test_a_name_tells_its_kind_by_its_last_word_and_some_by_their_first(name, words):
    assert list(kind_words(name)) == words


def passed(noun, *, between="", names=(("Harbour Act", "MISC"),), determiner="the", behind=""):
    """Return the type that ``noun`` takes up in "They wrote it . {between} {determiner} {noun} passed"."""
    rows = ["Names NNS nsubj 1", "came VBD ROOT 1 come", ". . punct 1"]
    for word in between.split():
        rows.append(f"{word} UH ROOT {len(rows)}")
    here = len(rows) + 1
    rows += [f"{determiner} DT det {here}", f"{noun} NN nsubj {here + 1 + bool(behind)}"]
    rows += [f"{behind} NN nmod {here}"] if behind else []
    rows += [f"passed VBD ROOT {here + 1 + bool(behind)} pass"]
    doc = tree("\n".join(rows))
    return kind_taken_up(doc[here], kinds_told(ToldBy(0, name, kind) for name, kind in names))


def test_the_act_is_the_one_that_was_named():
    assert passed("Act") == "MISC"
    assert passed("act") == "MISC"


def test_a_name_cut_short_or_misspelt_is_one_name():
    assert passed("Act", names=[("Taavian Harbour Act", "MISC"), ("Harbour Act", "MISC")]) == "MISC"
    assert passed("Act", names=[("Harbour Act", "MISC"), ("Habour Act", "MISC")]) == "MISC"


def test_a_noun_in_small_letters_means_a_name_that_stands_near():
    assert passed("act", between="yes no") is None
    assert passed("Act", between="yes no") == "MISC"


def test_a_body_is_not_taken_up_in_small_letters():
    names = [("Racing Circle", "ORG")]

    assert passed("circle", names=names) is None
    assert passed("Circle", names=names) == "ORG"


@pytest.mark.parametrize(
    "how",
    [
        {"determiner": "an"},
        {"behind": "steel"},
        {"names": (("Harbour Act", "MISC"), ("Forest Act", "MISC"))},
        {"names": (("Act", "MISC"),)},
        {"names": (("Nadia Act", "PERSON"),)},
    ],
)
def test_what_does_not_point_to_one_name_takes_up_nothing(how):
    assert passed("Act", **how) is None
