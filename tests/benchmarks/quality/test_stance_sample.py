"""The draw and the print, with a text and a reading written by hand."""

from dataclasses import replace

import pytest

from benchmarks.quality.gold_texts import GoldText
from benchmarks.quality.product import Reading
from benchmarks.quality.stance_sample import drawn, right_items
from extractors.training.polnear import CharAttribution
from newsgraph.records import Attribution, Extraction, TextSpan

TEXT = "Moor said the pier is safe. Vey denied the pier is safe. Una asked whether it is."


def spans(part, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(part, start + 1)
    return (TextSpan(start, start + len(part)),)


def found(source, cue, content, stance):
    return Attribution(
        "a0", *(source, cue, content), None, None, stance, "certain", "indirect", 0.9, cue_type="neutral"
    )


SAID = (spans("Moor"), spans("said"), spans("the pier is safe"))
DENIED = (spans("Vey"), spans("denied"), spans("the pier is safe", 1))
ASKED = (spans("Una"), spans("asked"), spans("whether it is"))
GOLD = GoldText("one", TEXT, attributions=tuple(CharAttribution(*roles) for roles in (SAID, DENIED, ASKED)))
FOUND = (
    found(*ASKED, "undetermined"),
    found(*DENIED, "denies"),
    found(spans("Vey"), *SAID[1:], "asserts"),  # another's source
)


def items(attributions=FOUND, gold=GOLD):
    reading = Reading((), (), Extraction(gold.id, TEXT, attributions=attributions))
    return list(right_items(gold, reading))


def test_only_what_was_read_right_is_drawn_from():
    assert {one.found.stance for one in items()} == {"denies", "undetermined"}
    assert all(one.gold.cue == one.found.cue for one in items())


def test_a_seed_draws_the_same_in_whatever_order_texts_and_attributions_come():
    many = [one for number in range(9) for one in items(gold=replace(GOLD, id=str(number)))]
    again = [
        one for number in reversed(range(9)) for one in items(FOUND[::-1], replace(GOLD, id=str(number)))
    ]

    assert drawn(many, 1, 5) == drawn(again, 1, 5)
    assert drawn(many, 1, 5) != drawn(many, 2, 5)
    assert drawn(many, 1, 5) == drawn(many, 1, 9)[:5]


def test_the_draw_of_a_stance_leaves_the_others_out():
    assert [one.found.stance for one in drawn(items(), 1, 5, ["denies"])] == ["denies"]
    assert len(drawn(items(), 1, 5, ["denies", "undetermined"])) == 2


@pytest.mark.parametrize("is_blind", [False, True])
def test_an_item_is_shown_with_its_stance_unless_one_is_to_judge_first(is_blind):
    [item] = drawn(items(), 1, 1, ["denies"])
    lines = item.shown(7, is_blind=is_blind).splitlines()

    assert lines[:2] == ["7. one 28", "   Vey | denied | the pier is safe"]
    assert TEXT in lines[2]
    assert lines[3:] == ([] if is_blind else ["   stance denies, cue type neutral, certainty certain"])
