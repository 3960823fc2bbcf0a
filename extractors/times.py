"""Dates in words to ISO 8601, by the publication date, else by what the text itself gives. No clock is read.

What could be several days is none: "Friday" without any date to count from stays unresolved. Ages and seasons
are not dates; a stretch is its begin and its end; a length is a duration (duration_of), counted from nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extractors.values import NUMBER_WORDS, number_of
from newsgraph.records import TextSpan

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
# Of these two, ASCII letters only: else "ſ" would pass for an "s".
_NAMES = r"(?a:" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\b\.?"
_ANY_WEEKDAY = r"(?a:" + "|".join(_WEEKDAYS) + r")"
_MONTH = rf"(?P<month>{_NAMES})"
_DAY = r"(?<![\d.,:])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NO_MORE_DIGITS = r"(?!\d|[.:,]\d)"  # not "March 2,023", "March 10:30"
_WEEKDAY = rf"\b(?P<weekday>{_ANY_WEEKDAY})\b"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}\b",
        rf"\b{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}\b",
        rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}",
        rf"\b{_MONTH}\s+{_DAY}{_NO_MORE_DIGITS}",
        rf"^\s*(?:(?:in|during|since|from|throughout)\s+)?(?:early\s+|late\s+|mid-?\s*)?{_YEAR}\s*$",
    )
)
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_DURATION = re.compile(
    r"\b(?:year|month|week|day|hour|minute|decade)s?[ -](?:old|long)\b|\bfor\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date with how it was come by."""

    value: str  # ISO 8601: 2023-03-15, 2023-03 or 2023; of a stretch its begin
    granularity: Granularity  # of ``value``
    basis: Basis
    until: str | None = None  # ISO 8601: the last day, month or year of a stretch
    duration: str | None = None  # ISO 8601, of "for three days from Monday"


def resolve(words: str, published: date | None, *, is_future: bool = False) -> Resolved | None:
    """Return the date that ``words`` mean, or None where they mean none for certain.

    Args:
        words: As they stand in the text: "Wednesday (15 March)", "14 March 2023", "yesterday", "last Friday",
            "from 3 to 5 March", "two days after 3 May", "last month".
        published: The article's date.
        is_future: The sentence speaks of what is to come: "on Friday" is the next one.
    """
    words = " ".join(words.split())
    if (lasting := _LASTING.match(words)) and (length := duration_of(lasting[1])):
        begin = _date(words[lasting.end() :], published, is_future=is_future)
        return begin and replace(begin, duration=length)
    if _DURATION.search(words):
        return None
    if shift := _SHIFT.search(words):
        return _shifted(shift, words[shift.end() :], published, is_future=is_future)
    return _date(words, published, is_future=is_future)


def _date(words: str, published: date | None, *, is_future: bool) -> Resolved | None:
    for stretch in _STRETCH.finditer(words):
        first, last = _side(stretch["first"]), _side(stretch["last"])
        if _is_stretch(first, last, stretch):
            if stretch["join"].strip().lower() == "and" and (stretch["lead"] or "").lower() != "between":
                return None  # several days
            return _begin_and_end(first, last, published)
    for pattern in _PATTERNS:
        if match := pattern.search(words):
            return None if _is_misread(match, words) else _from_parts(match, words, published)
    return _relative(words, published, is_future=is_future)


def _from_parts(match: re.Match[str], words: str, published: date | None) -> Resolved | None:
    parts = match.groupdict()
    month = _month_number(parts.get("month"))
    day = int(written) if (written := parts.get("day")) else None
    if parts.get("year"):
        return _checked(int(parts["year"] or 0), month, day, "explicit")
    if month is None or day is None or published is None:
        return None
    if other := _OTHER_YEAR.match(words, match.end()):
        shift = _YEARS.get(other[1].lower())
        return None if shift is None else _checked(published.year + shift, month, day, "publication date")
    year = _nearest_year(month, day, published)
    return None if year is None else _checked(year, month, day, "publication date")


