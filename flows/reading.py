"""Files -> articles that know where they came from; in batches that are neither too many nor too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.parse import parse_article
from ingest.raw_store import read_documents
from newsgraph.errors import ArticleError
from newsgraph.records import Article, Rejection

MAX_BATCH_CHARS = 400_000  # bounds a worker's memory, and what an interruption costs


class Placed(NamedTuple):
    """An article and where it lies, for messages."""

    place: str
    article: Article


Batch = tuple[Placed, ...]


def read_articles(files: Sequence[str]) -> Iterator[Placed | Rejection]:
    """Yield the articles of ``files`` in order; a Rejection in the place of each that cannot be read."""
    for raw in read_documents(files):
        if isinstance(raw, Rejection):
            yield raw
            continue
        try:
            yield Placed(raw.place, parse_article(raw))
        except ArticleError as error:
            yield Rejection(error.place, error.reason)


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
