"""The dates by which publishers say when an article came out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_WRITTEN_OUT = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y")


def parse_date(written: str) -> date:
    """Return the day of an ISO 8601 date or time, an RFC 5322 time or a day written out in English.

    A time's day is the one of its own time zone: the one on the publisher's calendar.

    Raises:
        ValueError: If it is none of these, or no day of the calendar.
    """
    written = " ".join(written.split())
    with suppress(ValueError):
        return datetime.fromisoformat(written).date()
    for form in _WRITTEN_OUT:
        with suppress(ValueError):
            return datetime.strptime(written, form).date()  # noqa: DTZ007 - only its day is taken
    with suppress(ValueError, TypeError, IndexError):
        return parsedate_to_datetime(written).date()
    raise ValueError(f"{written[:40]!r} is no date; write it like 2023-03-16")
