"""Parameters of a view, which anybody may have written into an address: checked, as what they mean.

All raise QueryError with the parameter's name, which the page shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pyoxigraph import NamedNode

from newsgraph.errors import QueryError

MOST_CHARS = 2_000


def given_text(parameters: Mapping[str, str], name: str, default: str | None = None) -> str:
    """Return a text without what no keyboard writes; ``default`` where it is missing or empty."""
    text = "".join(one for one in parameters.get(name, "") if one.isprintable()).strip()
    if len(text) > MOST_CHARS:
        raise QueryError(f"{name} is longer than {MOST_CHARS} characters")
    if not text and default is None:
        raise QueryError(f"{name} is missing")
    return text or (default or "")


def given_iri(parameters: Mapping[str, str], name: str) -> NamedNode:
    text = given_text(parameters, name)
    try:
        return NamedNode(text)
    except ValueError:
        raise QueryError(f"{name} is no IRI") from None


def given_number(parameters: Mapping[str, str], name: str, default: int, *, most: int, least: int = 1) -> int:
    """Return a whole number; what is too small or too large becomes the nearest that is allowed."""
    text = given_text(parameters, name, str(default))
    if not (text.isascii() and text.removeprefix("-").isdigit() and len(text) < 12):
        raise QueryError(f"{name} is no whole number")
    return max(least, min(most, int(text)))


def given_day(parameters: Mapping[str, str], name: str) -> date | None:
    text = given_text(parameters, name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise QueryError(f"{name} is no day such as 2023-03-16") from None


def given_one_of(parameters: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """Return one of ``allowed``; the first where none is given."""
    text = given_text(parameters, name, allowed[0])
    if text not in allowed:
        raise QueryError(f"{name} is none of {', '.join(filter(None, allowed))}")
    return text
