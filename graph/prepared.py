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
from typing import NamedTuple

from graph.build import article_quads, digest_quad, version_quads
from graph.copies import Print, print_of
from graph.counting import Counted, counted_locally
from graph.journal import packed as packed_quads
from graph.kept import packed
from graph.profiles import Profile, profile_of_line, profiles_in
from graph.search_documents import Text
from graph.search_documents import text_of as searched_text
from newsgraph.records import Article, Extraction

_FAST = 1  # of zlib: a tenth larger than by its best, in a quarter of the time


class Parts(NamedTuple):
    """What the writer looks into."""

    extraction: Extraction  # without its words and their trees, which nothing in the graph is made of
    text: Text
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
    _parts: bytes

    def parts(self) -> Parts:
        """Return what the writer looks into; unpacked each time."""
        return Parts(*pickle.loads(zlib.decompress(self._parts)))  # noqa: S301 - packed by prepare(), never on a disk

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
    parts = Parts(extraction, searched_text(article, extraction), counted)
    return Prepared(
        article,
        len(extraction.attributions) + len(extraction.relations),
        digest,
        kept,
        packed_quads(own),
        len(own),
        copied_by,
        tuple((entity, one.line) for entity, one in profiles_in(extraction).items()),
        zlib.compress(pickle.dumps(tuple(parts), pickle.HIGHEST_PROTOCOL), _FAST),
    )
