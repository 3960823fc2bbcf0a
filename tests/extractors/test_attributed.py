"""Who says what, in sentences read by the shipped pipeline: kind of cue, addressee, relays, medium."""

import pytest

from tests.extractors.reading import name_of, read, texts_of

pytestmark = pytest.mark.model


def said(nlp, text, cue=None):
    """Return extraction and attribution of a text; with several, the one with this cue lemma."""
    extraction = read(nlp, text)
    [one] = [one for one in extraction.attributions if cue in {None, one.cue_lemma}]
    return extraction, one


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("said that", "neutral"),
        ("claimed that", "claim"),
        ("denied that", "denial"),
        ("admitted that", "admission"),
        ("confirmed that", "confirmation"),
        ("demanded that", "demand"),
        ("promised that", "promise"),
        ("warned that", "warning"),
        ("asked whether", "question"),
        ("doubted that", "doubt"),
        ("believes that", "belief"),
        ("refused to say whether", "refusal"),
        ("did not confirm that", "refusal"),
        ("did not say that", "refusal"),
    ],
)
def test_what_kind_of_saying_a_cue_is(nlp, words, kind):
    _, one = said(nlp, f"Anna Berg {words} the ship sank.")

    assert one.cue_type == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anna Berg accused Carl Dorn of attacking Lund.", "accusation"),
        ("Footage shows that the ship sank.", "evidence"),
        ("Anna Berg vowed to leave the port.", "promise"),
        ('Anna Berg called the remark "unworthy".', "neutral"),
        ("Anna Berg called for an end to the strike.", "demand"),
        ("Anna Berg called on both countries to withdraw their troops.", "demand"),
    ],
)
def test_accusations_evidence_and_vows_are_told_by_their_cues(nlp, text, kind):
    assert said(nlp, text)[1].cue_type == kind


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anna Berg told Carl Dorn that the ship sank.", "Carl Dorn"),
        ("Anna Berg told lawmakers that the ship sank.", "lawmakers"),
        ("Anna Berg said that the ship sank.", None),
    ],
)
def test_who_is_told(nlp, text, told):
    extraction, one = said(nlp, text)

    assert name_of(extraction, one.addressee) == told
    assert one.relays == ()


def test_an_agency_that_is_told_passes_it_on_and_is_not_addressed(nlp):
    extraction, one = said(nlp, "Anna Berg told CNN that the ship sank.")

    assert name_of(extraction, one.via) == "CNN"
    assert one.relays == (one.via,)
    assert one.addressee is None


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("Anna Berg said in a statement that the ship sank.", "statement"),
        ('"The ship sank," Anna Berg said in an interview with Reuters.', "interview"),
        ("Anna Berg said that the ship sank.", None),
        ("Anna Berg said in Oslo that the ship sank.", None),
    ],
)
def test_in_what_it_was_said(nlp, text, medium):
    assert said(nlp, text)[1].medium == medium


@pytest.mark.parametrize(
    ("text", "temporality"),
    [
        ("Anna Berg said that the ship will sail tomorrow.", "future"),
        ("The ship will sail tomorrow, Anna Berg said.", "future"),
        ("Anna Berg vowed to leave the port.", "future"),
        ("Anna Berg said that the ship sank.", "non-future"),
        ("Anna Berg will say that the ship sank.", "non-future"),
    ],
)
def test_whether_what_is_said_is_still_to_come(nlp, text, temporality):
    assert said(nlp, text)[1].temporality == temporality


def test_what_is_said_in_anothers_content_knows_the_innermost_around_it(nlp):
    extraction = read(nlp, "Officials said that the Kremlin denied that Russia attacked Norway.")
    outer, inner = extraction.attributions

    assert [outer.cue_lemma, inner.cue_lemma] == ["say", "deny"]
    assert (outer.inside, inner.inside) == (None, outer.id)
    assert (outer.stance, inner.stance) == ("asserts", "denies")


def test_two_who_speak_side_by_side_are_not_inside_each_other(nlp):
    extraction = read(nlp, "Anna Berg said that the ship sank. Carl Dorn denied that the ship sank.")

    assert [one.inside for one in extraction.attributions] == [None, None]


def test_a_relay_of_the_outer_passes_on_the_inner_one(nlp):
    text = "CNN, citing Tass, reported that the Kremlin denied that the ship sank."
    extraction, denial = said(nlp, text, "deny")

    assert name_of(extraction, denial.speaker) == "Kremlin"
    assert {name_of(extraction, relay) for relay in denial.relays} == {"CNN", "Tass"}


@pytest.mark.parametrize(
    "text",
    [
        "CNN, citing Tass, reported that the Kremlin denied that the ship sank.",
        "According to Reuters, the Kremlin claimed that the ship sank.",
        "Anna Berg told CNN that Carl Dorn claimed that the ship sank.",
        "Footage shows that the ship sank.",
    ],
)
def test_the_first_relay_is_via_and_nobody_passes_on_himself(nlp, text):
    for one in read(nlp, text).attributions:
        assert one.via == (one.relays[0] if one.relays else None)
        assert one.speaker not in one.relays
        assert len(set(one.relays)) == len(one.relays)
        assert one.addressee not in {one.speaker, *one.relays} - {None}


def test_what_has_no_entity_behind_it_has_a_source_but_no_speaker(nlp):
    extraction, one = said(nlp, "Footage shows that the ship sank.")

    assert texts_of(extraction, one.source) == ["Footage"]
    assert one.speaker is None


def test_ids_go_by_the_order_of_the_contents(nlp):
    text = "Anna Berg said that the ship sank. Carl Dorn said that Ivo Marsh claimed that it burned."
    extraction = read(nlp, text)
    contents = [one.content[0] for one in extraction.attributions]

    assert [one.id for one in extraction.attributions] == [f"a{n}" for n in range(len(contents))]
    assert contents == sorted(contents)
