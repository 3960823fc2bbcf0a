"""The scoring of the challenge set on made-up passages, with extractions written by hand."""

import pytest

from benchmarks.quality.challenge import ORDER, score_passage
from benchmarks.quality.challenge_counts import add_up
from benchmarks.quality.counts import Scores
from benchmarks.quality.product import Reading
from newsgraph.records import Attribution, Entity, Extraction, Mention, Relation
from tests.challenge.passages import Absent, GoldAttribution, GoldName, GoldRelation, Passage, find

TEXT = (
    "Ida Vey met Bo Lunt in Oslo. Moor denied that she had praised Lunt, the Post said. A T-90 burned in May."
)


def at(words):
    return find(TEXT, words)


def passage(*, names=None, values=None, attributions=None, **others):
    return Passage("one", "made-up", TEXT, names, values, attributions, **others)


def gold(words, labels, optional=False):
    return GoldName(at(words), frozenset(labels.split("|")), optional)


def mention(words, label, entity, kind="name"):
    return Mention(f"m-{words}", *at(words), label, kind, entity, 0.9)


def relation(predicate, subject, obj, *, negated=False, modality="actual", attribution=None):
    return Relation("r", predicate, subject, obj, 0, 5, negated, modality, attribution, None, None, 0.9)


def said(source, cue, content, *, name="a0", stance="asserts", speech="indirect", speaker=None, via=None):
    parts = (tuple(at(words) for words in (part,) if words) for part in (source, cue, content))
    return Attribution(name, *parts, speaker, via, stance, "certain", speech, 0.9)


def attributed(source, cue, content, **others):
    return GoldAttribution((at(source),), (at(cue),), (at(content),), **others)


def scored(one, *, mentions=(), attributions=(), relations=()):
    names = {mention.entity: TEXT[mention.start : mention.end] for mention in mentions}
    entities = tuple(Entity(entity, name, "PERSON") for entity, name in names.items())
    read = Extraction(
        "a",
        TEXT,
        mentions=tuple(mentions),
        entities=entities,
        attributions=tuple(attributions),
        relations=tuple(relations),
    )
    return score_passage(one, Reading((), (), read))


def numbers(count):
    return count.hits, count.predicted, count.gold


def share(scores, measure):
    return scores.shares[measure].hits, scores.shares[measure].total


PEOPLE = (mention("Ida Vey", "PERSON", "e0"), mention("Bo Lunt", "PERSON", "e1"))


# --- Names ------------------------------------------------------------------------------------------------


def test_a_name_is_right_with_any_of_its_labels():
    one = passage(names=(gold("Ida Vey", "PERSON"), gold("Oslo", "LOC|ORG")))

    scores = scored(one, mentions=[mention("Ida Vey", "ORG", "e0"), mention("Oslo", "ORG", "e1")])

    assert numbers(scores.counts["names"]) == (1, 2, 2)
    assert list(scores.errors) == ["name PERSON read as ORG"]


def test_an_optional_name_that_is_missed_is_no_error():
    scores = scored(passage(names=(gold("Oslo", "LOC", optional=True),)))

    assert numbers(scores.counts["names"]) == (0, 0, 0)
    assert not scores.errors


def test_an_optional_name_that_is_found_is_right():
    scores = scored(
        passage(names=(gold("Oslo", "LOC", optional=True),)), mentions=[mention("Oslo", "LOC", "e0")]
    )

    assert numbers(scores.counts["names"]) == (1, 1, 1)


def test_weapons_are_products_alone_and_values_are_no_names():
    one = passage(names=(gold("T-90", "PRODUCT"), gold("Oslo", "LOC")), values=(gold("May", "DATE"),))
    found = [mention("T-90", "PRODUCT", "e0"), mention("May", "DATE", "e1", kind="value")]

    scores = scored(one, mentions=found)

    assert numbers(scores.counts["weapons"]) == (1, 1, 1)
    assert numbers(scores.counts["names"]) == (1, 1, 2)
    assert numbers(scores.counts["values"]) == (1, 1, 1)


