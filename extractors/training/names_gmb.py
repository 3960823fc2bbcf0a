"""Reader of the Groningen Meaning Bank: a large corpus of world news whose names a machine found and we mend.

Known faults and what is done: titles stand inside people's names (cut off), nations and their peoples share
a label (told apart by a list of countries), numbers pass for dates (then nothing is said), sums of money are
not annotated (found by pattern), the file does not say where documents end (three sentences are a sample).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from extractors.training.names_common import (
    LABELS,
    TITLES,
    WORDS,
    Gazetteer,
    Name,
    TaggedSentence,
    guess_gaps,
    is_capitalised,
    is_date_word,
    load_gazetteer,
    mask,
    masks_of,
    part_of,
    runs,
    without_titles,
)
from extractors.training.samples import TAG_BIT, CorpusError, Part, Sample

_HELD_OUT = 20  # every so manieth group of sentences
_GROUP = 3  # sentences of a sample: the file does not say where documents end
_TYPOGRAPHY = str.maketrans({"\x91": "'", "\x92": "'", "\x93": '"', "\x94": '"', " ": None, "\xa0": None})
_IN_DATES = WORDS["in_dates"] | WORDS["around_dates"]
_FIGURE = re.compile(r"[$€£]?[\d.,]*\d[\d.,]*")


def read_gmb(root: Path, part: Part) -> Iterator[Sample]:
    """Yield groups of sentences of the Groningen Meaning Bank, its names mended where rules can."""
    gazetteer = load_gazetteer(root)
    sentences = list(_gmb_sentences(root / "alexisperrier+UM6P_NLP_NOV2019/data/ner_dataset.csv.zip"))
    groups = [sentences[start : start + _GROUP] for start in range(0, len(sentences), _GROUP)]
    for number, group in part_of(enumerate(groups), part, _HELD_OUT):
        words = [[word for word, _ in sentence] for sentence in group]
        yield Sample(
            corpus="gmb",
            id=f"gmb-{number}",
            words=tuple(word for sentence in words for word in sentence),
            gaps=tuple(guess_gaps(words)),
            name_masks=tuple(allowed for sentence in group for allowed in _gmb_masks(sentence, gazetteer)),
            sentence_starts=tuple(index == 0 for sentence in words for index in range(len(sentence))),
        )


def _gmb_sentences(path: Path) -> Iterator[TaggedSentence]:
    """Yield the sentences of words and tags, but for the last, which the file cuts off."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("ner_dataset.csv").decode("latin-1")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise CorpusError(f"{path}: {error}") from error
    sentence: TaggedSentence = []
    for row in list(csv.reader(io.StringIO(text)))[1:]:
        if len(row) != 4:
            raise CorpusError(f"{path}: a row of {len(row)} columns, 4 wanted: {row}")
        if row[0] and sentence:
            yield sentence
            sentence = []
        if word := row[1].strip().translate(_TYPOGRAPHY):
            sentence.append((word, row[3]))


def _gmb_masks(sentence: Sequence[tuple[str, str]], gazetteer: Gazetteer) -> tuple[int, ...]:
    words = [word for word, _ in sentence]
    names = [_gmb_name(words, run, gazetteer) for run in runs([tag for _, tag in sentence])]
    outside = [_gmb_outside(word, first=index == 0) for index, word in enumerate(words)]
    return masks_of(outside, (*_joined(words, names), *_sums_of_money(words)))


def _gmb_outside(word: str, *, first: bool) -> int:
    allowed = TAG_BIT["O"]
    if is_capitalised(word) and not first and word.lower() not in TITLES:
        allowed |= mask("BI", ("FAC", "PRODUCT"))
    if word[0].isdigit() or is_date_word(word):
        allowed |= mask("BI", ("DATE", "MONEY"))
    return allowed


def _gmb_name(words: Sequence[str], run: tuple[int, int, str], gazetteer: Gazetteer) -> Name:
    start, end, kind = run
    match kind:
        case "per" if end == start + 1 and words[start].lower() in WORDS["not_people"]:
            return Name(start, end, ())
        case "per":
            return Name(without_titles(words, start, end), end, ("PERSON",))
        case "gpe":
            return Name(start, end, ("NORP",) if gazetteer.is_people(words[start:end]) else ("LOC",))
        case "tim":
            return _gmb_date(words, start, end)
        case "eve":
            return _gmb_event(words, start, end)
        case "geo" | "org" if " ".join(words[start:end]) in gazetteer.places:
            return Name(start, end, ("LOC",))  # a country that acts is still a place to us
        case "geo" | "org" | "art" if end == start + 1 and gazetteer.knows_people(words[start]):
            return Name(start, end, ("NORP",))
    return Name(start, end, tuple(LABELS["gmb"].get(kind, ())))


def _gmb_date(words: Sequence[str], start: int, end: int) -> Name:
    """Return a date without its preposition; of a number ("several") or "January vote" nothing is said."""
    while start < end - 1 and words[start].lower() in WORDS["before_dates"]:
        start += 1
    date = words[start:end]
    plain = all(is_date_word(word) or word[0].isdigit() or word.lower() in _IN_DATES for word in date)
    return Name(start, end, ("DATE",) if plain and any(map(is_date_word, date)) else ())


def _gmb_event(words: Sequence[str], start: int, end: int) -> Name:
    while start > 0 and words[start - 1] in {"World", "War"}:  # of "World War II" only the number is tagged
        start -= 1
    return Name(start, end, ("MISC",))


def _joined(words: Sequence[str], names: Sequence[Name]) -> Iterator[Name]:
    """Yield the names, "South" and "Korean", "Sri" and "Lanka" as one."""
    waiting: Name | None = None
    for name in names:
        halves = waiting is not None and waiting.end == name.start and name.labels in {("NORP",), ("LOC",)}
        if waiting is not None and halves:
            yield Name(waiting.start, name.end, name.labels)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        is_half = name.end == name.start + 1 and words[name.start] in {"North", "South", "Sri"}
        waiting = name if is_half else None
        if not is_half:
            yield name
    if waiting is not None:
        yield waiting


def _sums_of_money(words: Sequence[str]) -> Iterator[Name]:
    index = 0
    while index < len(words):
        end = _end_of_figure(words, index)
        while end and end < len(words) and words[end].lower() in WORDS["magnitudes"]:
            end += 1
        if end:
            yield Name(index, end, ("MONEY",))
        index = end or index + 1


def _end_of_figure(words: Sequence[str], index: int) -> int:
    word, after = words[index], words[index + 1 : index + 2]
    if word in {"$", "€", "£", "US$"} and after and _FIGURE.fullmatch(after[0]):
        return index + 2
    return index + 1 if word[0] in "$€£" and _FIGURE.fullmatch(word) else 0
