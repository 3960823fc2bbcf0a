"""What the reading of one challenge passage is worth: names, who said what, and the sum of many passages.

A thing of ours is "at" a gold span if one of its mentions there has half of the characters in common
(shared characters to all of both): "the newspaper" is at "newspaper", "A spokesman" at "A spokesman for
Bello", "Bello" is not. Whatever is optional counts neither way when it is missed, and as a hit when found.
Of an attribution that was found, only those parts are judged that its gold gives. Links between things
(coreference, relations) and what must not be there are counted in challenge_links.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.quality.attributions import (
    HALF,
    Roles,
    letters_of,
    match,
    overlap,
    roles_of,
    shown_attribution,
    why_missed,
)
from benchmarks.quality.counts import Count, Scores, Share
from benchmarks.quality.excerpts import words_at
from benchmarks.quality.gold_texts import GoldText
from benchmarks.quality.names import count_names
from benchmarks.quality.names import note_errors as note_name_errors
from benchmarks.quality.product import FoundName, Product, Reading
from newsgraph.records import Attribution, Extraction, TextSpan
from tests.challenge.passages import VALUES, GoldAttribution, GoldName, Passage

_LINKS = frozenset({"of", "for", "at", "in", "from", "on", "with", "and", "by", "to"})
_CORPUS = "challenge"  # to count_names: one that knows buildings


@dataclass
class Violations(Share):
    """How often something is there that must not be: fewer is better, and none is right."""

    def __str__(self) -> str:
        return f"   {self.hits:>5}  (of {self.total})"


def violation(scores: Scores, measure: str, *, is_there: bool) -> None:
    scores.shares.setdefault(measure, Violations())
    scores.share(measure, is_right=is_there)


def add_up(scores: Scores, passage: Passage, part: Scores) -> None:
    """Add a passage's scores to those of many; its errors tell where they are from."""
    for measure, count in part.counts.items():
        scores.add(measure, count.hits, count.predicted, count.gold, count.found)
    for measure, share in part.shares.items():
        total = scores.shares.setdefault(measure, type(share)())
        total.hits += share.hits
        total.total += share.total
    for category, lines in part.errors.items():
        for line in lines:
            scores.error(category, f"{passage.category}/{passage.id}: {line}")


def scored(
    product: Product, passages: Iterable[Passage], score: Callable[[Passage, Reading], Scores]
) -> Iterator[tuple[Passage, Scores]]:
    """Yield each passage with what its reading is worth."""
    passages = list(passages)
    texts = [GoldText(f"{one.category}/{one.id}", one.text) for one in passages]
    for passage, (_, reading) in zip(passages, product.read(texts), strict=True):
        yield passage, score(passage, reading)


def summed(parts: Iterable[tuple[Passage, Scores]]) -> tuple[Scores, Mapping[str, Scores]]:
    """Return the scores of all passages together, and by category."""
    total, categories = Scores(), dict[str, Scores]()
    for passage, part in parts:
        add_up(total, passage, part)
        add_up(categories.setdefault(passage.category, Scores()), passage, part)
    return total, categories


def entities_at(read: Extraction, span: TextSpan) -> frozenset[str]:
    """Return the things that a gold span may mean: those that have a mention at it."""
    wanted = letters_of(read.text, [span])
    return frozenset(
        one.entity
        for one in read.mentions
        if overlap(wanted, letters_of(read.text, [(one.start, one.end)])) >= HALF
        or _is_same_noun(read.text, span, TextSpan(one.start, one.end))
    )


def _is_same_noun(text: str, left: TextSpan, right: TextSpan) -> bool:
    """Say whether one phrase is the other with more words before its noun: "striking miners" and "miners"."""
    if left.end != right.end:
        return False
    before = text[min(left.start, right.start) : max(left.start, right.start)].lower().split()
    return not any(word in _LINKS or word.endswith(",") for word in before)


def entity_name(read: Extraction, entity: str | None) -> str:
    return next((repr(one.name) for one in read.entities if one.id == entity), "nobody")