def test_a_layer_that_is_not_judged_counts_nothing():
    scores = scored(passage(), mentions=PEOPLE, attributions=[said("Moor", "denied", "praised Lunt")])

    assert scores == Scores()


# --- Who said what ----------------------------------------------------------------------------------------

DENIAL = attributed("Moor", "denied", "she had praised Lunt", stance="denies", speech="indirect")


def test_stance_and_speech_are_judged_only_for_what_was_found():
    missed = attributed("the Post", "said", "Moor … praised Lunt", stance="asserts", speech="indirect")
    found = said("Moor", "denied", "she had praised Lunt", stance="asserts")

    scores = scored(passage(attributions=(DENIAL, missed)), attributions=[found])

    assert numbers(scores.counts["attributions"]) == (1, 1, 2)
    assert share(scores, "stance") == (0, 1)
    assert share(scores, "speech") == (1, 1)
    assert scores.errors["stance denies read as asserts"] == ["Moor | denied | she had praised Lunt"]


def test_what_the_gold_does_not_give_is_not_judged():
    one = passage(attributions=(attributed("Moor", "denied", "she had praised Lunt"),))

    scores = scored(one, attributions=[said("Moor", "denied", "she had praised Lunt")])

    assert not scores.shares


def test_an_optional_attribution_that_is_missed_is_no_error():
    optional = attributed("the Post", "said", "Moor … praised Lunt", is_optional=True)

    scores = scored(passage(attributions=(optional,)))

    assert numbers(scores.counts["attributions"]) == (0, 0, 0)
    assert not scores.errors


@pytest.mark.parametrize(
    ("speaker", "via", "right"), [("e0", None, (1, 1)), ("e1", "e0", (0, 0)), (None, "e1", (0, 0))]
)
def test_speaker_and_via_are_whoever_has_a_mention_there(speaker, via, right):
    """Its fullest mention may be elsewhere; an empty via means that there must be none."""
    one = passage(
        attributions=(attributed("Moor", "denied", "she had praised Lunt", speaker=(at("Moor"),), via=()),)
    )
    mentions = [*PEOPLE[1:], mention("Moor", "PERSON", "e0"), mention("Ida Vey", "PERSON", "e0")]
    found = said("Moor", "denied", "she had praised Lunt", speaker=speaker, via=via)

    scores = scored(one, mentions=mentions, attributions=[found])

    assert (share(scores, "speaker")[0], share(scores, "via")[0]) == right


# --- Links ------------------------------------------------------------------------------------------------


def test_coreference_counts_pairs_together_and_pairs_wrongly_merged():
    groups = ((at("Moor"), at("she")), (at("Bo Lunt"), at("Lunt#2")))
    mentions = [
        mention("Moor", "PERSON", "e0"),
        mention("she", "PERSON", "e1", kind="pronoun"),
        mention("Bo Lunt", "PERSON", "e1"),
        mention("Lunt#2", "PERSON", "e1"),
    ]

    scores = scored(passage(coreference=groups), mentions=mentions)

    assert share(scores, "coreference") == (1, 2)  # Moor and she are parted
    assert share(scores, "wrongly merged") == (2, 4)  # she with Bo Lunt and with Lunt
    assert len(scores.errors["coreference: wrongly merged"]) == 2


MET = GoldRelation(at("Ida Vey"), "met", at("Bo Lunt"))


def test_a_symmetric_relation_is_right_either_way_round():
    for parties in (("e0", "e1"), ("e1", "e0")):
        scores = scored(passage(relations=(MET,)), mentions=PEOPLE, relations=[relation("met", *parties)])
        assert share(scores, "relations") == (1, 1)


def test_who_did_it_to_whom_matters():
    one = passage(relations=(GoldRelation(at("Ida Vey"), "warned", at("Bo Lunt")),))

    scores = scored(one, mentions=PEOPLE, relations=[relation("warned", "e1", "e0")])

    assert share(scores, "relations") == (0, 1)
    assert list(scores.errors) == ["relation missed: not read"]


