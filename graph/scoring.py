"""How likely two profiles are one thing: one weighed sum of the features, read from resolver.json. Pure.

    log-odds = bias + Σ weight × feature        probability = 1 / (1 + e^-log-odds)

The weights are fitted on judged pairs (benchmarks/identity/fit.py), which also tells what the probability is
worth.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from math import exp, log

from graph.features import FEATURES, features_of
from graph.profiles import Profile
from newsgraph import __version__


@dataclass(frozen=True, eq=False)
class Model:
    """The weights, and from which probabilities on they decide."""

    bias: float
    weights: Mapping[str, float]  # by the name of the feature
    same_from: float  # probability from which two are the same
    different_below: float  # probability below which they are not
    fitted_on: str  # ISO 8601 date
    id: str

    @property
    def name(self) -> str:
        """Who decides: the software with its weights."""
        return f"newsgraph {__version__}, weights {self.id} of {self.fitted_on}"


@dataclass(frozen=True)
class Score:
    """What came of a comparison."""

    log_odds: float
    parts: tuple[tuple[str, float, float], ...]  # name of the feature, its value, its weight

    @property
    def probability(self) -> float:
        return probability(self.log_odds)

    def told(self) -> str:
        """Return how the score came about: "same name 1 × +4.2; …"."""
        return "; ".join(f"{name} {value:.2g} × {weight:+.2f}" for name, value, weight in self.parts)


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the fitted model that comes with newsgraph."""
    text = files("graph").joinpath("resolver.json").read_text("utf-8")
    told = json.loads(text)
    if unknown := set(told["weights"]) ^ {feature.name for feature in FEATURES}:
        raise ValueError(f"resolver.json and FEATURES differ in {sorted(unknown)}; fit the weights again")
    return Model(
        told["bias"],
        told["weights"],
        told["same_from"],
        told["different_below"],
        told["fitted_on"],
        sha256(text.encode()).hexdigest()[:8],
    )


def score(one: Profile, other: Profile, model: Model) -> Score:
    """Return how likely two profiles of a block are one thing; their order does not matter."""
    found = features_of(one, other) if one.hash <= other.hash else features_of(other, one)
    parts = tuple((name, value, model.weights[name]) for name, value in found.items())
    return Score(model.bias + sum(value * weight for _, value, weight in parts), parts)


def probability(log_odds: float) -> float:
    return 1.0 / (1.0 + exp(-log_odds)) if log_odds > -700 else 0.0


def log_odds(share: float) -> float:
    return log(share / (1.0 - share))
