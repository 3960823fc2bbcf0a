"""newsgraph query and newsgraph export over a small store."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli import main
from graph.store import open_writer
from tests.graph.made import RUN, made


@pytest.fixture
def graph(tmp_path):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([made("a")], RUN)


def run(capsys, *arguments):
    status = main(list(arguments))
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.mark.usefixtures("graph")
def test_a_query_may_be_a_name_a_file_text_or_standard_input(tmp_path, capsys, monkeypatch):
    text = "SELECT ?n WHERE { ?a a schema:Product ; skos:prefLabel ?n }"
    (tmp_path / "my question.rq").write_text(text)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))

    assert "Anna Berg" in run(capsys, "query", "who_denied_what")[1]
    for given in ("my question.rq", text, "-"):
        assert run(capsys, "query", given, "--format", "csv") == (0, "n\r\nMQ-9\r\nMQ-9\r\n", "")


def test_without_a_question_the_saved_ones_are_listed(capsys):
    status, out, _ = run(capsys, "query")

    assert status == 0
    assert (
        "who_denied_what       Who denied what" in out.replace("  ", " ").replace("  ", " ")
        or "Who denied" in out
    )


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    "given", ["who_knows", "no.rq", "SELECT nonsense of it", "x" * 5000, "a\0b", "DROP ALL"]
)
def test_a_question_that_is_none_is_one_line(given, capsys):
    status, out, err = run(capsys, "query", given)

    assert (status, out, err.count("\n")) == (1, "", 1)


@pytest.mark.usefixtures("graph")
def test_a_binary_file_is_no_question(tmp_path, capsys):
    (tmp_path / "q.rq").write_bytes(b"\xff\xfe\x00SELECT")

    assert run(capsys, "query", "q.rq") == (
        1,
        "",
        "newsgraph: q.rq: not a query: the file is no UTF-8 text\n",
    )


@pytest.mark.parametrize("arguments", [["query", "who_denied_what"], ["export", "a.gexf"]])
def test_nothing_ingested_yet(arguments, capsys):
    status, _, err = run(capsys, *arguments)

    assert status == 1
    assert err == "newsgraph: data/graph: there is no graph yet; run 'newsgraph ingest' first\n"


@pytest.mark.usefixtures("graph")
def test_export_writes_a_file_and_tells_what_is_in_it(tmp_path, capsys):
    status, out, err = run(capsys, "export", "out.gexf")

    assert (status, out) == (0, "")
    assert err == "newsgraph: 3 entities and 4 edges in out.gexf\n"
    assert (tmp_path / "out.gexf").read_text().startswith('<?xml version="1.0" encoding="UTF-8"?>')


@pytest.mark.usefixtures("graph")
def test_export_to_standard_output():
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "export", "-"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout.endswith(b"</gexf>")


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("target", ["graph.png", "no/such/folder/graph.gexf"])
def test_an_export_that_cannot_be_is_one_line_and_leaves_nothing(target, tmp_path, capsys):
    before = sorted(tmp_path.iterdir())

    status, _, err = run(capsys, "export", target)

    assert (status, err.count("\n")) == (1, 1)
    assert target in err
    assert sorted(tmp_path.iterdir()) == before
