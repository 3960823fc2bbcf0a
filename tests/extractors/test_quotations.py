"""Quotation marks as news uses and misuses them."""

import pytest
from spacy.lang.en import English

from extractors.quotations import DOUBLE_MARKS, OPENING_MARKS, find_quotations
from extractors.words import Doc

_BLANK = English()


def make_doc(text):
    return Doc(_BLANK(text))


def quoted(text, skipped=()):
    doc = make_doc(text)
    return [doc[one.start : one.end].text for one in find_quotations(doc, skipped)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we go" and left.', ["we go"]),
        ("He said “we go” and “we stay”.", ["we go", "we stay"]),
        ("''We go,'' he said. ''We stay.''", ["We go,", "We stay."]),
        ("He called it ‘a sharp manoeuvre’ near Crimea.", ["a sharp manoeuvre"]),
        ("The officials’ claim was about the pilots’ pay.", []),
        ("It's the drone's fault.", []),
        ('"We go.\n"We stay," he said.', ["We go.", "We stay,"]),
        ('An odd " mark.', ["mark."]),
        ('""', []),
        ("", []),
    ],
)
def test_what_is_quoted(text, expected):
    assert quoted(text) == expected


def test_a_speech_over_paragraphs_is_open_at_each_end_but_the_last():
    doc = make_doc('"First.\n\n"Second.\n\n"Third," he said.')
    found = find_quotations(doc)

    assert [one.is_closed for one in found] == [False, False, True]
    assert all(one.opens_paragraph for one in found)
    assert [one.paragraph for one in found] == [0, 1, 2]


def test_lines_that_are_passed_over_hold_no_quotation():
    text = 'He said "a".\nRead more: "Ten tips"\nShe said "b".'
    start = text.index("Read")

    assert quoted(text, [(start, text.index("\nShe"))]) == ["a", "b"]


@pytest.mark.parametrize("mark", sorted(DOUBLE_MARKS & OPENING_MARKS - {"``"}))  # which spaCy cuts
def test_a_double_mark_alone_opens_a_quotation_and_a_single_one_may_be_an_apostrophe(mark):
    assert quoted(f"He said {mark} we go") == ["we go"]
    assert not DOUBLE_MARKS & set("'‘’")
