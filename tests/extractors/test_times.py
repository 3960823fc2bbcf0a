"""Dates in words, against the publication date; the same on any day."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.times import date_from_text, duration_of, phrase_around, resolve

THURSDAY = date(2023, 3, 16)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14 March 2023", "2023-03-14"),
        ("14\xa0March\xa02023", "2023-03-14"),
        ("14 march 2023", "2023-03-14"),
        ("March 14, 2023", "2023-03-14"),
        ("2023-03-14", "2023-03-14"),
        ("March 2022", "2022-03"),
        ("2019", "2019"),
        ("mid-2019", "2019"),
        ("since 2014", "2014"),
        ("15 March", "2023-03-15"),
        ("Sat 18 March", "2023-03-18"),
        ("29 February 2024", "2024-02-29"),
        ("Dec. 30", "2022-12-30"),
        ("Wednesday (15 March)", "2023-03-15"),
        ("3 March - 5 dead", "2023-03-03"),
        ("on 3 March 12 soldiers", "2023-03-03"),
        ("Wednesday", "2023-03-15"),
        ("Thursday", "2023-03-16"),
        ("since Tuesday", "2023-03-14"),
        ("on Tuesday morning", "2023-03-14"),
        ("Tuesday night", "2023-03-14"),
        ("Tuesday last week", "2023-03-07"),
        ("Tuesday next week", "2023-03-21"),
        ("yesterday", "2023-03-15"),
        ("today", "2023-03-16"),
        ("the day after tomorrow", "2023-03-18"),
        ("the day before yesterday", "2023-03-14"),
        ("two days ago", "2023-03-14"),
        ("two days after 3 March", "2023-03-05"),
        ("three days before 2 March 2020", "2020-02-28"),
        ("last month", "2023-02"),
        ("late last year", "2022"),
        ("next year", "2024"),
        ("March last year", "2022-03"),
        ("15 March last year", "2022-03-15"),
        ("June of last year", "2022-06"),
    ],
)
def test_what_is_meant(words, value):
    found = resolve(words, THURSDAY)

    assert found is not None
    assert (found.value, found.until, found.duration) == (value, None, None)
    assert found.granularity == {10: "day", 7: "month", 4: "year"}[len(value)]


@pytest.mark.parametrize(
    "words",
    [
        *("two weeks", "for three days", "34-year-old", "winter", "summer 2022", "recently", ""),
        *("the first quarter of 2022", "summer of last year", "this week", "overnight", "the 1990s"),
        *("overnight on Tuesday", "every Tuesday", "a Tuesday", "Good Friday", "Monday and Tuesday"),
        *("the following day", "the following Tuesday", "two days earlier", "15 March that year"),
        *("three weeks ago", "a week ago on Sunday", "about two days ago", "several days ago"),
        *("in the last month", "Sunday last week", "from Tuesday to Friday", "from Tuesday to 3 March"),
    ],
)
def test_what_is_no_certain_day_is_none(words):
    assert resolve(words, THURSDAY) is None


@pytest.mark.parametrize(
    "words",
    [
        "31 February",
        "31 April",
        "31 April 2023",
        "29 February 2023",
        "1 to 31 April",
        "31 April to 5 May 2023",
    ],
)
def test_a_day_that_no_calendar_has_is_none(words):
    assert resolve(words, THURSDAY) is None


def test_29_february_is_no_day_of_a_year_that_is_not_near():
    assert resolve("29 February", THURSDAY) is None
    assert resolve("29 February", date(2024, 3, 2)).value == "2024-02-29"


@pytest.mark.parametrize(
    "words",
    [
        *("Theresa May", "Theresa May, 2016", "may 3 people", "they march 3 km", "march 2022", "Sat"),
        *(
            "2,023 people",
            "2023 people",
            "1984 by Orwell",
            "March 2,023",
            "March 10:30",
            "from 2000 to 2050 people",
        ),
    ],
)
def test_names_verbs_and_counts_are_no_dates(words):
    assert resolve(words, THURSDAY) is None


@pytest.mark.parametrize(
    "words", ["until 3 May", "by 3 May 2026", "before Friday", "after 3 March", "the week of 13 March 2023"]
)
def test_a_border_is_not_the_day(words):
    assert resolve(words, THURSDAY) is None


@pytest.mark.parametrize(
    ("words", "value", "until"),
    [
        ("from 3 to 5 March 2023", "2023-03-03", "2023-03-05"),
        ("3-5 March", "2023-03-03", "2023-03-05"),
        ("March 3–5, 2023", "2023-03-03", "2023-03-05"),
        ("between 3 and 5 March", "2023-03-03", "2023-03-05"),
        ("3rd to 5th of March", "2023-03-03", "2023-03-05"),
        ("from March 3 to April 5, 2023", "2023-03-03", "2023-04-05"),
        ("from 30 December to 3 January 2023", "2022-12-30", "2023-01-03"),
        ("Dec. 30-Jan. 2", "2022-12-30", "2023-01-02"),
        ("between Monday, 3 March and Friday, 7 March 2025", "2025-03-03", "2025-03-07"),
        ("between March and May 2022", "2022-03", "2022-05"),
        ("between January 2020 and May 2021", "2020-01", "2021-05"),
        ("2023-03-03 to 2023-03-05", "2023-03-03", "2023-03-05"),
        ("2019-2021", "2019", "2021"),
        ("from 2019 to 2021", "2019", "2021"),
        ("from 2019 to May 2021", "2019", "2021-05"),
    ],
)
def test_a_stretch_has_begin_and_end(words, value, until):
    found = resolve(words, THURSDAY)

    assert (found.value, found.until) == (value, until)


@pytest.mark.parametrize(
    "words", ["3 and 5 March", "March and May 2022", "2021-2019", "between 5 and 3 March 2023", "2022-23"]
)
def test_several_days_and_ends_before_begins_are_no_stretch(words):
    assert resolve(words, THURSDAY) is None


def test_a_stated_begin_may_have_a_stated_length():
    found = resolve("for three days from 3 March 2023", THURSDAY)

    assert (found.value, found.until, found.duration) == ("2023-03-03", None, "P3D")


def test_what_is_planned_lies_ahead():
    assert resolve("Friday", THURSDAY, is_future=True).value == "2023-03-17"
    assert resolve("Friday", THURSDAY).value == "2023-03-10"


@pytest.mark.parametrize(
    "words", ["Friday", "yesterday", "15 March", "3-5 March", "last year", "two days ago"]
)
def test_without_a_date_to_count_from_nothing_is_guessed(words):
    assert resolve(words, None) is None


def test_an_explicit_date_says_so():
    assert resolve("3-5 March 2023", THURSDAY).basis == "explicit"
    assert resolve("3-5 March", THURSDAY).basis == "publication date"
    assert resolve("15 March last year", THURSDAY).basis == "publication date"


def test_an_undated_article_is_dated_by_what_it_tells_whole():
    assert date_from_text(["Tuesday", "Wednesday (15 March)"]) == date(2023, 3, 15)
    assert date_from_text(["14 March 2019", "2 May 2020", "June 2021"]) == date(2020, 5, 2)
    assert date_from_text(["Tuesday", "March", "the 40th", "31 April 2020"]) is None


@pytest.mark.parametrize(
    ("words", "duration"),
    [
        ("for three days", "P3D"),
        ("two-week", "P2W"),
        ("a two-week ceasefire", "P2W"),
        ("90 minutes", "PT90M"),
        ("six months", "P6M"),
        ("three years in prison", "P3Y"),
        ("for a hundred and twenty days", "P120D"),
        ("for two decades", "P20Y"),
        ("for a year", "P1Y"),
        ("a one-day visit", "P1D"),
        ("a week-long strike", "P1W"),
        ("half an hour", "PT30M"),
        ("two and a half years", "P2Y6M"),
        ("two hours and 30 minutes", "PT2H30M"),
        ("two weeks and three days", "P17D"),
    ],
)
def test_lengths(words, duration):
    assert duration_of(words) == duration


@pytest.mark.parametrize(
    "words",
    [
        *("45-year-old", "aged 45", "45 years old", "five years of age", "three-day-old"),
        *(
            "two days ago",
            "two days earlier",
            "three days after the vote",
            "three days from now",
            "in two days",
        ),
        *("20 hours a week", "every two weeks", "a day", "one day", "three times a day", "50 km per hour"),
        *(
            "about six months",
            "more than two weeks",
            "two to three days",
            "2-3 days",
            "several days",
            "0 days",
        ),
        *("the last two years", "9" * 400 + " days", "soldiers", ""),
    ],
)
def test_ages_rates_points_and_vague_lengths_are_none(words):
    assert duration_of(words) is None


@pytest.mark.parametrize(
    ("text", "name", "phrase"),
    [
        ("They met from 3 to 5 March 2023 in Oslo.", "3", "from 3 to 5 March 2023"),
        ("They met from 3 to 5 March 2023 in Oslo.", "5 March 2023", "from 3 to 5 March 2023"),
        ("She has led it since 2014.", "2014", "since 2014"),
        ("He stays until 3 May.", "3 May", "until 3 May"),
        ("Two days after 3 May, he left.", "3 May", "Two days after 3 May"),
        ("It came in June of last year, he said.", "June of", "June of last year"),
        ("It came on Tuesday last week.", "Tuesday", "Tuesday last week"),
        ("It held from Tuesday to Friday.", "Friday", "from Tuesday to Friday"),
        ("Some 2,023 people came on 3 May.", "3 May", "3 May"),
    ],
)
def test_the_phrase_around_a_date(text, name, phrase):
    start = text.index(name)
    found = phrase_around(text, start, start + len(name))

    assert text[found.start : found.end] == phrase


# --- Whatever the words

_PIECES = (
    *(
        "from",
        "to",
        "and",
        "between",
        "-",
        "–",
        "since",
        "until",
        "for",
        "the",
        "of",
        "a",
        "ago",
        "days after",
    ),
    *("3", "31", "05", "3rd", "2023", "2,023", "1984", "March", "may", "May", "Feb.", "Sat", "ſep", "frİday"),
    *(
        "Tuesday",
        "Friday",
        "last",
        "next",
        "week",
        "month",
        "year",
        "two",
        "hundred",
        "days",
        "half",
        "hours",
    ),
    *("today", "tomorrow", "day before", "2023-03-14", "2023-13-41", "\n", ",", "(", "٣"),
)
_WORDS = st.one_of(st.text(), st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join))


def _is_iso_date(value):
    return bool(re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value)) and date.fromisoformat(
        (value + "-01-01")[:10]
    )


@given(words=_WORDS, published=st.none() | st.dates(), is_future=st.booleans())
def test_no_words_fail_and_every_value_is_a_date(words, published, is_future):
    found = resolve(words, published, is_future=is_future)

    if found is not None:
        assert _is_iso_date(found.value)
        assert found.until is None or (_is_iso_date(found.until) and found.value < found.until)
        assert found.basis == "explicit" or published is not None


@given(words=_WORDS)
def test_no_words_fail_and_every_duration_is_one(words):
    duration = duration_of(words)

    assert duration is None or re.fullmatch(
        r"P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?", duration
    )


@given(mentions=st.lists(_WORDS, max_size=3))
def test_no_words_fail_where_an_article_is_dated(mentions):
    date_from_text(mentions)


@given(begin=st.dates(date(1900, 1, 1), date(2099, 1, 1)), days=st.integers(1, 400))
def test_a_stretch_that_is_written_out_is_read_back(begin, days):
    end = date.fromordinal(begin.toordinal() + days)
    if end.year < 2100:
        found = resolve(f"from {begin.day} {begin:%B} {begin.year} to {end:%B} {end.day}, {end.year}", None)
        assert (found.value, found.until) == (begin.isoformat(), end.isoformat())


@given(data=st.data(), text=_WORDS)
def test_a_phrase_holds_what_it_is_around(data, text):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = phrase_around(text, start, end)

    assert 0 <= found.start <= start <= end <= found.end <= len(text)
