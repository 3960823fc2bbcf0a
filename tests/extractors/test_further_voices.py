"""Who is quoted as saying something, and what one source says by two verbs, read by the shipped pipeline."""

import pytest

from extractors.drafts import Draft
from extractors.further_voices import parted
from extractors.quotations import Quotation
from tests.extractors.reading import name_of, read, texts_of, triples
from tests.extractors.trees import tree

pytestmark = pytest.mark.model

CALLED_AND_DID_NOT_RULE_OUT = """
Dorn NNP nsubj 1
called VBD ROOT 1 call
it PRP obj 1
dead JJ xcomp 1
but CC cc 7
did MD aux 7 do
not RB advmod 7
rule VB conj 1 rule
out RP compound:prt 7
talks NNS obj 7
"""
CALLED = Draft((0,), (1,), tuple(range(2, 10)), (), 0.6)


def voices(nlp, text):
    extraction = read(nlp, text)
    return [
        (name_of(extraction, one.speaker), texts_of(extraction, one.content), name_of(extraction, one.via))
        for one in extraction.attributions
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        (
            "Admiral Oda Krantz was quoted by the daily Metro as saying that the fleet had left Lund.",
            "Oda Krantz",
            ["that the fleet had left Lund"],
        ),
        (
            "The broadcaster quoted Minister Ravi Setna as saying the bridge was safe.",
            "Ravi Setna",
            ["the bridge was safe"],
        ),
        ("“We met twice,” Oda Krantz was quoted as saying.", "Oda Krantz", ["We met twice,"]),
    ],
)
def test_who_is_quoted_speaks(nlp, text, speaker, content):
    assert [(who, what) for who, what, _ in voices(nlp, text)] == [(speaker, content)]


def test_who_quotes_passes_it_on(nlp):
    text = "Oda Krantz was quoted by Reuters as saying that the fleet had left Lund."

    assert voices(nlp, text) == [("Oda Krantz", ["that the fleet had left Lund"], "Reuters")]


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (
            "Acme said that it would appeal and accused Anna Berg of lying.",
            [["that it would appeal"], ["Anna Berg of lying"]],
        ),
        (
            "The charity said that two of its drivers were missing and called on both sides to let them go.",
            [["that two of its drivers were missing"], ["both sides to let them go"]],
        ),
    ],
)
def test_what_is_said_by_a_second_verb_is_apart(nlp, text, contents):
    assert [content for _, content, _ in voices(nlp, text)] == contents


def test_a_verb_that_the_tree_joins_to_the_cue_says_something_else():
    doc = tree(CALLED_AND_DID_NOT_RULE_OUT)
    [first, second] = parted(doc, [CALLED], [])

    assert (first.cue, first.content) == ((1,), (2, 3))
    assert (second.source, second.cue, second.content) == ((0,), (5, 6, 7, 8), (9,))


@pytest.mark.parametrize(("start", "n_drafts"), [(2, 1), (0, 2)])
def test_what_is_quoted_is_all_the_speakers_unless_he_is_quoted_with_it(start, n_drafts):
    quotation = Quotation(start, 10, 0, opens_paragraph=False, is_closed=True, is_double=True)

    found = parted(tree(CALLED_AND_DID_NOT_RULE_OUT), [CALLED], [quotation])

    assert len(found) == n_drafts
    assert (found == [CALLED]) == (n_drafts == 1)


def test_who_accuses_by_the_second_verb_is_not_who_is_spoken_of(nlp):
    text = "Carl Dorn said that forty miners would march and accused Anna Berg of lying."

    assert triples(read(nlp, text)) == [("Carl Dorn", "accused", "Anna Berg")]


def test_what_both_verbs_may_share_stays_together(nlp):
    text = "Carl Dorn said that the mayor had left the hall and accused Anna Berg of lying."

    assert voices(nlp, text)[0][1] == ["that the mayor had left the hall and accused Anna Berg of lying"]


def test_a_semicolon_and_another_voice_end_what_the_first_one_says(nlp):
    text = "The union maintains that the dam was never checked; the engineers deny that it was unsafe."

    assert [content for _, content, _ in voices(nlp, text)] == [
        ["that the dam was never checked"],
        ["that it was unsafe"],
    ]


def test_who_adds_something_and_is_nobody_else_spoke_before(nlp):
    text = (
        "Councillor Neil Oram admitted that the council had been wrong, and its leader, Ida Fair, agreed. "
        "The manager, Mohammed Chaudhry, said the firm had lost money. “Nobody gets rich,” he added."
    )

    assert voices(nlp, text)[-1][0] == "Mohammed Chaudhry"
