"""What nouns tell, in sentences read by the shipped pipeline: actions, roles, posts, sites."""

import pytest

from extractors.clauses import Party
from extractors.noun_relations import of_noun, of_site
from extractors.posts import of_post, of_role
from tests.extractors.reading import name_of, read, triples
from tests.extractors.trees import tree

model = pytest.mark.model

BERG, DORN = "Anna Berg", "Carl Dorn"


@model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A phone call between Anna Berg and Carl Dorn lasted an hour.", (BERG, "spokeWith", DORN)),
        ("Talks took place in Oslo between Anna Berg and Carl Dorn.", (BERG, "spokeWith", DORN)),
        ("Talks among Anna Berg and Carl Dorn took place in Oslo.", (BERG, "spokeWith", DORN)),
        ("In a call with Carl Dorn, Anna Berg asked for help.", (BERG, "spokeWith", DORN)),
        ("Anna Berg's meeting with Carl Dorn lasted an hour.", (BERG, "met", DORN)),
        ("Anna Berg's visit to Oslo lasted an hour.", (BERG, "visited", "Oslo")),
        ("The invasion of Ukraine by Russia shocked Norway.", ("Russia", "invaded", "Ukraine")),
        ("The Russian invasion of Ukraine shocked Norway.", ("Russian", "invaded", "Ukraine")),
        ("A NATO attack on Belgrade shocked Norway.", ("NATO", "attacked", "Belgrade")),
    ],
)
def test_a_noun_of_action_tells_what_stands_around_it(nlp, text, expected):
    extraction = read(nlp, text)

    assert triples(extraction) == [expected]
    assert extraction.relations[0].rule == "noun"


@model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg, a member of the Norvik Party, resigned.", (BERG, "memberOf", "Norvik Party")),
        ("Norvik Metals is a subsidiary of Lund Holdings.", ("Norvik Metals", "partOf", "Lund Holdings")),
        ("Anna Berg, the sister of Carl Dorn, resigned.", (BERG, "relativeOf", DORN)),
        ("Carl Dorn's wife, Anna Berg, resigned.", (BERG, "marriedTo", DORN)),
    ],
)
def test_a_role_is_what_somebody_is_to_another(nlp, text, expected):
    extraction = read(nlp, text)

    assert triples(extraction) == [expected]
    assert extraction.relations[0].rule == "role"


INSTITUTE, METALS = "Lund Institute", "Norvik Metals"


@model
@pytest.mark.parametrize(
    ("text", "predicate", "place", "post"),
    [
        ("Anna Berg, the head of the Lund Institute, smiled.", "leads", INSTITUTE, "head"),
        ("Anna Berg is the director of the Lund Institute.", "leads", INSTITUTE, "director"),
        ("Anna Berg, the chief executive of Norvik Metals, smiled.", "leads", METALS, "chief executive"),
        ("Norvik Metals' chief executive, Anna Berg, smiled.", "leads", METALS, "chief executive"),
        (
            "Anna Berg, the finance director of Norvik Metals, left.",
            "holdsPostAt",
            METALS,
            "finance director",
        ),
    ],
)
def test_a_post_leads_or_is_one_of_many(nlp, text, predicate, place, post):
    extraction = read(nlp, text)

    assert triples(extraction) == [(BERG, predicate, place)]
    [one] = extraction.relations
    assert (one.rule, one.post) == ("post", post)


@model
def test_who_was_somewhere_is_no_longer_there(nlp):
    assert triples(read(nlp, "Anna Berg, former head of the Lund Institute, resigned.")) == []


@model
@pytest.mark.parametrize(
    ("text", "negated", "modality"),
    [
        ("Anna Berg is not the head of the Lund Institute.", True, "actual"),
        ("Anna Berg will be the head of the Lund Institute.", False, "planned"),
        ("Anna Berg, the head of the Lund Institute, will not smile.", False, "actual"),
    ],
)
def test_a_post_that_a_clause_states_may_be_negated_one_beside_a_name_is_taken_for_granted(
    nlp, text, negated, modality
):
    [one] = read(nlp, text).relations

    assert (one.negated, one.modality) == (negated, modality)


@model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg slept at the Hotel Corona in Split.", ("Hotel Corona", "locatedIn", "Split")),
        ("The army destroyed the airfield at Visk.", ("airfield", "locatedIn", "Visk")),
    ],
)
def test_a_site_lies_where_the_phrase_behind_it_says(nlp, text, expected):
    extraction = read(nlp, text)

    [site] = [one for one in extraction.relations if one.rule in {"site", "placed"}]
    found = (name_of(extraction, site.subject), site.predicate, name_of(extraction, site.object))
    assert found == expected


