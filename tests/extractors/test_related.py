"""From relations found to records: whose they are, evidence, when, where, how much; what is left out."""

from datetime import date

import pytest

from extractors.drafts import Draft
from extractors.meanings import Meanings
from extractors.related import Contents
from newsgraph.records import Value
from tests.extractors.reading import name_of, read, triples

model = pytest.mark.model

PUBLISHED = date(2023, 3, 16)  # a Thursday


# --- Whose a word is


def contents(*places):
    return Contents([Draft((), (), tuple(one), (), 0.9) for one in places])


def test_of_several_contents_the_innermost_counts():
    found = contents(range(2, 9), range(4, 9), range(20, 22))

    assert [found.number_at(place) for place in (1, 2, 5, 8, 9, 21)] == [None, 0, 1, 1, None, 2]
    assert [place in found.places_at(5) for place in (3, 4, 8)] == [False, True, True]
    assert found.places_at(1) is None


def test_the_order_in_which_contents_are_given_does_not_matter():
    assert contents(range(4, 9), range(2, 9)).number_at(5) == 0


def test_of_two_alike_the_first_counts():
    assert contents(range(2, 5), range(2, 5)).number_at(3) == 0


@model
def test_a_relation_in_a_content_in_a_content_is_the_inner_speakers(nlp):
    extraction = read(nlp, "Officials said that the Kremlin denied that Russia attacked Norway.")

    [attack] = extraction.relations
    [denial] = [one for one in extraction.attributions if one.cue_lemma == "deny"]
    assert attack.attribution == denial.id
    assert not attack.negated, "to deny is a stance, and no negation of what is denied"


@model
def test_what_stands_beside_a_source_is_the_narrators(nlp):
    extraction = read(nlp, "Anna Berg, head of the Lund Institute, said that Russia attacked Norway.")

    assert {one.predicate: one.attribution for one in extraction.relations} == {
        "leads": None,
        "attacked": extraction.attributions[0].id,
    }


@model
@pytest.mark.parametrize(
    ("text", "predicate", "is_narrators"),
    [
        ("The mayor said that Anna Berg, head of the Lund Institute, had lied.", "leads", True),
        ("The mayor said that Berg's husband, Hedi Trabelsi, had lied.", "marriedTo", True),
        ('The mayor said: "Anna Berg, head of the Lund Institute, has lied."', "leads", False),
        ("The mayor said that Anna Berg, a member of the Lund Party, had lied.", "memberOf", False),
        ("The mayor said that Anna Berg was the head of the Lund Institute.", "leads", False),
    ],
)
def test_a_post_or_a_tie_beside_a_name_is_the_reporters_in_his_own_words_only(
    nlp, text, predicate, is_narrators
):
    found = [one.attribution is None for one in read(nlp, text).relations if one.predicate == predicate]

    assert found == [is_narrators]


# --- What shows it


@model
@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("Russia attacked Norway.", "Russia attacked Norway"),
        ("Russia attacked Norway, Carl Dorn said on Tuesday.", "Russia attacked Norway"),
        ("Carl Dorn said that Russia attacked Norway.", "Russia attacked Norway"),
        ('"Russia attacked Norway," Carl Dorn said.', "Russia attacked Norway"),
        ("Anna Berg, who met Carl Dorn, left.", "who met Carl Dorn"),
    ],
)
def test_the_evidence_is_the_clause_within_the_content(nlp, text, evidence):
    [one] = read(nlp, text).relations

    assert text[one.start : one.end] == evidence


@model
def test_an_evidence_reaches_out_of_no_content(nlp):
    extraction = read(
        nlp,
        "Anna Berg accused Carl Dorn of attacking Lund. Officials said the Kremlin denied that Russia "
        'attacked Norway on Monday. "Norway attacked Russia, and Oslo met Moscow," Ivo Marsh told CNN.',
    )
    contents = {one.id: one.content for one in extraction.attributions}

    inside = [one for one in extraction.relations if one.attribution]
    assert inside
    for one in inside:
        assert any(start <= one.start < one.end <= end for start, end in contents[one.attribution])


# --- What is not told


@model
def test_the_words_on_a_poster_are_no_fact(nlp):
    assert read(nlp, 'The "Russia attacked Norway" poster hung in Oslo.').relations == ()


