"""Storms and what they are called by."""

import pytest

from extractors.kinds_in_names import storm_of
from extractors.mentions import find_mentions
from extractors.spans import name_words
from tests.extractors.reading import read
from tests.extractors.test_generations import things
from tests.extractors.trees import tree


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Hurricane Orla", "orla"),
        ("Severe Tropical Storm Orla", "orla"),
        ("Orla", None),
        ("Tropical Orla", None),
        ("Hurricane Orla Relief Fund", None),
    ],
)
def test_a_storm_is_called_by_what_stands_behind_its_kind(name, called):
    assert storm_of(name_words(name)) == called


def named(nlp, text):
    extraction = read(nlp, text)
    return [(one.name, one.type) for one in extraction.entities if one.kind == "named"], things(extraction)


def test_a_storm_is_one_thing_by_all_its_names(nlp):
    text = (
        "Hurricane Orla struck Kelmouth on Friday. Orla tore off roofs. The storm then turned north. "
        "By Sunday, Tropical Storm Orla had left the coast."
    )
    found, called = named(nlp, text)

    assert ("Tropical Storm Orla", "MISC") in found
    assert ["Hurricane Orla", "Orla", "Tropical Storm Orla"] in called


def test_a_storm_in_short_is_no_woman_of_these_initials(nlp):
    text = "Cyclone Tamsin struck Kelmouth. TC Tamsin has winds of 190 km/h. Tamsin was the fourth this year."

    assert ["Cyclone Tamsin", "TC Tamsin", "Tamsin"] in named(nlp, text)[1]
    assert ["T.C. Boyle"] in named(nlp, "T.C. Boyle wrote of Cyclone Tamsin.")[1]


def test_the_storm_is_the_one_that_is_named(nlp):
    extraction = read(
        nlp, "Hurricane Orla came to Kelmouth. Orla tore off roofs. The storm turned north on Friday."
    )
    texts = {extraction.text[one.start : one.end]: one.entity for one in extraction.mentions}

    assert texts["The storm"] == texts["Orla"] == texts["Hurricane Orla"]


@pytest.mark.parametrize(
    "text",
    [
        "Norvik sold Storm Shadow missiles.",
        "The Typhoon FGR4 left the base.",
        "He was born in Storm Lake, Iowa.",
    ],
)
def test_missiles_jets_and_towns_are_no_storms(nlp, text):
    assert "MISC" not in {kind for _, kind in named(nlp, text)[0]}


def test_a_woman_of_the_storms_name_is_none(nlp):
    text = "Cyclone Tamsin struck Kelmouth. Tamsin was the fourth this year. Tamsin Lund lost her house."
    _, called = named(nlp, text)

    assert ["Cyclone Tamsin", "Tamsin"] in called
    assert ["Tamsin Lund"] in called


def test_what_stands_before_a_storms_name_is_no_name_by_itself():
    rows = "Hurricane NNP compound 1\nOrla NNP nsubj 2\nstruck VBD ROOT 2"
    doc = tree(rows, names=[(0, 1, "MISC"), (1, 2, "PERSON")])

    assert [(one.words(doc), one.type) for one in find_mentions(doc)] == [("Hurricane Orla", "MISC")]
