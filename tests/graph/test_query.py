"""Saved queries on a real store, and what a query may not do."""

import csv
import io
import json
import re
import socket
from dataclasses import replace

import pytest

from graph.decisions import Decision, Party
from graph.query import known_queries, load_query, question_of, run_query
from graph.retractions import Retraction
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.errors import QueryError, UnknownQueryError
from newsgraph.records import Entity, TextSpan
from tests.graph.copied import reprinted, telling, wire
from tests.graph.made import RUN, made, speaking, spoken

VOICES = [
    spoken("c", ("officials", "denied"), (None, "said"), publisher="Northern Wire"),
    spoken("d", (None, "said"), publisher="Eurasia", time="2023-03-14", parties=("Su-27", "MQ-9 Reaper")),
    spoken("e", ("Mark Milley", "doubted"), ("Ida Jung", "said"), via="Reuters", parties=("Su-27s", "MQ-9")),
    spoken("f", ("Emil Falk", "denied"), parties=("Su-27", "MQ-1"), time="2023-03-14"),
    spoken("g", ("Emil Falk", "said"), parties=("Su-27", "MQ-1"), time="2022-01-01"),
]

# What these articles have nothing to say to is asked in test_questions.py.
ELSEWHERE = {
    "appeared_with", "around", "changed_stance", "conflicting_events", "contacts_before", "disputed_between",
    "merges", "own_voice_elsewhere_attributed", "posts", "loaded_cues",
}  # fmt: skip
HERE = set(known_queries()) - ELSEWHERE

COPIES = [telling(wire()), telling(reprinted())]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    with open_writer(folder) as writer:
        writer.add([made("a", speaker="Ida Jung"), made("gone")], RUN)  # which no question on today sees
        writer.retract(Retraction("gone", "kim", RUN.started_at, "withdrawn"))
        known = speaking("k", "Kremlin", "seat/kremlin", "government/russia")
        writer.add([made("a"), made("b", verb="said", speaker="Gerd Holm"), *VOICES, *COPIES, known], RUN)
        parties = (Party("Gerd Holm", "PERSON"), Party("Emil Falk", "PERSON"))
        writer.record(Decision("different", *parties, "kim", RUN.started_at, "two ministers"))
    return open_reader(folder)


def rows(reader, query):
    return list(csv.DictReader(io.StringIO(run_query(reader, query, "csv"))))


@pytest.mark.parametrize("name", known_queries())
def test_every_saved_query_runs_and_says_what_it_gives(reader, name):
    text = load_query(name)
    documented = re.search(r"^# Columns: ([?\w ]+)$", text, flags=re.MULTILINE)
    answer = json.loads(run_query(reader, text, "json"))

    assert question_of(name).endswith("?")
    assert documented[1].replace("?", "").split() == answer["head"]["vars"]
    if name in HERE:
        assert answer["results"]["bindings"]


def test_who_only_takes_a_claim_up_is_shown_with_what_was_claimed(tmp_path):
    article, extraction = spoken("it", ("Ida Jung", "said"), ("Emil Falk", "denied"))
    claim, denial = extraction.attributions
    end = denial.content[-1].end
    denied_it = replace(denial, content=(TextSpan(end - 4, end),))
    with open_writer(tmp_path) as writer:
        writer.add([(article, replace(extraction, attributions=(claim, denied_it)))], RUN)

    [row] = rows(open_reader(tmp_path), load_query("who_denied_what"))

    claimed = " ".join(article.text[span.start : span.end] for span in claim.content)
    assert row["denied"] == f"{article.text[end - 4 : end]} [{claimed}]"


def test_who_denied_what_with_the_sentence(reader):
    [row] = [one for one in rows(reader, load_query("who_denied_what")) if one["who"] == "Anna Berg"]

    assert row["denied"] == "that Carl Dorn struck the MQ-9"
    assert row["sentence"] == "Anna Berg denied that Carl Dorn struck the MQ-9."
    assert (row["publisher"], row["date"]) == ("Northern Wire", "2023-03-16")


def test_what_is_only_claimed_is_no_edge(reader):
    assert run_query(reader, "ASK { ?a ng:met ?b }") == "true\n"
    assert run_query(reader, "ASK { GRAPH g:view { ?a ng:struck ?b } }") == "false\n"