# --- Names ------------------------------------------------------------------------------------------------


def score_names(scores: Scores, passage: Passage, reading: Reading) -> None:
    """Count names and values: strict borders, and a label that is among the gold ones."""
    names = [one for one in reading.names if one.label not in VALUES]
    values = [one for one in reading.names if one.label in VALUES]
    if passage.names is not None:
        counted = _counted(scores, passage.text, passage.names, names)
        for measure, count in (("names", counted["names"]), ("weapons", counted["names PRODUCT"])):
            scores.add(measure, count.hits, count.predicted, count.gold)
    if passage.values is not None:
        count = _counted(scores, passage.text, passage.values, values)["names"]
        scores.add("values", count.hits, count.predicted, count.gold)


def _counted(
    scores: Scores, text: str, gold: Sequence[GoldName], found: Sequence[FoundName]
) -> Mapping[str, Count]:
    label_at = {(one.start, one.end): one.label for one in found}
    judged = {
        (one.span.start, one.span.end): one.labels
        for one in gold
        if not one.is_optional or label_at.get(one.span) in one.labels
    }
    alone = Scores()
    count_names(alone, _CORPUS, judged, found)
    note_name_errors(scores, text, judged, found)
    return alone.counts


# --- Who said what ----------------------------------------------------------------------------------------


def score_attributions(scores: Scores, passage: Passage, reading: Reading) -> None:
    """Count the attributions found, and of each that was found the parts that its gold gives."""
    if passage.attributions is None:
        return
    text, gold, found = passage.text, passage.attributions, reading.attributions
    wanted, ours = ([roles_of(text, one) for one in side] for side in (gold, found))
    matched = match(wanted, ours)
    missed = [number for number, one in enumerate(gold) if number not in matched and not one.is_optional]
    scores.add("attributions", len(matched), len(ours), len(matched) + len(missed))
    for number, other in matched.items():
        _score_parts(scores, reading.extraction, gold[number], reading.extraction.attributions[other])
    shown = [shown_attribution(text, one) for one in gold], [shown_attribution(text, one) for one in found]
    for number in missed:
        _note_missed(scores, wanted[number], ours, set(matched.values()), shown[0][number], shown[1])
    for number, line in enumerate(shown[1]):
        if number not in matched.values():
            scores.error("attribution that is none, or read otherwise", line)


def _note_missed(
    scores: Scores, gold: Roles, ours: Sequence[Roles], taken: set[int], line: str, shown: Sequence[str]
) -> None:
    best = max(range(len(ours)), key=lambda other: overlap(gold.content, ours[other].content), default=None)
    why = why_missed(gold, None if best is None else ours[best], is_taken=best in taken)
    read = "" if best is None or why == "nothing there" else f"\n      read {shown[best]}"
    scores.error(f"attribution missed: {why}", line + read)


def _score_parts(scores: Scores, read: Extraction, gold: GoldAttribution, ours: Attribution) -> None:
    line = shown_attribution(read.text, gold)
    for part in ("stance", "speech"):
        if (wanted := getattr(gold, part)) is not None:
            is_right = wanted == (given := getattr(ours, part))
            scores.share(part, is_right=is_right)
            if not is_right:
                scores.error(f"{part} {wanted} read as {given}", line)
    for part in ("speaker", "via"):
        if (spans := getattr(gold, part)) is not None:
            given = getattr(ours, part)
            is_right = is_meant(read, spans, given)
            scores.share(part, is_right=is_right)
            if not is_right:
                wanted = words_at(read.text, spans)
                scores.error(f"{part} wrong", f"{line}  is {wanted!r}, read {entity_name(read, given)}")


def is_meant(read: Extraction, spans: Sequence[TextSpan], entity: str | None) -> bool:
    """Say whether a thing of ours is what stands at the gold spans; without spans there must be none."""
    if not spans:
        return entity is None
    return any(entity in entities_at(read, span) for span in spans)
