"""Score the shipped model's statements on the battery: leaks, stance, relations.

    python -m benchmarks.quality.battery [--fresh] [--model DIR] [--only CATEGORY] [--errors N]

The battery (tests/battery/) lists every relation that follows from its sentences, with whose it is. One of
ours is right if the gold has its predicate between its parties, told the same way: negated or not, actual or
not, and what is actual in the voice of the same cue, or of the article itself. A leak is a fact of ours (in
the article's own voice, actual, not negated) that the passage tells otherwise: its two things stand in a gold
relation that is no fact, with its predicate or one that implies it, or its words in what somebody says. Open
predicates are not judged.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.attributions import HALF, letters_of
from benchmarks.quality.challenge_counts import (
    entities_at,
    score_attributions,
    scored,
    summed,
    violation,
)
from benchmarks.quality.challenge_links import gold_relation, is_between, is_fact, shown_relation
from benchmarks.quality.counts import Scores
from benchmarks.quality.product import Product, Reading
from benchmarks.quality.score import THREADS, show
from extractors.network import MODEL_DIR
from newsgraph.records import Extraction, Relation, TextSpan
from newsgraph.vocabulary import load_vocabulary
from tests.challenge.passages import GoldRelation, Passage, load_passages

FOLDER = Path(__file__).parents[2] / "tests" / "battery" / "passages"
FRESH = FOLDER.with_name("fresh")
LEAKS = "leaks"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--only", default="", help="categories whose name holds this")
    parser.add_argument("--errors", type=int, default=0, help="samples to print of each kind of error")
    parser.add_argument("--fresh", action="store_true", help="the passages that no rule was written after")
    options = parser.parse_args(arguments)
    folder = FRESH if options.fresh else FOLDER
    passages = [one for one in load_passages(folder) if options.only.lower() in one.category]
    if not passages:
        parser.error(f"no category is called so: {options.only}")
    product = Product.load(options.model, threads=THREADS)
    total, categories = summed(scored(product, passages, score_passage))
    for category, scores in categories.items():
        show(category, scores)
    show(f"all {len(passages)} passages", total, options.errors)


def total_of(product: Product) -> Scores:
    """Return what a model's statements are worth on the whole battery."""
    return summed(scored(product, load_passages(FOLDER), score_passage))[0]


def score_passage(passage: Passage, reading: Reading) -> Scores:
    """Return what one passage's reading is worth."""
    scores = Scores()
    score_attributions(scores, passage, reading)
    score_statements(scores, passage, reading.extraction)
    return scores


def score_statements(scores: Scores, passage: Passage, read: Extraction) -> None:
    """Count relations of the vocabulary, and leaks among them."""
    ours = [one for one in read.relations if one.predicate in load_vocabulary()]
    gold_of = {one.id: _matched(read, one, passage.relations) for one in ours}
    matched = {gold for gold in gold_of.values() if gold is not None}
    missed = [gold for gold in passage.relations if gold not in matched and not gold.is_optional]
    wrong = [one for one in ours if gold_of[one.id] is None]
    scores.add("relations", len(matched), len(matched) + len(wrong), len(matched) + len(missed))
    for gold in missed:
        scores.error("relation missed", f"{gold_relation(read.text, gold)}   in: {passage.text.strip()}")
    for one in ours:
        leak = one in wrong and is_fact(one) and _is_told_otherwise(read, one, passage)
        if is_fact(one):
            violation(scores, LEAKS, is_there=leak)
        if one in wrong:
            category = "leak" if leak else "relation that is none, or told otherwise"
            scores.error(category, f"{shown_relation(read, one)} [{one.rule}]   in: {passage.text.strip()}")


def _matched(read: Extraction, ours: Relation, among: Sequence[GoldRelation]) -> GoldRelation | None:
    """Return the gold relation that one of ours is, if any."""
    return next(
        (gold for gold in among if is_between(read, gold, ours) and _is_told_so(read, gold, ours)), None
    )


def _is_told_so(read: Extraction, gold: GoldRelation, ours: Relation) -> bool:
    if gold.is_anybodys:
        return not is_fact(ours)
    if gold.negated != ours.negated:
        return False
    if not gold.cue and not gold.is_fact:  # negated, planned, possible: by whom it is told so is not judged
        return not is_fact(ours)
    return (ours.modality == "actual") in {one == "actual" for one in gold.modalities} and _is_same_voice(
        read, gold, ours
    )


def _is_same_voice(read: Extraction, gold: GoldRelation, ours: Relation) -> bool:
    if ours.attribution is None or not gold.cue:
        return ours.attribution is None and not gold.cue
    cue = next(one.cue for one in read.attributions if one.id == ours.attribution)
    return bool(letters_of(read.text, cue) & letters_of(read.text, gold.cue))


def _is_same_claim(read: Extraction, gold: GoldRelation, ours: Relation) -> bool:
    """Say whether a relation is the gold one, either way round, by its predicate or a weaker one."""
    kinds = load_vocabulary()
    same = {gold.predicate, kinds[gold.predicate].implies} & {ours.predicate, kinds[ours.predicate].implies}
    either = {ours.subject, ours.object}
    return bool(same - {""}) and all(
        either & entities_at(read, party) for party in (gold.subject, gold.object)
    )


def _is_told_otherwise(read: Extraction, ours: Relation, passage: Passage) -> bool:
    if any(not gold.is_fact and _is_same_claim(read, gold, ours) for gold in passage.relations):
        return True
    words = letters_of(read.text, [TextSpan(ours.start, ours.end)])
    return any(
        len(words & letters_of(read.text, gold.content)) > HALF * len(words)
        for gold in passage.attributions or ()
    )


if __name__ == "__main__":
    main()