# --- By hand

KINDS = {"Anna": "PERSON", "Carl": "PERSON", "Roe": "PERSON", "Lund": "ORG", "Oslo": "LOC", "Corona": "FAC"}


def party_at(token):
    kind = KINDS.get(token.text)
    return None if kind is None else Party(list(KINDS).index(token.text), kind, is_named=True, head=token.i)


def found_by(find, rows, word):
    """Return what a function of noun_relations finds at a word, as (subject, predicate, object, post)."""
    doc, names = tree(rows), list(KINDS)
    [noun] = [token for token in doc if token.text == word]
    return [
        (names[one.subject.entity], one.predicate, names[one.object.entity], one.post)
        for one in find(noun, party_at)
    ]


OWNERS = """
Anna NNP nmod:poss 4
and CC cc 2
Carl_ NNP conj 0
's POS case 2
talks NNS nsubj 5 talk
ended VBD ROOT 5 end
"""
BETWEEN = """
talks NNS nsubj 6 talk
between IN case 2
Anna NNP nmod 0
and CC cc 4
Carl NNP nmod 6
soon RB advmod 6
ended VBD ROOT 6 end
"""
CANCELLED = """
Anna NNP nsubj 1
cancelled VBD ROOT 1 cancel
talks NNS obj 1 talk
with IN case 4
Carl NNP nmod 2
"""


def test_joined_owners_are_both_sides():
    assert found_by(of_noun, OWNERS, "talks") == [("Anna", "spokeWith", "Carl", None)]


def test_between_goes_by_the_order_of_the_words_where_the_tree_is_wrong():
    assert found_by(of_noun, BETWEEN, "talks") == [("Anna", "spokeWith", "Carl", None)]


def test_who_cancels_something_is_one_side_of_it():
    assert found_by(of_noun, CANCELLED, "talks") == [("Anna", "spokeWith", "Carl", None)]


def test_who_takes_note_of_something_is_not():
    rows = CANCELLED.replace("cancelled VBD ROOT 1 cancel", "painted VBD ROOT 1 paint")

    assert found_by(of_noun, rows, "talks") == []


def test_a_noun_of_action_with_one_side_tells_nothing():
    assert found_by(of_noun, CANCELLED.replace("Carl NNP", "friends NNS"), "talks") == []


def test_types_that_the_vocabulary_does_not_allow_tell_nothing():
    rows = """
    Anna_ NNP nmod:poss 2
    's POS case 0
    invasion NN ROOT 2
    of IN case 4
    Carl NNP nmod 2
    """

    assert found_by(of_noun, rows, "invasion") == []
    assert found_by(of_noun, rows.replace("Carl", "Oslo"), "invasion") == [("Anna", "invaded", "Oslo", None)]


HEAD = """
Anna_ NNP nsubj 8
, , punct 4
the DT det 4
{} {} {} 4
{} NN appos 0
of IN case 6
Lund_ NNP nmod 4
, , punct 4
left VBD ROOT 8 leave
"""


@pytest.mark.parametrize(
    ("before", "noun", "predicate"),
    [
        (("chief", "JJ", "amod"), "executive", "leads"),
        (("finance", "NN", "compound"), "director", "holdsPostAt"),
        (("fire", "NN", "compound"), "chief", "holdsPostAt"),
        (("new", "JJ", "amod"), "director", "leads"),
    ],
)
def test_which_posts_lead(before, noun, predicate):
    [(subject, found, place, post)] = found_by(of_post, HEAD.format(*before, noun), noun)

    assert (subject, found, place) == ("Anna", predicate, "Lund")
    assert post.endswith(noun)


@pytest.mark.parametrize("holder", [1, 2])
def test_a_post_may_stand_before_the_name_of_its_holder(holder):
    rows = f"""
    Lund NNP compound {holder}
    spokeswoman NN nmod:desc 2
    Anna NNP nsubj 3
    left VBD ROOT 3 leave
    """

    [found] = found_by(of_post, rows, "spokeswoman")
    assert found[:3] == ("Anna", "holdsPostAt", "Lund")
    assert found[3].endswith("spokeswoman")


