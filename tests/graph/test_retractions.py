"""Articles that are taken out for good: what is left of them, and what outlives what."""

import os
import shutil
import signal
import time
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.articles import restore, retract
from graph.history import versions_of
from graph.query import select
from graph.rebuild import rebuild
from graph.resolve import waiting_decisions
from graph.retractions import Restoration, Retraction, Retractions
from graph.review import different
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.terms import article_iri, value_of
from graph.validate import violations
from newsgraph.errors import NoGraphError, StoreError, UnknownArticleError
from newsgraph.records import Article
from tests.graph.copied import reprinted, telling, wire
from tests.graph.made import LATER, RUN, dump_of, made, spoken

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BY = {"by": "sam", "at": NOON}
PAIRS = [
    made("a"),
    made("b", speaker="Ida Jung"),
    spoken("c", ("Anna Berg", "denied"), (None, "said")),
    telling(wire()),
    telling(reprinted()),
]


def dump(folder, *, without_provenance=True):
    return dump_of(open_reader(folder), without_provenance=without_provenance)


def write(folder, pairs, run=RUN):
    with open_writer(folder) as writer:
        return writer.add(pairs, run)


def listed(folder):
    return [(row[0], row[1], row[3], row[4]) for row in select(open_reader(folder), "retracted")]


@pytest.fixture
def store(tmp_path):
    write(tmp_path / "g", PAIRS)
    write(tmp_path / "g", [made("a", verb="said")], LATER)
    return tmp_path / "g"


@pytest.fixture
def without_a(tmp_path):
    write(tmp_path / "without", PAIRS[1:])
    return dump(tmp_path / "without")


def test_the_graph_is_as_if_it_had_never_come_and_nothing_brings_it_in(store, without_a):
    done = retract(store, "a", reason="withdrawn", **BY)

    assert (done.readings, done.is_new) == (2, True)
    assert dump(store) == without_a
    assert write(store, [made("a"), made("a", speaker="Emil Falk")]) == 0
    assert dump(store) == without_a
    assert listed(store) == [("a", "sam", "withdrawn", "out")]
    assert violations(open_reader(store).store) == []
    version = made("a")[0].version_id.encode()
    assert version not in dump(store, without_provenance=False)
    assert not list(store.glob("former/*/*"))
    assert len(list(store.glob("extractions/*/*"))) == len(PAIRS) - 1


def test_it_may_come_again_when_it_is_let_in(store):
    before = dump(store)
    retract(store, "a", **BY)
    restore(store, "a", by="kim", at=NOON + timedelta(hours=1))

    assert listed(store) == [("a", "sam", "taken out", "let in again by kim")]
    assert write(store, [made("a", verb="said")]) == 1
    assert dump(store) == before
    assert len(versions_of(open_reader(store), "a")) == 1, "what it was before is gone for good"
    assert violations(open_reader(store).store) == []

    retract(store, "a", by="sam", at=NOON + timedelta(hours=2))
    assert [row[3] for row in listed(store)] == ["let in again by kim", "out"]


@pytest.mark.parametrize("gone", [(), ("live",), ("live", "checkpoints"), ("live", "checkpoints", "format")])
def test_it_outlives_a_rebuild_and_the_database(gone, store, without_a):
    retract(store, "a", **BY)
    # As if the process had ended before it deleted what the graph no longer holds.
    write(other := store.with_name("other"), [made("a")])
    write(other, [made("a", verb="said")])
    for folder in ("extractions", "former"):
        shutil.copytree(other / folder, store / folder, dirs_exist_ok=True)
    for name in gone:
        shutil.rmtree(store / name) if (store / name).is_dir() else (store / name).unlink()

    rebuild(store)

    assert dump(store) == without_a
    assert listed(store) == [("a", "sam", "taken out", "out")]
    assert write(store, [made("a")]) == 0


def test_graph_and_file_give_each_other_what_they_lost(store, without_a):
    retract(store, "a", **BY)
    line = (store / "retracted.jsonl").read_text()
    (store / "retracted.jsonl").unlink()
    assert write(store, [made("a")]) == 0
    assert (store / "retracted.jsonl").read_text() == line

    write(other := store.with_name("other"), PAIRS)
    (other / "retracted.jsonl").write_text(line)  # a hand, or a run that was killed before the graph changed
    with open_writer(other):
        pass
    assert dump(other) == without_a


def test_a_line_that_is_none_is_told_with_its_place(store):
    (store / "retracted.jsonl").write_text('{"retract": 1}\n')

    with pytest.raises(StoreError, match=r"^[^\n]*retracted.jsonl:1: no retraction[^\n]*$"):
        write(store, PAIRS)


@pytest.mark.parametrize("written", ["a", "id", "text", "shown", "whole", "entity", "graph", "angle"])
def test_an_article_is_known_by_id_and_by_iri(written, store):
    version = made("a", verb="said")[0].version_id
    iri = value_of(article_iri("a"))
    names = {
        "a": "a",
        "id": f"id:{iri.rpartition('/')[2]}",
        "text": f"doc/{version}#text",
        "shown": f"doc/{version}",
        "whole": f"https://newsgraph.example/doc/{version}",
        "entity": f"https://newsgraph.example/doc/{version}#e3",
        "graph": f"g:doc-{version}",
        "angle": f"<{iri}>",
    }
    assert retract(store, names[written], **BY).article == "a"
    assert not retract(store, "a", **BY).is_new, "and it is not taken out twice"


