"""WARC files (ISO 28500) -> documents: our own archive, and others' such as Common Crawl's CC-NEWS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsgraph.records import RawDocument, Rejection


def read_warc(path: Path, place: str) -> Iterator[RawDocument | Rejection]:
    """Yield the pages and texts in a WARC file, plain or compressed record by record, in its order.

    A document's place is ``path:OFFSET`` (of its record in the file); its name is its URL. What is no page
    or text, no answer with status 200, or a revisit of what came before is passed over; a last record that
    is torn, too, since somebody may be writing it now.
    """
    raise NotImplementedError
