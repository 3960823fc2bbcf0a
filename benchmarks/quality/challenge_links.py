"""Links between the things of a challenge passage: coreference, relations, and what must not be there.

Coreference is counted by pairs: two mentions of one gold group are together if one entity of ours is at
both; two mentions of different groups are "wrongly merged" if one entity is at both. A relation is found
with its predicate between entities at the gold spans (either way round if the predicate is symmetric),
negated or not, with its modality, and in the attribution with the gold cue or in the narrator's voice. The
gold relations are not all that there are, so there is no precision: what must not be there is listed under
``absent``, and each line there that is found counts once as a violation.
"""

from __future__ import annotations

from itertools import combinations, product

from benchmarks.quality.attributions import HALF, letters_of, overlap, roles_of
from benchmarks.quality.challenge_counts import entities_at, entity_name, is_meant, violation
from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt, words_at
from newsgraph.records import Attribution, Extraction, Relation, TextSpan
from newsgraph.vocabulary import load_vocabulary
from tests.challenge.passages import ANYTHING, GoldAttribution, GoldName, GoldRelation, Passage


def score_coreference(scores: Scores, passage: Passage, read: Extraction) -> None:
    """Count the pairs of mentions that belong together, and those that do not."""
    things = {span: entities_at(read, span) for group in passage.coreference for span in group}
    for group in passage.coreference:
        for left, right in combinations(group, 2):
            is_right = bool(things[left] & things[right])
            scores.share("coreference", is_right=is_right)
            if not is_right:
                why = "parted" if things[left] and things[right] else "without a mention"
                scores.error(f"coreference: {why}", _pair(read.text, left, right))
    for one, other in combinations(passage.coreference, 2):
        for left, right in product(one, other):
            is_merged = bool(things[left] & things[right])
            violation(scores, "wrongly merged", is_there=is_merged)
            if is_merged:
                scores.error("coreference: wrongly merged", _pair(read.text, left, right))


def _pair(text: str, left: TextSpan, right: TextSpan) -> str:
    return f"{excerpt(text, *left, around=30)}  and  {excerpt(text, *right, around=30)}"


# --- Relations --------------------------------------------------------------------------------------------


def score_relations(scores: Scores, passage: Passage, read: Extraction) -> None:
    for gold in passage.relations:
        between = [one for one in read.relations if is_between(read, gold, one)]
        is_right = any(_is_as_told(read, gold, one) for one in between)
        scores.share("relations", is_right=is_right)
        if not is_right:
            why = "told otherwise" if between else "not read"
            readings = "; ".join(shown_relation(read, one) for one in between or read.relations) or "none"
            scores.error(
                f"relation missed: {why}", f"{gold_relation(read.text, gold)}\n      read {readings}"
            )


def is_between(read: Extraction, gold: GoldRelation, ours: Relation) -> bool:
    """Say whether a relation has the gold one's predicate and parties."""
    if gold.predicate not in {ANYTHING, ours.predicate}:
        return False
    subjects, objects = entities_at(read, gold.subject), entities_at(read, gold.object)
    if ours.subject in subjects and ours.object in objects:
        return True
    predicate = load_vocabulary().get(ours.predicate)
    is_symmetric = predicate is not None and predicate.symmetric
    return is_symmetric and ours.subject in objects and ours.object in subjects


def _is_as_told(read: Extraction, gold: GoldRelation, ours: Relation) -> bool:
    if ours.negated != gold.negated or ours.modality not in gold.modalities:
        return False
    if not gold.cue or ours.attribution is None:
        return not gold.cue and ours.attribution is None
    cue = next(one.cue for one in read.attributions if one.id == ours.attribution)
    return bool(letters_of(read.text, cue) & letters_of(read.text, gold.cue))


def is_fact(ours: Relation) -> bool:
    """Say whether the article itself tells a relation as something that happened."""
    return ours.attribution is None and ours.modality == "actual" and not ours.negated


def gold_relation(text: str, gold: GoldRelation) -> str:
    voice = f", said with {words_at(text, gold.cue)!r}" if gold.cue else ""
    triple = f"{words_at(text, [gold.subject])} {gold.predicate} {words_at(text, [gold.object])}"
    return f"{triple} ({'not, ' if gold.negated else ''}{'|'.join(sorted(gold.modalities))}{voice})"


def shown_relation(read: Extraction, ours: Relation) -> str:
    triple = f"{entity_name(read, ours.subject)} {ours.predicate} {entity_name(read, ours.object)}"
    return f"{triple} ({'not, ' if ours.negated else ''}{ours.modality}, in {ours.attribution})"


# --- What must not be there -------------------------------------------------------------------------------


def score_absent(scores: Scores, passage: Passage, read: Extraction) -> None:
    """Count the lines of ``absent`` that were found all the same."""
    absent, text = passage.absent, read.text
    facts = [one for one in read.relations if is_fact(one)]
    for name in absent.names:
        _violated(scores, "names", excerpt(text, *name.span), is_there=_is_named(read, name))
    for gold in absent.attributions:
        meeting = [one for one in read.attributions if _meets(read, gold, one)]
        line = "; ".join(
            f"{words_at(text, (*one.source, *one.cue, *one.content))} ({one.stance})" for one in meeting
        )
        _violated(scores, "attributions", line, is_there=bool(meeting))
    for kind, triples, relations in (
        ("relations", absent.relations, read.relations),
        ("facts", absent.facts, facts),
    ):
        for triple in triples:
            found = [one for one in relations if is_between(read, triple, one)]
            line = "; ".join(f"{shown_relation(read, one)} {text[one.start : one.end]!r}" for one in found)
            _violated(scores, kind, line, is_there=bool(found))


def _violated(scores: Scores, kind: str, line: str, *, is_there: bool) -> None:
    violation(scores, f"absent {kind}", is_there=is_there)
    if is_there:
        scores.error(f"absent {kind}: found", line)


def _is_named(read: Extraction, gold: GoldName) -> bool:
    wanted = letters_of(read.text, [gold.span])
    return any(
        one.kind in {"name", "value"}
        and one.type in gold.labels
        and overlap(wanted, letters_of(read.text, [(one.start, one.end)])) >= HALF
        for one in read.mentions
    )


def _meets(read: Extraction, gold: GoldAttribution, ours: Attribution) -> bool:
    """Say whether an attribution has all the parts that are given."""
    wanted, roles = roles_of(read.text, gold), roles_of(read.text, ours)
    return (
        (not gold.source or bool(wanted.source & roles.source))
        and (not gold.cue or bool(wanted.cue & roles.cue))
        and (not gold.content or overlap(wanted.content, roles.content) >= HALF)
        and all(getattr(gold, part) in {None, getattr(ours, part)} for part in ("stance", "speech"))
        and (gold.speaker is None or is_meant(read, gold.speaker, ours.speaker))
        and (gold.via is None or is_meant(read, gold.via, ours.via))
    )
