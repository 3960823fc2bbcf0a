"""The development parts as raw texts with gold: what the whole product is measured on.

The treebanks say which words no space parts and where paragraphs begin (rebuilt with an empty line between
them); PolNeAR and GAP have texts of their own. The corpora of names that were cut into words get the spaces
that a typesetter would set (names_common.guess_gaps): no space before "," and "’s", none inside "“ ”", none
around a hyphen between letters in Worldwide newswire; of dashes, slashes and primes it may guess wrong. A
block of lines in a file of Worldwide newswire is taken for a paragraph: most hold several sentences.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.training.coreference import (
    CoreferenceDocument,
    GapPart,
    GapPassage,
    read_gap,
    read_gum_coreference,
)
from extractors.training.gum import read_gum
from extractors.training.names_common import find_files, first_words, read_columns
from extractors.training.names_corpora import read_worldwide
from extractors.training.polnear import CharAttribution, read_standoff
from extractors.training.samples import LINE_BREAK, CharSpan, CorpusError, Sample, text_from_words


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and what its corpus says of it; a layer that the corpus lacks is ``None``."""

    id: str
    text: str
    words: tuple[CharSpan, ...] = ()  # of the sample and of the coreference document
    sample: Sample | None = None
    attributions: tuple[CharAttribution, ...] | None = None
    coreference: CoreferenceDocument | None = None
    passage: GapPassage | None = None


def gold_text_from(sample: Sample) -> GoldText:
    text, words = text_from_words(sample.words, sample.gaps)
    return GoldText(sample.id, text, words, sample)


def sample_texts(read: Callable[[Path], Iterable[Sample]], root: Path) -> Iterator[GoldText]:
    yield from map(gold_text_from, read(root))


def read_gum_texts(root: Path) -> Iterator[GoldText]:
    for sample, document in zip(read_gum(root, "dev"), read_gum_coreference(root, "dev"), strict=True):
        if sample.words != document.words:
            raise CorpusError(f"GUM: {sample.id} and {document.id} have other words")
        yield replace(gold_text_from(sample), coreference=document)


def read_worldwide_texts(root: Path) -> Iterator[GoldText]:
    paths = {
        path.name.partition(".")[0]: path
        for path in find_files(root / "stanfordnlp+en-worldwide-newswire/dev", "*.tsv")
    }
    for sample in read_worldwide(root):
        blocks = list(read_columns(paths[sample.id]))[1:]  # the first holds the article's address
        begins = first_words(blocks) - {0}
        gaps = tuple(LINE_BREAK if place in begins else gap for place, gap in enumerate(sample.gaps))
        yield gold_text_from(replace(sample, gaps=gaps))


def read_polnear_texts(root: Path) -> Iterator[GoldText]:
    """Yield PolNeAR's own texts with the annotator who found most, as ``polnear.read_polnear`` has it."""
    folder = root / "networkdynamics+PolNeAR/data/dev"
    by_article: defaultdict[str, list[Path]] = defaultdict(list)
    for path in find_files(folder / "attributions", "*.ann"):
        by_article[path.stem.rpartition("_")[0]].append(path)
    for path in find_files(folder / "text", "*.txt"):
        if readings := [read_standoff(standoff) for standoff in by_article[path.stem]]:
            text = path.read_bytes().decode("utf-8")  # as bytes: offsets count all of a line's end
            fullest = max(readings, key=len)  # the first of equals
            yield GoldText(path.stem, text, attributions=tuple(dict.fromkeys(fullest)))


def read_gap_texts(root: Path, part: GapPart) -> Iterator[GoldText]:
    for passage in read_gap(root, part):
        yield GoldText(passage.id, passage.text, passage=passage)
