"""Answers that hang on what they answer, read by the shipped pipeline."""

import pytest

from tests.extractors.reading import name_of, read, texts_of

pytestmark = pytest.mark.model


def voices(nlp, text):
    extraction = read(nlp, text)
    return [
        (texts_of(extraction, one.source), texts_of(extraction, one.content), one.stance)
        for one in extraction.attributions
    ]


@pytest.mark.parametrize(
    ("text", "source", "content", "stance"),
    [
        (
            "Opponents say the army starved the town of Kelu, a charge that the government has denied.",
            "the government",
            "a charge",
            "denies",
        ),
        (
            "Aid groups accuse both sides of blocking lorries, an accusation rejected by the rebels.",
            "the rebels",
            "an accusation",
            "denies",
        ),
        (
            "The auditors believe that Falk hid losses of $9 million, something he denies.",
            "he",
            "something",
            "denies",
        ),
        (
            "The union says Caldera Foods dismissed twelve drivers, which the firm disputes.",
            "the firm",
            "which",
            "denies",
        ),
    ],
)
def test_an_answer_behind_a_comma_is_somebodys_and_meets_the_claim(nlp, text, source, content, stance):
    extraction = read(nlp, text)
    [answer] = [one for one in extraction.attributions if texts_of(extraction, one.content) == [content]]
    met = [one for one in extraction.propositions if answer.id in {voice.attribution for voice in one.voices}]

    assert (texts_of(extraction, answer.source), answer.stance) == ([source], stance)
    assert [{voice.stance for voice in one.voices} for one in met] == [{"asserts", "denies"}]


@pytest.mark.parametrize("answer", ["something he denies", "a charge the firm denied"])
def test_what_is_appended_is_none_of_the_words_before(nlp, answer):
    text = f"The auditors believe that Falk hid losses of $9 million, {answer}."

    assert (["The auditors"], ["that Falk hid losses of $9 million"], "asserts") in voices(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        "The council made an offer, which the union rejected.",
        "The port built a crane, a machine that the union rejected.",
        "Rona Falk wrote a report that the ministry ordered.",
        "On Monday, a bridge the council rejected was built.",
    ],
)
def test_what_is_no_claim_is_denied_by_nobody(nlp, text):
    assert not [one for one in voices(nlp, text) if one[2] == "denies" and one[1] == ["which"]]
    assert not [one for one in voices(nlp, text) if one[1] in (["a machine"], ["a report"])]


def test_a_plain_clause_before_said_is_read_where_the_network_is_unsure(nlp):
    text = (
        "The envoy offered to resign, said two officials who asked not to be named because the talks are "
        "secret."
    )

    assert ["The envoy offered to resign"] in [content for _, content, _ in voices(nlp, text)]


def test_a_denial_joined_to_what_is_told_is_told_and_is_a_denial(nlp):
    text = "Varga admitted that he had taken the van, the statement said, but denied having hit the cyclist."
    found = voices(nlp, text)

    told = ["Varga admitted that he had taken the van", "but denied having hit the cyclist"]
    assert (["the statement"], told, "asserts") in found
    assert (["Varga"], ["having hit the cyclist"], "denies") in found
    extraction = read(nlp, text)
    assert all(one.attribution for one in extraction.relations if name_of(extraction, one.subject) == "Varga")


def test_a_headline_that_ends_with_says_takes_no_word_of_the_next_paragraph(nlp):
    text = "Rebels shelled hospital in Tamur, doctors say\n\nTwo wards burned on Sunday night."

    assert voices(nlp, text) == [(["doctors"], ["Rebels shelled hospital in Tamur"], "asserts")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_empty_line_ends_a_sentence_unless_a_small_letter_follows(nlp, line_end):
    text = "Rebels shelled hospital in Tamur, doctors say" + 2 * line_end + "Two wards burned on Sunday."
    cut = "The ministry in Tamur said" + 2 * line_end + "that two wards had burned on Sunday."
    starts = {text[one.start :].split()[0] for one in read(nlp, text).sentences}

    assert {"Rebels", "Two"} <= starts
    assert len(read(nlp, cut).sentences) == 1
