"""One HTML file with the network in it, which needs no server, no network and no other file.

The data stand in it as data: no label can end the block that holds them, the script puts them on the page as
text only, and the page's own policy lets no script run but that one.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from string import Template
from typing import Any, BinaryIO

from graph.export.sheet import Colour, EdgeRow, NodeRow, Sheet, Value, clean, hexadecimal, plain
from graph.export.stream import write_pieces

_VIEWER = Path(__file__).with_name("viewer")


def write_page(sheet: Sheet, file: BinaryIO) -> None:
    write_pieces(_parts(sheet), file)


def drawing() -> str:
    """Return the module of JavaScript that draws a network, which the analysts' page has too."""
    return _read("drawing.js")


def _parts(sheet: Sheet) -> Iterator[str]:
    style, script = _read("viewer.css"), drawing().replace("export function", "function") + _read("viewer.js")
    page = Template(_read("viewer.html"))
    yield page.substitute(style=style, style_hash=_hash(style), script_hash=_hash(script))
    yield '{"nodes": ['
    yield from _listed(map(node_data, sheet.nodes))
    yield '],\n"edges": ['
    yield from _listed(map(edge_data, sheet.edges))
    yield f"]}}\n</script>\n<script>{script}</script>\n</body>\n</html>\n"


def _read(name: str) -> str:
    return (_VIEWER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def _listed(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        # "<" would begin a tag, or a comment that hides the end of the script
        text = json.dumps(row, ensure_ascii=False).replace("<", "\\u003c")
        yield f"{',' if number else ''}\n{text}"


def node_data(row: NodeRow) -> dict[str, Any]:
    """Return a node as the drawing takes it (viewer/drawing.js)."""
    told = {"id": plain(row.id), "label": plain(row.label), "values": _values(row.values), "size": row.size}
    drawn = {} if row.place is None else {"x": row.place[0], "y": row.place[1]}
    return {**told, **drawn, **_colour(row.colour)}


def edge_data(row: EdgeRow) -> dict[str, Any]:
    """Return an edge as the drawing takes it."""
    ends = {"source": plain(row.source), "target": plain(row.target), "label": plain(row.label)}
    told = {"directed": row.directed, "weight": row.weight, "values": _values(row.values)}
    return {**ends, **told, **_colour(row.colour)}


def _colour(colour: Colour | None) -> dict[str, str]:
    return {} if colour is None else {"colour": hexadecimal(colour)}


def _values(values: Any) -> dict[str, Value]:
    return {plain(name): clean(value) for name, value in values.items() if value is not None}
