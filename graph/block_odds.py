"""Which profiles of a block are compared, and how, as far as that was worked out before: data/graph/odds.db.

A block is solved anew whenever a profile comes into it, and all pairs but those of that one compare as they
did: of 127 an article 120 at 100,000 articles. The odds of two profiles depend on the two and on who decides
alone. A row has just those profiles of its block that the store compares; a block without a row has to be
looked up there, which takes ten times as long. Rows are written before the store is, and from then on the
file lies beside nothing until the store is published: one that a killed run has left, or that is another
store's, is begun anew. docs/decisions/0068, 0072
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import isnan, nan
from pathlib import Path
from typing import NamedTuple

from graph.aside import Aside
from graph.clusters import Odds
from graph.profiles import Profile, profile_of_line

FILE, FORMAT = "odds.db", 2
_NOTHING = "nothing"  # what the file lies beside while the store is changed
_MADE = ("CREATE TABLE block (name TEXT PRIMARY KEY, decided_by TEXT, lines TEXT, odds BLOB) WITHOUT ROWID",)


class Known(NamedTuple):
    """What is known of a block."""

    profiles: Sequence[Profile]  # those that are compared
    odds: Odds


class BlockOdds(Aside):
    """The odds of all blocks, while one writer has them."""

    def __init__(self, graph_dir: Path | None = None) -> None:
        """Open the file in a folder, or make it; None: what is in memory only."""
        super().__init__(graph_dir, FILE, "remembers how names compare", FORMAT, _MADE)
        self._new: dict[str, tuple[str, str, bytes]] = {}

    def begin_unless_beside(self, checkpoint: str) -> None:
        """Forget everything, if this was not left beside a checkpoint."""
        if self.beside != checkpoint:
            with self._changing() as connection:
                connection.execute("DELETE FROM block")

    def of(self, block: str, decided_by: str) -> Known | None:
        """Return what is known of a block; None: nothing, or somebody else worked it out."""
        if block in self._new:
            found = self._new[block]
        else:
            query = "SELECT decided_by, lines, odds FROM block WHERE name = ?"
            with self._asking() as connection:
                found = connection.execute(query, (block,)).fetchone()
        if not found or found[0] != decided_by or not found[1]:
            return None
        try:
            return _read(found[1], found[2])
        except (ValueError, TypeError):  # not as we wrote it
            return None

    def note(self, block: str, decided_by: str, compared: Iterable[Profile], odds: Odds) -> None:
        """Note how the profiles of a block compare, as far as it was asked; written by :meth:`keep`."""
        profiles = list(compared)
        pairs = combinations([one.hash for one in profiles], 2)
        told = array("d", (odds.get(pair, nan) for pair in pairs)).tobytes()
        self._new[block] = (decided_by, "\n".join(one.line for one in profiles), told)

    def keep(self) -> None:
        """Write what was noted, before the store is written."""
        with self._changing() as connection:
            connection.execute("UPDATE beside SET checkpoint = ?", (_NOTHING,))
            rows = [(name, *row) for name, row in sorted(self._new.items())]
            connection.executemany("DELETE FROM block WHERE name = ?", [(name,) for name in self._new])
            left = [row for row in rows if row[2]]
            connection.executemany("INSERT INTO block VALUES (?, ?, ?, ?)", left)
        self._new.clear()


def _read(lines: str, odds: bytes) -> Known:
    profiles = [profile_of_line(line) for line in lines.split("\n")]
    pairs = combinations([one.hash for one in profiles], 2)
    told = zip(pairs, array("d", odds), strict=True)
    return Known(profiles, {pair: one for pair, one in told if not isnan(one)})
