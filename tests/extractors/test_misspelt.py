"""Names that differ by a slip, and names that do not."""

import pytest

from extractors.misspelt import are_misspelt
from extractors.spans import name_words
from tests.extractors.reading import read
from tests.extractors.test_generations import things


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("Kerstin Lund", "Kersten Lund", True),
        ("Cyclone Tamsn", "Cyclone Tamsin", True),
        ("Untied Ports", "United Ports", True),
        ("Bellamy Market", "Bellammy Market", True),
        ("Anna Moraes", "Anna Moreas", True),
        ("Maria Lund", "Mario Lund", False),
        ("Maria Lund", "Marian Lund", False),
        ("Lund Award", "Lund Awards", False),
        ("Henry VIII", "Henry VII", False),
        ("Boeing 7471", "Boeing 7371", False),
        ("Anna Lunde", "Anna Linde", False),
        ("Dan Lund", "Don Lund", False),  # too short to tell
        ("Lund", "Lind", False),
        ("Kerstin Lund", "Kersten Lind", False),
    ],
)
def test_one_letter_of_one_word_is_a_slip(one, other, is_slip):
    assert are_misspelt(name_words(one), name_words(other)) is is_slip
    assert are_misspelt(name_words(other), name_words(one)) is is_slip


def test_who_stand_in_one_sentence_are_two(nlp):
    slip = read(
        nlp, "Kerstin Brandt runs the harbour at Turku. On Monday Kersten Brandt said that it was full."
    )
    twins = read(nlp, "Kerstin Brandt and Kersten Brandt run the harbour at Turku.")

    assert ["Kerstin Brandt", "Kersten Brandt"] in things(slip)
    assert ["Kerstin Brandt"] in things(twins)
