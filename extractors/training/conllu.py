"""Treebanks in the CoNLL-U format of Universal Dependencies, with what EWT and GUM share.

Format: https://universaldependencies.org/format.html. Masks of names say only what a corpus says: a label
that it does not annotate is allowed wherever the word could carry it, denied elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.training.samples import LINE_BREAK, NO_GAP, SPACE, TAG_BIT, CorpusError, Sample, WordSyntax

OUTSIDE = TAG_BIT["O"]
TITLES = frozenset(
    """
    president vice prime minister mr mr. mrs mrs. ms ms. miss dr dr. doctor sir lord lady dame senator
    sen. sen governor gov. general gen. king queen prince princess emperor pope chancellor secretary
    professor prof. prof judge justice captain capt. colonel col. major lieutenant lt. sergeant chief
    officer ceo cfo speaker congressman congresswoman rep. representative mayor ambassador director
    chairman chairwoman chair counsel attorney mom dad mother father rev. reverend saint sheikh deputy
    commissioner executive madam
    """.split()  # noqa: SIM905
)
CALENDAR = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)days?|(jan|febr)uary|march|april|may|june|july|august"
    r"|(septem|octo|novem|decem)ber|(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|(1\d|20)\d\d(s|'s)?",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    rf"{CALENDAR.pattern}|.*\d.*|today|tonight|tomorrow|yesterday|.*(day|week|month|year|decade|century|centurie|season|quarter)s?|"
    r"spring|summer|autumn|fall|winter|night|morning|evening|afternoon|weekend|minutes?|hours?|now|ago|"
    r"christmas|easter|ramadan|eve|(mon|tue|wed|thu|fri|sat|sun)\.?|[ap]\.?m\.?",
    re.IGNORECASE,
)
CURRENCY = re.compile(
    r".*[$€£¥₹].*|(dollar|euro|pound|cent|yen|yuan|rupee|ruble|rouble|peso|franc|dinar|shekel|riyal|penny|buck)s?"
    r"|pence|pennies|usd|eur|gbp",
    re.IGNORECASE,
)
NEVER_A_DATE = frozenset({"VERB", "AUX", "PRON", "INTJ", "SCONJ"})  # nor a sum of money
_REACH = 3  # how far a date or a sum of money is thought to reach around the word that gives it away


@dataclass(frozen=True, slots=True)
class TreebankWord:
    """One syntactic word of a CoNLL-U file."""

    text: str
    gap: int  # before it
    syntax: WordSyntax  # its head counted from the start of the document
    starts_sentence: bool
    entity: str  # GUM's Entity=, or nothing


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    """The words of a ``# newdoc``, and where its sentences start."""

    id: str
    words: tuple[TreebankWord, ...]
    sentence_starts: dict[str, int]  # by sent_id


@dataclass(frozen=True, slots=True)
class _Sentence:
    newdoc: str  # the new document's id, or nothing
    id: str
    new_paragraph: bool
    rows: tuple[tuple[int, list[str]], ...]  # (line number, columns)


def read_conllu(path: Path) -> Iterator[TreebankDocument]:
    """Yield the documents of a CoNLL-U file, empty nodes left out."""
    document_id, sentences = path.stem, list[_Sentence]()
    for sentence in _read_sentences(path):
        if sentence.newdoc:
            if sentences:
                yield _build_document(path, document_id, sentences)
            document_id, sentences = sentence.newdoc, []
        sentences.append(sentence)
    if sentences:
        yield _build_document(path, document_id, sentences)


