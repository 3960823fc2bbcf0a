"""Names decided from all their places in a text: their labels, and where they are found again."""

import numpy as np
import pytest

from extractors.same_names import DOUBT, agreed_names

TAGS = ("O", "B-PERSON", "I-PERSON", "B-LOC", "I-LOC", "B-DATE", "I-DATE")
LEANING = DOUBT + 1.0  # logit from which a word alone is a name
SURE = 12.0


def names(*words, breaks=()):
    """Return the names of words given as (text, tag, its logit), all other tags having none."""
    logits = np.array(
        [[logit if tag == one else 0.0 for one in TAGS] for _, tag, logit in words], dtype=np.float32
    )
    broken = np.array([place in breaks for place in range(len(words))])
    texts = [text for text, *_ in words]
    return [
        (" ".join(texts[run.start : run.end]), run.start, run.label)
        for run in agreed_names(logits, TAGS, broken, texts)
    ]


def test_a_name_has_the_label_that_its_places_speak_for_most():
    found = names(
        ("in", "O", SURE), ("Ostrik", "B-LOC", SURE), ("while", "O", SURE), ("Ostrik", "B-PERSON", LEANING)
    )

    assert found == [("Ostrik", 1, "LOC"), ("Ostrik", 3, "LOC")]


def test_one_place_alone_outvotes_no_two_others_however_sure_it_is():
    found = names(
        ("Ostrik", "B-LOC", 8.0), ("Ostrik", "B-LOC", 8.0), ("Ostrik", "B-PERSON", 30.0), ("left", "O", SURE)
    )

    assert {label for *_, label in found} == {"LOC"}


def test_a_sure_name_is_one_elsewhere_where_the_network_leaves_it_open():
    found = names(
        ("Anna", "B-PERSON", SURE), ("Berg", "I-PERSON", SURE), ("met", "O", SURE),
        ("Anna", "O", 1.0), ("Berg", "O", 1.0),
    )  # fmt: skip

    assert found == [("Anna Berg", 0, "PERSON"), ("Anna Berg", 3, "PERSON")]


@pytest.mark.parametrize(
    ("before", "logit", "breaks"),
    [
        (("saw", "O", SURE), SURE, ()),  # ruled out there
        ((".", "O", SURE), 1.0, ()),  # a capital that any word has there
        (("saw", "O", SURE), 1.0, (2,)),
    ],
)
def test_a_word_that_may_be_another_is_left_alone(before, logit, breaks):
    assert names(("So", "B-PERSON", SURE), before, ("So", "O", logit), breaks=breaks) == [("So", 0, "PERSON")]


def test_a_name_that_is_hardly_likelier_than_none_is_none_but_a_date_is_one():
    assert names(("Visit", "B-PERSON", DOUBT / 2), ("May", "B-DATE", DOUBT / 2)) == [("May", 1, "DATE")]


def test_no_words_give_no_names():
    assert agreed_names(np.zeros((0, len(TAGS)), dtype=np.float32), TAGS, np.zeros(0, dtype=bool), []) == []


def test_a_name_cut_short_is_whole_where_another_place_has_it_whole():
    whole = [("Ostrik", "B-PERSON", SURE), ("Sent", "I-PERSON", SURE), ("met", "O", SURE)]
    short = [("Ostrik", "B-LOC", SURE), ("Sent", "O", SURE)]

    assert names(*whole, *short) == [("Ostrik Sent", 0, "PERSON"), ("Ostrik Sent", 3, "PERSON")]
    assert names(*whole, *short, breaks=(4,))[1:] == [("Ostrik", 3, "LOC")]
    small = [("Ostrik", "B-PERSON", SURE), ("sent", "I-PERSON", SURE), ("it", "O", SURE)]
    assert names(*small, ("Ostrik", "B-LOC", SURE), ("sent", "O", SURE))[1:] == [("Ostrik", 3, "LOC")]


def test_several_words_with_capitals_are_a_name_elsewhere_though_none_is_sure():
    name = [("Anna", "B-PERSON", 3.0), ("Berg", "I-PERSON", 3.0), ("met", "O", SURE)]

    assert len(names(*name, ("Anna", "O", 1.0), ("Berg", "O", 1.0))) == 2
    alone = [("Anna", "B-PERSON", 3.0), ("met", "O", SURE)]
    assert len(names(*alone, ("Anna", "O", 1.0))) == 1
