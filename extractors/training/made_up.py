"""Names that nobody has: a window's rarer names are at times replaced by made-up ones of the same kind.

A small network otherwise learns the corpora's people and places by heart and mistypes those it has never
seen. A made-up word is drawn letter by letter, each from what follows three letters in that kind's names
(Shannon 1948, section 3), so that it looks like one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.training.samples import TAG_BIT, Sample

KINDS = ("PERSON", "ORG", "LOC")
ORDER = 3
COMMON = 12  # a word that stands in more names than this is part of the language ("Ministry", "United")
WINDOWS, WORDS = 0.25, 0.6  # how many windows, and how many of the words that can be replaced in them
TRIES, SHORTEST, LONGEST = 20, 3, 12
_START, _END = "^" * ORDER, "$"
_KIND_OF = {TAG_BIT[f"{prefix}-{kind}"]: kind for kind in KINDS for prefix in "BI"}


class MadeUpNames:
    """Draws names like those of the windows that it was given."""

    def __init__(self, windows: Iterable[Sample]) -> None:
        seen: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        for window in windows:
            for word, kind in _name_words(window):
                seen[kind][word] += 1
        total: Counter[str] = sum(seen.values(), Counter())
        self._common = {word for word, count in total.items() if count > COMMON}
        self._next = {kind: _follow(words) for kind, words in seen.items()}

    def renamed(self, window: Sample, chance: random.Random) -> Sample:
        """Return the window as it is or, at times, with other words for some of its names' words."""
        if window.name_masks is None or chance.random() >= WINDOWS:
            return window
        other: dict[str, str] = {}
        for word, kind in _name_words(window):
            if word not in other and word not in self._common:
                other[word] = self._word(kind, chance) if chance.random() < WORDS else word
        return replace(window, words=tuple(other.get(word, word) for word in window.words))

    def _word(self, kind: str, chance: random.Random) -> str:
        follow, word = self._next[kind], ""
        for _ in range(TRIES):
            state, word = _START, ""
            while len(word) <= LONGEST and (letter := chance.choice(follow[state])) != _END:
                word, state = word + letter, (state + letter)[-ORDER:]
            if SHORTEST <= len(word) <= LONGEST:
                return word.capitalize()
        return (word[:LONGEST] or kind).capitalize()


def _name_words(window: Sample) -> Iterator[tuple[str, str]]:
    """Yield the capitalised words of names of one certain kind, each with that kind."""
    for word, allowed in zip(window.words, window.name_masks or (), strict=False):
        kind = _KIND_OF.get(allowed)
        if kind and word.istitle() and word.isalpha() and word.isascii() and len(word) >= SHORTEST:
            yield word, kind


def _follow(words: Iterable[str]) -> dict[str, list[str]]:
    follow: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        state = _START
        for letter in (*word.lower(), _END):
            follow[state].append(letter)
            state = (state + letter)[-ORDER:]
    return dict(follow)
