"""What a name stands for by its words and its place, on trees by hand."""

import pytest

from extractors.name_types import retyped
from tests.extractors.trees import tree

TOWN = """
mayor NN nsubj 3
of IN case 2
Velho NNP nmod 0
smiled VBD ROOT 3
"""
STATE = """
Taavia NNP nmod:poss 2
's POS case 0
parliament NN nsubj 3
smiled VBD ROOT 3
"""
JOINED = """
Soldiers NNS nsubj 5
from IN case 2
Imbria NNP nmod 0
and CC cc 4
Sarn NNP conj 2
fled VBD ROOT 5
"""
CLUB = """
Racing NNP nsubj 2
Lund NNP flat 0
won VBD ROOT 2
"""


def called(rows, start, end, *, sure=0.7, others=(), places=()):
    """Return how the name at tokens [start, end), taken for a person, is labelled in the end."""
    doc = tree(rows)
    doc.set_ents([doc.char_span(doc[one].idx, doc[one].idx + len(doc[one]), label="LOC") for one in places])
    text = doc[start:end].text
    labels = {text: "PERSON", **dict.fromkeys(others, "PERSON")}
    return retyped(doc, [(start, end)], labels, {text: sure}).get(text, "PERSON")


@pytest.mark.parametrize(
    ("rows", "start", "end", "places", "label"),
    [
        (TOWN, 2, 3, (), "LOC"),
        (STATE, 0, 1, (), "LOC"),
        (JOINED, 4, 5, (2,), "LOC"),
        (CLUB, 0, 2, (), "ORG"),
    ],
)
def test_words_and_place_tell_a_name_that_is_no_person(rows, start, end, places, label):
    assert called(rows, start, end, places=places) == label


def test_what_the_network_is_sure_of_stays():
    assert called(STATE, 0, 1, sure=0.99) == "PERSON"


def test_a_person_named_in_full_stays_one():
    assert called(STATE, 0, 1, others=("Anna Taavia",)) == "PERSON"
