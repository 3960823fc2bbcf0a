"""Cytoscape's JSON (.cyjs), which Cytoscape and Cytoscape.js read, and NetworkX by ``cytoscape_graph``.

NetworkX alone takes a node's ``value`` for the node, an edge's ``key`` for what tells parallel ones apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from graph.export.sheet import Sheet, Value, clean, plain
from graph.export.stream import write_pieces


def write_cytoscape(sheet: Sheet, file: BinaryIO) -> None:
    write_pieces(_lines(sheet), file)


def _lines(sheet: Sheet) -> Iterator[str]:
    yield '{"format_version": "1.0", "generated_by": "newsgraph", "data": {"name": "newsgraph"},\n'
    yield '"directed": true, "multigraph": true,\n'
    yield '"elements": {"nodes": ['
    for number, node in enumerate(sheet.nodes):
        own = {"id": node.id, "name": node.label, "label": node.label, "size": node.size}
        element: dict[str, object] = {"data": _told({"value": node.id, **node.values, **own})}
        if node.place is not None:
            element["position"] = {"x": node.place[0], "y": node.place[1]}
        yield _element(number, element)
    yield '\n],\n"edges": ['
    for number, edge in enumerate(sheet.edges):
        ends = {"id": edge.id, "source": edge.source, "target": edge.target, "name": edge.label}
        own = {**ends, "interaction": edge.kind, "weight": edge.weight, "directed": edge.directed}
        yield _element(number, {"data": _told({"key": edge.id, **edge.values, **own})})
    yield "\n]}}\n"


def _element(number: int, element: dict[str, object]) -> str:
    return f"{',' if number else ''}\n{json.dumps(element, ensure_ascii=False)}"


def _told(values: dict[str, Value]) -> dict[str, Value]:
    return {plain(name): clean(value) for name, value in values.items() if value is not None}
