"""GEXF 1.3, the file that Gephi opens, in constant memory.

Not NetworkX's own writer: none of its GEXF versions is valid, Gephi merges the parallel edges it writes, and
one control character in a label makes a file that Gephi cannot open. What Gephi does not stand either is kept
from it here: an edge of weight 0 is dropped, so it gets the least weight; dates without a time format are
errors, so there is one; what is told on a day has a spell of that day.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import BinaryIO

from graph.export.sheet import Colour, Columns, EdgeRow, NodeRow, Sheet, Value, plain
from graph.export.stream import write_pieces
from graph.export.xml_text import attribute

LEAST_WEIGHT = 1e-6
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>newsgraph</creator></meta>
"""
_LISTS = {"strings": "liststring"}
_KEPT_VALUES = 1000
_Writers = list[tuple[str, Callable[[Value], str]]]


def write_gexf(sheet: Sheet, file: BinaryIO) -> None:
    """Write a sheet; edges between the same nodes stay apart in Gephi if their kinds differ."""
    write_pieces(_lines(sheet), file)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield _HEAD
    time = ' timeformat="date" timerepresentation="interval"' if sheet.is_dated else ""
    mode = "dynamic" if sheet.is_dated else "static"
    yield f'<graph defaultedgetype="directed" mode="{mode}"{time}>\n'
    yield from _columns("node", sheet.node_columns)
    yield from _columns("edge", sheet.edge_columns)
    yield "<nodes>\n"
    writers = _writers(sheet.node_columns)
    yield from (_node(row, writers) for row in sheet.nodes)
    yield "</nodes>\n<edges>\n"
    writers = _writers(sheet.edge_columns)
    yield from (_edge(row, writers) for row in sheet.edges)
    yield "</edges>\n</graph>\n</gexf>\n"


def _columns(of: str, columns: Columns) -> Iterator[str]:
    yield f'<attributes class="{of}">\n'
    for name, kind in columns.items():
        title = attribute(name)
        yield f'<attribute id="{title}" title="{title}" type="{_LISTS.get(kind, kind)}"/>\n'
    yield "</attributes>\n"


class _Written(dict[Value, str]):
    """A column's values as they are written; those that come again and again, such as days, are kept."""

    def __init__(self, name: str) -> None:
        self._begin = f'<attvalue for="{attribute(name)}" value="'

    def __missing__(self, value: Value) -> str:
        text = f'{self._begin}{_text(value)}"/>'
        if len(self) < _KEPT_VALUES and not isinstance(value, list):
            self[value] = text
        return text


def _writers(columns: Columns) -> _Writers:
    """Return what writes each column's values; lists cannot be looked up."""
    written = {name: _Written(name) for name in columns}
    return [
        (name, written[name].__missing__ if kind == "strings" else written[name].__getitem__)
        for name, kind in columns.items()
    ]


def _node(row: NodeRow, writers: _Writers) -> str:
    days = "" if row.days is None else f' start="{row.days[0]}" end="{row.days[1]}"'
    look = "" if row.colour is None else _colour(row.colour)
    if row.place is not None:
        look += f'<viz:position x="{row.place[0]}" y="{row.place[1]}" z="0.0"/>'
    if row.size is not None:
        look += f'<viz:size value="{row.size}"/>'
    head = f'<node id="{attribute(row.id)}" label="{attribute(row.label)}"{days}>'
    return f"{head}{_attvalues(row.values, writers)}{look}</node>\n"


def _edge(row: EdgeRow, writers: _Writers) -> str:
    kind = "directed" if row.directed else "undirected"
    ends = f'source="{attribute(row.source)}" target="{attribute(row.target)}" type="{kind}"'
    names = f'kind="{attribute(row.kind)}" label="{attribute(row.label)}" weight="{_weight(row.weight)}"'
    look = "" if row.colour is None else _colour(row.colour)
    spells = "".join([f'<spell start="{day}" end="{day}"/>' for day in row.days])
    inner = f"{_attvalues(row.values, writers)}{f'<spells>{spells}</spells>' if spells else ''}{look}"
    return f'<edge id="{attribute(row.id)}" {ends} {names}>{inner}</edge>\n'


def _weight(weight: float) -> float:
    return weight if math.isfinite(weight) and weight != 0 else LEAST_WEIGHT


def _colour(colour: Colour) -> str:
    return f'<viz:color r="{colour[0]}" g="{colour[1]}" b="{colour[2]}"/>'


def _attvalues(values: Mapping[str, Value], writers: _Writers) -> str:
    told = [write(value) for name, write in writers if (value := values.get(name)) is not None]
    return f"<attvalues>{''.join(told)}</attvalues>" if told else ""


def _text(value: Value) -> str:
    if isinstance(value, str):
        return attribute(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):  # JSON's way to write it is Gephi's, and graphology's
        return attribute(f"[{', '.join([encode_basestring(plain(one)) for one in value])}]")
    return str(value)
