"""Score a model on the corpora's development parts: on their own words, and through the product on raw text.

    python -m benchmarks.quality.score --corpora DIR [--model DIR] [--limit N] [--only PART] [--on raw|words]
                                       [--errors N]

"Own words" is the network alone on the corpora's words (own_words.py); "raw text" is what ``newsgraph
extract`` gives for the text (raw_text.py). How a measure counts stands at the top of its module: syntax.py,
names.py, attributions.py, coreference.py, gap.py, reliability.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks.quality.counts import Scores
from benchmarks.quality.own_words import scores_on_own_words
from benchmarks.quality.parts import NAMES, SAMPLES, texts_of
from benchmarks.quality.product import Product
from benchmarks.quality.raw_text import scores_on_raw_text
from extractors.network import MODEL_DIR, Network

_Item = TypeVar("_Item")
THREADS = 2


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--limit", type=int, default=None, help="texts of each part")
    parser.add_argument("--only", default="", help="parts whose name holds this")
    parser.add_argument(
        "--on", choices=("raw", "words"), default=None, help="raw text only, or own words only"
    )
    parser.add_argument("--errors", type=int, default=0, help="samples to print of each kind of error")
    options = parser.parse_args()
    parts = [name for name in NAMES if options.only.lower() in name.lower()]
    if not parts:
        parser.error(f"no part is called so; there are: {', '.join(NAMES)}")
    if options.on != "raw":
        network = Network(options.model, threads=THREADS)
        for part in (name for name in parts if name in SAMPLES):
            samples = _watched(islice(SAMPLES[part](options.corpora), options.limit))
            show(f"{part}, own words", scores_on_own_words(network, samples), options.errors)
    if options.on != "words":
        product = Product.load(options.model, threads=THREADS)
        for part in parts:
            texts = _watched(islice(texts_of(part, options.corpora), options.limit))
            show(f"{part}, raw text", scores_on_raw_text(product, texts), options.errors)


def show(title: str, scores: Scores, n_errors: int = 0) -> None:
    """Print a part's measures, the reliability of its confidences and, if wanted, samples of its errors."""
    print(f"\n{title}")
    counts = ((measure, count) for measure, count in scores.counts.items() if count.gold or count.predicted)
    for measure, value in (*counts, *scores.shares.items()):
        print(f"  {measure:<42}{value}")
    for measure, diagram in scores.reliability.items():
        print(f"  {measure}: confidence against accuracy")
        for row in diagram.rows():
            print(f"    {row}")
    if not n_errors:
        return
    print("  errors by category")
    for category, lines in sorted(scores.errors.items(), key=lambda item: -len(item[1])):
        print(f"    {len(lines):>5}  {category}")
        for line in spread(lines, n_errors):
            print(f"      · {line}")
    sys.stdout.flush()


def spread(lines: Sequence[str], number: int) -> list[str]:
    """Return so many lines from all over a list, always the same ones."""
    if len(lines) <= number:
        return list(lines)
    return [lines[place * len(lines) // number] for place in range(number)]


def _watched(items: Iterable[_Item]) -> Iterator[_Item]:
    """Pass items on and tell on a terminal how many there were."""
    for number, item in enumerate(items, start=1):
        yield item
        if sys.stderr.isatty() and number % 20 == 0:
            sys.stderr.write(f"\r{number} texts")


if __name__ == "__main__":
    main()
