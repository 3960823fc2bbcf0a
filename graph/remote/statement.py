"""What a remote server says of itself: whose graph it holds, of which checkpoint, and whether all of it.

It stands in a graph of its own there, ``g:published``, and is written before the first step of a push and
after the last one: who finds "whole" has the whole graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from graph.terms import BASE, term, text_literal

PUBLISHED = f"{BASE}graph/published"
WHOLE, UNDER_WAY = "whole", "under way"
_STORE, _CHECKPOINT = term("schema:identifier"), term("schema:version")
_STATE = term("schema:creativeWorkStatus")


class Statement(NamedTuple):
    """One push, or what came of it."""

    store: str  # tells whose push it was, from all others
    checkpoint: str  # graph.snapshots.snapshot_id
    state: str  # WHOLE or UNDER_WAY

    def text(self) -> str:
        """Return the SPARQL update that says so; safe to repeat."""
        said = ((_STORE, self.store), (_CHECKPOINT, self.checkpoint), (_STATE, self.state))
        lines = (f"<{PUBLISHED}> {predicate} {text_literal(value)} ." for predicate, value in said)
        return (
            f"DROP SILENT GRAPH <{PUBLISHED}> ;\n"
            f"INSERT DATA {{ GRAPH <{PUBLISHED}> {{\n{chr(10).join(lines)}\n}} }}"
        )


def read_statement(rows: Iterable[Mapping[str, str]]) -> Statement | None:
    """Return what a server says; None if no push has been there. What is not said is ""."""
    said = {row["p"]: row["o"] for row in rows}
    if not said:
        return None
    return Statement(*(said.get(one.value, "") for one in (_STORE, _CHECKPOINT, _STATE)))
