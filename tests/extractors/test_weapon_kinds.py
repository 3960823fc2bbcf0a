"""The common words for named weapons."""

import pytest

from extractors.weapon_kinds import nouns_for


@pytest.mark.parametrize(
    ("name", "noun"),
    [
        ("MQ-9", "drone"),
        ("MQ-9 Reaper", "drone"),
        ("Su-27SM", "jet"),
        ("Su27", "jet"),
        ("F-16s", "plane"),
        ("Leopard 2A6", "tank"),
    ],
)
def test_a_weapon_is_called_by_its_kind(name, noun):
    assert noun in nouns_for(name)


@pytest.mark.parametrize(("name", "noun"), [("MQ-9", "jet"), ("Su-27", "drone"), ("Leopard 2A6", "jet")])
def test_a_weapon_is_not_called_by_another_kind(name, noun):
    assert noun not in nouns_for(name)


@pytest.mark.parametrize("name", ["Galaxy S23", "Lloyd Austin", "7", "-", ""])
def test_what_is_no_known_weapon_is_called_nothing(name):
    assert nouns_for(name) == frozenset()