def test_the_stance_matrix_has_all_voices_on_what_is_disputed_with_their_dates(reader):
    assert rows(reader, load_query("stance_matrix")) == [
        {
            "statement": "MQ-9 Reaper collided with Su-27",
            "asserting": "(the article's own voice), Eurasia [2023-03-14]; "
            "(the article's own voice), Northern Wire; Ida Jung",
            "denying": "officials",
            "undecided": "Mark Milley",
        }
    ]


def test_what_is_disputed_without_a_date_is_in_the_stance_matrix_too(tmp_path):
    with open_writer(tmp_path) as writer:
        writer.add([spoken("a", ("Ida Jung", "said")), spoken("b", ("Ann Roe", "said not"))], RUN)
    [row] = rows(open_reader(tmp_path), load_query("stance_matrix"))

    assert (row["asserting"], row["denying"], row["undecided"]) == ("Ida Jung", "Ann Roe", "")


@pytest.mark.parametrize("name", ["stance_matrix", "propositions_by_voice", "denials_without_claim"])
def test_who_denies_without_a_name_is_one_voice(tmp_path, name):
    article, extraction = spoken("a", ("Ida Jung", "denied"))
    unnamed = tuple(replace(one, speaker=None) for one in extraction.attributions)
    with open_writer(tmp_path) as writer:
        writer.add([(article, replace(extraction, attributions=unnamed))], RUN)
        if name == "stance_matrix":
            writer.add([spoken("b", ("Ida Jung", "said"))], RUN)
    [row] = rows(open_reader(tmp_path), load_query(name))

    assert (row.get("who") or row["denying"]) == "(unnamed)"


def test_what_is_said_of_two_days_is_not_disputed(reader):
    statements = [row["statement"] for row in rows(reader, load_query("stance_matrix"))]

    assert not [one for one in statements if "MQ-1" in one]


def test_each_voice_on_a_proposition_has_its_sentence(reader):
    told = [row for row in rows(reader, load_query("propositions_by_voice")) if row["article"] == "e"]

    assert [(row["stance"], row["who"], row["via"]) for row in told] == [
        ("Asserts", "Ida Jung", "Reuters"),
        ("Undetermined", "Mark Milley", "Reuters"),
    ]
    assert told[0]["sentence"] == "Ida Jung said (Reuters) that the Su-27s hit the MQ-9."


def test_a_claim_of_many_voices_is_none_of_a_single_one(reader):
    claims = rows(reader, load_query("single_voice_claims"))

    assert [(row["who"], row["when"], row["anonymous"]) for row in claims] == [
        ("Emil Falk", "2022-01-01", "false")
    ]


def test_a_denial_without_a_claim_is_told_unless_the_claim_is_made_with_another_date(reader):
    [row] = rows(reader, load_query("denials_without_claim"))

    assert (row["who"], row["denied"], row["when"]) == (
        "Emil Falk",
        "MQ-1 collided with Su-27",
        "2023-03-14",
    )


def test_second_hand_claims_tell_the_whole_chain(reader):
    told = rows(reader, load_query("second_hand_claims"))

    assert list(told[0])[:6] == ["who", "via", "stance", "said", "publisher", "date"]
    assert [(row["who"], row["via"], row["depth"], row["chain"]) for row in told] == [
        ("Ida Jung", "Reuters", "1", "Reuters"),
        ("Mark Milley", "Reuters", "1", "Reuters"),
    ]


def test_a_chain_is_told_from_the_speaker_outwards(tmp_path):
    article, extraction = made("a")
    [attribution], [mention, *_] = extraction.attributions, extraction.mentions
    relays = ("Zenith", "Anadolu", "Mirror")
    names = [f"e{number}" for number in range(4, 7)]
    longer = replace(
        extraction,
        entities=(*extraction.entities, *(Entity(*one, "ORG") for one in zip(names, relays, strict=True))),
        mentions=(*extraction.mentions, *(replace(mention, id=f"m1{one}", entity=one) for one in names)),
        attributions=(replace(attribution, relays=tuple(names), via="e4"),),
    )
    with open_writer(tmp_path) as writer:
        writer.add([(article, longer)], RUN)
    [row] = rows(open_reader(tmp_path), load_query("second_hand_claims"))

    assert (row["via"], row["depth"], row["chain"]) == ("Zenith", "3", "Zenith → Anadolu → Mirror")


