"""Any NetworkX graph as a sheet, whatever its attributes hold: for analysts who add columns of their own.

network = load_networkx("data/graph")
nx.set_node_attributes(network, nx.pagerank(network), "pagerank")
write_networkx(network, "ranked.gexf")
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.export.formats import format_of, write_file
from graph.export.sheet import EdgeRow, Kind, NodeRow, Sheet, Value, plain

if TYPE_CHECKING:
    import networkx as nx

Attributes = Mapping[Any, Any]

# Columns that Gephi has of its own; an attribute of that name would overwrite them.
_TAKEN_BY_NODES = {"id", "label", "interval", "timeset"}
_TAKEN_BY_EDGES = {*_TAKEN_BY_NODES, "source", "target", "type", "weight", "kind"}


def write_networkx(network: nx.Graph, path: Path | str, form: str | None = None) -> None:
    """Write a NetworkX graph in any of the formats for networks.

    Args:
        network: Of any class. Node attributes ``label``, ``x`` and ``y``, ``size``, and edge attributes
            ``label``, ``kind``, ``weight``, ``directed`` are used as such; all others become columns.
        path: Where to; what is there is replaced once the file is complete.
        form: One of graph.export.formats.NETWORK_FORMATS; default: by the suffix.

    Raises:
        ExportError: If it cannot be written in that form or to that place.
    """
    write_file(sheet_of_networkx(network), Path(path), form or format_of(str(path), None))


def sheet_of_networkx(network: nx.Graph) -> Sheet:
    """Return a NetworkX graph as a sheet.

    Attributes of all types are taken: whole and broken numbers in one column are broken ones, dates are ISO
    texts, lists, tuples and sets are lists, None and what is no number (NaN, infinity) is left out, all else
    is its str().
    """
    ids = _ids(network.nodes)
    edges = [(one, other, data) for one, other, data in network.edges(data=True)]
    node_kinds = _kinds((data for _, data in network.nodes(data=True)), {"label", "x", "y", "size"})
    edge_kinds = _kinds((data for *_, data in edges), {"label", "kind", "directed", "weight"})
    node_names, edge_names = _names(node_kinds, _TAKEN_BY_NODES), _names(edge_kinds, _TAKEN_BY_EDGES)
    is_directed = network.is_directed()
    return Sheet(
        {node_names[name]: kind for name, kind in node_kinds.items()},
        {edge_names[name]: kind for name, kind in edge_kinds.items()},
        _nodes(network, ids, node_kinds, node_names),
        (
            _edge(number, (ids[one], ids[other]), data, edge_kinds, edge_names, directed=is_directed)
            for number, (one, other, data) in enumerate(edges)
        ),
    )


def _nodes(
    network: nx.Graph, ids: Mapping[Any, str], kinds: Mapping[str, Kind], names: Mapping[str, str]
) -> Iterator[NodeRow]:
    for node, data in network.nodes(data=True):
        label = data.get("label")
        x, y, size = (_number(data.get(name)) for name in ("x", "y", "size"))
        place = None if x is None or y is None else (x, y)
        shown = ids[node] if label is None else str(label)
        yield NodeRow(ids[node], shown, _values(data, kinds, names), place, size)


def _edge(
    number: int,
    ends: tuple[str, str],
    data: Attributes,
    kinds: Mapping[str, Kind],
    names: Mapping[str, str],
    *,
    directed: bool,
) -> EdgeRow:
    weight = _number(data.get("weight"))
    kind = "" if data.get("kind") is None else str(data["kind"])
    label = kind if data.get("label") is None else str(data["label"])
    is_directed = bool(data.get("directed", directed)) and directed
    return EdgeRow(
        f"e{number}",
        *ends,
        label,
        kind or f"e{number}",  # without a kind of its own, Gephi would make one edge of parallel ones
        kind or "linked",
        is_directed,
        1.0 if weight is None else weight,
        _values(data, kinds, names),
    )


def _ids(nodes: Iterable[Any]) -> dict[Any, str]:
    """Return an id for each node: its str(), made different where two are alike, such as 1 and "1"."""
    taken: set[str] = set()
    ids = {}
    for node in nodes:
        wanted = " ".join(plain(str(node)).split()) or "node"  # Gephi warns of blanks around ids
        name, number = wanted, 2
        while name in taken:
            name, number = f"{wanted}~{number}", number + 1
        taken.add(name)
        ids[node] = name
    return ids


def _kinds(rows: Iterable[Attributes], without: set[str]) -> dict[str, Kind]:
    found: dict[str, set[Kind]] = {}
    for row in rows:
        for name, value in row.items():
            if str(name) not in without and (plain_value := _value(value)) is not None:
                found.setdefault(str(name), set()).add(_kind(plain_value))
    return {name: _common(kinds) for name, kinds in found.items()}


def _kind(value: Value) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if abs(value) < 2**31 else "long" if abs(value) < 2**63 else "string"
    if isinstance(value, float):
        return "double"
    return "strings" if isinstance(value, list) else "string"


def _common(kinds: set[Kind]) -> Kind:
    if len(kinds) == 1:
        return next(iter(kinds))
    if kinds <= {"integer", "long"}:
        return "long"
    return "double" if kinds <= {"integer", "long", "double"} else "string"


def _names(kinds: Mapping[str, Kind], taken: set[str]) -> dict[str, str]:
    """Return the columns' names: none is Gephi's own, none is there twice, none is empty."""
    names: dict[str, str] = {}
    used = set(taken)
    for name in kinds:
        wanted = " ".join(plain(name).split()) or "column"
        while wanted.casefold() in used:
            wanted += "_"
        used.add(wanted.casefold())
        names[name] = wanted
    return names


def _values(data: Attributes, kinds: Mapping[str, Kind], names: Mapping[str, str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, raw in data.items():
        if str(name) in kinds and (value := _value(raw)) is not None:
            values[names[str(name)]] = _as_kind(value, kinds[str(name)])
    return values


def _as_kind(value: Value, kind: Kind) -> Value:
    if kind == "double" and isinstance(value, int):
        return float(value)
    return str(value) if kind == "string" else value


def _value(value: Any) -> Value:
    """Return a value as one of those that a sheet holds."""
    if hasattr(value, "item") and hasattr(value, "dtype") and getattr(value, "ndim", 1) == 0:
        value = value.item()  # of NumPy
    if value is None or isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(str(one) for one in value if one is not None)
    if isinstance(value, list | tuple):
        return [str(one) for one in value if one is not None]
    return str(value)


def _number(value: Any) -> float | None:
    found = _value(value)
    return float(found) if isinstance(found, int | float) and not isinstance(found, bool) else None
