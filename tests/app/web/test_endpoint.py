"""The endpoint over a store with articles: what it answers, refuses, and says to those who may not."""

import base64
import io
import json
import os
import subprocess
import sys

import pytest
import rdflib
from rdflib.query import Result

from graph.query import run_query
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.app.web.serving import AUTHORIZATION, ROOT, TOKEN, served
from tests.graph.made import RUN, dump_of, made

NAMES = "SELECT ?n WHERE { GRAPH g:view { ?e skos:prefLabel ?n } } ORDER BY ?n"
VIEW = "https://newsgraph.example/graph/view"
MINE = "http://client.example/notes"


@pytest.fixture(scope="module")
def graph_dir(tmp_path_factory):
    graph_dir = tmp_path_factory.mktemp("served") / "graph"
    with open_writer(graph_dir) as writer:
        writer.add([made("a"), made("b", speaker="Ünal Öz")], RUN)
    return graph_dir


@pytest.fixture(scope="module")
def server(graph_dir):
    with served(graph_dir, "--cors", "https://page.example", "--row-limit", "20") as server:
        yield server


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
    ],
)
def test_rows_are_those_of_the_library_in_each_format(server, graph_dir, media, form):
    expected = json.loads(run_query(open_reader(graph_dir), NAMES, "json"))["results"]["bindings"]

    got = server.query(NAMES, media)

    assert got.headers["Content-Type"].partition(";")[0] == media
    result = Result.parse(io.BytesIO(got.body), format=form)
    assert [str(row[0]) for row in result] == [row["n"]["value"] for row in expected]
    assert "Ünal Öz" in got.text or "\\u00dcnal \\u00d6z" in got.text


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "xml"),
        ("application/ld+json", "json-ld"),
    ],
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD uses it
def test_triples_are_the_same_in_each_format(server, media, form):
    got = server.query("CONSTRUCT { ?e skos:prefLabel ?n } { GRAPH g:view { ?e skos:prefLabel ?n } }", media)

    assert got.headers["Content-Type"].partition(";")[0] == media
    graph = rdflib.Graph().parse(data=got.body, format=form)
    assert rdflib.Literal("Ünal Öz") in set(graph.objects())


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("application/json;q=0.9, text/csv;q=0", "application/sparql-results+json"),
    ],
)
def test_the_format_is_what_the_client_likes_best(server, accept, media):
    assert server.query("SELECT * {}", accept).headers["Content-Type"].partition(";")[0] == media


