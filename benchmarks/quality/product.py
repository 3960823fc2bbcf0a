"""Texts through the whole product as ``newsgraph extract`` sends them, and what the network alone said.

A component behind the reader notes the names and attributions as the network marked them, before known
names and rules change them: the difference is what the rules mend and what they spoil.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import tee
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from benchmarks.quality.gold_texts import CharSpan, GoldText
from extractors.drafts import MIN_CONFIDENCE
from extractors.pipeline import extract, load_pipeline
from extractors.reader import ATTRIBUTION, CONFIDENCE, attribution_key, name_key
from newsgraph.records import Article, Extraction


@dataclass(frozen=True, slots=True)
class FoundName:
    """Characters ``[start, end)`` that are a name or a value."""

    start: int
    end: int
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """Who said what, as characters."""

    source: tuple[CharSpan, ...]
    cue: tuple[CharSpan, ...]
    content: tuple[CharSpan, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in a text: by the network alone, and in the end."""

    network_names: tuple[FoundName, ...]
    network_attributions: tuple[FoundAttribution, ...]
    extraction: Extraction

    @property
    def names(self) -> tuple[FoundName, ...]:
        return tuple(
            FoundName(one.start, one.end, one.type, one.confidence)
            for one in self.extraction.mentions
            if one.kind in {"name", "value"}
        )

    @property
    def attributions(self) -> tuple[FoundAttribution, ...]:
        return tuple(
            FoundAttribution(one.source, one.cue, one.content, one.confidence)
            for one in self.extraction.attributions
        )


@dataclass(slots=True)
class Notes:
    """The component that notes what the network marked."""

    taken: deque[tuple[tuple[FoundName, ...], tuple[FoundAttribution, ...]]] = field(default_factory=deque)

    def __call__(self, doc: Doc) -> Doc:
        self.taken.append((tuple(_names(doc)), tuple(_attributions(doc))))
        return doc


@Language.factory("newsgraph_benchmark_notes")
def make_notes(nlp: Language, name: str) -> Notes:
    return Notes()


@dataclass(frozen=True, slots=True)
class Product:
    """The pipeline of a model, with the notes taken in it."""

    nlp: Language
    notes: Notes

    @classmethod
    def load(cls, model_dir: Path, *, threads: int = 1) -> Product:
        nlp = load_pipeline(model_dir, threads=threads)
        notes = nlp.add_pipe("newsgraph_benchmark_notes", after="newsgraph_reader")
        assert isinstance(notes, Notes)  # noqa: S101 - what make_notes made
        return cls(nlp, notes)

    def read(self, texts: Iterable[GoldText]) -> Iterator[tuple[GoldText, Reading]]:
        """Yield each text with what was read in it, in order."""
        golds, sources = tee(texts)
        articles = (Article(id=one.id, text=one.text) for one in sources)
        for gold, extraction in zip(golds, extract(self.nlp, articles), strict=True):
            yield gold, Reading(*self.notes.taken.popleft(), extraction)


def _names(doc: Doc) -> Iterator[FoundName]:
    confidence = doc.user_data[CONFIDENCE]
    for ent in doc.ents:
        sure = confidence[name_key(ent.start, ent.end)]
        yield FoundName(ent.start_char, ent.end_char, ent.label_, sure)


def _attributions(doc: Doc) -> Iterator[FoundAttribution]:
    confidence = doc.user_data[CONFIDENCE]
    roles: dict[int, dict[str, list[CharSpan]]] = {}
    for span in doc.spans[ATTRIBUTION]:
        parts = roles.setdefault(span.id, {"SOURCE": [], "CUE": [], "CONTENT": []})
        parts[span.label_].append((span.start_char, span.end_char))
    for number, parts in sorted(roles.items()):
        sure = confidence[attribution_key(number)]
        if sure >= MIN_CONFIDENCE:
            yield FoundAttribution(tuple(parts["SOURCE"]), tuple(parts["CUE"]), tuple(parts["CONTENT"]), sure)
