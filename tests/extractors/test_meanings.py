"""Which entity a word means, on trees by hand with things that are known beforehand."""

import pytest

from extractors.clusters import Cluster
from extractors.drafts import Draft
from extractors.meanings import Meanings, noun_meant
from extractors.mentions import Referring
from tests.extractors.trees import tree


def thing(kind, *mentions):
    """Return a cluster of a type; each mention is (start, end, head), or with its kind if it is no name."""
    return Cluster(kind, [Referring(*one[:3], kind, *(one[3:] or ("name",)), 0.9) for one in mentions])


def meanings(rows, *things):
    return Meanings(tree(rows), things)


def meant_at(found, word):
    """Return the number of the thing that a word means."""
    [token] = [token for token in found.doc if token.text == word]
    return found.entity_at(token)


SECRETARY = """
Secretary NN nsubj 3
Lloyd NNP flat 0
Austin NNP flat 0
left VBD ROOT 3 leave
"""


def test_a_title_means_the_name_beside_it():
    found = meanings(SECRETARY, thing("PERSON", (1, 3, 1)))

    assert [meant_at(found, word) for word in ("Secretary", "Lloyd", "Austin", "left")] == [0, 0, 0, None]


OWNER = """
owner_ NN nsubj 5
, , punct 2
Halvard NNP appos 0
Metals_ NNP flat 2
, , punct 2
left VBD ROOT 5 leave
"""


def test_a_noun_means_the_name_in_apposition_if_it_can_be_the_same_thing():
    nominal = (0, 1, 0, "nominal")
    alike = meanings(OWNER, thing("ORG", (2, 4, 2)), thing("ORG", nominal))
    unlike = meanings(OWNER.replace("owner", "song"), thing("ORG", (2, 4, 2)), thing("MISC", nominal))

    assert meant_at(alike, "owner") == 0
    assert meant_at(unlike, "song") == 1


@pytest.mark.parametrize(
    ("noun", "is_one"), [("gang", True), ("company", True), ("frigate", True), ("song", False)]
)
def test_a_noun_that_says_what_kind_of_thing_a_name_is_means_the_name(noun, is_one):
    rows = f"""
    Lantern NNP compound 1
    {noun} NN nsubj 2
    left VBD ROOT 2 leave
    """
    found = meanings(rows, thing("ORG", (0, 1, 0)))

    assert meant_at(found, noun) == (0 if is_one else None)


def test_a_weapons_name_before_any_noun_is_that_thing():
    rows = """
    S-125 NNP compound 1
    battery NN nsubj 2
    fired VBD ROOT 2 fire
    """

    assert meant_at(meanings(rows, thing("PRODUCT", (0, 1, 0))), "battery") == 0


@pytest.mark.parametrize(("noun", "is_one"), [("town", True), ("province", True), ("king", False)])
def test_the_town_of_is_the_place(noun, is_one):
    rows = f"""
    {noun} NN nsubj 3
    of IN case 2
    Oslo NNP nmod 0
    fell VBD ROOT 3 fall
    """

    assert meant_at(meanings(rows, thing("LOC", (2, 3, 2))), noun) == (0 if is_one else None)


def test_a_noun_in_apposition_behind_a_name_means_the_name():
    rows = """
    Karlyk_ NNP nsubj 3
    , , punct 2
    town NN appos 0
    fell VBD ROOT 3 fall
    """
    place, town = thing("LOC", (0, 1, 0)), thing("LOC", (2, 3, 2, "nominal"))
    person, song = thing("PERSON", (0, 1, 0)), thing("MISC", (2, 3, 2, "nominal"))

    assert meant_at(meanings(rows, place, town), "town") == 0
    assert meant_at(meanings(rows.replace("town", "song"), person, song), "song") == 1


BOARD = """
board NN nsubj 3
of IN case 2
Norvik NNP nmod 0
met VBD ROOT 3 meet
"""


def test_a_board_acts_for_who_sends_it_but_means_itself():
    found = meanings(BOARD, thing("ORG", (2, 3, 2)), thing("ORG", (0, 1, 0, "nominal")))

    assert meant_at(found, "board") == 1
    party = found.party_at(found.doc[0])
    assert (party.entity, party.type, party.is_named) == (0, "ORG", True)


def test_a_party_knows_its_type_its_name_and_its_word():
    found = meanings(SECRETARY, thing("PERSON", (1, 3, 1)))

    party = found.party_at(found.doc[0])
    assert (party.entity, party.type, party.is_named, party.head) == (0, "PERSON", True, 0)
    assert found.party_at(found.doc[3]) is None


