"""How likely an attribution is right: what the network is sure of, weighed with its borders and its rivals.

The network says of each anchor alone how sure it is. An attribution whose content begins and ends clearly is
right more often, one that shares its words with a surer one seldom is, one by an infinitive ("they met to
discuss", "must ensure") less often. A logistic model of a few signs learns that (training/judging.py); its
weights lie in the model's folder.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.decoding import RoleSpans, Runs, logit

_MOST = 8.0  # beyond which no border counts


@dataclass(frozen=True, slots=True)
class Judge:
    """The weights of the signs, by name."""

    weights: Mapping[str, float]

    @classmethod
    def from_file(cls, path: Path) -> Judge:
        """Read the weights that training wrote.

        Raises:
            OSError: If the file cannot be read.
            ValueError: If it is not JSON with weights.
        """
        return cls({str(name): float(weight) for name, weight in json.loads(path.read_text("utf-8")).items()})

    def __call__(self, marked: Sequence[RoleSpans], tags: Sequence[str]) -> Iterator[RoleSpans]:
        """Yield the attributions of one text with the chance, 0..1, that each is right as its confidence."""
        for one, found in zip(marked, signs_of(marked, tags), strict=True):
            yield replace(one, confidence=self.chance(found) if one.content else 0.0)

    def chance(self, signs: Mapping[str, float]) -> float:
        score = sum(weight * signs[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-score))


def signs_of(marked: Sequence[RoleSpans], tags: Sequence[str]) -> Iterator[dict[str, float]]:
    """Yield what speaks for and against each attribution of one text, by name.

    Args:
        marked: With the network's own confidence.
        tags: Of each word, "UPOS|XPOS".
    """
    for one in marked:
        n_words = sum(end - start for start, end in one.content)
        shared = (_overlap(one.content, other.content) for other in marked if _is_surer(other, one))
        yield {
            "always": 1.0,
            "sure": logit(one.confidence),
            "length": math.log(max(1, n_words)),
            "first": min(max(one.first, -_MOST), _MOST),
            "last": min(max(one.last, -_MOST), _MOST),
            "shared": max(shared, default=0.0),
            "has source": float(bool(one.source)),
            "infinitive": float(any(tags[place].endswith("|VB") for run in one.cue for place in range(*run))),
        }


def _is_surer(other: RoleSpans, one: RoleSpans) -> bool:
    """Say whether an attribution is surer than another that it meets."""
    if other.confidence <= one.confidence or not (other.content and one.content):
        return False
    return other.content[0][0] < one.content[-1][1] and one.content[0][0] < other.content[-1][1]


def _overlap(left: Runs, right: Runs) -> float:
    """Return how many words two contents share, of all the words of both, 0..1."""
    shared = sum(max(0, min(end, stop) - max(start, begin)) for start, end in left for begin, stop in right)
    both = sum(end - start for start, end in (*left, *right))
    return shared / (both - shared)
