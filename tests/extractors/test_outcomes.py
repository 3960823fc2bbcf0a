"""What stands behind a cue and only what is told can have done, and who is asked to do something."""

import pytest

from tests.extractors.reading import name_of, read, texts_of, triples

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "actor", "suffers"),
    [
        ("A bomb hit the ferry Isla, Governor Anna Berg said, killing Tom Falk.", "bomb", "Tom Falk"),
        ("Russia attacked Norway, the ministry said on Monday, wounding Tom Falk.", "Russia", "Tom Falk"),
        (
            "Russia attacked Norway, Anna Berg said, leaving roads cut and injuring Tom Falk.",
            "Russia",
            "Tom Falk",
        ),
    ],
)
def test_who_tells_of_a_blow_did_not_strike_it(nlp, text, actor, suffers):
    extraction = read(nlp, text)

    blows = [one for one in extraction.relations if one.predicate in {"killed", "injured"}]
    assert {(name_of(extraction, one.subject), name_of(extraction, one.object)) for one in blows} <= {
        (actor, suffers)
    }
    assert all(one.attribution for one in blows)


def test_the_outcome_is_part_of_what_is_told(nlp):
    extraction = read(nlp, "A bomb hit the ferry Isla, Governor Anna Berg said, killing Tom Falk.")

    [told] = extraction.attributions
    assert texts_of(extraction, told.content) == ["A bomb hit the ferry Isla", "killing Tom Falk"]


def test_who_speaks_a_quotation_may_strike_a_table(nlp):
    extraction = read(nlp, "“We will fight on,” General Anna Berg said, striking the table.")

    [told] = extraction.attributions
    assert texts_of(extraction, told.content) == ["We will fight on,"]


def test_what_is_added_is_said_by_who_spoke_before(nlp):
    extraction = read(
        nlp, "The army shelled Lund, the mayor, Anna Berg, said, adding that three people died."
    )

    assert {name_of(extraction, one.speaker) for one in extraction.attributions} == {"Anna Berg"}


@pytest.mark.parametrize("asked", ["called on Anna Berg", "appealed to Anna Berg", "pleaded with Anna Berg"])
def test_who_is_asked_to_do_it_would_do_it(nlp, asked):
    extraction = read(nlp, f"Tom Falk {asked} to expel the envoy Carl Dorn.")

    assert ("Tom Falk", "sanctioned", "Carl Dorn") not in triples(extraction)


def test_a_part_that_is_quoted_keeps_both_its_marks(nlp):
    extraction = read(nlp, "Anna Berg said the reply was “calm and clear.” Tom Falk left.")

    [told] = extraction.attributions
    assert texts_of(extraction, told.content) == ["the reply was “calm and clear.”"]


def test_who_received_no_warning_denies_that_he_did(nlp):
    extraction = read(nlp, "Anna Berg said that Norvik Metals had received no warning.")

    [warning] = extraction.propositions
    assert [one.stance for one in warning.voices] == ["denies"]


def test_who_recalls_an_ambassador_says_nothing(nlp):
    extraction = read(nlp, "Norway recalled its ambassador, Anna Berg, who had met Tom Falk on Monday.")

    assert extraction.attributions == ()
    assert [one.attribution for one in extraction.relations if one.predicate == "met"] == [None]
