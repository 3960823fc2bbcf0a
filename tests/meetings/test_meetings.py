"""The passages hold what README.md promises."""

from collections import Counter

import pytest

from benchmarks.quality.meetings import STANCES, load_meetings, place_of

ALL = load_meetings()


def test_no_two_have_one_id_or_one_text():
    for told in ((one.id for one in ALL), (one.text for one in ALL)):
        assert [name for name, count in Counter(told).items() if count > 1] == []


def test_a_third_only_look_as_if_two_met():
    assert sum(not one.things for one in ALL) >= len(ALL) / 3


@pytest.mark.parametrize("meeting", ALL, ids=lambda one: one.id)
def test_each_cue_stands_in_its_text(meeting):
    for thing in meeting.things:
        assert set(thing) <= set(STANCES)
        places = [place_of(cue, meeting.text) for cues in thing.values() for cue in cues]
        assert len(set(places)) == len(places) > 1
