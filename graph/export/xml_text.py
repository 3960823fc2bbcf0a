"""Text inside an XML attribute."""

from __future__ import annotations

from functools import lru_cache

from graph.export.sheet import plain


@lru_cache(maxsize=8192)  # days, types, ids of much-linked nodes come again and again
def attribute(text: str) -> str:
    """Return a text as it stands between the quotation marks of an attribute, line breaks included."""
    escaped = (
        plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )
    if text.isprintable():
        return escaped
    return escaped.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")
