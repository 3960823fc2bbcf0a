"""What speaks for and against that two articles' things are one: what the linker left alone, and places."""

from dataclasses import replace

import pytest

from graph.features import features_of
from graph.profiles import Profile, profile_of_line, profiles_in
from graph.scoring import score, shipped_model
from newsgraph.gazetteer import load_gazetteer
from newsgraph.records import Entity, Extraction, Mention, TextSpan

MINISTER = Profile("boris johnson", "PERSON", known="person/boris-johnson")
ENGLISH = Profile("birmingham", "LOC", known="city/gb/2655603")
MISSOURI = Profile("springfield", "LOC", known="city/us/4409896")


def city(name, region):
    """Return the key of a city of the lists."""
    [found] = [one for one in load_gazetteer().named(name) if one.kind == "city" and one.region == region]
    return found.key


@pytest.mark.parametrize("one", [MINISTER, Profile('ann\u2028 "berg"', "PERSON", ties=("nato", "ö"))])
def test_a_profile_that_is_read_again_is_the_same_by_all_it_is_known_by(one):
    again = profile_of_line(one.line)

    assert (again, again.hash, again.line) == (one, one.hash, replace(again).line)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MINISTER, Profile("boris johnson", "PERSON", roles=("butcher",))),
        (ENGLISH, Profile("birmingham", "LOC")),
        (Profile("george w bush", "PERSON", known="person/george-w-bush"), Profile("george bush", "PERSON")),
    ],
)
def test_what_was_not_taken_for_a_known_thing_of_its_name_is_not_made_it_here(one, other):
    assert features_of(one, other)["left alone"] == features_of(other, one)["left alone"] == 1
    assert score(one, other, shipped_model()).probability < shipped_model().different_below


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MINISTER, MINISTER),
        (MINISTER, Profile("boris jonson", "PERSON")),  # no name of his: nobody looked
        (ENGLISH, Profile("birmingham", "LOC", countries=("GB",))),
        (Profile("ukraine", "LOC", known="country/ukraine"), Profile("ukraine", "LOC")),  # has no namesake
    ],
)
def test_nothing_was_left_alone(one, other):
    assert "left alone" not in features_of(one, other)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (ENGLISH, Profile("birmingham", "LOC", countries=("US",)), "place, other country"),
        (
            MISSOURI,
            Profile("springfield", "LOC", ties=("vermont",), countries=("US",)),
            "place, other region",
        ),
    ],
)
def test_places_in_two_countries_or_states_are_two(one, other, told):
    assert features_of(one, other)[told] == 1
    assert score(one, other, shipped_model()).probability < shipped_model().different_below


def test_a_place_in_no_list_is_known_by_the_state_it_is_in():
    town = Entity("e0", "Paris", "LOC", rolls_up_to="region/ca-on")
    mention = Mention("m0", 0, 5, "LOC", "name", "e0", 1.0)
    extraction = Extraction(
        "a", "Paris, Ontario", sentences=(TextSpan(0, 14),), mentions=(mention,), entities=(town,)
    )

    [profile] = profiles_in(extraction).values()

    assert (profile.ties, profile.countries) == (("ontario",), ("CA",))
    french = Profile("paris", "LOC", known=city("Paris", "Ile-de-France"))
    assert score(profile, french, shipped_model()).probability < shipped_model().different_below
