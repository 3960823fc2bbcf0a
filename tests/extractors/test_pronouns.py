"""What a pronoun may mean, on trees by hand and with weights by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.clusters import Cluster
from extractors.coreference import cluster_nouns
from extractors.mentions import find_mentions
from extractors.network import MODEL_DIR
from extractors.pronoun_choice import Candidate, Weights, best_candidate, load_weights
from extractors.pronouns import Surroundings, Voice
from extractors.quotations import Quotation
from tests.extractors.trees import tree

LEFT = """
Milley NNP nsubj 1
thanked VBD ROOT 1 thank
his PRP$ nmod:poss 3
colleague NN obj 1
Austin NNP flat 3
before IN mark 7
he PRP nsubj 7
left VBD advcl 1 leave
"""
NAMES = [(0, 1, "PERSON"), (4, 5, "PERSON")]
LEAST = {"male": 0.5, "female": 0.5, "thing": 0.5, "many": 0.5, "passing": 0.5}
SHOWN = {"male": 0.4, "female": 0.4, "thing": 0.4, "many": 0.4}
NO_WEIGHTS = Weights({}, LEAST, SHOWN)
NONE = Candidate(None, ("none",))


def people_in(rows, names):
    words = [row.split()[0] for row in rows.splitlines()]
    return [(place, place + 1, "PERSON") for place, word in enumerate(words) if word in names]


def surroundings(doc, voices=(), weights=NO_WEIGHTS):
    mentions = find_mentions(doc)
    pronouns = [one for one in mentions if one.kind == "pronoun"]
    return Surroundings(doc, cluster_nouns(doc, mentions), voices, [], weights), pronouns


def meant(weights, kind, candidates):
    """Return the thing that a pronoun means for sure."""
    found = best_candidate(weights, kind, candidates)
    return found.cluster if found is not None and found.is_sure else None


def names_of(doc, candidates):
    return [one.cluster and one.cluster.names(doc) for one in candidates]


def test_nobody_is_meant_by_a_pronoun_inside_the_phrase_that_names_him():
    doc = tree(LEFT, names=NAMES)
    around, [his, _] = surroundings(doc)

    assert names_of(doc, around.candidates(his)) == [["Milley"], None]


@pytest.mark.parametrize(
    "rows",
    [
        ", , punct 5\nhis PRP$ nmod:poss 5\nrival NN appos 2",
        "to TO mark 4\nwin VB advcl 1\nhis PRP$ nmod:poss 6\ntitle NN obj 4",
    ],
)
def test_who_is_called_his_rival_or_beaten_for_his_title_is_another(rows):
    rows = f"Dorn NNP nsubj 1\nbeat VBD ROOT 1 beat\nHale NNP obj 1\n{rows}"
    doc = tree(rows, names=[(0, 1, "PERSON"), (2, 3, "PERSON")])
    around, [his] = surroundings(doc)

    assert names_of(doc, around.candidates(his)) == [["Dorn"], None]


def test_a_relative_pronoun_speaks_for_its_noun():
    doc = tree(
        """
        Norvik NNP nsubj 5
        , , punct 4
        which WDT nsubj 4
        it PRP obj 4
        said VBD acl:relcl 0 say
        left VBD ROOT 5 leave
        """,
        names=[(0, 1, "ORG")],
    )
    around, _ = surroundings(doc)

    assert around.at((2,)).names(doc) == ["Norvik"]


def test_who_is_spoken_to_is_not_spoken_of():
    doc = tree(
        """
        Dorn NNP vocative 2
        , , punct 0
        let VB ROOT 2
        him PRP obj 2
        """,
        names=[(0, 1, "PERSON")],
    )
    around, [him] = surroundings(doc)

    assert names_of(doc, around.candidates(him)) == [None]


def test_the_one_mentioned_last_comes_first():
    doc = tree(LEFT, names=NAMES)
    around, [_, he] = surroundings(doc)

    assert names_of(doc, around.candidates(he)) == [["Austin"], ["Milley"], None]


def test_a_woman_is_not_he():
    doc = tree(LEFT, names=NAMES)
    around, [_, he] = surroundings(doc)
    around.clusters[0].gender = "female"

    assert len(around.candidates(he)) == 2


def test_a_given_name_speaks_for_its_kind_of_pronoun_and_rules_out_the_other():
    doc = tree(
        """
        Isabel NNP nsubj 2
        Ruiz NNP flat 0
        met VBD ROOT 2 meet
        Mario NNP obj 2
        Lucero NNP flat 3
        before IN mark 7
        she PRP nsubj 7
        left VBD advcl 2 leave
        """,
        names=[(0, 2, "PERSON"), (3, 5, "PERSON")],
    )
    around, [she] = surroundings(doc)

    isabel, _ = around.candidates(she)  # and not Mario
    assert "given name full of the kind" in isabel.features


def test_who_spoke_last_goes_on_speaking():
    doc = tree(
        """
        Patrushev NNP nsubj 1
        spoke VBD ROOT 1 speak
        of IN case 3
        Austin NNP obl 1
        and CC cc 6
        he PRP nsubj 6
        said VBD conj 1 say
        no UH obj 6
        """,
        names=[(0, 1, "PERSON"), (3, 4, "PERSON")],
    )
    around, [he] = surroundings(doc, [Voice((0,), (3,)), Voice((5,), (7,))])

    assert around.antecedent(he).names(doc) == ["Patrushev"]


@pytest.mark.parametrize(
    ("rows", "source", "found"),
    [
        ("However RB advmod 4\nhe PRP nsubj 4\nsaid VBD ROOT 4", (3,), ["Patrushev"]),
        (
            "Austin NNP nsubj 3\nleft VBD ROOT 3\nas IN mark 6\nhe PRP nsubj 6\nasked VBD advcl 3",
            (5,),
            ["Austin"],
        ),
        (
            "Berg NNP nsubj 3\ntold VBD ROOT 3\nAustin NNP obj 3\nhe PRP nsubj 6\nasked VBD parataxis 3",
            (5,),
            None,
        ),
        ("his PRP$ nmod:poss 3\nwife NN nsubj 4\nsaid VBD ROOT 4", (2, 3), None),
        (
            "In IN case 3\na NN obl 7\nby IN case 5\nAustin NNP nmod 3\nhe PRP nsubj 7\nsaid VBD ROOT 7",
            (6,),
            ["Austin"],
        ),
        (
            "In IN case 3\na NN obl 7\nwith IN case 5\nAustin NNP nmod 3\nhe PRP nsubj 7\nsaid VBD ROOT 7",
            (6,),
            None,
        ),
    ],
)
def test_who_spoke_last_goes_on_unless_the_sentence_tells_of_another(rows, source, found):
    rows = f"Patrushev NNP nsubj 1\nspoke VBD ROOT 1 speak\n{rows}"
    doc = tree(rows, names=people_in(rows, {"Patrushev", "Austin", "Berg"}))
    none = Weights({"none": 9.0}, LEAST, SHOWN)
    around, [one] = surroundings(doc, [Voice((0,), ()), Voice(source, ())], none)

    cluster = around.antecedent(one)

    assert (cluster and cluster.names(doc)) == found


@pytest.mark.parametrize(
    ("said", "is_other"),
    [
        ("that IN mark 8\nPatrushev NNP nsubj 8\nleft VBD ccomp 5 leave", True),
        ("that IN mark 8\nnobody NN nsubj 8\nleft VBD ccomp 5 leave", False),
        ("I PRP nsubj 8\nam VBP cop 8\nPatrushev NNP ccomp 5", False),
    ],
)
def test_whoever_names_somebody_speaks_of_another(said, is_other):
    rows = (
        "Patrushev NNP nsubj 1\nspoke VBD ROOT 1\nand CC cc 1\nthen RB advmod 1\nhe PRP nsubj 5\n"
        f"said VBD conj 1\n{said}"
    )
    doc = tree(rows, names=people_in(rows, {"Patrushev"}))
    mentions = find_mentions(doc)
    he = next(one for one in mentions if doc[one.start].text == "he")
    around = Surroundings(doc, cluster_nouns(doc, mentions), [Voice((4,), (6, 7, 8))], [], NO_WEIGHTS)

    assert len(around.candidates(he)) == (1 if is_other else 2)


def test_who_is_quoted_speaks_of_another():
    doc = tree(
        """
        He PRP nsubj 1
        overpaid VBD ROOT 1 overpay
        said VBD parataxis 1 say
        Dorn NNP nsubj 2
        """,
        names=[(3, 4, "PERSON")],
    )
    [dorn, he] = sorted(find_mentions(doc), key=lambda one: one.kind)
    quotation = Quotation(0, 2, 0, opens_paragraph=True, is_closed=True, is_double=True)
    voices = [Voice((3,), (0, 1))]

    said, told = (
        Surroundings(doc, [Cluster("PERSON", [dorn])], voices, quotations, NO_WEIGHTS).candidates(he)
        for quotations in ([quotation], [])
    )

    assert names_of(doc, said) == [None]
    assert names_of(doc, told) == [["Dorn"], None]


def test_the_likeliest_is_taken_if_it_is_likely_enough():
    one, other = Cluster("PERSON"), Cluster("PERSON")
    candidates = [Candidate(one, ("near",)), Candidate(other, ("far",)), NONE]

    assert meant(Weights({"near": 3.0}, LEAST, SHOWN), "male", candidates) is one
    assert best_candidate(Weights({"near": 0.1}, LEAST, SHOWN), "male", candidates) is None
    assert best_candidate(Weights({"near": 3.0, "none": 9.0}, LEAST, SHOWN), "male", candidates) is None
    assert best_candidate(NO_WEIGHTS, "male", [NONE]) is None


def test_what_the_network_says_counts_as_much_as_its_weight():
    one, other = Cluster("PERSON"), Cluster("PERSON")
    candidates = [Candidate(one, (), 1.0), Candidate(other, (), 4.0), Candidate(None, (), 0.0)]

    assert meant(Weights({"person link": 1.0}, LEAST, SHOWN), "female", candidates) is other
    assert best_candidate(Weights({"thing link": 1.0}, LEAST, SHOWN), "female", candidates) is None


def test_the_network_compares_a_pronoun_with_every_mention_of_a_thing():
    doc = tree(LEFT, names=NAMES)
    doc.tensor = np.zeros((len(doc), 2), dtype=np.float32)
    doc.tensor[6, 0], doc.tensor[0, 1], doc.tensor[4, 1] = 1.0, 2.0, -2.0  # query of "he", keys of the names
    around, [_, he] = surroundings(doc)

    austin = np.logaddexp(-2.0, 0.0)  # the name, and "colleague" beside it
    assert [one.link for one in around.candidates(he)] == pytest.approx([austin, 2.0, 0.0])


def test_it_is_the_last_thing_unless_another_is_much_likelier():
    one, other = Cluster("PRODUCT"), Cluster("PRODUCT")
    candidates = [Candidate(one, ()), Candidate(other, ("subject",)), NONE]

    assert meant(Weights({"subject": 1.0}, LEAST, SHOWN), "thing", candidates) is None
    assert meant(Weights({"subject": 9.0}, LEAST, SHOWN), "thing", candidates) is other


@given(st.lists(st.floats(-8, 8), min_size=1, max_size=6), st.floats(-8, 8))
def test_the_answer_is_that_of_a_softmax(scores, none):
    candidates = [Candidate(Cluster("PERSON"), (str(place),)) for place in range(len(scores))]
    weights = Weights(
        {**{str(place): score for place, score in enumerate(scores)}, "none": none}, LEAST, SHOWN
    )
    shares = [math.exp(score) for score in scores]
    share = max(shares) / (sum(shares) + math.exp(none))

    found = meant(weights, "female", [*candidates, NONE])

    assert (found is not None) == (share >= 0.5) or share == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("rows", "source", "found"),
    [
        ("Dorn NNP nsubj 1\nwrote VBD ROOT 1 write", 1, [None]),
        ("Dorn NNP nmod:poss 1\npoems NNS nsubj 2\nsaid VBD ROOT 2 say", 2, [["Dorn"], None]),
    ],
)
def test_only_who_speaks_himself_is_not_the_one_whom_he_quotes(rows, source, found):
    here = len(rows.split("\n"))
    quoted = [f"nobody NN nsubj {here + 1}", f"thanked VBD ccomp {source} thank", f"him PRP obj {here + 1}"]
    doc = tree("\n".join([rows, *quoted]), names=[(0, 1, "PERSON")])
    mentions = find_mentions(doc)
    voice = Voice(tuple(range(source)), (here, here + 1, here + 2))
    quotation = Quotation(here, here + 3, 0, opens_paragraph=False, is_closed=True, is_double=True)
    around = Surroundings(doc, cluster_nouns(doc, mentions), [voice], [quotation], NO_WEIGHTS)
    [him] = [one for one in mentions if one.kind == "pronoun"]

    assert names_of(doc, around.candidates(him)) == found


@pytest.mark.parametrize(
    ("rows", "is_meant"),
    [
        ("Dorn NNP nsubj 2\nhimself PRP obl:npmod 2\nleft VBD ROOT 2 leave", True),
        ("Dorn NNP nsubj 1\nleft VBD ROOT 1 leave\nby IN case 3\nhimself PRP obl 1", False),
        ("Dorn NNP nsubj 2\nherself PRP obl:npmod 2\nleft VBD ROOT 2 leave", True),
        ("Dorn NNP nsubj 2\nitself PRP obl:npmod 2\nleft VBD ROOT 2 leave", False),
    ],
)
def test_a_reflexive_pronoun_beside_a_name_stresses_it(rows, is_meant):
    doc = tree(rows, names=[(0, 1, "PERSON")])
    around, [one] = surroundings(doc, weights=Weights({"none": 9.0}, LEAST, SHOWN))

    assert (around.antecedent(one) is not None) is is_meant


@pytest.mark.parametrize(
    ("noun", "pronoun", "n_found"),
    [("daughter", "he", 0), ("daughter", "she", 1), ("chairman", "she", 1), ("man", "she", 0)],
)
def test_a_daughter_is_not_he(noun, pronoun, n_found):
    doc = tree(
        f"""
        the DT det 1
        {noun} NN nsubj 2
        left VBD ROOT 2 leave
        as IN mark 5
        {pronoun} PRP nsubj 5
        slept VBD advcl 2 sleep
        """
    )
    around, [one] = surroundings(doc)

    assert len(around.candidates(one)) == n_found + 1


@pytest.mark.parametrize(("given", "n_found"), [("Leo", 0), ("Ellsmoor", 1)])
def test_it_may_be_a_name_that_was_taken_for_a_persons_but_nobody_called_leo(given, n_found):
    doc = tree(
        f"""
        {given} NNP nsubj 2
        Abara NNP flat 0
        left VBD ROOT 2 leave
        as IN mark 5
        it PRP nsubj 5
        fell VBD advcl 2 fall
        """,
        names=[(0, 2, "PERSON")],
    )
    around, [one] = surroundings(doc)

    assert len(around.candidates(one)) == n_found + 1


def test_what_is_named_most_and_who_stands_in_a_list_are_marked():
    doc = tree(
        """
        Dorn NNP nsubj 1
        met VBD ROOT 1 meet
        Hale NNP obj 1
        and CC cc 4
        Roe NNP conj 2
        ; : punct 1
        Dorn NNP nsubj 7
        said VBD parataxis 1 say
        he PRP nsubj 9
        slept VBD ccomp 7 sleep
        """,
        names=[(0, 1, "PERSON"), (2, 3, "PERSON"), (4, 5, "PERSON"), (6, 7, "PERSON")],
    )
    around, [he] = surroundings(doc)

    dorn, *others, _ = around.candidates(he)
    assert "person main=True 0" in dorn.features
    assert all("person main=False 0" in one.features for one in others)
    assert all(any("one of several" in name for name in one.features) for one in others)
    assert not any("one of several" in name for name in dorn.features)


def test_the_shipped_weights_know_that_nobody_acts_on_himself_by_him():
    weights = load_weights(MODEL_DIR)

    assert weights.of["tree subject 0 obj plain"] < -1
    assert weights.of["tree subject 0 owner plain"] > 0


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ("He PRP nsubj 1\nmet VBD ROOT 1 meet\nDorn NNP obj 1", [(2, 3, "PERSON")]),
        ("Bello NNP nsubj 1\npromised VBD ROOT 1 promise\nher PRP iobj 1", [(0, 1, "PERSON")]),
        ("He PRP nsubj 1\nspoke VBD ROOT 1 speak\nwith IN case 3\nDorn NNP obl 1", [(3, 4, "PERSON")]),
        (
            "Dorn NNP nsubj 4\nwho WP nsubj 2\nknows VBZ acl:relcl 0 know\nhim PRP obj 2\nleft VBD ROOT 4",
            [(0, 1, "PERSON")],
        ),
    ],
)
def test_who_acts_on_somebody_in_one_clause_is_not_him(rows, names):
    doc = tree(rows, names=names)
    around, [one] = surroundings(doc)

    assert names_of(doc, around.candidates(one)) == [None]


@pytest.mark.parametrize(
    ("rows", "is_other"),
    [
        ("chose VBD ROOT 1 choose\nto TO mark 3\nreplace VB xcomp 1\nhim PRP obj 3", True),
        ("left VBD ROOT 1 leave\nand CC cc 3\ncalled VBD conj 1 call\nhim PRP obj 3", True),
        ("is VBZ cop 3 be\nhis PRP$ nmod:poss 3\nlawyer NN ROOT 3", True),
        ("became VBD ROOT 1 become\nhis PRP$ nmod:poss 3\nlawyer NN xcomp 1", True),
        ("won VBD ROOT 1 win\n, , punct 3\nmaking VBG advcl 1 make\nhim PRP obj 3\nfirst JJ xcomp 3", False),
        ("is VBZ cop 4 be\nhis PRP$ nmod:poss 4\nown JJ amod 4\nboss NN ROOT 4", False),
        ("is VBZ cop 4 be\nin IN case 4\nhis PRP$ nmod:poss 4\ncar NN ROOT 4", False),
        ("brought VBD ROOT 1 bring\nfood NN obj 1\nwith IN case 4\nhim PRP obl 1", True),
        (
            "came VBD ROOT 1 come\nand CC cc 3\nbrought VBD conj 1 bring\nfood NN obj 3\n"
            "with IN case 6\nhim PRP obl 3",
            False,
        ),
    ],
)
def test_who_does_it_to_him_from_afar_or_is_called_his_is_another(rows, is_other):
    subject = next(number for number, row in enumerate(rows.split("\n"), start=1) if "ROOT" in row)
    doc = tree(f"Dorn NNP nsubj {subject}\n{rows}", names=[(0, 1, "PERSON")])
    around, [one] = surroundings(doc)

    assert names_of(doc, around.candidates(one)) == ([None] if is_other else [["Dorn"], None])


def test_who_is_chosen_as_his_deputy_is_not_the_one_who_chooses():
    doc = tree(
        """
        Dorn NNP nsubj 1
        chose VBD ROOT 1 choose
        Hale NNP obj 1
        as IN case 5
        his PRP$ nmod:poss 5
        deputy NN obl 1
        """,
        names=[(0, 1, "PERSON"), (2, 3, "PERSON")],
    )
    around, [his] = surroundings(doc)

    assert names_of(doc, around.candidates(his)) == [["Dorn"], None]


def test_what_is_likelier_than_all_else_but_not_likely_enough_is_unsure():
    one = Cluster("PERSON")
    found = best_candidate(Weights({"near": -0.2}, LEAST, SHOWN), "male", [Candidate(one, ("near",)), NONE])

    assert found is not None
    assert (found.cluster is one, found.is_sure) == (True, False)


def test_a_person_is_hardly_it_and_never_for_sure():
    person, weights = Cluster("PERSON"), Weights({"near": 9.0}, LEAST, SHOWN)
    close = Weights({"near": 0.2}, LEAST, SHOWN)
    candidates = [Candidate(person, ("near",), is_odd=True), NONE]

    assert best_candidate(weights, "thing", candidates).is_sure is False
    assert best_candidate(close, "thing", candidates) is None


def test_a_pronoun_is_no_surer_than_the_one_that_it_leans_on():
    doc = tree(
        """
        Dorn NNP nsubj 1
        left VBD ROOT 1 leave
        ; : punct 1
        he PRP nsubj 4
        slept VBD parataxis 1 sleep
        as IN mark 7
        he PRP nsubj 7
        travelled VBD advcl 4 travel
        """,
        names=[(0, 1, "PERSON")],
    )
    unsure_of_names = Weights({"person is name PERSON": -0.2, "person is pronoun PERSON": 9.0}, LEAST, SHOWN)
    around, pronouns = surroundings(doc, weights=unsure_of_names)
    around.place(pronouns, around.antecedent)
    around.part_unsure()
    [dorn] = around.clusters

    assert [one.words(doc) for one in dorn.mentions] == ["Dorn"]
    assert [one.words(doc) for one in dorn.unsure] == ["he", "he"]


def test_whom_nobody_named_may_be_taken_up_again():
    doc = tree(
        """
        she PRP nsubj 1
        slept VBD ROOT 1 sleep
        as IN mark 4
        she PRP nsubj 4
        travelled VBD advcl 1 travel
        """
    )
    around, pronouns = surroundings(doc, weights=Weights({"person named=False often=1": 9.0}, LEAST, SHOWN))
    around.place(pronouns, around.antecedent)

    assert [[one.words(doc) for one in cluster.mentions] for cluster in around.passing] == [["she", "she"]]


@pytest.mark.parametrize(
    ("pronoun", "told"), [("she", "given name alone of the kind"), ("he", "given name alone of the other")]
)
def test_a_given_name_alone_speaks_for_a_woman_or_a_man(pronoun, told):
    doc = tree(
        f"""
        Anna NNP nsubj 1
        left VBD ROOT 1 leave
        as IN mark 4
        {pronoun} PRP nsubj 4
        slept VBD advcl 1 sleep
        """,
        names=[(0, 1, "PERSON")],
    )
    around, [one] = surroundings(doc)

    assert told in around.candidates(one)[0].features


@pytest.mark.parametrize(("n_words", "found"), [(4, [["Dorn"], None]), (30, [None])])
def test_where_sentences_are_short_a_pronoun_looks_further_back(n_words, found):
    rows = ["Dorn NNP nsubj 1", "left VBD ROOT 1 leave"]
    for _ in range(6):
        root = len(rows)
        rows += [f"well UH ROOT {root}", *[f"well UH dep {root}"] * (n_words - 1)]
    rows += [f"he PRP nsubj {len(rows) + 1}", f"slept VBD ROOT {len(rows) + 1} sleep"]
    doc = tree("\n".join(rows), names=[(0, 1, "PERSON")])
    around, [he] = surroundings(doc)

    assert names_of(doc, around.candidates(he)) == found


def test_he_may_be_the_one_named_most_who_is_out_of_reach_but_not_for_sure():
    rows = ["Dorn NNP nsubj 1", "met VBD ROOT 1 meet", "Dorn NNP obj 1"]
    for _ in range(6):
        root = len(rows)
        rows += [f"well UH ROOT {root}", *[f"well UH dep {root}"] * 30]
    rows += [f"he PRP nsubj {len(rows) + 1}", f"slept VBD ROOT {len(rows) + 1} sleep"]
    doc = tree("\n".join(rows), names=[(0, 1, "PERSON"), (2, 3, "PERSON")])
    around, [he] = surroundings(doc, weights=Weights({"person out of reach": 9.0}, LEAST, SHOWN))
    candidates = around.candidates(he)

    assert names_of(doc, candidates) == [["Dorn", "Dorn"], None]
    assert best_candidate(around.weights, "male", candidates).is_sure is False
