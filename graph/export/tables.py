"""Nodes and edges as two tables: plain CSV, Neo4j's CSV, Parquet.

Of a list, CSV holds what JSON would.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from graph.export.sheet import Columns, EdgeRow, Kind, NodeRow, Sheet, Value, clean, plain
from newsgraph.errors import ExportError

_NEO4J_TYPES: dict[Kind, str] = {"integer": "long", "long": "long", "double": "double", "boolean": "boolean"}
_NODE_HEAD: Columns = {"id": "string", "label": "string"}
_NODE_TAIL: Columns = {"x": "double", "y": "double", "size": "double"}
_EDGE_HEAD: Columns = {
    "id": "string",
    "source": "string",
    "target": "string",
    "label": "string",
    "kind": "string",
    "directed": "boolean",
    "weight": "double",
}
_ROWS_AT_ONCE = 10_000
_NO_NAME = re.compile(r"\W+")

Row = dict[str, Value]


def write_csv(sheet: Sheet, folder: Path) -> None:
    """Write nodes.csv and edges.csv."""
    for name, columns, rows in _tables(sheet):
        lines = ([cell(row.get(column)) for column in columns] for row in rows)
        _write_lines(folder / f"{name}.csv", list(columns), lines)


def write_neo4j(sheet: Sheet, folder: Path) -> None:
    """Write nodes.csv and relationships.csv with the headers that neo4j-admin imports."""
    nodes, edges = sheet.node_columns, sheet.edge_columns
    of_type = sheet.type_column if sheet.type_column in nodes else None
    own = [name for name in nodes if name not in {"id", "name"}]
    head = ["id:ID", "name", *(_typed(name, nodes) for name in own), ":LABEL"]
    _write_lines(
        folder / "nodes.csv",
        head,
        (
            [*_flat(row.id, row.label, *(row.values.get(name) for name in own)), _labels(row, of_type)]
            for row in sheet.nodes
        ),
    )
    head = [":START_ID", ":END_ID", ":TYPE", "kind", "weight:double", "directed:boolean"]
    own = [name for name in edges if name not in {"kind", "weight", "directed"}]
    _write_lines(
        folder / "relationships.csv",
        [*head, *(_typed(name, edges) for name in own)],
        (
            [
                *_flat(row.source, row.target, _relation(row.relation), row.kind, row.weight, row.directed),
                *_flat(*(row.values.get(name) for name in own)),
            ]
            for row in sheet.edges
        ),
    )


def write_parquet(sheet: Sheet, folder: Path) -> None:
    """Write nodes.parquet and edges.parquet.

    Raises:
        ExportError: If pyarrow, of the extra "parquet", is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ExportError("Parquet needs pyarrow: pip install 'pyarrow>=20', or take --format csv") from None
    arrow: Any = pyarrow
    types: dict[Kind, Any] = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "long": arrow.int64(),
        "double": arrow.float64(),
        "boolean": arrow.bool_(),
        "strings": arrow.list_(arrow.string()),
    }
    for name, columns, rows in _tables(sheet):
        schema = arrow.schema([(column, types[kind]) for column, kind in columns.items()])
        with arrow.parquet.ParquetWriter(folder / f"{name}.parquet", schema) as writer:
            remaining = iter(rows)
            while batch := list(islice(remaining, _ROWS_AT_ONCE)):
                values = [{column: clean(row.get(column)) for column in columns} for row in batch]
                writer.write_table(arrow.Table.from_pylist(values, schema))


def cell(value: Value) -> str:
    """Return a value as one text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps([plain(one) for one in value], ensure_ascii=False)
    return plain(str(value))


def _tables(sheet: Sheet) -> Iterator[tuple[str, Columns, Iterable[Row]]]:
    nodes = {**_NODE_HEAD, **_without(sheet.node_columns, {**_NODE_HEAD, **_NODE_TAIL}), **_NODE_TAIL}
    yield "nodes", nodes, map(_node, sheet.nodes)
    yield "edges", {**_EDGE_HEAD, **_without(sheet.edge_columns, _EDGE_HEAD)}, map(_edge, sheet.edges)


def _without(columns: Columns, taken: Columns) -> Columns:
    return {name: kind for name, kind in columns.items() if name not in taken}


def _node(row: NodeRow) -> Row:
    x, y = row.place or (None, None)
    return {**row.values, "id": row.id, "label": row.label, "x": x, "y": y, "size": row.size}


def _edge(row: EdgeRow) -> Row:
    ends: Row = {"id": row.id, "source": row.source, "target": row.target, "label": row.label}
    return {**row.values, **ends, "kind": row.kind, "directed": row.directed, "weight": float(row.weight)}


def _flat(*values: Value) -> list[str]:
    """Return cells of one line each: neo4j-admin takes no others unless it is told so."""
    return [" ".join(text.splitlines()) for text in map(cell, values)]


def _typed(name: str, columns: Columns) -> str:
    kind = _NEO4J_TYPES.get(columns[name])
    plain_name = _NO_NAME.sub("_", name)
    return f"{plain_name}:{kind}" if kind else plain_name


def _labels(row: NodeRow, of_type: str | None) -> str:
    kind = cell(row.values.get(of_type)) if of_type else ""
    return ";".join(filter(None, ("Entity", _NO_NAME.sub("_", kind))))


def _relation(name: str) -> str:
    return _NO_NAME.sub("_", name) or "linked"


def _write_lines(path: Path, head: list[str], lines: Iterable[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(lines)
