"""Whose relative somebody is, where a sentence leaves it open or the tree gets it wrong."""

import pytest

from tests.extractors.reading import read, triples

pytestmark = pytest.mark.model

TIES = {"marriedTo", "relativeOf"}
HOLM, LUND, DORN = "Ida Holm", "Eva Lund", "Carl Dorn"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tom Falk said that Carl Dorn had insulted his wife, Ida Holm.", []),
        ("Carl Dorn and his wife, Ida Holm, met Tom Falk.", [(HOLM, "marriedTo", DORN)]),
        ("Anna Berg praised Carl Dorn and his sister, Eva Lund.", [(LUND, "relativeOf", DORN)]),
        ("Soldiers guarded Anna Berg and her son, Nils Holm.", [("Nils Holm", "relativeOf", "Anna Berg")]),
        (
            "Carl Dorn left. A claim by his first wife, Ida Falk, that Tom Falk had hit her is in the file.",
            [],
        ),
        ("Present were Nils Lund; Carl Dorn's wife, Ida Holm; and two judges.", [(HOLM, "marriedTo", DORN)]),
        (
            "Carl Dorn thanked his wife, Ida, and his father, Rolf.",
            [("Ida", "marriedTo", DORN), ("Rolf", "relativeOf", DORN)],
        ),
    ],
)
def test_a_tie_is_told_only_where_his_can_mean_nobody_else(nlp, text, expected):
    assert [one for one in triples(read(nlp, text)) if one[1] in TIES] == expected
