"""Rows as they are written, read back by another library."""

import io

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, Store
from rdflib.query import Result

from graph.endpoint.answers import answer
from graph.endpoint.formats import BOOLEAN, ROWS, NotAcceptableError, chosen
from graph.endpoint.messages import Limits, Request
from graph.endpoint.solutions import written_rows

BASE = "http://here.example/"
LETTERS = st.characters(codec="utf-8", exclude_characters="\0")
TEXT = st.text(st.one_of(LETTERS, st.sampled_from("\n\r\t\"'\\<>&,;]}")), max_size=12)
IRIS = st.sampled_from(["http://a.example/", "http://a.example/ü#x", "urn:b"])
TERMS = st.one_of(
    st.none(),
    IRIS.map(NamedNode),
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="en")),
    TEXT.map(lambda text: Literal(text, datatype=NamedNode("http://a.example/type"))),
    st.integers().map(Literal),
    st.just(BlankNode("b1")),
)


def as_rdflib(term):
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return "blank"
    if isinstance(term, Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False).n3()
    return None


def read_back(term):
    if isinstance(term, rdflib.BNode):
        return "blank"
    if isinstance(term, rdflib.Literal):
        datatype = None if term.language else term.datatype or rdflib.XSD.string
        return rdflib.Literal(str(term), lang=term.language, datatype=datatype, normalize=False).n3()
    return term


@settings(max_examples=200)
@given(st.lists(st.tuples(TERMS, TERMS), max_size=4))
def test_json_gives_every_term_back(rows):
    written = "".join(written_rows("json", ["a", "b"], rows)).encode()

    result = Result.parse(io.BytesIO(written), format="json")

    found = [[read_back(row.get(rdflib.Variable(name))) for name in "ab"] for row in result.bindings]
    assert found == [[as_rdflib(term) for term in row] for row in rows]


XML_TEXT = st.text(
    st.characters(codec="utf-8", min_codepoint=32, exclude_categories=["Cs", "Cc"]), max_size=9
)


@settings(max_examples=200)
@given(st.lists(XML_TEXT | st.sampled_from(["a\nb\tc", "d\re", "<&>'\"]]>"]), max_size=4))
def test_xml_gives_text_back(texts):
    texts = [text.replace("\ufffe", "").replace("\uffff", "") for text in texts]
    written = "".join(written_rows("xml", ["a"], [[Literal(text)] for text in texts])).encode()

    result = Result.parse(io.BytesIO(written), format="xml")

    assert [str(row[0]) for row in result] == texts


def test_what_xml_cannot_hold_does_not_break_it():
    written = "".join(written_rows("xml", ["a"], [[Literal("a\0b\x1b\uffff")]])).encode()

    assert [str(row[0]) for row in Result.parse(io.BytesIO(written), format="xml")] == [
        "a\ufffdb\ufffd\ufffd"
    ]


@settings(max_examples=100)
@given(st.lists(TEXT, max_size=4))
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_tables_are_those_of_the_engine(form, texts):
    store = Store()
    printable = [
        "".join(letter for letter in text if letter in "\t\r\n" or letter.isprintable()) for text in texts
    ]
    values = " ".join(str(Literal(text)) for text in printable)
    query = f"SELECT ?a (<http://x> AS ?b) ?none {{ VALUES ?a {{ {values} }} }}"
    solutions = list(store.query(query))
    engine = store.query(query).serialize(format=QueryResultsFormat.from_extension(form)).decode()

    rows = [[one["a"], one["b"], one["none"]] for one in solutions]
    assert "".join(written_rows(form, ["a", "b", "none"], rows)) == engine


@pytest.mark.parametrize("form", sorted(set(ROWS.values())))
def test_a_row_that_is_one_too_many_is_not_passed_over(form):
    media = next(media for media, name in ROWS.items() if name == form)
    query = b"SELECT ?a { VALUES ?a { 1 2 3 } }"

    for rows, status in ((2, "too much"), (3, "done")):
        assert answer(Store(), Request("query", BASE, media), query, Limits(rows=rows)).reply.status == status
    assert (
        answer(Store(), Request("query", BASE, media), query, Limits(answer_bytes=5)).reply.status
        == "too much"
    )


def test_the_closest_wish_counts():
    assert chosen("text/*;q=0.3, text/csv;q=0.2, */*;q=0.1", ROWS) == "text/tab-separated-values"
    assert chosen("", ROWS) == "application/sparql-results+json"
    assert chosen("application/xml", BOOLEAN) == "application/sparql-results+xml"
    assert chosen("text/csv;q=nonsense, */*", ROWS) == "application/sparql-results+json"
    with pytest.raises(NotAcceptableError, match="text/csv"):
        chosen("image/png, */*;q=0", ROWS)
