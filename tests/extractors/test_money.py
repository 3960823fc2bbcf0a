"""Sums of money by their form."""

import pytest
import spacy

from extractors.known_names import LEXICONS, rows_of
from extractors.money import find_money, money_expression

NLP = spacy.blank("en")
EXPRESSION = money_expression(rows_of(LEXICONS / "currencies.tsv"))


def sums(text):
    return [span.text for span in find_money(EXPRESSION, NLP.make_doc(text), text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the $32 million drone", ["$32 million"]),
        ("it cost US$1.5 billion, or €1,400,000", ["US$1.5 billion", "€1,400,000"]),
        ("140,000 rupees ($1,800) an acre", ["140,000 rupees", "$1,800"]),
        ("between 250-300 rupees a day", ["250-300 rupees"]),
        ("some $4-$6 a day", ["$4-$6"]),
        ("5 million pounds and 646 million yuan", ["5 million pounds", "646 million yuan"]),
        ("a fine of USD 8.3 million", ["USD 8.3 million"]),
    ],
)
def test_sums_are_found_whole(text, found):
    assert sums(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "the bag weighs 50 pounds",
        "she won 3 won games",
        "32 million people",
        "dollars and cents",
        "12 francophone states",
        "page 40",
    ],
)
def test_other_numbers_are_no_money(text):
    assert sums(text) == []
