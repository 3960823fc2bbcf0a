"""newsgraph same, different, undo and rebuild, as a reviewer types them; what query and export say then."""

import io
import json

import pytest

from flows.ingest import run_ingest
from graph.store import open_writer
from newsgraph.settings import Settings
from tests.flows import fakes
from tests.graph.made import RUN, made, naming

PAIRS = [made("a"), made("b", speaker="Ann Berg", other="Emil Falk"), made("c", speaker="Berg")]
LABELS = "SELECT ?n { ?e a ng:CanonicalEntity, schema:Person ; skos:prefLabel ?n } ORDER BY ?n"


@pytest.fixture(autouse=True)
def graph(tmp_path):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add(PAIRS, RUN)


def labels(run):
    return run("query", LABELS, "--format", "csv")[1].split()[1:]


def test_queries_and_exports_see_a_decision_at_once(run, tmp_path):
    status, out, err = run("same", "Anna Berg", "Ann Berg", "--by", "kim", "--reason", "married in 2020")

    assert (status, err) == (0, "newsgraph: 1 article changed\n")
    name, told = out.rstrip("\n").split("  ")
    assert told == "Anna Berg (PERSON) is Ann Berg (PERSON)"
    assert run("query", LABELS)[1].count("Berg") == 2, "the one and Berg, who may be anybody"
    assert run("export", "-q", "out.gexf") == (0, "", "")
    exported = (tmp_path / "out.gexf").read_text(encoding="utf-8").split("<node ")
    nodes = [node for node in exported if 'label="Anna Berg"' in node]
    assert len(nodes) == 1
    assert "Ann Berg" in nodes[0]
    [row] = run("query", "reviewer_decisions", "--format", "csv")[1].splitlines()[1:]
    assert "married in 2020" in row
    assert "kim" in row

    status, out, err = run("undo", name)

    assert (status, out) == (0, f"{name}  no longer: {told}\n")
    assert err == "newsgraph: 1 article changed\n"
    assert run("query", LABELS)[1].count("Berg") == 3


def test_a_mention_is_taken_out_by_the_iri_that_query_shows(run):
    find = "SELECT ?e { ?e a ng:ArticleEntity ; skos:prefLabel 'Anna Berg' }"
    shown = run("query", find)[1].splitlines()[2].strip()

    status, out, _ = run("different", shown, "Anna Berg")

    assert status == 0
    assert out.endswith("  Anna Berg (PERSON) of a is not Anna Berg (PERSON)\n")


def test_the_user_of_the_computer_decides_unless_told_otherwise(run, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "ida")
    run("different", "Anna Berg", "Ann Berg")

    assert "ida" in run("query", "reviewer_decisions", "--format", "csv")[1]


def test_nobody_decides_where_the_user_has_no_name(run, monkeypatch):
    def unknown():
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    status, out, err = run("same", "Anna Berg", "Ann Berg")

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "--by NAME" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("same", "Anna Berg", "Nobody"),
        ("same", "Anna Berg", "Anna Berg"),
        ("same", "Anna Berg", "Ann Berg", "--by", ""),
        ("same", "\udcff", "Ann Berg"),
        ("different", "", "x" * 5000),
        ("undo", "decision-0123456789abcdef"),
        ("undo", "yesterday"),
    ],
)
def test_what_cannot_be_is_one_line_and_status_1(arguments, run):
    status, out, err = run(*arguments)

    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "unexpected" not in err


