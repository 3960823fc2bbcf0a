"""What a name stands for by its words and its place, on trees by hand."""

import pytest

from extractors.name_types import is_building, retyped
from tests.extractors.trees import tree

TOWN = """
mayor NN nsubj 3
of IN case 2
Velho NNP nmod 0
smiled VBD ROOT 3
"""
STATE = """
Taavia NNP nmod:poss 2
's POS case 0
parliament NN nsubj 3
smiled VBD ROOT 3
"""
BEFORE = """
The DT det 2
Kavala NNP compound 2
mayor NN nsubj 3
smiled VBD ROOT 3
"""
JOINED = """
Soldiers NNS nsubj 5
from IN case 2
Imbria NNP nmod 0
and CC cc 4
Sarn NNP conj 2
fled VBD ROOT 5
"""
CLUB = """
Racing NNP nsubj 2
Lund NNP flat 0
won VBD ROOT 2
"""


TWO_JOINED = """
Letters NNS nsubj 6
from IN case 2
Imbria NNP nmod 0
and CC cc 4
Ann NNP conj 2
Vale NNP flat 4
came VBD ROOT 6
"""
REBELS = """
The DT det 2
Kavala NNP compound 2
rebels NNS nsubj 3 rebel
fled VBD ROOT 3
"""
GOVERNOR = """
governor NN nsubj 4
of IN case 3
Lund NNP compound 3
Bank NNP nmod 0
smiled VBD ROOT 4
"""
PEOPLE = """
Karsovan NNP compound 1
gunners NNS nsubj 2 gunner
fired VBD ROOT 2
"""
SUPPLIED = """
They PRP nsubj 1
supplied VBD ROOT 1 supply
Karsova NNP obj 1
with IN case 4
launchers NNS obl 1
"""


def called(rows, start, end, *, sure=0.7, others=(), places=(), label="PERSON"):
    """Return how the name at tokens [start, end) is labelled in the end."""
    doc = tree(rows, names=[(one, one + 1, "LOC") for one in places])
    text = doc[start:end].text
    labels = {text: label, **dict.fromkeys(others, "PERSON")}
    return retyped(doc, [(start, end)], labels, {text: sure}).get(text, label)


@pytest.mark.parametrize(
    ("rows", "start", "end", "places", "label"),
    [
        (TOWN, 2, 3, (), "LOC"),
        (STATE, 0, 1, (), "LOC"),
        (BEFORE, 1, 2, (), "LOC"),
        (JOINED, 4, 5, (2,), "LOC"),
        (CLUB, 0, 2, (), "ORG"),
    ],
)
def test_words_and_place_tell_a_name_that_is_no_person(rows, start, end, places, label):
    assert called(rows, start, end, places=places) == label


@pytest.mark.parametrize(
    ("rows", "start", "end", "places", "label"),
    [
        (TWO_JOINED, 4, 6, (2,), "PERSON"),
        (REBELS, 1, 2, (1,), "LOC"),
        (GOVERNOR, 2, 4, (), "ORG"),
    ],
)
def test_a_sign_of_one_kind_takes_nothing_that_another_speaks_for(rows, start, end, places, label):
    assert called(rows, start, end, places=places, label=label) == label


@pytest.mark.parametrize(
    ("rows", "place", "label", "expected"),
    [
        (PEOPLE, 0, "PRODUCT", "NORP"),
        (PEOPLE, 0, "PERSON", "PERSON"),  # "Sullivan officials"
        (PEOPLE.replace("Karsovan", "Abrams"), 0, "PRODUCT", "PRODUCT"),
        (SUPPLIED, 2, "PRODUCT", "ORG"),
        (SUPPLIED.replace("with IN case", "to IN case"), 2, "PRODUCT", "PRODUCT"),
    ],
)
def test_who_has_gunners_or_is_given_arms_is_no_thing(rows, place, label, expected):
    assert called(rows, place, place + 1, label=label) == expected


@pytest.mark.parametrize(
    ("noun", "who", "expected"),
    [
        ("leader", "PERSON", "ORG"),
        ("leader", "LOC", "PERSON"),
        ("aide", "PERSON", "PERSON"),
    ],
)
def test_whose_leader_is_named_is_a_body(noun, who, expected):
    rows = f"Selvat NNP compound 1\n{noun} NN compound 2\nAnn NNP nsubj 4\nRoe NNP flat 2\nleft VBD ROOT 4"
    doc = tree(rows, names=[(0, 1, "PERSON"), (2, 4, who)])

    assert retyped(doc, [(0, 1)], {"Selvat": "PERSON"}, {"Selvat": 0.8}).get("Selvat", "PERSON") == expected


