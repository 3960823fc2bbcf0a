"""The search index as one snapshot sees it: rows of what that snapshot holds, and no others."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import date
from typing import Any

from graph.edge_keys import EdgeKey, Kind
from graph.edges import Links, Place
from graph.search_index import knows, open_index
from graph.snapshots import Reader, snapshot_id
from newsgraph.errors import StoreError

MOST_LINKS = 200_000  # some 150 MB, and two seconds
_COUNTS = """
SELECT kind, count(*) FROM document
WHERE since <= :number AND (until IS NULL OR until > :number) GROUP BY kind
"""
_NEWEST = """
SELECT iri, title, other, day FROM document
WHERE kind = 'article' AND since <= :number AND (until IS NULL OR until > :number)
ORDER BY day DESC, iri LIMIT :size
"""
_LINKS = """
SELECT source, target, link.kind, predicate, stance, speaker, directed, iri, day, evidence
FROM link CROSS JOIN document ON id = document
WHERE since <= :number AND (until IS NULL OR until > :number)
  AND link.kind IN (SELECT value FROM json_each(:kinds))
  AND (:first || :last = '' OR day <> '' AND substr(day, 1, 10) BETWEEN :first AND :last)
ORDER BY link.rowid DESC LIMIT :most
"""
_PAIRS = """
SELECT source, target, link.kind = 'fact', evidence FROM link CROSS JOIN document ON id = document
WHERE since <= :number AND (until IS NULL OR until > :number)
"""
_COUNTING = """
SELECT DISTINCT entity FROM counted CROSS JOIN document ON id = document
WHERE since <= :number AND (until IS NULL OR until > :number)
  AND thing IN (SELECT value FROM json_each(:things))
"""
_OWN = """
SELECT DISTINCT entity, thing, how = 'is' FROM counted CROSS JOIN document ON id = document
WHERE since <= :number AND (until IS NULL OR until > :number) AND how <> 'post'
"""


class Index:
    """Open while :func:`searchable` says so."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self._connection, self._number = connection, number

    def rows(self, statement: str, **given: str | int) -> list[tuple[Any, ...]]:
        """Return the rows of a statement, in which ``:number`` is the snapshot's."""
        return self._connection.execute(statement, {**given, "number": self._number}).fetchall()

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind: "entity", "article"."""
        return dict(self.rows(_COUNTS))

    def newest(self, size: int) -> list[tuple[str, str, str, str]]:
        """Return IRI, title, publisher and day of the articles that came out last."""
        return [(iri, title, publisher, day) for iri, title, publisher, day in self.rows(_NEWEST, size=size)]

    def links(self, kinds: Iterable[Kind], since: date | None, until: date | None) -> Links:
        """Return the edges of some kinds, as articles of these days tell of them; None: of any day.

        Of more than :data:`MOST_LINKS` pieces of evidence, those that were written last.
        """
        first, last = since.isoformat() if since else "", until.isoformat() if until else ""
        last = last or (first and "9")  # later than all
        found: dict[EdgeKey, list[Place]] = defaultdict(list)
        given = {"kinds": json.dumps(sorted(kinds)), "first": first, "last": last}
        rows = self.rows(_LINKS, **given, most=MOST_LINKS + 1)
        for row in rows[:MOST_LINKS]:
            one, other, kind, predicate, stance, speaker, is_directed, *place = row
            key = EdgeKey(one, other, kind, predicate, stance, speaker, bool(is_directed))
            found[key].append(Place(*place))
        return Links(found, len(rows) > MOST_LINKS)

    def counting_for(self, things: Iterable[str]) -> set[str]:
        """Return the canonical entities that count for one of some known things."""
        return {entity for (entity,) in self.rows(_COUNTING, things=json.dumps(sorted(things)))}

    def counted(self) -> list[tuple[str, str, int]]:
        """Return what each canonical entity is (1) or counts for (0), posts aside."""
        return [(entity, thing, is_it) for entity, thing, is_it in self.rows(_OWN)]

    def pairs(self) -> list[tuple[str, str, int, str]]:
        """Return who is linked with whom, whether by a fact (1), and what tells so in its article."""
        return [(one, other, is_fact, told) for one, other, is_fact, told in self.rows(_PAIRS)]


@contextmanager
def searchable(reader: Reader) -> Iterator[Index | None]:
    """Open the index; None where it does not hold this snapshot.

    Raises:
        StoreError: If it breaks while it is read.
    """
    with ExitStack() as opened:
        index = None
        with suppress(sqlite3.Error):  # none is there, or it is damaged: made anew with the next checkpoint
            connection = opened.enter_context(open_index(reader.graph_dir))
            if reader.snapshot is not None and knows(connection, snapshot_id(reader.snapshot)):
                index = Index(connection, int(reader.snapshot.name))
        try:
            yield index
        except sqlite3.Error as error:
            raise StoreError(reader.graph_dir, f"the search index cannot be read: {error}") from None
