"""The store under data/graph/, as its one writer has it; what others see of it is snapshots.py's.

    live/          the Oxigraph database that the one writer opens, for as short as it can
    checkpoints/   its snapshots (hard links); ``current`` points to the newest, and readers open nothing else
    extractions/   what the graph was built from (kept.py)
    pending/       a large change that is under way (journal.py)
    unwritten/     what was read and waits to be written (flows/unwritten.py)
    former/        what articles had stated before it was replaced (former.py)
    search.db      names and texts to search by (search_index.py)
    prints.db      what copies are found by (prints.py)
    odds.db        how names compare, to be remembered (block_odds.py); of both, asides.py
    decisions.jsonl   what reviewers decided (decision_log.py)
    retracted.jsonl   which articles are taken out for good (retractions.py)
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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import NamedNode, Store

from graph import journal, search_index
from graph.aside import REBUILT
from graph.asides import Asides
from graph.collecting import no_collecting
from graph.decision_log import all_decided, append_to_log, lines_of_log
from graph.decisions import Decisions, Entry
from graph.former import delete_former, former_names, former_quads, write_former
from graph.guard import CHECKPOINTS, LIVE, Turn, is_held, locked, mend_of, told_plainly
from graph.held import all_held, digest_of, held, values, versions
from graph.kept import delete_kept, link_kept, read_kept, write_packed
from graph.provenance import RunInfo, input_quads, run_quads
from graph.readings import Reading, also_read_quads, former_of, reading_of
from graph.retractions import (
    RETRACTION_LOG,
    RetractionEntry,
    Retractions,
    retraction_lines_in,
    retractions_in,
)
from graph.reviewed import entries_in, lines_in
from graph.snapshots import CURRENT, EXTRACTIONS, Reader, newest_snapshot, no_graph, snapshot_id
from graph.terms import (
    ARTICLES,
    PROVENANCE,
    former_graph,
    ng,
    text_iri,
    version_graph,
)
from newsgraph.errors import QueryError, StoreError
from newsgraph.records import Article, Extraction

if TYPE_CHECKING:
    from graph.changes import Batch, Changes
    from graph.prepared import Prepared

__all__ = ["RunInfo", "Writer", "back_up", "open_writer"]

OTHER_SHAPE = "another version of newsgraph, whose graph has another shape, wrote this store"
UNPUBLISHED, FORMAT_FILE = "unpublished", "format"
# Raise it when the same extraction gives other quads: an article is taken away by working out again what it
# had added, which only the code that added it can.
FORMAT = 11
FRESH, REPLACED = f"rebuilt-{FORMAT}", "replaced"
_NO_SUCH_GRAPH = re.compile("The graph .* (does not exist|already exists)")  # what Oxigraph says
ANY_TURN = Turn()
KEPT_CHECKPOINTS = 2  # a reader that has just looked up ``current`` still finds it


class Writer:
    """Changes the store. Made by :func:`open_writer`, which holds the lock meanwhile."""

    def __init__(self, graph_dir: Path, store: Store, *, goes_on: bool = False) -> None:
        self._graph_dir = graph_dir
        self._kept = graph_dir / EXTRACTIONS
        self._store = store
        self._goes_on = goes_on
        # What was published last of what the store holds, if nothing has come since that nobody noted.
        is_noted = not (graph_dir / UNPUBLISHED).exists()
        self._published = snapshot_id(newest_snapshot(graph_dir)) if is_noted else REBUILT
        self._touched = search_index.Touched()
        self._asides = Asides(graph_dir, store, self._kept)
        self.decisions = Decisions(entries_in(store))
        self.retractions = retractions_in(store)

    @property
    def reader(self) -> Reader:
        """What is committed, for as long as the writer is open."""
        return Reader(self._graph_dir, self._store)

    def known(self, articles: Iterable[Article], run: RunInfo) -> set[str]:
        """Return the ids of those articles that the store holds just so, read by the same model, or newer."""
        return {
            article.id
            for article in articles
            if self._input_digest(article) == run.input_digest(article) or self._holds_later(article)
        }

    def add(
        self,
        articles: Iterable[Prepared | tuple[Article, Extraction]],
        run: RunInfo,
        *,
        at: datetime | None = None,
        instead_of: Collection[tuple[str, str]] | None = None,
    ) -> int:
        """Write articles with what was read in them, in one atomic update, and return how many.

        An article that was there before is replaced, whatever its text was; what it stated is kept apart
        (former.py). An article that is retracted stays out.

        Args:
            articles: With what was read in them; made ready (prepared.py), or that is done here. Gone through
                once; what nobody else holds takes no room while the database loads.
            run: That read them.
            at: When they come; None: when the run began.
            instead_of: Only replace these readings (text version, digest); what else the store holds by now
                of an article is newer than what was read. None: replace any, add what is not there.
        """
        with no_collecting():
            return self._add(articles, run, run.started_at if at is None else at, instead_of)

    def _add(
        self,
        articles: Iterable[Prepared | tuple[Article, Extraction]],
        run: RunInfo,
        at: datetime,
        instead_of: Collection[tuple[str, str]] | None,
    ) -> int:
        from graph.prepared import Prepared, handed_over, prepare  # likewise with NumPy

        ready = (one if isinstance(one, Prepared) else prepare(*one) for one in articles)
        latest = list({one.article.id: one for one in ready}.values())
        batch, outdated, added = self._new_batch(), list[tuple[str, str]](), 0
        for new in handed_over(latest):
            old = [self._reading(*found) for found in held(self._store, new.article.id)]
            stale = instead_of is not None and not any(
                (one.article.version_id, one.digest) in instead_of for one in old
            )
            if stale or new.article.id in self.retractions.in_force:
                continue
            outdated += self._replace(batch, old, new, run, at)
            added += 1
        if added:
            batch.say(run_quads(run))
            changes = batch.changes()
            del batch  # which takes as much room as the change itself
            self._commit(changes, outdated)
        return added

    def remove(self, article_ids: Iterable[str], run: RunInfo) -> int:
        """Take articles away with all that they added, former readings too; return how many were there."""
        batch = self._new_batch()
        gone = self._remove_into(batch, article_ids)
        if gone.kept:
            batch.say(run_quads(run))
        self._finish_removal(batch, gone)
        return len(gone.kept)

    def retract(self, entry: RetractionEntry) -> int:
        """Take an article out for good, or let it in again; return how many readings of it went."""
        retractions = Retractions((*self.retractions.entries, entry))
        batch, gone = self._retracted_by(retractions)  # before the log: what is damaged is found first
        RETRACTION_LOG.append(self._graph_dir, [entry])
        self._finish_removal(batch, gone)
        self.retractions = retractions
        return len(gone.kept) + len(gone.former)

    def record(self, entry: Entry) -> int:
        """Write what a reviewer decided or took back, with all that follows, and return in how many articles.

        Raises:
            DecisionError: If it contradicts what is in force, or there is nothing to take back.
        """
        self.decisions.check(entry)
        decisions = self.decisions.followed_by(entry)
        batch = self._new_batch(decisions)
        changes = batch.changes()  # before the log: what is damaged is found first
        append_to_log(self._graph_dir, [entry])
        self._commit(changes)
        self.decisions = decisions
        return batch.placed_again

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
        """Let logs and graph hold the same decisions; a killed run, or a hand, may have parted them."""
        if lines_of_log(self._graph_dir) != lines_in(self._store):
            decisions = all_decided(self._graph_dir, self.decisions.entries)
            if decisions.entries != self.decisions.entries:
                self._commit(self._new_batch(decisions).changes())
                self.decisions = decisions
        if RETRACTION_LOG.lines(self._graph_dir) != retraction_lines_in(self._store):
            entries = RETRACTION_LOG.completed(self._graph_dir, self.retractions.entries)
            retractions = Retractions(entries)
            if retractions.entries != self.retractions.entries:
                self._finish_removal(*self._retracted_by(retractions))
                self.retractions = retractions

    def publish(self) -> None:
        """Make what is committed visible to readers."""
        checkpoints = self._graph_dir / CHECKPOINTS
        checkpoints.mkdir(exist_ok=True)
        numbers = _numbers(checkpoints)
        target = checkpoints / str(_next(numbers))
        self._store.flush()
        self._store.backup(target)
        self._asides.bring_in_step(self._published, snapshot_id(target))
        self._bring_search_in_step(target, numbers)
        link, current = self._graph_dir / "current.new", self._graph_dir / CURRENT
        link.unlink(missing_ok=True)
        link.symlink_to(target.relative_to(self._graph_dir))
        if not current.is_symlink() and current.exists():  # what copied the store followed its link
            shutil.rmtree(checkpoints / "0", ignore_errors=True)
            current.rename(checkpoints / "0")  # the oldest, which goes when nobody reads it
        link.replace(current)
        (self._graph_dir / UNPUBLISHED).unlink(missing_ok=True)
        self._published = snapshot_id(target)
        for number in numbers[: -(KEPT_CHECKPOINTS - 1)]:
            if not is_held(checkpoints / str(number)):  # else a later writer finds it
                shutil.rmtree(checkpoints / str(number), ignore_errors=True)

    def _filling_search(self) -> AbstractContextManager[None]:
        return search_index.filling(
            self._graph_dir,
            self._touched,
            before=self._published,
            number=_next(_numbers(self._graph_dir / CHECKPOINTS)),
        )

    def _bring_search_in_step(self, target: Path, numbers: Sequence[int]) -> None:
        search_index.bring_in_step(
            self._graph_dir,
            self._store,
            self._kept,
            self._touched,
            before=self._published,
            checkpoint=snapshot_id(target),
            oldest=min((*numbers, int(target.name))),
        )

    def close(self) -> None:
        """Let go of all files."""
        self._asides.close()
        del self._asides, self._store

    def optimise(self) -> None:
        """Let the database take less room and answer faster; takes a while."""
        self._store.optimize()
        self.publish()

    def _new_batch(self, decisions: Decisions | None = None) -> Batch:
        """Return a batch, after which the graph rests on other decisions, if given."""
        # With NumPy, which compares texts: a tenth of a second that readers should not wait for.
        from graph.changes import Batch

        before, after = self.decisions, self.decisions if decisions is None else decisions
        pile, (prints, odds) = journal.Pile(self._graph_dir), self._asides.opened(self._published)
        return Batch(self._store, after, self._read, before=before, prints=prints, odds=odds, pile=pile)

    def _read(self, version_id: str) -> tuple[Article, Extraction]:
        return read_kept(self._kept, version_id, digest_of(self._store, version_id), words=False)

    def _commit(self, changes: Changes, outdated: Iterable[tuple[str, str]] = ()) -> None:
        (self._graph_dir / UNPUBLISHED).touch()
        if self._published == REBUILT:
            search_index.belongs_to_none(self._graph_dir)
        self._touched.note(changes)
        with self._filling_search() if changes.is_large else nullcontext():
            journal.make(self._graph_dir, self._store, changes, goes_on=self._goes_on)
        for version_id, digest in outdated:
            delete_kept(self._kept, version_id, digest)

    def _reading(self, version_id: str, digest: str) -> Reading:
        return reading_of(self._store, *read_kept(self._kept, version_id, digest), digest)

    def _replace(
        self,
        batch: Batch,
        old: Iterable[Reading],
        new: Prepared,
        run: RunInfo,
        at: datetime,
    ) -> list[tuple[str, str]]:
        """Note that an article comes, in the place of what was there; return what of that is outdated."""
        article = new.article
        write_packed(self._kept, article.version_id, new.digest, new.kept)
        outdated, since = [], at
        for one in old:
            self._take_away(batch, one)
            if (one.article.version_id, one.digest) == (article.version_id, new.digest):
                since = one.since or at
                batch.say(also_read_quads(one, run))
                continue
            former = former_of(self._store, one, article, new.extraction(), run, at)
            write_former(self._graph_dir, former)
            batch.say(former_quads(former))
            since = former.known_until
            outdated.append((one.article.version_id, one.digest))
        batch.add(new)
        batch.say(input_quads(article, run, since))
        return outdated

    def _remove_into(self, batch: Batch, article_ids: Iterable[str]) -> _Gone:
        """Note the removal of all that there is of some articles."""
        gone = _Gone([], [])
        for article_id in dict.fromkeys(article_ids):
            for one in [self._reading(*found) for found in held(self._store, article_id)]:
                self._take_away(batch, one)
                gone.kept.append((one.article.version_id, one.digest))
            gone.former.extend(former_names(self._store, article_id))
        batch.drop(map(former_graph, gone.former))
        return gone

    def _take_away(self, batch: Batch, one: Reading) -> None:
        graph = version_graph(one.article.version_id)
        batch.remove(one.article, one.extraction, one.digest)
        self._asides.goes(one.article)
        batch.say((), instead_of=self._store.quads_for_pattern(graph, None, None, PROVENANCE))

    def _retracted_by(self, retractions: Retractions) -> tuple[Batch, _Gone]:
        batch = self._new_batch()
        batch.say(retractions.quads(), instead_of=self.retractions.quads())
        return batch, self._remove_into(batch, retractions.in_force)

    def _finish_removal(self, batch: Batch, gone: _Gone) -> None:
        self._commit(batch.changes(), gone.kept)
        for name in gone.former:
            delete_former(self._graph_dir, name)

    def _holds_later(self, article: Article) -> bool:
        """Was another text of the article, which the store holds, fetched after this one?"""
        if article.fetched is None:
            return False
        others = (one for one in versions(self._store, article.id) if one != article.version_id)
        moments = (
            at for one in others for at in values(self._store, text_iri(one), ng("fetchedAt"), ARTICLES)
        )
        return any(datetime.fromisoformat(at) > article.fetched for at in moments)

    def _input_digest(self, article: Article) -> str | None:
        found = values(self._store, version_graph(article.version_id), ng("inputDigest"), PROVENANCE)
        return found[0] if found and article.version_id in versions(self._store, article.id) else None


class _Gone(NamedTuple):
    """What a removal takes away."""

    kept: list[tuple[str, str]]  # text version, digest
    former: list[str]  # Former.name


@contextmanager
def open_writer(
    graph_dir: Path,
    turn: Turn = ANY_TURN,
    *,
    must_exist: bool = False,
    is_general: bool = False,
    goes_on: bool = False,
) -> Iterator[Writer]:
    """Open the store for writing, alone; on leaving, what was written becomes visible to readers.

    Args:
        graph_dir: Made if it is not there.
        turn: What writes, and how it waits for another writer.
        must_exist: Do not make a store where there is none.
        is_general: Whatever it holds is its clients': decisions in it are a copy of another store's.
        goes_on: As much is written again at once: the database need not come to rest for readers in between.

    Raises:
        NoGraphError: If there is none, but it must exist.
        StoreBusyError: If another writer takes longer than that.
        StoreError: If the store cannot be read or written, or newsgraph of another FORMAT wrote it.
    """
    if must_exist and not (graph_dir / CURRENT).exists():
        raise no_graph(graph_dir)
    with told_plainly(graph_dir), locked(graph_dir, turn):
        finish_rebuild(graph_dir)
        for stray in (graph_dir / LIVE).glob("bulk-*.sst"):  # of a bulk load that was killed
            stray.unlink()
        _check_format(graph_dir)
        store = Store(graph_dir / LIVE)
        writer = None
        try:
            journal.finish(graph_dir, store)
            writer = Writer(graph_dir, store, goes_on=goes_on)
            if not is_general:
                writer.catch_up()
            yield writer
            if (graph_dir / UNPUBLISHED).exists() or not (graph_dir / CURRENT).exists():
                writer.publish()
        finally:
            if writer is not None:
                writer.close()
            del writer, store  # Oxigraph lets go of its files with the last reference


def finish_rebuild(graph_dir: Path) -> None:
    """Put a rebuilt database, if there is one, in the place of the live one; may be killed at any point."""
    fresh, live, replaced = graph_dir / FRESH, graph_dir / LIVE, graph_dir / REPLACED
    if fresh.exists():
        (graph_dir / UNPUBLISHED).touch()
        search_index.put_rebuilt(fresh, graph_dir)
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
        journal.forget(graph_dir)
        file.write_text(f"{FORMAT}\n", "ascii")
    elif not has_this_shape(graph_dir):
        raise StoreError(graph_dir, f"{OTHER_SHAPE}; {mend_of(graph_dir)}")


def has_this_shape(graph_dir: Path) -> bool:
    """Say whether the graph that lies here has the shape that this newsgraph writes and asks for."""
    file = graph_dir / FORMAT_FILE
    return file.exists() and file.read_bytes().strip() == str(FORMAT).encode()


def back_up(graph_dir: Path, target: Path, turn: Turn = ANY_TURN) -> int:
    """Copy the store as it is at one moment to ``target``, which is then a graph_dir of its own.

    Files that never change are linked, not copied, where both lie on the same file system. A copy that is cut
    short lies beside ``target`` under another name.

    Returns:
        How many kept extractions are in it.

    Raises:
        NoGraphError: If there is no store.
        StoreBusyError: If another writer takes longer than that.
        StoreError: If the store cannot be read or the copy not be written.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    with open_writer(graph_dir, turn, must_exist=True) as writer, told_plainly(target):
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / CHECKPOINTS).mkdir(parents=True)
        writer._store.flush()
        writer._store.backup(unfinished / LIVE)
        writer._store.backup(unfinished / CHECKPOINTS / "1")
        (unfinished / CURRENT).symlink_to(f"{CHECKPOINTS}/1")
        for file in (one for one in graph_dir.iterdir() if one.is_file() and one.suffix != ".lock"):
            shutil.copy2(file, unfinished / file.name)
        held = all_held(writer._store)
        for version_id, digest in held:
            link_kept(graph_dir / EXTRACTIONS, unfinished / EXTRACTIONS, version_id, digest)
        unfinished.rename(target)
    return len(held)


def _numbers(checkpoints: Path) -> list[int]:
    return sorted(int(path.name) for path in checkpoints.glob("*") if path.name.isdigit())


def _next(numbers: Sequence[int]) -> int:
    return numbers[-1] + 1 if numbers else 1
