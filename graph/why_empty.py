"""Why a question has no answer, where that can be known: an event without a day, a time before all articles.

Reads a store, never writes. A wrong reason is worse than none: only what the graph says is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from graph.meant import finders
from graph.parameters import Parameter, terms_of
from graph.query import solutions
from graph.snapshots import Reader

_DATED = "SELECT ?day { GRAPH g:view { ?on ng:moreGeneral? %s . ?on ng:time ?day } } ORDER BY ?day"
_SAID = "SELECT ?words { GRAPH g:view { %s ng:statement ?words } }"
_SINCE = """SELECT (MIN(?at) AS ?first) {
  { GRAPH g:provenance { ?in prov:wasDerivedFrom ?text ; prov:generatedAtTime ?at } }
  UNION { ?in ng:formerlyOf ?node ; ng:knownFrom ?at }
}"""
_OUT = "GRAPH g:articles { ?one schema:datePublished ?day }"
_DAYS = f"SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) {{ {_OUT} }}"
_ARTICLES = "SELECT ?one { GRAPH g:articles { ?text ng:versionOf ?one } } LIMIT 1"


def why_empty(reader: Reader, parameters: Iterable[Parameter], given: Mapping[str, str]) -> str:
    """Return in words why a question that was given these values finds nothing; "" if that is not known."""
    if not _rows(reader, _ARTICLES):
        return "the graph holds no article"
    terms = terms_of(parameters, given, finders(reader))
    for reason in (_without_a_day, _not_yet_known, _not_yet_out):
        if told := reason(reader, terms):
            return told
    return ""


def _without_a_day(reader: Reader, terms: Mapping[str, NamedNode | Literal]) -> str:
    event, within = terms.get("event"), terms.get("within")
    if event is None or within is None:
        return ""
    said = next((words for [words] in _rows(reader, _SAID % event)), "the event")
    days = [day for [day] in _rows(reader, _DATED % event) if _is_day(day)]
    if not days:
        return f"no article tells on which day it was: {said}"
    its = ", ".join(dict.fromkeys(days))
    return f"nothing else is told of a day within {within.value} days of {its}: {said}"


def _not_yet_known(reader: Reader, terms: Mapping[str, NamedNode | Literal]) -> str:
    if (at := terms.get("at")) is None:
        return ""
    [[first]] = _rows(reader, _SINCE)
    if not first or datetime.fromisoformat(at.value) >= datetime.fromisoformat(first):
        return ""
    return f"the graph held nothing then: its first article came in on {first[:10]} (at {first[11:16]} UTC)"


def _not_yet_out(reader: Reader, terms: Mapping[str, NamedNode | Literal]) -> str:
    begin, end = terms.get("from"), terms.get("to")
    days = [one.value for one in (begin, end) if isinstance(one, Literal) and _is_day(one.value)]
    if not days:
        return ""
    if begin is not None and end is not None and begin.value > end.value:
        return f"no day is on or after {begin.value} and on or before {end.value}"
    [[first, last]] = _rows(reader, _DAYS)
    if not first:
        return "no article of the graph tells when it came out"
    if (begin is not None and begin.value > last[:10]) or (end is not None and end.value < first[:10]):
        return f"the articles of the graph came out from {first[:10]} to {last[:10]}"
    return ""


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _rows(reader: Reader, text: str) -> list[list[str]]:
    _, found = solutions(reader, text)
    return [[term.value if isinstance(term, NamedNode | Literal) else "" for term in row] for row in found]
