"""The controlled vocabulary of relations, from predicates.toml: for who finds and who stores them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Predicate:
    """One kind of relation."""

    name: str  # camelCase: its local name in the graph
    label: str
    plover: str  # event class of PLOVER; "" for a state
    symmetric: bool  # a spoke with b as b spoke with a
    subject: tuple[str, ...]  # entity types that may stand there
    object: tuple[str, ...]
    comment: str
    holds: bool = False  # a state: what is told of it holds as of the article
    ends: bool = False  # a state that may be over: of who led something it is not said that he leads it
    implies: str = ""  # a weaker predicate that holds as well: who met spoke with each other


@cache
def load_vocabulary() -> Mapping[str, Predicate]:
    """Return the predicates by name, in the order of the file."""
    given = tomllib.loads(files("newsgraph").joinpath("predicates.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _predicate(name, entry) for name, entry in given.items()})


def _predicate(name: str, entry: Mapping[str, object]) -> Predicate:
    fields = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Predicate(name=name, **fields)  # type: ignore[arg-type]
