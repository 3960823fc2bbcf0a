"""Which of the things near a pronoun it means: a log-linear model weighs what speaks for each of them.

A softmax over the things and "none of them"; the weights lie in the model's folder, where
training/pronouns.py put them. What is likely enough is believed, and statements are made of it; what is
only likelier than all else is shown.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np

from extractors.clusters import Cluster
from extractors.decoding import MAX_DISTANCE_BUCKET, Floats
from extractors.network import HEADS, PRONOUNS
from extractors.pronoun_features import GENDERS, SELF
from extractors.quick import quick_record

PERSON_LINK = "person link"
FARTHEST = 8.0  # gap between links beyond which it tells no more
OWN_THING = 0.3  # least probability of a firm for what it says of "it"; the corpora have no news of firms
ODD = 0.6  # least probability of a thing whose type speaks against it
FAR_THING = 0.7  # least probability of a thing for "it" that is not the one mentioned last


@quick_record
class Candidate:
    """A thing that a pronoun may mean, or none of them, with what speaks for and against it."""

    cluster: Cluster | None
    features: Sequence[str]
    link: float = 0.0  # the network's logit that the pronoun refers to it
    gap: float = 0.0  # by how much another thing's link is stronger, none or less
    nearest: int = -1  # head of the mention that the pronoun leans on
    is_odd: bool = False  # a thing of this type is hardly called so: a person "it", a town "they"
    is_far: bool = False  # was last spoken of out of the pronoun's reach


@quick_record
class Chosen:
    """The thing that a pronoun means, and whether that is likely enough for statements."""

    cluster: Cluster
    nearest: int  # as in Candidate
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained model: a weight for each feature's name, the least probability that is believed."""

    of: Mapping[str, float]
    least: Mapping[str, float]  # by kind of pronoun, 0..1; of what is spoken of in passing, for any kind
    shown: Mapping[str, float]  # the same for what is told of a pronoun, though no statement is made of it
    link_distance: Floats = field(default_factory=lambda: np.zeros(2 * MAX_DISTANCE_BUCKET + 1, np.float32))

    def score(self, one: Candidate, kind: str) -> float:
        of = self.of.get
        links = 0.0
        for name, value in link_values(kind, one):
            links += of(name, 0.0) * value
        return sum(map(of, one.features, repeat(0.0))) + links


def link_values(kind: str, one: Candidate) -> tuple[tuple[str, float], ...]:
    """Return the network's own opinion on a candidate for a kind of pronoun, by the names of its weights."""
    if kind in GENDERS:  # among persons, the gap tells no more
        return ((PERSON_LINK, one.link),)
    who = "none" if one.cluster is None else "passing" if one.cluster.is_passing else "thing"
    link, gap = _link_names(kind, who)
    return (link, one.link), (gap, one.gap)


@cache
def _link_names(kind: str, who: str) -> tuple[str, str]:
    return f"{kind} link", f"{kind} gap {who}"


@cache
def load_weights(folder: Path) -> Weights:
    """Read the weights that training/pronouns.py wrote."""
    given = json.loads((folder / PRONOUNS).read_text(encoding="utf-8"))
    with np.load(folder / HEADS) as heads:
        return Weights(given["weights"], given["least"], given["shown"], heads["link_distance"])


def shares_of(weights: Weights, kind: str, candidates: Sequence[Candidate]) -> list[float]:
    """Return how likely each of the candidates is what a pronoun of this kind means, 0..1, 1 in all."""
    scores = [weights.score(one, kind) for one in candidates]
    most = max(scores)
    raised = [math.exp(score - most) for score in scores]
    whole = sum(raised)
    return [each / whole for each in raised]


def best_candidate(
    weights: Weights, kind: str, candidates: Sequence[Candidate], shares: Sequence[float] | None = None
) -> Chosen | None:
    """Return the likeliest thing, if it is likely enough for this kind of pronoun; the last is none.

    Args:
        weights: The trained model.
        kind: As in mentions.THIRD_PERSONS.
        candidates: As Surroundings gives them.
        shares: As ``shares_of`` gives them, where they are known already.
    """
    shares = shares_of(weights, kind, candidates) if shares is None else shares
    best = max(range(len(shares) - 1), key=shares.__getitem__, default=-1)
    if best < 0:
        return None
    one, share = candidates[best], shares[best]
    cluster = one.cluster
    if cluster is None:
        return None
    if cluster.is_passing:
        return Chosen(cluster, one.nearest, is_sure=True) if share >= weights.least["passing"] else None
    least = weights.least[kind]
    if SELF in one.features:
        least = min(least, OWN_THING)
    elif kind == "thing" and any(each.cluster and not each.cluster.is_passing for each in candidates[:best]):
        # "the jet struck the drone before it fell": a wrong guess is a wrong fact.
        least = max(least, FAR_THING)
    is_sure = share >= least and not one.is_odd and not one.is_far
    shown = ODD if one.is_odd else weights.shown[kind]
    return Chosen(cluster, one.nearest, is_sure=is_sure) if is_sure or share >= shown else None
