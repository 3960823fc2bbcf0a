"""What several voices of an article speak of: when two tell the same, and when they do not."""

import pytest

from extractors.propositions import ALONE, PLANNED, WORDS
from newsgraph.vocabulary import load_vocabulary
from tests.extractors.reading import name_of, read

pytestmark = pytest.mark.model


def told(extraction, predicate):
    """Return the propositions of a predicate."""
    return [one for one in extraction.propositions if one.predicate == predicate]


def voices(extraction, proposition):
    """Return who takes which stance, None for the article itself."""
    speakers = {one.id: name_of(extraction, one.speaker) for one in extraction.attributions}
    return [(speakers.get(one.attribution), one.stance) for one in proposition.voices]


# --- Stances on one proposition


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg said that Russia attacked Norway. Carl Dorn denied that Russia attacked Norway.",
        "Anna Berg said that Russia attacked Norway. Carl Dorn said that Russia did not attack Norway.",
    ],
)
def test_who_says_it_and_who_denies_it_meet_at_one_proposition(nlp, text):
    extraction = read(nlp, text)

    [attack] = told(extraction, "attacked")
    assert voices(extraction, attack) == [("Anna Berg", "asserts"), ("Carl Dorn", "denies")]
    assert {one.score for one in attack.voices} == {1.0}


def test_who_denies_a_negation_asserts(nlp):
    extraction = read(nlp, "Anna Berg denied that Russia did not attack Norway.")

    [attack] = told(extraction, "attacked")
    assert voices(extraction, attack) == [("Anna Berg", "asserts")]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Russia attacked Norway.", "asserts"),
        ("Russia did not attack Norway.", "denies"),
        ("Russia will attack Norway.", "asserts"),
        ("Russia may have attacked Norway.", "undetermined"),
        ("If Russia attacked Norway, the deal was off.", "undetermined"),
    ],
)
def test_the_article_itself_is_a_voice(nlp, text, stance):
    extraction = read(nlp, text)

    [attack] = told(extraction, "attacked")
    assert voices(extraction, attack) == [(None, stance)]


def test_who_declines_to_say_and_who_holds_it_possible_leave_it_open(nlp):
    extraction = read(
        nlp,
        "Anna Berg did not say that Russia attacked Norway. Carl Dorn said that Russia may attack Norway.",
    )

    [attack] = told(extraction, "attacked")
    assert voices(extraction, attack) == [("Anna Berg", "undetermined"), ("Carl Dorn", "undetermined")]


def test_what_is_said_within_what_is_said_is_the_inner_ones(nlp):
    extraction = read(nlp, "Officials said that the Kremlin denied that Russia attacked Norway.")

    [attack] = told(extraction, "attacked")
    assert voices(extraction, attack) == [("Kremlin", "denies")]


# --- When two are the same


def test_the_parties_of_a_symmetric_predicate_have_no_order(nlp):
    extraction = read(nlp, "Anna Berg met Carl Dorn. Ivo Marsh denied that Carl Dorn met Anna Berg.")

    [met] = told(extraction, "met")
    assert voices(extraction, met) == [(None, "asserts"), ("Ivo Marsh", "denies")]


def test_those_of_any_other_have(nlp):
    extraction = read(nlp, "Russia attacked Norway. Carl Dorn denied that Norway attacked Russia.")

    assert [voices(extraction, one) for one in told(extraction, "attacked")] == [
        [(None, "asserts")],
        [("Carl Dorn", "denies")],
    ]


def test_what_is_planned_is_kept_apart_from_what_happened(nlp):
    extraction = read(nlp, "Anna Berg met Carl Dorn. Ivo Marsh said that Anna Berg will meet Carl Dorn.")

    happened, planned = told(extraction, "met")
    assert voices(extraction, happened) == [(None, "asserts")]
    assert voices(extraction, planned) == [("Ivo Marsh", "asserts")]
    assert (happened.key.split("|")[0], planned.key.split("|")[0]) == ("", PLANNED)


def test_what_has_no_date_is_of_the_only_one(nlp):
    extraction = read(
        nlp, "Anna Berg met Carl Dorn on 14 March 2023. Ivo Marsh denied that Anna Berg met Carl Dorn."
    )

    [met] = told(extraction, "met")
    assert met.time == "2023-03-14"
    sure, joined = met.voices
    assert (sure.score, joined.score) == (1.0, 0.9)
    assert "date" in joined.reason


def test_of_two_dates_it_is_of_none(nlp):
    extraction = read(
        nlp,
        "Anna Berg met Carl Dorn on 14 March 2023. Anna Berg met Carl Dorn on 10 March 2023. "
        "Ivo Marsh denied that Anna Berg met Carl Dorn.",
    )

    assert [one.time for one in told(extraction, "met")] == ["2023-03-14", "2023-03-10", None]


CRASHED = "Anna Berg said that a Su-27 crashed into an MQ-9."


