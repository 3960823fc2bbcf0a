"""Nouns beside names, nouns that take names up again, pronouns: on trees by hand."""

import pytest

from extractors.clusters import Cluster
from extractors.coreference import cluster_mentions
from extractors.mentions import find_mentions
from extractors.network import MODEL_DIR
from extractors.nominals import join_owned
from extractors.pronoun_choice import load_weights
from extractors.pronouns import Voice
from tests.extractors.reading import name_of, read
from tests.extractors.trees import tree


def clusters(doc, voices=()):
    """Return the things that a Doc speaks of, each as the set of its mentions' words."""
    found = cluster_mentions(doc, find_mentions(doc), voices, [], load_weights(MODEL_DIR))
    return {frozenset(one.words(doc) for one in cluster.mentions) for cluster in found}


def ministries(owners):
    """Return clusters of "X's ministry spoke ; its ministry denied", by what "its" means."""
    doc = tree(
        """
        Amrath NNP nmod:poss 2
        's POS case 0
        ministry NN nsubj 3
        spoke VBD ROOT 3 speak
        ; : punct 3
        its PRP$ nmod:poss 6
        ministry NN nsubj 7
        denied VBD conj 3 deny
        """,
        names=[(0, 1, "LOC")],
    )
    places = [Cluster("LOC", [one]) for one in find_mentions(doc) if one.kind == "name"]
    [its] = [one for one in find_mentions(doc) if one.kind == "pronoun"]
    places = [*places, Cluster("LOC")]
    places[owners].mentions.append(its)
    nominals = [Cluster("ORG", [one]) for one in find_mentions(doc) if one.kind == "nominal"]
    return len(join_owned(doc, [*places, *nominals])) - len(places)


def test_its_ministry_is_that_of_whoever_it_means():
    assert ministries(owners=0) == 1
    assert ministries(owners=1) == 2


def test_a_post_directly_before_a_name_is_the_person():
    # As the parser has it at times: name and post are not linked.
    doc = tree(
        """
        He PRP nsubj 1
        met VBD ROOT 1 meet
        his PRP$ nmod:poss 3
        counterpart NN obj 1
        Carl NNP obl 1
        Dorn NNP flat 4
        . . punct 1
        """,
        names=[(4, 6, "PERSON")],
    )

    assert {"his counterpart", "Carl Dorn"} in clusters(doc)


def test_a_post_between_commas_is_the_person_before():
    doc = tree(
        """
        Carl NNP nsubj 9
        Dorn_ NNP flat 0
        , , punct 4
        the DT det 4
        secretary NN obl 9
        of IN case 6
        Amrath_ NNP nmod 4
        , , punct 4
        he PRP expl 9
        left VBD ROOT 9 leave
        """,
        names=[(0, 2, "PERSON"), (6, 7, "LOC")],
    )

    assert {"Carl Dorn", "the secretary"} in [set(one) - {"he"} for one in clusters(doc)]


def test_another_person_between_commas_stays_another():
    doc = tree(
        """
        With IN case 1
        Dorn_ NNP obl 5
        , , punct 5
        the DT det 4
        minister NN nsubj 5
        left VBD ROOT 5 leave
        . . punct 5
        """,
        names=[(1, 2, "PERSON")],
    )

    assert {"Dorn"} in clusters(doc)
    assert {"the minister"} in clusters(doc)


NAMED_DRONE = """
The DT det 2
MQ-9 NNP compound 2
drone NN nsubj 3
fell VBD ROOT 3 fall
and CC cc 6
the DT det 6
drone NN conj 3
sank VBD acl 3 sink
"""


BOTH = [(1, 2, "PRODUCT"), (5, 6, "PRODUCT")]


def test_the_drone_is_the_one_thing_that_is_called_so():
    doc = tree(NAMED_DRONE, names=[(1, 2, "PRODUCT")])

    assert {"MQ-9", "the drone"} <= set().union(*[one for one in clusters(doc) if "MQ-9" in one])


