"""Which names of one article are short for others."""

import pytest

from extractors.coreference import _is_short_for
from extractors.spans import name_words


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
        ("Lund Games", "Sparebank Lund Games", "MISC", True),
        ("Lund Games", "1984 Winter Lund Games", "MISC", False),  # one of them
        ("Games", "Lund Games", "MISC", False),
    ],
)
def test_a_name_may_be_short_for_another(short, full, kind, is_short):
    assert _is_short_for(name_words(short), short, name_words(full), full, kind) is is_short
