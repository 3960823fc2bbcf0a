"""Did it happen? Sentences read by the shipped pipeline, and trees by hand where a form is rare.

In a sentence the word that is asked about stands between asterisks, somebody's content in square brackets.
"""

import pytest

from extractors.commitment import Commitment, commitment_of, words_of_commitment
from tests.extractors.trees import tree

model = pytest.mark.model


def in_words(told):
    """Return a commitment as its words: "actual", "possible reported", "negated planned"."""
    words = ["negated"] * told.negated + [told.modality] * (told.modality != "actual")
    return " ".join(words + ["reported"] * told.is_reported) or "actual"


def told(nlp, sentence):
    plain = sentence.translate(str.maketrans("", "", "*[]"))
    doc = nlp(plain)
    start = sentence.replace("[", "").replace("]", "").index("*")
    [word] = [token for token in doc if token.idx == start]
    if "[" not in sentence:
        return in_words(commitment_of(word))
    unmarked = sentence.replace("*", "")
    begin, end = unmarked.index("["), unmarked.index("]") - 1
    content = {token.i for token in doc if begin <= token.idx < end}
    return in_words(commitment_of(word, content))


# --- What stands with the word


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg *met* Carl Dorn.", "actual"),
        ("Anna Berg has *met* Carl Dorn.", "actual"),
        ("Anna Berg is *meeting* Carl Dorn.", "actual"),
        ("Anna Berg will *meet* Carl Dorn.", "planned"),
        ("Anna Berg is *meeting* Carl Dorn tomorrow.", "planned"),
        ("Anna Berg may have *met* Carl Dorn.", "possible"),
        ("Anna Berg should *meet* Carl Dorn.", "possible"),
        ("Anna Berg would have *met* Carl Dorn.", "hypothetical"),
        ("Anna Berg did not *meet* Carl Dorn.", "negated"),
        ("Anna Berg will not *meet* Carl Dorn.", "negated planned"),
    ],
)
def test_auxiliaries_tell(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg reportedly *met* Carl Dorn.", "possible"),
        ("Anna Berg almost *met* Carl Dorn.", "negated"),
        ("Anna Berg never *met* Carl Dorn.", "negated"),
        ("Anna Berg hardly *met* Carl Dorn.", "negated"),
        ("Anna Berg no longer *meets* Carl Dorn.", "negated"),
        ("Nobody *met* Carl Dorn.", "negated"),
        ("Anna Berg not only *met* Carl Dorn but praised him.", "actual"),
        ("Anna Berg not only met Carl Dorn but *praised* him.", "actual"),
    ],
)
def test_adverbs_and_negations_tell(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg is to *meet* Carl Dorn.",
        "Anna Berg was to have *met* Carl Dorn.",
        "Anna Berg is due to *visit* Lund.",
        "Anna Berg is set to *visit* Lund.",
        "Anna Berg was scheduled to *visit* Lund.",
        "Norvik to *buy* Lund Metals in $2bn deal",
    ],
)
def test_what_is_to_be_is_planned(nlp, sentence):
    assert told(nlp, sentence) == "planned"


@model
@pytest.mark.parametrize(
    "sentence",
    [
        "If Anna Berg *met* Carl Dorn, the deal was off.",
        "Unless Anna Berg *meets* Carl Dorn, the deal is off.",
        "In case Anna Berg *meets* Carl Dorn, the deal is off.",
        "Should Anna Berg *meet* Carl Dorn, the deal is off.",
        "The firm *leaves* the port if Anna Berg resigns.",
        "If Anna Berg visits Lund and *meets* Carl Dorn, the deal is off.",
        "Did Anna Berg *meet* Carl Dorn?",
        "Anna Berg *met* Carl Dorn?",
        "In the film, Anna Berg *attacks* Lund.",
        "In the film, Anna Berg meets a nurse who *kills* her husband.",
        "Anna Berg plays a nurse who *killed* her husband.",
        "Any *attack* on Lund would be punished.",
    ],
)
def test_conditions_questions_and_fiction_are_hypothetical(nlp, sentence):
    assert told(nlp, sentence) == "hypothetical"


PROVIDED = """
Anna NNP nsubj 1
leaves VBZ ROOT 1 leave
Lund NNP obj 1
provided IN mark 6
that IN fixed 3
Carl NNP nsubj 6
resigns VBZ advcl 1 resign
"""
HAD_THEY = """
Had VBD aux 2 have
Anna NNP nsubj 2
met VBN advcl 6 meet
Carl NNP obj 2
he PRP nsubj 6
would MD aux 6
fall VB ROOT 6 fall
"""
WERE_HE = """
Were VBD aux 3 be
Anna NNP nsubj 3
to TO mark 3
meet VB advcl 6
he PRP nsubj 6
would MD aux 6
fall VB ROOT 6 fall
"""
HE_HAD = """
Anna NNP nsubj 2
had VBD aux 2 have
met VBN ccomp 4 meet
Carl NNP nsubj 4
knew VBD ROOT 4 know
"""


def by_tree(rows, place, content=None):
    return in_words(commitment_of(tree(rows)[place], content))


