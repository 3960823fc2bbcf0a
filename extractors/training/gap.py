"""GAP's passages as samples: one pronoun of each is linked to the name that it means, or to neither.

Other mentions of the passage are not annotated, so a pronoun chooses between its two names and itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy

from extractors.training.coreference import GapPart, GapPassage, read_gap
from extractors.training.samples import NO_GAP, SPACE, GoldLink, Part, Sample

_PARTS: dict[Part, GapPart] = {"train": "development", "dev": "validation"}  # as GAP calls them


def read_gap_links(root: Path, part: Part) -> Iterator[Sample]:
    """Yield a sample for each passage of GAP."""
    cut = spacy.blank("en").tokenizer
    for passage in read_gap(root, _PARTS[part]):
        doc = cut(passage.text)
        words = [token for token in doc if not token.is_space]
        gaps = [
            SPACE if token.i and (doc[token.i - 1].whitespace_ or doc[token.i - 1].is_space) else NO_GAP
            for token in words
        ]
        spans = [(token.idx, token.idx + len(token)) for token in words]
        if (link := _link(passage, spans)) is not None:
            texts = tuple(token.text for token in words)
            yield Sample("gap", passage.id, texts, tuple(gaps), links=(link,))


def _link(passage: GapPassage, spans: list[tuple[int, int]]) -> GoldLink | None:
    def inside(start: int, end: int) -> tuple[int, ...]:
        return tuple(place for place, (begin, stop) in enumerate(spans) if begin < end and start < stop)

    pronoun = inside(passage.start, passage.end)
    if len(pronoun) != 1:
        return None
    names = [(inside(name.start, name.end), name.is_meant) for name in passage.names]
    right = tuple(place for places, is_meant in names if is_meant for place in places)
    return GoldLink(pronoun[0], right or pronoun, tuple(place for places, _ in names for place in places))
