"""Pieces that two attributions claim, on words by hand."""

from extractors.attribution import find_attributions
from extractors.drafts import drafts_of
from extractors.quotations import find_quotations
from extractors.words import Doc
from tests.extractors.trees import spacy_tree, tree

TWO_VOICES = """
Talks NNS nsubj 1
continue VBP ccomp 4
, , punct 4
Tull NNP nsubj 4
said VBD ROOT 4 say
. . punct 4
" `` punct 8
Coal NN nsubj 8
helps VBZ ccomp 11
" '' punct 8
Pym NNP nsubj 11
added VBD ROOT 11 add
. . punct 11
" `` punct 15
Gas NN nsubj 15
harms VBZ ROOT 15
. . punct 15
" '' punct 15
"""


def test_a_piece_that_two_claim_is_whose_cue_is_nearest():
    doc = spacy_tree(
        TWO_VOICES,
        attributions=[
            (range(3, 4), range(4, 5), range(2)),
            (range(10, 11), range(11, 12), range(6, 10)),
            (None, None, range(13, 17)),
        ],
    )
    doc.spans["attribution"] = [
        *(span for span in doc.spans["attribution"] if span.id < 2),
        doc.char_span(doc[6].idx, doc[8].idx + len(doc[8]), "CONTENT", span_id=0),
        doc.char_span(doc[13].idx, doc[16].idx + len(doc[16]), "CONTENT", span_id=1),
    ]
    doc = Doc(doc)

    found = find_attributions(doc, find_quotations(doc), frozenset())

    assert [doc[one.cue[0]].text for one in found] == ["said", "added"]
    assert [" ".join(doc[place].text for place in one.content) for one in found] == [
        "Talks continue",
        "Coal helps Gas harms .",
    ]


def test_a_quotation_of_the_next_sentence_stays_with_its_mark_marked_too():
    doc = spacy_tree(TWO_VOICES)
    doc.spans["attribution"] = [
        doc.char_span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label, span_id=0)
        for start, end, label in [(10, 11, "SOURCE"), (11, 12, "CUE"), (6, 9, "CONTENT"), (13, 17, "CONTENT")]
    ]
    doc = Doc(doc)

    [found] = drafts_of(doc, find_quotations(doc))

    assert {14, 15} <= set(found.content)


REPEATED = """
Tull NNP nsubj 1
repeated VBD ROOT 1 repeat
{} {} nmod:poss 3
denial NN obj 1 denial
that IN mark 5
coal VBZ acl 3 fall
. . punct 1
"""


def repeated(owner, tag):
    """Return cue and content of who repeats a denial of ``owner``, and of the denial."""
    doc = tree(
        REPEATED.format(owner, tag),
        attributions=[(range(1), range(1, 2), range(2, 6)), (range(2, 3), range(3, 4), range(4, 6))],
    )
    return [(one.cue, one.content) for one in find_attributions(doc, find_quotations(doc), frozenset())]


def test_who_repeats_a_denial_denies_what_it_denies():
    assert repeated("Pym's", "NNP") == [((1, 3), (4, 5)), ((3,), (4, 5))]


def test_an_own_denial_repeated_is_one():
    assert repeated("his", "PRP$") == [((1, 3), (4, 5))]