def test_a_militia_with_an_article_is_a_body():
    rows = "the DT det 2\nSelvat NNP compound 2\nmilitia NN nsubj 3\nleft VBD ROOT 3"

    assert called(rows, 1, 2) == "ORG"


@pytest.mark.parametrize(
    ("owned", "others", "expected"),
    [
        ("profit", "Ellsmoor Cold Chain", "ORG"),
        ("mayor", "Ellsmoor Cold Chain", "LOC"),
        ("profit", "Rua", "LOC"),
    ],
)
def test_what_has_a_profit_and_begins_a_firms_name_is_the_firm(owned, others, expected):
    doc = tree(f"Ellsmoor NNP nmod:poss 2\n's POS case 0\n{owned} NN nsubj 3\nrose VBD ROOT 3")
    labels = {"Ellsmoor": "LOC", others: "ORG"}

    assert retyped(doc, [(0, 1)], labels, {"Ellsmoor": 0.98}).get("Ellsmoor", "LOC") == expected


@pytest.mark.parametrize(
    ("name", "other", "sure", "expected"),
    [
        ("Ellsmoor", "Ellsmoor Foundation", 0.8, "ORG"),
        ("Ellsmoor", "Ellsmoor Foundation", 0.95, "MISC"),
        ("Ellsmoor", "Rua Foundation", 0.8, "MISC"),
        ("EC", "EC Foundation", 0.8, "MISC"),  # a championship
    ],
)
def test_what_may_be_a_work_and_begins_a_bodys_name_is_the_body(name, other, sure, expected):
    doc = tree(f"{name} NNP nsubj 1\nrose VBD ROOT 1")

    assert retyped(doc, [(0, 1)], {name: "MISC", other: "ORG"}, {name: sure}).get(name, "MISC") == expected


@pytest.mark.parametrize(("before", "name"), [("President", "Yakutsk"), ("when", "Bush")])
def test_whoever_has_a_title_or_is_known_is_no_town(before, name):
    rows = f"{before} NNP compound 1\n{name} NNP nsubj 2\nleft VBD ROOT 2"

    assert called(rows, 1, 2, sure=0.8) == "PERSON"


def test_a_town_of_two_words_is_no_body_where_the_network_is_unsure():
    rows = "San NNP compound 1\nAntonio NNP nsubj 2\ngrew VBD ROOT 2"

    assert [called(rows, 0, 2, sure=sure, label="ORG") for sure in (0.8, 0.93)] == ["LOC", "ORG"]


@pytest.mark.parametrize(
    ("article", "noun", "expected"),
    [("a", "firm", "ORG"), ("a", "lawyer", "PERSON"), ("the", "firm", "PERSON")],
)
def test_what_is_called_a_firm_behind_a_comma_is_one(article, noun, expected):
    name, said = "Hanse NNP nsubj 5\nCargo NNP flat 0", f"{article} DT det 4\n{noun} NN appos 0"
    rows = f"{name}\n, , punct 4\n{said}\nfell VBD ROOT 5"

    assert called(rows, 0, 2) == expected


def test_what_the_network_is_sure_of_stays():
    assert called(STATE, 0, 1, sure=0.99) == "PERSON"


def test_a_person_named_in_full_stays_one():
    assert called(STATE, 0, 1, others=("Anna Taavia",)) == "PERSON"


@pytest.mark.parametrize(
    ("word", "label", "sure", "expected"),
    [
        ("Pakistan", "PERSON", 0.8, "LOC"),
        ("Pakistan", "ORG", 0.8, "LOC"),
        ("Pakistan", "ORG", 0.93, "ORG"),  # its cricket team
        ("Dakar", "PRODUCT", 0.8, "LOC"),
        ("Dakar", "ORG", 0.8, "ORG"),
        ("Chad", "PERSON", 0.8, "PERSON"),  # a man's name as well
        ("Yakutsk", "PERSON", 0.93, "LOC"),
        ("Yakutsk", "PERSON", 0.97, "PERSON"),
        ("Yakutsk", "ORG", 0.8, "ORG"),  # its club
        ("Charlotte", "PERSON", 0.8, "PERSON"),
        ("Lufthansa", "MISC", 0.8, "ORG"),
        ("Lufthansa", "MISC", 0.93, "MISC"),
        ("Haaretz", "PERSON", 0.8, "ORG"),
        ("Haaretz", "PERSON", 0.93, "PERSON"),
        ("Haaretz", "PRODUCT", 0.8, "PRODUCT"),
        ("Lufthansa", "PERSON", 0.93, "ORG"),  # a firm lends nobody its name
    ],
)
def test_what_is_known_by_a_name_is_meant_unless_the_network_is_sure(word, label, sure, expected):
    assert called(f"{word} NNP nsubj 1\nleft VBD ROOT 1", 0, 1, sure=sure, label=label) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aneides flavus", "MISC"),
        ("Aneides Flavus", "PERSON"),
        ("Omar al-Dahl", "PERSON"),
        ("Omar dahl", "PERSON"),
        ("Tycoon Ula", "PERSON"),
    ],
)
def test_two_words_of_which_the_second_is_small_are_a_species(name, expected):
    first, second = name.split()

    assert called(f"{first} NNP nsubj 2\n{second} NNP flat 0\nleft VBD ROOT 2", 0, 2) == expected


