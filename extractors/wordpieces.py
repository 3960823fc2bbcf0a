"""Words to the numbers that the encoder reads: word pieces, letter shape, what stands before the word.

Shared by training and run time, so that both see the same input. The vocabulary is lower-case; the letter
case comes back as a shape class of each word. Quotation marks of every style become one mark, and whether it
opens or closes is read off the white space around it, so a text reads the same with curly, straight or low
quotes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from newsgraph.errors import ModelError

NO_GAP, SPACE, LINE_BREAK, INSIDE_WORD = range(4)  # what stands before a piece
GAPS = 4

(
    PADDING,
    LOWER,
    TITLE,
    UPPER,
    LETTER,
    MIXED,
    DIGITS,
    CODE,
    NUMBER,
    MARK,
    OPENING,
    CLOSING,
    BARE_QUOTE,
    OTHER,
) = range(14)
SHAPES = 14

MAX_PIECES = 256  # of one window, with the two special pieces
_MAX_PIECES_OF_WORD = 6  # beyond, a "word" is a URL or noise: its head says enough
_MAX_CHARS_OF_WORD = 48
_CACHE_SIZE = 200_000

# Those of the training: the network knows these however quotations.py tells marks.
_DOUBLE_QUOTES = frozenset(["“", "”", "„", "‟", "«", "»", "``", "''", '"', "＂"])
_SINGLE_QUOTES = frozenset(["‘", "’", "‚", "‛", "`", "'", "‹", "›"])
_PLAIN_APOSTROPHE = str.maketrans("‘’‛`´", "'''''")

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a run of words, without special pieces."""

    ids: Ints  # Shape: (n_pieces,)
    shapes: Ints  # Shape: (n_pieces,)
    gaps: Ints  # Shape: (n_pieces,)
    starts: Ints  # index of each word's first piece, and n_pieces at the end. Shape: (n_words + 1,)


class WordPieces:
    """Cuts words into the pieces of the encoder's vocabulary; remembers the words that it has seen."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._seen: dict[str, tuple[tuple[int, ...], int]] = {}
        self.unknown_id = _id_of(tokenizer, "[UNK]")
        self.first_id = _id_of(tokenizer, "[CLS]")
        self.last_id = _id_of(tokenizer, "[SEP]")

    @classmethod
    def from_file(cls, path: Path) -> WordPieces:
        return cls(Tokenizer.from_file(str(path)))

    def cut(self, words: Sequence[str], gaps: Sequence[int]) -> Pieces:
        """Return the pieces of ``words``, each of which gives at least one.

        Args:
            words: Without white space.
            gaps: For each word NO_GAP, SPACE or LINE_BREAK.
        """
        ids: list[int] = []
        shapes: list[int] = []
        starts = [0]
        for word, before, after in zip(words, gaps, (*gaps[1:], LINE_BREAK), strict=False):
            pieces, shape = self._seen.get(word) or self._look_at(word)
            ids.extend(pieces)
            shapes.append(_quote_shape(word, before, after) if shape == BARE_QUOTE else shape)
            starts.append(len(ids))
        begins = np.array(starts, dtype=np.int64)
        befores = np.full(len(ids), INSIDE_WORD, dtype=np.int64)
        befores[begins[:-1]] = gaps
        shapes_of_pieces = np.repeat(np.array(shapes, dtype=np.int64), np.diff(begins))
        return Pieces(np.array(ids, dtype=np.int64), shapes_of_pieces, befores, begins)

    def _look_at(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return a word's pieces, and its shape without anything around it."""
        plain = '"' if word in _DOUBLE_QUOTES else word[:_MAX_CHARS_OF_WORD].translate(_PLAIN_APOSTROPHE)
        found = self._tokenizer.encode(plain, add_special_tokens=False).ids[:_MAX_PIECES_OF_WORD]
        looked_at = tuple(found) or (self.unknown_id,), shape_of(word, NO_GAP, NO_GAP)
        if len(self._seen) < _CACHE_SIZE:
            self._seen[word] = looked_at
        return looked_at


def shape_of(word: str, gap_before: int, gap_after: int) -> int:
    """Return the shape class of a word; of a quotation mark, which way it faces."""
    if word in _DOUBLE_QUOTES or word in _SINGLE_QUOTES:
        return _quote_shape(word, gap_before, gap_after)
    if word.isalpha():
        return _letters_shape(word)
    has_digit = any(character.isdigit() for character in word)
    if has_digit:
        has_letter = any(character.isalpha() for character in word)
        return CODE if has_letter else DIGITS if word.isdigit() else NUMBER
    if any(character.isalpha() for character in word):
        return _letters_shape("".join(filter(str.isalpha, word)))
    return MARK if word.isprintable() else OTHER


def _quote_shape(word: str, gap_before: int, gap_after: int) -> int:
    if word in {"“", "„", "«", "``"}:
        return OPENING
    if word in {"”", "»", "''"}:
        return CLOSING
    if gap_before != NO_GAP and gap_after == NO_GAP:
        return OPENING
    if gap_before == NO_GAP and gap_after != NO_GAP:
        return CLOSING
    return BARE_QUOTE


def _letters_shape(letters: str) -> int:
    if letters.islower():
        return LOWER
    if letters.isupper():
        return UPPER if len(letters) > 1 else LETTER
    return TITLE if letters[0].isupper() and letters[1:].islower() else MIXED


def _id_of(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ModelError(f"the tokenizer has no piece {piece}; install again")
    return number
