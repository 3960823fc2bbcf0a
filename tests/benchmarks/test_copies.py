"""Copies in made-up news are found, and nothing else is: the benchmark at a size that a test can wait for."""

from itertools import islice

from pyoxigraph import Store

from benchmarks.copies.__main__ import expected
from benchmarks.copies.made_news import Newsroom
from graph.copies import print_of
from graph.copy_links import COPY_OF, EXCERPT_OF, CopyLinks
from graph.prints import Prints

MADE = list(islice(Newsroom(seed=11).articles(), 400))


def test_copies_and_excerpts_are_found_and_nothing_else():
    links = CopyLinks(Store(), Prints())
    for one in MADE:
        links.add(one.article, print_of(one.article))
    _, new = links.changes()

    found = {
        frozenset((quad.subject.value, quad.object.value))
        for quad in new
        if quad.predicate in (COPY_OF, EXCERPT_OF)
    }
    copies, excerpts = expected(MADE)
    known = copies | excerpts
    assert found <= known
    assert len(found) >= 0.98 * len(known)


def test_the_same_seed_gives_the_same_news():
    assert list(islice(Newsroom(seed=11).articles(), 400)) == MADE
    assert {one.kind for one in MADE} == {"report", "copy", "update", "excerpt", "template"}
