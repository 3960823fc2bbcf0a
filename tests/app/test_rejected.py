"""What was set aside, as a user sees it."""

import json
from datetime import UTC, datetime

import pytest

from app.cli import main
from flows.set_aside import replace_set_aside
from newsgraph.records import Rejection

DAYS = [datetime(2026, 11, day, 9, tzinfo=UTC) for day in (20, 24)]


@pytest.fixture(autouse=True)
def waiting(tmp_path):
    graph_dir = tmp_path / "data" / "graph"
    german = Rejection("raw/a.warc.gz:709", "not English (de)", "https://drop.example/1", "The Drop")
    empty = Rejection("raw/b\x1b[31m.txt", "the file is empty")
    replace_set_aside(graph_dir, [], [german], now=lambda: DAYS[0])
    replace_set_aside(graph_dir, [], [empty], now=lambda: DAYS[1])


def test_a_table_tells_when_whose_which_and_why(capsys):
    assert main(["rejected"]) == 0

    heading, german, empty = capsys.readouterr().out.splitlines()
    assert heading.split() == ["since", "source", "article", "reason"]
    assert german == "2026-11-20 09:00  The Drop  https://drop.example/1  not English (de)"
    assert empty.endswith("the file is empty")
    assert "\x1b" not in empty


@pytest.mark.parametrize(
    ("options", "places"),
    [
        (["--reason", "NOT english"], ["raw/a.warc.gz:709"]),
        (["--since", "2026-11-21"], ["raw/b\x1b[31m.txt"]),
        (["--since", "2026-11-21", "--reason", "english"], []),
        ([], ["raw/a.warc.gz:709", "raw/b\x1b[31m.txt"]),
    ],
)
def test_they_are_chosen_by_reason_and_day(options, places, capsys):
    assert main(["rejected", "--json", *options]) == 0

    assert [json.loads(line)["place"] for line in capsys.readouterr().out.splitlines()] == places


def test_trying_again_what_is_gone_empties_the_list(capsys):
    assert main(["rejected", "--retry"]) == 0
    assert main(["rejected"]) == 0

    told = capsys.readouterr()
    assert told.out == ""
    assert "no longer there" in told.err


def test_nothing_set_aside_is_no_failure(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("NEWSGRAPH_GRAPH_DIR", str(tmp_path / "elsewhere"))

    assert main(["rejected"]) == 0
    assert capsys.readouterr().err == "newsgraph: 0 set aside\n"
