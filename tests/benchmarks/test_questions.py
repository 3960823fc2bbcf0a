"""The measuring of questions, here and beside rdflib, on a small store."""

import pytest
from pyoxigraph import RdfFormat

from benchmarks.beside_rdflib import Asked, Rdflib, comparable, standard
from benchmarks.questions import Kept, beside, main
from graph.query import load_query, solutions
from graph.questions import question_called
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.graph.made import RUN, made

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of its parser

LONG = "SELECT (COUNT(*) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NAMES = "SELECT ?name { GRAPH g:view { ?one a ng:CanonicalEntity LATERAL { ?one skos:prefLabel ?name } } }"


@pytest.fixture
def graph_dir(tmp_path):
    with open_writer(tmp_path / "graph") as writer:
        writer.add([made("a"), made("b", speaker="Ida Jung", verb="said")], RUN)
    return tmp_path / "graph"


@pytest.fixture
def quads(graph_dir, tmp_path):
    open_reader(graph_dir).store.dump(str(tmp_path / "all.nq"), RdfFormat.N_QUADS)
    return tmp_path / "all.nq"


def test_each_question_that_is_named_is_measured(graph_dir, capsys):
    main([str(graph_dir), "contacts", "runs", "--draws", "2"])

    [_, *told, outcome] = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in told] == ["contacts", "runs"]
    assert outcome.startswith("all under 1 s: ")


def test_costs_stand_beside_those_of_rdflib_where_its_answer_is_the_same(graph_dir, capsys):
    names = ["contacts", "retracted", "evidence_path", "extractor_differences"]
    main([str(graph_dir), *names, "--draws", "2", "--rdflib", "120"])

    _, contacts, retracted, path, differences, outcome = capsys.readouterr().out.splitlines()
    assert "the same  " in contacts
    assert "the same: none" in retracted
    assert "the same  " in path, "what SPARQL alone does not answer is computed over rdflib, too"
    assert "nothing to ask with" in differences, "the graph knows one run"
    assert outcome.startswith("3 the same, 0 stopped, 0 otherwise; median of 2 ratios")


def test_a_run_that_was_cut_short_goes_on(graph_dir, tmp_path, capsys, monkeypatch):
    main([str(graph_dir), "runs", "--draws", "1", "--rdflib", "60", "--keep", str(tmp_path / "kept")])
    first = capsys.readouterr().out
    monkeypatch.setattr(Rdflib, "ask", lambda *_: pytest.fail("it was asked again"))

    main([str(graph_dir), "runs", "--draws", "1", "--rdflib", "60", "--keep", str(tmp_path / "kept")])

    assert capsys.readouterr().out == first


def test_another_answer_is_told_and_kept(graph_dir, quads, tmp_path, monkeypatch):
    reader, asked = open_reader(graph_dir), question_called("runs")
    (tmp_path / "kept").mkdir()
    quads.write_text("", "utf-8")

    with Rdflib(quads, 60) as other:
        told = beside(reader, asked, {}, 1, other, Kept(tmp_path / "kept", reader, 60))

    assert told.problem == "OTHER: 0 rows"
    assert "run-1" in (tmp_path / "kept" / "runs.here").read_text("utf-8")


def test_what_takes_too_long_is_killed_and_the_next_question_is_answered(graph_dir, quads):
    with Rdflib(quads, 0.5) as other:
        long, short = other.ask([Asked("long", LONG)]), other.ask([Asked("names", NAMES)])

    assert (long.is_stopped, long.seconds) == (True, 0.5)
    assert short.answers == [comparable(solutions(open_reader(graph_dir), NAMES)[1])]


def test_where_rdflib_dies_it_is_begun_again(quads):
    with Rdflib(quads, 60) as other:
        other.ask([Asked("names", NAMES)])
        other._process.kill()
        other._process.join()

        assert other.ask([Asked("names", NAMES)]).problem == "cannot: rdflib's process died"
        assert other.ask([Asked("names", NAMES)]).problem == ""


def test_what_rdflib_cannot_do_is_told(quads):
    with Rdflib(quads, 60) as other:
        assert other.ask([Asked("odd", "SELECT nothing")]).problem == "cannot: ParseException"


def test_lateral_goes_and_braces_stay_where_they_mean_something():
    told = '{ ?a ?b "LATERAL {" LATERAL { OPTIONAL { ?a ?d ?e } } }'

    assert " ".join(standard(told).split()) == (
        '{ ?a ?b "LATERAL {" OPTIONAL { { OPTIONAL { ?a ?d ?e } } BIND(true AS ?lateral1) } '
        "FILTER(BOUND(?lateral1)) }"
    )
    assert "LATERAL" not in standard(load_query("contacts"))


def test_a_thing_or_what_is_a_step_from_it_is_a_path():
    told = "LATERAL { { BIND(?a AS ?b) } UNION { GRAPH g:view { ?b ng:implies ?a } } }"

    assert "{ { GRAPH g:view { ?b ng:implies? ?a } } }" in standard(told)
