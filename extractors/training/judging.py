"""Fit the weights of judging.py on PolNeAR's development part, and write them to the model.

    python -m extractors.training.judging --corpora DIR [--model DIR]

On its training articles the network is surer than on others, so weights learned there trust it too much.
An attribution is right if its content shares half of the words with one in the gold, and their sources meet;
of several that are, the surest one. Even articles are fitted first and odd ones tell what that is worth, and
the other way round; then all are fitted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from extractors.decoding import RoleSpans
from extractors.judging import Judge, signs_of
from extractors.network import JUDGE, Network
from extractors.training.corpora import corpora_and_model
from extractors.training.logistic import logistic_weights
from extractors.training.polnear import read_polnear
from extractors.training.samples import GoldAttribution

HALF, PRIOR = 0.5, 3.0

Article = tuple[list[dict[str, float]], list[bool], int]  # signs, what is right, how many in the gold


def main() -> None:
    options = corpora_and_model(__doc__)
    path = options.model / JUDGE
    path.write_text("{}\n", encoding="utf-8")  # the network asks for a file
    articles = list(judged_articles(Network(options.model, threads=2), options.corpora))
    for part in (0, 1):
        weights = fitted(articles[part::2])
        print(f"fitted on half, best F1 on the other: {best_f1(articles[1 - part :: 2], weights):.3f}")
    path.write_text(json.dumps(fitted(articles), indent=1) + "\n", encoding="utf-8")


def judged_articles(network: Network, corpora: Path) -> Iterator[Article]:
    for sample in read_polnear(corpora, "dev"):
        marked, tags = network.marked(sample.words, sample.gaps)
        gold = sample.attributions or ()
        yield list(signs_of(marked, tags)), right_of(marked, gold), len(gold)


def right_of(marked: Sequence[RoleSpans], gold: Iterable[GoldAttribution]) -> list[bool]:
    """Say of each attribution whether it is right."""
    free = list(gold)
    right = [False] * len(marked)
    for number in sorted(range(len(marked)), key=lambda number: -marked[number].confidence):
        source, content = _words(marked[number].source), _words(marked[number].content)
        shares = [
            len(content & {*one.content}) / max(1, len(content | {*one.content}))
            if source & {*one.source} or not (source or one.source)
            else 0.0
            for one in free
        ]
        if max(shares, default=0.0) >= HALF:
            right[number] = True
            del free[shares.index(max(shares))]
    return right


def _words(runs: Iterable[tuple[int, int]]) -> set[int]:
    return {place for start, end in runs for place in range(start, end)}


def fitted(articles: Sequence[Article]) -> dict[str, float]:
    """Return the weights of greatest likelihood."""
    signs = [one for found, _, _ in articles for one in found]
    right = [one for _, is_right, _ in articles for one in is_right]
    values = np.array([list(one.values()) for one in signs])
    weights = logistic_weights(values, np.array(right, dtype=float), trials=1, prior=PRIOR)
    return dict(zip(signs[0], (round(weight, 4) for weight in weights.tolist()), strict=True))


def best_f1(articles: Sequence[Article], weights: dict[str, float]) -> float:
    """Return the best F1 of attributions that any threshold gives."""
    judge = Judge(weights)
    judged = [
        (judge.chance(signs), is_right)
        for found, right, _ in articles
        for signs, is_right in zip(found, right, strict=True)
    ]
    hits = np.cumsum([is_right for _, is_right in sorted(judged, reverse=True)])
    found = np.arange(1, len(hits) + 1)
    return float((2 * hits / (found + sum(n_gold for *_, n_gold in articles))).max())


if __name__ == "__main__":
    main()