def test_of_two_things_called_so_the_drone_is_neither():
    rows = NAMED_DRONE.replace(
        "and CC cc 6", "near IN case 6\nRQ-4 NNP compound 6\ndrone NN obl 3\nas IN mark 9"
    )
    doc = tree(rows.replace("the DT det 6\ndrone NN conj 3", "the DT det 8\ndrone NN nsubj 9"), names=BOTH)

    assert not any(one & {"MQ-9", "RQ-4"} and "the drone" in one for one in clusters(doc))


UNLIKE_KINDS = """
The DT det 1
Su-27 NNP nsubj 2
struck VBD ROOT 2 strike
the DT det 4
MQ-9 NNP obj 2
before IN mark 8
the DT det 7
drone NN nsubj 8
fell VBD advcl 2 fall
"""
UNLIKE_NAMES = [(1, 2, "PRODUCT"), (4, 5, "PRODUCT")]


def test_a_noun_finds_the_named_weapon_of_its_kind():
    doc = tree(UNLIKE_KINDS, names=UNLIKE_NAMES)

    assert {"MQ-9", "the drone"} in clusters(doc)


def test_a_noun_that_fits_two_named_weapons_is_neither():
    doc = tree(UNLIKE_KINDS.replace("drone", "aircraft"), names=UNLIKE_NAMES)

    assert {"the aircraft"} in clusters(doc)


def test_a_noun_in_the_plural_is_not_the_one_weapon_of_its_kind():
    doc = tree(UNLIKE_KINDS.replace("drone NN", "drones NNS"), names=UNLIKE_NAMES)

    assert {"MQ-9"} in clusters(doc)


IT_FELL = """
The DT det 1
jet NN nsubj 2
struck VBD ROOT 2 strike
the DT det 4
drone NN obj 2
before IN mark 7
it PRP nsubj 7
fell VBD advcl 2 fall
"""


def test_it_is_nothing_where_it_could_be_either():
    assert frozenset({"it"}) not in clusters(tree(IT_FELL))
    assert not any("it" in one for one in clusters(tree(IT_FELL)))


def test_what_a_firm_says_of_it_is_of_itself():
    doc = tree(
        """
        Vantreve NNP nsubj 1
        said VBD ROOT 1 say
        it PRP nsubj 3
        bought VBD ccomp 1 buy
        Ellsmoor NNP obj 3
        """,
        names=[(0, 1, "ORG"), (4, 5, "ORG")],
    )

    assert {"Vantreve", "it"} in clusters(doc, [Voice((0,), (2, 3, 4))])


def test_titles_are_no_part_of_names_but_tell_the_gender():
    doc = tree(
        """
        Dame NNP nmod:desc 1
        Ada NNP nsubj 3
        Berg NNP flat 1
        left VBD ROOT 3 leave
        and CC cc 6
        she PRP nsubj 6
        slept VBD conj 3 sleep
        """,
        names=[(0, 3, "PERSON")],
    )

    assert {"Ada Berg", "she"} in clusters(doc)


def test_a_person_is_called_by_any_part_of_the_name_that_only_one_has():
    doc = tree(
        """
        Ignacio NNP nsubj 5
        de NNP flat 0
        la NNP flat 0
        Fuente NNP flat 0
        Robles NNP flat 0
        met VBD ROOT 5 meet
        Lin NNP obj 5
        Yaozong NNP flat 6
        ; : punct 5
        De NNP nsubj 12
        la NNP flat 9
        Fuente NNP flat 9
        thanked VBD parataxis 5 thank
        Lin NNP obj 12
        """,
        names=[(0, 5, "PERSON"), (6, 8, "PERSON"), (9, 12, "PERSON"), (13, 14, "PERSON")],
    )

    assert clusters(doc) == {
        frozenset({"Ignacio de la Fuente Robles", "De la Fuente"}),
        frozenset({"Lin Yaozong", "Lin"}),
    }


