"""The store under data/graph/: the only code that knows how it lies on disk.

    live/          the Oxigraph database that the one writer opens, for as short as it can
    checkpoints/   its snapshots (hard links); ``current`` points to the newest, and readers open nothing else
    extractions/   what the graph was built from (kept.py)
    writer.lock    who holds it may write
    format         the FORMAT of the code that writes it

One batch of articles is one atomic update; then comes a flush, a snapshot and the switch of ``current``.
Whenever a run is killed, ``current`` is whole, and the next writer publishes what the killed one had
committed.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode, Store

from graph.kept import delete_kept, read_kept, write_kept
from graph.provenance import RunInfo, input_quads, run_quads
from graph.terms import ARTICLES, PROVENANCE, article_iri, ng, text_iri, value_of, version_graph
from newsgraph.errors import NoGraphError, StoreBusyError, StoreError
from newsgraph.records import Article, Extraction

if TYPE_CHECKING:
    from graph.changes import Batch

__all__ = ["Reader", "RunInfo", "Writer", "open_reader", "open_writer"]

LIVE, CURRENT, CHECKPOINTS, EXTRACTIONS = "live", "current", "checkpoints", "extractions"
LOCK, UNPUBLISHED, FORMAT_FILE = "writer.lock", "unpublished", "format"
# Raise it when the same extraction gives other quads: an article is taken away by working out again what it
# had added, which only the code that added it can.
FORMAT = 3
KEPT_CHECKPOINTS = 2  # a reader that has just looked up ``current`` still finds it
_POLL_SECONDS = 0.05


class Writer:
    """Changes the store. Made by :func:`open_writer`, which holds the lock meanwhile."""

    def __init__(self, graph_dir: Path, store: Store) -> None:
        self._graph_dir = graph_dir
        self._kept = graph_dir / EXTRACTIONS
        self._store = store

    def known(self, articles: Iterable[Article], run: RunInfo) -> set[str]:
        """Return the ids of those articles that the store holds just so, read by the same model."""
        return {
            article.id for article in articles if self._input_digest(article) == run.input_digest(article)
        }

    def add(self, pairs: Sequence[tuple[Article, Extraction]], run: RunInfo) -> int:
        """Write articles with what was read in them, in one atomic update, and return how many.

        An article that was there before is replaced, whatever its text was.
        """
        latest = {article.id: (article, extraction) for article, extraction in pairs}
        batch, outdated = self._new_batch(), []
        for article, extraction in latest.values():
            outdated += self._remove_into(batch, article.id)
            digest = write_kept(self._kept, article, extraction)
            batch.add(article, extraction, digest)
            batch.say(input_quads(article, run))
            if (article.version_id, digest) in outdated:
                outdated.remove((article.version_id, digest))
        batch.say(run_quads(run))
        self._commit(batch, outdated)
        return len(latest)

    def remove(self, article_ids: Iterable[str], run: RunInfo) -> int:
        """Take articles away again with all that they added, and return how many were there."""
        batch, outdated = self._new_batch(), []
        for article_id in dict.fromkeys(article_ids):
            outdated += self._remove_into(batch, article_id)
        if outdated:
            batch.say(run_quads(run))
            self._commit(batch, outdated)
        return len(outdated)

    def publish(self) -> None:
        """Make what is committed visible to readers."""
        checkpoints = self._graph_dir / CHECKPOINTS
        checkpoints.mkdir(exist_ok=True)
        numbers = sorted(int(path.name) for path in checkpoints.iterdir() if path.name.isdigit())
        target = checkpoints / str(numbers[-1] + 1 if numbers else 1)
        self._store.flush()
        self._store.backup(target)
        link = self._graph_dir / "current.new"
        link.unlink(missing_ok=True)
        link.symlink_to(target.relative_to(self._graph_dir))
        link.replace(self._graph_dir / CURRENT)
        (self._graph_dir / UNPUBLISHED).unlink(missing_ok=True)
        for number in numbers[: -(KEPT_CHECKPOINTS - 1)]:
            shutil.rmtree(checkpoints / str(number), ignore_errors=True)

    def _new_batch(self) -> Batch:
        # With NumPy, which compares texts: a tenth of a second that readers should not wait for.
        from graph.changes import Batch

        return Batch(self._store)

    def _commit(self, batch: Batch, outdated: Iterable[tuple[str, str]]) -> None:
        changes = batch.changes()
        (self._graph_dir / UNPUBLISHED).touch()
        self._store.update(changes.text())
        for version_id, digest in outdated:
            delete_kept(self._kept, version_id, digest)

    def _remove_into(self, batch: Batch, article_id: str) -> list[tuple[str, str]]:
        """Note the removal of an article's version, if there is one, and return its version and digest."""
        outdated = []
        for version_id, digest in _held(self._store, article_id):
            batch.remove(*read_kept(self._kept, version_id, digest), digest)
            batch.say(
                (),
                instead_of=self._store.quads_for_pattern(version_graph(version_id), None, None, PROVENANCE),
            )
            outdated.append((version_id, digest))
        return outdated

    def _input_digest(self, article: Article) -> str | None:
        values = _values(self._store, version_graph(article.version_id), ng("inputDigest"), PROVENANCE)
        return values[0] if values and article.version_id in _versions(self._store, article.id) else None


