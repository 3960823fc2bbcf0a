"""Why a question has no answer, where the graph can tell."""

import pytest

from graph.questions import ask, question_called
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.views import query
from tests.graph.made import RUN, made, spoken

UNDATED = "MQ-9 collided with Su-35"


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    day = spoken("day", ("Ida Jung", "said"), time="2023-03-15", parties=("Su-27", "MQ-1"))
    undated = spoken("none", ("Ida Jung", "said"), parties=("Su-35", "MQ-9"))
    with open_writer(folder) as writer:
        writer.add([made("a"), day, undated], RUN)
    return open_reader(folder)


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("around", {"event": UNDATED, "within": "3"}, f"no article tells on which day it was: {UNDATED}"),
        (
            "around",
            {"event": "MQ-1", "within": "0"},
            "nothing else is told of a day within 0 days of 2023-03-15",
        ),
        ("known_on", {"at": "2000-01-01"}, "the graph held nothing then: its first article came in on 20"),
        ("known_on", {"from": "2024-01-01"}, "the articles of the graph came out from 2023-03-"),
        ("known_on", {"to": "2022-12-31"}, "the articles of the graph came out from 2023-03-"),
        ("known_on", {"from": "2023-03-17", "to": "2023-03-01"}, "no day is on or after 2023-03-17"),
    ],
)
def test_what_the_graph_can_tell_is_told(reader, name, given, why):
    answer = ask(reader, question_called(name), given)

    assert answer.rows == ()
    assert answer.why.startswith(why)
    page = query.question(reader, {"name": name, **{f"given.{one}": value for one, value in given.items()}})
    assert page.answer.why[1:] == answer.why[1:]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("known_on", {"about": "what no article says"}),
        ("known_on", {"about": "what no article says", "at": "2100-01-01"}),
        ("retracted", {}),
    ],
)
def test_where_it_cannot_nothing_is_told(reader, name, given):
    assert ask(reader, question_called(name), given).why == ""


def test_an_answer_needs_no_reason(reader):
    answer = ask(reader, question_called("known_on"), {"at": "2100-01-01"})

    assert answer.rows
    assert answer.why == ""


def test_a_graph_without_an_article_says_so(tmp_path):
    with open_writer(tmp_path):
        pass

    assert ask(open_reader(tmp_path), question_called("contacts"), {}).why == "the graph holds no article"
