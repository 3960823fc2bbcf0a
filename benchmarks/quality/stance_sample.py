"""Print attributions drawn at random, with the product's stance, for a reader to judge.

    python -m benchmarks.quality.stance_sample --corpora DIR [--seed N] [--count N] [--stance STANCE]
                                               [--blind] [--model DIR]

PolNeAR gives sources and contents, but no stance. Drawn is from what the product read right in its
development part: attributions that ``attributions.match`` pairs with a gold one. They stand in the order of a
hash over the seed and the gold attribution's place: it depends on no batch and no thread, and a change of the
product moves only what it reads otherwise. ``--stance``, which may be given twice, leaves out the others and
keeps the order; ``--blind`` leaves out what the product says, so that one can judge first.
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import get_args

from benchmarks.quality.attributions import match, roles_of
from benchmarks.quality.excerpts import words_at
from benchmarks.quality.gold_texts import GoldText
from benchmarks.quality.parts import texts_of
from benchmarks.quality.product import Product, Reading
from extractors.network import MODEL_DIR
from extractors.training.polnear import CharAttribution
from newsgraph.records import Attribution, Stance

PART = "PolNeAR dev"
THREADS = 2
_AROUND = 200  # characters of context on either side
_LONGEST = 600  # of a content's words, and of the context


@dataclass(frozen=True, slots=True)
class Item:
    """An attribution that was read right, and the text it stands in."""

    article: str
    text: str
    gold: CharAttribution
    found: Attribution

    def rank(self, seed: int) -> str:
        """Return where a seed puts it."""
        place = f"{seed} {self.article} {self.gold.source} {self.gold.cue} {self.gold.content}"
        return sha256(place.encode()).hexdigest()

    def shown(self, number: int, *, is_blind: bool = False) -> str:
        one = self.found
        spans = sorted((*one.source, *one.cue, *one.content))
        start, end = max(0, spans[0][0] - _AROUND), max(end for _, end in spans) + _AROUND
        roles = " | ".join(words_at(self.text, part, _LONGEST) for part in (one.source, one.cue, one.content))
        lines = [
            f"{number}. {self.article} {spans[0][0]}",
            f"   {roles}",
            f"   … {words_at(self.text, [(start, end)], _LONGEST + 2 * _AROUND)} …",
        ]
        if not is_blind:
            lines.append(f"   stance {one.stance}, cue type {one.cue_type}, certainty {one.certainty}")
        return "\n".join(lines)


def right_items(gold: GoldText, reading: Reading) -> Iterator[Item]:
    """Yield what was read in a text and matches its gold."""
    wanted = gold.attributions or ()
    pairs = match(
        [roles_of(gold.text, one) for one in wanted],
        [roles_of(gold.text, one) for one in reading.attributions],
    )
    for number, other in pairs.items():
        yield Item(gold.id, gold.text, wanted[number], reading.extraction.attributions[other])


def drawn(items: Iterable[Item], seed: int, count: int, stances: Collection[Stance] = ()) -> list[Item]:
    """Return the seed's first ``count`` items, of some stances only if any are given."""
    kept = (one for one in items if not stances or one.found.stance in stances)
    return sorted(kept, key=lambda one: one.rank(seed))[:count]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=MODEL_DIR)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--stance", action="append", choices=get_args(Stance), default=[])
    parser.add_argument("--blind", action="store_true", help="without what the product says")
    options = parser.parse_args()
    readings = Product.load(options.model, threads=THREADS).read(texts_of(PART, options.corpora))
    items = [one for gold, reading in readings for one in right_items(gold, reading)]
    for number, one in enumerate(drawn(items, options.seed, options.count, options.stance), start=1):
        print(one.shown(number, is_blind=options.blind), end="\n\n")


if __name__ == "__main__":
    main()
