"""The graph made anew from the kept extractions and the reviewers' decisions, without the language pipeline.

For when newsgraph writes another shape of graph, or the database is damaged. Which articles there are, and
which run read them, is taken from the old database where it can still be opened. Where it cannot, all that
lies in extractions/ counts, of each article what was kept last, and the next ingest reads the articles again.
Readers keep the old snapshot until the new database, built beside the old one, is whole.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Quad, Store

from graph import block_odds, journal, prints, search_index
from graph.aside import REBUILT, forget
from graph.block_odds import BlockOdds
from graph.changes import Batch, Changes
from graph.decision_log import all_decided
from graph.decisions import Decisions, Entry
from graph.former import all_former, former_names, former_quads, read_former
from graph.giving_way import wait_for_merging
from graph.guard import LIVE, Turn, locked, told_plainly
from graph.held import all_held, digest_of
from graph.kept import all_kept, read_kept
from graph.portions import worth_writing
from graph.prepared import prepare
from graph.prints import Prints
from graph.resolve import NOTHING_DECIDED
from graph.retractions import RETRACTION_LOG, RetractionEntry, Retractions, retractions_in
from graph.reviewed import entries_in
from graph.snapshots import CURRENT, EXTRACTIONS
from graph.store import FRESH, finish_rebuild, open_writer
from graph.terms import PROVENANCE, is_own_graph, value_of, version_graph
from newsgraph.errors import NoGraphError, RecordError, StoreError
from newsgraph.records import Article, Extraction, Outcome, Rejection

BUILDING = "rebuilding"
REST_SECONDS = 60.0  # for the database to come to rest in at the end
A_REBUILD = Turn("newsgraph rebuild")

Tell = Callable[[Outcome], None]
Kept = tuple[str, str]  # text version, digest of what was read in it


def rebuild(graph_dir: Path, *, tell: Tell = lambda _: None, turn: Turn = A_REBUILD) -> Outcome:
    """Build the graph anew, put it in the place of the old one and return what became of the articles.

    A rebuild that is killed has changed nothing for readers; the next one begins anew.

    Args:
        graph_dir: Where the store lies.
        tell: Is told how many articles are done, again and again.
        turn: How to wait for others who write.

    Raises:
        NoGraphError: If nothing is kept to build from.
        StoreError: If the store cannot be written.
    """
    if not (graph_dir / EXTRACTIONS).is_dir():
        raise NoGraphError(
            graph_dir, "nothing is kept here to build a graph from; run 'newsgraph ingest' first"
        )
    with told_plainly(graph_dir), locked(graph_dir, turn):
        finish_rebuild(graph_dir)
        for leftover in (graph_dir / BUILDING, *graph_dir.glob("rebuilt-*")):
            shutil.rmtree(leftover, ignore_errors=True)
        is_sound = journal.settle(graph_dir, graph_dir / LIVE)
        old = _read_old(graph_dir, (LIVE, CURRENT) if is_sound else (CURRENT,))
        decisions = all_decided(graph_dir, old.entries)
        retractions = Retractions(RETRACTION_LOG.completed(graph_dir, old.retractions))
        build = _Build(graph_dir, old, decisions, retractions)
        outcome = build.run(tell)
        (graph_dir / BUILDING).rename(graph_dir / FRESH)
        build.end()
    with open_writer(graph_dir, turn):
        pass  # which puts it in its place and publishes it
    return outcome


class _Old(NamedTuple):
    """What only the old database knows; nothing where it cannot be opened."""

    held: Sequence[Kept] = ()
    entries: Sequence[Entry] = ()
    retractions: Sequence[RetractionEntry] = ()
    former: Sequence[str] = ()
    provenance: Sequence[Quad] = ()
    of_clients: Sequence[Quad] = ()  # what was written through the endpoint


def _read_old(graph_dir: Path, names: Iterable[str]) -> _Old:
    for name in names:
        try:
            store = Store.read_only(str((graph_dir / name).resolve(strict=True)))
            provenance = list(store.quads_for_pattern(None, None, None, PROVENANCE))
            retractions, former = retractions_in(store).entries, former_names(store)
            clients = _of_clients(store)
            old = _Old(all_held(store), entries_in(store), retractions, former, provenance, clients)
        except (OSError, RuntimeError, RecordError):  # damaged, or written by who knows what
            continue
        if old.held or old.of_clients:
            return old
    return _Old()


def _of_clients(store: Store) -> list[Quad]:
    graphs = (graph for graph in store.named_graphs() if not is_own_graph(value_of(graph)))
    return [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]


class _Build:
    """Fills a database that nobody else knows of yet."""

    def __init__(self, graph_dir: Path, old: _Old, decisions: Decisions, retractions: Retractions) -> None:
        self._graph_dir = graph_dir
        self._folder = graph_dir / EXTRACTIONS
        self._former = old.former if old.held else all_former(graph_dir)
        self._retractions = retractions
        self._has_old = bool(old.held)
        self._added = set[Kept]()
        self._kept = old.held or all_kept(self._folder)
        self._provenance = old.provenance
        self._of_clients = old.of_clients
        self._decisions = decisions
        self._store = Store(graph_dir / BUILDING)
        for file in (prints.FILE, block_odds.FILE):  # an earlier FORMAT's are others
            forget(graph_dir, file)
        self._prints, self._odds = Prints(graph_dir), BlockOdds(graph_dir)
        self._touched = search_index.Touched()
        self._articles = set[str]()  # ids: of the versions of one article that killed runs left, one counts
        self._graphs = set[str]()

    def run(self, tell: Tell) -> Outcome:
        outcome = Outcome(
            notes=tuple(
                f"not in force, because it contradicts others: {one.id} ({one})"
                for one in self._decisions.contradicted
            )
        )
        kept = iter(self._kept)
        while (more := self._add(kept)) != Outcome():
            outcome += more
            tell(outcome)
        batch = self._new_batch(before=NOTHING_DECIDED)
        batch.say(quad for quad in self._provenance if self._is_there(value_of(quad.subject)))
        batch.say(self._retractions.quads())
        for name in self._former:
            outcome += self._add_former(batch, name)
        self._make(batch.changes(), is_last=True)
        self._store.bulk_extend(self._of_clients)
        self._store.flush()
        wait_for_merging(REST_SECONDS)  # what readers find unmerged stays so until the next large write
        return outcome

    def end(self) -> None:
        """Note, when the database has the name by which the next writer finds it, what lies beside it."""
        for one in (self._prints, self._odds):
            one.is_beside(REBUILT)
            one.close()

    def _new_batch(self, before: Decisions) -> Batch:
        def read(version_id: str) -> tuple[Article, Extraction]:
            return read_kept(self._folder, version_id, digest_of(self._store, version_id))

        pile = journal.Pile(self._graph_dir)
        return Batch(
            self._store,
            self._decisions,
            read,
            before=before,
            prints=self._prints,
            odds=self._odds,
            pile=pile,
        )

    def _add(self, kept: Iterator[Kept]) -> Outcome:
        """Add as many of what is kept as are worth a write; nothing comes of it if there are none left."""
        batch, outcome = self._new_batch(before=self._decisions), Outcome()
        enough, characters = worth_writing(self._graph_dir / BUILDING), 0
        for version_id, digest in kept:
            read = self._read(version_id, digest)
            if isinstance(read, Rejection):
                outcome += Outcome(rejected=(read,))
            elif read[0].id not in self._articles and read[0].id not in self._retractions.in_force:
                batch.add(prepare(*read, digest=digest))
                self._articles.add(read[0].id)
                self._added.add((version_id, digest))
                self._graphs.add(version_graph(version_id).value)
                outcome += Outcome(added=1)
                characters += len(read[0].text)
                if characters >= enough:
                    break
        self._make(batch.changes())
        return outcome

    def _make(self, changes: Changes, *, is_last: bool = False) -> None:
        self._touched.note(changes)
        journal.make_at_once(self._graph_dir, self._store, changes)
        search_index.fill_rebuilt(
            self._graph_dir / BUILDING, self._store, self._folder, self._touched, is_whole=is_last
        )

    def _add_former(self, batch: Batch, name: str) -> Outcome:
        try:
            one = read_former(self._graph_dir, name)
        except StoreError as error:
            return Outcome(notes=(error.reason,))
        is_retracted = one.article.id in self._retractions.in_force
        # A killed run may leave the file of a reading that it did not come to replace.
        is_current = (one.article.version_id, one.digest) in self._added
        if not is_retracted and (self._has_old or not is_current):
            batch.say(former_quads(one))
        return Outcome()

    def _read(self, version_id: str, digest: str) -> tuple[Article, Extraction] | Rejection:
        try:
            return read_kept(self._folder, version_id, digest)
        except StoreError as error:  # its article is told to the next ingest as a new one
            return Rejection(str(self._folder), error.reason)

    def _is_there(self, subject: str) -> bool:
        """Say whether provenance is that of a run, or of a text that could be read again."""
        return subject in self._graphs or not subject.startswith(version_graph("").value)