@model
def test_words_in_quotation_marks_that_nobody_owns_are_passed_over_with_the_reason(nlp):
    text = 'He saw a sign. "Russia attacked Norway." The crowd left.'

    extraction = read(nlp, text)

    assert extraction.relations == ()
    [passed] = extraction.passed_over
    assert (passed.what, text[passed.start : passed.end]) == ("attacked", "Russia attacked Norway")
    assert "quotation marks" in passed.reason


@model
def test_words_in_quotation_marks_that_somebody_owns_are_his(nlp):
    extraction = read(nlp, '"Russia attacked Norway," Carl Dorn said.')

    assert triples(extraction) == [("Russia", "attacked", "Norway")]
    assert extraction.passed_over == ()


@model
def test_she_in_her_own_words_is_somebody_else(nlp, monkeypatch):
    text = 'Anna Berg met Ida Roe. "She told me that she had met Carl Dorn," Berg said.'
    monkeypatch.setattr(Meanings, "is_himself", lambda *_: True)

    extraction = read(nlp, text)
    inner = [one for one in extraction.attributions if one.inside is not None]
    assert {one.speaker for one in inner} <= {None}
    assert any("own words" in one.reason for one in extraction.passed_over)


# --- When, where, how much


@model
@pytest.mark.parametrize(
    ("phrase", "begin", "end", "duration"),
    [
        ("on Tuesday", "2023-03-14", None, None),
        ("on 3 March 2023", "2023-03-03", None, None),
        ("in March 2023", "2023-03", None, None),
        ("on Wednesday (15 March)", "2023-03-15", None, None),
        ("from 3 to 5 March 2023", "2023-03-03", "2023-03-05", None),
        ("for three days", None, None, "P3D"),
        ("again", None, None, None),
    ],
)
def test_when_it_was(nlp, phrase, begin, end, duration):
    [one] = read(nlp, f"Anna Berg met Carl Dorn {phrase}.", published=PUBLISHED).relations

    assert (one.time, one.until, one.duration) == (begin, end, duration)
    assert (one.time_basis is None) == (begin is None)


@model
def test_a_weekday_of_what_is_planned_is_the_next_one(nlp):
    [past] = read(nlp, "Anna Berg met Carl Dorn on Friday.", published=PUBLISHED).relations
    [planned] = read(nlp, "Anna Berg will meet Carl Dorn on Friday.", published=PUBLISHED).relations

    assert (past.time, planned.time) == ("2023-03-10", "2023-03-17")


@model
@pytest.mark.parametrize(
    ("verb", "day"),
    [
        ("would visit", "2023-03-17"),
        ("might visit", "2023-03-17"),
        ("would have visited", "2023-03-10"),
        ("had visited", "2023-03-10"),
    ],
)
def test_a_weekday_of_what_somebody_foretells_is_the_next_one(nlp, verb, day):
    [one] = read(nlp, f"Anna Berg said she {verb} Lund on Friday.", published=PUBLISHED).relations

    assert one.time == day


@model
def test_when_it_was_said_is_not_when_it_was(nlp):
    [one] = read(nlp, "Anna Berg met Carl Dorn, officials said on Tuesday.", published=PUBLISHED).relations

    assert one.time is None


@model
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Anna Berg met Carl Dorn in Oslo.", "Oslo"),
        ("Anna Berg met Carl Dorn near Oslo on Tuesday.", "Oslo"),
        ("Anna Berg visited Oslo.", None),
        ("Anna Berg met Carl Dorn.", None),
    ],
)
def test_where_it_was_is_no_party_of_it(nlp, text, place):
    extraction = read(nlp, text)

    [one] = extraction.relations
    assert name_of(extraction, one.place) == place


@model
def test_amounts_belong_to_the_relation_with_their_place_in_the_text(nlp):
    text = "Anna Berg said that Norvik bought Lund Holdings for at least $5 million."
    [one] = read(nlp, text).relations

    start = text.index("$5")
    assert one.values == (
        Value("money", 5_000_000.0, "USD", start, start + len("$5 million"), bound="at least"),
    )


@model
def test_ids_go_by_the_order_of_the_text(nlp):
    extraction = read(nlp, "Anna Berg met Carl Dorn. Russia attacked Norway. Carl Dorn visited Oslo.")

    assert [one.id for one in extraction.relations] == ["r0", "r1", "r2"]
    assert [one.predicate for one in extraction.relations] == ["met", "attacked", "visited"]
