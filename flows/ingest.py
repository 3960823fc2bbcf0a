"""Articles -> store: reads and extracts what is new, writes it in portions. Safe to repeat and to interrupt.

The one implementation: the command line calls :func:`run_ingest` as it is; as a Prefect flow (ingest_flow.py)
the same function runs with each write as a task. What is written is written, what was read is kept until it
is (unwritten.py); a run that was cut short goes on where it stopped, because neither is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple
from uuid import uuid4

from extractors.mark import extractor_mark
from flows.cluster import ClusterWorkers
from flows.progress import Progress, Silence
from flows.read_before import ReadBefore
from flows.reading import Batch, Placed, batched, read_articles, rejected
from flows.set_aside import replace_set_aside
from flows.timing import GRAPH, LANGUAGE, TEXT, Stopwatch
from flows.unwritten import Kept, Unwritten, left_behind
from flows.workers import Load, LoadExtract, Workers, begun_ahead, sorted_out
from graph.decisions import Decisions
from graph.guard import LIVE, Turn
from graph.portions import worth_writing
from graph.prepared import Prepared, handed_over
from graph.resolve import waiting_decisions
from graph.store import RunInfo, open_writer
from ingest.raw_store import NO_ARTICLES, find_files, names_of, readable
from ingest.warc import is_warc
from newsgraph import __version__
from newsgraph.errors import ArticleError
from newsgraph.records import Outcome, Rejection
from newsgraph.settings import Settings

Step = Callable[[str, Callable[[], Outcome]], Outcome]

WAITING_SECONDS = 180.0  # for which what was read waits until more of it is written together


def as_it_is(name: str, action: Callable[[], Outcome]) -> Outcome:
    """Do one step of a run, without ceremony."""
    return action()


def run_ingest(
    paths: Sequence[str],
    settings: Settings,
    *,
    only: frozenset[str] | None = None,
    unread: bool | None = None,
    load: Load | None = None,
    model: str | None = None,
    progress: Progress | None = None,
    step: Step = as_it_is,
    flow_run: str | None = None,
    watch: Stopwatch | None = None,
) -> Outcome:
    """Bring the articles at ``paths`` into the store and return what became of them.

    Args:
        paths: Files, folders or "-"; none of these: all of data/raw/ but WARC files that were read before.
        settings: Of the installation.
        only: The places of those documents at ``paths`` that are wanted. None: all.
        unread: Leave out WARC files that were read before. None: if no ``paths`` are given.
        load: Loads, in each worker, what extracts. None: the shipped pipeline, with the analyst's own list.
        model: The mark of what extracts: what another one read is read again. None: the shipped pipeline's.
        progress: Is told what happens while it happens.
        step: Does one step of the run, given its name.
        flow_run: What Prefect calls the run, for its provenance.
        watch: Is told how long the stages take.

    Raises:
        ArticleError: If there is nothing at one of ``paths``, or no article at any of them.
        StoreError: If the store cannot be written.
        ModelError: If the pipeline cannot be loaded.
        SettingsError: If the analyst's own list cannot be used.
    """
    chosen, paths = bool(paths), paths or [str(settings.raw_dir)]
    files = find_files(paths)
    if not files:
        raise ArticleError(", ".join(paths), NO_ARTICLES)
    tally = Tally(progress or Silence(), watch or Stopwatch())
    info = new_run(settings, model, flow_run)
    before = ReadBefore(settings.graph_dir, f"{info.software_version} {info.model_hash}")
    if unread or (unread is None and not chosen):
        files = before.leave_out(files, tally.progress)
    if only is None:
        tell_namesakes(files, tally.progress)
    found = tally.watch.pulling(TEXT, read_articles(files, only))
    try:
        _ingest(found, settings, info, tally, load or LoadExtract(settings.watch_list), step)
    except BaseException:
        replace_set_aside(settings.graph_dir, (), tally.outcome.rejected)  # of the rest nothing new is known
        raise
    replaced = paths if only is None else sorted(only)
    replace_set_aside(settings.graph_dir, replaced, (*before.rejected, *tally.outcome.rejected))
    before.add(files)
    return tally.outcome


class Tally:
    """What became of the articles of a run so far."""

    def __init__(self, progress: Progress, watch: Stopwatch) -> None:
        self.progress, self.watch = progress, watch
        self.outcome = Outcome()

    def add(self, outcome: Outcome) -> None:
        if outcome == Outcome():
            return
        self.outcome += outcome
        for rejection in outcome.rejected:
            self.progress.reject(rejection)
        for note in outcome.notes:
            self.progress.note(note)
        self.progress.advance(self.outcome)


class Pending(NamedTuple):
    """A batch that the workers have, or have finished."""

    number: int
    batch: Batch
    future: Any  # of the workers' own kind


class Portion:
    """What has been read and is to be written together."""

    def __init__(
        self, graph_dir: Path, info: RunInfo, tally: Tally, step: Step, *, doing: str = "an ingest"
    ) -> None:
        self._doing = doing
        self._graph_dir, self._info, self._tally, self._step = graph_dir, info, tally, step
        self._unwritten = Unwritten(graph_dir, info)
        self._ready: list[Prepared] = []
        self._numbers: list[int] = []
        self._instead_of: set[Kept] | None = None
        self._since = 0.0

    def add(self, number: int, ready: Sequence[Prepared], instead_of: Collection[Kept] | None = None) -> None:
        """Take what was read in a batch, and write all there is if it is enough, or has waited for long.

        Args:
            number: Of the batch.
            ready: What was read.
            instead_of: The readings that alone it may replace; None: any. For all batches or for none.
        """
        if not ready:
            return
        if {one.article.id for one in ready} & {one.article.id for one in self._ready}:
            # What the next version replaces is to be in the graph, or nobody learns of it.
            self.write(goes_on=True)
        self._since = self._since if self._ready else monotonic()
        self._unwritten.keep(ready, instead_of)
        self._ready += ready
        if instead_of is not None:
            self._instead_of = {*(self._instead_of or ()), *instead_of}
        self._numbers.append(number)
        characters = sum(len(one.article.text) for one in self._ready)
        is_enough = characters >= worth_writing(self._graph_dir / LIVE)
        if is_enough or monotonic() - self._since >= WAITING_SECONDS:
            self.write(goes_on=is_enough)

    def write(self, *, goes_on: bool = False) -> None:
        """Write what there is; as much may follow at once."""
        if not self._ready:
            return
        first, last = self._numbers[0], self._numbers[-1]
        name = f"batch-{first}" if first == last else f"batch-{first} to batch-{last}"
        self._tally.add(self._step(name, partial(self._write, goes_on=goes_on)))
        self._unwritten.is_written()
        self._ready, self._numbers, self._instead_of = [], [], None

    def _write(self, *, goes_on: bool) -> Outcome:
        return write(
            self._graph_dir,
            self._info,
            self._ready or self._unwritten.again(),  # the list is empty after an attempt that failed
            self._tally,
            self._instead_of,
            doing=self._doing,
            goes_on=goes_on,
        )

    def close(self) -> None:
        self._unwritten.close()


def _ingest(
    found: Iterable[Placed | Rejection],
    settings: Settings,
    info: RunInfo,
    tally: Tally,
    load: Load,
    step: Step,
) -> None:
    write_left_behind(settings.graph_dir, info, tally)
    portion = Portion(settings.graph_dir, info, tally, step)
    with closing(portion), workers_of(settings, load) as workers:
        new = new_articles(found, settings, info, tally)
        begun = (
            Pending(number, batch, workers.submit(batch))
            for number, batch in enumerate(batched(new, size=settings.batch_size), start=1)
        )
        done = 0
        # Enough that no worker waits, not more in memory.
        for pending in begun_ahead(begun, 2 * workers.count):
            tally.progress.reading(done, pending.batch[0].place)
            with tally.watch.during(LANGUAGE):
                read = workers.result(pending.batch, pending.future)
            ready, rejected = sorted_out(read)
            tally.add(Outcome(rejected=rejected))
            portion.add(pending.number, ready)
            done += len(pending.batch)
        portion.write()


def write_left_behind(graph_dir: Path, info: RunInfo, tally: Tally) -> list[str]:
    """Write what runs that were killed had read, and return the ids of those that changed anything.

    What other software or another model read is forgotten.
    """
    runs = []
    for left in left_behind(graph_dir):
        if (left.run.software_version, left.run.model_hash) != (info.software_version, info.model_hash):
            continue
        turn = _turn(f"what a run left behind, {len(left.articles)} articles", tally)
        with tally.watch.during(GRAPH), open_writer(graph_dir, turn) as writer:
            known = writer.known([one.article for one in left.articles], left.run)
            new = [one for one in left.articles if one.article.id not in known]
            added = writer.add(new, left.run, at=datetime.now(UTC), instead_of=left.instead_of)
        if added:
            runs.append(left.run.id)
            tally.progress.note(
                f"written what a run that was cut short had read: {added} article{'' if added == 1 else 's'}"
            )
    return runs


def workers_of(settings: Settings, load: Load) -> Workers | ClusterWorkers:
    """Return what extracts, as the settings want it."""
    if settings.dask:
        return ClusterWorkers(settings.dask, settings.workers, load)
    return Workers(settings.workers, load)


def write(
    graph_dir: Path,
    info: RunInfo,
    ready: list[Prepared],
    tally: Tally,
    instead_of: Collection[Kept] | None = None,
    *,
    doing: str = "an ingest",
    goes_on: bool = False,
) -> Outcome:
    """Write what was read, at once, and return what became of it; arguments as of :meth:`Portion.add`.

    ``ready`` is empty afterwards: thousands of articles take room that the database needs.
    """
    turn = _turn(f"{doing} of {len(ready)} articles", tally)
    with tally.watch.during(GRAPH), open_writer(graph_dir, turn, goes_on=goes_on) as writer:
        # Another run may have written the same while this one read or waited.
        known = set() if instead_of is not None else writer.known([one.article for one in ready], info)
        ready[:] = (one for one in ready if one.article.id not in known)
        statements = sum(one.statements for one in ready)
        retracted = sum(one.article.id in writer.retractions.in_force for one in ready)
        decided = {party.article for party in writer.decisions.parties.values()}
        waiting = (one for one in ready if one.article.id in decided)
        notes = tuple(note for one in waiting for note in notes_on(one, writer.decisions))
        added = writer.add(handed_over(ready), info, at=datetime.now(UTC), instead_of=instead_of)
    return Outcome(added, len(known), (), notes, statements, retracted=retracted)


def _turn(doing: str, tally: Tally) -> Turn:
    return Turn(doing, waits=tally.progress.note)


def notes_on(ready: Prepared, decisions: Decisions) -> Iterator[str]:
    """Yield that decisions of reviewers find nothing in the text that has come, if so."""
    article = ready.article
    for one in waiting_decisions(ready.extraction(), article.version_id, decisions):
        yield f"{article.id}: {one.id} ({one}) finds no such entity in this text; it is kept and waits"


def new_articles(
    found: Iterable[Placed | Rejection], settings: Settings, info: RunInfo, tally: Tally
) -> Iterator[Placed]:
    """Yield those of the articles found that have to be extracted; count the others."""
    twins = Twins()
    found = iter(found)
    while some := list(islice(found, settings.batch_size)):
        told_apart = [twins.tell_apart(one) if isinstance(one, Placed) else one for one in some]
        articles = [one for one in told_apart if isinstance(one, Placed)]
        with tally.watch.during(GRAPH):
            turn = _turn("an ingest that looks up what is new", tally)
            known, retracted = known_ids(settings.graph_dir, articles, info, turn)
        unchanged = sum(placed.article.id in known for placed in articles) + told_apart.count(None)
        rejected = tuple(one for one in told_apart if isinstance(one, Rejection))
        left_out = sum(placed.article.id in retracted for placed in articles)
        tally.add(Outcome(0, unchanged, rejected, retracted=left_out))
        yield from (placed for placed in articles if placed.article.id not in known | retracted)


def known_ids(
    graph_dir: Path, articles: Sequence[Placed], info: RunInfo, turn: Turn
) -> tuple[set[str], set[str]]:
    """Return which articles the store holds just so, read by the same pipeline, and which are retracted."""
    if not articles:
        return set(), set()
    with open_writer(graph_dir, turn) as writer:
        ids = {placed.article.id for placed in articles}
        return writer.known([placed.article for placed in articles], info), ids & set(
            writer.retractions.in_force
        )


class Twins:
    """Notices when two documents of one run claim to be the same article."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str, datetime | None]] = {}

    def tell_apart(self, placed: Placed) -> Placed | Rejection | None:
        """Return ``placed``, None for a copy of an earlier one, a Rejection for another text under its id.

        Of texts that were fetched the later one is the article's next version: an earlier one is None, too.
        """
        this = (placed.article.version_id, placed.place, placed.article.fetched)
        version, place, fetched = self._first.setdefault(placed.article.id, this)
        if place == placed.place:
            return placed
        if version == placed.article.version_id:
            return None
        if fetched is None or this[2] is None:
            return rejected(placed, f"another text than {place}, yet both are {placed.article.id}")
        if this[2] <= fetched:
            return None
        self._first[placed.article.id] = this
        return placed


def tell_namesakes(files: Sequence[str], progress: Progress) -> None:
    """Tell of files whose name is not enough to tell them apart."""
    names = names_of([file for file in files if not is_warc(file)])
    if longer := [name for file, name in names.items() if name != readable(Path(file).stem)]:
        progress.note(
            f"{len(longer)} files share their names with others; without a URL of their own they are kept "
            f"under longer ones, such as {longer[0]}"
        )


def new_run(settings: Settings, model: str | None, flow_run: str | None = None) -> RunInfo:
    """Return a run that begins now, with an id that no other has.

    Args:
        settings: Of the installation.
        model: The mark of what extracts; None: that of the shipped pipeline with the analyst's own list.
        flow_run: What Prefect calls it.
    """
    run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
    mark = model or extractor_mark(settings.watch_list)
    return RunInfo(run_id, datetime.now(UTC), __version__, mark, flow_run)
