"""What was set aside, tried again from where it lies: data/raw/, the archive, or any other file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from flows.ingest import run_ingest
from flows.progress import Progress, Silence
from flows.set_aside import SetAside, file_of, replace_set_aside
from flows.workers import Load
from newsgraph.records import Outcome
from newsgraph.settings import Settings


def run_retry(
    waiting: Sequence[SetAside],
    settings: Settings,
    *,
    load: Load | None = None,
    model: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Read again what waits; what succeeds, or is gone, leaves the list.

    Returns:
        What became of them, and of nothing else that lies in the same files.

    Raises:
        StoreError: If the store cannot be written.
        ModelError: If the pipeline cannot be loaded.
    """
    progress = progress or Silence()
    there = [one.place for one in waiting if Path(file_of(one.place)).exists()]
    gone = [one.place for one in waiting if one.place not in set(there)]
    if gone:
        replace_set_aside(settings.graph_dir, gone, ())
        progress.note(f"no longer there: {', '.join(gone[:3])}{' …' if len(gone) > 3 else ''}")
    if not there:
        return Outcome()
    # Files are told apart by the names of all that lie beside them, as in the run that set them aside.
    elsewhere = [file for place in there if not Path(file := file_of(place)).is_relative_to(settings.raw_dir)]
    paths = [*([str(settings.raw_dir)] if len(elsewhere) < len(there) else ()), *dict.fromkeys(elsewhere)]
    return run_ingest(paths, settings, only=frozenset(there), load=load, model=model, progress=progress)
