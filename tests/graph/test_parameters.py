"""Values for saved queries: checked, and bound as terms wherever they come from."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Store

from graph.parameters import bind, parameters_of
from newsgraph.errors import QueryError

QUERY = """# Which things are called so?
# Parameter: name (text): exactly this
# Parameter: at (time): seen by then
# Parameter: day (date): of that day
# Parameter: n (number): as many
# no $name here
SELECT ?s ("$name" AS ?literally) WHERE { ?s <http://e/$name> ?o FILTER(COALESCE(?o = $name, true)) }
"""


def asked(value, stored):
    store = Store()
    store.add(Quad(NamedNode("http://e/s"), NamedNode("http://e/$name"), Literal(stored)))
    answer = store.query(bind(QUERY, {"name": value})).serialize(format=QueryResultsFormat.JSON)
    return json.loads(answer)["results"]["bindings"]


def test_a_query_tells_what_it_may_be_given():
    assert [(one.name, one.kind) for one in parameters_of(QUERY)] == [
        ("name", "text"),
        ("at", "time"),
        ("day", "date"),
        ("n", "number"),
    ]


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_any_text_is_only_a_text(value):
    [row] = asked(value, value)
    assert row["literally"]["value"] == "$name", "what stands in quotes or an IRI is no parameter"
    assert asked(value, value + "x") == []


@pytest.mark.parametrize("value", ['" } DROP ALL #', "\\", '"""', "$name", "\n\r\t\u2028", "<http://e/s>"])
def test_hostile_text_changes_no_query(value):
    assert len(asked(value, value)) == 1
    assert asked(value, "else") == []


def test_what_is_not_given_binds_nothing():
    assert bind(QUERY, {}) == QUERY


@pytest.mark.parametrize(("value", "term"), [
    ("2026-03-01", "2026-03-01T23:59:59.999999Z"),
    ("2026-03-01T18:30", "2026-03-01T18:30:00Z"),
    ("2026-03-01T18:30:00+02:00", "2026-03-01T16:30:00Z"),
    ("2026-03-01T18:30Z", "2026-03-01T18:30:00Z"),
])  # fmt: skip
def test_a_time_is_a_moment_and_a_day_its_end(value, term):
    bound = bind("# Parameter: at (time): then\nASK { ?s ?p $at }", {"at": value})

    assert f'"{term}"^^<http://www.w3.org/2001/XMLSchema#dateTime>' in bound


@pytest.mark.parametrize(("name", "value", "line"), [
    ("nobody", "1", "no parameter 'nobody' here; known: name (text), at (time), day (date), n (number)"),
    ("at", "yesterday", "at='yesterday' is no time; write it like 2026-03-01 or"),
    ("at", "0001-01-01T00:00+12:00", "is no time"),
    ("day", "2026-02-30", "is no date"),
    ("n", "1e3", "is no number"),
    ("name", "\udcff", "is no text"),
])  # fmt: skip
def test_what_does_not_fit_is_told_in_one_line(name, value, line):
    with pytest.raises(QueryError) as raised:
        bind(QUERY, {name: value})

    assert line in str(raised.value)
    assert "\n" not in str(raised.value)
