"""The words that all parts share: records, errors, settings, vocabulary. Standard library only.

``newsgraph.load_networkx()`` is what programs ask for first, so it is here by name; it lives above, in
graph.network, and is looked up there when it is asked for.
"""

from importlib import import_module
from typing import Any

__version__ = "0.2.0"

_ABOVE = {"load_networkx": "graph.network"}


def __getattr__(name: str) -> Any:
    if name not in _ABOVE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ABOVE[name]), name)