def test_provided_that_makes_both_clauses_hypothetical():
    assert by_tree(PROVIDED, 6) == "hypothetical"
    assert by_tree(PROVIDED, 1) == "hypothetical"


def test_an_inverted_clause_is_a_condition():
    assert by_tree(HAD_THEY, 2) == "hypothetical"
    assert by_tree(WERE_HE, 3).endswith("hypothetical")
    assert by_tree(HE_HAD, 2) == "actual"


# --- What stands above it


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg managed to *meet* Carl Dorn.", "actual"),
        ("Anna Berg was able to *meet* Carl Dorn.", "actual"),
        ("Anna Berg was forced to *meet* Carl Dorn.", "actual"),
        ("Anna Berg began to *attack* Carl Dorn.", "actual"),
        ("Anna Berg agreed to *meet* Carl Dorn.", "planned"),
        ("Anna Berg wants to *meet* Carl Dorn.", "planned"),
        ("Anna Berg tried to *meet* Carl Dorn.", "possible"),
        ("Anna Berg was accused of *attacking* Lund.", "possible"),
        ("Anna Berg refused to *meet* Carl Dorn.", "negated"),
        ("Anna Berg failed to *meet* Carl Dorn.", "negated"),
        ("Anna Berg was unable to *meet* Carl Dorn.", "negated"),
        ("Anna Berg kept Carl Dorn from *attacking* Lund.", "negated"),
        ("Anna Berg attacked Lund without *meeting* Carl Dorn.", "negated"),
        ("Anna Berg barred Carl Dorn from *meeting* Ida Holm.", "negated"),
        ("Anna Berg may have agreed to *meet* Carl Dorn.", "possible"),
        ("Anna Berg agreed to try to *meet* Carl Dorn.", "possible"),
        ("If Anna Berg agreed to *meet* Carl Dorn, the deal was off.", "hypothetical"),
    ],
)
def test_verbs_above_an_infinitive_or_a_gerund_tell_and_the_weakest_wins(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg did not refuse to *meet* Carl Dorn.",
        "Anna Berg never failed to *meet* Carl Dorn.",
    ],
)
def test_what_is_negated_twice_is_only_possible(nlp, sentence):
    assert told(nlp, sentence) == "possible"


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg travelled to Lund to *meet* Carl Dorn.", "planned"),
        ("Anna Berg used a drone to *attack* Lund.", "actual"),
        ("Anna Berg attacked Lund, *killing* Carl Dorn.", "actual"),
        ("Anna Berg may attack Lund, *killing* Carl Dorn.", "possible"),
    ],
)
def test_a_purpose_is_planned_and_a_bare_participle_shares_the_fate_of_its_verb(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg will visit Lund and *meet* Carl Dorn.", "planned"),
        ("Anna Berg wants to visit Lund and *meet* Carl Dorn.", "planned"),
        ("Anna Berg will *visit* Lund and met Carl Dorn.", "planned"),
        ("Anna Berg *visited* Lund and will meet Carl Dorn.", "actual"),
        ("Anna Berg visited Lund and will *meet* Carl Dorn.", "planned"),
        ("Anna Berg will visit Lund and *met* Carl Dorn.", "actual"),
        ("Anna Berg did not visit Lund but *met* Carl Dorn.", "actual"),
    ],
)
def test_a_conjunct_without_a_tense_of_its_own_shares_what_governs_the_first(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Rumours that Anna Berg *met* Carl Dorn spread fast.", "possible reported"),
        ("The allegation that Anna Berg *attacked* Lund spread.", "possible reported"),
        ("Anna Berg *met* Carl Dorn, officials said.", "possible reported"),
        ("According to officials, Anna Berg *met* Carl Dorn.", "possible reported"),
        ("Officials said that Anna Berg *met* Carl Dorn.", "possible reported"),
        ("The chief put it this way: the guards *met* Carl Dorn at noon.", "possible reported"),
        ("Officials knew that Anna Berg *met* Carl Dorn.", "actual"),
        ("The fact that Anna Berg *met* Carl Dorn pleased the king.", "actual"),
    ],
)
def test_a_clause_with_that_is_only_possible_and_somebodys_but_for_facts(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg held *talks* with Carl Dorn.", "actual"),
        ("During a *meeting* with Carl Dorn, Anna Berg resigned.", "actual"),
        ("Anna Berg proposed *talks* with Carl Dorn.", "planned"),
        ("Planned *talks* between Anna Berg and Carl Dorn pleased the king.", "planned"),
        ("A plan to *attack* Lund was found.", "planned"),
        ("An attempt to *attack* Lund was made.", "possible"),
        ("The papers raised the possibility of a *meeting* between Anna Berg and Carl Dorn.", "possible"),
        ("The alleged *attack* on Lund shocked Norway.", "possible"),
        ("The papers had a report from the army of an *attack* on Lund.", "possible"),
        ("Anna Berg cancelled a *meeting* with Carl Dorn.", "negated"),
        ("No *meeting* between Anna Berg and Carl Dorn took place.", "negated"),
        ("The *talks* between Anna Berg and Carl Dorn were cancelled.", "negated"),
        ("The refusal to *meet* Carl Dorn hurt.", "negated"),
    ],
)
def test_a_noun_of_action_is_told_by_what_governs_it(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    "sentence",
    [
        "Anna Berg may praise Carl Dorn, who *attacked* Lund.",
        "Anna Berg did not praise Carl Dorn, who *attacked* Lund.",
        "Anna Berg has never forgiven Carl Dorn for *attacking* Lund.",
        "After Anna Berg *met* Carl Dorn, the king may resign.",
        "Did Carl Dorn resign? Anna Berg *met* him.",
    ],
)
def test_what_is_taken_for_granted_ends_the_climb(nlp, sentence):
    assert told(nlp, sentence) == "actual"


