"""Voices that the layout alone shows, on words by hand and read by the shipped pipeline."""

import pytest

from extractors.drafts import Draft
from extractors.laid_out import with_laid_out
from tests.extractors.reading import name_of, read, texts_of
from tests.extractors.trees import tree

INTERVIEW = """A talk with Ilse Marchetti, who chairs the Harbour Board of Oskar Bay.

GAZETTE: Did the board know of the leak?

MARCHETTI: No. Nobody told us. The pumps were new.

GAZETTE: The union says that it wrote twice.

MARCHETTI: We got one letter. It was about parking.

Marchetti will speak in the council on Monday."""

LETTERS = """Readers on the new tram

“It is late every day. My shop gets no customers.” — Odile Varga, 34, baker
”I love it.”― Tom Achebe
“Where are the benches?” ― Suda K. Lindgren

The tram opened in March."""


def voices(nlp, text):
    extraction = read(nlp, text)
    return [
        (
            texts_of(extraction, one.source),
            texts_of(extraction, one.content),
            name_of(extraction, one.speaker),
        )
        for one in extraction.attributions
    ]


@pytest.mark.model
def test_the_turns_of_an_interview_are_each_speakers_own(nlp):
    found = voices(nlp, INTERVIEW)

    assert (["MARCHETTI"], ["No. Nobody told us. The pumps were new."], "Ilse Marchetti") in found
    assert (["MARCHETTI"], ["We got one letter. It was about parking."], "Ilse Marchetti") in found
    assert [source for source, _, _ in found].count(["GAZETTE"]) == 2
    assert not any("council" in piece for _, content, _ in found for piece in content)


@pytest.mark.model
def test_what_is_told_within_a_turn_stays_in_it(nlp):
    found = {source[0]: content for source, content, _ in voices(nlp, INTERVIEW) if source}

    assert found["The union"] == ["that it wrote twice"]


@pytest.mark.model
def test_capitals_before_a_colon_are_no_turn_of_somebody_unknown(nlp):
    text = "UPDATE: The road is open.\n\nNOTE: Buses run late.\n\nThe road had been shut since May."

    assert not any(source in (["UPDATE"], ["NOTE"]) for source, _, _ in voices(nlp, text))


@pytest.mark.model
def test_signed_quotations_do_not_run_into_each_other(nlp):
    found = voices(nlp, LETTERS)

    assert [(source, content) for source, content, _ in found] == [
        (["Odile Varga"], ["It is late every day. My shop gets no customers."]),
        (["Tom Achebe"], ["I love it."]),
        (["Suda K. Lindgren"], ["Where are the benches?"]),
    ]


@pytest.mark.model
def test_a_dash_and_a_verb_behind_a_quotation_sign_nothing(nlp):
    text = "“We will win.” — Anna Berg told the fans of Arkona in Lund."

    assert [source for source, _, _ in voices(nlp, text)] == [["Anna Berg"]]
    assert voices(nlp, text)[0][1] == ["We will win."]


def test_a_text_without_such_lines_keeps_its_drafts():
    doc = tree("Roe NNP nsubj 1\nsaid VBD ROOT 1\nso RB advmod 1")
    drafts = [Draft((0,), (1,), (2,), (), 0.5)]

    assert with_laid_out(doc, drafts, frozenset()) == drafts


@pytest.mark.model
@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Ferry was overloaded when it sank off Polla - coast guard", ["coast guard"]),
        ("Ferry was overloaded when it sank off Polla – sources", ["sources"]),
        ("Ferry was overloaded when it sank off Polla - Daily Herald", None),  # the paper's own name
        ("Ferry was overloaded when it sank off Polla - live updates", None),
        ("Five dead off Polla - police", None),  # nothing that is told in a clause
    ],
)
def test_a_headline_is_said_by_its_last_words(nlp, headline, expected):
    found = voices(nlp, headline + "\n\nAn inquiry opened in Polla on Thursday.")
    said = [
        source for source, content, _ in found if content == ["Ferry was overloaded when it sank off Polla"]
    ]

    assert said == ([expected] if expected else [])
