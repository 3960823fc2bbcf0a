"""The fingerprints of all texts, data/graph/prints.db: what an article that comes is compared with.

An SQLite database beside the store, since nobody asks for them in SPARQL, and as quads they would take a
tenth of the store's room and a third of a write's look-ups. A row is of one text version and never changes.
It is written before the store is, and deleted after: none is missing, whatever is killed when, and one too
many does no harm, for the store says which texts there are. Where the file is not the one that was left
beside this store (lost, put back, another's), it is compared with the store, and what it lacks is made of
what is kept. docs/decisions/0067
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pyoxigraph import NamedNode, Store

from graph.aside import Aside
from graph.candidates import Keys, Numbers
from graph.copies import KEY_BYTES, Print, print_of
from graph.held import all_held
from graph.kept import read_kept
from graph.terms import article_iri
from newsgraph.errors import StoreError
from newsgraph.records import Article

FILE = "prints.db"
FORMAT = 2  # of the tables and of how a text's print is made; where there is another one, it is made anew
_KEYS_AT_ONCE = 5000
_HOLDER = np.dtype([("key", np.int64), ("print", np.int64)])
_AT_ONCE = 500  # texts that are made again between two points at which that may be interrupted
_MADE = (
    "CREATE TABLE print (id INTEGER PRIMARY KEY, version TEXT UNIQUE, article TEXT, fingerprint BLOB)",
    "CREATE TABLE key (key INTEGER, print INTEGER, PRIMARY KEY (key, print)) WITHOUT ROWID",
)


class Text(NamedTuple):
    """A text version: whose it is, and what it is compared and found by; if it is short, by nothing."""

    version: str
    article: NamedNode
    fingerprint: bytes = b""  # packed
    keys: bytes = b""  # packed


def text_of(article: Article, one: Print | None) -> Text:
    """Return an article's text with its print, if it has one."""
    told = (one.fingerprint, bytes.fromhex(one.keys)) if one is not None else ()
    return Text(article.version_id, article_iri(article.id), *told)


def keys_in(packed: bytes) -> Keys:
    """Return the keys of a text as numbers. Shape: (n,)."""
    found = np.zeros((len(packed) // KEY_BYTES, 8), np.uint8)
    found[:, -KEY_BYTES:] = np.frombuffer(packed, np.uint8).reshape(-1, KEY_BYTES)
    return found.view(">i8")[:, 0].astype(np.int64)


class Prints(Aside):
    """The prints of one store, while one writer has it."""

    def __init__(self, graph_dir: Path | None = None) -> None:
        """Open the file in a folder, or make it; None: what is in memory only."""
        super().__init__(graph_dir, FILE, "copies are found by", FORMAT, _MADE)

    def holders(self, keys: Keys) -> tuple[Keys, Numbers]:
        """Return which of some keys a text has, and its number. Shapes: (n,), (n,)."""
        query = "SELECT key.key, print FROM json_each(?) AS asked CROSS JOIN key ON key.key = asked.value"
        found = [np.empty(0, _HOLDER)]
        with self._asking() as connection:
            for start in range(0, len(keys), _KEYS_AT_ONCE):
                told = json.dumps(keys[start : start + _KEYS_AT_ONCE].tolist())
                found.append(np.fromiter(connection.execute(query, (told,)), _HOLDER))
        both = np.concatenate(found)
        return both["key"], both["print"]

    def fingerprints(self, numbers: Sequence[int]) -> list[bytes]:
        """Return the fingerprints of texts, packed; the numbers are in order."""
        query = "SELECT fingerprint FROM json_each(?) AS asked CROSS JOIN print ON print.id = asked.value"
        with self._asking() as connection:
            found = [one for (one,) in connection.execute(query, (json.dumps(numbers),))]
            if len(found) != len(numbers):
                raise sqlite3.DatabaseError("keys of no print")
        return found

    def text(self, number: int) -> Text:
        """Return which text has a number; without what it is compared and found by."""
        with self._asking() as connection:
            query = "SELECT version, article FROM print WHERE id = ?"
            version, article = connection.execute(query, (number,)).fetchone()
        return Text(version, NamedNode(article))

    def put(self, texts: Iterable[Text]) -> None:
        """Keep the prints of texts, if they are not there yet."""
        with self._changing() as connection:
            keys, numbers = list[Keys](), list[int]()
            for one in texts:
                made = connection.execute(
                    "INSERT OR IGNORE INTO print (version, article, fingerprint) VALUES (?, ?, ?)",
                    (one.version, one.article.value, one.fingerprint),
                )
                if made.rowcount and made.lastrowid is not None:
                    keys.append(keys_in(one.keys))
                    numbers.append(made.lastrowid)
            connection.executemany("INSERT INTO key VALUES (?, ?)", _rows(keys, numbers))

    def drop(self, texts: Iterable[Text]) -> None:
        """Forget texts."""
        with self._changing() as connection:
            for one in texts:
                query = "SELECT id FROM print WHERE version = ?"
                for (number,) in connection.execute(query, (one.version,)).fetchall():
                    keys = [(key, number) for key in keys_in(one.keys).tolist()]
                    connection.executemany("DELETE FROM key WHERE key = ? AND print = ?", keys)
                    connection.execute("DELETE FROM print WHERE id = ?", (number,))

    def drop_all_but(self, versions: Collection[str]) -> None:
        """Forget all texts but some."""
        with self._changing() as connection:
            there = connection.execute("SELECT id, version FROM print").fetchall()
            lost = [(number,) for number, version in there if version not in versions]
            if lost:
                connection.executemany("DELETE FROM print WHERE id = ?", lost)
                connection.execute("DELETE FROM key WHERE print NOT IN (SELECT id FROM print)")

    def versions(self) -> set[str]:
        """Return all text versions there are."""
        with self._asking() as connection:
            return {version for (version,) in connection.execute("SELECT version FROM print")}


def _rows(keys: Sequence[Keys], numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each key with the number of its text, in order: each page of the table is changed once."""
    key = np.concatenate((np.empty(0, np.int64), *keys))
    number = np.repeat(np.array(numbers, np.int64), np.fromiter(map(len, keys), np.intp, len(keys)))
    order = key.argsort(kind="stable")
    for start in range(0, len(order), _KEYS_AT_ONCE):
        some = order[start : start + _KEYS_AT_ONCE]
        yield from zip(key[some].tolist(), number[some].tolist(), strict=True)


def prints_beside(graph_dir: Path, store: Store, kept: Path, published: str) -> Prints:
    """Return the prints of a store.

    Args:
        graph_dir: Where it lies.
        store: What it holds now.
        kept: The folder of the kept extractions.
        published: What was published last of what it holds.
    """
    prints = Prints(graph_dir)
    if prints.beside != published:
        compare(prints, store, kept)
    return prints


def compare(prints: Prints, store: Store, kept: Path) -> None:
    """Let there be the prints of what a store holds, and no others; what is missing is made again."""
    held = dict(all_held(store))
    prints.drop_all_but(held.keys())
    missing = iter(sorted(held.keys() - prints.versions()))
    while more := list(islice(missing, _AT_ONCE)):
        prints.put(_made_again(kept, [(version, held[version]) for version in more]))


def _made_again(kept: Path, texts: Iterable[tuple[str, str]]) -> Iterator[Text]:
    for version, digest in texts:
        try:
            article, _ = read_kept(kept, version, digest)
        except StoreError:  # which says so to whoever reads it; its copies are not found
            continue
        yield text_of(article, print_of(article))
