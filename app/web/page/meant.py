"""What to choose from where a name means several things: the candidates of a message as links. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from app.web.page.templates import link

_CANDIDATE = re.compile(r"(id:[\w-]+) \(((?:[^()]|\([^()]*\))+)\)")


class Candidate(NamedTuple):
    words: str
    iri: str
    address: str


def candidates(message: str, path: str, given: Mapping[str, str | list[str]]) -> list[Candidate]:
    """Return what a message of graph/meant.py lists, each with the address that asks for it instead.

    Args:
        message: It quotes the value that was not clear.
        path: Of the page that was asked.
        given: Its parameters.
    """
    for name, value in given.items():
        values = value if isinstance(value, list) else [value]
        for unclear in values:
            if repr(unclear) in message:
                return [
                    Candidate(words, iri, link(path, **{**given, name: _instead(value, unclear, iri)}))
                    for iri, words in _CANDIDATE.findall(message)
                ]
    return []


def _instead(value: str | list[str], unclear: str, iri: str) -> str | list[str]:
    return [iri if one == unclear else one for one in value] if isinstance(value, list) else iri
