"""Which texts are copies of each other: their fingerprints, and what two of them have in common. Pure.

Two texts are compared by their shingles, the runs of SHINGLE_WORDS words in them: no estimate, the runs
themselves. Reports made from one template share most of those, too, but not their figures, which whoever
takes a text over leaves as they are.

Which pairs to compare is told by keys: texts without a common one are taken for no copies. Some keys are
bands of a MinHash signature (Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3) and find texts
that are alike as a whole; the others are passages chosen by winnowing (Schleimer, Wilkerson, Aiken 2003) and
find an excerpt in a longer text. The thresholds were measured: docs/decisions/0013-copies.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from graph.plain_words import words_of
from newsgraph.records import Article

if TYPE_CHECKING:
    from datasketch import MinHash

Hashes = NDArray[np.uint64]
HashSet = NDArray[np.uint32]  # in order, each once

MIN_WORDS = 30  # a shorter text, such as a teaser, says too little to tell whose words it is
SHINGLE_WORDS = 5
BANDS, BAND_ROWS = 32, 4
KEY_BYTES = 6
PASSAGE_WORDS, PASSAGE_WINDOW = 48, 24  # so that any 71 words in a row are found in another text

COPY_RESEMBLANCE = 0.45
EXCERPT_CONTAINMENT = 0.7
FEW_FIGURES = 3  # fewer tell nothing
SAME_FIGURES = 0.5

MARKS = 4096  # a text has some hundred shingles
_AT_ONCE = 200  # texts, for each of which that many bytes are needed for a moment

_SEED = 1
_FACTOR = 0x9E3779B97F4A7C15  # odd, so that no bit of a word is lost; 2^64 by the golden ratio


@dataclass(frozen=True)
class Fingerprint:
    """What is kept of a text to compare it by."""

    shingles: HashSet
    figures: HashSet

    def packed(self) -> bytes:
        """Return it as bytes: a count of figures, they, shingles; :func:`unpacked` makes it again of them."""
        parts = np.array([len(self.figures)], np.uint32), self.figures, self.shingles
        return np.concatenate(parts).astype("<u4").tobytes()


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common. All are shares, 0..1."""

    resemblance: float  # of the shingles of both together, those that are in both (Jaccard)
    containment: float  # of the shingles of the shorter one, those that are in the longer one
    figures: float  # of the figures of the one that has fewer, those that are in the other; 1 if they are few

    @property
    def are_copies(self) -> bool:
        """Each text is more or less all of the other."""
        return self.figures >= SAME_FIGURES and self.resemblance >= COPY_RESEMBLANCE

    @property
    def is_excerpt(self) -> bool:
        """The shorter text stands in the longer one, which has much beside it."""
        is_contained = self.figures >= SAME_FIGURES and self.containment >= EXCERPT_CONTAINMENT
        return is_contained and not self.are_copies

    @property
    def is_link(self) -> bool:
        return self.are_copies or self.is_excerpt


def fingerprint(words: Sequence[str]) -> Fingerprint | None:
    """Return what to compare a text by; None if it is too short."""
    if len(words) < MIN_WORDS:
        return None
    return Fingerprint(_hash_set(_runs(words, SHINGLE_WORDS)), _figures(words))


class Print(NamedTuple):
    """What an article is found and compared by."""

    fingerprint: bytes  # packed
    keys: str  # with a blank between them


def print_of(article: Article) -> Print | None:
    """Return what an article is found and compared by; None if it is too short."""
    words = words_of(article)
    one = fingerprint(words)
    return None if one is None else Print(one.packed(), " ".join(keys_of(words)))


def unpacked(packed: bytes) -> Fingerprint:
    """Return a fingerprint that was packed."""
    figures, shingles = np.split(np.frombuffer(packed, "<u4", offset=4), [_count_of_figures(packed)])
    return Fingerprint(shingles, figures)


def _count_of_figures(packed: bytes) -> int:
    return int.from_bytes(packed[:4], "little")


def likeness(one: Fingerprint, other: Fingerprint) -> Likeness:
    """Return what two texts have in common."""
    shared = _shared(one.shingles, other.shingles)
    sizes = len(one.shingles), len(other.shingles)
    figures = _shared_figures(set(one.figures.tolist()), set(other.figures.tolist()))
    return Likeness(shared / (sum(sizes) - shared), shared / min(sizes), figures)


class Marks(NamedTuple):
    """What tells of many texts at a glance which of them may be linked. A row is of one text."""

    marked: NDArray[np.uint64]  # a bit for each shingle or figure, by its last bits. Shape: (n, MARKS / 64)
    unmarked: NDArray[np.intp]  # shingles and figures that have no bit for themselves. Shape: (n,)
    sizes: NDArray[np.intp]  # shingles. Shape: (n,)

    def at(self, rows: NDArray[np.intp]) -> Marks:
        return Marks(self.marked[rows], self.unmarked[rows], self.sizes[rows])

    def may_be_linked(self, others: Marks) -> NDArray[np.bool_]:
        """Say of each text, and the other one in its row, whether they may make a link. Shape: (n,)."""
        both = np.bitwise_count(self.marked & others.marked).sum(axis=1, dtype=np.intp)
        shared = both + np.minimum(self.unmarked, others.unmarked)  # at most
        least, whole = np.minimum(self.sizes, others.sizes), self.sizes + others.sizes - shared
        enough: NDArray[np.bool_] = shared >= np.minimum(
            EXCERPT_CONTAINMENT * least, COPY_RESEMBLANCE * whole
        )
        return enough


