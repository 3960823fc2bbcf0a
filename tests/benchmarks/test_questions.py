"""The measuring of questions, here and beside rdflib, on a small store."""

import pytest

from benchmarks.beside_rdflib import compared, loaded, standard
from benchmarks.questions import main
from graph.query import load_query
from graph.store import open_reader, open_writer
from tests.graph.made import RUN, made

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's own, of its parser


@pytest.fixture
def graph_dir(tmp_path):
    with open_writer(tmp_path) as writer:
        writer.add([made("a"), made("b", speaker="Ida Jung", verb="said")], RUN)
    return tmp_path


def test_each_question_that_is_named_is_measured(graph_dir, capsys):
    main([str(graph_dir), "contacts", "runs", "--draws", "2"])

    [_, *told, outcome] = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in told] == ["contacts", "runs"]
    assert outcome.startswith("all under 1 s: ")


def test_costs_stand_beside_those_of_rdflib_where_its_answer_is_the_same(graph_dir, capsys):
    main([str(graph_dir), "contacts", "retracted", "bridges", "--draws", "2", "--rdflib", "120"])

    _, _, contacts, retracted, bridges, median = capsys.readouterr().out.splitlines()
    assert "cannot" not in contacts
    assert "no rows to compare" in retracted
    assert "cannot: no SPARQL alone" in bridges
    assert median.startswith("median of 1 ratio")


def test_another_answer_is_no_comparison(graph_dir):
    reader = open_reader(graph_dir)
    dataset = loaded(reader)
    names = "SELECT ?name WHERE { GRAPH g:view { ?one skos:prefLabel ?name } }"
    dataset.remove((None, None, None, None))

    assert compared(reader, dataset, [names], 60).problem.startswith("cannot: 0 rows")


def test_what_takes_too_long_is_stopped(graph_dir):
    reader = open_reader(graph_dir)
    long = "SELECT (COUNT(*) AS ?all) WHERE { ?a ?b ?c . ?d ?e ?f }"

    cost = compared(reader, loaded(reader), [long], 0.2)

    assert cost.is_stopped
    assert cost.there == 0.2


def test_lateral_goes_and_braces_stay_where_they_mean_something():
    told = '{ ?a ?b "LATERAL {" LATERAL { OPTIONAL { ?a ?d ?e } } LATERAL { ?a ?f ?g } }'

    assert " ".join(standard(told).split()) == '{ ?a ?b "LATERAL {" OPTIONAL { ?a ?d ?e } { ?a ?f ?g } }'
    assert "LATERAL" not in standard(load_query("contacts"))
