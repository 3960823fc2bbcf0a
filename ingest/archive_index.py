"""The archive's index, data/raw/index.sqlite: which address was answered when, how, and where that is kept.

``records`` and ``files`` say what the WARC files say, and are made again from them. ``waits`` and ``dealt``
only save requests: without them a failed address is asked sooner and a listing is read once more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

FILE_NAME = "index.sqlite"
FORMAT = 1  # raise it when the tables change: the index is then built anew

_SCHEMA = """
CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE records (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL,
    source TEXT, status INTEGER, location TEXT, digest TEXT, etag TEXT, modified TEXT,
    file TEXT NOT NULL, offset INTEGER NOT NULL, end INTEGER NOT NULL
);
CREATE INDEX by_url ON records (url, at);
CREATE INDEX by_file ON records (file);
CREATE TABLE waits (
    key TEXT PRIMARY KEY, until TEXT NOT NULL, count INTEGER NOT NULL, reason TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE dealt (key TEXT PRIMARY KEY, mark TEXT NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A record of the archive: an answer, or that there was nothing new."""

    url: str  # canonical
    at: datetime  # aware, UTC
    type: str  # "response", "revisit" or "resource"
    role: str  # "article", "listing" or "robots"
    source: str | None
    status: int | None  # of a revisit: that of what it refers to
    location: str | None  # canonical, of a redirect
    digest: str | None  # of the body as it came
    etag: str | None
    modified: str | None
    file: str  # below data/raw/
    offset: int
    end: int

    @property
    def is_redirect(self) -> bool:
        return self.status is not None and 300 <= self.status < 400 and self.location is not None


class Wait:
    """An address that failed ``count`` times in a row and is not asked before ``until``."""

    def __init__(self, until: datetime, count: int, reason: str) -> None:
        self.until, self.count, self.reason = until, count, reason


_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Kept))


class Index:
    """The tables, with one connection. What is written counts from commit() on."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except BaseException:
            self._db.close()
            raise

    def _prepare(self) -> None:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self.is_new = self._db.execute("PRAGMA user_version").fetchone()[0] != FORMAT
        if self.is_new:
            names = self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in names:
                self._db.execute(f'DROP TABLE "{name}"')
            self._db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {FORMAT}; COMMIT;")
        self._db.execute("BEGIN")

    def commit(self) -> None:
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def close(self) -> None:
        self._db.execute("COMMIT")
        self._db.close()

    # ---- what the WARC files say

    def add(self, kept: Kept) -> None:
        marks = ", ".join("?" * len(fields(Kept)))
        values = [getattr(kept, field.name) for field in fields(Kept)]
        values[1] = _written(kept.at)
        self._db.execute(f"INSERT INTO records ({_COLUMNS}) VALUES ({marks})", values)  # noqa: S608 - our names

    def set_size(self, file: str, size: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?)", (file, size))

    def sizes(self) -> dict[str, int]:
        return dict(self._db.execute("SELECT path, size FROM files"))

    def forget_file(self, file: str) -> None:
        self._db.execute("DELETE FROM records WHERE file = ?", (file,))
        self._db.execute("DELETE FROM files WHERE path = ?", (file,))

    def latest(self, url: str) -> Kept | None:
        """Return the last record of ``url``, of whatever type."""
        return self._first("WHERE url = ? ORDER BY at DESC, id DESC LIMIT 1", url)

    def latest_body(self, url: str) -> Kept | None:
        """Return the last record of ``url`` that has a body and was a success."""
        where = "WHERE url = ? AND type != 'revisit' AND (status IS NULL OR status BETWEEN 200 AND 299)"
        return self._first(f"{where} ORDER BY at DESC, id DESC LIMIT 1", url)

    def by_file(self) -> list[tuple[str, int, int, int]]:
        """Return for each file its name, size, number of records and number of articles that were new."""
        rows = self._db.execute(
            "SELECT path, size, COUNT(id), COALESCE(SUM(role = 'article' AND type != 'revisit'"
            " AND (status IS NULL OR status BETWEEN 200 AND 299)), 0)"
            " FROM files LEFT JOIN records ON file = path GROUP BY path ORDER BY path"
        )
        return [(str(path), int(size), int(count), int(new)) for path, size, count, new in rows]

    def all(self) -> Iterator[Kept]:
        """Yield all records, in order of file and offset."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM records ORDER BY file, offset"):  # noqa: S608
            yield _kept(row)

    def _first(self, where: str, url: str) -> Kept | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM records {where}", (url,)).fetchone()  # noqa: S608
        return None if row is None else _kept(row)

    # ---- what saves requests

    def wait_of(self, key: str) -> Wait | None:
        row = self._db.execute("SELECT until, count, reason FROM waits WHERE key = ?", (key,)).fetchone()
        return None if row is None else Wait(_moment(row[0]), row[1], row[2])

    def set_wait(self, key: str, wait: Wait) -> None:
        values = (key, _written(wait.until), wait.count, wait.reason)
        self._db.execute("INSERT OR REPLACE INTO waits VALUES (?, ?, ?, ?)", values)

    def end_waits(self, keys: Iterable[str]) -> None:
        self._db.executemany("DELETE FROM waits WHERE key = ?", ((key,) for key in keys))

    def dealt_with(self, key: str, mark: str) -> int | None:
        """Return how many articles ``key`` listed if all were dealt with when it had this ``mark``."""
        row = self._db.execute("SELECT count FROM dealt WHERE key = ? AND mark = ?", (key, mark)).fetchone()
        return None if row is None else int(row[0])

    def set_dealt_with(self, key: str, mark: str, count: int) -> None:
        self._db.execute("INSERT OR REPLACE INTO dealt VALUES (?, ?, ?)", (key, mark, count))


def _kept(row: tuple[object, ...]) -> Kept:
    values = dict(zip((field.name for field in fields(Kept)), row, strict=True))
    return Kept(**{**values, "at": _moment(str(values["at"]))})  # type: ignore[arg-type]


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")  # all of one length: they sort as text


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)
