"""Questions by name on a small store: what may be given, what is refused, how answers are written."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Store

from graph.answers import Answer, written
from graph.meant import finders
from graph.parameters import LIMIT, bound
from graph.query import solutions
from graph.questions import ask, limited, question_called, questions
from graph.snapshots import Reader, open_reader
from graph.store import open_writer
from newsgraph.errors import QueryError, UnknownQueryError
from tests.graph.made import LATER, RUN, dump_of, made, speaking, spoken

HOSTILE = [
    '" } DROP ALL #',
    "'''",
    "\\",
    "}",
    "$speaker",
    "\n\r\t",
    "<http://e/s>",
    "*/",
    "\udcff",
    "",
    "x" * 5000,
]
KINDS = {"entity", "proposition", "article", "side", "text", "date", "time", "count", "number", "choice"}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    later = [replace(one, published=date(2023, 3, 20)) for one in spoken("late", ("Ida Jung", "denied"))]
    own = spoken("own", (None, "said"), publisher="Eurasia", time="2023-03-14")
    known = speaking("k", "Kremlin", "seat/kremlin", "government/russia")
    with open_writer(folder) as writer:
        writer.add([made("a"), made("b", other="Emil Falk"), known, own], RUN)
        writer.add([spoken("early", ("Ida Jung", "said")), tuple(later)], LATER)
        writer.add([spoken("day", ("Ida Jung", "said"), time="2023-03-15", parties=("Su-27", "MQ-1"))], LATER)
    return open_reader(folder)


def answer(reader, name, **given):
    return list(csv.DictReader(io.StringIO(written(ask(reader, question_called(name), given), "csv"))))


def test_the_pack_has_thirty_questions_each_by_name_and_number():
    numbered = [one for one in questions() if one.number]

    assert [one.number for one in numbered] == list(range(1, 31))
    assert all(question_called(str(one.number)) == question_called(one.name) for one in numbered)


def test_what_happened_somewhere_is_not_what_happened_anywhere(reader):
    anywhere = answer(reader, "on_day", day="2023-03-14")

    there = [row for row in anywhere if "Su-27" in (row["one"], row["other"])]

    assert 0 < len(there) < len(anywhere)
    assert answer(reader, "on_day", day="2023-03-14", place="Su-27") == there


def test_what_one_denied_is_the_part_of_all_denials_that_is_theirs(reader):
    everybody = answer(reader, "who_denied_what")
    theirs = [row for row in everybody if row["who"] == "Ida Jung"]

    assert theirs
    assert answer(reader, "who_denied_what", denier="Ida Jung") == theirs
    assert answer(reader, "who_denied_what", denier="Kremlin") == [
        row for row in everybody if row["who"] == "Kremlin"
    ]


@pytest.mark.parametrize("question", questions(), ids=lambda one: one.name)
def test_a_question_says_what_it_is_and_gives_what_it_says(reader, question):
    values = {"entity": "Anna Berg", "proposition": "MQ-9 collided", "side": "Kremlin", "date": "2023-03-14",
              "count": "3", "text": "run-1"}  # fmt: skip
    needed = {one.name: values[one.kind] for one in question.parameters if one.is_needed}
    if {"one", "other"} <= needed.keys():
        needed["other"] = {"Anna Berg": "Carl Dorn", "Kremlin": "government/russia", "run-1": "run-2"}[
            needed["one"]
        ]

    assert question.title.endswith("?")
    assert {one.kind for one in question.parameters} <= KINDS
    assert ask(reader, question, needed).columns == question.columns


def test_an_unknown_question_lists_the_known():
    with pytest.raises(UnknownQueryError, match="stances"):
        question_called("who_knows")


def test_a_voice_that_says_the_opposite_later_changed_its_stance(reader):
    [row] = answer(reader, "changed_stance", speaker="Ida Jung")

    assert (row["before"], row["date"], row["after"], row["laterDate"]) == (
        "Asserts",
        "2023-03-16",
        "Denies",
        "2023-03-20",
    )


def test_stances_are_those_on_dated_and_undated_alike(reader):
    told = answer(reader, "stances", proposition="MQ-9 collided with su-27")

    assert {(row["who"], row["stance"], row["when"]) for row in told} == {
        ("Ida Jung", "Asserts", ""),
        ("Ida Jung", "Denies", ""),
        ("(the article's own voice)", "Asserts", "2023-03-14"),
    }


def test_a_chain_of_facts_goes_from_hop_to_hop(reader):
    told = answer(reader, "evidence_path", one="carl dorn", other="Emil Falk")

    assert [(row["from"], row["how"], row["to"]) for row in told] == [
        ("Anna Berg", "met", "Carl Dorn"), ("Anna Berg", "met", "Emil Falk"),
    ]  # fmt: skip
    assert answer(reader, "evidence_path", one="Carl Dorn", other="MQ-9") == [], "it is only claimed"
    assert len(answer(reader, "evidence_path", one="Carl Dorn", other="MQ-9", claims="yes")) == 1


def test_days_around_an_event_are_counted(reader):
    [row] = answer(reader, "around", event="MQ-9 collided", within="1")

    assert (row["when"], row["days"], row["voices"]) == ("2023-03-15", "1", "1")
    assert answer(reader, "around", event="MQ-9 collided", within="0") == []


def test_one_event_on_two_days_is_told_as_a_conflict(tmp_path):
    with open_writer(tmp_path) as writer:
        writer.add([spoken(day, ("Ida Jung", "said"), time=f"2023-03-{day}") for day in ("14", "15")], RUN)
    [row] = answer(open_reader(tmp_path), "conflicting_events")

    assert (row["days"], row["articles"]) == ("2023-03-14; 2023-03-15", "2")


def test_names_are_counted_by_article(reader):
    told = answer(reader, "names_of", entity="anna berg")

    assert [(row["name"], row["articles"], row["first"]) for row in told] == [
        ("Anna Berg", "2", "2023-03-16"),
        ("Berg", "2", "2023-03-16"),
    ]


def test_the_last_run_is_told_unless_another_is_meant(reader):
    assert {row["article"] for row in answer(reader, "ingested")} == {"early", "late", "day"}
    assert {row["article"] for row in answer(reader, "ingested", of="run-1")} == {"a", "b", "k", "own"}


def test_a_part_of_a_name_is_not_enough(reader):
    with pytest.raises(
        QueryError, match=r"'Ann'; perhaps id:person-anna-berg-\S+ \(Anna Berg, \d+ mentions\)"
    ):
        answer(reader, "said_about", speaker="Ann")
    with pytest.raises(QueryError, match=r"called 'Ana Borg'; perhaps id:person-anna-berg-\S+ \(Anna Berg"):
        answer(reader, "said_about", speaker="Ana Borg")


@pytest.mark.parametrize(("name", "values", "line"), [
    ("stances", {}, "proposition=… (proposition) is needed"),
    ("stances", {"proposition": "hit", "colour": "red"}, "no parameter 'colour' here"),
    ("stances", {"proposition": "nobody says so"}, "no proposition"),
    ("stances", {"proposition": "collided"}, "2 propositions have the words"),
    ("around", {"event": "MQ-9 collided", "within": "-1"}, "is no count"),
    ("around", {"event": "MQ-9 collided", "within": "9" * 20}, "is no count"),
    ("said_about", {"speaker": "Anna Berg", "direct": "maybe"}, "is no choice"),
    ("disputed_between", {"one": "Atlantis", "other": "Kremlin"}, "no entity"),
    ("disputed_between", {"one": "Anna Berg", "other": "Kremlin"}, "no country, government or body"),
    ("evidence_path", {"one": "Anna Berg", "other": "Anna Berg"}, "the same"),
    ("extractor_differences", {"one": "zz", "other": "run-1"}, "no run or model"),
    ("known_on", {"article": "nope"}, "no article"),
    ("on_day", {"day": "yesterday"}, "is no date"),
])  # fmt: skip
def test_what_is_unclear_is_told_in_one_line(reader, name, values, line):
    with pytest.raises(QueryError) as raised:
        answer(reader, name, **values)

    assert line in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("question", [one for one in questions() if one.parameters], ids=lambda one: one.name)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_stay_values(reader, question, value):
    before = dump_of(reader)
    refused = []
    for parameter in question.parameters:
        try:
            ask(reader, question, {parameter.name: value})
        except QueryError as error:
            refused.append(str(error))

    assert [one for one in refused if "\n" in one] == []
    assert dump_of(reader) == before


@given(value=st.text(st.characters(codec="ascii")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_any_text_is_a_value(reader, value):
    assert all(value.casefold() in row["words"].casefold() for row in answer(reader, "known_on", about=value))


def test_forms():
    told = Answer(("name", "n"), ((Literal("a|b <script>\nc"), Literal(1)), (NamedNode("http://e/x"), None)))

    assert (
        written(told, "md")
        == "| name | n |\n| --- | --- |\n| a\\|b \\<script\\> c | 1 |\n| http://e/x |  |\n"
    )
    assert written(told, "csv") == 'name,n\r\n"a|b <script>\nc",1\r\nhttp://e/x,\r\n'
    assert json.loads(written(told, "json"))["results"]["bindings"][1] == {
        "name": {"type": "uri", "value": "http://e/x"}
    }
    assert written(told, "table").endswith("(2 rows)\n")


def test_a_cut_answer_says_so_in_each_form_that_has_a_place_for_it():
    told = Answer(("n",), ((Literal(1),),), is_cut=True)

    assert written(told, "table").endswith("(1 row, and there are more)\n")
    assert written(told, "md").endswith("| 1 |\n\nThere are more rows.\n")
    assert json.loads(written(told, "json"))["truncated"] is True
    assert written(told, "csv") == "n\r\n1\r\n"


CUT = [one for one in questions() if any(it.name == LIMIT for it in one.parameters)]


def needed_by(question):
    return {one.name: "Ida Jung" for one in question.parameters if one.is_needed}


@pytest.mark.parametrize("question", CUT, ids=lambda one: one.name)
def test_a_cut_list_is_a_part_of_the_whole_one_in_its_order_and_says_so(reader, question):
    needed = needed_by(question)
    whole = ask(reader, question, {**needed, LIMIT: "0"})
    for limit in (1, 2, len(whole.rows) - 1, len(whole.rows), len(whole.rows) + 1):
        part = ask(reader, question, {**needed, LIMIT: str(limit)}) if limit > 0 else None

        if part is not None:
            left = iter(whole.rows)
            assert all(row in left for row in part.rows), "the rows of the whole list, in its order"
            assert len(part.rows) == min(limit, len(whole.rows))
            assert part.is_cut == (limit < len(whole.rows))
    assert not whole.is_cut


@pytest.mark.parametrize("question", CUT, ids=lambda one: one.name)
@pytest.mark.parametrize("limit", ["1", "3"])
def test_rows_that_are_chosen_first_are_those_of_the_query_as_a_whole(reader, question, limit):
    asked = bound(question.text, {**needed_by(question), LIMIT: limit}, finders(reader))

    assert (
        ask(reader, question, {**needed_by(question), LIMIT: limit}).rows == solutions(reader, asked.text)[1]
    )


@pytest.mark.parametrize(
    "name", ["propositions_by_voice", "known_on", "who_said_what_about", "single_voice_claims"]
)
def test_of_a_list_the_newest_articles_are_kept(tmp_path, name):
    with open_writer(tmp_path) as writer:
        for day in (3, 9, 5):
            article, read = spoken(f"d{day}", (f"Ida Jung {day}", "said"), parties=(f"Su-{day}", "MQ-9"))
            published = date(2023, 3, day)
            writer.add([(replace(article, published=published), replace(read, published=published))], RUN)
    reader = open_reader(tmp_path)
    whole = ask(reader, question_called(name), {})
    of_a_day = len(whole.rows) // 3
    column = whole.columns.index("published" if name == "known_on" else "date")

    part = ask(reader, question_called(name), {LIMIT: str(of_a_day)})

    assert of_a_day
    assert {row[column].value for row in part.rows} == {"2023-03-09"}


def test_what_is_cut_as_a_whole_is_told_as_it_was_chosen(reader):
    asked = bound("SELECT ?a WHERE { ?a a ng:CanonicalEntity }\n# LIMIT $limit", {})
    part = limited(reader, bound(asked.text.replace("LIMIT 1000", "# LIMIT $limit"), {}))

    assert asked.around is None
    assert part.rows == solutions(reader, asked.text)[1]
    assert not part.is_cut
    with pytest.raises(ValueError, match="answer"):
        asked.with_chosen(part.columns, part.rows)


def test_what_has_no_name_is_chosen_too():
    store = Store()
    store.update('INSERT DATA { [] <http://e/p> "a" . [] <http://e/p> "b" }')
    chosen = "{ SELECT ?s WHERE { ?s <http://e/p> ?any } ORDER BY ?any\n# LIMIT $limit\n}"
    text = f"SELECT ?o WHERE {{ {chosen} ?s <http://e/p> ?o }}"
    part = limited(
        Reader(Path(), store),
        bound(text.replace("SELECT ?o", "# Parameter: limit (count): rows\nSELECT ?o"), {LIMIT: "1"}),
    )

    assert part == Answer(("o",), ((Literal("a"),),), is_cut=True)


def test_a_thousand_rows_are_given_if_no_limit_is(reader):
    text = question_called("known_on").text

    assert bound(text, {}).limit == 1000
    assert "LIMIT 1000\n" in bound(text, {}).text
    assert (
        "LIMIT"
        not in bound(text, {LIMIT: "0"}).text.replace("# LIMIT $limit", "").upper().partition("SELECT")[2]
    )


def test_an_incident_that_nobody_with_a_name_tells_of_is_told_by_no_one_else(tmp_path):
    article, read = spoken("x", ("Ida Jung", "said"))
    [one] = read.attributions
    with open_writer(tmp_path) as writer:
        writer.add([(article, replace(read, attributions=(replace(one, speaker=None),)))], RUN)

    assert [row["who"] for row in answer(open_reader(tmp_path), "incidents")] == ["(unnamed)"]


def test_the_reference_tells_of_every_question():
    told = (Path(__file__).parents[2] / "docs" / "reference" / "questions.md").read_text(encoding="utf-8")

    for one in questions():
        given = ", ".join(f"`{it.name}`{' (needed)' if it.is_needed else ''}" for it in one.parameters)
        assert f"| {one.number or ''} | `{one.name}` | {one.title} | {given} |\n" in told
