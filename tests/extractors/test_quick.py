from dataclasses import dataclass, replace

import pytest

from extractors.quick import made_of, quick_record


@quick_record
class Place:
    start: int
    end: int = 9


def test_equal_ones_are_one_in_a_set():
    assert {Place(1), Place(1, 9), replace(Place(2), start=1)} == {Place(1)}


def test_it_has_only_its_fields():
    with pytest.raises(AttributeError):
        Place(1).middle = 5


@dataclass(frozen=True, slots=True)
class Frozen:
    start: int
    text: str


def test_records_are_made_of_columns_as_of_rows():
    made = made_of(Frozen, 2, [[1, 2], "ab"])

    assert made == [Frozen(1, "a"), Frozen(2, "b")]
    with pytest.raises(AttributeError):
        made[0].start = 3