def test_who_is_named_so_is_the_one_of_that_name():
    doc = tree(
        """
        a DT det 1
        man NN nsubj 5
        named VBN acl 1 name
        Carl NNP xcomp 2
        Dorn NNP flat 3
        left VBD ROOT 5 leave
        """,
        names=[(3, 5, "PERSON")],
    )

    assert clusters(doc) == {frozenset({"a man", "Carl Dorn"})}


def test_a_post_with_a_capital_letter_is_the_one_who_holds_it():
    doc = tree(
        """
        Secretary NNP nmod:desc 1
        Dorn NNP nsubj 2
        left VBD ROOT 2 leave
        ; : punct 2
        the DT det 5
        Secretary NNP nsubj 6
        slept VBD parataxis 2 sleep
        """,
        names=[(1, 2, "PERSON")],
    )

    assert clusters(doc) == {frozenset({"Secretary", "Dorn", "the Secretary"})}


def test_the_act_is_the_one_that_bears_the_word_in_its_name():
    rows = """
        the DT det 2
        Harbour NNP compound 2
        Act NNP nsubj 3
        passed VBD ROOT 3 pass
        ; : punct 3
        the DT det 6
        Act NNP nsubj 7
        failed VBD parataxis 3 fail
        """

    assert clusters(tree(rows, names=[(1, 3, "MISC")])) == {frozenset({"Harbour Act", "the Act"})}
    assert clusters(tree(rows, names=[(2, 3, "MISC")])) == {frozenset({"Act"})}


def test_the_court_is_the_one_that_is_named_in_full_before():
    rows = """
        {first} DT det 2
        Supreme NNP compound 2
        Court NNP nsubj 3
        sat VBD ROOT 3 sit
        ; : punct 3
        {second} DT det 6
        Court NNP nsubj 7
        rose VBD parataxis 3 rise
        """
    names = [(1, 3, "ORG"), (6, 7, "ORG")]

    assert clusters(tree(rows.format(first="the", second="the"), names=names)) == {
        frozenset({"Supreme Court", "Court"})
    }
    assert clusters(tree(rows.format(first="the", second="a"), names=names)) == {
        frozenset({"Supreme Court"}),
        frozenset({"Court"}),
    }


def together(nlp, text):
    """Return the words of the mentions of each thing that is mentioned more than once."""
    extraction = read(nlp, text)
    found = {}
    for one in extraction.mentions:
        found.setdefault(one.entity, []).append(extraction.text[one.start : one.end])
    return [words for words in found.values() if len(words) > 1]


def test_a_ship_is_the_vessel_unless_a_boat_without_a_name_is_told_of(nlp):
    ship = "HMS Sorrel left Ostrik on Sunday. Sailors lined the deck of the ship. The vessel is old."
    boat = "HMS Sorrel rammed a fishing boat off Ostrik. The boat sank."
    ships = "HMS Sorrel met HMS Tansy off Ostrik in May. The vessel was hit by a wave."

    assert ["HMS Sorrel", "the ship", "The vessel"] in together(nlp, ship)
    assert ["a fishing boat", "The boat"] in together(nlp, boat)
    assert not any("The vessel" in words for words in together(nlp, ships))


def test_the_ministry_is_the_one_just_told_of(nlp):
    text = "The defence ministry of Velmark said that two jets had crashed. The ministry gave no reason."

    assert ["The defence ministry", "The ministry"] in together(nlp, text)


