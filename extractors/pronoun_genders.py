"""Whether a person is "he" or "she", by all pronouns of an article together.

Pronouns are given away one after the other, and who was once "he" is never "she" again: one wrong "he" at
the head of a chain leaves the next "she" to somebody else. So where an article has both, all of them are
weighed beforehand, as if nobody's gender were known; whoever is far likelier to be meant by one kind of them
than by the other is a man or a woman, and then all are placed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractors.clusters import Cluster
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.pronoun_choice import shares_of
from extractors.pronoun_features import GENDERS
from extractors.pronouns import Surroundings

# Chosen on development parts: between 0.5 and 0.9 pronouns that mean a person it makes no difference.
LEAST = 0.6  # pronouns of one kind that a person is meant by, as their probabilities add up
TIMES = 2.0  # how many times as many as of the other kind


def tell_by_pronouns(around: Surroundings, pronouns: Sequence[Referring]) -> None:
    """Note on the persons around the pronouns of a Doc, none placed yet, which gender these tell of them."""
    both = [one for one in pronouns if THIRD_PERSONS.get(around.doc[one.head].lower_) in GENDERS]
    if {THIRD_PERSONS[around.doc[one.head].lower_] for one in both} != GENDERS:
        return
    for number, meant in _meant(around.copy(), both).items():
        person = around.clusters[number]
        most = max(meant, key=meant.__getitem__)
        other = sum(meant.values()) - meant[most]
        if person.gender is None and meant[most] >= LEAST and meant[most] >= TIMES * other:
            person.gender = most


def _meant(trial: Surroundings, pronouns: Sequence[Referring]) -> dict[int, dict[str, float]]:
    """Return by how many "he" and "she" each thing is meant, as probabilities add up; uses ``trial`` up."""
    number_of = {id(cluster): number for number, cluster in enumerate(trial.clusters)}
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)

    def choose(one: Referring) -> Cluster | None:
        kind, candidates = THIRD_PERSONS[trial.doc[one.head].lower_], trial.candidates(one)
        shares = shares_of(trial.weights, kind, candidates)
        for each, share in zip(candidates, shares, strict=True):
            if (number := number_of.get(id(each.cluster))) is not None:
                found[number][kind] = found[number].get(kind, 0.0) + share
        return trial.antecedent(one, candidates, shares)

    trial.place(pronouns, choose, tells_gender=False)
    return found