def marks_of(prints: Sequence[bytes]) -> Marks:
    """Return the marks of some texts, one or more, given their fingerprints, packed."""
    parts = [_marks_of(prints[start : start + _AT_ONCE]) for start in range(0, len(prints), _AT_ONCE)]
    marked, unmarked, sizes = zip(*parts, strict=True)
    return Marks(np.concatenate(marked), np.concatenate(unmarked), np.concatenate(sizes))


def _marks_of(prints: Sequence[bytes]) -> Marks:
    values = np.frombuffer(b"".join(prints), "<u4")
    lengths = np.fromiter(map(len, prints), np.intp, len(prints)) // values.itemsize
    is_marked = np.zeros(len(prints) * MARKS, np.bool_)
    is_marked[np.repeat(np.arange(0, len(is_marked), MARKS), lengths) + values % MARKS] = True
    marked = np.packbits(is_marked).view(np.uint64).reshape(len(prints), -1)
    unmarked = lengths - np.bitwise_count(marked).sum(axis=1, dtype=np.intp)
    return Marks(marked, unmarked, lengths - 1 - values[lengths.cumsum() - lengths])


def keys_of(words: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of a text: to compare it with those texts that have one of them, too, is enough."""
    return (*_band_keys(_telling_shingles(words)), *_passage_keys(words))


def _shared(one: HashSet, other: HashSet) -> int:
    fewer, more = sorted((one, other), key=len)
    if not len(fewer):
        return 0
    places = np.minimum(more.searchsorted(fewer), len(more) - 1)
    return int(np.count_nonzero(more[places] == fewer))


def _shared_figures(one: set[int], other: set[int]) -> float:
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer >= FEW_FIGURES else 1.0


def _hash_set(hashes: Hashes) -> HashSet:
    return np.unique((hashes >> np.uint64(32)).astype(np.uint32))


@lru_cache(maxsize=100_000)
def _word_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _runs(words: Sequence[str], size: int) -> Hashes:
    """Return a hash of each run of ``size`` words. Shape: (n - size + 1,)."""
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    factors = np.array([pow(_FACTOR, place, 2**64) for place in range(1, size + 1)], np.uint64)
    mixed: Hashes = (sliding_window_view(hashes, size) * factors).sum(axis=1, dtype=np.uint64)
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(_FACTOR)  # its upper half, which is used, depends on all bits that were below
    return mixed


def _telling_shingles(words: Sequence[str]) -> HashSet:
    """Return the shingles with a figure in them, if there are some: those that a template does not give.

    Otherwise all the thousands of reports that were ever made from a template would have to be compared.
    """
    runs = _runs(words, SHINGLE_WORDS)
    if len(_figures(words)) < FEW_FIGURES:
        return _hash_set(runs)
    is_figure = np.array([_is_figure(word) for word in words])
    return _hash_set(runs[sliding_window_view(is_figure, SHINGLE_WORDS).any(axis=1)])


def _figures(words: Sequence[str]) -> HashSet:
    return _hash_set(np.array([_word_hash(word) for word in words if _is_figure(word)], np.uint64))


@lru_cache(maxsize=100_000)
def _is_figure(word: str) -> bool:
    return any(map(str.isdigit, word))


def _band_keys(shingles: HashSet) -> list[str]:
    signature = _empty_signature().copy()
    signature.update_batch(shingles)
    bands = signature.hashvalues.astype("<u4").reshape(BANDS, BAND_ROWS)
    return [_key(f"band {number}", band.tobytes()) for number, band in enumerate(bands)]


@lru_cache(maxsize=1)
def _empty_signature() -> MinHash:
    """Return the signature of no text; its permutations take longer to draw than a text to sign."""
    # Loads SciPy: half a second that no command that only reads should wait for.
    from datasketch import MinHash

    # The scheme is named so that another version of the library gives the same values, or none.
    return MinHash(BANDS * BAND_ROWS, _SEED, hashfunc=int, scheme="affine32")


def _passage_keys(words: Sequence[str]) -> list[str]:
    """Return the keys of the passages that winnowing chooses: of each window of passages the least."""
    if len(words) < PASSAGE_WORDS:
        return []
    passages = _runs(words, PASSAGE_WORDS)
    window = min(PASSAGE_WINDOW, len(passages))
    chosen = np.unique(sliding_window_view(passages, window).min(axis=1))
    return [_key("passage", one.tobytes()) for one in chosen.astype("<u8")]


def _key(kind: str, value: bytes) -> str:
    return blake2b(value, digest_size=KEY_BYTES, person=kind.encode()).hexdigest()