def test_contacts_tell_posts_standing_and_stretch_of_time(tmp_path):
    article, extraction = made("a")
    struck, met = extraction.relations
    post = replace(
        struck, id="r2", predicate="holdsPostAt", subject="e0", object="e2", attribution=None, post="envoy"
    )
    denied = replace(met, id="r3", predicate="spokeWith", negated=True, attribution="a0", time=None)
    contact = replace(met, until="2023-03-15")
    with open_writer(tmp_path) as writer:
        writer.add([(article, replace(extraction, relations=(struck, contact, post, denied)))], RUN)
    actual, negated = rows(open_reader(tmp_path), load_query("contacts"))[::-1]

    assert (actual["one"], actual["onePost"], actual["how"], actual["other"], actual["otherPost"]) == (
        "Anna Berg",
        "envoy",
        "met",
        "Carl Dorn",
        "",
    )
    assert (actual["when"], actual["standing"], actual["accordingTo"], actual["stance"]) == (
        "2023-03-14/2023-03-15",
        "Actual",
        "(the article's own voice)",
        "",
    )
    assert (negated["standing"], negated["accordingTo"], negated["stance"]) == (
        "Negated",
        "Anna Berg",
        "Denies",
    )


def test_forms(reader):
    query = "SELECT ?n WHERE { ?a a ng:CanonicalEntity ; skos:prefLabel ?n } ORDER BY ?n LIMIT 1"
    construct = "CONSTRUCT { ?a ng:met ?b } WHERE { ?a ng:met ?b }"

    assert run_query(reader, query) == "n\n─────────\nAnna Berg\n(1 row)\n"
    assert run_query(reader, query, "csv") == "n\r\nAnna Berg\r\n"
    assert json.loads(run_query(reader, query, "json"))["results"]["bindings"][0]["n"]["value"] == "Anna Berg"
    assert "ng:met" in run_query(reader, construct, "ttl")
    with pytest.raises(QueryError, match="CONSTRUCT"):
        run_query(reader, query, "ttl")


def test_a_table_fits_its_place(reader):
    table = run_query(reader, load_query("who_denied_what"), width=80)

    assert max(map(len, table.splitlines())) <= 80


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "PREFIX a: <a:> # a\nDELETE WHERE { ?a ?b ?c }",
        "CLEAR ALL",
        "SELECT * WHERE { SERVICE <http://127.0.0.1:{port}/> { ?a ?b ?c } }",
        "SELECT * WHERE { service silent ?where { ?a ?b ?c } }",
        "LOAD <http://127.0.0.1:{port}/>",
        "nonsense of some words",
        "SELECT ?a WHERE { ?a ",
    ],
)
def test_a_query_reads_this_store_and_nothing_else(reader, query):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        with pytest.raises(QueryError) as caught:
            run_query(reader, query.replace("{port}", str(listener.getsockname()[1])))

        assert "\n" not in str(caught.value)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    ("query", "place"), [("SELECT ?a WHERE {", "1:18"), ("SELECT ?a\nWHERE { ?a ng:met }", "2:19")]
)
def test_what_is_no_sparql_is_told_briefly_with_its_place(reader, query, place):
    with pytest.raises(QueryError, match=f"^not SPARQL: error at {place}: .{{,160}}…$"):
        run_query(reader, query)


def test_a_prefix_of_ones_own_goes_before_ours(reader):
    own = "PREFIX ng: <https://schema.org/> SELECT (STR(ng:met) AS ?iri) {}"

    assert run_query(reader, own, "csv").splitlines() == ["iri", "https://schema.org/met"]


def test_words_inside_quotes_are_no_commands(reader):
    assert run_query(reader, 'ASK { FILTER("SERVICE; LOAD; DROP" != "") } # CLEAR ALL') == "true\n"


def test_an_unknown_name_lists_the_known():
    with pytest.raises(UnknownQueryError, match="who_denied_what"):
        load_query("who_knows")
