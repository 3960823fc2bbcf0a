"""What every corpus is turned into before training: words with whatever gold they carry.

A sample is a document, or a run of sentences where a corpus has no document borders. A layer that a corpus
does not annotate is ``None``, and the trainer leaves that layer's loss out. No file format is known here
(each corpus has a module) and no tensor (see batches.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Part = Literal["train", "dev"]

NAME_LABELS = ("PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC", "DATE", "MONEY")
NAME_TAGS = ("O", *(f"{prefix}-{label}" for label in NAME_LABELS for prefix in "BI"))
TAG_BIT = {tag: 1 << index for index, tag in enumerate(NAME_TAGS)}
ANY_TAG = (1 << len(NAME_TAGS)) - 1  # says nothing about the word

NO_GAP, SPACE, LINE_BREAK = 0, 1, 2  # as in extractors.wordpieces
_BETWEEN = {NO_GAP: "", SPACE: " ", LINE_BREAK: "\n\n"}
CharSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WordSyntax:
    """One word's row of a Universal Dependencies tree."""

    upos: str
    xpos: str
    head: int  # index into Sample.words, -1 for the root of its sentence
    deprel: str  # with its subtype, as in the corpus


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Word indices of one attribution, each tuple sorted; any of the three may be empty."""

    source: tuple[int, ...]
    cue: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldLink:
    """What a word refers back to: any of ``right`` is right; the word itself means nothing of ``among``."""

    word: int
    right: tuple[int, ...]
    among: tuple[int, ...] | None = None  # the words to choose from; None for all up to the word


@dataclass(frozen=True, slots=True)
class Sample:
    """A text cut into words, with the gold layers that its corpus has."""

    corpus: str
    id: str
    words: tuple[str, ...]
    gaps: tuple[int, ...]  # what stands before each word: NO_GAP, SPACE or LINE_BREAK
    name_masks: tuple[int, ...] | None = None  # for each word the sum of TAG_BITs it may carry
    syntax: tuple[WordSyntax, ...] | None = None
    sentence_starts: tuple[bool, ...] | None = None
    attributions: tuple[GoldAttribution, ...] | None = None
    links: tuple[GoldLink, ...] = ()


class CorpusError(ValueError):
    """A corpus file is not in the format of its corpus."""


def text_from_words(words: Iterable[str], gaps: Iterable[int]) -> tuple[str, tuple[CharSpan, ...]]:
    """Return the text and the characters of each word: "a", "b" with a space give "a b", (0, 1), (2, 3)."""
    parts: list[str] = []
    spans: list[CharSpan] = []
    end = 0
    for word, gap in zip(words, gaps, strict=True):
        between = _BETWEEN[gap] if spans else ""
        start, end = end + len(between), end + len(between) + len(word)
        parts += (between, word)
        spans.append((start, end))
    return "".join(parts), tuple(spans)
