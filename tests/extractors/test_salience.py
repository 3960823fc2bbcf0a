"""What tells that an article is about a thing, on a tree by hand."""

import json

import pytest

from extractors.clusters import Cluster
from extractors.mentions import find_mentions
from extractors.network import SALIENCE
from extractors.salience import Salience, features
from tests.extractors.trees import tree


@pytest.fixture
def doc():
    return tree(
        """
        Milley NNP nsubj 1
        thanked VBD ROOT 1 thank
        Austin NNP obj 1
        on IN case 4
        Monday NNP obl 1
        . . punct 1
        """,
        names=[(0, 1, "PERSON"), (2, 3, "PERSON"), (4, 5, "DATE")],
    )


def cluster(doc, place):
    one = next(one for one in find_mentions(doc) if one.start == place)
    return Cluster(one.type, [one])


def test_features_tell_where_a_thing_stands_and_as_what(doc):
    milley, austin = (dict(features(doc, [0], cluster(doc, place))) for place in (0, 2))

    assert (milley["subject"], austin["subject"]) == (1.0, 0.0)
    assert milley["late"] < austin["late"]
    assert milley["in sentences up to 0"] == 1.0
    assert milley["is PERSON"] == 1.0


def test_weights_make_a_share_of_what_a_thing_is(doc, tmp_path):
    (tmp_path / SALIENCE).write_text(json.dumps({"weights": {"subject": 2.0, "always": -1.0}}))
    salience = Salience(doc, tmp_path)

    assert salience.of(cluster(doc, 0)) == pytest.approx(0.731)
    assert salience.of(cluster(doc, 2)) == pytest.approx(0.269)
    assert salience.of(cluster(doc, 4)) == 0.0  # a date
