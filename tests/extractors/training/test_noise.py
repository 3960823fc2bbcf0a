"""Windows written in other ways keep their words' places."""

import random

import pytest

from extractors.training.noise import WAYS, disturbed, with_headline, with_single_quotes
from extractors.training.samples import LINE_BREAK, SPACE, Sample

WORDS = tuple('The harbour sank . " We saw the old pier fall , " said Dorn .'.split())  # noqa: SIM905 - a sentence
STARTS = tuple(place in {0, 4} for place in range(len(WORDS)))
WINDOW = Sample("x", "x", WORDS, (LINE_BREAK, *[SPACE] * (len(WORDS) - 1)), sentence_starts=STARTS)


@pytest.mark.parametrize("write", [write for _, write in WAYS])
def test_every_way_keeps_the_words_places(write):
    written = write(WINDOW, random.Random(1))

    assert len(written.words) == len(written.gaps) == len(WORDS)
    assert written.sentence_starts == STARTS
    if write is not with_single_quotes:
        assert [word.lower() for word in written.words] == [word.lower() for word in WORDS]


def test_a_headline_stands_on_a_line_of_its_own():
    written = {with_headline(WINDOW, random.Random(seed)) for seed in range(40)}

    first = [one for one in written if one.gaps[4] == LINE_BREAK and one.words[1] == "Harbour"]
    assert first
    assert first[0].words[:4] == ("The", "Harbour", "Sank", ".")
    assert {one.words[:4] for one in written} >= {("THE", "HARBOUR", "SANK", "."), WORDS[:4]}


def test_most_windows_stay_as_they_are():
    same = sum(disturbed(WINDOW, random.Random(seed)) == WINDOW for seed in range(400))

    assert 240 < same < 340
