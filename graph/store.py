"""The store under data/graph/: the only code that knows how it lies on disk.

    live/          the Oxigraph database that the one writer opens, for as short as it can
    checkpoints/   its snapshots (hard links); ``current`` points to the newest, and readers open nothing else
    extractions/   what the graph was built from (kept.py)
    decisions.jsonl   what reviewers decided (decision_log.py)
    rebuilt-N/     a whole database of FORMAT N that takes the place of live/ (rebuild.py)
    writer.lock    who holds it may write (guard.py)
    format         the FORMAT of the code that writes it

One batch of articles is one atomic update; then comes a flush, a snapshot and the switch of ``current``.
Whenever a run is killed, ``current`` is whole, and the next writer publishes what the killed one had
committed.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import NamedNode, Store

from graph.decision_log import all_decided, append_to_log, lines_of_log
from graph.decisions import Decisions, Entry
from graph.guard import CHECKPOINTS, LIVE, Hold, damaged, is_held, locked, mend_of, told_plainly
from graph.held import digest_of, held, values, versions
from graph.kept import delete_kept, read_kept, write_kept
from graph.provenance import RunInfo, input_quads, run_quads
from graph.reviewed import entries_in, lines_in, versions_touched
from graph.terms import PROVENANCE, ng, version_graph
from newsgraph.errors import NoGraphError, QueryError, StoreError
from newsgraph.records import Article, Extraction

if TYPE_CHECKING:
    from graph.changes import Batch

__all__ = ["Reader", "RunInfo", "Writer", "open_reader", "open_writer"]

CURRENT, EXTRACTIONS, UNPUBLISHED, FORMAT_FILE = "current", "extractions", "unpublished", "format"
# Raise it when the same extraction gives other quads: an article is taken away by working out again what it
# had added, which only the code that added it can.
FORMAT = 3
REBUILT, REPLACED = f"rebuilt-{FORMAT}", "replaced"
_NO_SUCH_GRAPH = re.compile("The graph .* (does not exist|already exists)")  # what Oxigraph says
KEPT_CHECKPOINTS = 2  # a reader that has just looked up ``current`` still finds it


class Writer:
    """Changes the store. Made by :func:`open_writer`, which holds the lock meanwhile."""

    def __init__(self, graph_dir: Path, store: Store) -> None:
        self._graph_dir = graph_dir
        self._kept = graph_dir / EXTRACTIONS
        self._store = store
        self.decisions = Decisions(entries_in(store))

    @property
    def reader(self) -> Reader:
        """What is committed, for as long as the writer is open."""
        return Reader(self._graph_dir, self._store)

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

    def record(self, entry: Entry) -> int:
        """Write what a reviewer decided or took back, with all that follows, and return in how many articles.

        Raises:
            DecisionError: If it contradicts what is in force, or there is nothing to take back.
        """
        self.decisions.check(entry)
        decisions = self.decisions.followed_by(entry)
        batch, changed = self._placed_by(decisions)  # before the log: what is damaged is found first
        append_to_log(self._graph_dir, [entry])
        self._commit(batch, ())
        self.decisions = decisions
        return changed

    def update(self, text: str, prefixes: Mapping[str, str]) -> None:
        """Run a client's SPARQL update; graph/endpoint/updates.py says what it may change.

        Raises:
            QueryError: If it is no update, or names a graph that is not there. Then nothing has changed.
        """
        mark = self._graph_dir / UNPUBLISHED
        was_marked = mark.exists()
        mark.touch()
        try:
            self._store.update(text, prefixes=dict(prefixes))
        except (SyntaxError, RuntimeError, OSError) as error:
            if not was_marked:
                mark.unlink(missing_ok=True)
            if isinstance(error, SyntaxError) or _NO_SUCH_GRAPH.fullmatch(str(error)):
                raise QueryError(f"nothing was changed: {error}") from None
            raise

    def has_graph(self, graph: str | None) -> bool:
        """Say whether there is a named graph; the default graph (None) is always there."""
        return graph is None or self._store.contains_named_graph(NamedNode(graph))

    def catch_up(self) -> None:
        """Let log and graph hold the same decisions; a killed run, or a hand, may have parted them."""
        if lines_of_log(self._graph_dir) != lines_in(self._store):
            decisions = all_decided(self._graph_dir, self.decisions.entries)
            if decisions.entries != self.decisions.entries:
                self._commit(self._placed_by(decisions)[0], ())
                self.decisions = decisions

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
            if not is_held(checkpoints / str(number)):  # else a later writer finds it
                shutil.rmtree(checkpoints / str(number), ignore_errors=True)

    def _new_batch(self, decisions: Decisions | None = None) -> Batch:
        # With NumPy, which compares texts: a tenth of a second that readers should not wait for.
        from graph.changes import Batch

        return Batch(self._store, self.decisions if decisions is None else decisions)

    def _commit(self, batch: Batch, outdated: Iterable[tuple[str, str]]) -> None:
        changes = batch.changes()
        (self._graph_dir / UNPUBLISHED).touch()
        self._store.update(changes.text())
        for version_id, digest in outdated:
            delete_kept(self._kept, version_id, digest)

    def _placed_by(self, decisions: Decisions) -> tuple[Batch, int]:
        """Return what other decisions change, their own record too, and in how many articles."""
        batch, changed = self._new_batch(decisions), 0
        batch.decide(self.decisions)
        for version_id in versions_touched(self._store, self.decisions, decisions):
            kept = read_kept(self._kept, version_id, digest_of(self._store, version_id))
            changed += batch.place_again(*kept, self.decisions)
        return batch, changed

    def _remove_into(self, batch: Batch, article_id: str) -> list[tuple[str, str]]:
        """Note the removal of an article's version, if there is one, and return its version and digest."""
        outdated = []
        for version_id, digest in held(self._store, article_id):
            batch.remove(*read_kept(self._kept, version_id, digest), digest)
            batch.say(
                (),
                instead_of=self._store.quads_for_pattern(version_graph(version_id), None, None, PROVENANCE),
            )
            outdated.append((version_id, digest))
        return outdated

    def _input_digest(self, article: Article) -> str | None:
        found = values(self._store, version_graph(article.version_id), ng("inputDigest"), PROVENANCE)
        return found[0] if found and article.version_id in versions(self._store, article.id) else None


