"""What changed: from version to version of an article, and from what one run read to what another did.

Reads a snapshot and what is kept beside it, never writes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from pyoxigraph import NamedNode

from graph.articles import find_article
from graph.former import articles_replaced, former_articles
from graph.held import article_ids, values
from graph.links import Link, Regrouped, Regrouping, Relinked, is_changed, links_in, matched
from graph.query import select
from graph.snapshots import Reader
from graph.stated import Change, Fate, Kind, Stated, compared, stated_in
from graph.terms import PROVENANCE, ng, run_iri, run_of, term, value_of, version_graph
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


class ExampleLink(NamedTuple):
    """An entity that two runs took for two things, and where."""

    article: str
    link: Relinked


class LinkDiff(NamedTuple):
    """What changed in who is who, in the articles that were compared."""

    articles: int  # in which something did
    links: int  # entities that are taken for another thing
    unknown: int  # articles of which nobody kept who was who then
    joined: tuple[Regrouped, ...]  # what is one thing now and was several
    parted: tuple[Regrouped, ...]  # what was one thing and is several now
    examples: tuple[ExampleLink, ...]


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
    linked: LinkDiff


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


def run_diff(reader: Reader, one: str, other: str | None = None, *, examples: int = EXAMPLES) -> RunDiff:
    """Return what ``other`` read otherwise than ``one``.

    Who is who is that of the end of a reading or, of what the graph holds, that of today: what articles or
    reviewers have brought meanwhile is part of what changed.

    Args:
        reader: The snapshot to ask.
        one: A run, by its id or the beginning of it, or all runs of a model, by the beginning of its hash.
        other: The same. None: ``one`` itself, compared with what it replaced, whichever run had read that.
        examples: How many changes to show, of statements and of links each.

    Raises:
        UnknownArticleError: If there is no such run, or several.
        StoreError: If what was kept of an article is damaged.
    """
    runs = runs_of(reader)
    left = _named(runs, one)
    if other is None:
        return diff_to_replaced(reader, left, examples=examples)
    right = _named(runs, other)
    read = [_read_by(reader, side) for side in (left, right)]
    both = sorted(read[0].keys() & read[1].keys())
    found = _Differences(reader, examples)
    for article_id in both:
        found.add(article_id, *(_last_of(reader, article_id, set(side)) for side in (left, right)))
    only = len(read[0].keys() - read[1].keys()), len(read[1].keys() - read[0].keys())
    return found.all(left, right, len(both), *only)


def diff_to_replaced(reader: Reader, runs: tuple[str, ...], *, examples: int = EXAMPLES) -> RunDiff:
    """Return what some runs read otherwise than what they replaced; ``one`` of it are the runs before."""
    read, found, before = _read_by(reader, runs), _Differences(reader, examples), set[str]()
    replaced = dict[str, _Told]()  # by Article.id
    for article_id in sorted(article for run in runs for article in articles_replaced(reader.store, run)):
        former = [one for one in reader.former(article_id) if one.until_run in runs]
        before.update(run for one in former for run in one.runs[-1:])
        replaced[article_id] = _Told(former[0].stated(), former[0].links)
    both = sorted(_read_alike(reader, runs, before) | replaced.keys())
    for article_id in both:
        told = _last_of(reader, article_id, set(runs))
        found.add(article_id, replaced.get(article_id, told), told)
    return found.all(tuple(sorted(before)), runs, len(both), 0, len(read.keys() - set(both)))


def _read_alike(reader: Reader, runs: Iterable[str], before: set[str]) -> set[str]:
    """Return the ids of the articles in which some runs read just what others had, who go into ``before``."""
    found, by, also = set[str](), term("prov:wasGeneratedBy"), ng("alsoReadBy")
    for run in runs:
        for quad in reader.store.quads_for_pattern(None, by, run_iri(run), PROVENANCE):
            if others := values(reader.store, NamedNode(value_of(quad.subject)), also, PROVENANCE):
                before.update(map(run_of, others))
                found.update(_articles_of(reader, value_of(quad.subject)))
    return found


class _Told(NamedTuple):
    """What a reading of an article gives."""

    stated: tuple[Stated, ...] = ()
    links: tuple[Link, ...] | None = None


class _Differences:
    """Counts what differs, article by article."""

    def __init__(self, reader: Reader, examples: int) -> None:
        self._reader, self._most = reader, examples
        self._changed = self._relinked = self._links = self._unknown = 0
        self._counts = Counter[tuple[Kind, str, Fate]]()
        self._shown, self._shown_links = list[Example](), list[ExampleLink]()
        self._regrouping = Regrouping()

    def add(self, article_id: str, one: _Told, other: _Told) -> None:
        changes = [change for change in compared(one.stated, other.stated) if change.fate != "kept"]
        self._changed += bool(changes)
        self._counts.update((change.stated.kind, change.stated.predicate, change.fate) for change in changes)
        self._shown += [Example(article_id, change) for change in changes[: self._most - len(self._shown)]]
        if one.links is None or other.links is None:
            self._unknown += 1
            return
        links = list(matched(one.links, other.links))
        for pair in links:
            self._regrouping.add(pair)
        moved = [pair for pair in links if is_changed(pair)]
        self._relinked += bool(moved)
        self._links += len(moved)
        room = self._most - len(self._shown_links)
        self._shown_links += [ExampleLink(article_id, pair) for pair in moved[:room]]

    def all(
        self, one: tuple[str, ...], other: tuple[str, ...], compared: int, only_one: int, only_other: int
    ) -> RunDiff:
        groups = tuple(self._regrouping.joined()), tuple(self._regrouping.parted())
        linked = LinkDiff(self._relinked, self._links, self._unknown, *groups, tuple(self._shown_links))
        return RunDiff(
            one, other, compared, self._changed, only_one, only_other,
            self._counts, tuple(self._shown), linked,
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
                found.update(dict.fromkeys(_articles_of(reader, value_of(quad.subject))))
        found.update(dict.fromkeys(former_articles(reader.store, run)))
    return found


def _articles_of(reader: Reader, graph: str) -> list[str]:
    return article_ids(reader.store, graph.removeprefix(version_graph("").value))


def _last_of(reader: Reader, article_id: str, runs: set[str]) -> _Told:
    now = reader.reading(article_id)
    if now is not None and runs & set(now.runs):
        links = links_in(reader.store, now.extraction, now.article.version_id)
        return _Told(stated_in(now.extraction), links)
    former = [one for one in reader.former(article_id) if runs & set(one.runs)]
    return _Told(former[-1].stated(), former[-1].links) if former else _Told()
