"""Datelines are passed over; what only looks like one is not."""

import pytest

from newsgraph.datelines import dateline_of, find_datelines


@pytest.mark.parametrize(
    "opening",
    [
        "WASHINGTON — ",
        "PORT SELWICK — ",
        "LONDON, March 14 (Reuters) - ",
        "HARROWMERE, June 6 (Northern Wire) — ",
        "KYIV, Ukraine (AP) — ",
        "ST. PAUL, Minn. – ",
        "LA PAZ — ",
        "ST HELIER, Oct 5 (Northern Wire) - ",
        "MOSCOW—",
        "Berlin (AP) — ",
        "MOSCOW, 16 March. ",
        "MOSCOW, March 16 /TASS/. ",
    ],
)
def test_datelines(opening):
    text = f"Title\n{opening}The minister said so."

    assert [text[one.start : one.end] for one in find_datelines(text)] == [opening]


@pytest.mark.parametrize(
    "line",
    [
        "NATO said on Tuesday - two days late - that it would go.",
        "The dam — an old one — broke.",
        "US-made drones — all of them — fell.",
        "USA TODAY reported it.",
        "MQ-9 Reaper - a drone",
        "NATO, which met in Brussels. The ministers",
        "Berg (AP) said",
        "Anna Berg (left) — a lawyer — won.",
        "",
    ],
)
def test_prose(line):
    assert list(find_datelines(line)) == []


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("LONDON, March 14 (Reuters) - A ship", "LONDON", "Reuters"),
        ("KYIV, Ukraine (AP) — A ship", "KYIV, Ukraine", "AP"),
        ("Port Said, Egypt, 3 May (AFP) — A ship", "Port Said, Egypt", "AFP"),
        ("MOSCOW, March 16 /TASS/. A ship", "MOSCOW", "TASS"),
        ("WASHINGTON/MOSCOW — A ship", "WASHINGTON/MOSCOW", None),
    ],
)
def test_a_dateline_tells_where_and_by_whom(line, place, agency):
    dateline = dateline_of(line)

    assert (dateline.place, dateline.agency) == (place, agency)
    assert line[dateline.end :] == "A ship"
