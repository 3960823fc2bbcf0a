"""Saved queries on a real store, and what a query may not do."""

import csv
import io
import json
import re
import socket

import pytest

from graph.query import known_queries, load_query, question_of, run_query
from graph.store import open_reader, open_writer
from newsgraph.errors import QueryError, UnknownQueryError
from tests.graph.made import RUN, made


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    with open_writer(folder) as writer:
        writer.add([made("a"), made("b", verb="said", speaker="Gerd Holm")], RUN)
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
    assert answer["results"]["bindings"] or name == "second_hand_claims"


def test_who_denied_what_with_the_sentence(reader):
    [row] = rows(reader, load_query("who_denied_what"))

    assert row["who"] == "Anna Berg"
    assert row["denied"] == "that Carl Dorn struck the MQ-9"
    assert row["sentence"] == "Anna Berg denied that Carl Dorn struck the MQ-9."
    assert (row["publisher"], row["date"]) == ("Northern Wire", "2023-03-16")


def test_what_is_only_claimed_is_no_edge(reader):
    assert run_query(reader, "ASK { ?a ng:met ?b }") == "true\n"
    assert run_query(reader, "ASK { GRAPH g:view { ?a ng:struck ?b } }") == "false\n"
    [row] = rows(reader, load_query("stance_matrix"))[1:]
    assert (row["about"], row["denying"], row["asserting"]) == ("MQ-9", "Anna Berg", "Gerd Holm")


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


def test_words_inside_quotes_are_no_commands(reader):
    assert run_query(reader, 'ASK { FILTER("SERVICE; LOAD; DROP" != "") } # CLEAR ALL') == "true\n"


def test_an_unknown_name_lists_the_known():
    with pytest.raises(UnknownQueryError, match="who_denied_what"):
        load_query("who_knows")
