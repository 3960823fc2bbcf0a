"""An SQLite file beside the store that holds what could be worked out again, for one writer at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from newsgraph.errors import StoreError

WRITE_SECONDS = 60.0
REBUILT = "a rebuilt store"  # that is not published yet: in the place of a checkpoint's name
_BESIDE = ("CREATE TABLE beside (checkpoint TEXT)", "INSERT INTO beside VALUES ('')")
_CACHE_KB = 32_000  # what is written lies all over the file; each page that has to leave early costs


class Aside:
    """One such file.

    Raises:
        StoreError: By whatever is asked, if the file is damaged or cannot be written.
    """

    def __init__(
        self, graph_dir: Path | None, file: str, purpose: str, form: int, made: Sequence[str]
    ) -> None:
        """Open the file, or make it.

        Args:
            graph_dir: Where it lies; None: in memory only.
            file: Its name.
            purpose: In words: "copies are found by".
            form: The number of the form of what is in it; what is of another form is thrown away.
            made: The statements that make its tables; one that says what it lies beside is added.
        """
        self._graph_dir, self._file, self._purpose = graph_dir, file, purpose
        self._form, self._made = form, (*_BESIDE, *made)
        try:
            self._connection = self._opened()
        except sqlite3.OperationalError as error:  # locked, disk full
            raise self._plainly(error) from None
        except sqlite3.DatabaseError:  # no database: all that was in it can be made again
            self._forget()
            self._connection = self._opened()

    def close(self) -> None:
        self._connection.close()

    @property
    def beside(self) -> str:
        """The checkpoint of the store that this was left beside; "" at the beginning."""
        with self._asking() as connection:
            return str(connection.execute("SELECT checkpoint FROM beside").fetchone()[0])

    def is_beside(self, checkpoint: str) -> None:
        """Note that this is just what belongs to what was published as a checkpoint."""
        with self._changing() as connection:
            connection.execute("UPDATE beside SET checkpoint = ?", (checkpoint,))

    def follow(self, before: str, checkpoint: str) -> None:
        """Note that what belongs to a checkpoint belongs to the next one, too."""
        if self.beside == before:
            self.is_beside(checkpoint)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Make one change of the file, all or nothing."""
        with self._asking() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connection
        except sqlite3.OperationalError as error:
            raise self._plainly(error) from None
        except sqlite3.ProgrammingError:  # asked wrongly: the file is not to blame
            raise
        except sqlite3.DatabaseError as error:
            self._connection.close()
            self._forget()
            reason = f"{self._file}, which {self._purpose}, was damaged ({error}) and is made anew"
            raise StoreError(self._graph_dir or Path(), f"{reason}; run the same command again") from None

    def _opened(self) -> sqlite3.Connection:
        path = ":memory:" if self._graph_dir is None else self._graph_dir / self._file
        connection = sqlite3.connect(path, timeout=WRITE_SECONDS, isolation_level=None)
        try:
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            connection.execute("PRAGMA secure_delete = ON")  # what was retracted does not stay in free pages
            if connection.execute("PRAGMA user_version").fetchone()[0] != self._form:
                connection.execute("BEGIN IMMEDIATE")
                tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                for (table,) in tables:
                    connection.execute(f'DROP TABLE "{table}"')
                for statement in (*self._made, f"PRAGMA user_version = {self._form}", "COMMIT"):
                    connection.execute(statement)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _plainly(self, error: sqlite3.Error) -> StoreError:
        reason = f"{self._file}, which {self._purpose}, cannot be written: {error}"
        return StoreError(self._graph_dir or Path(), reason)

    def _forget(self) -> None:
        if self._graph_dir is not None:
            forget(self._graph_dir, self._file)


def forget(graph_dir: Path, file: str) -> None:
    """Let a file be made anew by whoever opens it next."""
    for name in (file, f"{file}-journal"):  # in this order: to an empty database no journal is applied
        (graph_dir / name).unlink(missing_ok=True)
