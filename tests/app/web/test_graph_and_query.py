"""/graph and /query over HTTP: what is asked stands in the address, what articles say stays text."""

import csv
import io
import json
import re
from html import unescape
from urllib.parse import quote, urlencode

import pytest

from app.web.page.meant import asked_back, candidates
from graph.store import open_writer
from tests.app.web.serving import AUTHORIZATION, served
from tests.graph.made import RUN, made

HTML = {"Accept": "text/html"}
EVIL = "Eve </script><script>alert(1)</script><img src=x onerror=alert(1)>"
COUNT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?q }"
NAMES = "SELECT ?entity ?name { GRAPH g:view { ?entity a ng:CanonicalEntity ; skos:prefLabel ?name } }"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("page") / "graph"
    with open_writer(folder) as writer:
        writer.add([made("a"), made("b", speaker=EVIL, other="Gerd Holm", publisher="<b>Bold</b> Wire")], RUN)
    with served(folder, "--time-limit", "2", "--memory-limit", "400") as server:
        yield server


def shown(server, path, **parameters):
    return server.ask("GET", f"{path}?{urlencode(parameters, doseq=True, quote_via=quote)}", headers=HTML)


def text_of(got):
    """Return what a page says, without its marks."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", got.text)).split())


def drawn(got):
    return json.loads(re.search(r'<script type="application/json" id="network">(.*?)</script>', got.text)[1])


def iri_of(server, name):
    [entity] = [
        one["entity"]["value"]
        for one in json.loads(server.query(NAMES).body)["results"]["bindings"]
        if one["name"]["value"] == name
    ]
    return entity


# ---- The graph


def test_conditions_stand_in_the_address(server):
    everything = drawn(shown(server, "/graph"))
    near = drawn(shown(server, "/graph", around=iri_of(server, "Anna Berg")))
    facts = drawn(shown(server, "/graph", around="Anna Berg", kind=["fact"]))

    assert len(everything["nodes"]) > len(near["nodes"]) > 1
    assert {one["values"]["standing"] for one in facts["edges"]} == {"fact"}
    assert {one["values"]["standing"] for one in near["edges"]} == {"fact", "claim"} - {"claim"} or near[
        "edges"
    ]


def test_the_lists_hold_what_is_drawn_with_its_voice_and_its_article(server):
    got = shown(server, "/graph", kind=["claim"])

    assert "struck" in text_of(got)
    assert "denies" in text_of(got)
    assert got.text.count("data-edge=") == len(drawn(got)["edges"]) > 0
    assert got.text.count("data-node=") == len(drawn(got)["nodes"]) > 0
    assert "/article?iri=https%3A%2F%2Fnewsgraph.example%2Fid%2Farticle-" in got.text


@pytest.mark.parametrize(
    ("parameters", "status", "told"),
    [
        ({"around": "https://newsgraph.example/id/person-nobody-00000000"}, 404, "The graph has no entity"),
        ({"around": "Nobody"}, 400, "No entity of the graph is called 'Nobody'"),
        ({"type": "<script>"}, 400, "Type is none of"),
        ({"from": "soon"}, 400, "From is no day"),
        ({"depth": "-1e9"}, 400, "Depth is no whole number"),
    ],
)
def test_what_is_wrong_is_told_beside_the_form(server, parameters, status, told):
    got = shown(server, "/graph", **parameters)

    assert (got.status, told in text_of(got)) == (status, True)
    assert 'action="/graph"' in got.text


def test_a_cut_is_told_with_how_to_narrow(server):
    got = shown(server, "/graph", most="2")

    assert len(drawn(got)["nodes"]) == 2
    assert re.search(
        r"Cut: these are the entities that most independent texts link, of \d+\. .*narrow", text_of(got)
    )


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("gexf", "application/gexf+xml"),
        ("graphml", "application/graphml+xml"),
        ("cyjs", "application/json"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_what_is_seen_is_saved_by_a_plain_link(server, form, media):
    page = shown(server, "/graph", around="Anna Berg")
    [link] = re.findall(rf'href="(/graph\.{form}\?[^"]*)"', page.text)

    got = server.ask("GET", unescape(link))

    assert (got.status, got.headers["Content-Type"]) == (200, media)
    assert got.headers["Content-Disposition"] == f'attachment; filename="newsgraph.{form}"'
    assert "Anna Berg" in got.text
    assert "Gerd Holm" not in got.text


def test_there_is_no_other_kind_of_file(server):
    assert server.ask("GET", "/graph.exe").status == 404
    assert server.ask("GET", "/graph.gexf?depth=x").status == 400


# ---- SPARQL


def test_rows_link_to_what_the_page_has_more_on(server):
    got = shown(server, "/query", q=NAMES)

    assert f'href="/entity?iri={quote(iri_of(server, "Anna Berg"), safe="")}"' in got.text
    assert "Anna Berg" in text_of(got)
    assert got.headers["ETag"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * {\n ?a ?b }", "Line 2, column 9: No SPARQL"),
        ("INSERT DATA { <http://a.example/> <http://b.example/> 1 }", "This page only reads: INSERT"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }", "SERVICE is not allowed"),
        ("LOAD <file:///etc/passwd>", "LOAD is not allowed"),
        ("ASK " + "{" * 500 + "}" * 500, "nested"),
        ("<script>alert(1)</script>", "No SPARQL"),
    ],
)
def test_hostile_queries_are_told_what_is_wrong_and_change_nothing(server, text, told):
    before = server.query(COUNT).body

    got = shown(server, "/query", q=text)

    assert (got.status, told in text_of(got)) == (400, True)
    assert "<script>alert" not in got.text
    assert server.query(COUNT).body == before


def test_a_query_that_does_not_end_is_stopped_and_said_to_be(server):
    got = shown(server, "/query", q=ENDLESS)

    assert (got.status, "Stopped at the time limit of 2 seconds" in text_of(got)) == (504, True)
    assert ENDLESS in unescape(got.text)
    assert shown(server, "/query", q=NAMES).status == 200


@pytest.mark.parametrize("text", ["ASK { FILTER(" + "1+" * 100_000 + "1 > 0) }", "#" + "x" * 300_000])
def test_a_huge_query_takes_nothing_down(server, text):
    got = server.ask(
        "POST",
        "/query",
        urlencode({"q": text}),
        {**HTML, "Content-Type": "application/x-www-form-urlencoded"},
    )

    assert got.status in (400, 413, 500, 504)
    assert shown(server, "/query", q=NAMES).status == 200


def test_a_form_leads_to_an_address_that_can_be_shared(server):
    form = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}

    got = server.ask("POST", "/query", urlencode({"q": NAMES}), form)

    assert got.status == 303
    assert "Anna Berg" in text_of(server.ask("GET", got.headers["Location"], headers=HTML))


def test_a_query_too_long_for_an_address_is_answered_and_said_to_be(server):
    form = {**HTML, "Content-Type": "application/x-www-form-urlencoded"}

    got = server.ask("POST", "/query", urlencode({"q": f"{NAMES} # {'long ' * 2000}"}), form)

    assert got.status == 200
    assert "too long for an address" in text_of(got)
    assert "Anna Berg" in text_of(got)
    assert '<form class="downloads line" action="/sparql" method="post">' in got.text


def test_another_site_cannot_send_the_form(server):
    form = {
        **HTML,
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": "https://evil.example",
    }

    assert server.ask("POST", "/query", urlencode({"q": NAMES}), form).status == 403


def test_who_is_signed_in_cannot_write_by_the_page_either(server):
    got = server.ask("GET", f"/query?{urlencode({'q': 'CLEAR ALL'})}", headers={**HTML, **AUTHORIZATION})

    assert (got.status, "This page only reads" in text_of(got)) == (400, True)


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
    ],
)
def test_the_endpoint_gives_a_file_by_its_address_alone(server, form, media):
    got = server.ask("GET", f"/sparql?{urlencode({'query': NAMES, 'format': form})}", headers=HTML)

    assert (got.status, got.headers["Content-Type"]) == (200, media)
    assert got.headers["Content-Disposition"] == f'attachment; filename="answer.{form}"'
    assert "Anna Berg" in got.text


def test_triples_are_saved_as_triples_and_other_formats_refused(server):
    construct = "CONSTRUCT { ?a ng:met ?b } { GRAPH g:view { ?a ng:met ?b } }"

    turtle = server.ask("GET", f"/sparql?{urlencode({'query': construct, 'format': 'ttl'})}")
    table = server.ask("GET", f"/sparql?{urlencode({'query': construct, 'format': 'csv'})}")
    unknown = server.ask("GET", f"/sparql?{urlencode({'query': construct, 'format': 'exe'})}")

    assert (turtle.status, turtle.headers["Content-Type"]) == (200, "text/turtle; charset=utf-8")
    assert (table.status, unknown.status) == (406, 400)


# ---- Questions


def test_questions_are_listed_with_their_fields(server):
    got = shown(server, "/query/stances")

    assert got.text.count('<li><a href="/query/') > 30
    assert re.search(r'<input name="proposition" [^>]*required', got.text)


def test_a_question_is_answered_by_its_address(server):
    got = shown(server, "/query/who_denied_what", denier="anna berg")

    assert got.status == 200
    assert "newsgraph ask who_denied_what denier='anna berg'" in text_of(got)
    [table] = re.findall(r"<tbody>(.*?)</tbody>", got.text, flags=re.DOTALL)
    assert table.count("<tr>") == 1


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/query/who_denied_what", {"denier": 'x" } INSERT DATA { <a:a> <a:b> "'}, 400),
        ("/query/who_denied_what", {"denier": "<g:view>"}, 400),
        ("/query/who_denied_what", {"denier; DROP": "x"}, 400),
        ("/query/on_day", {"day": "2023-03-16' OR 1"}, 400),
        ("/query/..%2F..%2Fpyproject", {}, 404),
        ("/query/nothing", {}, 404),
    ],
)
def test_values_stay_values(server, path, parameters, status):
    before = server.query(COUNT).body

    assert shown(server, path, **parameters).status == status
    assert server.query(COUNT).body == before


def test_a_whole_answer_is_saved(server):
    got = server.ask("GET", "/query/who_denied_what.csv?denier=Anna%20Berg")

    assert got.headers["Content-Disposition"] == 'attachment; filename="who_denied_what.csv"'
    assert [row["who"] for row in csv.DictReader(io.StringIO(got.text))] == ["Anna Berg"]
    assert server.ask("GET", "/query/who_denied_what.exe").status == 404


def test_what_a_name_may_mean_can_be_chosen_from():
    listed = (("id:person-a-1", "Amrath, 9 mentions"), ("id:loc-b-2", "Amrath (town), 1 mentions"))
    unclear = {"written": "Amrath", "reason": "2 entities are called 'Amrath'", "candidates": listed}

    [one, other] = candidates(unclear, "/query/names_of", {"from": "2024-01-01", "entity": "Amrath"})
    [near, _] = candidates(unclear, "/graph", {"around": ["Lloyd Austin", " Amrath"]})

    assert (one.words, other.words) == ("Amrath, 9 mentions", "Amrath (town), 1 mentions")
    assert one.address == "/query/names_of?from=2024-01-01&entity=id%3Aperson-a-1"
    assert near.address == "/graph?around=Lloyd%20Austin&around=id%3Aperson-a-1"
    assert asked_back(unclear) == "2 entities are called 'Amrath'; which is meant?"


@pytest.mark.parametrize(
    ("path", "name"), [("/graph", "around"), ("/query/names_of", "entity"), ("/query/contacts", "person")]
)
def test_what_nothing_is_called_leads_to_what_is_called_nearly_so(server, path, name):
    got = shown(server, path, **{name: "Qu: Xyz"})
    assert got.status == 400
    assert "No entity of the graph is called &#39;Qu: Xyz&#39;." in got.text

    for written in ("gerd hol", "Gerd: Hol"):
        near = shown(server, path, **{name: written})
        assert near.status == 400
        assert f"No entity of the graph is called &#39;{written}&#39;; which is meant?" in near.text
        [address] = re.findall(
            rf'href="({re.escape(path)}\?{name}=id[^"]+)">Gerd Holm, \d+ mentions', near.text
        )
        assert server.ask("GET", address, headers=HTML).status == 200


# ---- What articles say is text


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/graph", {"around": EVIL, "kind": ["fact", "claim", "about"]}),
        ("/query", {"q": NAMES}),
        ("/query", {"q": "SELECT ?a ?b { GRAPH g:view { ?a ng:met ?b } }", "show": "graph"}),
        ("/query", {"q": "SELECT ?n (1 AS ?x) { GRAPH g:view { ?e skos:prefLabel ?n } }", "show": "chart"}),
        ("/query/who_denied_what", {}),
    ],
)
def test_names_from_articles_are_shown_and_never_run(server, path, parameters):
    got = shown(server, path, **parameters)

    assert got.status == 200
    assert "alert(1)" in got.text
    assert not re.search(r"<script>alert|<img src=x|<b>Bold", got.text)
    assert "script-src 'self'" in got.headers["Content-Security-Policy"]


def test_the_words_to_complete_are_given(server):
    words = json.loads(server.ask("GET", "/query/words.json").body)

    assert {"ng:", "ng:CanonicalEntity", "SELECT", "g:view"} <= {word["name"] for word in words}
