"""Datelines are passed over; what only looks like one is not."""

import pytest

from extractors.datelines import find_datelines


@pytest.mark.parametrize(
    "opening",
    [
        "WASHINGTON — ",
        "PORT SELWICK — ",
        "LONDON, March 14 (Reuters) - ",
        "HARROWMERE, June 6 (Northern Wire) — ",
        "KYIV, Ukraine (AP) — ",
        "ST. PAUL, Minn. – ",
        "MOSCOW—",
    ],
)
def test_datelines(opening):
    text = f"Title\n{opening}The minister said so."

    assert [text[start:end] for start, end in find_datelines(text)] == [opening]


@pytest.mark.parametrize(
    "line",
    [
        "NATO said on Tuesday - two days late - that it would go.",
        "The dam — an old one — broke.",
        "US-made drones — all of them — fell.",
        "USA TODAY reported it.",
        "MQ-9 Reaper - a drone",
        "",
    ],
)
def test_prose(line):
    assert list(find_datelines(line)) == []