@pytest.mark.parametrize("other", [{"negated": True}, {"modality": "planned"}, {"attribution": "a0"}])
def test_a_relation_told_otherwise_is_not_found(other):
    scores = scored(
        passage(relations=(MET,)),
        mentions=PEOPLE,
        attributions=[said("Moor", "denied", "Ida Vey")],
        relations=[relation("met", "e0", "e1", **other)],
    )

    assert share(scores, "relations") == (0, 1)
    assert list(scores.errors) == ["relation missed: told otherwise"]


def test_a_relation_that_is_said_stands_in_the_attribution_with_that_cue():
    mentions = [mention("Moor", "PERSON", "e0"), mention("Lunt#2", "PERSON", "e1")]
    one = passage(relations=(GoldRelation(at("Moor"), "supported", at("Lunt#2"), cue=(at("denied"),)),))
    voices = [
        said("Moor", "denied", "she had praised Lunt"),
        said("the Post", "said", "Moor … Lunt", name="a1"),
    ]

    rights = [
        share(
            scored(
                one,
                mentions=mentions,
                attributions=voices,
                relations=[relation("supported", "e0", "e1", attribution=voice)],
            ),
            "relations",
        )[0]
        for voice in ("a0", "a1", None)
    ]

    assert rights == [1, 0, 0]


# --- What must not be there -------------------------------------------------------------------------------


def facts_found(*relations, predicate="met"):
    one = passage(absent=Absent(facts=(GoldRelation(at("Ida Vey"), predicate, at("Bo Lunt")),)))
    return share(scored(one, mentions=PEOPLE, relations=relations), "absent facts")


def test_a_violation_of_absent_facts_is_counted():
    assert facts_found(relation("met", "e0", "e1")) == (1, 1)
    assert facts_found(relation("struck", "e0", "e1"), predicate="*") == (1, 1)


def test_what_is_said_planned_or_negated_is_no_fact():
    others = ({"attribution": "a0"}, {"modality": "planned"}, {"negated": True})

    assert facts_found(*(relation("met", "e0", "e1", **other) for other in others)) == (0, 1)


def test_a_relation_that_must_not_be_there_may_be_in_nobodys_voice():
    one = passage(absent=Absent(relations=(MET,)))

    scores = scored(one, mentions=PEOPLE, relations=[relation("met", "e0", "e1", attribution="a0")])

    assert share(scores, "absent relations") == (1, 1)


def test_a_name_that_must_not_be_there_is_a_violation_with_its_label_alone():
    one = passage(absent=Absent(names=(gold("Oslo", "LOC"),)))

    assert share(scored(one, mentions=[mention("Oslo", "LOC", "e0")]), "absent names") == (1, 1)
    assert share(scored(one, mentions=[mention("Oslo", "ORG", "e0")]), "absent names") == (0, 1)


@pytest.mark.parametrize(
    ("source", "stance", "violations"),
    [("Moor", "asserts", 1), ("Moor", "denies", 0), ("the Post", "asserts", 0)],
)
def test_an_attribution_must_meet_all_parts_that_are_given_to_be_a_violation(source, stance, violations):
    one = passage(absent=Absent(attributions=(GoldAttribution((at("Moor"),), (), (), stance="asserts"),)))

    scores = scored(one, attributions=[said(source, "denied", "she had praised Lunt", stance=stance)])

    assert share(scores, "absent attributions") == (violations, 1)


# --- Many passages ----------------------------------------------------------------------------------------


def test_passages_add_up_and_their_errors_tell_where_they_are_from():
    one = passage(
        names=(gold("Oslo", "LOC"),), absent=Absent(facts=(MET,)), relations=(MET,), attributions=(DENIAL,)
    )
    part, total = scored(one, mentions=PEOPLE, relations=[relation("met", "e0", "e1")]), Scores()

    add_up(total, one, part)
    add_up(total, one, part)

    assert numbers(total.counts["names"]) == (0, 4, 2)
    assert str(total.shares["absent facts"]).split() == ["2", "(of", "2)"]
    assert total.errors["name missed LOC"][0].startswith("made-up/one: ")
    assert {*total.counts, *total.shares} <= {*ORDER}