def _nearest_year(month: int, day: int, published: date) -> int | None:
    """Return the year in which a day lies nearest; 29 February may be years away, and then is none's."""
    years = (published.year - 1, published.year, published.year + 1)
    nearest = min(years, key=lambda year: _distance(year, month, day, published))
    return nearest if _distance(nearest, month, day, published) <= _HALF_A_YEAR else None


_HALF_A_YEAR = 184  # days
_OTHER_YEAR = re.compile(
    r",?\s+(?:of\s+)?(?:the\s+)?(last|this|next|that|same|following|previous) year\b", re.I
)
_YEARS = {"last": -1, "this": 0, "next": 1}

# In front of a date, these say that it is a border or the name of something else, not the day.
_BORDER = re.compile(
    r"\b(?:until|till|before|after|by|beyond|following|(?:week|weekend|anniversary|eve|days?|wake) of)"
    rf"\s+(?:about\s+|around\s+)?(?:the\s+)?(?:early\s+|late\s+)?(?:{_ANY_WEEKDAY},?\s+)?$",
    re.IGNORECASE,
)
_NAME_BEFORE_MONTH = re.compile(r"\b[A-Z][a-z]+\s+$")
_ALSO_NAMES = frozenset({"April", "May", "June", "August", "March"})
_NO_NAMES = frozenset(
    {
        *_WEEKDAYS,
        *(
            "in",
            "on",
            "by",
            "of",
            "from",
            "since",
            "between",
            "until",
            "to",
            "and",
            "the",
            "during",
            "around",
        ),
        *("early", "mid", "late", "last", "next", "this", "before", "after", "through", "about", "ending"),
    }
)


def _is_misread(match: re.Match[str], words: str) -> bool:
    """Tell whether a date's words are a border, the verb "may", a month in a name ("Theresa May, 2016")."""
    before = words[: match.start()]
    month = match.groupdict().get("month") or ""
    if _BORDER.search(before):
        return True
    if month in {"may", "march"}:  # as a verb: who writes no capitals writes the whole date
        return not (match.groupdict().get("day") and match.groupdict().get("year"))
    if month not in _ALSO_NAMES or match.start("month") != match.start():
        return False
    name = _NAME_BEFORE_MONTH.search(before)
    return name is not None and name[0].strip().lower() not in _NO_NAMES


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
            return Resolved(f"{date(year, 1, 1).year:04}", "year", basis)
        if day is None:
            return Resolved(date(year, month, 1).isoformat()[:7], "month", basis)
        return Resolved(date(year, month, day).isoformat(), "day", basis)
    except ValueError:
        return None


# --- Stretches: "from 3 to 5 March 2023"

