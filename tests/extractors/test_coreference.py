"""Which names of one article are short for others."""

import pytest

from extractors.coreference import (
    _are_the_same_letters,
    _is_called,
    _is_short_for,
    _person_words,
    _signs,
    cluster_nouns,
)
from extractors.mentions import find_mentions
from extractors.spans import name_words
from tests.extractors.trees import tree


@pytest.mark.parametrize(
    ("short", "full", "kind", "is_short"),
    [
        ("Norvik Shipping", "Norvik Shipping Co. Ltd", "ORG", True),
        ("Norvik Shipping plc", "Norvik Shipping, Inc.", "ORG", True),
        ("Norvik Shipping", "Norvik Steel Ltd", "ORG", False),
        ("Ltd", "Inc", "ORG", False),
        ("Chamber", "Chamber of Deputies", "ORG", True),
        ("Lund Foundation", "Lund Foundation for the Arts", "ORG", True),
        ("Lund", "Lund Foundation for the Arts", "ORG", True),  # a firm by its first word
        ("Chamber", "Chamber Orchestra of Lund", "LOC", False),
        ("Ostrik", "City of Ostrik", "LOC", True),
        ("Ostrik", "Bay of Ostrik", "LOC", False),
        ("Selvans", "Selvan Islands", "LOC", True),
        ("Selvans", "Selvan City", "LOC", False),
        ("UC Lund", "University of Cardon, Lund", "ORG", True),
        ("GW Bridge", "Gerda Wahl Bridge", "FAC", True),
        ("GW Bridge", "Gerda Lund Bridge", "FAC", False),
        ("Uc Lund", "University of Cardon, Lund", "ORG", False),
        ("Lund League", "Council of the Lund League", "ORG", False),
        ("Port Safety", "Department of Port Safety", "ORG", True),
        ("Selvan", "Selvan University", "ORG", True),
        ("Oslo", "Oslo University", "ORG", False),  # the town
        ("Selvan", "Selvan Bank University", "ORG", False),
        ("Clean Ports Act", "Clean Ports Act of 2021", "MISC", True),
        ("Battle of 1421", "Battle of 1422", "MISC", False),
        ("Lund Games", "Sparebank Lund Games", "MISC", True),
        ("Lund Games", "1984 Winter Lund Games", "MISC", False),  # one of them
        ("Games", "Lund Games", "MISC", False),
    ],
)
def test_a_name_may_be_short_for_another(short, full, kind, is_short):
    assert _is_short_for(name_words(short), short, name_words(full), full, kind) is is_short


@pytest.mark.parametrize(
    ("short", "full", "is_called"),
    [
        ("Kerekes Szabolcs", "Szabolcs Kerekes", True),
        ("Toth Benes", "Béneš Tóth", True),
        ("Thomas James", "James Thomas", False),  # either may be the given name
        ("Anna Berg MP", "Anna Berg", True),
        ("Anna Lund", "Anna Maria Lund DBE", True),
        ("Anna Lund", "Berta Lund MP", False),
        ("Harold II", "Harold I", False),
        ("Harold II", "Harold Pruitt", False),
        ("Harold", "Harold II", True),
        ("Pruitt III", "Harold Pruitt III", True),
        ("Anna V", "Anna V Lund", True),
        ("Karri", "Hassan al-Karri", True),
        ("Al-Karri", "Hassan Karri", True),
        ("Hassan Karri", "Hassan el-Karri", True),
        ("Gore", "Al Gore", True),
        ("Lander", "Hassan Al-lander", False),  # no article
    ],
)
def test_a_person_may_be_called_by_another_order_and_without_accents_and_honours(short, full, is_called):
    assert _is_called(_person_words(short), _person_words(full), frozenset()) is is_called


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("Vann", "Vann", [("Norsk Vann", "Vann")]),
        ("Norsk", "Vann", [("Norsk Vann", "Norsk"), ("Vann",)]),  # either is a firm
    ],
)
def test_a_firm_is_called_by_the_end_of_its_name(first, second, found):
    rows = ["Norsk NNP compound 1", "Vann NNP nsubj 2", "fell VBD ROOT 2 fall"]
    rows += [f"{first} NNP nsubj 4", "lost VBD ROOT 4 lose", f"{second} NNP nsubj 6", "won VBD ROOT 6 win"]
    doc = tree("\n".join(rows), names=[(0, 2, "ORG"), (3, 4, "ORG"), (5, 6, "ORG")])

    assert [cluster.forms(doc) for cluster in cluster_nouns(doc, find_mentions(doc))] == found


@pytest.mark.parametrize(
    ("text", "name", "kind", "are_one"),
    [
        ("Basse-Terre", "Basse Terre", "LOC", True),
        ("Terre", "Basse-Terre", "LOC", False),
        ("Ben Kol", "Itan Ben-Kol", "PERSON", True),
        ("Kim Jae-on", "Kim Jae On", "PERSON", True),
        ("Salun", "Omar bin Salun", "PERSON", False),  # his father
    ],
)
def test_names_may_differ_by_spaces_and_hyphens_alone(text, name, kind, are_one):
    assert _are_the_same_letters(text, name, kind) is are_one


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Selvans", "Selvan Islands"),
        ("UC Lund", "University of Cardon, Lund"),
        ("Basse-Terre", "Basse Terre"),
        ("Ben Kol", "Itan Ben-Kol"),
        ("Al-Karri", "Hassan Karri"),
        ("MbS", "Mohammed bin Sarwan"),
        ("NSP", "National Society for the Poor"),
        ("PSO", "Port Safety Office MP"),
        ("the MQ-9", "Reaper (MQ-9)"),
        ("Kristin Wilkens", "Kristen Wilkens"),
        ("TC Tamsin", "Cyclone Tamsin"),
    ],
)
def test_names_that_may_be_one_are_compared(short, full):
    assert not _signs(short).isdisjoint(_signs(full))
    assert _signs(short).isdisjoint(_signs("Ann Roe"))


def test_a_kings_number_is_no_pronoun():
    doc = tree("Abbas NNP nsubj 2\nI PRP flat 0\ndied VBD ROOT 2 die", names=[(0, 2, "PERSON")])

    assert [one.words(doc) for one in find_mentions(doc)] == ["Abbas I"]