def test_something_weaker_that_is_implied_is_asserted_where_somebody_speaks_of_it(nlp):
    extraction = read(nlp, f"{CRASHED} Carl Dorn denied that a Su-27 collided with an MQ-9.")

    [collision] = told(extraction, "collidedWith")
    assert sorted(voices(extraction, collision)) == [("Anna Berg", "asserts"), ("Carl Dorn", "denies")]
    [implied] = [one for one in collision.voices if one.stance == "asserts"]
    assert implied.score < 1
    assert "so also" in implied.reason
    assert len(told(extraction, "crashedInto")) == 1


def test_nothing_weaker_is_told_where_nobody_speaks_of_it(nlp):
    assert told(read(nlp, f"{CRASHED} Carl Dorn left."), "collidedWith") == []


def test_who_denies_the_stronger_does_not_deny_the_weaker(nlp):
    extraction = read(
        nlp,
        "Anna Berg denied that a Su-27 crashed into an MQ-9. "
        "Carl Dorn said that a Su-27 collided with an MQ-9.",
    )

    [collision] = told(extraction, "collidedWith")
    assert voices(extraction, collision) == [("Carl Dorn", "asserts")]


def test_a_jet_without_a_name_is_the_only_one_that_has_one(nlp):
    extraction = read(nlp, "A Su-27 flew near Oslo. Carl Dorn denied that a jet struck an MQ-9.")

    [struck] = told(extraction, "struck")
    [voice] = struck.voices
    assert name_of(extraction, struck.subject) == "Su-27"
    assert voice.score == 0.8
    assert "of its kind" in voice.reason
    [relation] = [one for one in extraction.relations if one.id == voice.relation]
    assert name_of(extraction, relation.subject) == "jet", "the relation says what the text says"


def test_of_two_that_have_a_name_it_is_neither(nlp):
    extraction = read(nlp, "A Su-27 and a MiG-31 flew near Oslo. Carl Dorn denied that a jet struck an MQ-9.")

    [struck] = told(extraction, "struck")
    assert name_of(extraction, struck.subject) == "jet"
    assert struck.voices[0].score == 1.0


# --- Contents that tell no relation


def test_a_content_without_a_relation_is_known_by_its_words_without_the_negation(nlp):
    extraction = read(
        nlp,
        "Anna Berg said that prices rose. Carl Dorn said that prices did not rise. "
        "Ivo Marsh denied that prices rose.",
    )

    [rise] = extraction.propositions
    assert voices(extraction, rise) == [
        ("Anna Berg", "asserts"),
        ("Carl Dorn", "denies"),
        ("Ivo Marsh", "denies"),
    ]
    assert rise.key == f"{WORDS}|price|rise"
    assert (rise.predicate, rise.subject, rise.object, rise.time) == (None, None, None, None)


def test_other_words_are_another_proposition(nlp):
    extraction = read(nlp, "Anna Berg said that prices rose. Carl Dorn said that wages rose.")

    assert len(extraction.propositions) == 2


def test_a_single_word_could_be_any_and_meets_no_other(nlp):
    extraction = read(nlp, "Anna Berg confirmed the interception. Carl Dorn denied the interception.")

    first, second = extraction.propositions
    assert first.key != second.key
    assert {one.key.split("|")[0] for one in (first, second)} == {ALONE}


# --- The records

MIXED = (
    "Anna Berg met Carl Dorn on 14 March 2023. Ivo Marsh denied that Anna Berg met Carl Dorn and said "
    "that prices rose. A Su-27 crashed into an MQ-9, Moscow said. Washington denied that the jet collided "
    "with it. "
    "Officials said that the Kremlin claimed that Russia attacked Norway."
)


def test_ids_and_voices_are_the_same_each_time(nlp):
    first, second = read(nlp, MIXED), read(nlp, MIXED)

    assert first.propositions == second.propositions
    assert [one.id for one in first.propositions] == [f"p{n}" for n in range(len(first.propositions))]
    assert len({one.key for one in first.propositions}) == len(first.propositions)


def test_a_proposition_is_told_in_words_of_the_text_and_each_voice_once(nlp):
    extraction = read(nlp, MIXED)

    assert len(extraction.propositions) >= 4
    for one in extraction.propositions:
        assert one.text in MIXED
        places = [(voice.attribution, voice.relation) for voice in one.voices]
        assert places
        assert len(set(places)) == len(places)
        assert all(0 < voice.score <= 1 and voice.reason for voice in one.voices)


def test_a_verb_outside_of_the_vocabulary_is_a_relation_but_no_proposition(nlp):
    extraction = read(nlp, "Anna Berg hugged Carl Dorn.")

    assert [one.predicate for one in extraction.relations] == ["hug"]
    assert "hug" not in load_vocabulary()
    assert extraction.propositions == ()


def test_one_negated_clause_of_several_does_not_turn_the_whole_round(nlp):
    extraction = read(nlp, "Anna Berg said that no house was hit and that the fire was out.")

    [told] = extraction.propositions
    assert voices(extraction, told) == [("Anna Berg", "asserts")]
    assert "not" in told.key.split("|")
