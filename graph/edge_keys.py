"""Of which edge a piece of evidence is, and whose word that edge is. Pure.

Three kinds of edges come of it, and none is ever mixed with another:

    fact    what an article says in its own voice has happened
    claim   what somebody asserts, denies or leaves open, and what the article itself says did not happen
    about   somebody speaks of something

What is planned, possible or supposed is none of them.
"""

from __future__ import annotations

from typing import Literal as OneOf
from typing import NamedTuple

from graph.terms import local_name

Kind = OneOf["fact", "claim", "about"]
NARRATOR_NAME = "narrator"
UNKNOWN_SPEAKER = "unknown"

_KINDS: dict[str, Kind] = {"NarratorAsserted": "fact", "ClaimAbout": "about"}
_OPPOSITE = {"asserts": "denies", "denies": "asserts", "undetermined": "undetermined"}


class EdgeKey(NamedTuple):
    """What makes two pieces of evidence the same edge."""

    source: str
    target: str
    kind: Kind
    predicate: str
    stance: str  # asserts, denies, undetermined; "" of a fact
    speaker: str  # a canonical entity, NARRATOR_NAME or UNKNOWN_SPEAKER; "" of a fact
    directed: bool

    def in_order(self) -> EdgeKey:
        """Return it with its ends in order, unless it is directed."""
        if self.directed or self.source <= self.target:
            return self
        return self._replace(source=self.target, target=self.source)


def edge_key(
    one: str,
    predicate: str,
    other: str,
    factuality: str,
    stance: str,
    speaker: str,
    modality: str,
    *,
    directed: bool,
) -> EdgeKey | None:
    """Return which edge a piece of evidence is of; None of what neither happened nor is said to have or not.

    Args:
        one: The entity that it goes from; of what is not directed the two are put in order.
        predicate: Its name.
        other: The entity that it goes to.
        factuality: As the view has it, an IRI, as are the next three; "" for what is not there.
        stance: The speaker's.
        speaker: A canonical entity.
        modality: Of the relation in its article's graph.
        directed: False of what a symmetric predicate says.
    """
    standing = _standing(local_name(factuality), local_name(stance).lower(), speaker, modality)
    if standing is None:
        return None
    kind, stance, speaker = standing
    return EdgeKey(one, other, kind, predicate, stance, speaker, directed).in_order()


def _standing(factuality: str, stance: str, speaker: str, modality: str) -> tuple[Kind, str, str] | None:
    """Return kind, stance and speaker; None of what neither happened nor is said to have happened or not."""
    kind = _KINDS.get(factuality, "claim")
    if kind == "fact":
        return kind, "", ""
    if factuality == "NotActual":
        if local_name(modality) != "Actual":
            return None
        # A negated relation: whoever asserts that it did not happen denies that it did.
        return kind, _OPPOSITE[stance or "asserts"], speaker or (UNKNOWN_SPEAKER if stance else NARRATOR_NAME)
    return kind, stance, speaker or UNKNOWN_SPEAKER
