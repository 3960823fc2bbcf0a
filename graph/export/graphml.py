"""GraphML, for yEd, Cytoscape, igraph, Gephi. Lists stand as JSON, for GraphML has none.

All edges are directed, for NetworkX reads no file that mixes; the column ``directed`` tells which are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from graph.export.sheet import Columns, EdgeRow, Kind, NodeRow, Sheet, Value, hexadecimal
from graph.export.stream import write_pieces
from graph.export.tables import cell
from graph.export.xml_text import attribute

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_TYPES: dict[Kind, str] = {
    "integer": "int",
    "long": "long",
    "double": "double",
    "boolean": "boolean",
    "string": "string",
    "strings": "string",
}
_DRAWN: Columns = {"x": "double", "y": "double", "size": "double", "colour": "string"}
_LINKED: Columns = {"kind": "string", "weight": "double", "directed": "boolean"}


def write_graphml(sheet: Sheet, file: BinaryIO) -> None:
    write_pieces(_lines(sheet), file)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield _HEAD
    node_keys = _keys("n", {"label": "string", **_DRAWN}, sheet.node_columns)
    edge_keys = _keys("e", {"label": "string", **_LINKED}, sheet.edge_columns)
    for of, keys in (("node", node_keys), ("edge", edge_keys)):
        for name, (key, kind) in keys.items():
            yield f'<key id="{key}" for="{of}" attr.name="{attribute(name)}" attr.type="{_TYPES[kind]}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in sheet.nodes:
        yield f'<node id="{attribute(node.id)}">{_values(_node_values(node), node_keys)}</node>\n'
    for edge in sheet.edges:
        ends = f'source="{attribute(edge.source)}" target="{attribute(edge.target)}"'
        head = f'<edge id="{attribute(edge.id)}" {ends}>'
        yield f"{head}{_values(_edge_values(edge), edge_keys)}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _keys(prefix: str, drawn: Columns, columns: Columns) -> dict[str, tuple[str, Kind]]:
    """Return an id and a type for each column; ids are numbers, so that no two names make one."""
    both = {**columns, **drawn}
    return {name: (f"{prefix}{number}", kind) for number, (name, kind) in enumerate(both.items())}


def _node_values(row: NodeRow) -> dict[str, Value]:
    x, y = row.place or (None, None)
    colour = None if row.colour is None else hexadecimal(row.colour)
    return {**row.values, "label": row.label, "x": x, "y": y, "size": row.size, "colour": colour}


def _edge_values(row: EdgeRow) -> dict[str, Value]:
    drawn: dict[str, Value] = {"kind": row.kind, "weight": float(row.weight), "directed": row.directed}
    return {**row.values, "label": row.label, **drawn}


def _values(values: dict[str, Value], keys: dict[str, tuple[str, Kind]]) -> str:
    return "".join(
        f'<data key="{key}">{attribute(cell(value))}</data>'
        for name, (key, _) in keys.items()
        if (value := values.get(name)) is not None
    )
