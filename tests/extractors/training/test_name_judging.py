"""Which names teach the judge, and as what."""

import pytest

from extractors.decoding import LabelledRun
from extractors.judging import Judge
from extractors.training.name_judging import Part, fitted, verdict
from extractors.training.samples import TAG_BIT

B, I, O = TAG_BIT["B-ORG"], TAG_BIT["I-ORG"], TAG_BIT["O"]  # noqa: E741 - as tags are called
OPEN = O | TAG_BIT["B-MISC"] | TAG_BIT["I-MISC"]  # the corpus has no label for what it may be


@pytest.mark.parametrize(
    ("label", "masks", "expected"),
    [
        ("ORG", (B, I, O), True),
        ("ORG", (B, I), True),  # at the end of a text
        ("LOC", (B, I, O), False),
        ("ORG", (B, I, I), False),  # it goes on
        ("ORG", (B, B, O), False),
        ("ORG", (O, B, O), False),
        ("ORG", (B | TAG_BIT["B-LOC"], I | TAG_BIT["I-LOC"], O), True),  # either
        ("MISC", (OPEN, OPEN, O), None),
        ("ORG", (OPEN, OPEN, O), False),
    ],
)
def test_a_name_is_right_wrong_or_not_for_the_corpus_to_say(label, masks, expected):
    assert verdict(LabelledRun(0, 2, label, 0.5), masks) is expected


def test_the_judge_learns_from_all_parts_what_makes_names_wrong():
    good, bad = {"always": 1.0, "sure": 2.0}, {"always": 1.0, "sure": -4.0}
    part = Part([good, bad] * 20, [True, False] * 20, sure=5, hits=5, gold=25)

    weights = fitted({"ewt": part, "gmb": part})

    assert Judge(weights).chance(good) > 0.9 > 0.1 > Judge(weights).chance(bad)
    assert part.f1() == pytest.approx(2 * 25 / (45 + 25))
    assert part.f1(weights) == 1.0
