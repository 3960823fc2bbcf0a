"""Fit the weights of name_judging.py on the development parts with names, and write them to the model.

    python -m extractors.training.name_judging --corpora DIR [--model DIR]

In what it was trained on the network is surer than elsewhere, so only parts that it was not trained on teach
what its doubts are worth. What that brings is told by leaving out one corpus after the other; then all are
fitted. Worldwide newswire, which is for measuring alone, is not among them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.decoding import LabelledRun
from extractors.judging import Judge
from extractors.name_judging import LEAST, is_judged
from extractors.network import NAME_JUDGE, Network
from extractors.training.corpora import READERS, corpora_and_model
from extractors.training.logistic import logistic_weights
from extractors.training.samples import NAME_TAGS, TAG_BIT, Sample

PRIOR = 3.0
# How much each example counts: the Groningen Meaning Bank is large, and no person checked it.
CORPORA = {
    **dict.fromkeys(("ewt", "gum", "men", "wikigold", "re3d", "crossner", "relink"), 1.0),
    "gmb": 0.15,
}
_BEGINNING, _WITHIN = (sum(TAG_BIT[tag] for tag in NAME_TAGS if tag[0] == prefix) for prefix in "BI")


@dataclass(frozen=True, slots=True)
class Part:
    """What the network found in a corpus's development part, as far as the corpus can judge it."""

    signs: Sequence[Mapping[str, float]]  # of each one that is judged
    right: Sequence[bool]  # of the same
    sure: int  # of the others, how many there are
    hits: int  # and how many of them are right
    gold: int

    def f1(self, weights: Mapping[str, float] | None = None) -> float:
        """Return the F1 of all names, or of those that weights leave."""
        judge = Judge(weights or {})
        kept = [
            is_right
            for signs, is_right in zip(self.signs, self.right, strict=True)
            if weights is None or judge.chance(signs) >= LEAST
        ]
        return 2 * (self.hits + sum(kept)) / (self.sure + len(kept) + self.gold)


def main() -> None:
    options = corpora_and_model(__doc__)
    path = options.model / NAME_JUDGE
    path.write_text("{}\n", encoding="utf-8")  # the network asks for a file
    network = Network(options.model, threads=2)
    parts = {name: part_of(network, READERS[name](options.corpora, "dev")) for name in CORPORA}
    for name, part in parts.items():
        weights = fitted({other: parts[other] for other in parts if other != name})
        print(f"{name}: names {part.f1():.4f}, judged by what the others teach {part.f1(weights):.4f}")
    path.write_text(json.dumps(fitted(parts), indent=1) + "\n", encoding="utf-8")


def part_of(network: Network, samples: Iterable[Sample]) -> Part:
    signs: list[Mapping[str, float]] = []
    right: list[bool] = []
    sure = hits = gold = 0
    for sample in samples:
        masks = sample.name_masks or ()
        gold += sum(is_name_start(mask) for mask in masks)
        for name, found in network.named(sample.words, sample.gaps):
            is_right = verdict(name, masks)
            if is_right is None:
                continue
            if is_judged(name):
                signs.append(found)
                right.append(is_right)
            else:
                sure += 1
                hits += is_right
    return Part(signs, right, sure, hits, gold)


def is_name_start(mask: int) -> bool:
    """Say whether a word begins a name for sure."""
    return bool(mask) and not mask & ~_BEGINNING


def verdict(name: LabelledRun, masks: Sequence[int]) -> bool | None:
    """Say whether a name is right; None where the corpus does not say."""
    inside = masks[name.start : name.end]
    within = TAG_BIT[f"I-{name.label}"]
    is_right = (
        is_name_start(inside[0])
        and bool(inside[0] & TAG_BIT[f"B-{name.label}"])
        and all(mask & within and not mask & ~_WITHIN for mask in inside[1:])
        and (name.end == len(masks) or bool(masks[name.end] & ~_WITHIN))
    )
    return None if not is_right and all(mask & within for mask in inside) else is_right


def fitted(parts: Mapping[str, Part]) -> dict[str, float]:
    """Return the weights of greatest likelihood."""
    signs = [one for part in parts.values() for one in part.signs]
    right = [one for part in parts.values() for one in part.right]
    counts = [CORPORA[name] for name, part in parts.items() for _ in part.signs]
    values = np.array([list(one.values()) for one in signs])
    weights = logistic_weights(values, np.array(right, dtype=float), trials=np.array(counts), prior=PRIOR)
    return dict(zip(signs[0], (round(weight, 4) for weight in weights.tolist()), strict=True))


if __name__ == "__main__":
    main()
