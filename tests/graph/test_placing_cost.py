"""What an article costs does not grow with the graph: counted, not timed."""

import random
import sys

import pytest
from pyoxigraph import Literal, Quad, Store

from graph.build import decision_quads
from graph.decisions import Decisions
from graph.placing import BLOCK, Placing, _quads_of
from graph.profiles import profiles_in
from graph.scoring import shipped_model
from graph.terms import IDENTITY, ng
from tests.graph.made import naming

GIVEN = ["John", "Mary", "Ann", "Carl", "Olga", "Ivan", "Lena", "Omar", "Wei", "Juan", "Ruth", "Emil"]
SURNAMES = [f"{begin}{end}" for begin in ("Ber", "Hol", "Kar", "Mol", "Pet", "Zel", "Dor", "Gri")
            for end in ("g", "m", "sson", "dahl", "lov", "enko", "man", "ski")]  # fmt: skip
BODIES = [f"{one} {other}" for one in ("National", "Central", "Royal", "First", "Global")
          for other in ("Energy", "Bank", "Steel", "Police", "Union", "Airlines")]  # fmt: skip
COUNTRIES = ["Russia", "Peru", "Norway", "Kenya", "Japan", "Poland", "Ghana", "Nepal", "Georgia", "Hamilton"]
NOTHING = Decisions()


class Counting:
    """A store that counts the quads it is asked for."""

    def __init__(self):
        self.store, self.read = Store(), 0

    def quads_for_pattern(self, *pattern):
        self.read += 1
        for quad in self.store.quads_for_pattern(*pattern):
            self.read += 1
            yield quad

    def __contains__(self, quad):
        self.read += 1
        return quad in self.store


def article(number, draw):
    people = [(f"{draw.choice(GIVEN)} {draw.choice(SURNAMES)}", "PERSON") for _ in range(4)]
    bodies = [(draw.choice(BODIES), "ORG") for _ in range(2)]
    places = [(draw.choice(COUNTRIES), "LOC") for _ in range(2)]
    return naming(f"n{number}", *dict.fromkeys([*people, *bodies, *places]))


def place(counting, number, draw):
    told, extraction = article(number, draw)
    profiles = profiles_in(extraction)
    placing = Placing(counting, NOTHING, NOTHING)
    placing.add(profiles.values())
    gone, come = all_changes(placing)
    placing.texts_to_place_again()
    identity = placing.resolver.identities(extraction, told.version_id)
    for quad in set(gone) - set(come):
        counting.store.remove(quad)
    counting.store.extend([*come, *decision_quads(told.version_id, identity)])


def all_changes(placing):
    blocks = list(placing.changes())
    return [quad for gone, _ in blocks for quad in gone], [quad for _, come in blocks for quad in come]


@pytest.mark.slow
def test_an_article_reads_as_much_of_a_graph_ten_times_as_large(monkeypatch):
    # Few names, so that their blocks are as full as they get while the graph is still small.
    monkeypatch.setattr(sys.modules[__name__], "SURNAMES", SURNAMES[::8])
    counting, draw, read = Counting(), random.Random(7), {}
    for number in range(1060):
        if number in (100, 1000):
            counting.read, begin = 0, number
        place(counting, number, draw)
        if number in (159, 1059):
            read[begin] = counting.read

    assert read[1000] < 1.5 * read[100], read


def test_an_article_whose_profiles_are_known_is_looked_up_and_no_more():
    counting, told = Counting(), naming("a", *((f"{name} Berg", "PERSON") for name in GIVEN))
    draw = random.Random(3)
    for number in range(150):
        place(counting, number, draw)
    profiles = profiles_in(told[1])
    first = Placing(counting, NOTHING, NOTHING)
    first.add(profiles.values())
    counting.store.extend(all_changes(first)[1])

    counting.read = 0
    again = Placing(counting, NOTHING, NOTHING)
    again.add(profiles.values())
    changes = all_changes(again)

    assert changes == ([], [])
    assert all(isinstance(quad, Quad) for quad in counting.store)
    assert counting.read <= 2 * len(profiles)


@pytest.fixture(scope="module")
def filled():
    counting, draw = Counting(), random.Random(5)
    for number in range(150):
        place(counting, number, draw)
    return counting


def blocks_of(store):
    """The profiles of each block that a store compares."""
    placing = Placing(store, NOTHING, NOTHING)
    blocks = sorted({quad.object.value for quad in store.quads_for_pattern(None, BLOCK, None, IDENTITY)})
    return placing, [placing._stored(block, BLOCK) for block in blocks]


def test_what_a_block_was_is_worked_out_as_the_store_says_it(filled):
    placing, blocks = blocks_of(filled)
    worked_out = [(stored, placing._as_solved(stored, {}, is_known=False)) for stored in blocks]
    known = [(stored, solved) for stored, solved in worked_out if solved is not None]

    assert len(known) > 20
    for stored, solved in known:
        normal = Store()  # in which 1.0000 is 1
        normal.extend(_quads_of(stored, solved, shipped_model()))
        assert set(normal) == set(placing._old_quads(stored))


def test_what_other_software_decided_is_read(filled):
    other = Counting()
    other.store.extend(
        Quad(quad.subject, quad.predicate, Literal("newsgraph 0.0.1"), quad.graph_name)
        if quad.predicate == ng("decidedBy")
        else quad
        for quad in filled.store
    )
    placing, blocks = blocks_of(other)

    assert not any(placing._as_solved(stored, {}, is_known=False) for stored in blocks)
