"""Who "I" and "we" are: within a quotation its source, outside of all quotations the one who writes.

"We" of a body is the body; of a person it is some people without a name, the same ones as long as that person
speaks. Neither they nor the writer are things of the graph: they are spoken of in passing.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.clusters import Cluster
from extractors.mentions import FIRST_PERSONS, Referring
from extractors.pronouns import Surroundings

_BODIES = frozenset({"ORG", "NORP"})


def place_first_persons(around: Surroundings, pronouns: Iterable[Referring]) -> list[Cluster]:
    """Add each "I" and "we" to what it means, and return the things that only they mean, in text order."""
    found: dict[tuple[int, str], Cluster] = {}
    for one in pronouns:
        number = FIRST_PERSONS.get(around.doc[one.head].lower_)
        if number is None:
            continue
        speaker = _speaker(around, one)
        if around.quoted[one.head] and speaker is None:
            continue  # whose words these are, is not known
        if speaker is not None and _is_meant(speaker, number):
            around.add(speaker, one)
            around.lean_on_speaker(one)
            continue
        if speaker is not None and number == "one":
            continue  # no body says "I"
        key = id(speaker), number
        found.setdefault(key, Cluster("PERSON", is_passing=True)).mentions.append(one)
    return list(found.values())


def _speaker(around: Surroundings, one: Referring) -> Cluster | None:
    """Return whose words a pronoun stands in, if within quotation marks."""
    speaker = around.speaker(one) if around.quoted[one.head] else None
    return None if speaker is None else speaker.cluster


def _is_meant(speaker: Cluster, number: str) -> bool:
    return speaker.type in _BODIES if number == "many" else speaker.type == "PERSON" or speaker.is_passing
