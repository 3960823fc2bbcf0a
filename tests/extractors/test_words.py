import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc as SpacyDoc
from spacy.tokens import Span

from extractors.words import Doc

VOCAB = English().vocab
OF_WORDS = ("i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_")
OF_FLAGS = ("is_punct", "is_space", "is_title", "is_sent_start", "whitespace_")
OTHER_WORDS = ("head", "left_edge", "right_edge")
LISTS = ("lefts", "rights", "children", "subtree", "ancestors")


@st.composite
def docs(draw):
    """Docs of any trees, with crossing branches, several roots, marks and white space."""
    words = draw(
        st.lists(st.sampled_from(["Roe", "said", ",", "\n", "so", "é", "Su-27"]), min_size=1, max_size=9)
    )
    places = range(len(words))
    order = draw(st.permutations(places))
    heads = dict.fromkeys(order[:1], order[0])
    for number, place in enumerate(order[1:], 1):
        heads[place] = draw(st.sampled_from([place, *order[:number]]))
    doc = SpacyDoc(
        VOCAB,
        words=words,
        spaces=draw(st.lists(st.booleans(), min_size=len(words), max_size=len(words))),
        heads=[heads[place] for place in places],
        deps=["ROOT" if heads[place] == place else "obj" for place in places],
        pos=["VERB" if heads[place] == place else "NOUN" for place in places],
        lemmas=[word.lower() for word in words],
    )
    doc.set_ents([Span(doc, 0, 1, "PERSON")])
    doc.spans["attribution"] = [Span(doc, 0, len(doc), "CONTENT", span_id=3)]
    return doc


@settings(max_examples=40, deadline=None)
@given(docs())
def test_each_word_tells_what_spacy_tells(doc):
    for theirs, ours in zip(doc, Doc(doc), strict=True):
        for name in (*OF_WORDS, *OF_FLAGS):
            assert getattr(theirs, name) == getattr(ours, name), name
        for name in OTHER_WORDS:
            assert getattr(theirs, name).i == getattr(ours, name).i, name
        for name in LISTS:
            assert [one.i for one in getattr(theirs, name)] == [one.i for one in getattr(ours, name)], name
        assert (theirs.sent.start, theirs.sent.end) == (ours.sent.start, ours.sent.end)
        assert len(theirs) == len(ours)


@settings(max_examples=40, deadline=None)
@given(docs(), st.integers(0, 9), st.integers(0, 9))
def test_each_stretch_tells_what_spacy_tells(doc, start, end):
    theirs, ours = doc[start:end], Doc(doc)[start:end]

    assert (theirs.start, theirs.end, theirs.text) == (ours.start, ours.end, ours.text)
    assert [one.i for one in theirs] == [one.i for one in ours]
    if len(theirs):
        assert theirs.root.i == ours.root.i
        assert (theirs[0].i, theirs[-1].i) == (ours[0].i, ours[-1].i)
        assert theirs.start_char == ours.start_char
        assert theirs.sent.start == ours.sent.start


@settings(max_examples=40, deadline=None)
@given(docs())
def test_a_doc_tells_its_sentences_names_and_marks(doc):
    ours = Doc(doc)

    def told(spans):
        return [(one.start, one.end, one.label_, one.id) for one in spans]

    assert ours.text == doc.text
    assert ours.gaps == {token.i for token in doc if token.is_punct or token.is_space}
    assert told(ours.sents) == told(doc.sents)
    assert told(ours.ents) == told(doc.ents)
    assert told(ours.spans["attribution"]) == told(doc.spans["attribution"])


def test_there_is_no_word_before_the_first_or_behind_the_last():
    doc = Doc(SpacyDoc(VOCAB, words=["Roe", "said"]))

    assert doc[-1] is doc[1] is doc[0].nbor()
    with pytest.raises(IndexError):
        doc[2]
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[:1][1]  # though the text goes on
    with pytest.raises(IndexError):
        doc[1:][-2]
