"""What a saved query may be given: declared in its first lines, checked, and bound as terms.

    # Parameter: at (time): as it was known then

declares ``$at``, which stands in the query where a term may stand. It is replaced by a term that the library
writes, with all its escapes, never by the text that was given. A parameter that is not given stays what
``$at`` is in SPARQL, a variable that nothing binds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pyoxigraph import Literal

from graph.terms import date_literal, moment_literal, number_literal, text_literal
from newsgraph.errors import QueryError

QUOTED = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*',
    re.DOTALL,
)
_DECLARED = re.compile(r"^# Parameter: (\w+) \((\w+)\): (.+)$", re.MULTILINE)
_PLACE = re.compile(rf"({QUOTED.pattern})|\$(\w+)", re.DOTALL)


class Parameter(NamedTuple):
    """Something that a query may be given."""

    name: str
    kind: str  # time, date, number, text
    meaning: str


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """Return what a query may be given, in the order in which it says so."""
    return tuple(Parameter(*match.groups()) for match in _DECLARED.finditer(text))


def bind(text: str, given: Mapping[str, str]) -> str:
    """Return a query with terms in the place of its parameters.

    Raises:
        QueryError: If it has no such parameter, or a value is not what that takes.
    """
    known = {one.name: one for one in parameters_of(text)}
    terms = {name: str(_term(_known(name, known), value)) for name, value in given.items()}
    return _PLACE.sub(lambda match: match[1] or terms.get(match[2], match[0]), text)


def _known(name: str, known: Mapping[str, Parameter]) -> Parameter:
    if name not in known:
        listed = ", ".join(f"{one.name} ({one.kind})" for one in known.values())
        raise QueryError(f"no parameter {name!r} here; {f'known: {listed}' if listed else 'there are none'}")
    return known[name]


def _term(one: Parameter, value: str) -> Literal:
    make, example = _KINDS[one.kind]
    try:
        return make(value)
    except (ValueError, OverflowError):
        raise QueryError(f"{one.name}={value!r} is no {one.kind}; write it like {example}") from None


def _moment(value: str) -> Literal:
    """Return a time; without zone it is UTC, and a day is meant to its end."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return moment_literal(datetime.combine(date.fromisoformat(value), time.max, UTC))
    moment = datetime.fromisoformat(value)
    return moment_literal((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC))


def _text(value: str) -> Literal:
    value.encode()  # bytes of a command line that are no text: UnicodeEncodeError is a ValueError
    return text_literal(value)


_KINDS: dict[str, tuple[Callable[[str], Literal], str]] = {
    "time": (_moment, "2026-03-01 or 2026-03-01T18:30Z"),
    "date": (lambda value: date_literal(date.fromisoformat(value)), "2026-03-01"),
    "number": (lambda value: number_literal(int(value)), "12"),
    "text": (_text, "'Anna Berg'"),
}
