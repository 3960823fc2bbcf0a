"""Windows written as others would write them, so that the network does not lean on letter case and marks.

The labels stay: every word keeps its place.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from extractors.training.samples import LINE_BREAK, SPACE, Sample

HEADLINE_WORDS = range(4, 21)
HEADLINE_CAPITALS_RATE = 0.3
# Words that a headline leaves in lower case.
_SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "as",
        "'s",
        "n't",
        "not",
    ]
)
_SINGLE_QUOTES = {'"': "'", "“": "‘", "”": "’", "``": "‘", "''": "’"}


def disturbed(window: Sample, noise: random.Random) -> Sample:
    """Return a window as it is or, three times in ten, written in another way."""
    draw = noise.random()
    for rate, write in WAYS:
        if draw < rate:
            return write(window, noise)
        draw -= rate
    return window


def in_capitals(window: Sample, noise: random.Random) -> Sample:
    return replace(window, words=tuple(word.upper() for word in window.words))


def in_lower_case(window: Sample, noise: random.Random) -> Sample:
    return replace(window, words=tuple(word.lower() for word in window.words))


def on_one_line(window: Sample, noise: random.Random) -> Sample:
    return replace(window, gaps=tuple(SPACE if gap == LINE_BREAK else gap for gap in window.gaps))


def with_single_quotes(window: Sample, noise: random.Random) -> Sample:
    return replace(window, words=tuple(_SINGLE_QUOTES.get(word, word) for word in window.words))


def with_headline(window: Sample, noise: random.Random) -> Sample:
    """Write one sentence as a headline, on a line of its own: "Navy Says Its Drone Fell"."""
    starts = window.sentence_starts or tuple(gap == LINE_BREAK for gap in window.gaps)
    places = [0, *(place for place in range(1, len(starts)) if starts[place]), len(starts)]
    fitting = [(begin, end) for begin, end in pairwise(places) if end - begin in HEADLINE_WORDS]
    if not fitting:
        return window
    begin, end = noise.choice(fitting)
    write = str.upper if noise.random() < HEADLINE_CAPITALS_RATE else _with_capital
    words, gaps = list(window.words), list(window.gaps)
    words[begin:end] = [write(word) for word in words[begin:end]]
    for place in {begin, end} - {0, len(gaps)}:
        gaps[place] = LINE_BREAK
    return replace(window, words=tuple(words), gaps=tuple(gaps))


def _with_capital(word: str) -> str:
    return word if word.lower() in _SMALL else word[:1].upper() + word[1:]


# How often each is chosen.
WAYS: tuple[tuple[float, Callable[[Sample, random.Random], Sample]], ...] = (
    (0.03, in_capitals),
    (0.03, in_lower_case),
    (0.10, on_one_line),
    (0.04, with_single_quotes),
    (0.10, with_headline),
)
