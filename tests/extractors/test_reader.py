import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from extractors.decoding import LabelledRun, RoleSpans
from extractors.network import Annotation
from extractors.reader import CONFIDENCE, SKIPPED, Reader, name_key, word_gaps, words_read
from extractors.wordpieces import LINE_BREAK, NO_GAP, SPACE


class FixedNetwork:
    """Says the same of every text: one name, one attribution, each word hangs on the first of its line."""

    def read(self, words, gaps, openers=()):
        self.words = list(words)
        starts = np.array([gap == LINE_BREAK for gap in gaps], dtype=bool)
        heads = np.maximum.accumulate(np.where(starts, np.arange(len(words)), 0))
        relations = tuple("root" if head == word else "dep" for word, head in enumerate(heads))
        names = (LabelledRun(0, 1, "PERSON", 0.9),)
        attributions = (RoleSpans(((0, 1),), ((1, 2),), ((2, len(words)),), 0.8),)
        links = np.ones((len(words), 2), dtype=np.float32)
        return Annotation(("NOUN|NN",) * len(words), starts, heads, relations, names, attributions, links)


@pytest.fixture
def network():
    return FixedNetwork()


def test_skipped_lines_are_not_read_and_words_around_them_meet(network):
    text = "Orlov said it rained\nAdvert\nall day."
    doc = spacy.blank("en").make_doc(text)
    doc.user_data[SKIPPED] = [(21, 27)]

    Reader(network)(doc)

    assert network.words == ["Orlov", "said", "it", "rained", "all", "day", "."]
    contents = [span.text for span in doc.spans["attribution"] if span.label_ == "CONTENT"]
    assert contents == ["it rained", "all day."]
    assert {span.id for span in doc.spans["attribution"]} == {0}


def test_what_each_word_refers_back_to_stands_in_the_tensor(network):
    doc = spacy.blank("en").make_doc("Orlov said it rained\nAdvert\nall day.")
    doc.user_data[SKIPPED] = [(21, 27)]

    Reader(network)(doc)

    read = [bool(row.any()) for row in doc.tensor]
    assert read == [not (token.is_space or token.text == "Advert") for token in doc]


def test_skipped_lines_are_sentences_of_their_own(network):
    doc = spacy.blank("en").make_doc("Rain fell.\nAdvert\nIt stopped.")
    doc.user_data[SKIPPED] = [(11, 17)]

    Reader(network)(doc)

    assert [sent.text.strip() for sent in doc.sents] == ["Rain fell.", "Advert", "It stopped."]


def test_a_text_of_skipped_lines_only_is_read_without_words(network):
    doc = spacy.blank("en").make_doc("Title: x\n\n")
    doc.user_data[SKIPPED] = [(0, 8)]
    none = Annotation((), np.zeros(0, bool), np.zeros(0, np.int64), (), (), (), np.zeros((0, 2), np.float32))
    network.read = lambda words, gaps, openers: none

    Reader(network)(doc)

    assert doc.ents == ()


def test_annotations_survive_a_round_trip_through_bytes(network):
    nlp = spacy.blank("en")
    doc = Reader(network)(nlp.make_doc("Orlov said it rained."))

    kept = Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert [(span.text, span.label_) for span in kept.ents] == [("Orlov", "PERSON")]
    assert [span.text for span in kept.spans["attribution"]] == ["Orlov", "said", "it rained."]
    assert kept.user_data[CONFIDENCE][name_key(0, 1)] == 0.9


def test_gaps_tell_line_breaks_from_spaces():
    doc = spacy.blank("en").make_doc('He left.\n\n"So  did I."')
    read = [token.i for token in doc if not token.is_space]

    words, before = words_read(doc, read)

    assert words == ["He", "left", ".", '"', "So", "did", "I.", '"']
    assert word_gaps(before) == [LINE_BREAK, SPACE, NO_GAP, LINE_BREAK, NO_GAP, SPACE, SPACE, NO_GAP]
