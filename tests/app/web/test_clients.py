"""Other people's clients get what the library gives in this process."""

import json

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from graph.query import run_query
from graph.store import open_reader, open_writer
from tests.app.web.serving import TOKEN, served
from tests.graph.made import RUN, made

PAIRS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?e ?n WHERE { ?e skos:prefLabel ?n }"
MINE = "http://client.example/graph"


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory):
    graph_dir = tmp_path_factory.mktemp("clients") / "graph"
    with open_writer(graph_dir) as writer:
        writer.add([made("a"), made("b", other="Ünal \U0001f600")], RUN)
    return graph_dir


@pytest.fixture(scope="module")
def server(graph_dir):
    with served(graph_dir) as server:
        yield server


@pytest.fixture(scope="module")
def pairs(graph_dir):
    rows = json.loads(run_query(open_reader(graph_dir), PAIRS, "json"))["results"]["bindings"]
    return sorted((row["e"]["value"], row["n"]["value"]) for row in rows)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(server, pairs, method):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.url + "/sparql")
    client.setQuery(PAIRS)
    client.setMethod(method)
    client.setReturnFormat(wrapper.JSON)

    rows = client.query().convert()["results"]["bindings"]

    assert sorted((row["e"]["value"], row["n"]["value"]) for row in rows) == pairs


def test_sparqlwrapper_writes_with_the_token_as_password(server):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(server.url + "/sparql")
    client.setCredentials("anyone", TOKEN)
    client.setMethod(wrapper.POST)
    client.setQuery(f"INSERT DATA {{ GRAPH <{MINE}> {{ <http://a> <http://b> 'ü' }} }}")

    client.query()

    assert server.query(f"ASK {{ GRAPH <{MINE}> {{ <http://a> <http://b> 'ü' }} }}").text.endswith("true}\n")


def test_rdflib_reads(server, pairs):
    graph = rdflib.Graph(SPARQLStore(server.url + "/sparql"), bind_namespaces="none")

    assert sorted((str(entity), str(name)) for entity, name in graph.query(PAIRS)) == pairs


def test_rdflib_writes_a_graph_of_its_own(server):
    store = SPARQLUpdateStore(
        server.url + "/sparql", server.url + "/sparql", auth=("anyone", TOKEN), context_aware=True
    )
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("http://rdflib.example/g"), bind_namespaces="none")
    said = (rdflib.URIRef("http://x"), rdflib.RDFS.comment, rdflib.Literal("nasty \"\\\n\t'<>", lang="en"))

    graph.add(said)

    assert set(graph) == {said}
    graph.remove(said)
    assert set(graph) == set()
