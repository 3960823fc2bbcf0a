"""Text inside an XML attribute."""

from __future__ import annotations

from graph.export.sheet import plain

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


def attribute(text: str) -> str:
    """Return a text as it stands between the quotation marks of an attribute, line breaks included."""
    return plain(text).translate(_ESCAPES)
