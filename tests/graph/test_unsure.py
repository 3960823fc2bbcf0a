"""What newsgraph is unsure of: which pairs, with which evidence, and what a decision does to them."""

from datetime import UTC, datetime

from graph.review import different, same
from graph.snapshots import open_reader
from graph.unsure import unsure_pairs
from graph.validate import violations
from tests.graph.made import naming
from tests.graph.test_placing import write

BY = {"by": "sam", "at": datetime(2026, 3, 1, 12, tzinfo=UTC)}
DEFENCE = ("Ministry of Defence", "ORG")


def pairs_of(folder):
    return unsure_pairs(open_reader(folder))


def store(tmp_path):
    """A name that each country has, with its country and without; somebody who may be another."""
    rare = [naming("a", ("Harold Pruitt", "PERSON")), naming("b", ("H. Pruitt", "PERSON"))]
    often = [naming(f"c{number}", DEFENCE, ("Peru", "LOC")) for number in range(3)]
    return write(tmp_path, *rare, *often, naming("d", DEFENCE))


def test_what_is_unsure_is_listed_by_how_much_hangs_on_it(tmp_path):
    first, second = pairs_of(store(tmp_path))

    assert {first.one.name, first.other.name} == {"Ministry of Defence"}
    assert {second.one.name, second.other.name} == {"Harold Pruitt", "H. Pruitt"}
    assert first.weight > second.weight
    assert {first.one.articles, first.other.articles} == {3, 1}
    assert 0.1 < first.score < 0.85
    assert "many countries" in first.reason
    sides = {side.articles: side for side in (first.one, first.other)}
    assert sides[3].told == ("in PE",)
    assert sides[3].sentences[0].outlet == "Northern Wire"
    assert sides[3].sentences[0].text == "Ministry of Defence"


def test_a_decision_takes_its_pair_off_the_list(tmp_path):
    first, second = pairs_of(store(tmp_path))

    same(tmp_path, first.one.iri, first.other.iri, **BY)
    different(tmp_path, second.one.iri, second.other.iri, **BY)

    assert pairs_of(tmp_path) == []
    assert violations(open_reader(tmp_path).store) == []
