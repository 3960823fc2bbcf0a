"""Dates in words, against the publication date; the same on any day."""

from datetime import date

import pytest

from extractors.times import date_from_text, resolve

THURSDAY = date(2023, 3, 16)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("14 March 2023", "2023-03-14"),
        ("March 14, 2023", "2023-03-14"),
        ("2023-03-14", "2023-03-14"),
        ("March 2022", "2022-03"),
        ("2019", "2019"),
        ("15 March", "2023-03-15"),
        ("Dec. 30", "2022-12-30"),
        ("Wednesday (15 March)", "2023-03-15"),
        ("Wednesday", "2023-03-15"),
        ("Thursday", "2023-03-16"),
        ("yesterday", "2023-03-15"),
        ("today", "2023-03-16"),
    ],
)
def test_what_is_meant(words, value):
    assert resolve(words, THURSDAY).value == value


@pytest.mark.parametrize(
    "words", ["two weeks", "for three days", "34-year-old", "31 February", "winter", "recently", ""]
)
def test_what_is_no_certain_day_is_none(words):
    assert resolve(words, THURSDAY) is None


def test_what_is_planned_lies_ahead():
    assert resolve("Friday", THURSDAY, is_future=True).value == "2023-03-17"
    assert resolve("Friday", THURSDAY).value == "2023-03-10"


@pytest.mark.parametrize("words", ["Friday", "yesterday", "15 March"])
def test_without_a_date_to_count_from_nothing_is_guessed(words):
    assert resolve(words, None) is None


def test_an_undated_article_is_dated_by_what_it_tells_whole():
    assert date_from_text(["Tuesday", "Wednesday (15 March)"]) == date(2023, 3, 15)
    assert date_from_text(["14 March 2019", "2 May 2020", "June 2021"]) == date(2020, 5, 2)
    assert date_from_text(["Tuesday", "March", "the 40th"]) is None
