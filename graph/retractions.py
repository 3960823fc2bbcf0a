"""Articles that were taken out for good: the record of it, as a file beside the database and as quads.

An article that is retracted leaves nothing in the graph, and no run brings it in again, until it is let in.
data/graph/retracted.jsonl is the truth, as decisions.jsonl is of decisions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from pyoxigraph import Quad, Store

from graph.entry_log import EntryLog, line_of
from graph.spans import Statement
from graph.terms import RETRACTIONS, TYPE, moment_literal, ng, retraction_iri, text_literal, value_of

FILE_NAME = "retracted.jsonl"


@dataclass(frozen=True, slots=True)
class Retraction:
    """An article is taken out."""

    retract: str  # Article.id
    by: str
    at: datetime  # aware, UTC
    reason: str


@dataclass(frozen=True, slots=True)
class Restoration:
    """An article that was taken out may come again."""

    restore: str  # Article.id
    by: str
    at: datetime  # aware, UTC


RetractionEntry: TypeAlias = Retraction | Restoration


def _kind_of(given: dict[str, Any]) -> type[RetractionEntry]:
    return Restoration if "restore" in given else Retraction


RETRACTION_LOG: EntryLog[RetractionEntry] = EntryLog(FILE_NAME, "retraction", _kind_of)


class Retractions:
    """All that were ever made or taken back, and which articles are out. Never changes."""

    def __init__(self, entries: Iterable[RetractionEntry] = ()) -> None:
        self.entries = tuple(sorted(dict.fromkeys(entries), key=_order))
        self.in_force: dict[str, Retraction] = {}  # by Article.id
        self._ended: dict[Retraction, Restoration] = {}
        for entry in self.entries:
            if isinstance(entry, Retraction):
                self.in_force.setdefault(entry.retract, entry)
            elif entry.restore in self.in_force:
                self._ended[self.in_force.pop(entry.restore)] = entry

    def quads(self) -> Iterator[Quad]:
        """Yield all of it for its named graph."""
        for entry in self.entries:
            for statement in self._statements(entry):
                yield Quad(*statement, RETRACTIONS)

    def _statements(self, entry: RetractionEntry) -> Iterator[Statement]:
        ended = next((one for one, end in self._ended.items() if end == entry), None)
        named = entry.retract if isinstance(entry, Retraction) else entry.restore
        node = retraction_iri(named, entry.at if ended is None else ended.at)
        yield node, ng("entry"), text_literal(line_of(entry))
        if isinstance(entry, Retraction):
            yield node, TYPE, ng("Retraction")
            yield node, ng("retracted"), text_literal(named)
            yield node, ng("reason"), text_literal(entry.reason)
            yield node, ng("retractedBy"), text_literal(entry.by)
            yield node, ng("retractedAt"), moment_literal(entry.at)
        elif ended is not None:
            yield node, ng("restoredBy"), text_literal(entry.by)
            yield node, ng("restoredAt"), moment_literal(entry.at)


def retractions_in(store: Store) -> Retractions:
    """Return what the store knows of."""
    return Retractions(map(RETRACTION_LOG.entry_of, retraction_lines_in(store)))


def retraction_lines_in(store: Store) -> set[str]:
    found = store.quads_for_pattern(None, ng("entry"), None, RETRACTIONS)
    return {value_of(quad.object) for quad in found}


def _order(entry: RetractionEntry) -> tuple[datetime, bool, str]:
    return entry.at, isinstance(entry, Restoration), line_of(entry)
