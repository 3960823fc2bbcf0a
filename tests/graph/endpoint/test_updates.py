"""Whatever a client sends as an update, newsgraph's own graphs stay as they are."""

from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from graph.endpoint.updates import Dataset, read_update
from graph.terms import VIEW
from newsgraph.errors import QueryError, RefusedError

BASE = "http://here.example/sparql"
OWN, MINE = f"<{VIEW.value}>", "<http://client.example/g>"
A = NamedNode("http://a.example/")


def store():
    filled = Store()
    filled.extend([Quad(A, A, A, VIEW), Quad(A, A, A, NamedNode(MINE[1:-1])), Quad(A, A, VIEW, VIEW)])
    return filled


def run(text, on=None, **options):
    on = store() if on is None else on
    update = read_update(text, BASE, **options)
    on.update(update.text, prefixes=update.prefixes)
    return on


def own(of):
    return of.dump(format=RdfFormat.N_TRIPLES, from_graph=VIEW)


@pytest.mark.parametrize(
    "text",
    [
        f"INSERT DATA {{ GRAPH {OWN} {{ <a> <b> <c> }} }}",
        f"PREFIX x: {OWN} INSERT DATA {{ GRAPH x: {{ <a> <b> <c> }} }}",
        "INSERT DATA { GRAPH g:view { <a> <b> <c> } }",
        "INSERT DATA { GRAPH g:v\\u0069ew { <a> <b> <c> } }",
        "INSERT DATA { GRAPH <https://newsgraph.exampl\\u0065/graph/view> { <a> <b> <c> } }",
        "BASE <https://newsgraph.example/graph/> INSERT DATA { GRAPH <view> { <a> <b> <c> } }",
        "BASE <https://newsgraph.example/> BASE <graph/> INSERT DATA { GRAPH <x/../view> { <a> <b> <c> } }",
        "INSERT DATA { <a> <b> <c> }",
        f"WITH {OWN} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"WITH {MINE} DELETE {{ ?s ?p ?o . GRAPH {OWN} {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
        f"INSERT {{ GRAPH {MINE} {{ ?s ?p 1 }} GRAPH ?g {{ ?s ?p 1 }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        f"DELETE WHERE {{ GRAPH {OWN} {{ ?s ?p ?o }} }}",
        "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "drop silent named",
        "CLEAR DEFAULT",
        f"DROP GRAPH {OWN}",
        f"CREATE SILENT GRAPH {OWN}",
        f"COPY {MINE} TO {OWN}",
        f"ADD {MINE} TO DEFAULT",
        f"MOVE {OWN} TO {MINE}",
        f"INSERT DATA {{ GRAPH {MINE} {{ <a> <b> <c> }} }} ; DROP GRAPH {OWN}",
        # Where a comparison looks like an IRI, and what follows like a string:
        f"DELETE {{ GRAPH {MINE} {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o FILTER(1<'>'' ) }} ; DROP GRAPH {OWN} ; "
        f"DELETE {{ GRAPH {MINE} {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o FILTER('' = '') }}",
        f"DELETE {{ GRAPH {MINE} {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o FILTER(?o<#> ) }} ; # \n"
        f" ) }} ; DROP GRAPH {OWN}",
        f"INSERT DATA {{ GRAPH {MINE} {{ <a> <b> '''x' }} }} ; DROP GRAPH {OWN} ; #''' }} }}",
        f'INSERT DATA {{ GRAPH {MINE} {{ <a> <b> "\\" }} }} ; DROP GRAPH {OWN} ; # }} }}',
        f"LOAD <http://127.0.0.1:1/> INTO GRAPH {MINE}",
        f"INSERT {{ GRAPH {MINE} {{ ?s ?p ?o }} }} WHERE {{ SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?o }} }}",
    ],
)
def test_newsgraphs_own_graphs_cannot_be_changed(text):
    on = store()

    try:
        run(text, on)
        refused = False
    except (QueryError, SyntaxError):
        refused = True

    assert own(on) == own(store())
    assert refused or "'''x'" in text  # which is a string, and nothing but a string


@pytest.mark.parametrize(
    ("text", "then"),
    [
        (f"INSERT DATA {{ GRAPH {MINE} {{ <a> a <b>, \"x\"@en, '''y\n\"''', 1.5e3, -2, true, [] }} }}", 8),
        (f"INSERT {{ GRAPH {MINE} {{ ?s ?p {OWN} }} }} WHERE {{ GRAPH {OWN} {{ ?s ?p ?o }} }}", 2),
        (f"WITH {MINE} DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 5 . ?s ?p 6 }} WHERE {{ ?s ?p ?o }}", 2),
        (f"DELETE WHERE {{ GRAPH {MINE} {{ ?s ?p ?o }} }}", 0),
        (f"CLEAR GRAPH {MINE} ; INSERT DATA {{ GRAPH {MINE} {{ <a> <b> '#', '}}' }} }} ;", 2),
        (f"COPY {OWN} TO {MINE}", 2),
        ("PREFIX c: <http://client.example/> INSERT DATA { GRAPH c:g { c:x%41 c:y\\-z c: } } # end", 2),
        (f"INSERT {{ GRAPH {MINE} {{ ?s ?p 7 }} }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(1 < 2) }}", 2),
    ],
)
def test_a_clients_graph_can_be_changed_in_all_ways(text, then):
    assert len(list(run(text).quads_for_pattern(None, None, None, NamedNode(MINE[1:-1])))) == then


def test_strings_are_kept_to_the_letter():
    nasty = "'''quote \" two \"\" back \\\\ tab\\t nl\n unicode \\u00fc \U0001f600 it''s'''"

    [quad] = run(f"INSERT DATA {{ GRAPH {MINE} {{ <a> <b> {nasty} }} }}", Store())

    assert quad.object.value == 'quote " two "" back \\ tab\t nl\n unicode ü \U0001f600 it\'\'s'


def test_graphs_to_use_come_as_parameters_or_in_the_text_but_not_both():
    text = f"INSERT {{ GRAPH {MINE} {{ ?s ?p 9 }} }} WHERE {{ ?s ?p ?o }}"

    used = run(text, using=Dataset((VIEW.value,)))

    assert [quad for quad in used if str(quad.object).startswith('"9"')]
    with pytest.raises(QueryError, match="given twice"):
        run(text.replace("WHERE", f"USING {MINE} WHERE"), using=Dataset((VIEW.value,)))


def test_a_general_store_may_be_written_everywhere():
    on = run(f"CLEAR ALL ; INSERT DATA {{ GRAPH {OWN} {{ <a> <b> <c> }} <d> <e> <f> }}", any_graph=True)

    assert len(on) == 2


def test_what_is_wrong_is_told_with_its_line():
    for text, told in (
        ("CLEAR\n\nGRAPH nope:x", "line 3: the prefix nope: is not declared"),
        ("SELECT * {}", "line 1: expected the begin of an update, found 'SELECT'"),
        (f"INSERT DATA\n{{ GRAPH {MINE} {{", "ends within braces"),
        ("PREFIX a:", "the text ends within PREFIX"),
        ("PREFIX a b", "ends in a colon"),
        ("INSERT DATA { \\ }", "is not SPARQL"),
        ("\n".join(["INSERT DATA", "{" * 200]), "line 2: brackets are nested more than 100 deep"),
    ):
        with pytest.raises(QueryError, match=told.replace("*", ".")):
            read_update(text, BASE)


_PIECES = [
    "INSERT DATA {",
    "INSERT {",
    "DELETE {",
    "DELETE WHERE {",
    "WHERE {",
    "}",
    "} }",
    "GRAPH",
    "GRAPH g:view {",
    "?g",
    "?s ?p ?o",
    ".",
    ";",
    "'",
    "''",
    "'''",
    '"',
    '"""',
    "\\",
    "#",
    "\n",
    "<",
    ">",
    "<'>",
    "<#>",
    "<a>",
    "DROP GRAPH",
    "CLEAR",
    "ALL",
    "SILENT",
    "DEFAULT",
    "NAMED",
    "COPY",
    "MOVE",
    "ADD",
    "TO",
    "WITH",
    "USING",
    "FILTER(",
    ")",
    "1",
    "&&",
    "PREFIX g:",
    "BASE",
    "<https://newsgraph.example/graph/>",
    "<view>",
    "g:view",
    "a:b",
    "_:x",
    "@en",
    "^^",
    "[",
    "]",
    ",",
    "{",
    "",
    "",
    "^",
    "=",
    "<=",
    "\\u0027",
    "DATA",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from([*_PIECES, OWN, MINE]), max_size=30).map(" ".join))
@example(f"DROP GRAPH {OWN}")
def test_no_text_changes_them(text):
    on = store()

    with suppress(QueryError, SyntaxError, RuntimeError, OSError):
        run(text, on)

    assert own(on) == own(store())


_BREAKS = st.lists(st.sampled_from(["'", '"', "'''", '"""', "#", "\n", ">", ")", "}", " ", "''"]), max_size=4)
_BEGINS = ["", "'", '"', "'''", '"""', "<", "<'>", "<#>", "<a>", "#", "\\", "\\'", "1<", "?a<?b>"]


@settings(max_examples=200)
@given(
    hidden=st.sampled_from(_BEGINS),
    opened=_BREAKS,
    closed=_BREAKS,
)
def test_nothing_hides_in_a_filter(hidden, opened, closed):
    begin = f"DELETE {{ GRAPH {MINE} {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o FILTER(1"
    text = f"{begin}{hidden}{''.join(opened)}) }} ; DROP GRAPH {OWN} ; {begin}{''.join(closed)}=1) }}"
    on = store()

    with suppress(QueryError, SyntaxError, RuntimeError, OSError):
        run(text, on)

    assert own(on) == own(store())


def test_what_is_not_allowed_is_told_as_that():
    with pytest.raises(RefusedError, match="newsgraph's own"):
        read_update("DROP GRAPH g:view", BASE)
