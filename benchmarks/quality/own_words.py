"""The network alone on the corpora's own words: what training sees, without tokeniser and rules.

Names are counted as in names.py, attributions by words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from benchmarks.quality.counts import Scores
from benchmarks.quality.names import count_names, gold_spans, judged_names
from benchmarks.quality.product import FoundName
from extractors.drafts import MIN_CONFIDENCE
from extractors.network import Annotation, Network
from extractors.training.samples import Sample, WordSyntax

HALF = 0.5  # overlap of contents from which an attribution counts as found


def scores_on_own_words(network: Network, samples: Iterable[Sample]) -> Scores:
    """Return the scores of a network over annotated samples."""
    scores = Scores()
    for sample in samples:
        read = network.read(sample.words, sample.gaps)
        if sample.name_masks is not None:
            _score_names(scores, sample, read)
        if sample.syntax is not None:
            _score_syntax(scores, sample.syntax, read)
        if sample.sentence_starts is not None:
            gold = {index for index, start in enumerate(sample.sentence_starts) if start}
            found = set(read.sentence_starts.nonzero()[0].tolist())
            scores.add("sentence starts", len(gold & found), len(found), len(gold))
        if sample.attributions is not None:
            _score_attributions(scores, sample, read)
    return scores


def _score_names(scores: Scores, sample: Sample, read: Annotation) -> None:
    places = [(place, place + 1) for place in range(len(sample.words))]
    found = [FoundName(one.start, one.end, one.label, one.confidence) for one in read.names]
    gold = gold_spans(sample, places)
    count_names(scores, sample.corpus, gold, judged_names(sample, places, gold, found))


def _score_syntax(scores: Scores, syntax: Sequence[WordSyntax], read: Annotation) -> None:
    upos = xpos = arcs = labelled = 0
    for index, word in enumerate(syntax):
        head = index if word.head == -1 else word.head
        found_upos, found_xpos = read.tags[index].split("|")
        upos += found_upos == word.upos
        xpos += found_xpos == word.xpos
        arcs += read.heads[index] == head
        labelled += (
            read.heads[index] == head and read.relations[index].split(":")[0] == word.deprel.split(":")[0]
        )
    for measure, hits in (("UPOS", upos), ("XPOS", xpos), ("UAS", arcs), ("LAS", labelled)):
        scores.add(measure, hits, len(syntax), len(syntax))


def _score_attributions(scores: Scores, sample: Sample, read: Annotation) -> None:
    gold = [(set(one.source), set(one.cue), set(one.content)) for one in sample.attributions or ()]
    sure = [one for one in read.attributions if one.confidence >= MIN_CONFIDENCE]
    found = [(_words(one.source), _words(one.cue), _words(one.content)) for one in sure]
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
