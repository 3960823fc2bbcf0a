"""The whole product on raw texts: all layers of a corpus are scored from one extraction of each text."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.quality.attributions import score_attributions
from benchmarks.quality.coreference import score_coreference
from benchmarks.quality.counts import Scores
from benchmarks.quality.gap import score_gap
from benchmarks.quality.gold_texts import GoldText
from benchmarks.quality.names import count_names, gold_spans, judged_names, score_names
from benchmarks.quality.product import Product, Reading
from benchmarks.quality.syntax import score_sentences, score_trees, score_words
from extractors.training.samples import Sample


def scores_on_raw_text(product: Product, texts: Iterable[GoldText]) -> Scores:
    scores = Scores()
    for gold, reading in product.read(texts):
        score_text(scores, gold, reading)
    return scores


def score_text(scores: Scores, gold: GoldText, reading: Reading) -> None:
    """Add up what one text's reading is worth."""
    read = reading.extraction
    if gold.sample is not None:
        _score_sample(scores, gold, gold.sample, reading)
    if gold.attributions is not None:
        score_attributions(
            scores, gold.text, gold.attributions, reading.attributions, reading.network_attributions
        )
    if gold.coreference is not None and gold.sample is not None and gold.sample.syntax is not None:
        score_coreference(scores, gold.words, gold.coreference, gold.sample.syntax, read)
    if gold.passage is not None:
        score_gap(scores, gold.passage, read)


def _score_sample(scores: Scores, gold: GoldText, sample: Sample, reading: Reading) -> None:
    words, read = gold.words, reading.extraction
    if sample.syntax is not None:
        score_words(scores, words, read)
        score_trees(scores, words, sample.syntax, read)
    if sample.sentence_starts is not None:
        score_sentences(scores, words, sample.sentence_starts, read)
    if sample.name_masks is not None:
        score_names(scores, gold.text, words, sample, reading.names)
        alone, names = Scores(), gold_spans(sample, words)
        count_names(alone, sample.corpus, names, judged_names(sample, words, names, reading.network_names))
        one = alone.counts["names"]
        scores.add("names, network alone", one.hits, one.predicted, one.gold)
