"""A network as every writer takes it: columns with types, then nodes and edges one by one. Pure.

Nodes and edges may be iterators, so that a writer needs no more memory for a million than for ten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal as OneOf
from typing import NamedTuple, TypeAlias

Kind = OneOf["string", "integer", "long", "double", "boolean", "strings"]
Value: TypeAlias = "str | int | float | bool | list[str] | None"
Colour = tuple[int, int, int]
Columns = Mapping[str, Kind]

# What XML cannot hold, and no other format is the poorer for lacking: controls, halves of characters.
_NO_TEXT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_NO_VALUES: Mapping[str, Value] = MappingProxyType({})


class NodeRow(NamedTuple):
    """A node, as it is drawn, with a value for some of the columns."""

    id: str
    label: str
    values: Mapping[str, Value] = _NO_VALUES
    place: tuple[float, float] | None = None
    size: float | None = None
    colour: Colour | None = None
    days: tuple[str, str] | None = None  # first and last (ISO)


class EdgeRow(NamedTuple):
    """An edge, as it is drawn, with a value for some of the columns."""

    id: str
    source: str
    target: str
    label: str
    kind: str  # edges between the same nodes are told apart by it
    relation: str  # a short name of what links them, for formats in which edges have a type
    directed: bool = True
    weight: float = 1.0
    values: Mapping[str, Value] = _NO_VALUES
    colour: Colour | None = None
    days: tuple[str, ...] = ()  # on which it is told of (ISO)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns, nodes and edges. Nodes and edges can be gone through once, nodes first."""

    node_columns: Columns
    edge_columns: Columns
    nodes: Iterable[NodeRow]
    edges: Iterable[EdgeRow]
    is_dated: bool = False  # some rows have days
    type_column: str | None = "type"  # the node column that tells what a node is


def hexadecimal(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def plain(text: str) -> str:
    """Return a text without what no XML file can hold."""
    return text if text.isprintable() else _NO_TEXT.sub("", text)  # most are, and it is quickly seen


def clean(value: Value) -> Value:
    """Return a value whose texts are plain."""
    if isinstance(value, str):
        return plain(value)
    return [plain(one) for one in value] if isinstance(value, list) else value
