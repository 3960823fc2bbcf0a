"""Kept extractions and decisions -> the graph anew, without the language pipeline. How: graph/rebuild.py."""

from __future__ import annotations

from flows.progress import Progress, Silence
from flows.read_before import forget_read
from graph.guard import Turn
from graph.rebuild import rebuild
from newsgraph.records import Outcome
from newsgraph.settings import Settings


def run_rebuild(settings: Settings, *, progress: Progress | None = None) -> Outcome:
    """Build the graph anew and return what became of the articles.

    Raises:
        NoGraphError: If nothing is kept to build from.
        StoreError: If the store cannot be written.
    """
    progress = progress or Silence()
    forget_read(settings.graph_dir)  # what is left out is to be read again
    turn = Turn("newsgraph rebuild", waits=progress.note)
    outcome = rebuild(settings.graph_dir, tell=progress.advance, turn=turn)
    for rejection in outcome.rejected:
        progress.reject(rejection)
    for note in outcome.notes:
        progress.note(note)
    return outcome
