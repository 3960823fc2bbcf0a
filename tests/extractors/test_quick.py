from dataclasses import replace

import pytest

from extractors.quick import quick_record


@quick_record
class Place:
    start: int
    end: int = 9


def test_equal_ones_are_one_in_a_set():
    assert {Place(1), Place(1, 9), replace(Place(2), start=1)} == {Place(1)}


def test_it_has_only_its_fields():
    with pytest.raises(AttributeError):
        Place(1).middle = 5
