"""What follows from decisions, without any store: groups, what is kept apart, what is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.decision_log import entry_of, line_of
from graph.decisions import Decision, Decisions, Party, Revocation
from graph.places import Places
from newsgraph.errors import DecisionError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = [Party(f"Anna B{letter}rg", "PERSON") for letter in "aeiou"]
MISC = Party("Anna Bzrg", "MISC")
OWN = [Party(name.name, "PERSON", article) for name in NAMES[:3] for article in ("a", "b")]
NAMELESS = Party("the drone", "PRODUCT", "a", "0123456789abcdef#e3")


def decided(judgement, one, other, minutes=0):
    return Decision(judgement, one, other, "sam", NOON + timedelta(minutes=minutes), "seen")


def place(decisions, party):
    return Places(decisions).canonical(party.node, party.home)


def test_without_decisions_a_name_is_one_thing():
    nothing = Decisions()

    assert place(nothing, OWN[0]) == place(nothing, OWN[1]) == NAMES[0].node
    assert place(nothing, NAMELESS) == NAMELESS.node


def test_a_chain_of_same_is_one_thing_and_undoing_a_link_parts_it():
    links = [decided("same", NAMES[k], NAMES[k + 1], k) for k in range(3)]
    joined = Decisions(links)
    parted = joined.followed_by(Revocation(links[1].id, "kim", NOON + timedelta(hours=1)))

    assert len({place(joined, name) for name in NAMES[:4]}) == 1
    assert place(parted, NAMES[0]) == place(parted, NAMES[1]) != place(parted, NAMES[2])
    assert place(parted, NAMES[2]) == place(parted, NAMES[3])


def test_the_node_of_a_name_stands_for_a_group_before_an_entity_or_what_is_only_misc():
    alone = Party("Anna", "PERSON", "a")
    decisions = Decisions([decided("same", MISC, NAMES[4]), decided("same", alone, MISC)])

    assert place(decisions, alone) == place(decisions, MISC) == NAMES[4].node


def test_one_mention_leaves_the_node_of_its_name():
    decisions = Decisions([decided("different", OWN[0], NAMES[0])])

    assert place(decisions, OWN[0]) == OWN[0].node
    assert place(decisions, OWN[1]) == NAMES[0].node


def test_one_mention_goes_where_a_reviewer_says_and_its_namesakes_stay():
    decisions = Decisions([decided("same", OWN[0], NAMES[1])])

    assert place(decisions, OWN[0]) == NAMES[1].node
    assert place(decisions, OWN[1]) == NAMES[0].node


def test_who_is_different_from_a_thing_leaves_when_its_name_joins_that_thing():
    decisions = Decisions([decided("different", OWN[0], NAMES[1]), decided("same", NAMES[0], NAMES[1], 1)])

    assert decisions.contradicted == ()
    assert place(decisions, OWN[0]) == OWN[0].node
    assert place(decisions, OWN[1]) == place(decisions, NAMES[1])


@pytest.mark.parametrize("links", [[(0, 2)], [(0, 1), (1, 2)]], ids=["directly", "through a chain"])
def test_different_is_never_joined(links):
    apart = decided("different", NAMES[0], NAMES[2])
    decisions = Decisions([apart])
    *first, last = (decided("same", NAMES[one], NAMES[other], 1 + other) for one, other in links)
    for one in first:
        decisions.check(one)
        decisions = decisions.followed_by(one)

    with pytest.raises(DecisionError, match=f"{apart.id}.*newsgraph undo {apart.id}"):
        decisions.check(last)


def test_what_is_the_same_by_decision_is_not_different():
    links = [decided("same", NAMES[0], NAMES[1]), decided("same", NAMES[1], NAMES[2], 1)]

    with pytest.raises(DecisionError, match=f"{links[0].id}.*{links[1].id}"):
        Decisions(links).check(decided("different", NAMES[0], NAMES[2], 2))


def test_of_entries_that_contradict_each_other_the_older_ones_hold():
    first, second = decided("different", NAMES[0], NAMES[1]), decided("same", NAMES[0], NAMES[1], 1)

    for decisions in (Decisions([first, second]), Decisions([second, first])):
        assert decisions.contradicted == (second,)
        assert place(decisions, NAMES[0]) != place(decisions, NAMES[1])


@pytest.mark.parametrize("entry", [
    Revocation("decision-0123456789abcdef", "kim", NOON),
    decided("same", NAMES[0], Party(NAMES[0].name.upper(), "PERSON")),
], ids=["unknown", "itself"])  # fmt: skip
def test_what_makes_no_sense_is_refused(entry):
    with pytest.raises(DecisionError):
        Decisions().check(entry)


def test_nothing_is_taken_back_twice():
    one = decided("same", NAMES[0], NAMES[1])
    decisions = Decisions([one, Revocation(one.id, "kim", NOON)])

    with pytest.raises(DecisionError, match="taken back before, by kim"):
        decisions.check(Revocation(one.id, "sam", NOON))


PARTIES = st.sampled_from([*NAMES, MISC, *OWN, NAMELESS])
STEPS = st.lists(st.tuples(st.sampled_from(["same", "different", "undo"]), PARTIES, PARTIES), max_size=25)


def follow(steps):
    """Return the decisions after those of the steps that are allowed."""
    decisions = Decisions()
    for minutes, (what, one, other) in enumerate(steps):
        entry = decided(what, one, other, minutes)
        if what == "undo":
            in_force = [name for name in decisions.by_id if name not in decisions.revoked]
            entry = Revocation(in_force[0] if in_force else "none", "kim", NOON + timedelta(minutes=minutes))
        try:
            decisions.check(entry)
        except DecisionError:
            continue
        decisions = decisions.followed_by(entry)
    return decisions


def in_force(decisions, judgement):
    standing = (one for name, one in decisions.by_id.items() if name not in decisions.revoked)
    return [one for one in standing if one.judgement == judgement]


@given(STEPS)
def test_whatever_is_decided_same_joins_and_different_parts(steps):
    decisions = follow(steps)

    assert decisions.contradicted == ()
    for one in in_force(decisions, "different"):
        assert place(decisions, one.one) != place(decisions, one.other)
    for one in in_force(decisions, "same"):
        assert place(decisions, one.one) == place(decisions, one.other)


@given(STEPS, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(steps, random):
    decisions = follow(steps)
    entries = list(decisions.entries)
    random.shuffle(entries)

    for party in (*NAMES, *OWN, NAMELESS):
        assert place(Decisions(entries), party) == place(decisions, party)


@given(STEPS)
def test_entries_survive_their_line(steps):
    for entry in follow(steps).entries:
        assert entry_of(line_of(entry)) == entry