def test_an_article_is_known_by_its_url_unless_several_are_there(store):
    def at(name):
        article, extraction = made(name)
        known = Article(name, article.text, article.title, "https://news.example/x", article.published)
        return known, extraction

    write(store, [at("x1")])
    assert retract(store, "https://news.example/x", **BY).article == "x1"
    write(store, [at("x2"), at("x3")])
    with pytest.raises(UnknownArticleError, match=r"2 articles are at .*: x2, x3; name one"):
        retract(store, "https://news.example/x", **BY)


@pytest.mark.parametrize(
    "written", ["nobody", "", "doc/0123456789abcdef#text", "id:a b", "id:<", "g:doc-", "\udcff", "g:view"]
)
@pytest.mark.parametrize("act", [retract, restore])
def test_what_is_no_article_is_told_in_one_line(act, written, store):
    before = dump(store, without_provenance=False)

    with pytest.raises(UnknownArticleError, match=r"^[^\n]*newsgraph query[^\n]*$"):
        act(store, written, **BY)

    assert dump(store, without_provenance=False) == before
    assert not (store / "retracted.jsonl").exists()


def test_there_must_be_a_graph(tmp_path):
    with pytest.raises(NoGraphError):
        retract(tmp_path / "none", "a", **BY)


def test_a_decision_on_its_entity_waits(store):
    version = made("a", verb="said")[0].version_id
    decided = different(store, f"doc/{version}#e0", "Anna Berg", **BY).decision
    retract(store, "a", **BY)

    assert select(open_reader(store), "reviewer_decisions")[0][4] == "waiting"
    restore(store, "a", **BY)
    write(store, [made("a")])
    assert select(open_reader(store), "reviewer_decisions")[0][4] == "in force"
    article, extraction = made("a", speaker="Emil Falk")
    decisions = open_reader(store).decisions()
    assert waiting_decisions(extraction, article.version_id, decisions) == [decided]


ENTRIES = st.lists(
    st.builds(
        lambda out, name, hour: (
            Retraction(name, "sam", NOON + timedelta(hours=hour), "so")
            if out
            else Restoration(name, "kim", NOON + timedelta(hours=hour))
        ),
        st.booleans(),
        st.sampled_from("ab"),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(entries=ENTRIES, order=st.randoms())
def test_only_the_set_of_entries_counts(entries, order):
    turned = list(entries)
    order.shuffle(turned)

    assert Retractions(entries).in_force == Retractions(turned).in_force
    assert set(Retractions(entries).quads()) == set(Retractions(turned).quads())
    for name in "ab":
        of_it = [one for one in Retractions(entries).entries if f"'{name}'" in repr(one)]
        assert (name in Retractions(entries).in_force) == (bool(of_it) and isinstance(of_it[-1], Retraction))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(len(PAIRS))),
    out=st.sets(st.integers(0, len(PAIRS) - 1)),
    when=st.integers(0, 5),
)
def test_whatever_is_retracted_when_leaves_no_trace(tmp_path_factory, order, out, when):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    write(one, [made("z")])
    write(other, [made("z"), *(PAIRS[number] for number in order if number not in out)])
    for place, number in enumerate(order):
        write(one, [PAIRS[number]])
        if place >= when:
            for gone in sorted(out & set(order[: place + 1])):
                retract(one, PAIRS[gone][0].id, **BY)
    for gone in out:
        retract(one, PAIRS[gone][0].id, **BY)
    write(one, PAIRS)

    assert dump(one) == dump(other)


def _retract_for_ever(folder):
    number = 0
    while True:
        number += 1
        retract(folder, "a", by="sam", at=datetime.now(UTC))
        restore(folder, "a", by="sam", at=datetime.now(UTC))
        write(folder, [made("a", verb=("said", "denied")[number % 2])])
        write(folder, [made("a", verb=("denied", "said")[number % 2])], LATER)


@pytest.mark.slow
def test_a_killed_process_leaves_the_old_or_the_new_state(tmp_path):
    write(tmp_path / "g", PAIRS)
    states = set()
    for verb in ("said", "denied"):
        write(folder := tmp_path / verb, [made("a", verb=verb), *PAIRS[1:]])
        states.add(dump(folder))
    write(tmp_path / "without", PAIRS[1:])
    states.add(dump(tmp_path / "without"))
    for milliseconds in (60, 130, 210, 340, 470):
        process = get_context("spawn").Process(target=_retract_for_ever, args=(tmp_path / "g",))
        process.start()
        deadline = time.monotonic() + 30
        log = tmp_path / "g" / "retracted.jsonl"
        size = log.stat().st_size if log.exists() else 0
        while not (log.exists() and log.stat().st_size > size) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(milliseconds / 1000)
        os.kill(process.pid, signal.SIGKILL)
        process.join()

        assert dump(tmp_path / "g") in states
        with open_writer(tmp_path / "g") as writer:
            is_out = "a" in writer.retractions.in_force
        assert dump(tmp_path / "g") in states
        assert violations(open_reader(tmp_path / "g").store) == []
        assert not is_out or dump(tmp_path / "g") == dump(tmp_path / "without")
        if is_out:
            restore(tmp_path / "g", "a", by="sam", at=datetime.now(UTC))
        write(tmp_path / "g", [made("a")])
