"""GAP (Webster et al. 2018): does the pronoun's entity hold the one name, the other, or neither?

Two questions for each passage, one a name. A name is read as meant if a name in the pronoun's entity shares
a character with it. F1 over the names that are meant, as in the corpus's own gap_scorer.py: all passages,
those with "he", "him", "his", and those with "she", "her", "hers".
"""

from __future__ import annotations

from benchmarks.quality.counts import Scores
from benchmarks.quality.excerpts import excerpt
from extractors.training.coreference import GapName, GapPassage
from newsgraph.records import Extraction, Mention


def score_gap(scores: Scores, passage: GapPassage, read: Extraction) -> None:
    pronoun = next(
        (one for one in read.mentions if (one.start, one.end) == (passage.start, passage.end)), None
    )
    entity = None if pronoun is None else pronoun.entity
    called = [one for one in read.mentions if one.kind == "name" and one.entity == entity]
    for name in passage.names:
        is_read = any(_meet(one, name) for one in called)
        for measure in ("GAP all", "GAP masculine" if passage.is_masculine else "GAP feminine"):
            scores.add(measure, is_read and name.is_meant, is_read, name.is_meant)
        if is_read != name.is_meant:
            _note(scores, passage, name, read, called, is_alone=pronoun is None)


def _meet(one: Mention, name: GapName) -> bool:
    return one.start < name.end and name.start < one.end


def _note(
    scores: Scores,
    passage: GapPassage,
    name: GapName,
    read: Extraction,
    called: list[Mention],
    *,
    is_alone: bool,
) -> None:
    place = excerpt(read.text, passage.start, passage.end, around=240)
    shown = read.text[name.start : name.end]
    if not name.is_meant:
        scores.error("GAP pronoun of another", f"{place}  is not {shown!r}")
    elif not any(one.kind == "name" and one.type == "PERSON" and _meet(one, name) for one in read.mentions):
        scores.error("GAP name not found as a person's", f"{place}  means {shown!r}")
    elif is_alone:
        scores.error("GAP pronoun left alone", f"{place}  means {shown!r}")
    else:
        others = sorted({read.text[one.start : one.end] for one in called})
        scores.error(
            "GAP pronoun misses its name", f"{place}  means {shown!r}, read {', '.join(others) or 'nobody'}"
        )
