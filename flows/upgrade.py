"""Articles of the store -> read again by the present pipeline, in the background, from the kept texts.

data/raw/ need not have them any more. What has been read again is written batch by batch, so a run that is
cut short goes on where it stopped; what a nightly ingest replaces meanwhile is left as that read it. The
workers take only what processor time nobody else wants.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flows.ingest import Tally, new_run
from flows.progress import Progress, Silence
from flows.reading import Batch, Placed, batched
from flows.timing import Stopwatch
from flows.workers import Extract, Load, Read, Workers, begun_ahead, load_extract, sorted_out
from graph.store import Reader, RunInfo, open_reader, open_writer
from newsgraph.records import Outcome
from newsgraph.settings import Settings

LOWEST_PRIORITY = 19

Kept = tuple[str, str]  # text version, digest of what was read in it


class Upgrade(NamedTuple):
    """What a run did."""

    run: str  # its id, as ``newsgraph diff`` takes it
    outcome: Outcome  # "added": read again


class _Pending(NamedTuple):
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
    progress: Progress | None = None,
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
    reader = open_reader(settings.graph_dir)
    outdated = reader.outdated(info)
    tally = Tally(progress or Silence(), Stopwatch())
    with Workers(settings.workers, load or LoadInTheBackground(settings.watch_list)) as workers:
        batches = batched(_texts(reader, outdated), size=settings.batch_size)
        begun = (_Pending(batch, workers.submit(batch)) for batch in batches)
        for pending in begun_ahead(begun, settings.workers):
            tally.add(_write(settings, info, outdated, workers, pending))
    return Upgrade(info.id, tally.outcome)


def _texts(reader: Reader, outdated: Sequence[Kept]) -> Iterator[Placed]:
    for version_id, digest in outdated:
        if kept := reader.kept_of(version_id, digest):
            yield Placed(kept[0].id, kept[0])


def _write(
    settings: Settings, info: RunInfo, outdated: Sequence[Kept], workers: Workers, pending: _Pending
) -> Outcome:
    read = workers.result(pending.batch, pending.future)
    pairs, rejected = sorted_out(pending.batch, read)
    with open_writer(settings.graph_dir) as writer:
        added = writer.add(pairs, info, at=datetime.now(UTC), instead_of=frozenset(outdated))
    return Outcome(added, 0, rejected)
