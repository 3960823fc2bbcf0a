"""Who said what on raw text, against PolNeAR's characters.

A role of one attribution (all its spans together) is one item: the set of the characters that it fills,
white space and quotation marks left out, wherever they stand. Exact F1 counts items that are equal: two
spans with nothing but white space and quotation marks between them are as good as one, and an opening or
closing mark belongs to nothing. Items are counted as often as they occur (the source of two attributions
twice); a role that an attribution lacks is no item. An attribution as a whole is found if contents overlap
by half (shared characters to all characters of both) and sources share a character or both are missing;
each is found once, the best overlap first. The character F1 of contents takes all contents of a text
together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import words_at
from benchmarks.quality.gold_texts import CharSpan
from benchmarks.quality.product import FoundAttribution
from extractors.training.polnear import CharAttribution

HALF = 0.5  # overlap of contents from which an attribution counts as found
ROLES = ("source", "cue", "content")
_MARKS = frozenset("\"'“”„‟‘’‚‛«»‹›`´")
Letters = frozenset[int]


@dataclass(frozen=True, slots=True)
class Roles:
    """The characters of one attribution, those that count."""

    source: Letters
    cue: Letters
    content: Letters


def letters_of(text: str, spans: Iterable[CharSpan]) -> Letters:
    return frozenset(
        place
        for start, end in spans
        for place in range(start, min(end, len(text)))
        if not text[place].isspace() and text[place] not in _MARKS
    )


def roles_of(text: str, one: CharAttribution | FoundAttribution) -> Roles:
    return Roles(*(letters_of(text, spans) for spans in (one.source, one.cue, one.content)))


def score_attributions(
    scores: Scores,
    text: str,
    gold: Sequence[CharAttribution],
    found: Sequence[FoundAttribution],
    alone: Sequence[FoundAttribution],
) -> None:
    """Count what the product found, and what the network found ``alone``; note confidences and errors."""
    wanted = [roles_of(text, one) for one in gold]
    ours = [roles_of(text, one) for one in found]
    networks = [roles_of(text, one) for one in alone]
    _count(scores, "", wanted, ours)
    _count(scores, ", network alone", wanted, networks)
    matched = match(wanted, ours)
    for number, one in enumerate(found):
        scores.sure("attributions", one.confidence, is_right=number in matched.values())
    shown = [shown_attribution(text, one) for one in gold], [shown_attribution(text, one) for one in found]
    _note_errors(scores, wanted, ours, *shown)
    _note_rules(scores, matched, match(wanted, networks), ours, shown[0])


def _count(scores: Scores, whose: str, gold: Sequence[Roles], found: Sequence[Roles]) -> None:
    for role in ROLES:
        wanted, ours = (
            Counter(item for one in side if (item := getattr(one, role))) for side in (gold, found)
        )
        scores.add(f"{role} exact{whose}", (wanted & ours).total(), ours.total(), wanted.total())
    wanted_letters, our_letters = (
        frozenset().union(*(one.content for one in side)) for side in (gold, found)
    )
    hits = len(wanted_letters & our_letters)
    scores.add(f"content characters{whose}", hits, len(our_letters), len(wanted_letters))
    scores.add(f"who said what{whose}", len(match(gold, found)), len(found), len(gold))


def match(gold: Sequence[Roles], found: Sequence[Roles]) -> dict[int, int]:
    """Return for each gold attribution that was found which of the predictions it is."""
    pairs = [
        (share, number, other)
        for number, one in enumerate(gold)
        for other, ours in enumerate(found)
        if (share := overlap(one.content, ours.content)) >= HALF and _is_same_source(one, ours)
    ]
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if number not in matched and other not in taken:
            matched[number] = other
            taken.add(other)
    return matched


def overlap(left: Letters, right: Letters) -> float:
    return len(left & right) / max(1, len(left | right))


def _is_same_source(left: Roles, right: Roles) -> bool:
    return bool(left.source & right.source) or not (left.source or right.source)


def shown_attribution(text: str, one: CharAttribution | FoundAttribution) -> str:
    return " | ".join(
        (words_at(text, one.source, 60), words_at(text, one.cue, 40), words_at(text, one.content))
    )


def _note_errors(
    scores: Scores,
    gold: Sequence[Roles],
    found: Sequence[Roles],
    gold_shown: list[str],
    found_shown: list[str],
) -> None:
    matched = match(gold, found)
    for number, one in enumerate(gold):
        if number in matched:
            ours = found[matched[number]]
            for role in ROLES:
                if getattr(one, role) != getattr(ours, role):
                    line = f"{gold_shown[number]}\n      read {found_shown[matched[number]]}"
                    scores.error(f"attribution found, {role} not exact", line)
            continue
        best = max(
            range(len(found)), key=lambda other: overlap(one.content, found[other].content), default=None
        )
        category = why_missed(one, None if best is None else found[best], is_taken=best in matched.values())
        read = "" if best is None or category == "nothing there" else f"\n      read {found_shown[best]}"
        scores.error(f"attribution missed: {category}", gold_shown[number] + read)
    for number, ours in enumerate(found):
        if number not in matched.values() and not any(one.content & ours.content for one in gold):
            scores.error("attribution invented", found_shown[number])
        elif number not in matched.values():
            scores.error("attribution read otherwise, or twice", found_shown[number])


def why_missed(one: Roles, best: Roles | None, *, is_taken: bool) -> str:
    if best is None or not best.content & one.content:
        return "nothing there"
    if overlap(one.content, best.content) < HALF:
        longer = len(best.content) > len(one.content)
        inside = "another's around it" if longer and is_taken else "content too long"
        return inside if longer else "content too short"
    if _is_same_source(one, best):
        return "its reading is another's"
    return (
        "no source read"
        if not best.source
        else "source read, none given"
        if not one.source
        else "other source"
    )


def _note_rules(
    scores: Scores,
    after: dict[int, int],
    before: dict[int, int],
    found: Sequence[Roles],
    gold_shown: list[str],
) -> None:
    for number in sorted(before.keys() - after.keys()):
        scores.error("attribution lost by the rules", gold_shown[number])
    for number in sorted(after.keys() - before.keys()):
        scores.error("attribution won by the rules (no error)", gold_shown[number])
