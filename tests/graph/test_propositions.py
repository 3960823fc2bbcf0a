"""Where voices of many articles meet, and that no trace stays of what was taken away."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.query import load_query, run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import ng
from graph.validate import violations
from newsgraph.records import TextSpan
from tests.graph.made import RUN, dump_of, made, propositions_alone, spoken

DENIED = spoken("a", ("officials", "denied"), publisher="Northern Wire")
TOLD = spoken("b", (None, "said"), publisher="Eurasia", time="2023-03-14", parties=("Su-27", "MQ-9 Reaper"))
DOUBTED = spoken("c", ("Mark Milley", "doubted"), publisher="Courier", time="2023-03-14")
OTHER_DAY = spoken("d", ("Anna Berg", "said"), publisher="Courier", time="2022-01-01")


def canonical(pair, name="p0"):
    return propositions_alone(*pair)[name]


def written(folder, pairs, *, gone=()):
    with open_writer(folder) as writer:
        for pair in pairs:
            writer.add([pair], RUN)
        writer.remove([article.id for article, _ in gone], RUN)
    return open_reader(folder)


def rows(reader, query):
    return run_query(reader, query, "csv").split("\r\n")[1:-1]


STATEMENTS = """SELECT ?statement ?time ?general WHERE { GRAPH g:view {
  ?one a ng:CanonicalProposition ; ng:statement ?statement . OPTIONAL { ?one ng:time ?time }
  OPTIONAL { ?one ng:moreGeneral/ng:statement ?general } } } ORDER BY ?statement ?time"""
VOICES = """SELECT ?publisher ?stance ?who ?date ?anonymous WHERE {
  GRAPH g:view { ?voice a ng:VoiceEvidence ; ng:stance ?s ; ng:attributedTo ?by ; ng:inArticle ?article .
    OPTIONAL { ?by skos:prefLabel ?who } OPTIONAL { ?voice ng:anonymous ?anonymous }
    OPTIONAL { ?voice schema:datePublished ?date } }
  ?article schema:publisher ?publisher . BIND(STRAFTER(STR(?s), "#") AS ?stance) } ORDER BY ?publisher"""


@pytest.mark.parametrize(
    ("other", "are_one"),
    [
        (spoken("x", (None, "said")), True),
        (spoken("x", ("Anna Berg", "denied"), parties=("Su-27s", "MQ-9 Reaper")), True),
        (spoken("x", (None, "said"), parties=("MQ-9", "Su-27")), True),  # symmetric
        (spoken("x", (None, "said"), time="2023-03-14"), False),
        (spoken("x", (None, "said"), is_planned=True), False),
        (spoken("x", (None, "said"), predicate="intercepted"), False),
        (spoken("x", (None, "said"), parties=("Su-27", "MQ-1")), False),
        (spoken("x", (None, "said"), parties=("Su-27", "drone")), False),  # a drone of its article alone
        (spoken("x", ("Anna Berg", "said"), as_words=True), False),
    ],
)
def test_which_propositions_of_two_articles_are_one(other, are_one):
    assert (canonical(other).node == canonical(DENIED).node) == are_one


def test_who_does_it_to_whom_matters_where_a_predicate_is_not_symmetric():
    one = spoken("a", (None, "said"), predicate="intercepted")
    other = spoken("b", (None, "said"), predicate="intercepted", parties=("MQ-9", "Su-27"))

    assert canonical(one).node != canonical(other).node


def test_equal_words_are_one_only_about_the_same_known_things():
    one, *others = (
        canonical(spoken(name, ("Anna Berg", "said"), as_words=True, parties=parties)).node
        for name, parties in (
            ("a", ("Su-27", "MQ-9")),
            ("b", ("Su-27", "MQ-9 Reaper")),
            ("c", ("Su-27", "MQ-1")),
            ("d", ("jet", "drone")),
            ("e", ("jet", "drone")),
        )
    )

    assert others[0] == one
    assert len({one, *others}) == 4


def test_what_only_an_answer_mentions_is_not_what_a_claim_is_about():
    article, extraction = spoken("a", ("Anna Berg", "said"), ("Mark Milley", "denied"), as_words=True)
    [told] = extraction.propositions
    claim, answer = told.voices
    whole = TextSpan(0, len(article.text))  # with Milley and Berg in it
    attributions = tuple(
        replace(one, content=(whole,)) if one.id == answer.attribution else one
        for one in extraction.attributions
    )
    answered = replace(told, voices=(claim, replace(answer, score=claim.score - 0.2)))

    read = replace(extraction, attributions=attributions, propositions=(answered,))
    assert canonical((article, read)).node == canonical((article, extraction)).node


def test_who_asserts_the_stronger_meets_who_denies_the_weaker_in_another_article(tmp_path):
    struck = spoken("s", (None, "said"), publisher="Courier", predicate="struck")
    reader = written(tmp_path, [DENIED, struck])

    assert [row.split(",")[0] for row in rows(reader, load_query("stance_matrix"))] == [
        "MQ-9 collided with Su-27"
    ]
    assert violations(list(reader.store)) == []


def test_who_denies_the_stronger_does_not_deny_the_weaker(tmp_path):
    struck = spoken("s", ("Anna Berg", "denied"), publisher="Courier", predicate="struck")
    touched = spoken("t", (None, "said"), publisher="Wire")

    assert rows(written(tmp_path, [struck, touched]), load_query("stance_matrix")) == []


def test_words_too_few_to_be_known_again_stay_in_their_article():
    nodes = set()
    for name in "ab":
        article, extraction = spoken(name, ("Anna Berg", "said"), as_words=True)
        [one] = extraction.propositions
        alone = replace(extraction, propositions=(replace(one, key="alone|a0|mq-9"),))
        nodes.add(canonical((article, alone)).node)

    assert len(nodes) == 2


def test_a_proposition_about_nothing_stays_in_its_article():
    nodes = set()
    for name in "ab":
        article, extraction = spoken(name, (None, "said"), as_words=True)
        nodes.add(canonical((article, extraction)).node)

    assert len(nodes) == 2


def test_words_are_told_without_the_negation_that_the_stance_has_already():
    assert canonical(spoken("a", ("Anna Berg", "said"), as_words=True)).wording == "the Su-27 hit the MQ-9"
    assert canonical(spoken("a", ("Anna Berg", "said not"), as_words=True)).wording == (
        "the opposite of “the Su-27 never hit the MQ-9”"
    )


def test_voices_of_articles_meet_and_a_dated_proposition_has_its_undated_one(tmp_path):
    reader = written(tmp_path, [DENIED, TOLD, DOUBTED])

    assert rows(reader, STATEMENTS) == [
        "MQ-9 Reaper collided with Su-27,2023-03-14,MQ-9 collided with Su-27",  # the longer of two used once
        "MQ-9 collided with Su-27,,",
    ]
    assert rows(reader, VOICES) == [
        "Courier,Undetermined,Mark Milley,2023-03-16,false",
        "Eurasia,Asserts,,2023-03-16,",
        "Northern Wire,Denies,officials,2023-03-16,true",
    ]
    assert violations(list(reader.store)) == []


def test_the_undated_one_is_there_where_only_the_dated_is_spoken_of(tmp_path):
    reader = written(tmp_path, [TOLD])

    assert len(rows(reader, STATEMENTS)) == 2
    assert violations(list(reader.store)) == []


def test_what_is_to_come_is_told_so_and_is_another(tmp_path):
    reader = written(tmp_path, [DENIED, spoken("x", (None, "said"), is_planned=True)])

    planned = rows(reader, "SELECT ?s WHERE { ?p ng:statement ?s ; ng:modality ng:Planned }")
    assert len(planned) == 1
    assert planned[0].endswith("(planned)")
    assert len(rows(reader, STATEMENTS)) == 2


def test_a_denial_is_no_edge_and_neither_is_a_claim(tmp_path):
    reader = written(tmp_path, [DENIED, spoken("x", ("Anna Berg", "said"))])

    assert run_query(reader, "ASK { ?a ng:collidedWith ?b }") == "false\n"
    assert run_query(written(tmp_path, [TOLD]), "ASK { ?a ng:collidedWith ?b }") == "true\n"


def test_of_two_articles_that_share_a_proposition_one_goes_and_the_other_stays(tmp_path):
    for number, gone in enumerate((DENIED, TOLD, DOUBTED)):
        everything = [DENIED, TOLD, DOUBTED, OTHER_DAY]
        kept = [pair for pair in everything if pair is not gone]

        there = dump_of(written(tmp_path / f"one{number}", everything, gone=[gone]))

        assert there == dump_of(written(tmp_path / f"other{number}", kept))


def test_propositions_go_with_their_last_voice(tmp_path):
    pairs = [DENIED, TOLD, DOUBTED, OTHER_DAY]
    reader = written(tmp_path, pairs, gone=pairs)

    assert rows(reader, STATEMENTS) == []
    assert list(reader.store.quads_for_pattern(None, ng("wordingsInUse"), None)) == []


def test_an_article_that_loses_its_propositions_takes_them_with_it(tmp_path):
    article, extraction = TOLD
    older = made("b")[1]
    reader = written(tmp_path, [TOLD, (article, type(extraction)(article.id, article.text))])

    assert older.propositions == ()
    assert rows(reader, STATEMENTS) == []


MANY = [
    DENIED,
    TOLD,
    DOUBTED,
    OTHER_DAY,
    spoken("e", ("Anna Berg", "said not"), ("Gerd Holm", "said"), parties=("Su-27s", "MQ-9 Reaper drone")),
    spoken("f", ("Anna Berg", "said"), as_words=True),
    spoken("g", ("Carl Dorn", "denied"), as_words=True, via="Reuters"),
]


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(MANY), gone=st.sets(st.integers(0, len(MANY) - 1), max_size=3))
def test_neither_order_nor_what_was_taken_away_leaves_a_trace(tmp_path_factory, order, gone):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    lost = [MANY[number] for number in gone]

    there = dump_of(written(one, order, gone=lost))

    assert there == dump_of(written(other, [pair for pair in MANY if pair not in lost]))
