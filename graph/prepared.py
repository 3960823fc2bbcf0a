"""An article made ready for the graph by whoever has read it: all that does not depend on what else is there.

Readers have processes of their own, the graph has one writer. So the quads of an article's own graph, what is
kept of it and what copies and namesakes are found by are made where it is read; the writer only copies them.
It is packed, too: thousands of articles wait in memory until they are written together. Pure.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import NamedTuple

from graph.build import article_quads, digest_quad, version_quads
from graph.copies import Print, print_of
from graph.counting import Counted, counted_locally
from graph.journal import packed as packed_quads
from graph.kept import packed
from graph.profiles import Profile, profile_of_line, profiles_in
from graph.resolve import Unplaced, unplaced_in
from graph.shares import Told, told_in
from graph.statement_words import statement_words
from newsgraph.records import Article, Extraction

_FAST = 1  # of zlib: a tenth larger than by its best, in a quarter of the time


class Parts(NamedTuple):
    """What the writer looks into."""

    things: Mapping[str, Unplaced]  # by Entity.id
    told: Told
    statements: str  # their words, that are searched
    counted: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that waits to be written."""

    article: Article
    statements: int  # attributions and relations
    digest: str
    kept: bytes  # what is kept of it (kept.py); empty where that is on the disk already
    quads: bytes  # that it adds whatever else is there, as the journal packs them
    quad_count: int
    copied_by: Print | None
    profiles: tuple[tuple[str, str], ...]  # Entity.id, Profile.line
    _parts: bytes  # and the extraction, but for the text

    def parts(self) -> Parts:
        """Return what the writer looks into; unpacked each time."""
        parts: Parts = pickle.loads(zlib.decompress(self._parts))  # noqa: S301 - packed by prepare(), never on a disk
        return parts

    def extraction(self) -> Extraction:
        """Return what was read, without its words and their trees, of which nothing in the graph is made."""
        file = BytesIO(zlib.decompress(self._parts))
        extraction: Extraction
        _, extraction = pickle.load(file), pickle.load(file)  # noqa: S301 - likewise
        return replace(extraction, text=self.article.text)

    def without_what_is_written(self) -> Prepared:
        """Return it without what the writer copies as it is."""
        return replace(self, kept=b"", quads=b"", copied_by=None)

    def profiles_by_entity(self) -> Mapping[str, Profile]:
        return {entity: profile_of_line(line) for entity, line in self.profiles}


def handed_over(ready: list[Prepared]) -> Iterator[Prepared]:
    """Yield articles and take each from the list, so that only who gets it holds it."""
    ready.reverse()
    while ready:
        yield ready.pop()


def prepare(article: Article, extraction: Extraction, *, digest: str = "") -> Prepared:
    """Return an article made ready to be written.

    Args:
        article: That was read.
        extraction: What was read in it; what it only passes over is left out.
        digest: Of what is kept of it, if that is kept already.
    """
    extraction, kept = extraction.without_passing(), b""
    if not digest:
        digest, kept = packed(article, extraction)
    extraction = replace(extraction, tokens=(), passed_over=())
    own, copied_by = list(version_quads(article, extraction)), print_of(article)
    counted = tuple(counted_locally(own))
    own += article_quads(article)
    own.append(digest_quad(article, digest))
    profiles = profiles_in(extraction)
    things = unplaced_in(extraction, article.version_id, profiles)
    parts = Parts(things, told_in(article, extraction, things), statement_words(extraction), counted)
    both = parts, replace(extraction, text="")  # one behind the other: most words of the two are the same
    pickled = b"".join(pickle.dumps(one, pickle.HIGHEST_PROTOCOL) for one in both)
    return Prepared(
        article,
        len(extraction.attributions) + len(extraction.relations),
        digest,
        kept,
        packed_quads(own),
        len(own),
        copied_by,
        tuple((entity, one.line) for entity, one in profiles.items()),
        zlib.compress(pickled, _FAST),
    )
