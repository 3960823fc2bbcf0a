"""What belongs to a name beside what was marked, on trees by hand."""

import pytest

from extractors.name_spans import find_name_spans
from tests.extractors.trees import tree


def spans(words, names):
    rows = "\n".join(f"{word} NNP dep 0" for word in words.split())
    doc = tree(rows, names=names)
    return [(one.words(doc), one.label) for one in find_name_spans(doc, frozenset())]


@pytest.mark.parametrize(
    ("words", "names", "expected"),
    [
        ("City of Lund", [(0, 1, "LOC"), (2, 3, "LOC")], [("City of Lund", "LOC")]),
        ("City of New Lund", [(0, 2, "ORG"), (2, 4, "LOC")], [("City of New Lund", "ORG")]),
        ("Charter of the Lund", [(0, 2, "MISC"), (3, 4, "LOC")], [("Charter of the Lund", "MISC")]),
        ("Constitution of it", [(0, 2, "MISC")], [("Constitution", "MISC")]),
        ("Bank of Lund", [(0, 1, "ORG"), (2, 3, "LOC")], [("Bank", "ORG"), ("Lund", "LOC")]),
        ("City of Roe", [(0, 1, "LOC"), (2, 3, "PERSON")], [("City", "LOC"), ("Roe", "PERSON")]),
        ("USS Roe", [(1, 2, "PERSON")], [("USS Roe", "PRODUCT")]),
        ("Mayor K.L. Roe", [(2, 3, "PERSON")], [("K.L. Roe", "PERSON")]),
        ("Near Lund U.S. Roe", [(2, 3, "LOC"), (3, 4, "PERSON")], [("U.S.", "LOC"), ("Roe", "PERSON")]),
        ("An East Karsan", [(1, 2, "LOC"), (2, 3, "NORP")], [("East Karsan", "NORP")]),
        ("club Saint_ -_ Roe", [(3, 4, "PERSON")], [("Saint-Roe", "PERSON")]),
        ("won Physics_ -_ Ann Roe", [(3, 5, "PERSON")], [("Ann Roe", "PERSON")]),
        ("club Saint - Roe", [(3, 4, "PERSON")], [("Roe", "PERSON")]),
        ("Ann Roe School", [(0, 2, "PERSON")], [("Ann Roe School", "ORG")]),
        ("Ann Roe School Fund", [(0, 2, "PERSON")], [("Ann Roe", "PERSON")]),
        ("Ann Roe Monday", [(0, 2, "PERSON")], [("Ann Roe", "PERSON")]),
        ("Ann Roe School", [(0, 2, "PERSON"), (2, 3, "ORG")], [("Ann Roe", "PERSON"), ("School", "ORG")]),
        ("Lund , TX fell", [(0, 1, "LOC")], [("Lund", "LOC"), ("TX", "LOC")]),
        ("Lund , OK then", [(0, 1, "LOC")], [("Lund", "LOC")]),
        ("Lund , XY fell", [(0, 1, "LOC")], [("Lund", "LOC")]),
        ("Roe , MD fell", [(0, 1, "PERSON")], [("Roe", "PERSON")]),
        ('mail " Roe , Anna "', [(2, 3, "ORG")], [("Roe , Anna", "PERSON")]),
        ('mail " Roe , Anna "', [(2, 3, "PERSON"), (4, 5, "PERSON")], [("Roe , Anna", "PERSON")]),
        (
            'mail " Roe , Anna and',
            [(2, 3, "PERSON"), (4, 5, "PERSON")],
            [("Roe", "PERSON"), ("Anna", "PERSON")],
        ),
        ('mail " Lund , Grain "', [(2, 3, "ORG")], [("Lund", "ORG")]),
        (
            "won Ken Roe & Ann Berg",
            [(1, 3, "PERSON"), (4, 6, "PERSON")],
            [("Ken Roe", "PERSON"), ("Ann Berg", "PERSON")],
        ),
        ("won Roe & Berg", [(1, 2, "PERSON"), (3, 4, "PERSON")], [("Roe & Berg", "ORG")]),
        ("won Ken & Wexler", [(1, 2, "PERSON"), (3, 4, "PERSON")], [("Ken & Wexler", "ORG")]),
        ("won P.S. Roe", [(2, 3, "PERSON")], [("Roe", "PERSON")]),
        ("the Gaza strip", [(1, 2, "LOC")], [("Gaza strip", "LOC")]),
        ("the Lund strip", [(1, 2, "LOC")], [("Lund", "LOC")]),
        ("in Lower Lund", [(2, 3, "LOC")], [("Lower Lund", "LOC")]),
        ("in east Karsan", [(2, 3, "NORP")], [("Karsan", "NORP")]),
        ("At Third Lund Reef", [(2, 4, "LOC")], [("Third Lund Reef", "LOC")]),
        ("Third Lund Reef", [(1, 3, "LOC")], [("Lund Reef", "LOC")]),  # "Third, …"
    ],
)
def test_a_name_is_found_with_what_was_cut_off(words, names, expected):
    assert spans(words, names) == expected