def test_a_spokesman_is_the_one_who_is_named_then(nlp):
    one = "A spokesman for the navy gave no reason. The wind was strong, the spokesman, Idris Kane, said."
    two = (
        "A spokesman for the navy met a spokesman for the port in Ostrik. "
        "The wind was strong, the spokesman, Idris Kane, said."
    )

    assert any({"A spokesman", "Idris Kane"} <= set(words) for words in together(nlp, one))
    assert not any({"A spokesman", "Idris Kane"} <= set(words) for words in together(nlp, two))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("Norvik Metals bought a mine in Lund. The company left.", "The company", "Norvik Metals"),
        ("The Army said it would go. The party met on Tuesday.", "The party", "party"),
        ("The Finance Committee met. In 1964 the party chose Anna Berg.", "the party", "party"),
        ("Norvik Metals asked a group of bakers in Lund. The group likes Anna Berg.", "The group", "group"),
    ],
)
def test_a_noun_for_bodies_means_none_of_another_kind_and_none_before_another_of_its_noun(
    nlp, text, noun, name
):
    extraction = read(nlp, text)

    [meant] = [one for one in extraction.mentions if text[one.start : one.end] == noun]
    assert name_of(extraction, meant.entity) == name


def test_the_girl_is_the_one_who_was_called_a_daughter(nlp):
    text = "Anna Berg lost her daughter, Ines, in the fire. The girl was four. The boy next door saw it."
    two = "Two girls slept in the house. Anna Berg lost her daughter, Ines, in the fire. The girl was four."

    assert any({"Ines", "The girl"} <= set(words) for words in together(nlp, text))
    assert not any({"Ines", "The boy"} <= set(words) for words in together(nlp, text))
    assert not any({"Ines", "The girl"} <= set(words) for words in together(nlp, two))


@pytest.mark.parametrize(
    ("text", "noun", "name"),
    [
        ("The mayor of Lund left. Deputy mayor Ali Kaya stayed.", "The mayor", "Ali Kaya"),
        (
            "Former trade minister Ali Kaya met Ines Roe. The minister said it was late.",
            "The minister",
            "Ali Kaya",
        ),
        ("The bank called the owners. It bought the farm from owner Ali Kaya.", "the owners", "Ali Kaya"),
        ("The wind came from Norland. The town of Lund was hit.", "The town", "Norland"),
        ("Norland, which has a port in the country, sent help.", "the country", "Norland"),
        (
            "It made Ines the country's youngest leader. Its leader, Ali Kaya, left.",
            "youngest leader",
            "Ali Kaya",
        ),
        (
            "The novelist Ines Roe beat Irish writer Ali Kaya. In May they left. Then the writer wept.",
            "the writer",
            "Ali Kaya",
        ),
        ("A man came in. Police seek the man who fled.", "the man", "A man"),
    ],
)
def test_a_noun_that_tells_of_another_is_not_the_name_near_it(nlp, text, noun, name):
    assert not any({noun, name} <= set(words) for words in together(nlp, text))


def test_a_bulk_carrier_is_the_vessel(nlp):
    text = (
        "The company lost contact with the bulk carrier Aurora Bay off Guinea. The vessel has a crew of 22."
    )

    assert any({"Aurora Bay", "The vessel"} <= set(words) for words in together(nlp, text))


def test_the_town_of_a_name_is_that_place(nlp):
    text = "The storm reached the town of Murghob. Help came from the port of Rotterdam."

    assert any({"the town", "Murghob"} <= set(words) for words in together(nlp, text))
    assert not any({"the port", "Rotterdam"} <= set(words) for words in together(nlp, text))


def test_his_deputy_is_the_one_who_is_named_as_such(nlp):
    text = "Erik Salo and his deputy, Marta Lind, were held. Salo said his deputy had acted alone."
    two = "Erik Salo met his deputy, Marta Lind, and his deputy, Ali Kaya. Salo said his deputy was alone."

    assert any(words.count("his deputy") == 2 and "Marta Lind" in words for words in together(nlp, text))
    assert not any(words.count("his deputy") == 2 for words in together(nlp, two))


def test_the_writer_may_be_the_only_novelist(nlp):
    text = "The novelist Ines Roe won the prize on Monday. The bank is closed. The writer lives in Lund."

    assert any({"Ines Roe", "The writer"} <= set(words) for words in together(nlp, text))
