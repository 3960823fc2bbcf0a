"""Who "the two" are."""

import pytest

from tests.extractors.reading import read, triples

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("Anna Berg and Carl Dorn were in Rome. The two met on Monday.", {"Anna Berg", "Carl Dorn"}),
        ("Anna Berg and Carl Dorn were in Rome. Both ministers met on Monday.", {"Anna Berg", "Carl Dorn"}),
        ("Norway and Sweden share a border. The two countries met in Rome.", {"Norway", "Sweden"}),
        ("Tom Falk met Anna Berg on Monday. The two men met again on Friday.", {"Tom Falk", "Anna Berg"}),
        (
            "Anna Berg and Carl Dorn were in Rome. It rained. The pair held a meeting.",
            {"Anna Berg", "Carl Dorn"},
        ),
    ],
)
def test_the_only_pair_before_is_meant(nlp, text, pair):
    met = [{one, other} for one, predicate, other in triples(read(nlp, text)) if predicate == "met"]

    assert pair in met
    assert all(one == pair for one in met)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg and Carl Dorn were in Rome. Two ministers met on Monday.",
        "Anna Berg and Carl Dorn were in Rome. The two men accused of theft met on Monday.",
        "Anna Berg and Carl Dorn flew with Tom Falk and Ida Roe. The two met on Monday.",
        "Anna Berg, Carl Dorn and Tom Falk were in Rome. The two met on Monday.",
        "Norway and Sweden share a border. The two men met in Rome.",
        "Anna Berg and Carl Dorn were in Rome. It rained. The sun came out. It was late. The two met.",
    ],
)
def test_whoever_else_may_be_meant_is_not(nlp, text):
    named = {"Anna Berg", "Carl Dorn", "Tom Falk", "Ida Roe", "Norway", "Sweden"}

    met = [{one, other} & named for one, predicate, other in triples(read(nlp, text)) if predicate == "met"]
    assert not any(met)
