"""Articles -> store: reads, extracts what is new, writes, batch by batch. Safe to repeat and to interrupt.

The one implementation: the command line calls :func:`run_ingest` as it is; as a Prefect flow (ingest_flow.py)
the same function runs with each batch as a task. What is written is written; a run that was cut short goes on
where it stopped, because what is in the store already costs no extraction.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from extractors.mark import extractor_mark
from flows.progress import Progress, Silence
from flows.reading import Batch, Placed, batched, read_articles
from flows.set_aside import replace_set_aside
from flows.workers import Load, LoadExtract, Read, Workers
from graph.decisions import Decisions
from graph.resolve import waiting_decisions
from graph.store import RunInfo, open_writer
from ingest.raw_store import find_files, names_of
from newsgraph import __version__
from newsgraph.errors import ArticleError
from newsgraph.records import Article, Extraction, Outcome, Rejection
from newsgraph.settings import Settings

Step = Callable[[str, Callable[[], Outcome]], Outcome]


def as_it_is(name: str, action: Callable[[], Outcome]) -> Outcome:
    """Do one step of a run, without ceremony."""
    return action()


def run_ingest(
    paths: Sequence[str],
    settings: Settings,
    *,
    load: Load | None = None,
    model: str | None = None,
    progress: Progress | None = None,
    step: Step = as_it_is,
    flow_run: str | None = None,
) -> Outcome:
    """Bring the articles at ``paths`` into the store and return what became of them.

    Args:
        paths: Files, folders or "-"; none of these: all of data/raw/.
        settings: Of the installation.
        load: Loads, in each worker, what extracts. None: the shipped pipeline, with the analyst's own list.
        model: The mark of what extracts: what another one read is read again. None: the shipped pipeline's.
        progress: Is told what happens while it happens.
        step: Does one step of the run, given its name.
        flow_run: What Prefect calls the run, for its provenance.

    Raises:
        ArticleError: If there is nothing at one of ``paths``, or no article at any of them.
        StoreError: If the store cannot be written.
        ModelError: If the pipeline cannot be loaded.
        SettingsError: If the analyst's own list cannot be used.
    """
    paths = paths or [str(settings.raw_dir)]
    files = find_files(paths)
    if not files:
        raise ArticleError(", ".join(paths), "no articles here; they end in .txt, .html, .htm or .jsonl")
    tally = Tally(progress or Silence())
    info = RunInfo(
        _new_id(), datetime.now(UTC), __version__, model or extractor_mark(settings.watch_list), flow_run
    )
    tell_namesakes(files, tally.progress)
    try:
        _ingest(files, settings, info, tally, load or LoadExtract(settings.watch_list), step)
    except BaseException:
        replace_set_aside(settings.graph_dir, (), tally.outcome.rejected)  # of the rest nothing new is known
        raise
    replace_set_aside(settings.graph_dir, paths, tally.outcome.rejected)
    return tally.outcome


class Tally:
    """What became of the articles of a run so far."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
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

    name: str
    batch: Batch
    future: Future[Read]


def _ingest(
    files: Sequence[str], settings: Settings, info: RunInfo, tally: Tally, load: Load, step: Step
) -> None:
    def finish(pending: Pending) -> None:
        read_and_write = partial(write_when_read, settings.graph_dir, info, workers, pending)
        tally.add(step(pending.name, read_and_write))

    with Workers(settings.workers, load) as workers:
        under_way: deque[Pending] = deque()
        new = new_articles(read_articles(files), settings, info, tally)
        for number, batch in enumerate(batched(new, size=settings.batch_size), start=1):
            under_way.append(Pending(f"batch-{number}", batch, workers.submit(batch)))
            if len(under_way) > 2 * settings.workers:  # enough that no worker waits, not more in memory
                finish(under_way.popleft())
        while under_way:
            finish(under_way.popleft())


def write_when_read(graph_dir: Path, info: RunInfo, workers: Workers, pending: Pending) -> Outcome:
    """Wait for a batch to be extracted, write it, and return what became of it."""
    read = workers.result(pending.batch, pending.future)
    pairs = [
        (placed.article, extraction)
        for placed, extraction in zip(pending.batch, read, strict=True)
        if isinstance(extraction, Extraction)
    ]
    notes: list[str] = []
    if pairs:
        with open_writer(graph_dir) as writer:
            writer.add(pairs, info)
            notes = [note for pair in pairs for note in notes_on(*pair, writer.decisions)]
    return Outcome(len(pairs), 0, tuple(one for one in read if isinstance(one, Rejection)), tuple(notes))


def notes_on(article: Article, extraction: Extraction, decisions: Decisions) -> Iterator[str]:
    """Yield that decisions of reviewers find nothing in the text that has come, if so."""
    for one in waiting_decisions(extraction, article.version_id, decisions):
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
        known = known_ids(settings.graph_dir, articles, info)
        unchanged = sum(placed.article.id in known for placed in articles) + told_apart.count(None)
        tally.add(Outcome(0, unchanged, tuple(one for one in told_apart if isinstance(one, Rejection))))
        yield from (placed for placed in articles if placed.article.id not in known)


def known_ids(graph_dir: Path, articles: Sequence[Placed], info: RunInfo) -> set[str]:
    """Return the ids of those articles that the store holds just so, extracted by the same pipeline."""
    if not articles:
        return set()
    with open_writer(graph_dir) as writer:
        return writer.known([placed.article for placed in articles], info)


class Twins:
    """Notices when two documents of one run claim to be the same article."""

    def __init__(self) -> None:
        self._first: dict[str, tuple[str, str]] = {}

    def tell_apart(self, placed: Placed) -> Placed | Rejection | None:
        """Return ``placed``, None for a copy of an earlier one, a Rejection for another text under its id."""
        version = placed.article.version_id
        first_version, first_place = self._first.setdefault(placed.article.id, (version, placed.place))
        if first_place == placed.place:
            return placed
        if first_version == version:
            return None
        return Rejection(placed.place, f"another text than {first_place}, yet both are {placed.article.id}")


def tell_namesakes(files: Sequence[str], progress: Progress) -> None:
    """Tell of files whose name is not enough to tell them apart."""
    names = names_of(files)
    if longer := [name for file, name in names.items() if name != Path(file).stem]:
        progress.note(
            f"{len(longer)} files share their names with others; without a URL of their own they are kept "
            f"under longer ones, such as {longer[0]}"
        )


def _new_id() -> str:
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"
