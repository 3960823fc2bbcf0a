"""newsgraph explain: why something that was read in an article is so. What there is to tell: explained.py."""

from __future__ import annotations

import argparse
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, pairwise
from pathlib import Path

from app.explained import Fact, Line, Mark, Passage, explanation, heading, overview
from app.reading import Reading
from app.terminal import Terminal
from flows.reading import Placed, batched, read_articles
from flows.workers import load_extract, read_batch
from graph.articles import find_article
from graph.snapshots import open_reader
from ingest.raw_store import STANDARD_INPUT, find_files
from newsgraph.errors import ArticleError, NoGraphError, UnknownArticleError
from newsgraph.records import Rejection
from newsgraph.settings import Settings

Fail = Callable[[Rejection], None]

MAX_KNOWN = 8  # names that are told where the one asked for is none
COLOURS = {"source": 32, "cue": 33, "content": 36, "evidence": 36, "subject": 32, "object": 35}
OTHER_COLOUR = 36
BOLD, FAINT = 1, 2


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    failures: list[Rejection] = []

    def fail(rejection: Rejection) -> None:
        failures.append(rejection)
        terminal.warn(f"newsgraph: {rejection.place}: {rejection.reason}")

    page = _Page(in_colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    is_shown, known = False, dict[str, None]()
    for reading in _readings(options, settings, fail):
        told = _told(reading, options.what)
        if told:
            page.show(reading, chain([heading(reading.article)], *told))
            is_shown = True
        known.update(dict.fromkeys(reading.names() or [one.id for one in reading.statements]))
    if not is_shown and (known or not failures):
        fail(Rejection(options.article, _nothing(options.what, known)))
    return 1 if failures else 0


def _told(reading: Reading, what: str | None) -> list[Iterator[Line]]:
    if what is None:
        return [overview(reading)]
    return [explanation(reading, record) for record in reading.find(what)]


def _readings(options: argparse.Namespace, settings: Settings, fail: Fail) -> Iterator[Reading]:
    if options.article != STANDARD_INPUT and not _exists(options.article):
        yield _kept_reading(settings.graph_dir, options.article)
        return
    # one process here, so it may use all cores
    load = partial(load_extract, threads=settings.workers, watch_list=settings.watch_list)
    for batch in batched(_articles(options, fail), size=settings.batch_size):
        for placed, read in zip(batch, read_batch(load, batch), strict=True):
            if isinstance(read, Rejection):
                fail(read)
            else:
                yield Reading(placed.article, read)


def _articles(options: argparse.Namespace, fail: Fail) -> Iterator[Placed]:
    for found in read_articles(find_files([options.article])):
        if isinstance(found, Rejection):
            fail(found)
            continue
        article = found.article
        title, published = article.title or options.title, article.published or options.published
        yield found._replace(article=replace(article, title=title, published=published))


def _exists(given: str) -> bool:
    try:
        return bool(given) and Path(given).exists()
    except (OSError, ValueError):  # longer than any name, as a URL may be, or with a NUL
        return False


def _kept_reading(graph_dir: Path, article_id: str) -> Reading:
    try:
        reader = open_reader(graph_dir)
    except NoGraphError:
        reason = f"no such file, and there is no store in {graph_dir} that could hold an article of that id"
        raise ArticleError(article_id, reason) from None
    try:
        kept = reader.kept(find_article(reader.store, article_id))
    except UnknownArticleError as error:
        raise ArticleError(article_id, f"no such file, and {error}") from None
    if kept is None:  # cannot be: it has just been found in this snapshot
        raise ArticleError(article_id, "no such file, and nothing is kept of the article")
    return Reading(*kept, reader)


def _nothing(what: str | None, known: Iterable[str]) -> str:
    """Return that there is nothing of that name, and names that there are, similar ones first."""
    if what is None:
        return "there is no article in it"
    parts = set(what.casefold().split())
    by_likeness = sorted(known, key=lambda name: -len(parts & set(name.casefold().split())))
    if not by_likeness:
        return f"{what!r} is not in it: nothing was found there at all"
    return f"neither an id nor a name here: {what!r}; some names: {', '.join(by_likeness[:MAX_KNOWN])}"


class _Page:
    """Prints lines, one explanation after the other, for a terminal or for a file."""

    def __init__(self, *, in_colour: bool) -> None:
        self._in_colour = in_colour
        self._is_empty = True

    def show(self, reading: Reading, lines: Iterable[Line]) -> None:
        label, told = "", list(lines)
        width = max((len(line.label) for line in told if isinstance(line, Fact)), default=0)
        for line in told:
            if isinstance(line, Passage):
                print(self._passage(reading.extraction.text, line))
            elif isinstance(line, Fact):
                shown = _printable("" if line.label == label else line.label).ljust(width)
                print(f"  {self._painted(shown, FAINT)}  {_printable(line.value)}")
            else:
                print(("" if self._is_empty else "\n") + self._painted(_printable(line), BOLD))
            label = line.label if isinstance(line, Fact) else ""
            self._is_empty = False

    def _passage(self, text: str, passage: Passage) -> str:
        shown = self._coloured if self._in_colour else _bracketed
        stretches = (shown(text, start, end, passage.marks) for start, end in passage.stretches)
        legend = ""
        if self._in_colour:
            roles = dict.fromkeys(mark.role for mark in passage.marks)
            legend = "  (" + " · ".join(self._painted(role, _colour(role)) for role in roles) + ")"
        return f"\n  {' … '.join(stretches)}{legend}\n"

    def _coloured(self, text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
        pieces = []
        for piece, around in _pieces(text, start, end, marks):
            pieces.append(self._painted(piece, _colour(around[-1].role)) if around else piece)
        return "".join(pieces)

    def _painted(self, words: str, code: int) -> str:
        return f"\x1b[{code}m{words}\x1b[0m" if self._in_colour and words.strip() else words


def _colour(role: str) -> int:
    return COLOURS.get(role, OTHER_COLOUR)


def _bracketed(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """Return a stretch with its marks in words: "[source: He] [cue: said] …"."""
    shown, is_open = "", list[Mark]()
    for piece, around in (*_pieces(text, start, end, marks), ("", [])):
        kept = 0
        while kept < min(len(is_open), len(around)) and is_open[kept] == around[kept]:
            kept += 1
        shown += "]" * (len(is_open) - kept) + "".join(f"[{mark.role}: " for mark in around[kept:]) + piece
        is_open = around
    return shown


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    """Yield a stretch of text in pieces, each with the marks that it stands in, from the widest inwards."""
    inwards = sorted(dict.fromkeys(marks), key=lambda mark: mark.start - mark.end)
    edges = {edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end}
    cuts = [start, *sorted(edges), end]
    for left, right in pairwise(cuts):
        around = [mark for mark in inwards if mark.start <= left and right <= mark.end]
        yield _printable(text[left:right]), around


def _printable(words: str) -> str:
    """Return ``words`` on one line, without what an article could steer the terminal with."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}"
        for letter in re.sub(r"\s+", " ", words)
        if unicodedata.category(letter) != "Cf"  # soft hyphens, marks of direction: nothing to see
    )