BOTH = """
Roe NNP nsubj 1
met VBD ROOT 1 meet
{some} DT obj 1
of IN case 4
them PRP nmod 2
"""


@pytest.mark.parametrize(("some", "is_told"), [("both", False), ("all", True)])
def test_both_of_them_are_no_crowd(some, is_told):
    crowd = thing("PERSON", (4, 5, 4, "pronoun"))

    found = meanings(BOTH.format(some=some), crowd)
    assert (found.party_at(found.doc[2]) is not None) == is_told


MUSEUM = """
Orsay NNP nsubj 1
grew VBD ROOT 1 grow
{behind}
; : punct 1
the DT det 5
museum NN nsubj 8
in IN case 7
Lund NNP nmod 5
fell VBD parataxis 1 fall
"""


@pytest.mark.parametrize(
    ("behind", "is_told"),
    [
        ("fast RB advmod 1", False),
        ("Lund NNP obl 1", True),  # where the name stands, too
    ],
)
def test_a_noun_with_a_place_of_its_own_is_not_the_name_of_another_place(behind, is_told):
    house = thing("ORG", (0, 1, 0), (4, 6, 5, "nominal"))
    town = thing("LOC", (7, 8, 7), *([(2, 3, 2)] if "Lund" in behind else []))

    found = meanings(MUSEUM.format(behind=behind), house, town)
    assert (found.party_at(found.doc[5]) is not None) == is_told


JUDGES = """
judges {tag} nsubj 1
ruled VBD ROOT 1 rule
"""


@pytest.mark.parametrize(("tag", "is_told"), [("NNS", False), ("NN", True)])
def test_several_people_are_not_one_who_has_a_name(tag, is_told):
    judge = Cluster(
        "PERSON",
        [Referring(0, 1, 0, "PERSON", "nominal", 0.9), Referring(1, 2, 1, "PERSON", "name", 0.9)],
    )

    found = meanings(JUDGES.format(tag=tag), judge)
    assert (found.party_at(found.doc[0]) is not None) == is_told


HIMSELF = """
She PRP nsubj 1
asked VBD ROOT 1 ask
me PRP obj 1
"""


def test_who_speaks_calls_herself_me_and_not_she():
    found = meanings(HIMSELF, thing("PERSON", (0, 1, 0, "pronoun"), (2, 3, 2, "pronoun")))

    assert [found.is_himself(place, 0) for place in range(3)] == [True, False, False]
    assert not found.is_himself(0, 1)


@pytest.mark.parametrize("kind", ["DATE", "MONEY"])
def test_a_value_is_no_party(kind):
    found = meanings("Tuesday NNP ROOT 0", thing(kind, (0, 1, 0, "value")))

    assert found.entity_at(found.doc[0]) == 0
    assert found.party_at(found.doc[0]) is None
    assert found.entity_in([0]) is None


WHO = """
Milley_ NNP nsubj 6
, , punct 3
who WP nsubj 3
left VBD acl:relcl 0 leave
Oslo_ NNP obj 3
, , punct 3
slept VBD ROOT 6 sleep
"""


def test_who_means_the_noun_before_its_clause():
    doc = tree(WHO)

    assert noun_meant(doc[2]) == doc[0]
    assert noun_meant(doc[4]) == doc[4]


def test_who_speaks_is_whom_the_cues_subject_means():
    found = meanings(WHO, thing("PERSON", (0, 1, 0)), thing("LOC", (4, 5, 4)))

    assert found.speaker_of(Draft((2,), (3,), (4,), (), 0.9)) == 0
    assert found.speaker_of(Draft((), (6,), (4,), (), 0.9)) is None


CLIP = """
clip_ NN nsubj 6
, , punct 2
released VBN acl 0 release
by IN case 4
Lund_ NNP obl:agent 2
, , punct 2
spread VBD ROOT 6 spread
"""


def test_a_stretch_of_words_is_about_its_head_and_not_whom_it_names_besides():
    found = meanings(CLIP, thing("ORG", (4, 5, 4)))

    assert found.entity_in(range(6)) is None
    assert found.entity_in([4]) == 0


def test_a_stretch_without_a_head_of_its_own_is_about_the_only_one_in_it():
    rows = """
    reportedly RB advmod 3
    Roe_ NNP nmod:poss 3
    's POS case 1
    left VBD ROOT 3 leave
    """
    one = meanings(rows, thing("PERSON", (1, 2, 1)))

    assert one.entity_in([0, 1, 2]) == 0
    assert one.entity_in([0]) is None
