"""Which attributions are right, by weights as training writes them."""

import json
from dataclasses import replace

import pytest

from extractors.decoding import RoleSpans
from extractors.judging import Judge, signs_of
from extractors.network import JUDGE, MODEL_DIR

ONE = RoleSpans(((0, 2),), ((2, 3),), ((3, 9),), 0.8, first=3.0, last=2.0)
TAGS = ("DET|DT", "NOUN|NN", "VERB|VBD", *("NOUN|NN" for _ in range(9)))  # of twelve words


@pytest.fixture(scope="module")
def judge():
    return Judge.from_file(MODEL_DIR / JUDGE)


def test_what_stands_alone_keeps_all_but_its_confidence(judge):
    [judged] = judge([ONE], TAGS)

    assert replace(judged, confidence=ONE.confidence) == ONE
    assert 0.5 < judged.confidence < 1


@pytest.mark.parametrize(
    "weaker",
    [
        replace(ONE, confidence=0.4),
        replace(ONE, last=-2.0),
        replace(ONE, source=()),
    ],
)
def test_what_speaks_against_an_attribution_lowers_its_chance(judge, weaker):
    [one], [other] = judge([ONE], TAGS), judge([weaker], TAGS)

    assert other.confidence < one.confidence


@pytest.mark.parametrize(
    ("place", "tag", "is_likelier"),
    [
        (2, "VERB|VB", False),  # "to discuss", "must ensure"
        (2, "VERB|VBD", None),
        (4, "VERB|VB", None),  # in what is said
    ],
)
def test_an_infinitive_in_the_cue_speaks_against_it(judge, place, tag, is_likelier):
    [one], [other] = judge([ONE], TAGS), judge([ONE], (*TAGS[:place], tag, *TAGS[place + 1 :]))

    found = None if one == other else other.confidence > one.confidence
    assert found == is_likelier


def test_of_two_that_share_their_words_the_surer_one_keeps_its_chance(judge):
    rival = replace(ONE, confidence=0.7)
    [alone] = judge([rival], TAGS)
    sure, beside = judge([ONE, rival], TAGS)

    assert [sure] == list(judge([ONE], TAGS))
    assert beside.confidence < alone.confidence


def test_words_are_shared_piece_by_piece():
    split = replace(ONE, content=((3, 5), (7, 11)), confidence=0.5)
    apart = replace(ONE, content=((9, 11),), confidence=0.5)

    shared = [one["shared"] for one in signs_of([ONE, split, apart], TAGS)]

    assert shared == [0.0, 4 / 8, 0.0], "the third meets nothing that is surer"


def test_an_attribution_without_a_content_is_never_right(judge):
    [judged] = judge([replace(ONE, content=())], TAGS)

    assert judged.confidence == 0


def test_the_order_of_attributions_changes_nothing(judge):
    rival = replace(ONE, content=((4, 12),), confidence=0.6)

    assert list(judge([ONE, rival], TAGS)) == list(judge([rival, ONE], TAGS))[::-1]


def test_weights_are_read_as_they_were_written(tmp_path):
    (tmp_path / JUDGE).write_text(json.dumps({"always": -1.0, "sure": 1.0}))

    [judged] = Judge.from_file(tmp_path / JUDGE)([replace(ONE, confidence=0.5)], TAGS)

    assert judged.confidence == pytest.approx(0.2689, abs=1e-4)
