"""Look for development text in what is trained on: the same fourteen words in a row.

    python -m benchmarks.quality.leaks --corpora DIR

Case, punctuation and line breaks are left out of the comparison. What is found are whole sentences in two
corpora (both took them from one source) as well as phrases that many texts share ("The Associated Press
contributed to this report"); a stretch that stands in three or more training documents is counted as such a
phrase, not as a leak. Exit status 1 if more than one in a hundred stretches of a development part has leaked:
the Groningen Meaning Bank has no document borders, and its held-out sentences share reports with the others.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.quality.parts import SAMPLES
from extractors.training.corpora import RECIPE, samples_of
from extractors.training.gap import read_gap_links
from extractors.training.samples import Sample

LENGTH = 14  # words in a row
PHRASE = 3  # training documents from which a stretch is a phrase of many texts
ALLOWED = 0.01  # part of a development part's stretches


@dataclass(frozen=True, slots=True)
class Leaks:
    """What of one development part stands in one training corpus too."""

    part: str
    corpus: str
    found: int  # stretches
    of: int  # all stretches of the part
    documents: tuple[str, ...]  # of the part, the most concerned first
    example: str

    @property
    def share(self) -> float:
        return self.found / max(1, self.of)


def stretches(sample: Sample) -> Iterator[tuple[str, ...]]:
    """Yield every fourteen words in a row, lower case and without punctuation."""
    words = [word.lower() for word in sample.words if any(character.isalnum() for character in word)]
    for place in range(len(words) - LENGTH + 1):
        yield tuple(words[place : place + LENGTH])


def find_leaks(part: str, dev: Iterable[Sample], trained: dict[str, Iterable[Sample]]) -> list[Leaks]:
    """Return for each training corpus what of a development part is in it; nothing where nothing is.

    Args:
        part: The development part's name.
        dev: Its samples.
        trained: Each corpus's training samples, read once.
    """
    home: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for sample in dev:
        for stretch in stretches(sample):
            home[stretch][sample.id] += 1
    total = sum(count for documents in home.values() for count in documents.values())
    leaks = []
    for corpus, samples in trained.items():
        seen: Counter[tuple[str, ...]] = Counter()
        for sample in samples:
            seen.update(stretch for stretch in set(stretches(sample)) if stretch in home)
        leaked = sorted(stretch for stretch, documents in seen.items() if documents < PHRASE)
        if leaked:
            concerned = sum((home[stretch] for stretch in leaked), Counter[str]())
            documents = tuple(
                name for name, _ in sorted(concerned.items(), key=lambda one: (-one[1], one[0]))
            )
            example = " ".join(leaked[len(leaked) // 2])
            leaks.append(Leaks(part, corpus, concerned.total(), total, documents, example))
    return leaks


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    options = parser.parse_args()
    recipe = tomllib.loads(options.recipe.read_text(encoding="utf-8"))
    trained = {
        name: list(samples_of(name, options.corpora, recipe["seed"]))
        for name, corpus in recipe["corpora"].items()
        if corpus["use"] or name == "plain"
    }
    is_leaking = False
    parts = {**SAMPLES, "GAP validation": partial(read_gap_links, part="dev")}
    for part, read in parts.items():
        for leak in find_leaks(part, read(options.corpora), dict(trained)):
            is_leaking |= leak.share > ALLOWED
            print(f"{part:<20} in {leak.corpus:<9} {leak.found:>6} of {leak.of:>7} ({leak.share:.2%})")
            print(f"    {len(leak.documents)} documents, most of all {leak.documents[0]}: {leak.example}")
    sys.exit(1 if is_leaking else 0)


if __name__ == "__main__":
    main()
