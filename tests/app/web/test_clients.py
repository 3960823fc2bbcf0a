"""Other people's clients get what the library gives in this process."""

import csv
import io
import json
import os
import re
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from graph.parameters import bind, parameters_of
from graph.query import PREFIXES, known_queries, load_query, run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.app.web.serving import TOKEN, served
from tests.graph.made import RUN, made

PAIRS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?e ?n WHERE { ?e skos:prefLabel ?n }"
MINE = "http://client.example/graph"


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory):
    graph_dir = tmp_path_factory.mktemp("clients") / "graph"
    with open_writer(graph_dir) as writer:
        writer.add([made("a"), made("b", other="Ünal \U0001f600", publisher="\"A\", 'B' & <C>\\\n")], RUN)
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


def pack():
    """Return the questions of the pack that need no value; without comments, which SPARQLWrapper misreads."""
    texts = {name: load_query(name) for name in known_queries()}
    return {
        name: PREFIXES + re.sub(r"^#.*", "", bind(text, {}), flags=re.MULTILINE)
        for name, text in texts.items()
        if not any(one.is_needed for one in parameters_of(text))
    }


def in_json(body):
    """Return the rows of a result, each its values by column, without those that are not bound."""
    rows = json.loads(body)["results"]["bindings"]
    return in_order({name: term["value"] for name, term in row.items()} for row in rows)


def in_csv(body):
    return in_order(csv.DictReader(io.StringIO(body, newline="")))


def in_order(rows):
    return sorted(sorted((name, value) for name, value in row.items() if value) for row in rows)


def by_sparqlwrapper(url, text):
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(url)
    client.setQuery(text)
    client.setReturnFormat(wrapper.JSON)
    return in_json(json.dumps(client.query().convert()))


def by_rdflib(url, text):
    found = rdflib.Graph(SPARQLStore(url), bind_namespaces="none").query(text)
    return in_order({str(name): str(value) for name, value in row.asdict().items()} for row in found)


def by_curl(url, text):
    query = ("--data-urlencode", f"query={text}")
    return in_csv(printed("curl", "--silent", "--fail", "--header", "Accept: text/csv", *query, url))


def by_roqet(url, text):
    """Rasqal reads the XML of the answer."""
    return in_csv(printed("roqet", "-q", "-p", url, "-e", text, "-r", "csv"))


def printed(*command):
    program = shutil.which(command[0])
    if program is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([program, *command[1:]], capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("ask", [by_sparqlwrapper, by_rdflib, by_curl, by_roqet])
def test_the_pack_is_answered_as_in_process(server, graph_dir, ask, monkeypatch):
    monkeypatch.setattr(
        rdflib, "NORMALIZE_LITERALS", False
    )  # else it writes moments otherwise than they came
    reader, answered = open_reader(graph_dir), 0

    for name, text in pack().items():
        right = in_json(run_query(reader, text, "json"))
        assert ask(f"{server.url}/sparql", text) == right, name
        answered += bool(right)

    assert answered > 10


COMUNICA = "NEWSGRAPH_COMUNICA"  # the program comunica-sparql of npm's @comunica/query-sparql 4


@pytest.mark.parametrize("source", ["sparql@{url}", "{url}"], ids=["named", "found by its description"])
def test_comunica_takes_the_query_apart_and_finds_the_same(server, graph_dir, source):
    """It parses queries itself, as SPARQL 1.1, and asks for what it needs."""
    program = os.environ.get(COMUNICA) or shutil.which("comunica-sparql")
    if program is None:
        pytest.skip(f"Comunica is not installed (set {COMUNICA})")
    reader, answered = open_reader(graph_dir), 0

    for name, text in pack().items():
        right = in_json(run_query(reader, text, "json"))
        if right and "LATERAL" not in text:  # which is no word of SPARQL 1.1
            found = printed(program, source.format(url=f"{server.url}/sparql"), text, "-t", JSON)
            assert in_json(found) == right, name
            answered += 1

    assert answered >= 3


JSON = "application/sparql-results+json"
