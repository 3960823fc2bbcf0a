"""Which entities of a network are meant by a name, and which lie near them. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from graph.near_names import MAX_CANDIDATES, unknown
from graph.terms import given_iri, shown_iri
from newsgraph.errors import ExportError


class Named(Protocol):
    """What has names to be found by."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def mentions(self) -> int: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


def find_nodes(nodes: Collection[Named], written: str) -> list[str]:
    """Return the IRI of the node that is meant: by IRI, shown name or else any other name, in any case last.

    Raises:
        ExportError: If that is none, with names that come near, or several, with their IRIs.
    """
    iri = given_iri(written)
    ways = (
        lambda node: node.id in {iri, written},
        lambda node: node.label == written,
        lambda node: written in node.aliases,
        lambda node: written.casefold() in {name.casefold() for name in (node.label, *node.aliases)},
    )
    for is_meant in ways:
        if found := [node for node in nodes if is_meant(node)]:
            if len(found) > 1:
                raise ExportError(_ambiguous(found, written))
            return [found[0].id]
    raise ExportError(unknown(written, (name for node in nodes for name in (node.label, *node.aliases))))


def within(centres: Iterable[str], links: Iterable[tuple[str, str]], depth: int) -> set[str]:
    """Return what lies at most ``depth`` steps from the centres, in whatever direction the links point."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    reached = set(centres)
    border = set(reached)
    for _ in range(depth):
        border = {other for one in border for other in neighbours[one]} - reached
        if not border:
            break
        reached |= border
    return reached


def _ambiguous(found: Sequence[Named], written: str) -> str:
    most = sorted(found, key=lambda node: (-node.mentions, node.id))
    told = [f"{shown_iri(node.id)} ({node.type}, {node.mentions} mentions)" for node in most[:MAX_CANDIDATES]]
    more = f" and {len(most) - MAX_CANDIDATES} more" if len(most) > MAX_CANDIDATES else ""
    return f"{len(found)} entities are called {written!r}; say which by its IRI: {', '.join(told)}{more}"
