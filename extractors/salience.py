"""How much an article is about a thing: the share of its readers who would name it in a summary.

GUM has five summaries of each document and marks what each of them mentions. A logistic model of a few
features with names learns that share (training/salience.py); its weights lie in the model's folder.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from extractors.clusters import Cluster
from extractors.name_spans import VALUES
from extractors.network import SALIENCE
from extractors.pronoun_features import SUBJECTS
from extractors.words import Doc

_EARLY = (0, 1, 3)  # sentences


class Salience:
    """Tells how salient the things of one Doc are."""

    def __init__(self, doc: Doc, model_dir: Path) -> None:
        self._doc = doc
        self._sentences = [sent.start for sent in doc.sents]
        self._weights = _load(model_dir)

    def of(self, cluster: Cluster) -> float:
        """Return how salient a thing is, 0..1; values (dates, sums) are not."""
        if cluster.type in VALUES:
            return 0.0
        found = features(self._doc, self._sentences, cluster)
        score = sum(self._weights.get(name, 0.0) * value for name, value in found)
        return round(1.0 / (1.0 + math.exp(-score)), 3)


@cache
def _load(folder: Path) -> Mapping[str, float]:
    weights: Mapping[str, float] = json.loads((folder / SALIENCE).read_text(encoding="utf-8"))["weights"]
    return weights


def features(doc: Doc, sentences: Sequence[int], cluster: Cluster) -> Iterator[tuple[str, float]]:
    """Yield what tells whether an article is about a thing, by name, with its value.

    Args:
        doc: With trees.
        sentences: Its sentences' first tokens.
        cluster: The thing, with its mentions.
    """
    heads = sorted(one.head for one in cluster.mentions)
    sentence = bisect_right(sentences, heads[0]) - 1
    yield "always", 1.0
    yield "often", math.log2(len(heads))
    yield "often for the text", math.log2(len(heads) / (1 + len(doc) / 100))
    yield "late", heads[0] / len(doc)
    yield "to the end", (heads[-1] - heads[0]) / len(doc)
    yield "long text", math.log2(1 + len(doc) / 100)
    for early in _EARLY:
        yield f"in sentences up to {early}", float(sentence <= early)
    yield "subject", sum(doc.tokens[head].dep_ in SUBJECTS for head in heads) / len(heads)
    yield f"is {cluster.type}", 1.0
    yield f"named {cluster.is_named}", 1.0
