"""The store as rdflib has it."""

import pytest
from rdflib import RDF, Literal, URIRef
from rdflib.namespace import SKOS

from graph.dataset import as_dataset
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import NAMESPACES, VIEW
from tests.graph.made import RUN, made

NAMES = "SELECT ?n WHERE { ?e a ng:CanonicalEntity ; skos:prefLabel ?n } ORDER BY ?n"


@pytest.fixture
def graph_dir(tmp_path):
    with open_writer(tmp_path) as writer:
        writer.add([made("a")], RUN)
    return tmp_path


def test_rdflib_sees_all_graphs_and_their_union(graph_dir):
    dataset = as_dataset(graph_dir)

    assert [str(row.n) for row in dataset.query(NAMES)] == ["Anna Berg", "Carl Dorn", "MQ-9"]
    assert sum(1 for _ in dataset.quads()) == len(open_reader(graph_dir).store)
    view = dataset.graph(URIRef(VIEW.value))
    [anna] = view.subjects(SKOS.prefLabel, Literal("Anna Berg"))
    assert (anna, RDF.type, URIRef(NAMESPACES["schema"] + "Person")) in view


def test_a_snapshot_is_not_written_to(graph_dir):
    view = as_dataset(graph_dir).graph(URIRef(VIEW.value))
    before = len(open_reader(graph_dir).store)

    with pytest.raises(RuntimeError, match="read-write"):
        view.add((URIRef("x:a"), URIRef("x:b"), URIRef("x:c")))

    assert len(open_reader(graph_dir).store) == before
