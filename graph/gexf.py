"""A network as GEXF 1.3, the file that Gephi opens.

Not NetworkX's own writer: none of its GEXF versions is valid, Gephi merges the parallel edges it writes, and
one control character in a label makes a file that Gephi cannot open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

import networkx as nx

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Colours that people with colour-blindness can tell apart (Okabe and Ito 2008), by type.
_COLOURS = {
    "PERSON": (0, 114, 178),
    "ORG": (230, 159, 0),
    "LOC": (0, 158, 115),
    "FAC": (86, 180, 233),
    "NORP": (204, 121, 167),
    "PRODUCT": (213, 94, 0),
}
_OTHER_COLOUR = (150, 150, 150)
_NODE_COLUMNS = (("type", "string"), ("mentions", "integer"), ("aliases", "string"))
_EDGE_COLUMNS = (
    ("predicate", "string"),
    ("stance", "string"),
    ("factuality", "string"),
    ("articles", "integer"),
    ("first", "string"),
    ("last", "string"),
)


def write_gexf(network: nx.MultiDiGraph, file: BinaryIO) -> None:
    """Write what :func:`graph.network.entity_network` returns.

    Each edge has a ``kind`` of its own, so that Gephi keeps those between the same two nodes apart.
    """
    xml = _Writer(file)
    xml.startDocument()
    root = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    with xml.element("gexf", root):
        with xml.element("meta"), xml.element("creator"):
            xml.characters("newsgraph")
        with xml.element("graph", {"defaultedgetype": "directed", "mode": "static"}):
            xml.columns("node", _NODE_COLUMNS)
            xml.columns("edge", _EDGE_COLUMNS)
            with xml.element("nodes"):
                for node, values in network.nodes(data=True):
                    _write_node(xml, node, values)
            with xml.element("edges"):
                for number, (one, other, values) in enumerate(network.edges(data=True)):
                    _write_edge(xml, number, one, other, values)
    xml.endDocument()


def _write_node(xml: _Writer, node: str, values: dict[str, object]) -> None:
    with xml.element("node", {"id": node, "label": values["label"]}):
        xml.values(_NODE_COLUMNS, {**values, "aliases": " | ".join(values["aliases"])})  # type: ignore[arg-type]
        red, green, blue = _COLOURS.get(str(values["type"]), _OTHER_COLOUR)
        xml.empty("viz:color", {"r": red, "g": green, "b": blue})
        mentions = int(str(values["mentions"]))
        xml.empty("viz:size", {"value": round(4 + 3 * mentions**0.5, 1)})


def _write_edge(xml: _Writer, number: int, one: str, other: str, values: dict[str, object]) -> None:
    standing = values["stance"] or values["factuality"]
    attributes = {
        "id": number,
        "source": one,
        "target": other,
        "type": "directed" if values["directed"] else "undirected",
        "kind": f"{values['predicate']} ({values['factuality']}, {standing})",
        "label": values["predicate"],
        "weight": values["weight"],
    }
    with xml.element("edge", attributes):
        xml.values(_EDGE_COLUMNS, values)


class _Writer(XMLGenerator):
    """Writes elements whose values may be anything, leaving out what XML cannot hold."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file, encoding="UTF-8", short_empty_elements=True)

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        clean = {key: _NOT_XML.sub("", str(value)) for key, value in (attributes or {}).items()}
        self.startElement(name, AttributesImpl(clean))
        yield
        self.endElement(name)
        if name in {"node", "edge", "nodes", "attributes"}:
            self.ignorableWhitespace("\n")

    def empty(self, name: str, attributes: Mapping[str, object]) -> None:
        with self.element(name, attributes):
            pass

    def columns(self, of: str, columns: tuple[tuple[str, str], ...]) -> None:
        with self.element("attributes", {"class": of}):
            for name, kind in columns:
                self.empty("attribute", {"id": name, "title": name, "type": kind})

    def values(self, columns: tuple[tuple[str, str], ...], values: dict[str, object]) -> None:
        with self.element("attvalues"):
            for name, _ in columns:
                self.empty("attvalue", {"for": name, "value": values[name]})
