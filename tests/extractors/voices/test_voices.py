"""Who says what in each passage, as annotated: sources, contents, stances, speakers, and nothing else."""

from pathlib import Path

import pytest

from tests.challenge.passages import load_passages
from tests.extractors.reading import read

pytestmark = pytest.mark.model

PASSAGES = load_passages(Path(__file__).with_name("passages"))
MISSED = {
    "voices-according-to-two": "“while the company put the toll at nine” is taken for what the governor said",
}
NO_LETTERS = frozenset("\"'“”‘’.,- \n")


def letters(text, spans):
    """Return the places of the letters in spans, without a "that" which opens them."""
    first = min((one.start for one in spans), default=0)
    skipped = range(first, first + 5) if text.startswith("that ", first) else ()
    return {
        place
        for one in spans
        for place in range(one.start, one.end)
        if text[place] not in NO_LETTERS and place not in skipped
    }


def is_read_as(extraction, gold, found):
    text = extraction.text
    speakers = {
        one.entity
        for one in extraction.mentions
        if any(one.start < given.end and given.start < one.end for given in gold.speaker or ())
    }
    return (
        letters(text, found.content) == letters(text, gold.content)
        and letters(text, found.source) == letters(text, gold.source)
        and gold.stance in {None, found.stance}
        and (gold.speaker is None or found.speaker in speakers)
    )


def marked(passage):
    reason = MISSED.get(passage.id)
    return pytest.param(
        passage, id=passage.id, marks=pytest.mark.xfail(reason=reason, strict=True) if reason else ()
    )


@pytest.mark.parametrize("passage", [marked(one) for one in PASSAGES])
def test_a_passage_is_read_as_annotated(nlp, passage):
    extraction = read(nlp, passage.text)
    wanted = [one for one in passage.attributions if not one.is_optional]

    for gold in wanted:
        assert any(is_read_as(extraction, gold, found) for found in extraction.attributions), gold
    for found in extraction.attributions:
        assert any(is_read_as(extraction, gold, found) for gold in passage.attributions), found