@contextmanager
def open_writer(graph_dir: Path, *, wait_seconds: float = 30.0, must_exist: bool = False) -> Iterator[Writer]:
    """Open the store for writing, alone; on leaving, what was written becomes visible to readers.

    Args:
        graph_dir: Made if it is not there.
        wait_seconds: How long to wait for another writer.
        must_exist: Do not make a store where there is none.

    Raises:
        NoGraphError: If there is none, but it must exist.
        StoreBusyError: If another writer takes longer than that.
        StoreError: If the store cannot be read or written, or newsgraph of another FORMAT wrote it.
    """
    if must_exist and not (graph_dir / CURRENT).exists():
        raise _no_graph(graph_dir)
    with told_plainly(graph_dir), locked(graph_dir, wait_seconds):
        finish_rebuild(graph_dir)
        for stray in (graph_dir / LIVE).glob("bulk-*.sst"):  # of a bulk load that was killed
            stray.unlink()
        _check_format(graph_dir)
        store = Store(graph_dir / LIVE)
        writer = Writer(graph_dir, store)
        try:
            writer.catch_up()
            yield writer
            if (graph_dir / UNPUBLISHED).exists() or not (graph_dir / CURRENT).exists():
                writer.publish()
        finally:
            del writer._store, writer, store  # Oxigraph lets go of its files with the last reference


