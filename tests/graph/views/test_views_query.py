"""Answers to queries and questions as the page shows them; what is wrong with a query, and where."""

import json
from dataclasses import asdict

import pytest
from pyoxigraph import Literal, NamedNode, Store

from graph.questions import questions
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.views import query, shown
from graph.views.shown import chart_of
from newsgraph.errors import QueryError, UnknownThingError
from tests.graph.made import RUN, made

NAMES = """SELECT ?entity ?name {
  GRAPH g:view { ?entity a ng:CanonicalEntity ; skos:prefLabel ?name }
} ORDER BY ?name"""
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("query")
    with open_writer(folder) as writer:
        writer.add([made("a"), made("b", speaker="Carl Dorn", other="Gerd Holm")], RUN)
    return open_reader(folder)


def asked(reader, text, **more):
    found = query.view(reader, {"text": text, **more})
    assert found.problem is None
    return found.answer


def test_what_the_page_has_more_on_is_told(reader):
    answer = asked(reader, NAMES)

    assert answer.columns == ("entity", "name")
    first = answer.rows[0]
    assert (first[0].subject, first[0].label, first[1].text) == ("entity", "Anna Berg", "Anna Berg")
    [[article]] = asked(reader, "SELECT ?a { ?a a schema:NewsArticle } ORDER BY ?a LIMIT 1").rows
    assert article.subject == "article"
    assert json.loads(json.dumps(asdict(answer)))["count"] == answer.count


def test_a_page_is_a_part_of_the_rows(reader, monkeypatch):
    every = [row[1].text for row in asked(reader, NAMES).rows]
    monkeypatch.setattr(shown, "PAGE_ROWS", 2)

    parts = [asked(reader, NAMES, start=str(start)) for start in range(0, len(every), 2)]

    assert [row[1].text for part in parts for row in part.rows] == every
    assert {part.count for part in parts} == {len(every)}


@pytest.mark.parametrize("text", [NAMES, "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }"])
def test_more_rows_than_are_looked_at_are_said_to_be_cut(reader, monkeypatch, text):
    monkeypatch.setattr(query, "MOST_ROWS", 3)

    answer = asked(reader, text)

    assert (answer.count, answer.is_cut) == (3, True)


def test_an_answer_that_just_fits_is_whole(reader, monkeypatch):
    every = asked(reader, NAMES).count
    monkeypatch.setattr(query, "MOST_ROWS", every)

    assert not asked(reader, NAMES).is_cut


def test_yes_and_no(reader):
    assert asked(reader, "ASK { ?a ng:met ?b }").yes is True
    assert asked(reader, "ASK { ?a ng:isNoPredicate ?b }").yes is False


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("SELECT * {\n ?a ?b }", 2, "No SPARQL"),
        ("SELECT *\n\n{ ?a foo:bar ?c }", 3, "This prefix is not known"),
        ("SELECT", 1, "No SPARQL"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }", 0, "SERVICE is not allowed"),
        ("LOAD <http://127.0.0.1:1/x>", 0, "LOAD is not allowed"),
        ("INSERT DATA { <a:a> <b:b> <c:c> }", 0, "This page only reads: INSERT"),
        ("PREFIX a: <b:c> DROP ALL", 0, "This page only reads: DROP"),
        ("ASK " + "{" * 300 + "}" * 300, 0, "nested"),
        ("ASK { FILTER(?a = <not an iri>) }", 1, "No SPARQL"),
    ],
)
def test_what_is_wrong_with_a_query_is_told_with_its_line(reader, text, line, told):
    found = query.view(reader, {"text": text})

    assert found.answer is None
    assert told in found.problem.message
    assert found.problem.line == line
    assert "\n" not in found.problem.message


def test_the_store_is_as_before_after_an_update_was_tried(reader):
    before = asked(reader, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }").rows

    query.view(reader, {"text": "DELETE WHERE { ?a ?b ?c }"})

    assert asked(reader, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }").rows == before


# ---- Charts and drawings


def number(value):
    return Literal(str(value), datatype=NamedNode(f"{XSD}integer"))


def day(value):
    return Literal(value, datatype=NamedNode(f"{XSD}date"))


