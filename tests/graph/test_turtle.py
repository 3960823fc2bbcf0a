"""Statements that are made as text are the quads that they say."""

from pyoxigraph import Literal, NamedNode, Quad

from graph.build import decision_quads
from graph.journal import unpacked
from graph.resolve import Identity
from graph.terms import IDENTITY, ng, reviewed_iri
from graph.turtle import packed_texts, quads_in, with_places

NODE, OTHER, GRAPH = (NamedNode(f"https://example.org/{name}") for name in ("a%20b", "other", "graph"))
SAYS = NamedNode("https://example.org/says")
WORDS = Literal('100 %s,\nhe "said" \\ <p0> ; .')


def test_words_that_look_like_a_place_stay_as_they_are():
    text, names = with_places(NODE, [(SAYS, WORDS), (SAYS, "e0"), (SAYS, NODE)])

    assert names == ("e0",)
    assert quads_in(GRAPH, [text % f"{OTHER}"]) == [
        Quad(NODE, SAYS, one, GRAPH) for one in (WORDS, OTHER, NODE)
    ]


def test_quads_are_counted():
    text, _ = with_places(NODE, [(SAYS, WORDS), (SAYS, OTHER)])
    one, other = text % (), f"{OTHER} {SAYS} {WORDS} .\n"

    packed, count = packed_texts({GRAPH: [one, other], OTHER: [other]})

    assert count == len(list(unpacked(packed))) == 4


def test_a_decision_has_its_reason_its_profile_and_what_reviewers_decided():
    quads = decision_quads(
        "0" * 16, {"e0": Identity(OTHER, WORDS.value, NODE.value, ("decision-1", "decision-2"))}
    )

    said = {(quad.predicate, quad.object) for quad in quads}
    assert {(ng("right"), OTHER), (ng("reason"), WORDS), (ng("profile"), NODE)} < said
    assert {(ng("restsOn"), reviewed_iri(f"decision-{number}")) for number in (1, 2)} < said
    assert {quad.graph_name for quad in quads} == {IDENTITY}
    assert len(quads) == 8
