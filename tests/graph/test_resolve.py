"""What names are compared by."""

import pytest

from graph.names import name_key


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Su-27", "Su-27s", "PRODUCT"),
        ("MQ-9", "MQ-9 Reaper drone", "PRODUCT"),
        ("the U.S. European Command's", "US European Command", "ORG"),
        ("Sergei Lavróv", "sergei lavrov", "PERSON"),
    ],
)
def test_forms_of_one_name_are_one(left, right, kind):
    assert name_key(left, kind) == name_key(right, kind)


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("Su-27", "Su-27SM", "PRODUCT"),
        ("MQ-9", "MQ-1", "PRODUCT"),
        ("Lloyd Austin", "Clara Austin", "PERSON"),
        ("Paris", "Parish", "LOC"),
    ],
)
def test_names_of_two_things_are_two(left, right, kind):
    assert name_key(left, kind) != name_key(right, kind)
