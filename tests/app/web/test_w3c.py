"""W3C's tests of the SPARQL 1.1 Protocol and the Graph Store Protocol, over real HTTP.

Their manifests tell requests and answers in RDF (https://github.com/w3c/rdf-tests, sparql/sparql11). They are
no part of this project: NEWSGRAPH_CONFORMANCE names the folder that has them under w3c/sparql/sparql11, or
they lie in ../shared/conformance; without them there is nothing to run.
"""

import json
import os
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from tests.app.web.serving import AUTHORIZATION, ROOT, served

FOLDER = Path(os.environ.get("NEWSGRAPH_CONFORMANCE", ROOT.parent / "shared" / "conformance"))
SUITE = FOLDER / "w3c" / "sparql" / "sparql11"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
MANIFESTS = {
    "protocol/manifest.ttl": MF.ProtocolTest,
    "graph-store-protocol/manifest-direct.ttl": MF.GraphStoreProtocolTest,
    "graph-store-protocol/manifest-indirect.ttl": MF.GraphStoreProtocolTest,
}
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ),
    "RDF": ("text/turtle", "application/rdf+xml", "application/n-triples"),
}


def all_tests():
    for path, kind in MANIFESTS.items():
        if (SUITE / path).exists():
            graph = Graph().parse(SUITE / path)
            for node in sorted(graph.subjects(RDF.type, kind)):
                yield pytest.param(graph, node, id=str(node).rpartition("#")[2])


@pytest.fixture(scope="module")
def one_server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("w3c") / "graph", "--any-graph") as server:
        yield server


@pytest.fixture
def server(one_server):
    yield one_server
    if one_server.query("ASK { { ?s ?p ?o } UNION { GRAPH ?g {} } }").text != '{"head":{},"boolean":false}\n':
        assert one_server.update("DROP ALL").status == 204


@pytest.mark.skipif(not SUITE.exists(), reason="W3C's tests are not here; see the docstring")
def test_all_of_the_suite_is_run():
    listed = {
        str(node)
        for path in MANIFESTS
        for graph in (Graph().parse(SUITE / path),)
        for entries in graph.objects(None, MF.entries)
        for node in Collection(graph, entries)
    }

    assert len(listed) == 34 + 13
    assert listed <= {str(test.values[1]) for test in all_tests()}


@pytest.mark.parametrize(("graph", "node"), list(all_tests()))
def test_w3c(server, graph, node):
    for data in graph.objects(node, UT.graphData):
        put_graph(server, graph, data)
    location = ""
    for request in requests_of(graph, node):
        got = sent(server, graph, request, location)
        location = got.headers.get("Location", location)
        for response in graph.objects(request, HT.resp):
            check(graph, response, got)


def put_graph(server, graph, data):
    file = SUITE / "protocol" / Path(str(graph.value(data, UT.graph))).name
    path = f"/data?graph={graph.value(data, RDFS.label)}"
    headers = {"Content-Type": "application/n-triples", **AUTHORIZATION}
    assert server.ask("PUT", path, file.read_bytes(), headers).status == 201


def requests_of(graph, node):
    connection = graph.value(node, MF.action)
    return list(Collection(graph, graph.value(connection, HT.requests)))


def sent(server, graph, request, location):
    path = str(graph.value(request, HT.absolutePath)).replace("$LOCATION$", location)
    if path.startswith("/gsp"):
        path = "/data" + path.removeprefix("/gsp")
    headers = dict(AUTHORIZATION)
    if fields := graph.value(request, HT.headers):
        for field in Collection(graph, fields):
            headers[str(graph.value(field, HT.fieldName))] = str(graph.value(field, HT.fieldValue))
    body = None
    if (content := graph.value(request, HT.body)) is not None:
        encoding = str(graph.value(content, CNT.characterEncoding) or "UTF-8")
        body = str(graph.value(content, CNT.chars)).encode(encoding)
    return server.ask(str(graph.value(request, HT.methodName)), path, body, headers)


def check(graph, response, got):
    expected = [str(one).rpartition("#")[2] for one in graph.objects(response, MF.expectedStatus)]
    assert any(matches(name, got.status) for name in expected), (expected, got.status, got.body[:500])
    media = got.headers.get("Content-Type", "").partition(";")[0]
    if form := graph.value(response, MF.expectedFormat):
        assert media in FORMATS[str(form)]
    if (value := graph.value(response, MF.expectedBoolean)) is not None:
        assert json.loads(got.body)["boolean"] is value.toPython()
    if graph.value(response, MF.expectedLocation):
        assert got.headers["Location"]
    if (content := graph.value(response, HT.body)) is not None:
        assert media == "text/turtle"
        wanted = Graph().parse(data=str(graph.value(content, CNT.chars)), format="turtle")
        assert isomorphic(Graph().parse(data=got.text, format="turtle"), wanted)


def matches(name, status):
    named = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404, "BadRequest": 400}
    if name.startswith("StatusCode"):
        return str(status)[0] == name.removeprefix("StatusCode")[0]
    return named[name] == status
