"""Articles of the store -> read again by the present pipeline, in the background, from the kept texts.

data/raw/ need not have them any more. What has been read again is kept until it is written, in portions, as
an ingest does it (ingest.py, unwritten.py): a run that is cut short or killed goes on where it stopped. What
a nightly ingest replaces meanwhile is left as that read it. The workers take only what processor time nobody
else wants.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from flows.ingest import Portion, Tally, as_it_is, new_run, write_left_behind
from flows.progress import Silence, UpgradeProgress
from flows.reading import Batch, Placed, batched
from flows.timing import Stopwatch
from flows.unwritten import Kept
from flows.workers import Extract, Load, Read, Workers, begun_ahead, load_extract, sorted_out
from graph.snapshots import Reader, open_reader
from newsgraph.records import Outcome
from newsgraph.settings import Settings

LOWEST_PRIORITY = 19


class Upgrade(NamedTuple):
    """What a run did."""

    run: str  # its id, as ``newsgraph diff`` takes it
    outcome: Outcome  # "added": read again
    before: tuple[str, ...]  # ids of runs that were killed, of which it wrote what they had read


class _Pending(NamedTuple):
    number: int
    batch: Batch
    future: Future[Read]


@dataclass(frozen=True, slots=True)
class LoadInTheBackground:
    """Loads the trained pipeline in a process that yields to all others."""

    watch_list: Path | None

    def __call__(self) -> Extract:
        os.nice(LOWEST_PRIORITY)
        return load_extract(watch_list=self.watch_list)


def run_upgrade(
    settings: Settings,
    *,
    load: Load | None = None,
    model: str | None = None,
    progress: UpgradeProgress | None = None,
) -> Upgrade:
    """Read again what another model or version of newsgraph read, and return what became of it.

    Args:
        settings: Of the installation; ``workers`` is how many processes extract.
        load: Loads, in each worker, what extracts; None: the trained pipeline, with the analyst's list.
        model: The mark of what extracts; None: that of the pipeline with the list.
        progress: Is told what happens while it happens.

    Raises:
        NoGraphError: If nothing has been ingested yet.
        StoreError: If the store cannot be written.
        ModelError: If the pipeline cannot be loaded.
    """
    info = new_run(settings, model)
    progress = progress or Silence()
    tally = Tally(progress, Stopwatch())
    open_reader(settings.graph_dir)  # first: without a store there is nothing to do
    before = write_left_behind(settings.graph_dir, info, tally)
    reader = open_reader(settings.graph_dir)
    outdated = reader.outdated(info)
    progress.read_again(0, len(outdated))
    with (
        closing(Portion(settings.graph_dir, info, tally, as_it_is, doing="an upgrade")) as portion,
        Workers(settings.workers, load or LoadInTheBackground(settings.watch_list)) as workers,
    ):
        _read_again(settings, reader, outdated, workers, portion, tally, progress)
        portion.write()
    return Upgrade(info.id, tally.outcome, tuple(before))


def _read_again(
    settings: Settings,
    reader: Reader,
    outdated: Sequence[Kept],
    workers: Workers,
    portion: Portion,
    tally: Tally,
    progress: UpgradeProgress,
) -> None:
    digests, done = dict(outdated), 0
    begun = (
        _Pending(number, batch, workers.submit(batch))
        for number, batch in enumerate(batched(_texts(reader, outdated), size=settings.batch_size), start=1)
    )
    for pending in begun_ahead(begun, settings.workers):
        ready, rejected = sorted_out(workers.result(pending.batch, pending.future))
        tally.add(Outcome(rejected=rejected))
        versions = (one.article.version_id for one in ready)
        portion.add(pending.number, ready, [(one, digests[one]) for one in versions])
        done += len(pending.batch)
        progress.read_again(done, len(outdated))


def _texts(reader: Reader, outdated: Sequence[Kept]) -> Iterator[Placed]:
    for version_id, digest in outdated:
        if kept := reader.kept_of(version_id, digest):
            yield Placed(kept[0].id, kept[0])
