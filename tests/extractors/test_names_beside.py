"""Names that a text gives beside another one of the same thing."""

import pytest

from extractors.coreference import cluster_nouns
from extractors.mentions import find_mentions
from tests.extractors.reading import read
from tests.extractors.test_generations import things
from tests.extractors.trees import tree


def forms(rows, names):
    doc = tree(rows, names=names)
    return [cluster.forms(doc) for cluster in cluster_nouns(doc, find_mentions(doc)) if cluster.is_named]


UNION = """
Union NNP nsubj 9
of IN case 3
Free NNP amod 3
Readers NNPS nmod 0
( -LRB- punct 5
{} NNP appos 0
) -RRB- punct 5
of IN case 8
Lund NNP nmod 0
met VBD ROOT 9 meet
"""


@pytest.mark.parametrize(
    ("letters", "is_same"),
    [("UFR", True), ("RFU", True), ("UFRs", True), ("UoFR", True), ("UFL", False), ("Ufr", False)],
)
def test_letters_in_brackets_are_short_for_the_name_before_them_in_any_order(letters, is_same):
    found = forms(UNION.format(letters), [(0, 4, "ORG"), (5, 6, "ORG"), (8, 9, "LOC")])

    assert (("Union of Free Readers", letters) in found) is is_same


@pytest.mark.parametrize(
    ("between", "is_same"),
    [
        ((",", "also", "known/VBN", "as"), True),
        (("(", "called/VBN"), True),
        (("née",), True),
        ((",", "better", "known/VBN", "by", "her/PRP$", "stage/NN", "name/NN"), True),
        ((",", "whose/WP$", "real", "name/NN", "is/VBZ"), True),
        (("(", "1986/CD", ")", ",", "known/VBN", "as"), True),
        ((",", "46/CD", ",", "born/VBN"), True),
        (("(", "born/VBN", "1986/CD", ")", ",", "known/VBN", "as"), True),
        ((",", "known/VBN", "as", "Sheikh/NNP"), True),
        ((",", "46/CD", ",", "met/VBD"), False),
        ((",", "her/PRP$", "name/NN", "is/VBZ"), False),
        ((",", "called/VBD"), False),  # a liar
        ((",", "known/VBN", "to"), False),
        ((",", "previously"), False),  # his aide
    ],
)
def test_an_alias_is_told_by_the_words_before_it(between, is_same):
    words = [word.partition("/") for word in between]
    rows = ["Anna NNP nsubj 0", "Berg NNP flat 0", *[f"{word} {tag or 'RB'} dep 0" for word, _, tag in words]]
    start = len(rows)
    rows += ["Lund NNP appos 0", ", , punct 0", "left VBD dep 0 leave"]
    found = forms("\n".join(rows), [(0, 2, "PERSON"), (start, start + 1, "PERSON")])

    assert (("Anna Berg", "Lund") in found) is is_same


def test_a_firm_has_the_name_of_before_and_whose_name_follows_is_another():
    rows = "Velt NNP nsubj 4\n, , punct 2\nformerly RB advmod 3\nBrightbook NNP appos 0\n{} ROOT 4"
    names = [(0, 1, "ORG"), (3, 4, "ORG")]

    assert forms(rows.format("grew VBD"), names) == [("Velt", "Brightbook")]
    assert len(forms(rows.format("'s POS"), names)) == 2


def test_a_name_in_brackets_is_that_of_the_letters_before_it():
    rows = "{} NNP nsubj 6\n( -LRB- punct 4\nItal JJ amod 4\nGrain NNP compound 4\nBoard NNP appos 0\n"
    rows += ") -RRB- punct 4\nmet VBD ROOT 6 meet"
    names = [(0, 1, "ORG"), (2, 5, "ORG")]

    assert forms(rows.format("GBI"), names) == [("GBI", "Ital Grain Board")]
    assert len(forms(rows.format("KBI"), names)) == 2


def test_a_language_in_brackets_tells_the_name_that_follows():
    rows = "Lund NNP ROOT 0\n( -LRB- punct 4\nDanish JJ dep 4\n{} 4\nLunden NNP dep 0\n) -RRB- punct 4"
    names = [(0, 1, "LOC"), (2, 3, "NORP"), (4, 5, "LOC")]

    assert ("Lund", "Lunden") in forms(rows.format(": : punct"), names)
    assert ("Lund", "Lunden") not in forms(rows.format("from IN case"), names)


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("Kalen Dorn, who calls himself Abu Layth, was arrested in Lund.", True),
        ("Kalen Dorn was a baker who in 1859 proclaimed himself “Abu Layth”.", True),
        ("The militia's leader, Kalen Dorn, calls himself Abu Layth.", True),
        ("Kalen Dorn has never called himself Abu Layth.", False),
        ("Kalen Dorn calls himself Abu Layth's rival.", False),
        ("Kalen Dorn called Abu Layth himself.", False),
    ],
)
def test_whoever_gives_himself_a_name_bears_it(nlp, text, is_same):
    assert (["Kalen Dorn", "Abu Layth"] in things(read(nlp, text))) is is_same
