"""PropBank over EWT as attributions: who says, thinks or knows (ARG0), by which word (V), what (ARG1).

Format: one word a line in blank-separated columns, [WORD] for the word itself, the sense of a predicate, and
for each predicate in turn a column of brackets, https://github.com/propbank/propbank-release. Words come
from UD English EWT, sentence by sentence; sentences that the two cut into words differently end a sample.
Which senses attribute something, and to whom, is told in propbank_senses.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from extractors.training.conllu import TreebankWord, read_conllu
from extractors.training.samples import CorpusError, GoldAttribution, Part, Sample

_FOLDER = "propbank+propbank-release/data/google/ewt"
_SENTENCE_ID = re.compile(r"(?P<genre>[a-z]+)-(?P<document>.+)-(?P<number>\d{4})")
_SENSE, _FIRST_FRAME = 7, 8  # columns
_OPENED = re.compile(r"\(([^()*]+)\*")


@cache
def senses() -> dict[str, tuple[str, str]]:
    """Return for each sense that attributes something the arguments that are source and content."""
    lines = Path(__file__).with_name("propbank_senses.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {sense: (source, content) for sense, source, content in rows}


def read_propbank(root: Path, part: Part) -> Iterator[Sample]:
    """Yield runs of EWT's sentences with the attributions that PropBank's predicates make."""
    frames: dict[Path, list[list[list[str]]]] = {}
    for document in read_conllu(root / f"UniversalDependencies+UD_English-EWT/en_ewt-ud-{part}.conllu"):
        words: list[TreebankWord] = []
        attributions: list[GoldAttribution] = []
        ends = [*list(document.sentence_starts.values())[1:], len(document.words)]
        for (sentence_id, start), end in zip(document.sentence_starts.items(), ends, strict=True):
            rows = _rows_of(root / _FOLDER, sentence_id, frames)
            if len(rows) != end - start:
                yield from _sample(document.id, words, attributions)
                words, attributions = [], []
                continue
            attributions += _attributions(rows, len(words))
            words += document.words[start:end]
        yield from _sample(document.id, words, attributions)


def _rows_of(folder: Path, sentence_id: str, frames: dict[Path, list[list[list[str]]]]) -> list[list[str]]:
    """Return the rows of one sentence; none where PropBank lacks its document."""
    found = _SENTENCE_ID.fullmatch(sentence_id)
    if found is None:
        return []
    path = folder / found["genre"] / "00" / f"{found['document']}.xml.gold_skel"
    if path not in frames:
        frames[path] = list(_read_sentences(path)) if path.is_file() else []
    number = int(found["number"]) - 1
    return frames[path][number] if number < len(frames[path]) else []


def _read_sentences(path: Path) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate((*lines, "\n"), start=1):
            columns = line.split()
            if columns and len(columns) < _FIRST_FRAME:
                raise CorpusError(f"{path}:{number}: {len(columns)} columns, at least {_FIRST_FRAME} wanted")
            if columns:
                rows.append(columns)
            elif rows:
                yield rows
                rows = []


def _attributions(rows: Sequence[Sequence[str]], first: int) -> Iterator[GoldAttribution]:
    predicates = [row[_SENSE] for row in rows if row[_SENSE] != "-"]
    for frame, sense in enumerate(predicates):
        if sense in senses():
            source, content = senses()[sense]
            arguments = _arguments([row[_FIRST_FRAME + frame] for row in rows], first)
            if content in arguments and "V" in arguments:
                yield GoldAttribution(arguments.get(source, ()), arguments["V"], arguments[content])


def _arguments(cells: Sequence[str], first: int) -> dict[str, tuple[int, ...]]:
    """Return the words of each argument: "(ARG1*" opens one, "*)" closes it; "C-ARG1" goes on with ARG1."""
    found: dict[str, list[int]] = {}
    label = ""
    for place, cell in enumerate(cells, first):
        if (opened := _OPENED.search(cell)) is not None:
            label = opened[1].removeprefix("C-")
        if label:
            found.setdefault(label, []).append(place)
        if ")" in cell:
            label = ""
    return {name: tuple(places) for name, places in found.items()}


def _sample(
    document: str, words: Sequence[TreebankWord], attributions: Sequence[GoldAttribution]
) -> Iterator[Sample]:
    if words:
        texts, gaps = tuple(word.text for word in words), tuple(word.gap for word in words)
        unique = sorted(set(attributions), key=lambda one: (one.cue, one.content))
        yield Sample("propbank", document, texts, gaps, attributions=tuple(unique))
