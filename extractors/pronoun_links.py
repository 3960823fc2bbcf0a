"""Where the network's links lead in the end: from pronoun to pronoun, until they reach a person's name.

A ranker that places pronouns one after the other takes a wrong "he" for granted when it comes to the next.
The links say more: how likely "he" refers to each word before it, how likely each of these pronouns to what
is before them, and so on; and whether a name further on takes the pronoun up again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from extractors.clusters import Cluster
from extractors.decoding import Floats, distance_buckets
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.pronoun_features import GENDERS
from extractors.words import Doc

_WINDOW = 150  # words back that a link may lead
_LEAST = 0.001  # share of a link below which it leads nowhere
_NOUGHT = 0.01  # added to shares before their logarithm is taken
_SCALE = 4.0  # brings what is told to 0..1 or a little more


class PronounLinks:
    """Which persons with names the links of each "he" and "she" of a Doc lead to."""

    def __init__(self, doc: Doc, clusters: Sequence[Cluster], link_distance: Floats) -> None:
        """Follow the links.

        Args:
            doc: With the network's queries and keys as its tensor.
            clusters: Things, their names among the mentions.
            link_distance: The network's logit for each distance bucket. Shape: (n_buckets,).
        """
        self._queries, self._keys = np.split(doc.tensor, 2, axis=1)
        self._queries = self._queries * np.float32(self._queries.shape[1] ** -0.5)
        self._by_distance = link_distance[distance_buckets(_WINDOW, _WINDOW + 1)]
        kinds = {
            token.i: kind
            for token in doc
            if token.pos_ == "PRON" and (kind := THIRD_PERSONS.get(token.lower_)) in GENDERS
        }
        names = [
            (one, cluster)
            for cluster in clusters
            if cluster.type == "PERSON"
            for one in cluster.mentions
            if one.kind == "name"
        ]
        named = {place: id(cluster) for one, cluster in names for place in range(one.start, one.end)}
        self._before = self._followed(kinds, named)
        self._behind = self._taken_up(sorted(kinds), [(one.head, id(cluster)) for one, cluster in names])

    def values(self, one: Referring, cluster: Cluster) -> Iterator[tuple[str, float]]:
        """Yield what the links tell of a person whom "he" or "she" may mean, by the names of the weights."""
        for name, shares in (("flow", self._before), ("back", self._behind)):
            share = shares.get(one.head, {}).get(id(cluster), 0.0)
            yield f"person {name}", float(np.log(share / _NOUGHT + 1)) / _SCALE

    def _followed(
        self, kinds: Mapping[int, str | None], named: Mapping[int, int]
    ) -> dict[int, Mapping[int, float]]:
        """Return for each pronoun the share of its links that leads to each person."""
        found: dict[int, Mapping[int, float]] = {}
        for word, kind in kinds.items():  # in text order: those before it are known
            begin, links = self._shares(word)
            shares: defaultdict[int, float] = defaultdict(float)
            for place in (begin + np.flatnonzero(links[:-1] > _LEAST)).tolist():
                link = float(links[place - begin])
                if place in named:
                    shares[named[place]] += link
                elif kinds.get(place) == kind:
                    for person, share in found[place].items():
                        shares[person] += link * share
            found[word] = shares
        return found

    def _taken_up(
        self, pronouns: Sequence[int], names: Sequence[tuple[int, int]]
    ) -> defaultdict[int, dict[int, float]]:
        """Return for each pronoun how much a name of each person, further on, refers back to it."""
        found: defaultdict[int, dict[int, float]] = defaultdict(dict)
        for head, person in names:
            near = pronouns[bisect_left(pronouns, head - _WINDOW) : bisect_left(pronouns, head)]
            begin, links = self._shares(head) if near else (0, np.zeros(0, np.float32))
            for word in near:
                found[word][person] = max(found[word].get(person, 0.0), float(links[word - begin]))
        return found

    def _shares(self, word: int) -> tuple[int, Floats]:
        """Return where the window of a word begins, and the share of its links to each word there."""
        begin = max(0, word - _WINDOW)
        scores = self._keys[begin : word + 1] @ self._queries[word]
        scores += self._by_distance[begin - word - 1 :]
        raised = np.exp(scores - scores.max())
        return begin, raised / raised.sum()
