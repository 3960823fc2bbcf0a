"""B³ (Bagga and Baldwin 1998): how well mentions are gathered to things.

Each mention of ours gives the share of its entity's mentions that are of its gold thing (precision); each
gold mention the share of its thing's mentions that are in its entity of ours (recall). A mention that one
side alone has gives 0 there, as in the CoNLL 2012 scorer: this is detection and gathering in one. Things
with one mention count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

_Mention = TypeVar("_Mention", bound=Hashable)


@dataclass(frozen=True, slots=True)
class BCubed:
    """Sums over mentions, to be added up over documents."""

    precisions: float
    found: int
    recalls: float
    gold: int


def b_cubed(gold: Mapping[_Mention, str], found: Mapping[_Mention, str]) -> BCubed:
    """Compare two ways to gather mentions.

    Of gold {a, b, c} {d} and found {a, b} {c, d} the precisions are 1, 1, 1/2, 1/2, the recalls
    2/3, 2/3, 1/3, 1.

    Args:
        gold: The thing of each gold mention.
        found: The entity of each mention of ours; one that was matched to a gold mention has its key.
    """
    things, entities = _gathered(gold), _gathered(found)
    shared = {
        mention: len(things[gold[mention]] & entities[found[mention]])
        for mention in gold.keys() & found.keys()
    }
    return BCubed(
        sum(number / len(entities[found[mention]]) for mention, number in shared.items()),
        len(found),
        sum(number / len(things[gold[mention]]) for mention, number in shared.items()),
        len(gold),
    )


def _gathered(mentions: Mapping[_Mention, str]) -> dict[str, set[_Mention]]:
    sets: defaultdict[str, set[_Mention]] = defaultdict(set)
    for mention, thing in mentions.items():
        sets[thing].add(mention)
    return dict(sets)
