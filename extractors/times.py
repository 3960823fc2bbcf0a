"""Dates in words to ISO 8601, by the publication date, else by what the text itself gives. No clock is read.

What could be several days is none: "Friday" without any date to count from stays unresolved. Ages, durations
and seasons are not dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Granularity = Literal["day", "month", "year"]
Basis = Literal["explicit", "publication date"]

# Of the years in which a weekday falls on a day, the latest up to this one: news is read when it is new. A
# constant, so that the same text gives the same date on any day; it moves with the software's versions.
LATEST_YEAR = 2026

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WEEKDAY = r"\b(?P<weekday>" + "|".join(_WEEKDAYS) + r")\b"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?![a-z])",
        rf"\b{_MONTH}\s+{_DAY}(?!\d)",
        rf"^(?:in\s+|early\s+|late\s+|mid-?)?{_YEAR}$",
    )
)
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DURATION = re.compile(
    r"\b(?:year|month|week|day|hour|minute|decade)s?[ -](?:old|long)\b|\bfor\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date with how it was come by."""

    value: str  # ISO 8601: 2023-03-15, 2023-03 or 2023
    granularity: Granularity
    basis: Basis


def resolve(words: str, published: date | None, *, is_future: bool = False) -> Resolved | None:
    """Return the date that ``words`` mean, or None where they mean none for certain.

    Args:
        words: As they stand in the text: "Wednesday (15 March)", "14 March 2023", "yesterday", "last Friday".
        published: The article's date.
        is_future: The sentence speaks of what is to come: "on Friday" is the next one.
    """
    if _DURATION.search(words):
        return None
    for pattern in _PATTERNS:
        if match := pattern.search(words):
            return _from_parts(match.groupdict(), words, published)
    return _relative(words, published, is_future=is_future)


def _from_parts(parts: dict[str, str | None], words: str, published: date | None) -> Resolved | None:
    month = _month_number(parts.get("month"))
    day = int(written) if (written := parts.get("day")) else None
    if parts.get("year"):
        return _checked(int(parts["year"] or 0), month, day, "explicit")
    if month is None or day is None:
        return None
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    return _checked(
        min(years, key=lambda year: _distance(year, month, day, published)), month, day, "publication date"
    )


def date_from_text(mentions: Iterable[str]) -> date | None:
    """Return the date that an undated article was written about: the latest one that its words tell whole.

    "14 March 2023" does; so does "Wednesday (15 March)", whose weekday leaves few years (the latest counts).
    Later mentions without a year are counted from it, as from a publication date.
    """
    found: list[date] = []
    for words in mentions:
        match = next((match for pattern in _PATTERNS if (match := pattern.search(words))), None)
        if match is None or not match.groupdict().get("day"):
            continue
        year = match.groupdict().get("year")
        day, month = int(match["day"]), _month_number(match["month"]) or 0
        weekday = re.search(_WEEKDAY, words, re.IGNORECASE)
        years = [int(year)] if year else _years_by_weekday(month, day, weekday[1].lower()) if weekday else []
        found.extend(
            date(one, month, day) for one in years if _distance(one, month, day, date.min) < float("inf")
        )
    return max(found, default=None)


def _years_by_weekday(month: int, day: int, weekday: str) -> list[int]:
    """Return the latest year in which that day was that weekday."""
    for year in range(LATEST_YEAR, LATEST_YEAR - 12, -1):
        if (
            _distance(year, month, day, date.min) < float("inf")
            and _WEEKDAYS[date(year, month, day).weekday()] == weekday
        ):
            return [year]
    return []


def _month_number(name: str | None) -> int | None:
    if name is None:
        return None
    if name.isdigit():
        return int(name)
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _distance(year: int, month: int, day: int, published: date) -> float:
    try:
        return abs((date(year, month, day) - published).days)
    except ValueError:
        return float("inf")


def _checked(year: int, month: int | None, day: int | None, basis: Basis) -> Resolved | None:
    try:
        if month is None:
            return Resolved(f"{year:04}", "year", basis)
        if day is None:
            return Resolved(date(year, month, 1).isoformat()[:7], "month", basis)
        return Resolved(date(year, month, day).isoformat(), "day", basis)
    except ValueError:
        return None


def _relative(words: str, published: date | None, *, is_future: bool) -> Resolved | None:
    if published is None:
        return None
    lower = words.lower()
    for word, days in _RELATIVE.items():
        if re.search(rf"\b{word}\b", lower):
            return Resolved((published + timedelta(days=days)).isoformat(), "day", "publication date")
    if weekday := re.search(_WEEKDAY, lower):
        return _weekday(_WEEKDAYS.index(weekday[1]), lower, published, is_future=is_future)
    return None


def _weekday(wanted: int, words: str, published: date, *, is_future: bool) -> Resolved:
    """Take the nearest such day that is not ahead ("Friday" on a Friday is today); for plans, not past."""
    if is_future or re.search(r"\bnext\b|\bcoming\b", words):
        ahead = (wanted - published.weekday()) % 7 or 7
        return Resolved((published + timedelta(days=ahead)).isoformat(), "day", "publication date")
    back = (published.weekday() - wanted) % 7
    if re.search(r"\blast\b", words) and back == 0:
        back = 7
    return Resolved((published - timedelta(days=back)).isoformat(), "day", "publication date")
