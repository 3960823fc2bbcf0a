"""The text of an article with all that was read in it, ready to be shown. Pure.

Each paragraph is a row of runs. A run is a link to an entity (of a mention), to a statement (of a cue), or
none; and no link lies in another: where mentions lie in each other, the narrower one leads to its thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from graph.views.markup import Mark, Piece, Segment, segments
from newsgraph.records import Article, Extraction, TextSpan

MOST_CHARACTERS = 20_000  # shown at once
_PARAGRAPH = re.compile(r"[^\n]*\n*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters that are all marked alike."""

    text: str
    roles: tuple[str, ...]  # "mention", "source", "cue", "content", "relation", "skipped"
    statements: tuple[str, ...]  # whose source, cue, content or evidence it is; the innermost last
    stance: str  # of the innermost attribution in whose content it stands
    begins: tuple[str, ...]  # statements that begin here: where a link to their text leads


@dataclass(frozen=True, slots=True)
class Run:
    """Stretches that are one link, or none."""

    leads: str  # "entity", "statement" or ""
    to: str  # an Entity.id, a statement's id
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Part of a text up to a line break, which is its end."""

    start: int  # characters of the article's text before it
    runs: tuple[Run, ...]


def parts_of(text: str, sentences: Iterable[TextSpan] = (), most: int = MOST_CHARACTERS) -> list[TextSpan]:
    """Return a long text cut into parts at ends of lines, else of sentences, else anywhere."""
    lines = {found.end() for found in _PARAGRAPH.finditer(text)}
    ends = {end for _, end in sentences}
    parts, start = list[TextSpan](), 0
    while len(text) - start > most:
        limit = start + most
        cuts = ([at for at in places if start < at <= limit] for places in (lines, ends, {limit}))
        cut = next(max(found) for found in cuts if found)
        parts.append(TextSpan(start, cut))
        start = cut
    return [*parts, TextSpan(start, len(text))]


def paragraphs(article: Article, extraction: Extraction, part: TextSpan) -> tuple[Paragraph, ...]:
    """Return a part of an article's text; all characters of all stretches together are just that part."""
    marks, begins = marks_of(article, extraction), _begins(extraction)
    stances = {one.id: one.stance for one in extraction.attributions}
    found = []
    for match in _PARAGRAPH.finditer(article.text, part.start, part.end):
        if match.end() > match.start():
            piece = Piece(match.start(), match[0])
            found.append(
                Paragraph(piece.start, tuple(_runs(segments(piece, marks, begins), begins, stances)))
            )
    return tuple(found)


def marks_of(article: Article, extraction: Extraction) -> list[Mark]:
    """Return all that is marked in a text."""
    return [
        *(Mark(start, end, "skipped") for start, end in article.skipped),
        *(Mark(one.start, one.end, "mention", one.entity) for one in extraction.mentions),
        *(
            Mark(start, end, role, one.id)
            for one in extraction.attributions
            for role, spans in (("source", one.source), ("cue", one.cue), ("content", one.content))
            for start, end in spans
        ),
        *(Mark(one.start, one.end, "relation", one.id) for one in extraction.relations),
    ]


def _begins(extraction: Extraction) -> Mapping[int, tuple[str, ...]]:
    """Return which statements begin at a character."""
    begins: dict[int, tuple[str, ...]] = {}
    for one in extraction.attributions:
        at = min(start for start, _ in (*one.source, *one.cue, *one.content))
        begins[at] = (*begins.get(at, ()), one.id)
    for relation in extraction.relations:
        begins[relation.start] = (*begins.get(relation.start, ()), relation.id)
    return begins


def _runs(
    found: Iterable[Segment], begins: Mapping[int, tuple[str, ...]], stances: Mapping[str, str]
) -> Iterator[Run]:
    for link, together in groupby(found, key=_link):
        stretches = tuple(_stretch(one, begins.get(one.start, ()), stances) for one in together)
        leads = {"mention": "entity", "cue": "statement"}[link.role] if link else ""
        yield Run(leads, link.of if link else "", stretches)


def _link(segment: Segment) -> Mark | None:
    """Return the narrowest mark that leads somewhere; of equal ones the cue."""
    links = [one for one in segment.marks if one.role in ("mention", "cue")]
    return min(reversed(links), key=lambda one: (one.end - one.start, one.role), default=None)


def _stretch(segment: Segment, begins: tuple[str, ...], stances: Mapping[str, str]) -> Stretch:
    told = [one.of for one in segment.marks if one.role not in ("mention", "skipped")]
    contents = [one.of for one in segment.marks if one.role == "content"]
    return Stretch(
        segment.text,
        tuple(dict.fromkeys(one.role for one in segment.marks)),
        tuple(dict.fromkeys(told)),
        stances[contents[-1]] if contents else "",
        begins,
    )
