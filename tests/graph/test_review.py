"""Reviewers' decisions on a real store: what they change, what they leave alone, what outlives what."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.decision_log import lines_of_log
from graph.decisions import Decision, Party, Revocation
from graph.kept import read_kept
from graph.query import load_query, run_query
from graph.rebuild import rebuild
from graph.resolve import waiting_decisions
from graph.review import different, same, undo
from graph.reviewed import lines_in
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import local_iri
from graph.validate import violations
from newsgraph.errors import DecisionError, NoGraphError, StoreError
from tests.graph.made import LATER, RUN, dump_of, made, spoken

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BY = {"by": "sam", "at": NOON}

PAIRS = [
    made("a"),
    made("b", speaker="Ann Berg", other="Emil Falk"),
    made("c", speaker="Carl Dorn", verb="said", other="Anna Berg", object_="Su-27"),
    made("d", speaker="Berg", other="Carl Dorn", object_="MQ-9 Reaper"),
    spoken("e", ("Anna Berg", "denied"), (None, "said"), time="2023-03-14"),
    spoken("f", ("Ann Berg", "doubted"), ("officials", "said not"), parties=("Su-27", "MQ-9 Reaper")),
]


def dump(folder):
    return dump_of(open_reader(folder))


def without(decision, folder):
    """Return the lines of the graph but for what it says of one decision."""
    return [line for line in dump(folder).splitlines() if decision.id.encode() not in line]


def write(folder, pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)


def rows(folder, query):
    answer = json.loads(run_query(open_reader(folder), query, "json"))
    return [{name: cell["value"] for name, cell in row.items()} for row in answer["results"]["bindings"]]


def canonical(folder, version_id, entity="e0"):
    node = local_iri(version_id, entity)
    [row] = rows(folder, f"SELECT ?c ?why {{ ?d ng:left {node} ; ng:right ?c ; ng:reason ?why }}")
    return row["c"].rpartition("/")[2], row["why"]


@pytest.fixture
def store(tmp_path):
    write(tmp_path / "g", PAIRS)
    return tmp_path / "g"


def iri(pair, entity="e0"):
    return f"doc/{pair[0].version_id}#{entity}"


def test_two_names_become_one_node_with_all_that_was_said_of_both(store):
    decided = same(store, "Anna Berg", "Ann Berg", reason="married in 2020", **BY)

    assert decided.articles == 3, "those that call her Anna; those with the node that stays need no change"
    [row] = rows(store, 'SELECT ?e { ?e a ng:CanonicalEntity ; skos:prefLabel|skos:altLabel "Ann Berg" }')
    edges = rows(store, f"SELECT ?n {{ <{row['e']}> ng:met/skos:prefLabel ?n }}")
    assert {edge["n"] for edge in edges} == {"Carl Dorn", "Emil Falk"}
    assert canonical(store, PAIRS[0][0].version_id)[1].endswith(
        "a reviewer joined all of that name with another"
    )
    assert violations(open_reader(store).store) == []
    [told] = rows(store, load_query("reviewer_decisions"))
    assert told["what"] == "Anna Berg (PERSON) is Ann Berg (PERSON)"
    assert (told["by"], told["at"], told["status"]) == ("sam", "2026-03-01T12:00:00Z", "in force")
    assert told["reason"] == "married in 2020"


def test_to_undo_leaves_the_graph_as_it_was_and_the_decision_on_record(store):
    before = dump(store)
    decided = same(store, "Anna Berg", "Ann Berg", **BY)
    undone = undo(store, f"id:{decided.decision.id}", by="kim", at=NOON + timedelta(hours=1))

    assert undone.articles == decided.articles
    assert without(decided.decision, store) == before.splitlines()
    [told] = rows(store, load_query("reviewer_decisions"))
    assert told["status"] == "taken back by kim"
    assert violations(open_reader(store).store) == []


def test_one_wrong_mention_gets_a_node_of_its_own(store):
    decided = different(store, iri(PAIRS[0]), "Anna Berg", **BY)

    assert decided.articles == 1
    node, why = canonical(store, PAIRS[0][0].version_id)
    assert node != canonical(store, PAIRS[4][0].version_id, "e2")[0]
    assert why == "a reviewer told it from others of its name"
    with pytest.raises(DecisionError, match=r"^2 entities are called 'Anna Berg'.*\(PERSON, 2 mentions\)"):
        same(store, "Anna Berg", "Ann Berg", **BY)
    assert violations(open_reader(store).store) == []


def test_a_decision_on_an_articles_entity_holds_for_its_next_version(store):
    decided = different(store, iri(PAIRS[0]), "Anna Berg", **BY)
    newer = made("a", object_="Su-24")
    write(store, [newer])

    assert canonical(store, newer[0].version_id)[1] == "a reviewer told it from others of its name"

    renamed = made("a", speaker="Ida Jung")
    write(store, [renamed])
    decisions = open_reader(store).decisions()
    assert waiting_decisions(renamed[1], renamed[0].version_id, decisions) == [decided.decision]
    assert rows(store, load_query("reviewer_decisions"))[0]["status"] == "waiting"

    write(store, [newer])
    assert rows(store, load_query("reviewer_decisions"))[0]["status"] == "in force"


def test_a_name_of_one_word_can_be_told_who_it_is(store):
    same(store, iri(PAIRS[3]), "Anna Berg", **BY)

    node, why = canonical(store, PAIRS[3][0].version_id)
    assert node == canonical(store, PAIRS[0][0].version_id)[0]
    assert why.startswith("a reviewer says that it is this one")


def test_what_has_no_name_can_be_told_what_it_is(store):
    officials = next(entity.id for entity in PAIRS[5][1].entities if entity.name == "officials")
    same(store, "officials", "Anna Berg", **BY)

    assert canonical(store, PAIRS[5][0].version_id, officials)[0].startswith("person-anna-berg-")


def test_two_mentions_that_were_taken_out_can_be_joined(store):
    other = next(entity.id for entity in PAIRS[4][1].entities if entity.name == "Anna Berg")
    for mention in (iri(PAIRS[0]), iri(PAIRS[4], other)):
        different(store, mention, "id:" + canonical(store, PAIRS[2][0].version_id, "e1")[0], **BY)
    nodes = [canonical(store, PAIRS[0][0].version_id)[0], canonical(store, PAIRS[4][0].version_id, other)[0]]

    same(store, f"id:{nodes[0]}", iri(PAIRS[4], other), **BY)

    joined = {canonical(store, PAIRS[0][0].version_id)[0], canonical(store, PAIRS[4][0].version_id, other)[0]}
    assert joined == {min(nodes)}


def test_a_reviewer_may_confirm_what_the_name_says(store):
    decided = same(store, iri(PAIRS[0]), "Anna Berg", **BY)

    assert canonical(store, PAIRS[0][0].version_id)[1].startswith("a reviewer says")
    with pytest.raises(DecisionError, match=decided.decision.id):
        different(store, iri(PAIRS[0]), "Anna Berg", **BY)


def test_things_of_two_types_are_one_of_one_type(store):
    same(store, "MQ-9", "Anna Berg", **BY)

    assert violations(open_reader(store).store) == []
    types = "SELECT ?t { ?e skos:altLabel|skos:prefLabel 'MQ-9' ; a ng:CanonicalEntity, ?t }"
    assert {row["t"].rpartition("/")[2] for row in rows(store, types)} == {"Person", "ns#CanonicalEntity"}


@pytest.mark.parametrize(("one", "other", "line"), [
    ("Nobody", "Anna Berg", "no entity of the graph is called 'Nobody'"),
    ("anna  BERG", "MQ-9", "called 'anna  BERG'; did you mean 'Anna Berg'?"),
    ("id:person-nobody-00000000", "Anna Berg", "no entity of the graph is called"),
    ("id:person nobody", "Anna Berg", "no entity of the graph is called"),
    ("doc/0123456789abcdef#e0", "Anna Berg", "the graph holds no such text"),
    (iri(PAIRS[0], "e3"), "Anna Berg", "a date or a sum is no thing"),
    (iri(PAIRS[0], "a0"), "Anna Berg", "that is no entity"),
    (iri(PAIRS[0]), iri(PAIRS[1]), "name one of them by what it is now: id:person-ann"),
    ("Anna Berg", "Anna Berg", "one and the same name"),
])  # fmt: skip
def test_what_is_not_clear_is_told_in_one_line(one, other, line, store):
    before = dump(store)

    with pytest.raises(DecisionError) as raised:
        same(store, one, other, **BY)

    assert line in str(raised.value)
    assert "\n" not in str(raised.value)
    with open_writer(store):
        assert dump(store) == before, "and who keeps the error does not keep the store open"
    assert not (store / "decisions.jsonl").exists()


def test_different_of_one_name_tells_how_to_name_a_mention(store):
    with pytest.raises(DecisionError, match="name that article's entity"):
        different(store, "Anna Berg", "Anna Berg", **BY)


def test_what_was_joined_is_parted_by_undo(store):
    decided = same(store, "Anna Berg", "Ann Berg", **BY)

    with pytest.raises(DecisionError, match=f"one because of {decided.decision.id}"):
        different(store, "Anna Berg", "Ann Berg", **BY)


def test_a_refused_decision_changes_nothing(store):
    apart = different(store, "Anna Berg", "Ann Berg", **BY)
    same(store, "Ann Berg", "Carl Dorn", **BY)
    before, log = dump(store), (store / "decisions.jsonl").read_bytes()

    with pytest.raises(DecisionError, match=f"{apart.decision.id}.*newsgraph undo"):
        same(store, "Anna Berg", "Carl Dorn", **BY)

    assert (dump(store), (store / "decisions.jsonl").read_bytes()) == (before, log)


def test_to_decide_twice_is_to_decide_once(store):
    first = same(store, "Anna Berg", "Ann Berg", **BY)
    before = dump(store)

    again = same(store, "Anna Berg", "Ann Berg", by="kim", at=NOON + timedelta(days=1))

    assert (again.decision, again.is_new) == (first.decision, False)
    assert dump(store) == before


@pytest.mark.parametrize("written", ["decision-0123456789abcdef", "gone", "id:decision-93f0-e0"])
def test_what_was_never_decided_cannot_be_taken_back(written, store):
    with pytest.raises(DecisionError, match="newsgraph query reviewer_decisions"):
        undo(store, written, **BY)


def test_who_decides_is_told_in_printable_words(store):
    for name in ("", " \n", "a\x1b[2Jb"):
        with pytest.raises(DecisionError, match="who decides"):
            same(store, "Anna Berg", "Ann Berg", by=name, at=NOON)


def test_there_must_be_a_graph_to_decide_on(tmp_path):
    with pytest.raises(NoGraphError, match="newsgraph ingest"):
        same(tmp_path / "none", "Anna Berg", "Ann Berg", **BY)

    assert not (tmp_path / "none").exists()


def test_decisions_outlive_the_database_and_the_log(store):
    same(store, "Anna Berg", "Ann Berg", **BY)
    whole, log = dump(store), (store / "decisions.jsonl").read_bytes()

    (store / "decisions.jsonl").unlink()
    with open_writer(store):
        assert (store / "decisions.jsonl").read_bytes() == log

    shutil.rmtree(store / "live")
    shutil.rmtree(store / "checkpoints")
    write(store, PAIRS)
    assert dump(store) == whole


@pytest.mark.parametrize("rest", [b'{"at":"2026-03-01T12:00', b"\xff"], ids=["half", "rubbish"])
def test_a_line_that_a_killed_run_left_unfinished_is_no_decision(rest, store):
    same(store, "Anna Berg", "Ann Berg", **BY)
    log = (store / "decisions.jsonl").read_bytes()
    (store / "decisions.jsonl").write_bytes(log + rest)

    decided = different(store, "Anna Berg", "Carl Dorn", **BY)

    lines = (store / "decisions.jsonl").read_bytes().splitlines()
    assert lines[:-1] == log.splitlines()
    assert len(open_reader(store).decisions().entries) == len(lines) == 2
    assert decided.is_new


def test_names_of_any_characters_survive_the_log(store):
    parties = (Party("Ann \u2028 “B” \x85 \\ Berg", "PERSON", 'it\'s\n"x"'), Party("Anna Berg", "PERSON"))
    with open_writer(store) as writer:
        writer.record(Decision("same", *parties, "sam", NOON, "seen"))
    before, log = dump(store), (store / "decisions.jsonl").read_bytes()

    with open_writer(store) as writer:
        assert writer.decisions.entries[0].one == parties[0]

    assert (dump(store), (store / "decisions.jsonl").read_bytes()) == (before, log)
    assert lines_of_log(store) == lines_in(open_reader(store).store)


def test_a_last_line_without_its_end_is_a_decision(store):
    same(store, "Anna Berg", "Ann Berg", **BY)
    path = store / "decisions.jsonl"
    path.write_bytes(path.read_bytes().rstrip(b"\n"))

    different(store, "Anna Berg", "Carl Dorn", **BY)

    assert len(path.read_bytes().splitlines()) == 2


@pytest.mark.parametrize(
    "line", [b"rubbish\n", b"[]\n", b'{"undo":"x","by":"y","at":"2026-03-01"}\n', b"\xff\n"]
)
def test_a_line_of_the_log_that_is_none_is_told(line, store):
    before = dump(store)
    (store / "decisions.jsonl").write_bytes(line)

    with pytest.raises(StoreError, match=r"^[^\n]*decisions\.jsonl:1: [^\n]*put the line right[^\n]*$"):
        write(store, PAIRS)
    assert dump(store) == before


def test_what_the_log_holds_and_the_graph_does_not_is_brought_in(store):
    """As after a run that was killed between the two."""
    shutil.copytree(store, other := store.with_name("other"), symlinks=True)
    same(store, "Anna Berg", "Ann Berg", **BY)
    shutil.copy(store / "decisions.jsonl", other / "decisions.jsonl")

    with open_writer(other):
        pass

    assert dump(other) == dump(store)


def test_only_articles_that_mention_the_entities_are_read(store, monkeypatch):
    write(store, [made(f"x{number}", speaker=f"Ida J{number}", other="Gerd Holm") for number in range(20)])
    read = []

    def reading(folder, version_id, digest, **how):
        read.append(version_id)
        return read_kept(folder, version_id, digest, **how)

    monkeypatch.setattr("graph.store.read_kept", reading)
    same(store, "Anna Berg", "Ann Berg", **BY)

    assert sorted(read) == sorted(PAIRS[number][0].version_id for number in (0, 2, 4))


def test_what_is_damaged_is_found_before_anything_is_decided(store):
    path = next(store.glob(f"extractions/*/{PAIRS[0][0].version_id}-*.json.gz"))
    path.write_bytes(b"rubbish")

    with pytest.raises(StoreError, match="newsgraph rebuild"):
        same(store, "Anna Berg", "Ann Berg", **BY)

    assert not (store / "decisions.jsonl").exists()


PARTIES = [
    Party("Anna Berg", "PERSON"),
    Party("Ann Berg", "PERSON"),
    Party("Carl Dorn", "PERSON"),
    Party("MQ-9", "PRODUCT"),
    Party("Su-27", "PRODUCT"),
    Party("Anna Berg", "PERSON", "a"),
    Party("Carl Dorn", "PERSON", "c"),
    Party("Berg", "PERSON", "d"),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(["same", "different"]), st.sampled_from(PARTIES), st.sampled_from(PARTIES)),
    min_size=1,
    max_size=6,
)


def record(writer, steps):
    """Decide what is allowed; who refuses does not depend on which articles are there."""
    for minutes, (judgement, one, other) in enumerate(steps):
        try:
            writer.record(Decision(judgement, one, other, "sam", NOON + timedelta(minutes=minutes), "seen"))
        except DecisionError:
            continue


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(PAIRS), cut=st.integers(0, 6), gone=st.integers(0, 5), steps=STEPS)
def test_neither_order_nor_time_nor_what_was_taken_away_matters(tmp_path_factory, order, cut, gone, steps):
    one, other, third = (tmp_path_factory.mktemp(name) for name in ("one", "other", "third"))
    with open_writer(one) as writer:
        record(writer, steps)
        writer.add([pair for pair in PAIRS if pair != PAIRS[gone]], RUN)
    with open_writer(other) as writer:
        writer.add(order[:cut], RUN)
        record(writer, steps)
        writer.add(order[cut:], LATER)
        writer.remove([PAIRS[gone][0].id], LATER)

    assert dump(other) == dump(one)
    shutil.copytree(other, third, symlinks=True, dirs_exist_ok=True)
    assert rebuild(third).added == len(PAIRS) - 1
    assert dump(third) == dump(one)
    assert violations(open_reader(one).store) == []


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=STEPS,
    last=st.tuples(*[st.sampled_from(PARTIES)] * 2),
    judgement=st.sampled_from(["same", "different"]),
)
def test_to_decide_and_undo_leaves_no_trace_but_the_record(tmp_path_factory, steps, last, judgement):
    folder = tmp_path_factory.mktemp("store")
    with open_writer(folder) as writer:
        writer.add(PAIRS, RUN)
        record(writer, steps)
    before, late = dump(folder).splitlines(), NOON + timedelta(days=1)
    decision = Decision(judgement, *last, "sam", late, "seen")
    with open_writer(folder) as writer:
        try:
            writer.record(decision)
        except DecisionError:
            return
        writer.record(Revocation(decision.id, "kim", late))

    assert without(decision, folder) == before
