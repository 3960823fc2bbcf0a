"""The start page: how much there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.store import Reader
from graph.terms import ARTICLES, TYPE, term


@dataclass(frozen=True, slots=True)
class Start:
    articles: int


def view(reader: Reader, parameters: Mapping[str, str]) -> Start:
    """Return what the start page shows."""
    found = reader.store.quads_for_pattern(None, TYPE, term("schema:NewsArticle"), ARTICLES)
    return Start(sum(1 for _ in found))