def _read_sentences(path: Path) -> Iterator[_Sentence]:
    comments: dict[str, str] = {}
    rows: list[tuple[int, list[str]]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate((*lines, "\n"), start=1):
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line.strip():
                rows.append((number, _split_row(path, number, line)))
            elif rows:
                paragraph = any(key.startswith("newpar") for key in comments)
                newdoc = comments.get("newdoc id", path.stem if "newdoc" in comments else "")
                yield _Sentence(newdoc, comments.get("sent_id", ""), paragraph, tuple(rows))
                comments, rows = {}, []


def _split_row(path: Path, number: int, line: str) -> list[str]:
    columns = line.rstrip("\r\n").split("\t")
    if len(columns) != 10:
        raise CorpusError(f"{path}:{number}: {len(columns)} columns, CoNLL-U has 10")
    return columns


def _build_document(path: Path, document_id: str, sentences: list[_Sentence]) -> TreebankDocument:
    words: list[TreebankWord] = []
    starts: dict[str, int] = {}
    gap = NO_GAP
    for sentence in sentences:
        if words and sentence.new_paragraph:
            gap = LINE_BREAK
        starts[sentence.id] = len(words)
        gap = _append_words(words, path, sentence, gap)
    return TreebankDocument(document_id, tuple(words), starts)


def _append_words(words: list[TreebankWord], path: Path, sentence: _Sentence, gap: int) -> int:
    """Append the sentence's words; return the gap that follows its last one."""
    base, range_end, range_glued = len(words), 0, False
    for number, columns in sentence.rows:
        glued = "SpaceAfter=No" in columns[9].split("|")
        if "-" in columns[0]:
            range_end, range_glued = _range_end(path, number, columns[0]), glued
        elif "." not in columns[0]:
            words.append(_build_word(path, number, columns, gap=gap, base=base))
            index = len(words) - base
            inside, last = index < range_end, index == range_end
            gap = NO_GAP if inside or (range_glued if last else glued) else SPACE
    return gap


def _range_end(path: Path, number: int, cell: str) -> int:
    try:
        return int(cell.split("-")[1])
    except ValueError as error:
        raise CorpusError(f"{path}:{number}: {cell!r} is not a range of words") from error


def _build_word(path: Path, number: int, columns: list[str], *, gap: int, base: int) -> TreebankWord:
    try:
        index, head = int(columns[0]), int(columns[6])
    except ValueError as error:
        raise CorpusError(f"{path}:{number}: word number or head is not a number") from error
    syntax = WordSyntax(columns[3], columns[4], base + head - 1 if head else -1, columns[7])
    notes = dict(note.partition("=")[::2] for note in columns[9].split("|"))
    return TreebankWord(columns[1], gap, syntax, index == 1, notes.get("Entity", ""))


def treebank_sample(corpus: str, document: TreebankDocument, masks: Sequence[int]) -> Sample:
    words = document.words
    return Sample(
        corpus=corpus,
        id=document.id,
        words=tuple(word.text for word in words),
        gaps=tuple(word.gap for word in words),
        name_masks=tuple(masks),
        syntax=tuple(word.syntax for word in words),
        sentence_starts=tuple(word.starts_sentence for word in words),
    )


def outside_masks(words: Sequence[TreebankWord]) -> list[int]:
    """Return the mask of a word outside all names, where neither dates nor sums of money are annotated."""
    dates = near_words(words, _TIME_WORD)
    money = near_words(words, CURRENCY)
    return [
        OUTSIDE | (both("DATE") if date else 0) | (both("MONEY") if sum_of_money else 0)
        for date, sum_of_money in zip(dates, money, strict=True)
    ]


def near_words(words: Sequence[TreebankWord], pattern: re.Pattern[str]) -> list[bool]:
    near = [False] * len(words)
    for index, word in enumerate(words):
        if word.syntax.upos not in NEVER_A_DATE and pattern.fullmatch(word.text):
            first, last = max(0, index - _REACH), min(len(words), index + _REACH + 1)
            near[first:last] = [True] * (last - first)
    return [flag and word.syntax.upos not in NEVER_A_DATE for flag, word in zip(near, words, strict=True)]


def is_capitalised(word: TreebankWord) -> bool:
    return word.text[:1].isupper()


def both(*labels: str) -> int:
    return begin(*labels) | inside(*labels)


def begin(*labels: str) -> int:
    return sum(TAG_BIT[f"B-{label}"] for label in labels)


def inside(*labels: str) -> int:
    return sum(TAG_BIT[f"I-{label}"] for label in labels)
