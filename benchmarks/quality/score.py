"""Score the shipped network on the development parts of the corpora, one table for all.

    python -m benchmarks.quality.score --corpora DIR [--model DIR] [--limit N]

Words are the corpora's own (tokenisation is not scored here); sentences, trees, names and attributions are
the network's. Names are counted strictly (borders and label); where a corpus is coarser than our labels, any
of ours that it may mean is right, and a prediction that a corpus could not have annotated counts neither way.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from extractors.network import MODEL_DIR, Annotation, Network
from extractors.training.ewt import read_ewt
from extractors.training.gum import read_gum
from extractors.training.names_corpora import read_gmb, read_men, read_re3d, read_wikigold, read_worldwide
from extractors.training.polnear import read_polnear
from extractors.training.samples import NAME_TAGS, TAG_BIT, Sample

PARTS = {
    "EWT dev": partial(read_ewt, part="dev"),
    "GUM dev": partial(read_gum, part="dev"),
    "PolNeAR dev": partial(read_polnear, part="dev"),
    "GMB held out": partial(read_gmb, part="dev"),
    "MEN held out": partial(read_men, part="dev"),
    "WikiGold held out": partial(read_wikigold, part="dev"),
    "re3d held out": partial(read_re3d, part="dev"),
    "Worldwide newswire": read_worldwide,
}
HALF = 0.5  # overlap of contents from which an attribution counts as found


@dataclass
class Count:
    """Hits, predictions and gold items of one measure."""

    hits: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, hits: int, predicted: int, gold: int) -> None:
        self.hits += hits
        self.predicted += predicted
        self.gold += gold

    @property
    def f1(self) -> float:
        return 2 * self.hits / max(1, self.predicted + self.gold)

    def __str__(self) -> str:
        precision, recall = self.hits / max(1, self.predicted), self.hits / max(1, self.gold)
        return f"F1 {self.f1:.3f}  P {precision:.3f}  R {recall:.3f}  (gold {self.gold})"


@dataclass
class Scores:
    """All measures of one corpus part."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, measure: str, hits: int, predicted: int, gold: int) -> None:
        self.counts.setdefault(measure, Count()).add(hits, predicted, gold)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--limit", type=int, default=None, help="samples of each part")
    parser.add_argument("--only", default="", help="parts whose name holds this")
    options = parser.parse_args()
    network = Network(options.model, threads=2)
    for name, read in PARTS.items():
        if options.only.lower() not in name.lower():
            continue
        print(f"\n{name}")
        scores = scored(network, islice(read(options.corpora), options.limit))
        for measure, count in scores.counts.items():
            print(f"  {measure:<24}{count}")


def scored(network: Network, samples: Iterable[Sample]) -> Scores:
    """Return the scores of a network over annotated samples."""
    scores = Scores()
    for number, sample in enumerate(samples):
        read = network.read(sample.words, sample.gaps)
        if sample.name_masks is not None:
            _score_names(scores, sample.name_masks, read)
        if sample.syntax is not None:
            _score_syntax(scores, sample, read)
        if sample.sentence_starts is not None:
            gold = {index for index, start in enumerate(sample.sentence_starts) if start}
            found = set(read.sentence_starts.nonzero()[0].tolist())
            scores.add("sentence starts", len(gold & found), len(found), len(gold))
        if sample.attributions is not None:
            _score_attributions(scores, sample, read)
        if number % 20 == 0:
            sys.stderr.write(f"\r{number} samples")
    return scores


def gold_names(masks: tuple[int, ...]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield ``(start, end, labels)`` of each name that the masks say must be there."""
    start, labels = -1, frozenset[str]()
    for place in range(len(masks) + 1):
        tags = _tags_of(masks[place]) if place < len(masks) else frozenset({"O"})
        goes_on = start >= 0 and tags and all(tag.startswith("I-") for tag in tags)
        if start >= 0 and not goes_on:
            yield start, place, labels
            start = -1
        if tags and all(tag.startswith("B-") for tag in tags):
            start, labels = place, frozenset(tag[2:] for tag in tags)


def _tags_of(mask: int) -> frozenset[str]:
    return frozenset(tag for tag in NAME_TAGS if mask & TAG_BIT[tag])


def _score_names(scores: Scores, masks: tuple[int, ...], read: Annotation) -> None:
    gold = {(start, end): labels for start, end, labels in gold_names(masks)}
    hits: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for run in read.names:
        labels = gold.get((run.start, run.end), frozenset())
        if not labels and all(
            masks[place] & TAG_BIT["I-" + run.label] for place in range(run.start, run.end)
        ):
            continue  # the corpus does not say
        found[run.label] += 1
        hits[run.label] += run.label in labels
    golds = Counter(sorted(labels)[-1] if len(labels) > 1 else next(iter(labels)) for labels in gold.values())
    scores.add("names", hits.total(), found.total(), golds.total())
    for label in sorted(found | golds):
        scores.add(f"names {label}", hits[label], found[label], golds[label])


def _score_syntax(scores: Scores, sample: Sample, read: Annotation) -> None:
    assert sample.syntax is not None  # noqa: S101 - the caller asked
    upos = xpos = arcs = labelled = 0
    for index, word in enumerate(sample.syntax):
        head = index if word.head == -1 else word.head
        found_upos, found_xpos = read.tags[index].split("|")
        upos += found_upos == word.upos
        xpos += found_xpos == word.xpos
        arcs += read.heads[index] == head
        labelled += (
            read.heads[index] == head and read.relations[index].split(":")[0] == word.deprel.split(":")[0]
        )
    for measure, hits in (("UPOS", upos), ("XPOS", xpos), ("UAS", arcs), ("LAS", labelled)):
        scores.add(measure, hits, len(sample.words), len(sample.words))


def _score_attributions(scores: Scores, sample: Sample, read: Annotation) -> None:
    gold = [(set(one.source), set(one.cue), set(one.content)) for one in sample.attributions or ()]
    found = [(_words(one.source), _words(one.cue), _words(one.content)) for one in read.attributions]
    for role, name in enumerate(("source", "cue", "content")):
        gold_words = set().union(*(one[role] for one in gold)) if gold else set()
        found_words = set().union(*(one[role] for one in found)) if found else set()
        scores.add(f"{name} words", len(gold_words & found_words), len(found_words), len(gold_words))
    exact_gold = Counter(frozenset(cue) for _, cue, _ in gold if cue)
    exact_found = Counter(frozenset(cue) for _, cue, _ in found if cue)
    scores.add("cue exact", (exact_gold & exact_found).total(), exact_found.total(), exact_gold.total())
    scores.add("who said what", _matched(gold, found), len(found), len(gold))


def _matched(
    gold: list[tuple[set[int], set[int], set[int]]], found: list[tuple[set[int], set[int], set[int]]]
) -> int:
    """Count predictions with a gold attribution of their own: contents overlap by half, sources meet."""
    free = list(gold)
    hits = 0
    for source, _, content in found:
        for one in free:
            shared = len(content & one[2]) / max(1, len(content | one[2]))
            if shared >= HALF and (bool(source & one[0]) or not (source or one[0])):
                free.remove(one)
                hits += 1
                break
    return hits


def _words(runs: tuple[tuple[int, int], ...]) -> set[int]:
    return {place for start, end in runs for place in range(start, end)}


if __name__ == "__main__":
    main()