@model
def test_it_was_not_he_who_negates_the_relative_clause(nlp):
    assert told(nlp, "It was not Anna Berg who *met* Carl Dorn.") == "negated"


@model
def test_what_remains_to_be_seen_is_open(nlp):
    assert "hypothetical" in told(nlp, "It remains to be seen whether Anna Berg *met* Carl Dorn.")


APPOSITION = """
Anna_ NNP nsubj 6
, , punct 3
the DT det 3
head_ NN appos 0
, , punct 3
may MD aux 6
leave VB ROOT 6 leave
"""


def test_an_apposition_is_taken_for_granted():
    assert by_tree(APPOSITION, 6) == "possible"
    assert by_tree(APPOSITION, 3) == "actual"


# --- The border of somebody's content


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Officials said [that Anna Berg *met* Carl Dorn].", "actual"),
        ("Officials denied [that Anna Berg *met* Carl Dorn].", "actual"),
        ("Officials may say [that Anna Berg *met* Carl Dorn].", "actual"),
        ("Officials said [that Anna Berg will *meet* Carl Dorn].", "planned"),
        ("Officials said [that Anna Berg would *meet* Carl Dorn].", "planned"),
        ("Officials said [that Anna Berg would have *met* Carl Dorn].", "hypothetical"),
        ("Officials said [that Anna Berg would *meet* Carl Dorn if he came].", "hypothetical"),
        ("Officials say [that Anna Berg would *meet* Carl Dorn].", "hypothetical"),
        ("Officials said [that Anna Berg agreed to *meet* Carl Dorn].", "planned"),
        ("Officials said [that Anna Berg did not *meet* Carl Dorn].", "negated"),
        ("Officials said [that Carl Dorn claimed that Anna Berg *met* him].", "possible reported"),
        ("Officials said that Carl Dorn claimed [that Anna Berg *met* him].", "actual"),
    ],
)
def test_what_stands_in_a_content_is_between_its_source_and_it(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Anna Berg vowed [to *meet* Carl Dorn].", "planned"),
        ("Anna Berg refused [to *meet* Carl Dorn].", "negated"),
        ("Did officials say [that Anna Berg *met* Carl Dorn]?", "hypothetical"),
    ],
)
def test_a_cue_plans_or_negates_the_infinitive_that_is_its_content(nlp, sentence, expected):
    assert told(nlp, sentence) == expected


# --- The value itself


def test_the_weaker_of_two_modalities_wins_whatever_the_order():
    order = ["actual", "planned", "possible", "hypothetical"]
    for rank, weaker in enumerate(order):
        for stronger in order[: rank + 1]:
            assert Commitment(modality=stronger).and_(weaker).modality == weaker
            assert Commitment(modality=weaker).and_(stronger).modality == weaker


def test_a_second_negation_leaves_at_most_possible():
    assert Commitment(negated=True).and_(negated=True) == Commitment(modality="possible")
    assert Commitment(True, "hypothetical").and_(negated=True) == Commitment(modality="hypothetical")


def test_every_list_of_the_lexicon_is_in_lower_case_and_full():
    for part, lists in words_of_commitment().items():
        for name, words in lists.items():
            assert words, (part, name)
            assert {word.lower() for word in words} == words


@model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nor is it in doubt that Anna Berg *jailed* Carl Dorn.", "actual"),
        ("There is no doubt that Anna Berg *met* Carl Dorn.", "actual"),
        ("It is beyond dispute that Anna Berg *met* Carl Dorn.", "actual"),
        ("Nor did Anna Berg *meet* Carl Dorn.", "negated"),
        ("There is no proof that Anna Berg *met* Carl Dorn.", "possible reported"),
        ("Ida Roe said [there was no proof that Anna Berg had *met* Carl Dorn].", "possible reported"),
        ("Ida Roe said [there was proof that Anna Berg had *met* Carl Dorn].", "actual"),
        ("Oil rises after Ukraine *strikes* Russian refinery", "actual"),
        ("The pact takes effect after Ukraine *joins* the union.", "planned"),
        ("The regulator blocked [Vesta's *purchase* of Norlin Gas].", "negated"),
        ("The regulator cancelled [Vesta's *purchase* of Norlin Gas].", "negated"),
        ("The regulator welcomed [Vesta's *purchase* of Norlin Gas].", "actual"),
    ],
)
def test_doubts_that_nobody_has_and_headlines_tell_what_happened(nlp, sentence, expected):
    assert told(nlp, sentence) == expected
