"""By which sentences a quotation is known again, however outlets cut it and mark it."""

import re

import pytest

from graph.quotations import quotations_in
from newsgraph.records import Attribution, TextSpan


def said(text, speech="direct"):
    """Return the quotations of a text whose contents stand in braces."""
    spans, bare = [], ""
    for part in re.split(r"(\{[^}]*\})", text):
        if part.startswith("{"):
            spans.append(TextSpan(len(bare), len(bare) + len(part) - 2))
        bare += part.strip("{}") if part.startswith("{") else part
    one = Attribution("a0", (), (), tuple(spans), None, None, "asserts", "certain", speech, 0.9)
    return quotations_in(one, bare)


IT = "i do not know if we will be able to get it"


@pytest.mark.parametrize(
    "text",
    [
        '{"I do not know if we will be able to get it,"} he said.',
        "{“I do not know,”} he said, {“if we will be able to get it.”}",
        "{„I do not know if we will be able to get it.“}",
        "{‘I do not know if we will be able to get it’}, he said.",
        "He said: {“I do not know if we will be able to get it.}",  # goes on in the next paragraph
        "{«I do not know if we will be able to get it»}",
        "“{I do not know if we will be able to get it},” he said.",
        "“{I do not know,}” he said, “{if we will be able to get it.}”",
    ],
)
def test_marks_and_where_it_is_interrupted_do_not_matter(text):
    assert said(text) == [IT]


def test_sentences_are_known_one_by_one():
    one = said(
        "{“I do not know if we will be able to get it. We shall try it again as soon as the storm is over.”}"
    )

    assert one == [IT, "we shall try it again as soon as the storm is over"]
    assert said("{“I do not know if we will be able to get it,”} he said. {“Go.”}") == [IT]


def test_a_sentence_that_begins_after_he_said_is_another():
    text = "{“I do not know if we will be able to get it,”} he said. {“We shall try, as soon as it is over.”}"

    assert said(text) == [IT, "we shall try as soon as it is over"]


def test_a_title_ends_no_sentence():
    assert said("{“I asked Mr. Tull in writing whether the auditors knew it.”}") == [
        "i asked mr tull in writing whether the auditors knew it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        'said {that the crew "had not used any of the weapons on board", and were} safe',
        'said {that the crew "had not used any of the weapons on board}", and were safe',
        "said the crew ‘{had not used any of the weapons on board}’",
    ],
)
def test_only_what_is_marked_counts_of_mixed_speech(text):
    assert said(text, "mixed") == ["had not used any of the weapons on board"]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("{“We know that it was no accident.”}", "direct"),
        ("said {that he did not know if we will be able to get it}", "indirect"),
        ("said {that he did not know if we’d be able to get it, don’t ask}", "mixed"),
    ],
    ids=["too short", "indirect", "nothing marked"],
)
def test_what_many_could_say_or_nobody_said_word_for_word_is_none(text, speech):
    assert said(text, speech) == []


def test_paragraphs_of_one_quotation_are_read_each():
    text = "{“I do not know if we will be able to get it.\n\n“We shall try, as soon as it is over.”}"

    assert said(text) == [IT, "we shall try as soon as it is over"]
