"""The lists of known things: whole, told apart, and never with an identifier that two things share."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.gazetteer import Term, load_gazetteer, plain_name, rows, state_of, thing_of

THINGS = load_gazetteer().things
LISTS = ("countries", "regions", "cities", "lands", "organisations", "media", "state_bodies", "movements")


def test_identifiers_are_those_of_wikidata_and_each_thing_has_its_own():
    given = [one for one in THINGS.values() if one.identifier]
    # A city that is a state of its own is both.
    counts = Counter(one.identifier for one in given if one.kind != "city")

    assert all(re.fullmatch(r"Q[1-9]\d*", one.identifier) for one in given)
    assert [identifier for identifier, number in counts.items() if number > 1] == []


@pytest.mark.parametrize("name", [*LISTS, "companies", "officials", "leaders", "us_politicians"])
def test_every_list_has_keys_of_its_own(name):
    keys = [row["key"] for row in rows(f"{name}.tsv")]

    assert keys
    assert len(set(keys)) == len(keys)


def test_what_rolls_up_ends_somewhere_known():
    for one in THINGS.values():
        seen, key = [one.key], one.rolls_up_to
        while key:
            assert key not in seen
            seen.append(key)
            key = thing_of(key).rolls_up_to


def test_a_seat_of_power_is_neither_building_nor_city_nor_state():
    kremlin, moscow = THINGS["seat/kremlin"], THINGS["seat/moscow"]

    assert kremlin.identifier == moscow.identifier == ""
    assert kremlin.rolls_up_to == moscow.rolls_up_to == "government/russia"
    assert THINGS["government/russia"].rolls_up_to == "country/russia"


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        ("2012-11-05", False),
        ("2012-11-06", True),
        ("2020-01-01", True),
        ("2024-05-12", True),
        ("2024-05-13", False),
    ],
)
def test_a_term_of_office_covers_its_first_and_last_day(day, holds):
    assert Term("defence minister", "country/russia", "2012-11-06", "2024-05-12").covers(day) is holds


@pytest.mark.parametrize(
    ("day", "holds"), [("2012-12-31", False), ("2013-01-01", True), ("2030-01-01", True)]
)
def test_a_term_of_which_only_the_year_is_known(day, holds):
    assert Term("chief", "group/wagner", "2013", "").covers(day) is holds


@pytest.mark.parametrize(
    "name", ["the U.S. Defense Department's", "US Defense Department", "U.S. defense department"]
)
def test_forms_of_one_name(name):
    assert plain_name(name) == "us defense department"


@given(st.text())
def test_a_plain_name_is_plain(name):
    assert plain_name(plain_name(name)) == plain_name(name) or "the " in name.casefold() or "'" in name


def test_a_ministry_by_its_field_is_known_without_a_line_of_its_own():
    found = thing_of("ministry/ua/interior")

    assert (found.name, found.rolls_up_to) == ("Ministry of Interior (Ukraine)", "government/ukraine")
    assert thing_of("ministry/ua/nonsense") is None
    assert thing_of("own/halvard") is None


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ("TX", "Texas"),
        ("Tx", "Texas"),
        ("Tex.", "Texas"),
        ("ON", "Ontario"),
        ("tx", ""),
        ("DC", ""),
        ("XY", ""),
    ],
)
def test_letters_behind_a_town_mean_a_state(letters, state):
    found = state_of(letters)

    assert (found.name if found else "") == state