@pytest.mark.parametrize(
    ("name", "tag", "expected"),
    [
        ("samba", "NN", "MISC"),
        ("sambas", "NNPS", "MISC"),
        ("lisa", "NN", "PERSON"),
        ("kaplan", "NNP", "PERSON"),
    ],
)
def test_a_small_word_is_a_kind_unless_somebody_is_called_so(name, tag, expected):
    assert called(f"{name} {tag} nsubj 1\nleft VBD ROOT 1", 0, 1) == expected


def test_a_small_word_behind_an_article_is_a_kind():
    assert called("the DT det 1\nkaplan NNP nsubj 2\nleft VBD ROOT 2", 1, 2) == "MISC"


@pytest.mark.parametrize(("behind", "expected"), [("based", "LOC"), ("born", "PERSON")])
def test_where_a_firm_is_based_is_a_place(behind, expected):
    rows = f"""
    Korvat NNP compound 2
    - HYPH punct 0
    {behind} VBN amod 3
    firm NN nsubj 4
    left VBD ROOT 4
    """

    assert called(rows, 0, 1) == expected


def test_a_thing_that_bears_all_words_of_a_persons_name_is_that_person():
    rows = "Szabo NNP nsubj 2\nAnna NNP flat 0\nplays VBZ ROOT 2"

    assert called(rows, 0, 2, others=("Anna Szabo",), label="PRODUCT") == "PERSON"
    assert called(rows, 0, 2, label="PRODUCT") == "PRODUCT"


@pytest.mark.parametrize(
    ("rows", "start", "is_one"),
    [
        ("outside IN case 2\nthe DT det 2\nKremlin NNP obl 3\nwait VBP ROOT 3", 2, True),
        (
            "towers NNS nsubj 4 tower\nof IN case 3\nthe DT det 3\nKremlin NNP nmod 0\nfell VBD ROOT 4",
            3,
            True,
        ),
        ("denial NN nsubj 4\nof IN case 3\nthe DT det 3\nKremlin NNP nmod 0\ncame VBD ROOT 4", 3, False),
        ("They PRP nsubj 1\nleft VBD ROOT 1 leave\nthe DT det 3\nKremlin NNP obj 1", 3, True),
        ("They PRP nsubj 1\nasked VBD ROOT 1 ask\nthe DT det 3\nKremlin NNP obj 1", 3, False),
        ("outside IN case 1\nLund NNP obl 2\nwait VBP ROOT 2", 1, False),
    ],
)
def test_a_seat_of_power_is_a_building_where_people_go_round_it(rows, start, is_one):
    assert is_building(tree(rows), start, start + 1) is is_one


BRACKETS = """
Ann NNP nsubj 5
Roe NNP flat 0
( -LRB- punct 3
SWE NNP appos 0
) -RRB- punct 3
won VBD ROOT 5
"""


@pytest.mark.parametrize(
    ("code", "who", "expected"),
    [("SWE", "PERSON", "LOC"), ("SWX", "PERSON", "ORG"), ("SWE", "ORG", "ORG")],
)
def test_three_letters_behind_a_person_are_the_persons_country(code, who, expected):
    doc = tree(BRACKETS.replace("SWE", code), names=[(0, 2, who), (3, 4, "ORG")])

    assert retyped(doc, [(0, 2), (3, 4)], {code: "ORG"}, {code: 0.99}).get(code, "ORG") == expected


@pytest.mark.parametrize(
    ("name", "noun", "label", "expected"),
    [
        ("Karsan", "tribe", "LOC", "NORP"),
        ("Karsan", "language", "PERSON", "NORP"),
        ("Karsan", "coast", "LOC", "LOC"),
        ("Karsan", "tribe", "ORG", "ORG"),
        ("Norway", "people", "LOC", "LOC"),  # a land that is known
    ],
)
def test_whose_tribe_or_language_it_is_is_a_people(name, noun, label, expected):
    doc = tree(f"{name} NNP compound 1\n{noun} NN nsubj 2 {noun}\ncame VBD ROOT 2")

    assert retyped(doc, [(0, 1)], {name: label}, {name: 0.99}).get(name, label) == expected
