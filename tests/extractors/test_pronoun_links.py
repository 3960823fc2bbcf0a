"""Where links lead over chains of pronouns, with the network's numbers set by hand."""

import numpy as np
import pytest

from extractors.coreference import cluster_nouns
from extractors.decoding import MAX_DISTANCE_BUCKET
from extractors.mentions import find_mentions
from extractors.pronoun_links import PronounLinks
from tests.extractors.trees import tree

NO_DISTANCE = np.zeros(2 * MAX_DISTANCE_BUCKET + 1, np.float32)
TEXT = """
Dorn NNP nsubj 1
met VBD ROOT 1 meet
Bello NNP obj 1
as IN mark 5
{} PRP nsubj 5
left VBD advcl 1 leave
and CC cc 8
he PRP nsubj 8
slept VBD conj 5 sleep
Bello NNP nsubj 10
paid VBD parataxis 1 pay
"""
NAMES = [(0, 1, "PERSON"), (2, 3, "PERSON"), (9, 10, "PERSON")]


def linked(pronoun, *links):
    """Return what is told of Dorn and of Bello for the last pronoun, where words link to others strongly."""
    doc = tree(TEXT.format(pronoun), names=NAMES)
    doc.tensor = np.zeros((len(doc), 2 * len(doc)), dtype=np.float32)
    for number, (word, other) in enumerate(links):
        doc.tensor[word, number] = doc.tensor[other, len(doc) + number] = 10.0
    mentions = find_mentions(doc)
    [*_, he] = [one for one in mentions if one.kind == "pronoun"]
    clusters = cluster_nouns(doc, mentions)
    told = PronounLinks(doc, clusters, NO_DISTANCE)
    by_name = {cluster.forms(doc)[0]: dict(told.values(he, cluster)) for cluster in clusters}
    return by_name["Dorn"], by_name["Bello"]


def test_a_pronoun_is_whom_the_pronoun_means_that_it_refers_to():
    dorn, bello = linked("he", (7, 4), (4, 0))

    assert dorn["person flow"] > 1
    assert bello["person flow"] == pytest.approx(0, abs=0.01)


def test_she_leads_to_nobody_who_is_he():
    dorn, _ = linked("she", (7, 4), (4, 0))

    assert dorn["person flow"] == pytest.approx(0, abs=0.01)


def test_a_name_further_on_takes_a_pronoun_up():
    dorn, bello = linked("he", (9, 7))

    assert bello["person back"] > 1
    assert dorn["person back"] == 0
