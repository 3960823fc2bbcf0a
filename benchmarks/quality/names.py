"""Names on raw text: strict borders, by characters, and label.

Where a corpus is coarser than our labels, any of ours that it may mean is right; a prediction that the
corpus could not have annotated counts neither way. A gold name that was found counts under the label that
it was found with, one that was not under the first that it may have. In corpora without a label for
buildings FAC counts as LOC.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt
from benchmarks.quality.gold_texts import CharSpan
from benchmarks.quality.product import FoundName
from extractors.training.samples import NAME_LABELS, NAME_TAGS, TAG_BIT, Sample

GoldNames = dict[CharSpan, frozenset[str]]  # by borders, the labels that a name may have
CORE = ("PERSON", "ORG", "LOC")
_WITHOUT_FACILITIES = frozenset({"ewt", "gum", "wikigold", "re3d"})


def gold_names(masks: Sequence[int]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Yield ``(start, end, labels)`` of each name that the masks say must be there, in words."""
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


def gold_spans(sample: Sample, words: Sequence[CharSpan]) -> GoldNames:
    """Return the labels that each name of a sample may have, by the place of its words."""
    names = gold_names(sample.name_masks or ())
    return {(words[start][0], words[end - 1][1]): labels for start, end, labels in names}


def judged_names(
    sample: Sample, words: Sequence[CharSpan], gold: GoldNames, found: Sequence[FoundName]
) -> list[FoundName]:
    """Return the predictions that the corpus can judge: where one of its label may stand, it cannot."""
    masks = sample.name_masks or ()
    return [one for one in found if (one.start, one.end) in gold or not _may_stand(one, words, masks)]


def _may_stand(one: FoundName, words: Sequence[CharSpan], masks: Sequence[int]) -> bool:
    first = bisect_right(words, one.start, key=lambda word: word[1])
    after = bisect_left(words, one.end, key=lambda word: word[0])
    return all(masks[place] & TAG_BIT[f"I-{one.label}"] for place in range(first, after))


def score_names(
    scores: Scores, text: str, words: Sequence[CharSpan], sample: Sample, found: Sequence[FoundName]
) -> None:
    """Count the product's names by label, note what their confidences are worth, and the errors."""
    gold = gold_spans(sample, words)
    judged = judged_names(sample, words, gold, found)
    count_names(scores, sample.corpus, gold, judged)
    for one in judged:
        scores.sure("names", one.confidence, is_right=one.label in gold.get((one.start, one.end), ()))
    note_errors(scores, text, gold, judged)


def count_names(scores: Scores, corpus: str, gold: GoldNames, judged: Sequence[FoundName]) -> None:
    def merged(label: str) -> str:
        return "LOC" if label == "FAC" and corpus in _WITHOUT_FACILITIES else label

    hit = {
        span: one.label for one in judged if one.label in gold.get(span := (one.start, one.end), frozenset())
    }
    hits = Counter(merged(label) for label in hit.values())
    found = Counter(merged(one.label) for one in judged)
    golds = Counter(
        merged(hit.get(span) or min(labels, key=NAME_LABELS.index)) for span, labels in gold.items()
    )
    scores.add("names", hits.total(), found.total(), golds.total())
    core = (sum(counts[label] for label in CORE) for counts in (hits, found, golds))
    scores.add("names PERSON+ORG+LOC", *core)
    for label in NAME_LABELS:
        scores.add(f"names {label}", hits[label], found[label], golds[label])


def note_errors(scores: Scores, text: str, gold: GoldNames, judged: Sequence[FoundName]) -> None:
    spans = {(one.start, one.end): one for one in judged}
    for (start, end), labels in gold.items():
        place, wanted = excerpt(text, start, end), "/".join(sorted(labels))
        if (one := spans.get((start, end))) is not None:
            if one.label not in labels:
                scores.error(f"name {wanted} read as {one.label}", place)
        elif over := [one for one in judged if one.start < end and start < one.end]:
            read = ", ".join(f"{text[one.start : one.end]!r} {one.label}" for one in over)
            scores.error(f"name with other borders {wanted}", f"{place}  read {read}")
        else:
            scores.error(f"name missed {wanted}", place)
    for one in judged:
        if not any(one.start < end and start < one.end for start, end in gold):
            scores.error(f"name invented {one.label}", excerpt(text, one.start, one.end))
