"""Texts without any gold, of which only the teacher says what stands in them: speeches, ECB+, Re-DocRED."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from extractors.training.names_common import Text, find_files, guess_gaps, read_json, read_text
from extractors.training.samples import CorpusError, Part, Sample

SPEECHES = "SarahFranzen+Emotions_in_the_United_Nations_General_Debates/data/data_original/TXT"
EVERY_SPEECH = 9  # a ninth of them: they are many, and all of one kind
ECB = "tommasoc80+EventStoryLine/ECB+_LREC2014/ECB+"
WIKIPEDIA = "tonytan48+Re-DocRED/data"


def read_plain(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the texts; there is nothing to hold out, so the part "dev" is empty."""
    if part == "dev":
        return
    yield from _speeches(root / SPEECHES)
    for path in find_files(root / ECB, "*/*.xml"):
        yield _sample(f"ecb-{path.stem}", _sentences_of(path))
    for path in find_files(root / WIKIPEDIA, "*.json"):
        for document in read_json(path):
            yield _sample(document["title"], document["sents"])


def _speeches(folder: Path) -> Iterator[Sample]:
    for path in find_files(folder, "*/*.txt")[::EVERY_SPEECH]:
        text = Text.of(read_text(path, "utf-8-sig"))
        yield Sample("plain", path.stem, text.words, text.gaps)


def _sentences_of(path: Path) -> list[list[str]]:
    sentences: defaultdict[str, list[str]] = defaultdict(list)
    try:
        for token in ElementTree.fromstring(read_text(path)).iter("token"):  # noqa: S314 - a corpus's own file
            if word := (token.text or "").strip():
                sentences[token.attrib["sentence"]].append(word)
    except (ElementTree.ParseError, KeyError) as error:
        raise CorpusError(f"{path}: {error}") from error
    return list(sentences.values())


def _sample(name: str, sentences: list[list[str]]) -> Sample:
    sentences = [sentence for sentence in sentences if sentence]
    words = tuple(word for sentence in sentences for word in sentence)
    return Sample("plain", name, words, tuple(guess_gaps(sentences)))
