"""Coreference as corpora annotate it: GUM's entities (``Entity=``), and GAP's pronouns with two names each.

GUM writes ``Entity=(7-person-giv:act-sssss-cf1-1,2-coref-Some_Title`` where mention of thing 7 opens and
``7)`` where it closes; brackets nest. The fields are named in each file's ``# global.Entity``. GAP is
https://github.com/google-research-datasets/gap-coreference: Wikipedia passages as plain text,
tab-separated.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractors.training.conllu import TreebankDocument, TreebankWord, read_conllu
from extractors.training.samples import CorpusError, Part

GapPart = Literal["development", "validation"]
GoldKind = Literal["name", "pronoun", "nominal"]

_BRACKET = re.compile(r"\((\d+)-([^()]*)(\))?|(\d+)\)")
# Fields behind the thing's number; the title of a Wikipedia article, the last, may hold hyphens.
_TYPE, _SALIENCE, _CORE, _TITLE = 0, 2, 4, 6
_PROPER = frozenset({"NNP", "NNPS"})
_PERSONAL = frozenset({"PRP", "PRP$"})
_GAP_COLUMNS = (
    "ID",
    "Text",
    "Pronoun",
    "Pronoun-offset",
    "A",
    "A-offset",
    "A-coref",
    "B",
    "B-offset",
    "B-coref",
)


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Words ``[start, end)`` of a document that refer to a thing."""

    start: int
    end: int
    core: tuple[
        int, ...
    ]  # the words without which it would not be the same: "Lena Moor" of "the late Lena Moor"
    head: int  # of the core, by the tree
    thing: str  # mentions of one thing share it
    type: str  # GUM's: person, place, organization, object, event, time, abstract, …
    kind: GoldKind
    salience: float = 0.0  # of its thing: the share of the document's summaries that mention it


@dataclass(frozen=True, slots=True)
class CoreferenceDocument:
    """A document of GUM: words as in Sample, and what they refer to."""

    id: str
    words: tuple[str, ...]
    gaps: tuple[int, ...]
    mentions: tuple[GoldMention, ...]  # in text order, the longer of two that start together first


@dataclass(frozen=True, slots=True)
class GapName:
    """A name of a passage: characters ``[start, end)``, and whether the passage's pronoun means it."""

    start: int
    end: int
    is_meant: bool


@dataclass(frozen=True, slots=True)
class GapPassage:
    """A text with one pronoun, characters ``[start, end)``, and two names that it might mean."""

    id: str
    text: str
    start: int
    end: int
    names: tuple[GapName, GapName]

    @property
    def is_masculine(self) -> bool:
        return self.text[self.start : self.end].lower() in {"he", "him", "his"}


def read_gum_coreference(root: Path, part: Part) -> Iterator[CoreferenceDocument]:
    """Yield the documents of GUM in the order of ``gum.read_gum``."""
    for path in sorted((root / "amir-zeldes+gum/dep" / part).glob("*.conllu")):
        for document in read_conllu(path):
            words = document.words
            yield CoreferenceDocument(
                document.id,
                tuple(word.text for word in words),
                tuple(word.gap for word in words),
                tuple(find_gold_mentions(document)),
            )


def find_gold_mentions(document: TreebankDocument) -> list[GoldMention]:
    """Return a document's mentions in text order; a bracket without its partner is dropped."""
    found = [_mention(document.words, *bracket) for bracket in brackets_of(document)]
    return sorted(found, key=lambda one: (one.start, -one.end))


def brackets_of(document: TreebankDocument) -> Iterator[tuple[int, int, str, list[str]]]:
    """Yield the words ``[start, end)``, the thing and the fields of each mention, as brackets close."""
    opened: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for place, word in enumerate(document.words):
        for new, fields, is_closed, old in _BRACKET.findall(word.entity):
            if new:
                opened[new].append((place, fields.split("-", _TITLE)))
            thing = new if is_closed else old
            if thing and opened[thing]:
                start, values = opened[thing].pop()
                yield start, place + 1, thing, values


def _mention(
    words: Sequence[TreebankWord], start: int, end: int, thing: str, values: Sequence[str]
) -> GoldMention:
    core = _core(start, end, values[_CORE] if len(values) > _CORE else "")
    head = next((place for place in core if words[place].syntax.head not in core), core[0])
    kind: GoldKind = "nominal"
    if words[head].syntax.xpos in _PROPER:
        kind = "name"
    elif end - start == 1 and words[head].syntax.xpos in _PERSONAL:
        kind = "pronoun"
    votes = values[_SALIENCE] if len(values) > _SALIENCE else ""
    salience = votes.count("s") / max(1, len(votes))
    return GoldMention(start, end, core, head, thing, values[_TYPE], kind, salience)


def _core(start: int, end: int, cell: str) -> tuple[int, ...]:
    """Return the words that a cell like "2,3" counts from the mention's first, else the whole mention."""
    places = [start + int(number) - 1 for number in cell.split(",") if number.isdigit()]
    inside = tuple(sorted(place for place in places if start <= place < end))
    return inside or tuple(range(start, end))


def read_gap(root: Path, part: GapPart) -> Iterator[GapPassage]:
    """Yield GAP's passages.

    Raises:
        CorpusError: If a row lacks a column, or an offset does not point at its word.
    """
    path = root / f"google-research-datasets+gap-coreference/gap-{part}.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if any(row.get(column) is None for column in _GAP_COLUMNS):
                raise CorpusError(f"{path}:{rows.line_num}: a column is missing")
            yield _passage(path, rows.line_num, row)


def _passage(path: Path, number: int, row: dict[str, str]) -> GapPassage:
    def span(column: str) -> tuple[int, int]:
        word, offset = row[column], row[f"{column}-offset"]
        start = int(offset) if offset.isdigit() else -1
        if start < 0 or not row["Text"].startswith(word, start):
            raise CorpusError(f"{path}:{number}: {word!r} does not stand at {offset!r}")
        return start, start + len(word)

    first, second = (GapName(*span(column), row[f"{column}-coref"] == "TRUE") for column in ("A", "B"))
    return GapPassage(row["ID"], row["Text"], *span("Pronoun"), (first, second))
