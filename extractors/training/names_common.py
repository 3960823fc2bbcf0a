"""What the readers of names-only corpora share: masks, word lists, and texts that were cut into words.

Which of our labels a corpus's own stand for is data, see label_maps.toml beside this module.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import spacy
from spacy.language import Language

from extractors.training.samples import ANY_TAG, LINE_BREAK, NO_GAP, SPACE, TAG_BIT, CorpusError, Part

_Item = TypeVar("_Item")
HELD_OUT = 10  # every so manieth document
Labels = Mapping[str, Sequence[str]]  # ours, by those of a corpus
TaggedSentence = list[tuple[str, str]]  # words, each with its tag

_TOML: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("label_maps.toml").read_text(encoding="utf-8")
)
LABELS: Mapping[str, Labels] = {corpus: labels for corpus, labels in _TOML.items() if corpus != "words"}
WORDS = {name: frozenset(words.split()) for name, words in _TOML["words"].items() if isinstance(words, str)}
TITLES = WORDS["offices"] | WORDS["honorifics"]
_PEOPLE_ENDING = re.compile(r".*(an|ans|ese|ish|is?|ch|eks?|ers?|ss)")
_YEAR = re.compile(r"(19|20)\d\d|\d{4}s|mid-\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """Words ``[start, end)`` that are a name; without a label, words of which nothing is known."""

    start: int
    end: int
    labels: tuple[str, ...]


def part_of(items: Iterable[_Item], part: Part, every: int = HELD_OUT) -> Iterator[_Item]:
    """Keep every so manieth item for the part "dev", the others for the part "train"."""
    return (item for number, item in enumerate(items) if (number % every == every - 1) == (part == "dev"))


def read_text(path: Path, encoding: str = "utf-8") -> str:
    try:
        return path.read_bytes().decode(encoding)  # as bytes: offsets count every character of a line's end
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: {error}") from error


def read_json(path: Path) -> Any:
    try:
        return json.loads(read_text(path, "utf-8-sig"))
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error


def find_files(folder: Path, pattern: str) -> list[Path]:
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise CorpusError(f"{folder}: no file {pattern}")
    return paths


def mask(prefixes: str, labels: Iterable[str]) -> int:
    """Return the sum of the labels' tags with any of the prefixes."""
    return sum(TAG_BIT[f"{prefix}-{label}"] for label in labels for prefix in prefixes)


def masks_of(outside: Iterable[int], names: Iterable[Name]) -> tuple[int, ...]:
    masks = list(outside)
    for name in names:
        for index in range(name.start, name.end):
            masks[index] = mask("I" if index > name.start else "B", name.labels) or ANY_TAG
    return tuple(masks)


def longest(names: Iterable[Name]) -> list[Name]:
    """Return the names that no longer one overlaps; the first of equals stays."""
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda name: name.start - name.end):
        if taken.isdisjoint(range(name.start, name.end)):
            taken.update(range(name.start, name.end))
            kept.append(name)
    return kept


def runs(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, label)`` of each run of tags, be they IO, BIO or BIOES."""
    start = 0
    for index in range(1, len(tags) + 1):
        label = tags[index - 1][2:]
        if index < len(tags) and tags[index][2:] == label and tags[index][:1] not in {"B", "S"}:
            continue
        if label:
            yield start, index, label
        start = index


def is_date_word(word: str) -> bool:
    return word.lower() in WORDS["calendar"] or _YEAR.fullmatch(word) is not None


def is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def outside_masks(words: Sequence[str], firsts: set[int], capitals: Sequence[str]) -> list[int]:
    """Return the masks of words outside names, in a corpus without dates, money and labels ``capitals``."""
    numeric = [_says_when_or_how_much(word) for word in words]
    masks = []
    for index, word in enumerate(words):
        allowed = TAG_BIT["O"]
        if is_capitalised(word) and index not in firsts:
            allowed |= mask("BI", capitals)
        if any(numeric[max(0, index - 1) : index + 2]):  # "last week", "5 million": their neighbours too
            allowed |= mask("BI", ("DATE", "MONEY"))
        masks.append(allowed)
    return masks


def _says_when_or_how_much(word: str) -> bool:
    known = WORDS["around_dates"] | WORDS["magnitudes"] | WORDS["currencies"]
    return word.lower() in known or any(char.isdigit() for char in word) or is_date_word(word)


def without_titles(words: Sequence[str], start: int, end: int) -> int:
    """Return where a person's name starts; ``end`` if it is nothing but titles."""
    if all(word.lower() in TITLES for word in words[start:end]):
        return end
    for index in range(start, end - 1):
        word = words[index].lower()
        if word in WORDS["offices"] or (index == start and word in WORDS["honorifics"]):
            start = index + 1
    return start


# --- Texts, and texts that were cut into words -----------------------------------------------------------

