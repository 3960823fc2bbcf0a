"""One contract for the store here and for each remote server: the same graph, the same answers."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

import pytest

from flows.push import run_check, run_push
from flows.remote import Credentials, Remote
from graph.parameters import LIMIT, bind
from graph.query import known_queries, load_query, solutions
from graph.remote.differences import sent_graphs
from graph.retractions import Retraction
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import NAMESPACES
from newsgraph.records import Value
from newsgraph.settings import Settings
from tests.flows import remote_servers
from tests.graph.made import LATER, RUN, made, naming, spoken

pytestmark = pytest.mark.slow
PREFIXES = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in NAMESPACES.items())
NASTY = "Ünal “q” \U0001f600 \" \\ \t 'x' $y ?z ^{a}^ <b> & {c} %s \u202e e\u0301"
LONG = "Wörter und words. " * 6_000


class Here:
    """The embedded store, which needs no push."""

    name = "embedded"

    def __init__(self, settings):
        self.settings = settings

    def follow(self, **options):
        return None

    def rows(self, text):
        names, rows = solutions(open_reader(self.settings.graph_dir), text)
        return [
            {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
            for row in rows
        ]


class There:
    """A remote server, which follows the embedded store."""

    def __init__(self, name, url, credentials, settings):
        self.name = name
        self.settings = replace(settings, remote_store=url)
        self.credentials = Credentials(**credentials)
        self.follow(anew=True) if (settings.graph_dir / "current").exists() else None

    def follow(self, **options):
        return run_push(self.settings, credentials=self.credentials, **options)

    def rows(self, text):
        remote = Remote(self.settings.remote_store, credentials=self.credentials)
        try:
            return remote.select(PREFIXES + text)
        finally:
            remote.close()


@pytest.fixture(scope="module", params=["embedded", "newsgraph", "oxigraph", "virtuoso"])
def server(request, tmp_path_factory):
    """Yield the name of a kind of store with its address and credentials."""
    if request.param == "embedded":
        yield request.param, "", {}
        return
    with getattr(remote_servers, request.param)(tmp_path_factory.mktemp(request.param)) as (url, credentials):
        yield request.param, url, credentials


@pytest.fixture
def settings(tmp_path):
    settings = Settings(graph_dir=tmp_path / "graph")
    with open_writer(settings.graph_dir) as writer:
        writer.add([made("a"), made("b", verb="said", publisher=NASTY)], RUN)
    return settings


@pytest.fixture
def store(server, settings):
    """A store, wherever it is, that holds two articles."""
    name, url, credentials = server
    return There(name, url, credentials, settings) if url else Here(settings)


def write(store, *pairs, run=LATER):
    with open_writer(store.settings.graph_dir) as writer:
        writer.add(pairs, run)


def comparable(value):
    """Return a value in one form: servers write numbers and truth values in forms of their own."""
    try:
        return str(Decimal(value).normalize())
    except InvalidOperation:
        return {"true": "1", "false": "0"}.get(value, value)


def compared(rows):
    return sorted(sorted((name, comparable(value)) for name, value in row.items()) for row in rows)


def all_of(store):
    """Return all that is in newsgraph's graphs, but for the statement of a copy."""
    text = """SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o }
        FILTER(STRSTARTS(STR(?g), "https://newsgraph.example/"))
        FILTER(?g != g:published) }"""
    return compared(store.rows(text))


def same_as_here(store):
    here = Here(store.settings)
    found = all_of(store)
    assert len(found) > 200
    assert found == all_of(here)


def test_holds_the_whole_graph_and_says_so(store):
    same_as_here(store)
    assert store.rows("SELECT ?s { GRAPH ?g { ?s ?p ?o } FILTER(isBlank(?s) || isBlank(?o)) } LIMIT 1") == []
    if store.name != "embedded":
        says_what_it_holds(store)


def says_what_it_holds(copy):
    report = copy.follow()
    said = {row["p"]: row["o"] for row in copy.rows("SELECT ?p ?o { GRAPH g:published { ?s ?p ?o } }")}

    assert said[NAMESPACES["schema"] + "creativeWorkStatus"] == "whole"
    assert said[NAMESPACES["schema"] + "version"] == report.checkpoint
    assert (report.sent, report.is_exact) == (0, True)
    assert run_check(copy.settings, credentials=copy.credentials) == []


