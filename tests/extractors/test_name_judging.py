"""Which unsure names are passed over: by what the network says of their words and of those beside them."""

import numpy as np
import pytest

from extractors.decoding import LabelledRun
from extractors.judging import Judge
from extractors.name_judging import UNSURE, believed_names, signs_of
from extractors.network import MODEL_DIR, NAME_JUDGE

TAGS = ("O", "B-PERSON", "I-PERSON", "B-LOC", "I-LOC", "B-PRODUCT", "I-PRODUCT")
WORDS = ("So", "Lund", "Grain", "rose", "while", "Lund", "fell")
NONE, CLEAR, TORN = (9, 0, 0, 0, 0, 0, 0), (0, 9, 0, 0, 0, 0, 0), (2, 2.5, 0, 2.5, 0, 0, 0)


@pytest.fixture(scope="module")
def judge():
    return Judge.from_file(MODEL_DIR / NAME_JUDGE)


def logits(**rows):
    """Return the logits of WORDS, which are no names but for those given by place: w1, w2, …"""
    return np.array([rows.get(f"w{place}", NONE) for place in range(len(WORDS))], dtype=np.float32)


def believed(judge, names, numbers, breaks=()):
    broken = np.array([place in breaks for place in range(len(WORDS))])
    return believed_names(names, judge, numbers, broken, WORDS)


def test_a_name_that_seems_to_go_on_behind_its_end_is_none(judge):
    name = LabelledRun(1, 2, "PERSON", 0.35)
    going_on = logits(w1=TORN, w2=(1, 0, 5, 0, 5, 0, 0))

    assert believed(judge, [name], going_on) == []
    assert believed(judge, [name], logits(w1=TORN)) == [name]
    assert believed(judge, [name], going_on, breaks=[2]) == [name], "no name runs over a line's end"


@pytest.mark.parametrize(
    "name",
    [
        LabelledRun(1, 2, "PERSON", UNSURE),
        LabelledRun(1, 2, "PRODUCT", 0.35),  # a weapon that no list knows
        LabelledRun(1, 2, "DATE", 0.35),
        LabelledRun(1, 2, "NORP", 0.35),
    ],
)
def test_sure_names_and_other_kinds_are_not_dropped(judge, name):
    assert believed(judge, [name], logits(w1=TORN, w2=(1, 0, 5, 0, 5, 0, 0))) == [name]


def test_what_is_a_sure_name_elsewhere_is_likelier_one_here():
    here, there = LabelledRun(1, 2, "LOC", 0.4), LabelledRun(5, 6, "LOC", 0.99)
    [alone] = signs_of([here], [here], logits(w1=TORN), np.zeros(len(WORDS), dtype=bool), WORDS)
    [beside] = signs_of([here], [here, there], logits(w1=TORN), np.zeros(len(WORDS), dtype=bool), WORDS)

    assert beside["elsewhere"] > alone["elsewhere"]
    assert alone == {**beside, "elsewhere": alone["elsewhere"]}


@pytest.mark.parametrize(
    ("label", "behind", "stays"),
    [
        ("PERSON", "School", True),  # "Ruth Hale School" is found by its founder
        ("PERSON", "school", False),
        ("LOC", "School", False),
        ("ORG", "ann.lund@paper.example", True),
        ("ORG", "desk@paper.example", False),
    ],
)
def test_the_word_behind_may_show_a_name(judge, label, behind, stays):
    name, words = LabelledRun(1, 2, label, 0.35), [*WORDS[:2], behind, *WORDS[3:]]
    going_on = logits(w1=TORN, w2=(1, 0, 5, 0, 5, 0, 0))
    unbroken = np.zeros(len(WORDS), dtype=bool)

    assert believed_names([name], judge, going_on, unbroken, words) == [name] * stays


def test_the_last_word_of_a_text_has_nothing_behind(judge):
    name = LabelledRun(6, 7, "PERSON", 0.5)

    assert believed(judge, [name], logits(w6=CLEAR)) == [name]
    assert believed(judge, [], logits()) == []