@pytest.mark.parametrize("command", [("same", "a", "b"), ("undo", "decision-0123456789abcdef"), ("rebuild",)])
def test_without_a_store_the_mend_is_told(command, run, tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSGRAPH_GRAPH_DIR", str(tmp_path / "none"))
    status, _, err = run(*command)

    assert (status, err.count("\n")) == (1, 1)
    assert "newsgraph ingest" in err


def test_to_repeat_a_decision_changes_nothing(run):
    _, out, _ = run("same", "Anna Berg", "Ann Berg")
    note = "newsgraph: nothing changed: it had been decided before\n"

    assert run("same", "Anna Berg", "Ann Berg") == (0, out, note)


def test_things_of_two_types_are_joined_with_a_note(run):
    status, out, err = run("same", "Anna Berg", "MQ-9")

    assert status == 0
    assert (
        f"a PERSON and a PRODUCT are one now; if that is not meant, 'newsgraph undo {out.split()[0]}'" in err
    )


def test_rebuild_mends_a_store_of_another_format(run, tmp_path):
    run("same", "Anna Berg", "Ann Berg")
    before = labels(run)
    (tmp_path / "data" / "graph" / "format").write_text("1\n")
    status, _, err = run("same", "Berg", "Ann Berg")
    assert (status, "newsgraph rebuild" in err) == (1, True)

    assert run("rebuild") == (0, "", "newsgraph: 3 articles rebuilt\n")

    assert labels(run) == before


def test_what_cannot_be_rebuilt_is_told(run, tmp_path):
    files = sorted((tmp_path / "data" / "graph" / "extractions").glob("*/*.gz"))
    files[0].write_bytes(b"rubbish")

    status, _, err = run("rebuild")
    assert (status, err.count("\n")) == (0, 2)
    assert "2 articles rebuilt, 1 could not be read; 'newsgraph ingest' reads them again" in err

    for path in files:
        path.write_bytes(b"rubbish")
    assert run("rebuild")[0] == 1


def test_ingest_tells_of_a_decision_that_finds_nothing_any_more(run, tmp_path):
    [shown] = run("query", "SELECT ?e { ?e a ng:ArticleEntity ; skos:prefLabel 'Anna Berg' }")[
        1
    ].splitlines()[2:3]
    run("different", shown.strip(), "Anna Berg")
    (tmp_path / "a.txt").write_text("Nobody is named here.")
    notes = []

    class Listener:
        note = notes.append
        advance = reject = reading = staticmethod(lambda *_: None)

    settings = Settings(graph_dir=tmp_path / "data" / "graph", workers=1)
    run_ingest([str(tmp_path / "a.txt")], settings, load=fakes.load, model="m", progress=Listener())

    [note] = notes
    assert note.startswith("a: decision-")
    assert "Anna Berg (PERSON) of a is not Anna Berg (PERSON)" in note


# ---- What is unsure


@pytest.fixture
def unsure(tmp_path):
    with open_writer(tmp_path / "data" / "graph") as writer:
        writer.add([naming("x", ("Harold Pruitt", "PERSON")), naming("y", ("H. Pruitt", "PERSON"))], RUN)


@pytest.mark.usefixtures("unsure")
def test_review_lists_asks_and_is_done(run, monkeypatch):
    listed = run("review", "--list")[1].splitlines()
    [line] = [one for one in listed if "H. Pruitt" in one]
    assert "Harold Pruitt (id:person-harold-pruitt-" in line
    pairs = json.loads(run("review", "--json")[1])
    assert any("H. Pruitt" in (pair["one"]["name"], pair["other"]["name"]) for pair in pairs)

    monkeypatch.setattr("sys.stdin", io.StringIO("what?\n" + "d\n" * len(pairs)))
    status, out, _ = run("review", "--by", "kim")

    assert status == 0
    assert out.count(" is not ") == len(pairs)
    assert run("review", "--list") == (0, "", "newsgraph: nothing is left to decide\n")


@pytest.mark.usefixtures("unsure")
def test_the_end_of_the_input_ends_a_review(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    status, out, _ = run("review")

    assert status == 0
    assert "(s)ame" in out
    assert run("query", "reviewer_decisions", "--format", "csv")[1].splitlines()[1:] == []


@pytest.mark.usefixtures("unsure")
def test_explain_tells_why_it_is_this_one(run):
    status, out, _ = run("explain", "y", "H. Pruitt")

    assert status == 0
    assert "in the graph" in out
    assert "unsure" in out
    assert "initial 1 × -" in out
    assert "weights " in out