_GLUED_LEFT = frozenset([",", ".", ";", ":", "?", "!", ")", "]", "}", "%", "'", "’", "”", "''"]) | {
    "'s",
    "’s",
    "n't",
    "n’t",
    "'re",
    "'ve",
    "'ll",
    "'d",
    "'m",
}
_CONTRACTED = frozenset(["s", "t", "re", "ve", "ll", "d", "m"])
_GLUED_RIGHT = frozenset(["(", "[", "{", "$", "#", "£", "€", "“", "‘", "``"])


def guess_gaps(sentences: Iterable[Sequence[str]], *, hyphens_cut: bool = False) -> list[int]:
    """Return what a typesetter would leave between words: corpora cut into words do not say.

    Args:
        sentences: their words.
        hyphens_cut: whether "two-month" is three words, so that a hyphen is rarely a dash.
    """
    gaps: list[int] = []
    for sentence in sentences:
        gaps.append(SPACE if gaps else NO_GAP)
        in_quotes = sentence[0] == '"'
        for before, word in pairwise(sentence):
            glued = _glued(before, word) or (in_quotes and '"' in (before, word))
            glued |= hyphens_cut and ((word == "-" and before[-1].isalnum()) or before == "-")
            gaps.append(NO_GAP if glued else SPACE)
            in_quotes ^= word == '"'
    return gaps


def _glued(before: str, word: str) -> bool:
    contracted = before in {"'", "’"} and word in _CONTRACTED
    return word in _GLUED_LEFT or before in _GLUED_RIGHT or contracted


@cache
def _english() -> Language:
    return spacy.blank("en")


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut into words as at run time."""

    words: tuple[str, ...]
    gaps: tuple[int, ...]
    word_at: tuple[int, ...]  # by character, -1 between words

    @classmethod
    def of(cls, text: str) -> Text:
        tokens = [token for token in _english().make_doc(text) if not token.is_space]
        word_at = [-1] * len(text)
        gaps, end = [], 0
        for index, token in enumerate(tokens):
            between = text[end : token.idx]
            gaps.append(_gap(between) if index else NO_GAP)
            end = token.idx + len(token)
            word_at[token.idx : end] = [index] * len(token)
        return cls(tuple(token.text for token in tokens), tuple(gaps), tuple(word_at))

    def words_of(self, begin: int, end: int) -> tuple[int, int] | None:
        """Return the words ``[start, end)`` that share a character with the span, if any does."""
        inside = [index for index in self.word_at[max(0, begin) : end] if index >= 0]
        return (inside[0], inside[-1] + 1) if inside else None


def _gap(between: str) -> int:
    if "\n" in between or "\r" in between:
        return LINE_BREAK
    return SPACE if between else NO_GAP


def read_columns(path: Path) -> Iterator[TaggedSentence]:
    """Yield the sentences of a file with a word and its tag on each line; more columns are passed over."""
    sentence: TaggedSentence = []
    for number, line in enumerate((*read_text(path).split("\n"), ""), start=1):
        columns = line.strip().split("\t" if "\t" in line else " ")
        if len(columns) >= 2:
            sentence += _tagged(columns[0].split(), columns[1])
        elif line.strip():
            raise CorpusError(f"{path}:{number}: one column, at least 2 wanted")
        elif sentence:
            yield sentence
            sentence = []


def _tagged(words: Sequence[str], tag: str) -> TaggedSentence:
    """Return words that the corpus takes for one ("5 p.m."), the later ones going on with its name."""
    return [(word, f"I-{tag[2:]}" if index and tag != "O" else tag) for index, word in enumerate(words)]


def first_words(sentences: Iterable[Sequence[Any]]) -> set[int]:
    """Return the index of each sentence's first word."""
    firsts, total = set[int](), 0
    for sentence in sentences:
        firsts.add(total)
        total += len(sentence)
    return firsts


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Which names are countries, which words are their peoples."""

    places: frozenset[str]
    peoples: frozenset[str]

    def is_people(self, words: Sequence[str]) -> bool:
        last = words[-1]
        if " ".join(words) in self.places or (last in self.places and last not in self.peoples):
            return False
        return self.knows_people(last) or _PEOPLE_ENDING.fullmatch(last) is not None

    def knows_people(self, word: str) -> bool:
        return word in self.peoples or word.removesuffix("s") in self.peoples


@cache
def load_gazetteer(root: Path) -> Gazetteer:
    """Return the names of countries, their capitals and their peoples."""
    countries = read_json(root / "mledoze+countries/dist/countries.json")
    places, spellings = set(_TOML["words"]["places"]), set[str]()
    peoples = {word.capitalize() for word in WORDS["peoples"]}
    for country in countries:
        places |= {country["name"]["common"], country["name"]["official"], *country.get("capital", ())}
        spellings |= {name for name in country.get("altSpellings", ()) if len(name) > 3}  # shorter: codes
        peoples |= set(country.get("demonyms", {}).get("eng", {}).values())
    return Gazetteer(frozenset(places | (spellings - peoples)), frozenset(peoples - places))
