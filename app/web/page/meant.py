"""What to choose from where a name means several things, as links. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.web.page.templates import link
from newsgraph.errors import as_sentence


class Candidate(NamedTuple):
    words: str
    iri: str
    address: str


def asked_back(unclear: Mapping[str, Any]) -> str:
    return f"{as_sentence(unclear['reason'])}; which is meant?"


def candidates(
    unclear: Mapping[str, Any], path: str, given: Mapping[str, str | list[str]]
) -> list[Candidate]:
    """Return what can be chosen from, each with the address that gives it where that was not clear.

    Args:
        unclear: Of an UnclearError: ``written``, ``candidates``.
        path: Of the page that was asked.
        given: Its parameters.
    """
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        if unclear["written"] in map(str.strip, values):
            place = [*map(str.strip, values)].index(unclear["written"])
            return [
                Candidate(
                    words, iri, link(path, **{**given, name: [*values[:place], iri, *values[place + 1 :]]})
                )
                for iri, words in unclear["candidates"]
            ]
    return []
