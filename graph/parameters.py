"""What a saved query may be given: declared in its first lines, checked, and bound as terms.

    # Parameter: at (time): as it was known then

declares ``$at``, which stands in the query where a term may stand. It is replaced by a term that the library
writes, with all its escapes, never by the text that was given. A parameter that is not given stays what
``$at`` is in SPARQL, a variable that nothing binds; one that is ``needed`` must be given:

    # Parameter: person (entity, needed): who speaks

What a graph must be asked for (which entity a name means) is found by those who have one: ``finders``.

A question that lists what grows with the graph says in a comment where it may be cut, behind what puts first
what is wanted first, and before what is looked up for each row:

    # Parameter: limit (count): so many rows at most, 0: all; if it is not given, 1000
    ... ORDER BY DESC(?date) } LATERAL { ... } } # LIMIT $limit

The comment becomes the LIMIT; with 0, and in the file as it is, there is none. It is asked in two steps,
so that what is chosen is found once: the SELECT in whose braces the comment stands last, with one row more,
then all of it with the rows that were chosen in that place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from graph.terms import date_literal, flag_literal, moment_literal, number_literal, text_literal
from newsgraph.errors import QueryError

QUOTED = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|\'\'\'(?:[^\\]|\\.)*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|<[^<>\s]*>|#[^\n]*',
    re.DOTALL,
)
LIMIT = "limit"  # the parameter that cuts
MOST_ROWS = 1000  # if it is not given
MAX_NUMBER = 10**9  # more than any question needs, less than what the store reckons with

_DECLARED = re.compile(r"^# Parameter: (\w+) \((\w+)(, needed)?\): (.+)$", re.MULTILINE)
_CUT = re.compile(rf"# LIMIT \${LIMIT}$", re.MULTILINE)
_BRACE = re.compile(rf"(?:{QUOTED.pattern})|([{{}}])", re.DOTALL)
_PLACE = re.compile(rf"({QUOTED.pattern})|\$(\w+)", re.DOTALL)


class Parameter(NamedTuple):
    """Something that a query may be given."""

    name: str
    kind: str  # time, date, number, count, text, article, choice, or what a finder finds (meant.py)
    meaning: str
    is_needed: bool = False


Finder = Callable[[str], NamedNode | Literal]
Term = NamedNode | Literal | BlankNode | Triple | None


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """Return what a query may be given, in the order in which it says so."""
    found = _DECLARED.finditer(text)
    return tuple(Parameter(one[1], one[2], one[4], is_needed=bool(one[3])) for one in found)


def bind(text: str, given: Mapping[str, str], finders: Mapping[str, Finder] | None = None) -> str:
    """Return a query with terms in the place of its parameters.

    Args:
        text: The query with its declarations.
        given: Values by name, as they were typed.
        finders: By kind, what finds the term that a value means; they may raise QueryError, too.

    Raises:
        QueryError: If it has no such parameter, one that is needed is missing, or a value is not what that
            takes.
    """
    return bound(text, given, finders).text


class Bound(NamedTuple):
    """A query with terms in the place of its parameters."""

    text: str
    limit: int = 0  # rows; 0: all
    chosen: str = ""  # of a cut one: gives the rows that it is made of, and one more if there are more
    around: tuple[str, str] | None = None  # what stands before and after what ``chosen`` was; None: nothing

    def with_chosen(self, columns: Sequence[str], rows: Sequence[Sequence[Term]]) -> str:
        """Return the query that tells of these rows; none of them may have a blank node."""
        if self.around is None:
            raise ValueError("what is chosen is the answer")
        names = " ".join(f"?{name}" for name in columns)
        values = " ".join(
            f"({' '.join('UNDEF' if one is None else str(one) for one in row)})" for row in rows
        )
        return f"{self.around[0]}{{ VALUES ({names}) {{ {values} }} }}{self.around[1]}"


def bound(text: str, given: Mapping[str, str], finders: Mapping[str, Finder] | None = None) -> Bound:
    """Return a query as :func:`bind` does, cut where it says so.

    Raises:
        QueryError: As :func:`bind` does.
    """
    terms = terms_of(parameters_of(text), given, finders)
    limit = int(terms.pop(LIMIT, number_literal(MOST_ROWS)).value) if _CUT.search(text) else 0
    if not limit:
        return Bound(placed(_CUT.sub("", text), terms))
    before, chosen, after = (placed(one, terms) for one in _parts(text))
    cut = f"{before}{chosen}LIMIT {limit}{after}"
    around = (before.removesuffix("{"), after.lstrip().removeprefix("}")) if before else None
    return Bound(cut, limit, f"{chosen}LIMIT {limit + 1}\n", around)


def _parts(text: str) -> tuple[str, str, str]:
    """Return a query up to the brace around its cut, from there to the cut, and the rest."""
    cut = next(_CUT.finditer(text)).span()
    opened = list[int]()
    for brace in _BRACE.finditer(text, 0, cut[0]):
        if brace[1] == "{":
            opened.append(brace.end())
        elif brace[1] and opened:
            opened.pop()
    begin = opened[-1] if opened else 0
    return text[:begin], text[begin : cut[0]], text[cut[1] :]


def group_around(text: str, place: int) -> tuple[int, int] | None:
    """Return where the inside of the innermost braces around a place of a query begins and ends, if any."""
    opened = list[int]()
    for brace in _BRACE.finditer(text):
        if brace[1] == "{":
            opened.append(brace.end())
        elif brace[1] and opened:
            begin = opened.pop()
            if begin <= place < brace.start():
                return begin, brace.start()
    return None


def placed(text: str, terms: Mapping[str, NamedNode | Literal]) -> str:
    """Return a query with these terms in the place of ``$name``, but in quotes, IRIs and comments."""
    return _PLACE.sub(lambda match: match[1] or str(terms.get(match[2], match[0])), text)


def terms_of(
    parameters: Iterable[Parameter], given: Mapping[str, str], finders: Mapping[str, Finder] | None = None
) -> dict[str, NamedNode | Literal]:
    """Return the terms that were given, by the names of their parameters.

    Raises:
        QueryError: As :func:`bind` does.
    """
    known = {one.name: one for one in parameters}
    asked = {name: _known(name, known) for name in given}
    for one in known.values():
        if one.is_needed and one.name not in given:
            raise QueryError(f"{one.name}=… ({one.kind}) is needed: {one.meaning}")
    return {name: _term(one, given[name], finders or {}) for name, one in asked.items()}


def _known(name: str, known: Mapping[str, Parameter]) -> Parameter:
    if name not in known:
        listed = ", ".join(f"{one.name} ({one.kind})" for one in known.values())
        raise QueryError(f"no parameter {name!r} here; {f'known: {listed}' if listed else 'there are none'}")
    return known[name]


def _term(one: Parameter, value: str, finders: Mapping[str, Finder]) -> NamedNode | Literal:
    if one.kind in finders:
        return finders[one.kind](value)
    if one.kind not in _KINDS:
        raise QueryError(f"{one.name}: no such kind of parameter: {one.kind}; known: {', '.join(KINDS)}")
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


def _number(value: str) -> Literal:
    number = int(value)
    if abs(number) > MAX_NUMBER:
        raise ValueError(value)
    return number_literal(number)


def _count(value: str) -> Literal:
    if int(value) < 0:
        raise ValueError(value)
    return _number(value)


def _choice(value: str) -> Literal:
    if value not in ("yes", "no"):
        raise ValueError(value)
    return flag_literal(value == "yes")


_KINDS: dict[str, tuple[Callable[[str], Literal], str]] = {
    "time": (_moment, "2026-03-01 or 2026-03-01T18:30Z"),
    "date": (lambda value: date_literal(date.fromisoformat(value)), "2026-03-01"),
    "number": (_number, "12"),
    "count": (_count, "0 or 12"),
    "text": (_text, "'Anna Berg'"),
    "article": (_text, "its id"),
    "choice": (_choice, "yes or no"),
}
KINDS = (*_KINDS, "entity", "proposition", "side")