def test_numbers_over_days_are_a_line_in_the_order_of_days():
    rows = [(day("2024-05-02"), number(3)), (day("2024-05-01"), number(4)), (None, number(5))]

    chart = chart_of(Store(), ("on", "n"), rows)

    assert (chart.kind, chart.label, chart.value) == ("line", "on", "n")
    assert [(one.label, one.value) for one in chart.points] == [("2024-05-01", 4), ("2024-05-02", 3)]


def test_two_numbers_of_one_day_are_bars_as_a_line_would_mislead():
    rows = [(day("2024-05-01"), number(3)), (day("2024-05-01"), number(4))]

    assert chart_of(Store(), ("on", "n"), rows).kind == "bar"


def test_texts_name_bars_before_iris_do():
    rows = [(NamedNode("a:1"), Literal("one"), number(3)), (NamedNode("a:2"), Literal("two"), number(2))]

    chart = chart_of(Store(), ("iri", "name", "n"), rows)

    assert (chart.kind, [one.label for one in chart.points]) == ("bar", ["one", "two"])


def test_more_bars_than_can_be_read_are_counted():
    rows = [(Literal(f"x{n}"), number(n)) for n in range(100)]

    chart = chart_of(Store(), ("name", "n"), rows)

    assert len(chart.points) + chart.left_out == 100
    assert chart.left_out > 0


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(Literal("a"), Literal("b"))],
        [(number(1), number(2))],
        [(Literal("a"), Literal("NaN", datatype=NamedNode(f"{XSD}double")))],
        [(Literal("a"), number(1)), (Literal("b"), Literal("many"))],
    ],
)
def test_without_numbers_and_names_there_is_no_chart(rows):
    assert chart_of(Store(), ("a", "b"), rows) is None


def test_two_columns_of_iris_and_triples_are_drawn(reader):
    rows = asked(reader, "SELECT ?a ?b { GRAPH g:view { ?a ng:met ?b } }", show="graph").drawing
    triples = asked(
        reader, "CONSTRUCT { ?a ng:met ?b } { GRAPH g:view { ?a ng:met ?b } }", show="graph"
    ).drawing

    for drawn in (rows, triples):
        assert {one["label"] for one in drawn.nodes} == {"Anna Berg", "Carl Dorn", "Gerd Holm"}
        assert len(drawn.edges) == 4
    assert {one["label"] for one in triples.edges} == {"met"}


def test_texts_are_not_drawn(reader):
    assert asked(reader, NAMES, show="graph").drawing is None


def test_a_drawing_of_too_many_keeps_the_most_linked(reader, monkeypatch):
    monkeypatch.setattr(shown, "MOST_LINKED", 2)

    drawn = asked(reader, "SELECT ?a ?b { GRAPH g:view { ?a ng:met ?b } }", show="graph").drawing

    assert "Carl Dorn" in {one["label"] for one in drawn.nodes}
    assert (len(drawn.nodes), drawn.left_out) == (2, 1)


# ---- Questions


def test_a_question_is_answered_and_can_be_gone_on_with_as_sparql(reader):
    given = {"name": "who_denied_what", "given.denier": "anna berg"}

    found = query.question(reader, given).answer

    assert [row[0].text for row in found.rows] == ["Anna Berg"]
    again = asked(reader, found.sparql)
    assert (again.columns, again.rows) == (found.columns, found.rows)


def test_what_is_missing_or_unclear_is_told(reader):
    missing = query.question(reader, {"name": "evidence_path", "given.one": "Anna Berg"}).problem
    unknown = query.question(reader, {"name": "who_denied_what", "given.denier": 'x" } DROP ALL #'}).problem

    assert "other" in missing.message
    assert "no entity of the graph is called" in unknown.message
    with pytest.raises(UnknownThingError):
        query.question(reader, {"name": "../secrets"})


def test_a_question_that_sparql_alone_does_not_answer_has_none(reader):
    given = {"name": "evidence_path", "given.one": "Anna Berg", "given.other": "Gerd Holm"}

    answer = query.question(reader, given).answer

    assert (answer.sparql, answer.count) == ("", 2)


def test_a_whole_answer_is_written(reader):
    given = {"name": "who_denied_what", "format": "csv"}

    assert query.question_file(reader, given).text.splitlines()[0].startswith("who,cue,denied")
    with pytest.raises(QueryError, match="format is none of"):
        query.question_file(reader, {**given, "format": "exe"})


def test_no_question_has_a_parameter_that_the_page_needs_itself():
    names = {one.name for question in questions() for one in question.parameters}

    assert not names & {"show", "start", "q", "format"}
