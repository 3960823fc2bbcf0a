"""A network of entities as a sheet: laid out, sized and coloured."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from graph.export.sheet import Colour, Columns, EdgeRow, NodeRow, Sheet, Value
from graph.network import Edge, Network, Node

# Colours that people with colour-blindness can tell apart (Okabe and Ito 2008).
_BLUE, _ORANGE, _GREEN, _SKY = (0, 114, 178), (230, 159, 0), (0, 158, 115), (86, 180, 233)
_PURPLE, _VERMILION, _GREY = (204, 121, 167), (213, 94, 0), (150, 150, 150)
TYPE_COLOURS: Mapping[str, Colour] = {
    "PERSON": _BLUE,
    "ORG": _ORANGE,
    "LOC": _GREEN,
    "FAC": _SKY,
    "NORP": _PURPLE,
    "PRODUCT": _VERMILION,
}
STANCE_COLOURS = {"asserts": _BLUE, "denies": _VERMILION, "undetermined": _ORANGE, "": _GREY}
SMALLEST, LARGEST = 6.0, 40.0  # sizes of nodes

NODE_COLUMNS: Columns = {
    "type": "string",
    "salience": "double",
    "sources": "integer",
    "articles": "integer",
    "mentions": "integer",
    "community": "integer",
    "aliases": "strings",
    "first": "string",
    "last": "string",
}
EDGE_COLUMNS: Columns = {
    "standing": "string",
    "predicate": "string",
    "stance": "string",
    "speaker": "string",
    "speakerId": "string",
    "sources": "integer",
    "articles": "integer",
    "first": "string",
    "last": "string",
    "happened": "strings",
    "evidence": "strings",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a network is drawn."""

    size_by: OneOf["salience", "sources", "mentions"] = "salience"
    colour_by: OneOf["type", "community"] = "type"
    laid_out: bool = True  # False: no places and no communities, which take longest
    grouped: bool = True  # False: places without communities, of a network that is small enough for forces
    apart: bool = False  # True: no node over another, which is worked out for small networks only


def sheet_of(network: Network, look: Look) -> Sheet:
    """Return what a file of the network holds."""
    places, groups = _drawn(network, look) if look.laid_out else (None, None)
    columns = dict(NODE_COLUMNS)
    if groups is None:
        del columns["community"]
    is_dated = any(node.first for node in network.nodes) or any(edge.days for edge in network.edges)
    nodes = _node_rows(network.nodes, look, places, groups)
    return Sheet(
        columns, EDGE_COLUMNS, nodes, map(_edge_row, range(len(network.edges)), network.edges), is_dated
    )


def community_colour(number: int) -> Colour:
    """Return a colour for a community; hues as far as they can be from those before."""
    hue = (number * 0.6180339887) % 1
    red, green, blue = colorsys.hls_to_rgb(hue, (0.45, 0.6, 0.35)[number % 3], 0.65)
    return round(red * 255), round(green * 255), round(blue * 255)


def _drawn(network: Network, look: Look) -> tuple[list[tuple[float, float]], list[int] | None]:
    # NumPy starts threads: not before it is needed
    from graph.export.layout import communities, positions, pushed_apart

    numbers = {node.id: number for number, node in enumerate(network.nodes)}
    links = [(numbers[one.source], numbers[one.target], float(one.weight)) for one in network.edges]
    groups = communities(len(numbers), links) if look.grouped else None
    places = positions(len(numbers), links, groups or [0] * len(numbers))
    return pushed_apart(places, _sizes(network.nodes, look)) if look.apart else places, groups


def _sizes(nodes: Sequence[Node], look: Look) -> list[float]:
    most = max((float(getattr(node, look.size_by)) for node in nodes), default=0.0) or 1.0
    # The area tells, as the eye reads it.
    shares = (float(getattr(node, look.size_by)) / most for node in nodes)
    return [round(SMALLEST + (LARGEST - SMALLEST) * share**0.5, 1) for share in shares]


def _node_rows(
    nodes: Sequence[Node],
    look: Look,
    places: Sequence[tuple[float, float]] | None,
    groups: Sequence[int] | None,
) -> Iterator[NodeRow]:
    for number, (node, size) in enumerate(zip(nodes, _sizes(nodes, look), strict=True)):
        group = None if groups is None else groups[number]
        colour = TYPE_COLOURS.get(node.type, _GREY)
        if look.colour_by == "community" and group is not None:
            colour = community_colour(group)
        yield NodeRow(
            node.id,
            node.label,
            {**_values(node, NODE_COLUMNS), "community": group},
            None if places is None else places[number],
            size,
            colour,
            (node.first, node.last) if node.first else None,
        )


def _edge_row(number: int, edge: Edge) -> EdgeRow:
    parts = (edge.kind, edge.predicate, edge.stance, edge.speaker)
    values: dict[str, Value] = {
        "standing": edge.kind,
        "predicate": edge.predicate,
        "stance": edge.stance or None,
        "speaker": edge.speaker_label or None,
        "speakerId": edge.speaker or None,
        "sources": edge.weight,
        "articles": edge.articles,
        "first": edge.days[0] if edge.days else None,
        "last": edge.days[-1] if edge.days else None,
        "happened": list(edge.times) or None,
        "evidence": list(edge.evidence) or None,
    }
    return EdgeRow(
        f"e{number}",
        edge.source,
        edge.target,
        _label(edge),
        ": ".join(filter(None, parts)),
        edge.predicate if edge.kind == "fact" else edge.kind,
        edge.directed,
        edge.weight,
        values,
        STANCE_COLOURS[edge.stance],
        edge.days,
    )


def _label(edge: Edge) -> str:
    """Return an edge in words: nobody shall read a claim as a fact."""
    if edge.kind == "claim":
        verb = {"asserts": "says", "denies": "denies", "undetermined": "is not sure"}[edge.stance]
        return f"{edge.predicate}? {edge.speaker_label} {verb}"
    return edge.predicate


def _values(one: Node, columns: Columns) -> dict[str, Value]:
    values = {name: getattr(one, name) for name in columns if hasattr(one, name)}
    return {
        name: (list(value) or None) if isinstance(value, tuple) else value for name, value in values.items()
    }