_D, _Y = r"[0-3]?\d(?:st|nd|rd|th)?\b", r"(?:19|20)\d\d\b"
_SIDE = (
    rf"(?:(?:{_ANY_WEEKDAY},?\s+)?(?:the\s+)?(?:{_Y}-\d\d-\d\d\b|{_D}(?:\s+of)?\s+{_NAMES}(?:,?\s+{_Y})?"
    rf"|{_NAMES}\s+{_D}(?:(?:,\s*|\s+){_Y})?|{_NAMES}(?:,?\s+(?:of\s+)?{_Y})?|{_Y}|{_D}(?:,\s*{_Y})?)"
    rf"|{_ANY_WEEKDAY}\b)"
)
_STRETCH = re.compile(
    rf"(?<![\d.,:-])\b(?:(?P<lead>from|between)\s+)?(?P<first>{_SIDE})"
    rf"(?P<join>\s*[-–—]\s*|\s+(?:to|until|till|through|and)\s+)(?P<last>{_SIDE}){_NO_MORE_DIGITS}",
    re.IGNORECASE,
)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)$")


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of a stretch, as far as its own words tell it."""

    year: int | None
    month: int | None
    day: int | None


def _side(words: str) -> _Side:
    if iso := _ISO_DAY.search(words):
        return _Side(int(iso[1]), int(iso[2]), int(iso[3]))
    year = re.search(_Y, words)
    month = re.search(rf"\b{_NAMES}", words, re.IGNORECASE)
    day = re.search(r"(?<!\d)[0-3]?\d(?!\d)", words)
    return _Side(year and int(year[0]), _month_number(month and month[0]), day and int(day[0]))


def _is_stretch(first: _Side, last: _Side, stretch: re.Match[str]) -> bool:
    """Tell a stretch of time from two numbers that stand beside each other."""
    if re.search(r"\b(?:may|march)\b", stretch[0]):
        return False  # the verbs
    if first.month is None and last.month is None:
        is_all = not re.sub(r"(?i)\bin\b|\bduring\b", "", stretch.re.sub("", stretch.string, 1)).strip()
        return first.day is None and last.day is None and is_all  # not "2000 to 2050 people"
    if first.month is None and first.day is not None:
        return last.day is not None
    if last.month is None and last.day is not None:  # "March 3-5", but not "3 March - 5 dead"
        return first.day is not None and first.year is None and not re.match(r"\s+[-–—]", stretch["join"])
    return True


def _begin_and_end(first: _Side, last: _Side, published: date | None) -> Resolved | None:
    """Return a stretch; what one end leaves out is as at the other end, the year the one that fits."""
    month = first.month or (last.month if first.day else None)
    last_month = last.month or (first.month if last.day else None)
    basis: Basis = "explicit" if last.year else "publication date"
    year = last.year
    if year is None and first.year is None and published and last_month and last.day:
        year = _nearest_year(last_month, last.day, published)
    if year is None or _Side(None, None, None) in {first, last}:
        return None
    end = _checked(year, last_month, last.day, basis)
    begin = _checked(first.year or year, month, first.day, basis)
    may_be_last_year = first.month is not None and first.year is None
    if begin and end and begin.value > end.value and may_be_last_year:  # "30 December to 3 January 2023"
        begin = _checked(year - 1, month, first.day, basis)
    return replace(begin, until=end.value) if begin and end and begin.value < end.value else None


# --- Lengths: "for three days"

_UNIT = r"(?:second|minute|hour|day|week|fortnight|month|year|decade)"
_SPELT = "|".join(sorted(NUMBER_WORDS - {"a", "an"}, key=len)[::-1])
_NUMBER_WORD = rf"(?:\d[\d,.]*|half|{_SPELT})\b"
_A = rf"an?(?=\s+(?:hundred|thousand|million|dozen|{_UNIT}\b(?![\s-]long)))"
_NUMBER = rf"(?:{_NUMBER_WORD}|{_A})(?:[\s-]+(?:and[\s-]+)?(?:{_NUMBER_WORD}|an?\b))*"
_LENGTH = rf"{_NUMBER}[\s-]+{_UNIT}s?\b"
_LENGTHS = re.compile(
    r"\s*(?P<lead>(?:(?:for|lasting|lasted|took|of|an?|the|its|his|her|their|exactly|full|another)\s+)*?)"
    rf"(?P<all>{_LENGTH}(?:(?:,?\s+and|,)?\s+{_LENGTH})*|(?P<one>{_UNIT})(?=[\s-]?long\b))"
    # No ages, rates, ranges, points in time:
    r"(?!\s*[-–]\s*(?:old|\d)"
    r"|\s+(?:old|ago|earlier|later|before|after|from|of\s+age|to|or|an?|per|each|every)\b)",
    re.IGNORECASE,
)
_ONE_LENGTH = re.compile(rf"({_NUMBER})([\s-]+)({_UNIT})s?\b", re.IGNORECASE)
_DESIGNATORS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_LARGER = {"decade": (10, "year"), "fortnight": (2, "week")}
_SMALLER = {"year": (12, "month"), "day": (24, "hour"), "hour": (60, "minute"), "minute": (60, "second")}
_ARTICLES = {"a": 1.0, "an": 1.0, "half a": 0.5, "half an": 0.5}
_LONGEST = 1e6  # of any unit: above, it is no length of anything in the news


def duration_of(words: str) -> str | None:
    """Return the ISO 8601 duration that ``words`` begin with, or None where they tell no exact length.

    duration_of("for three days") -> "P3D"; "two-week" -> "P2W"; None: "45-year-old", "about an hour", "a day"
    """
    match = _LENGTHS.match(words)
    if match is None:
        return None
    if match["one"]:
        return _iso_duration({match["one"].lower(): 1.0})
    is_counted = re.search(r"\b(?:for|lasting|lasted|took)\b", match["lead"].lower()) is not None
    counts: dict[str, float] = {}
    for number, gap, unit in _ONE_LENGTH.findall(match["all"]):
        count = _ARTICLES.get(number.lower()) or number_of(number)
        if not count or count > _LONGEST or unit.lower() in counts:
            return None
        if count == 1 and not is_counted and gap != "-":
            return None  # "one day" may be any, "a day" may be each
        counts[unit.lower()] = count
    return _iso_duration(counts)


def _iso_duration(counts: Mapping[str, float]) -> str | None:
    """Return "P3Y6M" for three years and six months; halves in the next smaller unit."""
    whole = dict.fromkeys(_DESIGNATORS, 0.0)
    for unit, count in counts.items():
        factor, known = _LARGER.get(unit, (1, unit))
        whole[known] += count * factor
    for unit, (factor, smaller) in _SMALLER.items():
        part = whole[unit] % 1
        whole[unit], whole[smaller] = whole[unit] - part, whole[smaller] + part * factor
    if whole["week"] and len(counts) > 1:  # ISO 8601 has weeks alone only
        whole["day"], whole["week"] = whole["day"] + 7 * whole["week"], 0.0
    if not all(count.is_integer() for count in whole.values()):
        return None
    parts = [(f"{count:.0f}{_DESIGNATORS[unit]}" if count else "") for unit, count in whole.items()]
    time = "".join(parts[4:])
    return f"P{''.join(parts[:4])}{'T' if time else ''}{time}"


# --- Dates that are counted from another one

_LASTING = re.compile(r"\s*(for\s+.{1,60}?)\s+(?:from|since|starting|beginning)\s+(?:on\s+)?", re.IGNORECASE)
_SHIFT = re.compile(
    rf"^\s*(?:on\s+)?(?:(?P<number>the|{_NUMBER})\s+)?days?\s+(?P<way>before|after)\s+"
    rf"(?=(?:the\s+)?(?:\d|{_NAMES}|{_ANY_WEEKDAY}|yesterday|tomorrow|today))",
    re.IGNORECASE,
)


def _shifted(shift: re.Match[str], words: str, published: date | None, *, is_future: bool) -> Resolved | None:
    """Return the date of "two days after 3 May"."""
    number = (shift["number"] or "the").lower()
    days = 1.0 if number in {"the", "a"} else number_of(number)
    found = _date(words, published, is_future=is_future)
    if days is None or not days.is_integer() or found is None or found.granularity != "day" or found.until:
        return None
    return _day(
        date.fromisoformat(found.value),
        int(days) * (1 if shift["way"].lower() == "after" else -1),
        found.basis,
    )


def _day(start: date, days: int, basis: Basis = "publication date") -> Resolved | None:
    try:
        return Resolved((start + timedelta(days=days)).isoformat(), "day", basis)
    except OverflowError:  # before the year 1, after 9999
        return None


_AGO = re.compile(rf"\s*(?:just\s+|only\s+)?({_NUMBER})\s+days?\s+ago\b")
_MONTH_OR_YEAR = re.compile(
    rf"(?:\b(?P<month>{_NAMES})\s+(?:of\s+)?)?(?<!\bthe )"  # "the last year" is a length
    r"\b(?P<which>last|this|next)\s+(?P<unit>month|year)\b(?!-)",
    re.IGNORECASE,
)
_WEEK = re.compile(r"\b(last|this|next)\s+week\b")
_NO_ONE_DAY = re.compile(
    r"\b(?:overnight|ago|(?<!last )(?<!this )(?<!next )week"
    r"|quarter|half|spring|summer|autumn|fall|winter|season)\b"
)
# "a Tuesday" is any, "the following Tuesday" is counted from what the text told before; the rest are names.
_NOT_THIS = re.compile(
    r"\b(?:every|each|an?|any|some|most|previous|following"
    r"|good|ash|palm|easter|holy|black|bloody|super|cyber)\s+$"
)


def _relative(words: str, published: date | None, *, is_future: bool) -> Resolved | None:
    lower = words.lower()
    if published is None:
        return None
    if ago := _AGO.match(lower):
        days = number_of(ago[1])
        return None if days is None or not days.is_integer() else _day(published, -int(days))
    if _NO_ONE_DAY.search(lower):
        return None
    if (match := _MONTH_OR_YEAR.search(words)) and not _is_misread(match, words):
        return _month_or_year(match, published)
    for word, days in _RELATIVE.items():
        if re.search(rf"\b{word}\b", lower):
            return _day(published, days)
    return _weekday(lower, published, is_future=is_future)


def _month_or_year(match: re.Match[str], published: date) -> Resolved | None:
    shift = _YEARS[match["which"].lower()]
    if match["unit"].lower() == "year":
        return _checked(published.year + shift, _month_number(match["month"]), None, "publication date")
    months = published.year * 12 + published.month - 1 + shift
    return _checked(months // 12, months % 12 + 1, None, "publication date")


def _weekday(words: str, published: date, *, is_future: bool) -> Resolved | None:
    """Take the nearest such day that is not ahead ("Friday" on a Friday is today); for plans, not past."""
    found = list(re.finditer(_WEEKDAY, words))
    if len({match[1] for match in found}) != 1:
        return None
    before = words[: found[0].start()]
    if _NOT_THIS.search(before) or _BORDER.search(before) or re.search(r"\b(?:before|after)\b", words):
        return None
    wanted = _WEEKDAYS.index(found[0][1])
    if week := _WEEK.search(words):
        if 6 in {wanted, published.weekday()}:  # which week a Sunday belongs to is no two readers' opinion
            return None
        return _day(published, wanted - published.weekday() + 7 * _YEARS[week[1]])
    if is_future or re.search(r"\bnext\b|\bcoming\b", words):
        return _day(published, (wanted - published.weekday()) % 7 or 7)
    back = (published.weekday() - wanted) % 7
    return _day(published, -(7 if re.search(r"\blast\b", words) and back == 0 else back))


# --- The words around a date

_IN_FRONT = re.compile(
    rf"\b(?:(?:{_NUMBER}|the)\s+days?\s+(?:before|after)"
    rf"|for\s+{_LENGTH}\s+(?:from|since|starting|beginning)(?:\s+on)?"
    r"|since|from|until|till|by|before|after"
    r"|(?:the\s+)?(?:week|weekend|anniversary|eve|days|wake)\s+of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r",?\s+(?:(?:of\s+)?(?:the\s+)?(?:last|this|next|that|same|following|previous)\s+(?:week|year)|ago)\b",
    re.I,
)
_REACH = 60  # characters on each side


def phrase_around(text: str, start: int, end: int) -> TextSpan:
    """Return the whole expression that a date is part of: of "3" in "from 3 to 5 March" all of it.

    A name of a date is cut short: on its own each end of a stretch is a day, and so is that of "until 3 May".
    """
    low, high = max(start - _REACH, 0), end + _REACH
    for stretch in _STRETCH.finditer(text, low, high):
        if stretch.start() <= start and end <= stretch.end():
            start, end = stretch.span()
    if lead := _IN_FRONT.search(text, low, start):
        start = lead.start()
    if tail := _BEHIND.match(text, end, max(high, end)):
        end = tail.end()
    return TextSpan(start, end)
