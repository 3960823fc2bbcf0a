"""newsgraph query and newsgraph export over a small store."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from app.arguments.answers import ENTITY_TYPES, EXPORT_FORMATS
from app.cli import main
from graph.export.formats import FORMATS
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import CLASS_LABELS, VIEW
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
def test_braces_of_any_depth_are_answered(capsys):
    given = f"SELECT ?n {{ {'{' * 10_000} ?a a schema:Product ; skos:prefLabel ?n {'}' * 10_000} }}"

    assert run(capsys, "query", given, "--format", "csv") == (0, "n\r\nMQ-9\r\nMQ-9\r\n", "")


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    "given", ["who_knows", "no.rq", "SELECT nonsense of it", "x" * 5000, "a\0b", "DROP ALL"]
)
def test_a_question_that_is_none_is_one_line(given, capsys):
    status, out, err = run(capsys, "query", given)

    assert (status, out, err.count("\n")) == (1, "", 1)


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("arguments", [("query", "SELECT * { ?s ?p ?o }"), ("export", "a.trig")])
def test_a_store_that_turns_out_damaged_while_it_is_read_is_told_with_the_mend(arguments, tmp_path, capsys):
    for file in (tmp_path / "data/graph/current").resolve().glob("*.sst"):
        content = file.read_bytes()
        file.unlink()  # it is linked to the one that the writer has
        file.write_bytes(bytes(100) + content[100:])

    status, _, err = run(capsys, *arguments)

    assert (status, err.count("\n")) == (1, 1)
    assert "data/graph: the store is damaged (Corruption" in err
    assert "run 'newsgraph rebuild'" in err


@pytest.mark.usefixtures("graph")
def test_a_graph_of_another_shape_is_asked_with_a_note(tmp_path, capsys):
    _, before, told = run(capsys, "query", "who_denied_what")
    (tmp_path / "data/graph/format").write_text("1\n")

    status, after, note = run(capsys, "query", "who_denied_what")

    assert (status, after) == (0, before)
    assert "another version of newsgraph" not in told
    assert "another version of newsgraph" in note.splitlines()[0]
    assert "answers may lack something until 'newsgraph rebuild' has run" in note.splitlines()[0]


@pytest.mark.usefixtures("graph")
def test_a_question_with_a_byte_order_mark_is_one(tmp_path, capsys):
    (tmp_path / "q.rq").write_text("\ufeffASK { ?s ?p ?o }\r\n")

    assert run(capsys, "query", "q.rq")[:2] == (0, "true\n")


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
    assert err == "newsgraph: 3 entities and 1 edges in out.gexf\n"
    assert (tmp_path / "out.gexf").read_text().startswith('<?xml version="1.0" encoding="UTF-8"?>')


@pytest.mark.usefixtures("graph")
def test_export_to_standard_output():
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "export", "-"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert done.stdout.endswith(b"</gexf>\n")


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("target", ["graph.png", "no/such/folder/graph.gexf"])
def test_an_export_that_cannot_be_is_one_line_and_leaves_nothing(target, tmp_path, capsys):
    before = sorted(tmp_path.iterdir())

    status, _, err = run(capsys, "export", target)

    assert (status, err.count("\n")) == (1, 1)
    assert target in err
    assert sorted(tmp_path.iterdir()) == before


@pytest.fixture
def graph_of_two(tmp_path):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([made("a"), made("b", speaker="Gerd Holm", other="Vera Roth")], RUN)


def exported(capsys, *arguments):
    """Return labels of nodes, and edges as (from, label, to), of what a command wrote."""
    status, _, err = run(capsys, "export", *arguments, "out.cyjs")
    assert status == 0, err
    elements = json.loads(Path("out.cyjs").read_text("utf-8"))["elements"]
    labels = {one["data"]["id"]: one["data"]["label"] for one in elements["nodes"]}
    edges = [one["data"] for one in elements["edges"]]
    return set(labels.values()), {(labels[e["source"]], e["name"], labels[e["target"]]) for e in edges}


@pytest.mark.usefixtures("graph_of_two")
def test_conditions_of_the_command_line_choose_the_network(capsys):
    everybody = {"Anna Berg", "Carl Dorn", "Gerd Holm", "Vera Roth", "MQ-9"}
    met = {("Anna Berg", "met", "Carl Dorn"), ("Gerd Holm", "met", "Vera Roth")}

    assert exported(capsys) == exported(capsys, "--asserted-only") == (everybody, met)
    assert ("Carl Dorn", "struck? Anna Berg denies", "MQ-9") in exported(capsys, "--claims")[1]
    assert exported(capsys, "--type", "person,org")[0] == everybody - {"MQ-9"}
    assert exported(capsys, "--around", "Anna Berg") == ({"Anna Berg", "Carl Dorn"}, {min(met)})
    near = exported(capsys, "--around", "Anna Berg", "--depth", "2", "--claims", "--type", "PERSON,PRODUCT")
    assert near[0] == everybody
    assert exported(capsys, "--min-sources", "2") == ({"MQ-9"}, set())
    assert exported(capsys, "--from", "2023-03-16", "--to", "2023-03-16")[1] == met


@pytest.mark.usefixtures("graph_of_two")
@pytest.mark.parametrize(
    ("query", "edges"),
    [
        (
            "SELECT ?a ?b WHERE { GRAPH g:view { ?a ng:met ?b FILTER(STR(?a) < STR(?b)) } }",
            {("Anna Berg", "linked", "Carl Dorn"), ("Gerd Holm", "linked", "Vera Roth")},
        ),
        (
            "SELECT ?a ?how ?b WHERE { ?e rdf:subject ?a ; rdf:predicate ?how ; rdf:object ?b ; "
            "ng:inArticle ?x ; ng:factuality ng:AttributedOnly }",
            {("Carl Dorn", "struck", "MQ-9"), ("Vera Roth", "struck", "MQ-9")},
        ),
        (
            "CONSTRUCT { ?a ng:met 'somebody' } WHERE { GRAPH g:view { ?a ng:met ?b } }",
            {(name, "met", "somebody") for name in ("Anna Berg", "Carl Dorn", "Gerd Holm", "Vera Roth")},
        ),
    ],
)
def test_any_query_of_pairs_is_a_network(query, edges, capsys):
    assert exported(capsys, "--query", query)[1] == edges


@pytest.mark.usefixtures("graph_of_two")
def test_what_a_query_gives_twice_weighs_twice(capsys):
    query = "SELECT ('x' AS ?a) ?p WHERE { ?s a ?p, ng:CanonicalEntity }"
    run(capsys, "export", "--query", query, "out.cyjs")

    edges = json.loads(Path("out.cyjs").read_text("utf-8"))["elements"]["edges"]
    assert sorted(one["data"]["weight"] for one in edges) == [1, 4, 5]


@pytest.mark.usefixtures("graph_of_two")
def test_what_is_nowhere_gives_a_file_without_nodes_and_a_note(capsys):
    status, _, err = run(capsys, "export", "--from", "2031-01-01", "out.gexf")

    assert (status, err) == (0, "newsgraph: nothing in the graph is so; out.gexf has no nodes\n")
    assert "<nodes>\n</nodes>" in Path("out.gexf").read_text("utf-8")


@pytest.mark.usefixtures("graph_of_two")
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--around", "Ana Berg", "a.gexf"), "did you mean 'Anna Berg'"),
        (("--depth", "2", "a.gexf"), "--depth counts steps from --around"),
        (("--from", "2024-02-01", "--to", "2024-01-01", "a.gexf"), "is later than"),
        (("--query", "SELECT ?a WHERE { ?a ?b ?c }", "a.gexf"), "gives 1 column (a)"),
        (("--query", "ASK { ?a ?b ?c }", "a.gexf"), "yes or no"),
        (
            ("--query", "SELECT ?a ?b WHERE { SERVICE <http://a/> { ?a ?p ?b } }", "a.gexf"),
            "SERVICE",
        ),
        (("--query", "SELECT nonsense of it", "a.gexf"), "not SPARQL"),
        (("--query", "SELECT ?a ?b WHERE { ?a ng:met ?b }", "--claims", "a.gexf"), "--query says itself"),
        (("--query", "SELECT ?a ?b WHERE { ?a ng:met ?b }", "a.ttl"), "CONSTRUCT or DESCRIBE"),
        (("--min-sources", "2", "a.trig"), "trig holds statements"),
        (("--format", "neo4j", "-"), "two files"),
        (("no/such/folder/a.gexf",), "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_leaves_nothing(arguments, reason, tmp_path, capsys):
    before = sorted(tmp_path.iterdir())

    status, out, err = run(capsys, "export", *arguments)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert reason in err
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("graph_of_two")
@pytest.mark.parametrize(
    ("name", "form", "is_whole"),
    [
        ("a.trig", RdfFormat.TRIG, True),
        ("a.nq", RdfFormat.N_QUADS, True),
        ("a.jsonld", RdfFormat.JSON_LD, True),
        ("a.ttl", RdfFormat.TURTLE, False),
    ],
)
def test_statements_are_read_back(name, form, is_whole, tmp_path, capsys):
    assert run(capsys, "export", name)[0] == 0

    read = Store()
    read.load(path=name, format=form)
    store = open_reader(tmp_path / "data" / "graph").store
    if is_whole:
        assert set(read) == set(store)
    else:
        assert {one.triple for one in read} == {
            one.triple for one in store.quads_for_pattern(None, None, None, VIEW)
        }


@pytest.mark.usefixtures("graph_of_two")
def test_a_killed_export_leaves_what_was_there(tmp_path):
    """Killed while it writes: the earlier file is whole, and the next export ends as if nothing had been."""
    (tmp_path / "a.gexf").write_text("earlier")
    code = (
        "import os, signal\nimport graph.export.formats as formats\n"
        "def broken(sheet, file):\n    file.write(b'<half')\n    file.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "formats.ONE_FILE = {'gexf': broken}\nfrom app.cli import main\nmain(['export', 'a.gexf'])"
    )
    root = str(Path(__file__).parents[2])

    done = subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": root}, check=False)

    assert done.returncode == -9
    assert (tmp_path / "a.gexf").read_text() == "earlier"
    assert main(["--quiet", "export", "a.gexf"]) == 0
    assert (tmp_path / "a.gexf").read_text().endswith("</gexf>\n")
    assert not list(tmp_path.glob(".a.gexf*"))


def test_the_formats_of_the_command_line_are_those_there_are():
    assert EXPORT_FORMATS == FORMATS
    assert set(ENTITY_TYPES) == {name for name in CLASS_LABELS.values() if name not in {"DATE", "MONEY"}}
