"""Score a model on the challenge set: passages of our own, each about one thing that is hard to read.

    python -m benchmarks.quality.challenge [--passages DIR] [--model DIR] [--only CATEGORY] [--errors N]

Reads every passage as ``newsgraph extract`` does and prints the measures by category and in total. What a
measure counts stands at the top of challenge_counts.py and challenge_links.py, and in README.md. Most
passages hold a few names and one or two attributions: a category's numbers are small, trust the totals.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.challenge_counts import score_attributions, score_names, scored, summed
from benchmarks.quality.challenge_links import score_absent, score_coreference, score_relations
from benchmarks.quality.counts import Scores
from benchmarks.quality.product import Product, Reading
from benchmarks.quality.score import THREADS, show
from extractors.network import MODEL_DIR
from tests.challenge.passages import FOLDER, Passage, load_passages

ORDER = (
    *("names", "weapons", "values", "attributions"),
    *("stance", "speech", "speaker", "via", "coreference", "wrongly merged", "relations"),
    *("absent names", "absent attributions", "absent relations", "absent facts"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--passages", type=Path, default=FOLDER, help="other ones of the same form")
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--only", default="", help="categories whose name holds this")
    parser.add_argument("--errors", type=int, default=0, help="samples to print of each kind of error")
    options = parser.parse_args(arguments)
    passages = load_passages(options.passages)
    chosen = [one for one in passages if options.only.lower() in one.category]
    if not chosen:
        there = dict.fromkeys(one.category for one in passages)
        parser.error(f"no category is called so; there are: {', '.join(there)}")
    product = Product.load(options.model, threads=THREADS)
    total, categories = summed(scored(product, chosen, score_passage))
    for category, scores in categories.items():
        show(category, _ordered(scores))
    show(f"all {len(chosen)} passages", _ordered(total), options.errors)


def _ordered(scores: Scores) -> Scores:
    """Return the scores with their measures always in the same order."""
    counts, shares = (
        {measure: given[measure] for measure in ORDER if measure in given}
        for given in (scores.counts, scores.shares)
    )
    return Scores(counts, shares, errors=scores.errors)


def total_of(product: Product) -> Scores:
    """Return what a model is worth on all passages."""
    return summed(scored(product, load_passages(), score_passage))[0]


def score_passage(passage: Passage, reading: Reading) -> Scores:
    """Return what one passage's reading is worth, in all layers that the passage judges."""
    scores = Scores()
    score_names(scores, passage, reading)
    score_attributions(scores, passage, reading)
    score_coreference(scores, passage, reading.extraction)
    score_relations(scores, passage, reading.extraction)
    score_absent(scores, passage, reading.extraction)
    return scores


if __name__ == "__main__":
    main()