def finish_rebuild(graph_dir: Path) -> None:
    """Put a rebuilt database, if there is one, in the place of the live one; may be killed at any point."""
    fresh, live, replaced = graph_dir / REBUILT, graph_dir / LIVE, graph_dir / REPLACED
    if fresh.exists():
        (graph_dir / UNPUBLISHED).touch()
        if live.exists():
            shutil.rmtree(replaced, ignore_errors=True)
            live.rename(replaced)
        (graph_dir / FORMAT_FILE).write_text(f"{FORMAT}\n", "ascii")
        fresh.rename(live)
    shutil.rmtree(replaced, ignore_errors=True)


def _check_format(graph_dir: Path) -> None:
    file = graph_dir / FORMAT_FILE
    if not (graph_dir / LIVE).exists():
        if (graph_dir / CURRENT).exists():  # to begin with an empty one would empty what readers see
            raise StoreError(
                graph_dir, f"{LIVE}/ is gone, though there is a snapshot of it; {mend_of(graph_dir)}"
            )
        file.write_text(f"{FORMAT}\n", "ascii")
    elif not file.exists() or file.read_bytes().strip() != str(FORMAT).encode():
        reason = "another version of newsgraph, whose graph has another shape, wrote this store"
        raise StoreError(graph_dir, f"{reason}; {mend_of(graph_dir)}")


class Reader:
    """Answers questions about a snapshot. Made by :func:`open_reader`."""

    def __init__(self, graph_dir: Path, store: Store, hold: Hold | None = None) -> None:
        self._kept = graph_dir / EXTRACTIONS
        self._hold = hold  # the snapshot stays on disk for as long as the reader lives
        self.store = store

    @property
    def snapshot(self) -> Path | None:
        """The folder that is read; None for what a writer has committed but not published."""
        return self._hold.folder if self._hold else None

    def kept(self, article_id: str) -> tuple[Article, Extraction] | None:
        """Return an article with what was read in it; None if the store does not hold it.

        Raises:
            StoreError: If what was kept of it is damaged.
        """
        found = next(held(self.store, article_id), None)
        return found and read_kept(self._kept, *found)

    def decisions(self) -> Decisions:
        """Return what reviewers have decided."""
        return Decisions(entries_in(self.store))

    def dump(self, file: BinaryIO, *, without_provenance: bool = False) -> None:
        """Write all quads as sorted N-Quads: two stores that say the same give the same bytes."""
        quads = (quad for quad in self.store if not (without_provenance and quad.graph_name == PROVENANCE))
        for line in sorted(
            f"{quad.subject} {quad.predicate} {quad.object} {quad.graph_name} .\n" for quad in quads
        ):
            file.write(line.encode())


def open_reader(graph_dir: Path) -> Reader:
    """Open the newest snapshot, which no writer changes any more, nor deletes while it is read.

    Raises:
        NoGraphError: If nothing has been ingested yet.
        StoreError: If the snapshot is damaged.
    """
    while (folder := newest_snapshot(graph_dir)) is not None:
        try:
            hold = Hold(folder)
        except FileNotFoundError:  # deleted just now: there is a newer one, or none
            continue
        if newest_snapshot(graph_dir) != folder:  # a writer may have begun to delete it before it was held
            continue
        try:
            return Reader(graph_dir, Store.read_only(str(folder)), hold)
        except (OSError, RuntimeError) as error:
            raise damaged(graph_dir, error) from None
    raise _no_graph(graph_dir)


def newest_snapshot(graph_dir: Path) -> Path | None:
    """Return the folder of what readers are to see; None if nothing has been published."""
    current = graph_dir / CURRENT
    return current.resolve() if current.exists() else None


def snapshot_id(snapshot: Path | None) -> str:
    """Return what tells a snapshot from all others, earlier ones of the same number too; "" for none."""
    if snapshot is None:
        return ""
    try:
        return f"{snapshot.name}-{(snapshot / 'CURRENT').stat().st_mtime_ns:x}"  # which is written once
    except OSError:  # just deleted: there is a newer one
        return ""


def _no_graph(graph_dir: Path) -> NoGraphError:
    return NoGraphError(graph_dir, "there is no graph yet; run 'newsgraph ingest' first")
