"""What changed: from version to version of an article, and from what one run read to what another did.

Reads a snapshot and what is kept beside it, never writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from graph.articles import find_article
from graph.former import former_articles
from graph.held import article_ids
from graph.query import select
from graph.stated import Change, Fate, Kind, Stated, compared, stated_in
from graph.store import Reader
from graph.terms import PROVENANCE, ng, run_iri, term, value_of
from newsgraph.errors import UnknownArticleError
from newsgraph.records import Article

MIN_MODEL = 4  # characters by which a model may be named
EXAMPLES = 20


class Version(NamedTuple):
    """One reading of an article, and what it changed."""

    article: Article
    runs: tuple[str, ...]  # that read it so; none if nobody knows
    since: datetime | None
    until: datetime | None  # None: the graph holds it
    stated: tuple[Stated, ...]
    changes: tuple[Change, ...]  # compared with the one before, but for what was kept


class Run(NamedTuple):
    """One execution of an ingest or an upgrade."""

    id: str
    started: str  # ISO 8601
    software: str
    model: str
    holds: int  # articles that the graph has as it read them
    replaced: int  # readings of it that others have replaced


class Example(NamedTuple):
    """A statement that two runs do not have in common, and where."""

    article: str
    change: Change


class RunDiff(NamedTuple):
    """What two runs, or all runs of two models, read in the same articles."""

    one: tuple[str, ...]  # ids of runs
    other: tuple[str, ...]
    compared: int  # articles that both read
    changed: int  # of these, those that state something else
    only_one: int  # articles that the other did not read
    only_other: int
    counts: Counter[tuple[Kind, str, Fate]]  # kind, predicate, gained, lost or changed
    examples: tuple[Example, ...]


def versions_of(reader: Reader, written: str) -> list[Version]:
    """Return all readings of an article, oldest first.

    Raises:
        UnknownArticleError: If it is not clear which article is meant.
        StoreError: If what was kept of one is damaged.
    """
    article_id = find_article(reader.store, written)
    found, changes = list[Version](), tuple[Change, ...]()
    for one in reader.former(article_id):
        stated = one.stated()
        found.append(Version(one.article, one.runs, one.known_from, one.known_until, stated, changes))
        changes = tuple(change for change in one.statements if change.fate != "kept")
    now = reader.reading(article_id)
    if now is not None:
        found.append(Version(now.article, now.runs, now.since, None, stated_in(now.extraction), changes))
    return found


def runs_of(reader: Reader) -> list[Run]:
    """Return all runs, oldest first."""
    return [
        Run(name, started, software, model, int(holds), int(replaced))
        for name, started, software, model, holds, replaced in select(reader, "runs")
    ]


def run_diff(reader: Reader, one: str, other: str, *, examples: int = EXAMPLES) -> RunDiff:
    """Return what ``other`` read otherwise than ``one``.

    Args:
        reader: The snapshot to ask.
        one: A run, by its id or the beginning of it, or all runs of a model, by the beginning of its hash.
        other: The same.
        examples: How many changes to show.

    Raises:
        UnknownArticleError: If there is no such run, or several.
        StoreError: If what was kept of an article is damaged.
    """
    runs = runs_of(reader)
    left, right = (_named(runs, written) for written in (one, other))
    read = [_read_by(reader, side) for side in (left, right)]
    both = sorted(read[0].keys() & read[1].keys())
    counts, shown, changed = Counter[tuple[Kind, str, Fate]](), list[Example](), 0
    for article_id in both:
        changes = _changes(reader, article_id, left, right)
        changed += bool(changes)
        counts.update((change.stated.kind, change.stated.predicate, change.fate) for change in changes)
        shown += [Example(article_id, change) for change in changes[: examples - len(shown)]]
    return RunDiff(
        left, right, len(both), changed,
        len(read[0].keys() - read[1].keys()), len(read[1].keys() - read[0].keys()), counts, tuple(shown),
    )  # fmt: skip


def _named(runs: Iterable[Run], written: str) -> tuple[str, ...]:
    runs = list(runs)
    exact = [run.id for run in runs if run.id == written]
    found = exact or [run.id for run in runs if written and run.id.startswith(written)]
    if len(found) == 1:
        return tuple(found)
    if found:
        raise UnknownArticleError(f"{len(found)} runs begin with {written!r}: {', '.join(found[:8])}")
    by_model = [
        run
        for run in runs
        if run.model == written or (len(written) >= MIN_MODEL and run.model.startswith(written))
    ]
    if len({run.model for run in by_model}) > 1:
        raise UnknownArticleError(f"the marks of several models begin with {written!r}; write more of it")
    if not by_model:
        raise UnknownArticleError(f"no run or model is called {written!r}; 'newsgraph runs' lists them")
    return tuple(run.id for run in by_model)


def _read_by(reader: Reader, runs: Iterable[str]) -> dict[str, None]:
    """Return the ids of the articles that some runs read, of those that the graph still holds."""
    found: dict[str, None] = {}
    for run in runs:
        for predicate in (term("prov:wasGeneratedBy"), ng("alsoReadBy")):
            for quad in reader.store.quads_for_pattern(None, predicate, run_iri(run), PROVENANCE):
                version_id = value_of(quad.subject).rpartition("doc-")[2]
                found.update(dict.fromkeys(article_ids(reader.store, version_id)))
        found.update(dict.fromkeys(former_articles(reader.store, run)))
    return found


def _changes(reader: Reader, article_id: str, one: Iterable[str], other: Iterable[str]) -> list[Change]:
    left, right = (_last_of(reader, article_id, set(side)) for side in (one, other))
    return [change for change in compared(left, right) if change.fate != "kept"]


def _last_of(reader: Reader, article_id: str, runs: set[str]) -> tuple[Stated, ...]:
    now = reader.reading(article_id)
    if now is not None and runs & set(now.runs):
        return stated_in(now.extraction)
    former = [one for one in reader.former(article_id) if runs & set(one.runs)]
    return former[-1].stated() if former else ()
