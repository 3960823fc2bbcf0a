"""States and firms that no list knows, told from persons by what stands around them in all their places."""

import pytest

from extractors.name_signs import told_by_signs
from tests.extractors.reading import name_of, read, triples
from tests.extractors.trees import tree

OWNED = """
Karsova NNP nmod:poss 2
's POS case 0
{noun} NN nsubj 3 {noun}
spoke VBD ROOT 3 speak
"""
MR = """
Mr NNP compound 1
Karsova NNP nmod:poss 3
's POS case 1
ministry NN nsubj 4
spoke VBD ROOT 4 speak
"""
PEOPLE = """
Karsovan NNP amod 1
troops NNS nsubj 2 troop
left VBD ROOT 2 leave
Karsova NNP obj 2
"""
AT = """
Analysts NNS nsubj 4 analyst
at IN case 3
Brandt NNP compound 3
Meyer NNP nmod 0
agreed VBD ROOT 4 agree
"""
WHOM = """
Friends NNS nsubj 6 friend
in IN case 2
Karsova NNP nmod 0
, , punct 5
whom WP obj 5
Roe NNP acl:relcl 0
left VBD ROOT 6 leave
mayor NN nsubj 10
of IN case 9
Karsova NNP nmod 7
spoke VBD parataxis 6 speak
"""
WITH_WHICH = """
Leonard NNP nsubj 7
, , punct 5
with IN case 3
which WDT obl 5
Roe NNP nsubj 5
dealt VBD acl:relcl 0 deal
, , punct 5
grew VBD ROOT 7 grow
"""
ITS = """
Karsova NNP nsubj 1
accused VBD ROOT 1 accuse
its PRP$ nmod:poss 3
rival NN obj 1
"""


WRITES = """
Roe NNP nsubj 1
writes VBZ ROOT 1 write
for IN case 4
{article}
Aften NNP obl 1
"""
SAID = """
lender NN nsubj 5
Castellane NNP appos 0
, , punct 4
{word} WDT nsubj 4
rents VBZ acl:relcl 0 rent
said VBD ROOT 5 say
it PRP nsubj 7
sold VBD ccomp 5 sell
"""
WHOSE = """
held VBD ROOT 0 hold
Karsova NNP obj 0
, , punct 5
whose WP$ nmod:poss 4
{noun} NN nsubj 5
fell VBD acl:relcl 1 fall
"""
IS = """
Karsova NNP nsubj 3
is VBZ cop 3 be
a DT det 3
{noun} NN ROOT 3
"""
CHILEAN = """
Chile NNP nmod:poss 2
's POS case 0
Austral NNP obj 5
Cobre NNP flat 2
Roe NNP nsubj 5
met VBD ROOT 5 meet
Austral NNP obj 5
"""


@pytest.mark.parametrize(
    ("rows", "names", "told"),
    [
        (OWNED.format(noun="ministry"), [(0, 1)], {"Karsova": "LOC"}),
        (OWNED.format(noun="shareholder"), [(0, 1)], {"Karsova": "ORG"}),
        (OWNED.format(noun="government"), [(0, 1)], {}),  # one weak sign: a minister may have one
        (OWNED.format(noun="dog"), [(0, 1)], {}),
        (MR, [(1, 2)], {}),
        (WHOM, [(2, 3), (9, 10)], {"Karsova": "LOC"}),  # not she is whom Roe means
        (WHOM.replace("acl:relcl 0", "acl:relcl 2"), [(2, 3), (9, 10)], {}),
        (PEOPLE, [(0, 1), (3, 4)], {"Karsova": "LOC", "Karsovan": "NORP"}),
        (AT, [(2, 4)], {"Brandt Meyer": "ORG"}),
        (WITH_WHICH, [(0, 1)], {"Leonard": "ORG"}),
        (ITS, [(0, 1)], {}),
        (WRITES.format(article="the DT det 4"), [(4, 5)], {"Aften": "ORG"}),
        (WRITES.format(article="poor JJ amod 4"), [(4, 5)], {}),
        (SAID.format(word="which"), [(1, 2)], {"Castellane": "ORG"}),
        (SAID.format(word="who"), [(1, 2)], {}),
        (WHOSE.format(noun="capital"), [(1, 2)], {"Karsova": "LOC"}),
        (WHOSE.format(noun="wife"), [(1, 2)], {}),
        (IS.format(noun="republic"), [(0, 1)], {"Karsova": "LOC"}),
        (IS.format(noun="bore"), [(0, 1)], {}),
    ],
)
def test_signs_weigh_and_a_person_who_is_called_so_stays_one(rows, names, told):
    doc = tree(rows)
    labels = {doc[start:end].text: "PERSON" for start, end in names}

    assert told_by_signs(doc, names, labels) == told


def test_what_stands_in_several_places_counts_together():
    rows = """
    Karsova NNP nsubj 1
    accused VBD ROOT 1 accuse
    its PRP$ nmod:poss 3
    rival NN obj 1
    ; : punct 1
    Karsova NNP nmod:poss 7
    's POS case 5
    government NN nsubj 8
    spoke VBD parataxis 1 speak
    """

    assert told_by_signs(tree(rows), [(0, 1), (5, 6)], {"Karsova": "PERSON"}) == {"Karsova": "LOC"}


@pytest.mark.parametrize(("short", "told"), [("ORG", {"Austral Cobre": "ORG"}), ("LOC", {})])
def test_what_a_country_has_and_begins_as_a_firm_does_is_that_firm(short, told):
    labels = {"Chile": "LOC", "Austral Cobre": "LOC", "Austral": short}

    assert told_by_signs(tree(CHILEAN, names=[(0, 1, "LOC")]), [(0, 1), (2, 4), (6, 7)], labels) == told


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "Oshan troops left. Oshan's foreign minister, Ida Roe, said that Oshan had been attacked.",
            "Oshan",
            "LOC",
        ),
        ("Shares in Castellan fell. Castellan's chief executive, Ida Roe, resigned.", "Castellan", "ORG"),
        ("Kajaani Energia said it does not comment on rumours.", "Kajaani Energia", "ORG"),
        ("Sweden's Vindra bought the wind developer Mellan Kraft AB in May.", "Mellan Kraft AB", "ORG"),
        (
            "Médecins Sans Frontières accused the army. MSF had a clinic there.",
            "Médecins Sans Frontières",
            "ORG",
        ),
        ("Anna Berg left. Berg's board resigned.", "Anna Berg", "PERSON"),
        ("Anna Berg left. Berg said it would take years.", "Anna Berg", "PERSON"),
        ("Two firms bid. The trader Kestrova won. Kestrova said it would pay in May.", "Kestrova", "ORG"),
    ],
)
def test_names_get_the_type_that_the_article_tells(nlp, text, name, kind):
    types = {one.name: one.type for one in read(nlp, text).entities}

    assert types.get(name) == kind


@pytest.mark.model
def test_a_body_whose_name_holds_a_continent_is_one(nlp):
    extraction = read(
        nlp, "Observers of the Organization for Security and Co-operation in Europe heard artillery in Lund."
    )

    assert "org/osce" in {one.known for one in extraction.entities}
    assert triples(extraction) == []


@pytest.mark.model
def test_a_leader_by_title_is_no_body(nlp):
    extraction = read(nlp, "Anna Berg was pardoned by the Supreme Leader, Iran said.")

    assert "Supreme" not in {one.name for one in extraction.entities}
    assert name_of(extraction, extraction.attributions[0].speaker) == "Iran"
