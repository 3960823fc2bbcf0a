"""What stands above a report: passed over and kept; what only looks like it is read."""

import pytest

from ingest.openings import read_opening
from ingest.parse import parse_article
from newsgraph.records import RawDocument

PROSE = "The harbour of Lissa will stay closed until the storm has passed, the mayor said on Tuesday."


def article(text):
    return parse_article(RawDocument("a", "a.txt", "text/plain", text.encode()))


def passed_over(text):
    return [text[start:end] for start, end in article(text).skipped]


@pytest.mark.parametrize(
    ("byline", "authors", "agency"),
    [
        ("By Anna Berg", ("Anna Berg",), None),
        ("By ANNA BERG and Carl Dorn", ("ANNA BERG", "Carl Dorn"), None),
        ("By Anna Berg, Carl Dorn and Lu van den Bos", ("Anna Berg", "Carl Dorn", "Lu van den Bos"), None),
        ("By Anna Berg in Port Selwick", ("Anna Berg",), None),
        ("By Anna Berg, Chief Political Correspondent", ("Anna Berg",), None),
        ("By Anna Berg | Associated Press", ("Anna Berg",), "Associated Press"),
        ("Written by Anna Berg, Reuters", ("Anna Berg",), "Reuters"),
        ("By The Associated Press", (), "Associated Press"),
    ],
)  # fmt: skip
def test_a_byline_tells_who_wrote_it(byline, authors, agency):
    text = f"Harbour stays closed\n{byline}\n\n{PROSE}"

    read = article(text)

    assert (read.authors, read.agency) == (authors, agency)
    assert passed_over(text) == [byline]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday Evening",
        "By the time Anna Berg had come, the harbour was closed",
        "By Anna Berg's count, seven trawlers were lost.",
        "By 2030",
        "By Far",
    ],
)
def test_what_only_begins_like_a_byline_is_read(line):
    text = f"{line}\n{PROSE}"

    assert article(text).authors == ()
    assert passed_over(text) == []


def test_a_line_in_the_middle_of_the_text_is_no_byline():
    text = f"{PROSE}\nBy Anna Berg\n{PROSE}"

    assert passed_over(text) == []


def test_a_dateline_is_passed_over_and_tells_where_and_by_whom():
    text = f"Harbour stays closed\nBy Anna Berg\nLISSA, March 14 (Reuters) - {PROSE}"

    read = article(text)

    assert (read.authors, read.dateline, read.agency) == (("Anna Berg",), "LISSA", "Reuters")
    assert passed_over(text) == ["By Anna Berg", "LISSA, March 14 (Reuters) - "]
    assert read.text == text, "offsets are those of the file"


def test_lines_that_are_passed_over_anyway_do_not_count():
    text = "Advert\n" * 9 + f"By Anna Berg\n{PROSE}"

    assert article(text).authors == ("Anna Berg",)


def test_nothing_in_nothing():
    assert read_opening("") == ((), (), None, None)
