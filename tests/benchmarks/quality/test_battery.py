"""What counts as right, as missed and as a leak: on records by hand, no model is loaded."""

from dataclasses import replace

import pytest

from benchmarks.quality.battery import score_statements
from benchmarks.quality.counts import Scores
from newsgraph.records import Attribution, Entity, Extraction, Mention, Relation, TextSpan
from tests.challenge.passages import GoldRelation, Passage

TEXT = "Kahn said Roe met Falk."
KAHN, SAID, ROE, FALK = TextSpan(0, 4), TextSpan(5, 9), TextSpan(10, 13), TextSpan(18, 22)
CONTENT = TextSpan(10, 22)
CLAIM = GoldRelation(ROE, "met", FALK, cue=(SAID,))
FACT = replace(CLAIM, cue=())


def passage(*relations):
    return Passage("one", "made", TEXT, None, None, (), relations=relations)


def read(**changes):
    told = Relation("r0", "met", "e1", "e2", 10, 22, False, "actual", None, None, None, 0.9)
    attribution = Attribution(
        "a0", (KAHN,), (SAID,), (CONTENT,), "e0", None, "asserts", "certain", "indirect", 0.9
    )
    names = (KAHN, ROE, FALK)
    return Extraction(
        "one",
        TEXT,
        mentions=tuple(
            Mention(f"m{i}", *span, "PERSON", "name", f"e{i}", 0.9) for i, span in enumerate(names)
        ),
        entities=tuple(Entity(f"e{i}", TEXT[span[0] : span[1]], "PERSON") for i, span in enumerate(names)),
        attributions=(attribution,),
        relations=(replace(told, **changes),),
    )


def scored(gold, extraction):
    scores = Scores()
    score_statements(scores, passage(*gold), extraction)
    leaks = scores.shares.get("leaks")
    relations = scores.counts["relations"]
    return relations.hits, relations.predicted, relations.gold, leaks.hits if leaks else 0


def test_a_fact_that_somebody_only_claims_is_a_leak():
    assert scored([CLAIM], read()) == (0, 1, 1, 1)


def test_a_claim_in_its_speakers_words_is_right():
    assert scored([CLAIM], read(attribution="a0")) == (1, 1, 1, 0)


def test_a_fact_is_right_in_the_articles_own_voice_alone():
    assert scored([FACT], read()) == (1, 1, 1, 0)
    assert scored([FACT], read(attribution="a0")) == (0, 1, 1, 0)


@pytest.mark.parametrize("told", [{"modality": "planned"}, {"modality": "possible"}, {"attribution": "a0"}])
def test_of_what_is_planned_it_is_not_judged_who_says_so(told):
    plan = replace(FACT, modalities=frozenset({"planned"}))

    assert scored([plan], read(**told)) == (1, 1, 1, 0)


def test_a_plan_told_as_a_fact_is_a_leak():
    assert scored([replace(FACT, modalities=frozenset({"planned"}))], read()) == (0, 1, 1, 1)


def test_a_negation_must_be_there():
    denied = replace(FACT, negated=True)

    assert scored([denied], read(negated=True)) == (1, 1, 1, 0)
    assert scored([denied], read()) == (0, 1, 1, 1)


def test_what_is_optional_is_not_missed():
    assert scored([replace(FACT, is_optional=True)], replace(read(), relations=())) == (0, 0, 0, 0)


def test_an_invented_relation_costs_precision():
    assert scored([], read()) == (0, 1, 0, 0)
