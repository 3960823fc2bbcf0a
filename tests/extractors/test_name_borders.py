"""Where the names in a marked span begin and end, on trees by hand."""

import pytest

from extractors.name_borders import end_of_state_body, names_in
from tests.extractors.trees import tree

TITLES = frozenset({"sheikh", "mr"})


def parts(words, label, *, ends=None, tags=(), deps=()):
    """Return the names in the first words of a text, which are marked: ``ends`` is where the mark ends."""
    cells = words.split()
    rows = "\n".join(
        f"{word} {dict(tags).get(word, 'NNP')} {dict(deps).get(word, 'dep')} 0" for word in cells
    )
    doc = tree(rows, names=[(0, ends or len(cells), label)])
    return [doc[start:end].text for start, end in names_in(doc, doc.ents[0], TITLES)]


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("Cork Ireland", "LOC", ["Cork", "Ireland"]),
        ("San Francisco California", "LOC", ["San Francisco", "California"]),
        ("Cork Tx", "LOC", ["Cork", "Tx"]),
        ("Cork Tex.", "LOC", ["Cork", "Tex."]),
        ("Cork XY", "LOC", ["Cork XY"]),
        ("Washington DC", "LOC", ["Washington DC"]),
        ("New Mexico", "LOC", ["New Mexico"]),
        ("Anna Berg Omar Dahl", "PERSON", ["Anna Berg", "Omar Dahl"]),
        ("Anna Maria Clara Berg", "PERSON", ["Anna Maria Clara Berg"]),
        ("Anna Berg van Dahl", "PERSON", ["Anna Berg van Dahl"]),
        ("Anna Berg Omar Dahl", "ORG", ["Anna Berg Omar Dahl"]),
        ("P.S. Anna Berg", "PERSON", ["Anna Berg"]),
        ("Chipmaker Norlin", "ORG", ["Norlin"]),
        ("Retailer of Norlin", "ORG", ["Retailer of Norlin"]),
        ("Airline Pilots Association", "ORG", ["Airline Pilots Association"]),
        ("Club Norlin", "ORG", ["Club Norlin"]),
        ("Lake Victoria", "LOC", ["Lake Victoria"]),
        ("Panama City", "LOC", ["Panama City"]),
        ("Paris Texas", "ORG", ["Paris Texas"]),
        ("UN and African Union", "ORG", ["UN", "African Union"]),
        ("Rua Metals and Lund Holdings", "ORG", ["Rua Metals", "Lund Holdings"]),
        ("Carrow Foods and Brands Group", "ORG", ["Carrow Foods and Brands Group"]),
        ("Department of Ships and Lund Holdings", "ORG", ["Department of Ships and Lund Holdings"]),
        ("Trinidad and Tobago", "LOC", ["Trinidad and Tobago"]),
        ("Belt and Road", "ORG", ["Belt and Road"]),
        ("Mr Omar Dahl", "PERSON", ["Omar Dahl"]),
        ("Omar Dahl KC", "PERSON", ["Omar Dahl"]),
        ("Omar Dahl , MP", "PERSON", ["Omar Dahl"]),
        ("Dahl KC", "PERSON", ["Dahl KC"]),
        ("Dahl Partners KC", "ORG", ["Dahl Partners KC"]),
        ('Julie " < julie@roe.example', "PERSON", ["Julie"]),
        ("Anna Berg@NORLIN", "PERSON", ["Anna Berg@NORLIN"]),
        ("Karsova -", "LOC", ["Karsova"]),
        ("2017 , 2018 and 2019", "DATE", ["2017", "2018", "2019"]),
        ("2017 ,", "DATE", ["2017"]),
        ("May and June 2019", "DATE", ["May and June 2019"]),
        ("4 am", "DATE", []),
        ("10:30 p.m.", "DATE", []),
        ("22:00", "DATE", []),
        ("10:30 a.m. on May 5", "DATE", ["10:30 a.m. on May 5"]),
        ("10", "DATE", ["10"]),
        ("June of", "DATE", ["June"]),
        ("from 2021 to", "DATE", ["2021"]),
        ("months of 2022", "DATE", ["2022"]),
        ("the end of April", "DATE", ["April"]),
        ("summer of 1281", "DATE", ["summer of 1281"]),
        ("early", "DATE", []),
        ("early 1800s", "DATE", ["early 1800s"]),
    ],
)
def test_a_marked_span_holds_these_names(words, label, expected):
    assert parts(words, label) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Anna Anna ,", ["Anna", "Anna"]),
        ("Anna Anna said", ["Anna Anna"]),
        ("Velmar Velmar ,", ["Velmar Velmar"]),
    ],
)
def test_who_signs_and_who_is_greeted_are_two(words, expected):
    assert parts(words, "PERSON", ends=2) == expected


def test_the_kind_of_a_name_is_told_by_the_name_elsewhere():
    words = "Airline Norlin fell . Norlin rose"
    rows = "\n".join(f"{word} NNP dep 0" for word in words.split())
    doc = tree(rows, names=[(0, 2, "ORG"), (4, 5, "ORG")])

    assert list(names_in(doc, doc.ents[0], TITLES)) == [(1, 2)]


def test_an_analysts_own_name_is_not_parted():
    doc = tree("Cork NNP dep 0\nIreland NNP dep 0", names=[(0, 2, "LOC")])

    assert list(names_in(doc, doc.ents[0], TITLES, is_whole=True)) == [(0, 2)]


def test_a_title_before_the_person_is_no_name():
    doc = tree("Sheikh NNP dep 1\nOmar NNP ROOT 1", names=[(0, 1, "PERSON"), (1, 2, "PERSON")])

    assert [list(names_in(doc, ent, TITLES)) for ent in doc.ents] == [[], [(1, 2)]]


@pytest.mark.parametrize(
    ("words", "label", "dep", "expected"),
    [
        ("Moody 's said", "ORG", "nsubj", "Moody 's"),
        ("Moody 's rating", "ORG", "nmod:poss", "Moody"),
        ("Moody 's ,", "ORG", "nsubj", "Moody"),  # whose it is may stand before
        ("Moody 's rating", "ORG", "nsubj", "Moody"),  # the tree is wrong: something is owned
        ("Anna 's said", "PERSON", "nsubj", "Anna"),
        ("Iran 's said", "LOC", "nsubj", "Iran"),
    ],
)
def test_a_firm_keeps_the_ending_that_owns_nothing(words, label, dep, expected):
    tags = (("'s", "POS"), ("said", "VBD"), ("rating", "NN"))
    deps = ((words.split()[0], dep), ("'s", "case"))

    assert parts(words, label, ends=1, tags=tags, deps=deps) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Uruguayan Navy", 2),
        ("Israeli Defence Forces said", 3),
        ("Israeli army", None),
        ("Uruguayan President Navy", None),
        ("Uruguayan", None),
    ],
)
def test_a_body_of_a_state_begins_with_its_people(words, expected):
    names = [(1, 2, "PERSON")] if "President" in words else []
    doc = tree("\n".join(f"{word} NNP dep 0" for word in words.split()), names=names)

    assert end_of_state_body(doc, 0, 1) == expected