def test_holds_whatever_a_text_is_made_of(store):
    article, extraction = made("values")
    value = Value("money", 1_234_567.5, "USD", 0, 4, "at least")
    relations = tuple(replace(one, duration="P2W", values=(value,)) for one in extraction.relations)
    write(
        store,
        (article, replace(extraction, relations=relations)),
        naming("nasty", (NASTY, "PERSON"), ("Böhm–Öl \U00010348", "ORG"), said=LONG),
        made("years", other="Line\u2028break"),
    )

    store.follow()

    same_as_here(store)


def test_answers_questions_as_here(store):
    write(store, spoken("c", ("Ann", "said"), ("Bea", "denied"), (None, "said"), time="2023-03"))
    store.follow()
    here = Here(store.settings)

    for text in QUESTIONS:
        found = compared(store.rows(text))
        assert found
        assert found == compared(here.rows(text)), text


QUESTIONS = (
    "SELECT ?name (COUNT(?e) AS ?n) { GRAPH g:view { ?e skos:prefLabel ?name } } GROUP BY ?name",
    "SELECT ?who ?said { GRAPH ?g { ?a ng:stance ng:Denies ; schema:text ?said ; ng:source ?s } "
    "GRAPH g:identity { ?d ng:left ?s ; ng:right ?c } GRAPH g:view { ?c skos:prefLabel ?who } }",
    "SELECT ?t { GRAPH g:articles { ?t schema:datePublished ?d FILTER(?d > '2023-01-01'^^xsd:date) } }",
    "SELECT ?a { GRAPH g:articles { ?a a schema:NewsArticle "
    "FILTER NOT EXISTS { ?a schema:publisher 'Northern Wire' } } }",
    "SELECT (MAX(?c) AS ?most) { GRAPH ?g { ?m ng:confidence ?c } }",
)


def test_answers_the_query_pack_as_here(store):
    if store.name == "virtuoso":
        pytest.skip("Virtuoso knows no LATERAL: docs/reference/remote.md")
    write(store, spoken("c", ("Ann", "said"), ("Bea", "denied"), (None, "said"), time="2023-03"))
    store.follow()
    here = Here(store.settings)

    asked = 0
    for name in known_queries():
        text = load_query(name)
        text = bind(text, {LIMIT: "0"}) if f"${LIMIT}" in text and "needed" not in text else text
        needs_union = name == "unlinked_entities" and store.name == "newsgraph"
        if "needed" in text or "$" in text or needs_union:
            continue
        asked += 1
        assert compared(store.rows(text)) == compared(here.rows(text)), name
    assert asked >= 15


def test_follows_a_new_version_of_an_article(store):
    article, extraction = made("a", verb="said", other="Eve Frost")

    write(store, (article, extraction))
    report = store.follow()

    same_as_here(store)
    if report is not None:
        assert 0 < report.sent < len(all_of(store))


def test_forgets_what_was_retracted(store):
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with open_writer(store.settings.graph_dir) as writer:
        writer.retract(Retraction("b", "tester", at, "withdrawn"))

    store.follow()

    same_as_here(store)
    assert not store.rows("SELECT ?a { GRAPH g:articles { ?a schema:identifier 'b' } }")


def test_a_change_behind_our_back_is_found_and_mended(store):
    if store.name == "embedded":
        pytest.skip("only a copy can be changed behind our back")
    graph = sent_graphs(open_reader(store.settings.graph_dir).store)[-1]
    remote = Remote(store.settings.remote_store, credentials=store.credentials)
    remote.update(
        f"DROP SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH <{graph.value}x> {{ <u:a> <u:b> 'c' }} }}"
    )
    remote.close()

    [finding, *_] = run_check(store.settings, credentials=store.credentials)
    store.follow(anew=True)

    assert "has 0 triples, not " in finding
    assert run_check(store.settings, credentials=store.credentials) == []
    same_as_here(store)
