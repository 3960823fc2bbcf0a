"""Text inside an XML attribute."""

from __future__ import annotations

from graph.export.sheet import plain


def attribute(text: str) -> str:
    """Return a text as it stands between the quotation marks of an attribute, line breaks included."""
    if text.isprintable():
        return _escaped(text)
    return _escaped(plain(text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