def test_a_former_post_is_none():
    assert found_by(of_post, HEAD.format("former", "JJ", "amod", "director"), "director") == []


def test_two_roles_joined_share_their_holder():
    rows = """
    Anna_ NNP nsubj 9
    , , punct 2
    widow NN appos 0
    of IN case 4
    Carl NNP nmod 2
    and CC cc 6
    mother NN conj 2
    of IN case 8
    Roe NNP nmod 6
    left VBD ROOT 9 leave
    """

    assert found_by(of_role, rows, "widow") == [("Anna", "marriedTo", "Carl", None)]
    assert found_by(of_role, rows, "mother") == [("Anna", "relativeOf", "Roe", None)]


def test_a_site_without_a_place_tells_nothing():
    rows = """
    She PRP nsubj 1
    left VBD ROOT 1 leave
    Corona NNP obj 1
    in IN case 4
    {} NNP nmod 2
    """

    assert found_by(of_site, rows.format("Oslo"), "Corona") == [("Corona", "locatedIn", "Oslo", None)]
    assert found_by(of_site, rows.format("Anna"), "Corona") == []


def test_who_heads_a_field_somewhere_does_not_lead_the_place():
    rows = """
    Anna_ NNP nsubj 8
    , , punct 2
    director NN appos 0
    of IN case 4
    debate NN nmod 2
    at IN case 6
    Lund_ NNP nmod 2
    , , punct 2
    left VBD ROOT 8 leave
    """

    [(subject, predicate, place, _)] = found_by(of_post, rows, "director")
    assert (subject, predicate, place) == ("Anna", "holdsPostAt", "Lund")


def test_a_former_post_before_the_name_of_its_holder_is_none():
    rows = """
    Former JJ amod 3
    Lund NNP compound 3
    director NN nmod:desc 3
    Anna NNP nsubj 4
    left VBD ROOT 4 leave
    """

    assert found_by(of_post, rows, "director") == []


def test_a_former_post_is_none_whatever_the_tree_hangs_the_word_on():
    rows = """
    supporters NNS ROOT 0
    of IN case 6
    former JJ amod 6
    Lund NNP compound 4
    director NN nmod:desc 5
    Anna NNP nmod:poss 6
    campaign NN nmod 0
    """

    assert found_by(of_post, rows, "director") == []


def test_a_deputy_does_not_lead():
    rows = """
    Lund NNP compound 2
    deputy NN compound 2
    director NN nmod:desc 3
    Anna NNP nsubj 4
    left VBD ROOT 4 leave
    """

    [(_, predicate, _, _)] = found_by(of_post, rows, "director")
    assert predicate == "holdsPostAt"


@model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A merger of Norvik Metals with Lund Holdings pleased Oslo.",
            (METALS, "mergedWith", "Lund Holdings"),
        ),
        ("Norvik Metals is in talks with Lund Holdings.", (METALS, "spokeWith", "Lund Holdings")),
        (
            "Under investigation by Lund Holdings since May, Norvik Metals lost.",
            ("Lund Holdings", "investigated", METALS),
        ),
    ],
)
def test_who_stands_around_a_noun_though_the_tree_hangs_him_elsewhere(nlp, text, expected):
    assert expected in triples(read(nlp, text))


@model
def test_two_who_call_off_their_merger_do_not_merge(nlp):
    [one] = read(nlp, "Norvik Metals and Lund Holdings called off their merger.").relations

    assert (one.predicate, one.negated) == ("mergedWith", True)


@model
@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The army destroyed the airfield at Visk.", "actual"),
        ("They plan to build the airfield at Visk.", "planned"),
    ],
)
def test_a_site_is_there_but_not_one_that_is_to_be_built_there(nlp, text, modality):
    told = [one.modality for one in read(nlp, text).relations if one.predicate == "locatedIn"]

    assert told == [modality]


@model
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The meeting failed to mend ties between Norway and Iran.", []),
        ("A meeting took place between Anna Berg and Danish leader Carl Dorn.", [(BERG, "met", DORN)]),
        ("There was a clash between Berg supporters and Dorn supporters.", []),
        ("Norway ignored Anna Berg's calls for talks.", []),
    ],
)
def test_only_the_two_between_whom_it_was_are_told(nlp, text, expected):
    named = {"Anna Berg", "Carl Dorn", "Norway", "Iran", "Berg", "Dorn", "Danish"}

    assert [one for one in triples(read(nlp, text)) if {one[0], one[2]} <= named] == expected
