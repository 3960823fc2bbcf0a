"""How far somebody's words go, and whose they are, read by the shipped pipeline."""

import pytest

from tests.extractors.reading import name_of, read, texts_of, triples

pytestmark = pytest.mark.model


def contents(nlp, text):
    extraction = read(nlp, text)
    return [texts_of(extraction, one.content) for one in extraction.attributions]


def sources(nlp, text):
    extraction = read(nlp, text)
    return [texts_of(extraction, one.source) for one in extraction.attributions]


def speakers(nlp, text):
    extraction = read(nlp, text)
    return [name_of(extraction, one.speaker) for one in extraction.attributions]


def test_a_quotation_behind_who_spoke_is_his_as_well(nlp):
    text = (
        "“Who do you trust with your money?” asked Carl Dorn, the founder of Norvik and an adviser to "
        "the board in 2012. "
        "“I think that his record is fair to look into. And I hope that we see more of it.”"
    )

    assert contents(nlp, text) == [
        [
            "Who do you trust with your money?",
            "I think that his record is fair to look into. And I hope that we see more of it.",
        ]
    ]


def test_a_title_in_marks_behind_who_spoke_is_none_of_his_words(nlp):
    text = "“We will sing,” said Carl Dorn. “Blue Rain” was written in Lund."

    assert contents(nlp, text) == [["We will sing,"]]


def test_a_paragraph_behind_a_colon_is_said_in_whole(nlp):
    paragraph = (
        "It is typical of the board. It knows nothing, but it never stops. And the fact is that nobody has "
        "any idea of what happened there. The same way, as you pointed out, people jumped to conclusions in "
        "Oskar, because of somebody who was pouring oil on a fire"
    )

    found = contents(nlp, f"The mayor, Ida Fair, added:\n\n{paragraph}.\n\nThe fire in Lund began on Friday.")

    assert [paragraph] in found


def test_the_name_of_a_rubric_says_nothing(nlp):
    text = "Explainer: What we know about the blast\n\nAnna Berg said that the line was old."

    assert sources(nlp, text) == [["Anna Berg"]]


@pytest.mark.parametrize(
    ("headline", "is_said"),
    [
        ("Envoy questioned over missing files", False),
        ("Town warned of flood risk", False),
        ("Mill owner ordered to clean up river", False),
        ("Envoy denies leak", True),
        ("Envoy warned minister of flood risk.", True),
    ],
)
def test_what_a_headline_tells_was_done_to_somebody_is_none_of_his_words(nlp, headline, is_said):
    extraction = read(nlp, f"{headline}\n\nThe envoy left on Friday.")

    assert bool(extraction.attributions) == is_said


def test_who_is_told_by_somebody_is_told_by_him(nlp):
    text = "A friend of the club said Marchetti had been told by the league that she must sell two players."

    assert ["the league"] in sources(nlp, text)


def test_what_is_believed_within_a_saying_does_not_hide_it(nlp):
    text = (
        "Police on Wednesday named a man over the killing of Ada Obi. Superintendent Moira Callaghan said "
        "officers were looking for Darren Stobbs, who is believed to have left the city on Sunday in a van."
    )

    assert "Moira Callaghan" in speakers(nlp, text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Exporters, among them Agrisol, deny that their fields are to blame.", "Exporters"),
        ("Two retailers, Greenacre and Norvik, warned that shelves would be empty.", "Two retailers"),
        ("Shareholders in the supermarket chain Brightwell said that they would sue.", "Shareholders"),
        ("The town's owner, Halvard Metals, said that it would sue.", "Halvard Metals"),
    ],
)
def test_a_group_is_none_of_the_names_beside_it(nlp, text, speaker):
    assert speakers(nlp, text) == [speaker]


def test_what_is_told_of_one_of_a_group_is_told_of_none_of_the_others(nlp):
    text = "Exporters, among them Agrisol Foods, which is owned by Carl Dorn, deny that they are to blame."

    assert triples(read(nlp, text)) == [("Carl Dorn", "owns", "Agrisol Foods")]
