"""Statements that are made as text are the quads that they say."""

from pyoxigraph import Literal, NamedNode, Quad

from graph.journal import unpacked
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
