"""Files -> articles that know where they came from; in batches that are neither too many nor too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from flows.set_aside import file_of
from ingest.parse import parse_article
from ingest.raw_store import read_documents
from newsgraph.errors import ArticleError
from newsgraph.records import Article, RawDocument, Rejection

MAX_BATCH_CHARS = 400_000  # bounds a worker's memory, and what an interruption costs


class Placed(NamedTuple):
    """An article and where it lies, for messages."""

    place: str
    article: Article


Batch = tuple[Placed, ...]


def read_articles(files: Sequence[str], only: frozenset[str] | None = None) -> Iterator[Placed | Rejection]:
    """Yield the articles of ``files`` in order; a Rejection in the place of each that cannot be read.

    Args:
        files: All of a run.
        only: The places of documents or files that are wanted; the others are not parsed. None: all.
    """
    wanted = None if only is None else {file_of(place) for place in only}
    for raw in read_documents(files, wanted):
        if only is not None and not only & {raw.place, file_of(raw.place)}:
            continue
        if isinstance(raw, Rejection):
            yield raw
            continue
        try:
            yield Placed(raw.place, parse_article(raw))
        except ArticleError as error:
            yield Rejection(error.place, error.reason, raw.url or raw.name, raw.publisher or _site(raw))


def _site(raw: RawDocument) -> str:
    return urlsplit(raw.url or "").hostname or ""


def rejected(placed: Placed, reason: str) -> Rejection:
    """Return that an article is set aside for ``reason``."""
    return Rejection(placed.place, reason, placed.article.id, placed.article.publisher or "")


def batched(articles: Iterable[Placed], *, size: int, max_chars: int = MAX_BATCH_CHARS) -> Iterator[Batch]:
    """Yield ``articles`` in batches of at most ``size`` of them and, unless one is longer, ``max_chars``."""
    batch: list[Placed] = []
    chars = 0
    for placed in articles:
        length = len(placed.article.text)
        if batch and (len(batch) == size or chars + length > max_chars):
            yield tuple(batch)
            batch, chars = [], 0
        batch.append(placed)
        chars += length
    if batch:
        yield tuple(batch)
