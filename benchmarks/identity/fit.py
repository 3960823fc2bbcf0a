"""Fit the weights of graph/resolver.json on pairs of profiles that people judged.

    python -m benchmarks.identity.fit CORPORA [--dry-run]

Pairs come from the parts "tune" and "wide" of the namesakes, from GUM's linked entities and from topics 1 to
35 of ECB+.
Two profiles of a block are the same if the gold says so, and different if it links them to two things. Each
set counts alike. The weights begin at what PRIOR says and leave it as far as the pairs are evidence: most
features are rare, and no corpus has generals who become ministers. Newton's method; the same data give the
same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.identity.sets import (
    GoldArticle,
    gold_extraction,
    names_only,
    read_ecb_plus,
    read_gum,
    read_namesakes,
)
from flows.workers import load_extract
from graph.features import FEATURES, features_of
from graph.profiles import Profile, profiles_in

MODEL = Path(__file__).parents[2] / "graph" / "resolver.json"
PRIOR = Path(__file__).with_name("prior.json")
ECB_TOPICS = range(1, 36)
ROUNDS = 50
PAIRS_OF_A_SET = 60.0  # that many judged pairs each set is worth
STRENGTH = 4.0  # of the pull to the prior: the inverse of its variance


class Pair(NamedTuple):
    """Two profiles of a block, judged by people."""

    one: Profile
    other: Profile
    is_same: bool
    weight: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path, help="holds amir-zeldes+gum and tommasoc80+EventStoryLine")
    parser.add_argument("--dry-run", action="store_true", help="show, and write nothing")
    options = parser.parse_args()
    pairs = [
        *_weighed(tune_pairs()),
        *_weighed(gum_pairs(options.corpora)),
        *_weighed(ecb_pairs(options.corpora)),
    ]
    prior = json.loads(PRIOR.read_text("utf-8"))
    names = [feature.name for feature in FEATURES]
    before = np.array([prior["bias"], *(prior["weights"][name] for name in names)])
    weights = fitted(pairs, names, before)
    show(pairs, names, before, weights)
    if not options.dry_run:
        write(names, weights)


def tune_pairs() -> list[Pair]:
    extract, found = load_extract(), list[Pair]()
    for part in ("tune", "wide"):
        gold = read_namesakes(part)
        read = extract([one.article for one in gold])
        found += pairs_of((one, gold_extraction(one, x)) for one, x in zip(gold, read, strict=True))
    return found


def gum_pairs(corpora: Path) -> list[Pair]:
    return pairs_of((one, names_only(one)) for one in read_gum(corpora))


def ecb_pairs(corpora: Path) -> list[Pair]:
    found = []
    for topic in ECB_TOPICS:  # what two topics have in common is not linked
        gold = read_ecb_plus(corpora, [topic])
        found += pairs_of((one, names_only(one)) for one in gold)
    return found


def pairs_of(articles: Iterable[tuple[GoldArticle, object]]) -> list[Pair]:
    """Return the pairs of profiles in a block that are of one thing each."""
    things: defaultdict[Profile, set[str]] = defaultdict(set)
    for gold, extraction in articles:
        clusters = {f"g{number}": one.cluster for number, one in enumerate(gold.entities)}
        for entity, profile in profiles_in(extraction).items():
            things[profile].add(clusters[entity])
    blocks: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile, clusters in things.items():
        if len(clusters) == 1:
            blocks[profile.block].append(profile)
    return [
        Pair(one, other, things[one] == things[other], 1.0)
        for profiles in blocks.values()
        for one, other in combinations(sorted(profiles, key=lambda x: x.hash), 2)
    ]


def _weighed(pairs: Sequence[Pair]) -> Iterator[Pair]:
    for pair in pairs:
        yield pair._replace(weight=PAIRS_OF_A_SET / len(pairs))


def fitted(pairs: Sequence[Pair], names: Sequence[str], prior: np.ndarray) -> np.ndarray:
    """Return bias and weights of greatest posterior likelihood. Shapes: (n_features + 1,)."""
    values, labels, counts = _arrays(pairs, names)
    weights = prior.copy()
    for _ in range(ROUNDS):
        guess = 1.0 / (1.0 + np.exp(-np.clip(values @ weights, -30, 30)))
        slope = values.T @ (counts * (labels - guess)) - STRENGTH * (weights - prior)
        bend = (values.T * (counts * guess * (1.0 - guess))) @ values + STRENGTH * np.eye(len(weights))
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def _arrays(pairs: Sequence[Pair], names: Sequence[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    values = np.zeros((len(pairs), len(names) + 1))
    values[:, 0] = 1.0
    for row, pair in enumerate(pairs):
        found = features_of(pair.one, pair.other)
        values[row, 1:] = [found.get(name, 0.0) for name in names]
    labels = np.array([float(pair.is_same) for pair in pairs])
    return values, labels, np.array([pair.weight for pair in pairs])


def show(pairs: Sequence[Pair], names: Sequence[str], before: np.ndarray, after: np.ndarray) -> None:
    """Print how often each feature occurs, what it weighs, and what the probabilities are worth."""
    values, labels, counts = _arrays(pairs, names)
    print(f"{len(pairs)} pairs, {int(labels.sum())} of them the same")
    for column, name in enumerate(("bias", *names)):
        there = values[:, column] > 0
        print(f"{name:<26}{int(there.sum()):>7} pairs {before[column]:>+7.2f} {after[column]:>+7.2f}")
    probabilities = 1.0 / (1.0 + np.exp(-values @ after))
    for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 0.95), (0.95, 1.001)):
        there = (low <= probabilities) & (probabilities < high)
        if there.any():
            share = np.average(labels[there], weights=counts[there])
            mean = np.average(probabilities[there], weights=counts[there])
            print(
                f"told {low:.2f} to {min(high, 1):.2f}: {int(there.sum()):>6} pairs, mean {mean:.3f}, "
                f"the same {share:.3f}"
            )


def write(names: Sequence[str], weights: np.ndarray) -> None:
    told = json.loads(MODEL.read_text("utf-8"))
    told["fitted_on"] = date.today().isoformat()  # noqa: DTZ011 - a day is enough
    told["bias"] = round(float(weights[0]), 2)
    told["weights"] = {name: round(float(weight), 2) for name, weight in zip(names, weights[1:], strict=True)}
    MODEL.write_text(json.dumps(told, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
