"""Cues in one piece, and how sure an attribution must be, on words by hand."""

import pytest
from spacy.tokens import Span

from extractors.drafts import drafts_of, least_confidence, unsure_of
from extractors.reader import ATTRIBUTION, CONFIDENCE, attribution_key
from tests.extractors.trees import tree

PRESSED = """
Under IN case 2
their PRP$ nmod:poss 2
plan NN obl 4
Tull NNP nsubj 4
pressed VBD ROOT 4 press
, , punct 6
asking VBG advcl 4 ask
Pym NNP obj 6
twice RB advmod 6
about IN mark 12
whether IN mark 12
rain NN nsubj 12
fell VBD advcl 6 fall
"""
CONTENT = range(10, 13)
FEARS = """
Fears NNS nsubj 5 fear
that IN mark 4
the DT det 3
dam NN nsubj 4
leaks VBZ acl 0
grew VBD ROOT 5 grow
as IN mark 8
Tull NNP nsubj 8
left VBD advcl 5 leave
"""


def pressed(cue, content=CONTENT, confidence=0.9):
    doc = tree(PRESSED, attributions=[(range(3, 4), None, content)])
    doc.spans[ATTRIBUTION] = [
        *doc.spans[ATTRIBUTION],
        *(Span(doc, place, place + 1, "CUE", span_id=0) for place in cue),
    ]
    doc.user_data[CONFIDENCE] = {attribution_key(0): confidence}
    return doc


@pytest.mark.parametrize(
    ("marked", "cue"),
    [
        ((4, 9), (4,)),  # "pressed … about"
        ((4, 8), (4,)),  # and a scrap
        ((0, 2), (2,)),  # "Under … plan": the noun carries it
        ((4, 6), (4, 6)),  # a comma parts nothing
        ((6, 7, 8, 9), (6, 7, 8, 9)),
    ],
)
def test_a_cue_is_the_first_piece_with_a_verb_or_noun(marked, cue):
    [draft] = drafts_of(pressed(marked), [])

    assert draft.cue == cue


def test_a_long_content_may_be_less_sure():
    assert least_confidence(12) < least_confidence(11)


@pytest.mark.parametrize(("confidence", "is_kept"), [(0.39, False), (0.41, True)])
def test_an_attribution_is_kept_or_told_as_passed_over(confidence, is_kept):
    doc = pressed((4,), confidence=confidence)

    assert bool(drafts_of(doc, [])) == is_kept
    assert [doc.text[one.start : one.end] for one in unsure_of(doc)] == (
        [] if is_kept else ["whether rain fell"]
    )


@pytest.mark.parametrize(("cue", "content"), [(0, range(1, 5)), (4, range(5, 9))])
def test_what_a_noun_says_ends_before_the_verb_that_it_is_the_subject_of(cue, content):
    doc = tree(FEARS, attributions=[(None, range(cue, cue + 1), range(min(content), 9))])

    [draft] = drafts_of(doc, [])

    assert draft.content == tuple(content)
