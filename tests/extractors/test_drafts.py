"""Cues in one piece, on words by hand."""

import pytest
from spacy.tokens import Span

from extractors.drafts import drafts_of
from extractors.reader import ATTRIBUTION
from extractors.words import Doc
from tests.extractors.trees import spacy_tree

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


def pressed(cue):
    doc = spacy_tree(PRESSED, attributions=[(range(3, 4), None, range(10, 13))])
    doc.spans[ATTRIBUTION] = [
        *doc.spans[ATTRIBUTION],
        *(Span(doc, place, place + 1, "CUE", span_id=0) for place in cue),
    ]
    return Doc(doc)


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