def _held(store: Store, article_id: str) -> Iterator[tuple[str, str]]:
    """Yield an article's version, if the store has one, with the digest of what was read in it."""
    for version_id in _versions(store, article_id):
        [digest] = _values(store, text_iri(version_id), ng("extractionDigest"), ARTICLES)
        yield version_id, digest


def _versions(store: Store, article_id: str) -> list[str]:
    texts = _values(store, article_iri(article_id), ng("currentVersion"), ARTICLES)
    return [text.split("/doc/")[1].removesuffix("#text") for text in texts]


def _values(store: Store, subject: NamedNode | None, predicate: NamedNode, graph: NamedNode) -> list[str]:
    return [value_of(quad.object) for quad in store.quads_for_pattern(subject, predicate, None, graph)]


@contextmanager
def open_writer(graph_dir: Path, *, wait_seconds: float = 30.0) -> Iterator[Writer]:
    """Open the store for writing, alone; on leaving, what was written becomes visible to readers.

    Args:
        graph_dir: Made if it is not there.
        wait_seconds: How long to wait for another writer.

    Raises:
        StoreBusyError: If another writer takes longer than that.
        StoreError: If the store cannot be read or written, or newsgraph of another FORMAT wrote it.
    """
    with _told_plainly(graph_dir), _locked(graph_dir, wait_seconds):
        for stray in (graph_dir / LIVE).glob("bulk-*.sst"):  # of a bulk load that was killed
            stray.unlink()
        _check_format(graph_dir)
        store = Store(graph_dir / LIVE)
        writer = Writer(graph_dir, store)
        try:
            yield writer
            if (graph_dir / UNPUBLISHED).exists() or not (graph_dir / CURRENT).exists():
                writer.publish()
        finally:
            del writer._store, writer, store  # Oxigraph lets go of its files with the last reference


def _check_format(graph_dir: Path) -> None:
    file = graph_dir / FORMAT_FILE
    if not (graph_dir / LIVE).exists():
        file.write_text(f"{FORMAT}\n", "ascii")
    elif not file.exists() or file.read_bytes().strip() != str(FORMAT).encode():
        reason = "another version of newsgraph, whose graph has another shape, wrote this store"
        raise StoreError(graph_dir, f"{reason}; {_mend(graph_dir)}")


@contextmanager
def _told_plainly(graph_dir: Path) -> Iterator[None]:
    """Turn what the system and Oxigraph raise into one line; their tracebacks would keep the store open."""
    try:
        yield
    except StoreError:
        raise
    except OSError as error:
        reason = " ".join(str(error.strerror or error).split())
        mend = "; free some space and run the same command again" if "space" in reason.lower() else ""
        raise StoreError(graph_dir, f"the store cannot be written: {reason}{mend}") from None
    except RuntimeError as error:  # what Oxigraph raises for files that are not what it wrote
        raise _damaged(graph_dir, error) from None


@contextmanager
def _locked(graph_dir: Path, wait_seconds: float) -> Iterator[None]:
    graph_dir.mkdir(parents=True, exist_ok=True)
    with (graph_dir / LOCK).open("w") as lock:
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    reason = "another run is writing; wait until it has ended, or end it"
                    raise StoreBusyError(graph_dir, reason) from None
                time.sleep(_POLL_SECONDS)
        yield


class Reader:
    """Answers questions about a snapshot. Made by :func:`open_reader`."""

    def __init__(self, graph_dir: Path, store: Store) -> None:
        self._kept = graph_dir / EXTRACTIONS
        self.store = store

    def kept(self, article_id: str) -> tuple[Article, Extraction] | None:
        """Return an article with what was read in it; None if the store does not hold it.

        Raises:
            StoreError: If what was kept of it is damaged.
        """
        held = next(_held(self.store, article_id), None)
        return held and read_kept(self._kept, *held)

    def dump(self, file: BinaryIO, *, without_provenance: bool = False) -> None:
        """Write all quads as sorted N-Quads: two stores that say the same give the same bytes."""
        quads = (quad for quad in self.store if not (without_provenance and quad.graph_name == PROVENANCE))
        for line in sorted(
            f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in quads
        ):
            file.write(line.encode())


def open_reader(graph_dir: Path) -> Reader:
    """Open the newest snapshot, which no writer changes any more.

    Raises:
        NoGraphError: If nothing has been ingested yet.
        StoreError: If the snapshot is damaged.
    """
    current = graph_dir / CURRENT
    if not current.exists():
        raise NoGraphError(graph_dir, "there is no graph yet; run 'newsgraph ingest' first")
    try:
        return Reader(graph_dir, Store.read_only(str(current.resolve())))
    except (OSError, RuntimeError) as error:
        raise _damaged(graph_dir, error) from None


def _damaged(graph_dir: Path, error: Exception) -> StoreError:
    reason = " ".join(str(error).split())
    return StoreError(graph_dir, f"the store is damaged ({reason}); {_mend(graph_dir)}")


def _mend(graph_dir: Path) -> str:
    return f"delete {graph_dir / LIVE} and {graph_dir / CHECKPOINTS}, then run 'newsgraph ingest'"