@pytest.mark.parametrize(
    ("method", "path", "body", "media", "status"),
    [
        ("GET", "/sparql?query=SELECT", None, None, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400),
        ("GET", "/sparql?query=%FF", None, None, 400),
        ("GET", "/sparql?update=DROP%20ALL", None, None, 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=nowhere", None, None, 400),
        ("POST", "/sparql", b"\xff", "application/sparql-query", 400),
        ("POST", "/sparql", b"ASK {}", "text/plain", 415),
        ("POST", "/sparql", b"ASK {}", None, 415),
        ("DELETE", "/sparql", None, None, 405),
        ("GET", "/data", None, None, 400),
        ("GET", "/data?graph=a&default", None, None, 400),
        ("GET", "/data?graph=http://a%20b", None, None, 400),
        ("GET", "/data?graph=http://none.example/", None, None, 404),
        ("PUT", "/data?graph=" + MINE, b"no turtle", "text/turtle", 400),
        ("PUT", "/data?graph=" + MINE, b"<a> <b> <c> .", "image/png", 415),
        ("PUT", "/data?graph=" + VIEW, b"<a> <b> <c> .", "text/turtle", 403),
        ("DELETE", "/data?graph=" + VIEW, None, None, 403),
        ("DELETE", "/data?default", None, None, 403),
        ("GET", "/nothing", None, None, 404),
        ("GET", "/data/../../../etc/passwd", None, None, 404),
    ],
)
def test_what_is_wrong_is_told_in_one_line(server, method, path, body, media, status):
    got = server.ask(method, path, body, {**AUTHORIZATION, **({"Content-Type": media} if media else {})})

    assert got.status == status
    assert got.text.count("\n") == 1
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("word", ["SERVICE <http://127.0.0.1:1/>", "service SILENT ?where"])
def test_a_query_stays_within_the_store(server, word):
    got = server.query(f"SELECT * {{ {word} {{ ?s ?p ?o }} }}")

    assert (got.status, got.text) == (403, "SERVICE is not allowed: queries stay within this store\n")
    assert server.update("LOAD <http://127.0.0.1:1/>").status == 403


def test_the_words_alone_are_no_reason_to_refuse(server):
    text = "PREFIX service: <http://s.example/> ASK { FILTER('SERVICE LOAD' != '''x''') } # SERVICE"

    assert server.query(text).status == 200


def test_too_many_rows_are_refused_or_marked(server):
    text = "SELECT * { ?s ?p ?o }"

    refused = server.query(text, "text/csv")
    cut = server.query(text, truncate="true")
    whole = server.query(text + " LIMIT 20", truncate="true")

    assert (refused.status, refused.text.split(":")[0]) == (422, "truncated")
    assert cut.headers["Newsgraph-Truncated"] == "rows=20"
    assert json.loads(cut.body)["truncated"] is True
    assert len(json.loads(cut.body)["results"]["bindings"]) == 20
    assert "truncated" not in json.loads(whole.body)
    assert whole.headers["Newsgraph-Truncated"] is None
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", "*/*").status == 422
    marked = server.query("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle", truncate="true")
    assert marked.text.endswith("# truncated: there are more triples\n")
    assert len(rdflib.Graph().parse(data=marked.text, format="turtle")) == 20


def test_from_narrows_what_is_otherwise_all_graphs(server):
    everything = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv").text
    view = server.query("SELECT (COUNT(*) AS ?n) { GRAPH g:view { ?s ?p ?o } }", "text/csv").text

    assert (
        server.query("SELECT (COUNT(*) AS ?n) FROM g:view { ?s ?p ?o }", "text/csv").text
        == view
        != everything
    )
    named = server.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv", **{"default-graph-uri": VIEW})
    assert named.text == view


def test_an_answer_names_its_checkpoint_and_is_not_sent_twice(server, graph_dir):
    first = server.query(NAMES)
    path = "/sparql?query=ASK%20%7B%7D"
    tag = server.ask("GET", path).headers["ETag"]

    assert first.headers["Newsgraph-Checkpoint"].split("-")[0] == (graph_dir / "current").resolve().name
    assert server.ask("GET", path, headers={"If-None-Match": f'"other", {tag}'}).status == 304
    other_form = {"If-None-Match": tag, "Accept": "application/sparql-results+xml"}
    assert server.ask("GET", path, headers=other_form).status == 200
    server.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <a> <b> <c> }} }}")
    assert server.ask("GET", path, headers={"If-None-Match": tag}).status == 200


def test_a_client_writes_its_own_graphs_and_no_others(server, graph_dir):
    before = own(graph_dir)

    assert (
        server.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <http://x> rdfs:comment 'seen' }} }}").status == 204
    )
    assert server.query(f"ASK {{ GRAPH <{MINE}> {{ ?x rdfs:comment 'seen' }} }}").text.endswith("true}\n")
    for text in (
        "INSERT DATA { <a> <b> <c> }",
        "INSERT DATA { GRAPH g:view { <a> <b> <c> } }",
        f"DROP SILENT GRAPH <{VIEW}>",
        "CLEAR ALL",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        f"MOVE <{VIEW}> TO <{MINE}>",
    ):
        got = server.update(text)
        assert (got.status, got.text.count("\n")) == (403, 1), text
    assert own(graph_dir) == before


def own(graph_dir):
    return [line for line in dump_of(open_reader(graph_dir)).splitlines() if MINE.encode() not in line]


@pytest.mark.parametrize(
    "given",
    [None, "Bearer wrong", "Bearer", f"Bearer {TOKEN}x", "Basic !!", "Basic /w==", "Bearer \xff", TOKEN],
)
def test_without_the_token_nothing_is_written(server, given):
    headers = {"Content-Type": "application/sparql-update", **({"Authorization": given} if given else {})}
    for method, path in (("POST", "/sparql"), ("PUT", "/data?graph=http://n.example/"), ("POST", "/data")):
        got = server.ask(method, path, "CLEAR ALL", headers)

        assert (got.status, got.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert server.ask("DELETE", f"/data?graph={MINE}", headers=headers).status == 401


def test_the_token_may_come_as_a_password(server):
    basic = base64.b64encode(f"anyone:{TOKEN}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}", "Content-Type": "text/turtle"}

    assert server.ask("PUT", "/data?graph=http://p.example/", "<a> <b> <c> .", headers).status == 201


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example"])
def test_a_foreign_host_name_is_turned_away(server, host):
    assert server.ask("GET", "/health", headers={"Host": host}).status == 421


@pytest.mark.parametrize("host", ["localhost:1", "LOCALHOST", "127.0.0.1", "[::1]:99", "10.0.0.7"])
def test_our_own_names_are_answered(server, host):
    assert server.ask("GET", "/health", headers={"Host": host}).status == 200


def test_only_pages_of_named_sites_may_read(server):
    allowed = server.ask("GET", "/health", headers={"Origin": "https://page.example"})
    other = server.ask("GET", "/health", headers={"Origin": "https://evil.example"})

    assert allowed.headers["Access-Control-Allow-Origin"] == "https://page.example"
    assert other.headers["Access-Control-Allow-Origin"] is None


def test_what_a_graph_holds_is_never_run_by_a_browser(server):
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    script = "<http://www.w3.org/1999/xhtmlscript>"
    got = server.query(f"CONSTRUCT {{ <http://a> {script} '<script>alert(1)</script>' }} {{}}", browser)

    assert got.headers["Content-Security-Policy"].startswith("sandbox")
    assert got.headers["X-Content-Type-Options"] == "nosniff"


def test_the_service_describes_itself(server):
    got = server.ask("GET", "/sparql", headers={"Accept": "text/turtle"})

    graph = rdflib.Graph().parse(data=got.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert (rdflib.URIRef(server.url + "/sparql"), sd.supportedLanguage, sd.SPARQL11Update) in graph


def test_the_log_has_one_line_for_a_request_and_not_what_was_asked(server):
    server.ask("GET", "/sparql?query=ASK%20%7B%20%3Chttp://secret%3E%20%3Fp%20%3Fo%20%7D")
    server.ask("GET", "/%0aforged%20line")

    log = server.log.read_text()
    assert "secret" not in log
    assert "\nforged" not in log
    assert "127.0.0.1 GET /sparql 200 0." in log


def test_a_huge_query_is_turned_away(server):
    got = server.ask("POST", "/sparql", b"#" * (2**20 + 1), {"Content-Type": "application/sparql-query"})
    deep = server.query("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }")

    assert got.status == 413
    assert (deep.status, deep.text) == (403, "line 1: brackets are nested more than 100 deep\n")


def test_a_server_that_only_reads_says_so(graph_dir, tmp_path):
    with served(graph_dir, token=None) as server:
        got = server.update("CLEAR ALL")

    assert (got.status, got.text.split(";")[0]) == (403, "this server only reads")
    assert server.process.returncode == 0


def test_what_keeps_it_from_starting_is_told_in_one_line(server, graph_dir, tmp_path):
    (tmp_path / "short").write_text("abc")
    cases = {
        ("--port", str(server.port)): "in use",
        ("--write-token-file", "short"): "16 characters",
        ("--any-graph",): "holds articles",
    }
    for options, told in cases.items():
        status, error = started(graph_dir, options, tmp_path)
        assert (status, error.count("\n"), told in error) == (1, 1, True), error
    status, error = started(tmp_path / "empty", (), tmp_path)
    assert (status, "there is no graph yet" in error) == (1, True)


def started(graph_dir, options, folder):
    environment = {**os.environ, "NEWSGRAPH_GRAPH_DIR": str(graph_dir), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.cli", "serve", *options]
    done = subprocess.run(
        command, env=environment, cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr
