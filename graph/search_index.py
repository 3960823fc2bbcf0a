"""The search index, data/graph/search.db: an SQLite database of full texts (FTS5), links, statements, sides.

One file for all checkpoints that are kept. A row says from which checkpoint on it holds (``since``) and from
which on it does no more (``until``): who reads checkpoint N finds what N holds while the writer goes on. The
writer brings the index in step before readers see a checkpoint, touching what was touched in the graph;
where it cannot know what that was (a killed run, a copied folder, a rebuilt graph), it compares everything.
What a checkpoint brings may stand in the file before the file names it: until then nobody asks for it.
The only code that knows the file; graph/views/search.py asks it. docs/decisions/0025, 0078
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from pyoxigraph import Store

from graph import aside
from graph.aside import REBUILT
from graph.search_documents import Document, all_nodes, document_of
from newsgraph.errors import StoreError

if TYPE_CHECKING:
    from graph.changes import Changes

FILE = "search.db"
FORMAT = 4  # of the tables and of what is in them; where there is another one, it is made anew
READ_SECONDS, WRITE_SECONDS = 5.0, 60.0  # to wait for the other side
AT_ONCE = 2_000  # documents: who searches meanwhile waits for a fraction of a second
_CACHE_KB = 16_000  # what is written lies all over the file; each page that has to leave early costs
_TABLES = ("checkpoint", "document", "link", "counted", "said", "entity", "article")
_TOKENS = 'tokenize = "unicode61 remove_diacritics 2"'
_MADE = (
    "CREATE TABLE checkpoint (id TEXT PRIMARY KEY, number INTEGER NOT NULL)",
    "CREATE TABLE document (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, type TEXT, title TEXT, other TEXT,"
    " day TEXT, weight INTEGER, digest TEXT, since INTEGER, until INTEGER)",
    "CREATE INDEX document_iri ON document (iri) WHERE until IS NULL",
    "CREATE INDEX document_until ON document (until) WHERE until IS NOT NULL",
    "CREATE TABLE link (document INTEGER, source TEXT, target TEXT, kind TEXT, predicate TEXT, stance TEXT,"
    " speaker TEXT, directed INTEGER, evidence TEXT)",
    "CREATE INDEX link_document ON link (document)",
    "CREATE TABLE counted (document INTEGER, entity TEXT, thing TEXT, how TEXT)",
    "CREATE INDEX counted_document ON counted (document)",
    "CREATE INDEX counted_thing ON counted (thing)",
    "CREATE TABLE said (document INTEGER PRIMARY KEY, version TEXT, statements TEXT)",
    f'CREATE VIRTUAL TABLE entity USING fts5 (title, other, keys, {_TOKENS}, prefix = "1 2 3")',
    f'CREATE VIRTUAL TABLE article USING fts5 (title, other, keys, body, {_TOKENS}, prefix = "2 3")',
)


class Touched:
    """What a writer has changed since it published last."""

    def __init__(self) -> None:
        self.nodes: dict[str, bytes | None] = {}  # packed, by IRI; None: what it is now is not at hand

    def note(self, changes: Changes) -> None:
        """Take note of a change of the graph."""
        for iri in sorted(changes.touched):
            self.nodes[iri] = changes.documents.get(iri)

    def documents(self, store: Store, kept: Path) -> Iterator[tuple[str, Document | None]]:
        """Yield what can be found of each now; None: the store has it no more."""
        for iri, packed in self.nodes.items():
            yield iri, Document.unpacked(packed) if packed else document_of(store, kept, iri)

    def take(self, enough: Event) -> Iterator[tuple[str, Document]]:
        """Yield what is at hand, which then is no longer, until there is enough."""
        for iri, packed in list(self.nodes.items()):
            if packed and not enough.is_set():
                self.nodes[iri] = None
                yield iri, Document.unpacked(packed)


def bring_in_step(
    graph_dir: Path, store: Store, kept: Path, touched: Touched, *, before: str, checkpoint: str, oldest: int
) -> None:
    """Let a checkpoint be searched, before anybody reads it; forget what was touched.

    Args:
        graph_dir: Where the store lies.
        store: Holds what the checkpoint holds.
        kept: The folder of the kept extractions.
        touched: What has changed since ``before``.
        before: The name of the checkpoint that readers see now; "" for none; REBUILT for a rebuilt store.
        checkpoint: The name of the new one, as ``snapshot_id`` gives it; it begins with its number.
        oldest: The number of the oldest one that is still read.

    Raises:
        StoreError: If the index cannot be written.
    """
    for attempt in (1, 2):
        try:
            with _writing(graph_dir / FILE) as connection:
                number = int(checkpoint.partition("-")[0])
                _Step(connection, number).run(store, kept, touched, before, oldest)
                connection.execute("INSERT INTO checkpoint VALUES (?, ?)", (checkpoint, number))
        except sqlite3.DatabaseError as error:
            if attempt == 2 or isinstance(error, sqlite3.OperationalError):  # locked, disk full
                raise _unwritable(graph_dir, error) from None
            forget(graph_dir)  # damaged: all that is in it is in the graph
        else:
            touched.nodes.clear()
            return


@contextmanager
def filling(graph_dir: Path, touched: Touched, *, before: str, number: int) -> Iterator[None]:
    """Write what is at hand of a checkpoint that is still to come, in a thread, while its graph is written.

    What it does not come to, for want of time or of a sound file, is left to :func:`bring_in_step`.

    Args:
        graph_dir: Where the store lies.
        touched: What has changed since ``before``; what is written goes out of it.
        before: The name of the checkpoint that readers see now; "" for none.
        number: Of the checkpoint to come.
    """
    enough = Event()
    thread = Thread(target=_fill, args=(graph_dir, touched, before, number, enough))
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def _fill(graph_dir: Path, touched: Touched, before: str, number: int, enough: Event) -> None:
    if not has(graph_dir, before):
        return
    taken = list[str]()

    def noting() -> Iterator[tuple[str, Document]]:
        for iri, document in touched.take(enough):
            taken.append(iri)
            yield iri, document

    with suppress(sqlite3.Error):  # bring_in_step finds the same, and tells of it
        with _writing(graph_dir / FILE) as connection:
            _Step(connection, number).bring(noting())
        for iri in taken:
            del touched.nodes[iri]


def fill_rebuilt(folder: Path, store: Store, kept: Path, touched: Touched, *, is_whole: bool) -> None:
    """Fill the index of a store that is being rebuilt and that nobody reads; forget what was touched.

    Args:
        folder: Where the index lies until then.
        store: What there is of the store.
        kept: The folder of the kept extractions.
        touched: What has come since this was called last.
        is_whole: That was all: the index belongs to REBUILT, until the store is changed.

    Raises:
        StoreError: If the index cannot be written.
    """
    try:
        with _writing(folder / FILE) as connection:
            _Step(connection, 0).bring(touched.documents(store, kept))
            if is_whole:
                connection.execute("INSERT INTO checkpoint VALUES (?, 0)", (REBUILT,))
    except sqlite3.DatabaseError as error:
        raise _unwritable(folder, error) from None
    touched.nodes.clear()


def put_rebuilt(folder: Path, graph_dir: Path) -> None:
    """Put the index of a rebuilt store, if it has one, in the place of the old one."""
    forget(graph_dir)
    if (folder / FILE).exists():
        (folder / FILE).rename(graph_dir / FILE)


def belongs_to_none(graph_dir: Path) -> None:
    """Note that a rebuilt store is changed before it is published: the index is not to be trusted."""
    if has(graph_dir, REBUILT):
        forget(graph_dir)


def forget(graph_dir: Path) -> None:
    """Let the index be made anew with the next checkpoint."""
    aside.forget(graph_dir, FILE)


def has(graph_dir: Path, checkpoint: str) -> bool:
    """Say whether a checkpoint can be searched."""
    try:
        with open_index(graph_dir) as connection:
            return knows(connection, checkpoint)
    except sqlite3.Error:
        return False


@contextmanager
def open_index(graph_dir: Path) -> Iterator[sqlite3.Connection]:
    """Open the index for reading.

    Raises:
        sqlite3.Error: If there is none, or it cannot be read.
    """
    # Not mode=ro: what a killed writer had begun to change, whoever comes next takes back, a reader, too.
    # Where the file may not be written SQLite opens it for reading all the same.
    address = f"{(graph_dir / FILE).absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=READ_SECONDS, isolation_level=None)) as opened:
        opened.execute("PRAGMA query_only = ON")
        yield opened


def knows(connection: sqlite3.Connection, checkpoint: str) -> bool:
    """Say whether the index holds a checkpoint."""
    if _format_of(connection) != FORMAT:
        return False
    return connection.execute("SELECT 1 FROM checkpoint WHERE id = ?", (checkpoint,)).fetchone() is not None


def held(connection: sqlite3.Connection, number: int) -> dict[str, str]:
    """Return the digests of all that the checkpoint of a number holds, by IRI."""
    return dict(
        connection.execute(
            "SELECT iri, digest FROM document WHERE since <= ?1 AND (until IS NULL OR until > ?1)", (number,)
        )
    )


def _unwritable(folder: Path, error: sqlite3.Error) -> StoreError:
    return StoreError(folder, f"{FILE}, the search index, cannot be written: {error}")


def _format_of(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the index to change it: all that is not committed meanwhile, or nothing of it."""
    with closing(sqlite3.connect(path, timeout=WRITE_SECONDS, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        connection.execute("PRAGMA secure_delete = ON")  # what was retracted does not stay in free pages
        connection.execute("BEGIN IMMEDIATE")
        if _format_of(connection) != FORMAT:
            _begin_anew(connection)
        yield connection
        connection.execute("COMMIT")


def _begin_anew(connection: sqlite3.Connection) -> None:
    for table in _TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _MADE:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {FORMAT}")


class _Step:
    """What a checkpoint brings."""

    def __init__(self, connection: sqlite3.Connection, number: int) -> None:
        self._connection, self._number = connection, number

    def run(self, store: Store, kept: Path, touched: Touched, before: str, oldest: int) -> None:
        """Bring all that there is left, and let go of what nobody reads any more."""
        [newest] = self._connection.execute("SELECT max(number) FROM checkpoint").fetchone()
        if newest is not None and newest >= self._number:  # numbers have begun anew: another folder's index
            _begin_anew(self._connection)
        is_known = knows(self._connection, before)
        if is_known:
            self.bring(touched.documents(store, kept))
        else:
            self.bring((iri, document_of(store, kept, iri)) for iri in all_nodes(store))
            self._close_lost(store)
        self._drop_unseen(oldest)

    def bring(self, nodes: Iterable[tuple[str, Document | None]]) -> None:
        """Let the index say of nodes what the store says; None: the store has one no more.

        Where they are many, it is committed in between, so that nobody who searches waits for long.
        """
        for count, (iri, found) in enumerate(nodes, start=1):
            self._bring(iri, found)
            if count % AT_ONCE == 0:
                self._connection.execute("COMMIT")
                self._connection.execute("BEGIN IMMEDIATE")

    def _bring(self, iri: str, found: Document | None) -> None:
        old = self._connection.execute(
            "SELECT id, digest FROM document WHERE iri = ? AND until IS NULL", (iri,)
        ).fetchone()
        if old and found and old[1] == found.digest():
            return
        if old:
            self._close(old[0])
        if found:
            self._open(found)

    def _open(self, one: Document) -> None:
        told = (one.iri, one.kind, one.type, one.title, one.other, one.day)
        row = (*told, one.weight, one.digest())
        number = self._connection.execute(
            "INSERT INTO document (iri, kind, type, title, other, day, weight, digest, since)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, self._number),
        ).lastrowid
        words = (number, one.title, one.other, one.keys)
        if one.kind == "entity":
            self._connection.execute(
                "INSERT INTO entity (rowid, title, other, keys) VALUES (?, ?, ?, ?)", words
            )
        else:
            self._connection.execute(
                "INSERT INTO article (rowid, title, other, keys, body) VALUES (?, ?, ?, ?, ?)",
                (*words, one.body),
            )
            self._connection.executemany(
                "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [(number, *edge, place.evidence) for edge, place in one.links],
            )
            self._connection.executemany(
                "INSERT INTO counted VALUES (?, ?, ?, ?)", [(number, *row) for row in one.counted]
            )
            self._connection.execute(
                "INSERT INTO said VALUES (?, ?, ?)", (number, one.version, one.statements)
            )

    def _close(self, row: int) -> None:
        self._connection.execute("UPDATE document SET until = ? WHERE id = ?", (self._number, row))

    def _close_lost(self, store: Store) -> None:
        """Close what the store has no more, where it is not known what has changed."""
        there = set(all_nodes(store))
        rows = self._connection.execute("SELECT id, iri FROM document WHERE until IS NULL").fetchall()
        for row, iri in rows:
            if iri not in there:
                self._close(row)

    def _drop_unseen(self, oldest: int) -> None:
        """Delete what no checkpoint that is read holds any more."""
        self._connection.execute("DELETE FROM checkpoint WHERE number < ?", (oldest,))
        for statement in (
            "DELETE FROM entity WHERE rowid IN (SELECT id FROM document WHERE until <= ?)",
            "DELETE FROM article WHERE rowid IN (SELECT id FROM document WHERE until <= ?)",
            "DELETE FROM link WHERE document IN (SELECT id FROM document WHERE until <= ?)",
            "DELETE FROM counted WHERE document IN (SELECT id FROM document WHERE until <= ?)",
            "DELETE FROM said WHERE document IN (SELECT id FROM document WHERE until <= ?)",
            "DELETE FROM document WHERE until <= ?",
        ):
            self._connection.execute(statement, (oldest,))
