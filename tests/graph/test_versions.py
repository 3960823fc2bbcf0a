"""Corrections and what they replace: today's graph knows nothing of it, its own graph all."""

import gzip
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.former import all_former
from graph.history import run_diff, runs_of, versions_of
from graph.provenance import RunInfo
from graph.query import known_queries, load_query, run_query, select
from graph.rebuild import rebuild
from graph.snapshots import open_reader
from graph.stated import stated_in
from graph.store import open_writer
from graph.validate import violations
from newsgraph.errors import UnknownArticleError
from tests.graph.copied import reprinted, telling, updated, wire
from tests.graph.made import dump_of, made, spoken

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
# What they tell is how it came about, or which run read it.
OF_THE_PAST = {"known_on", "version_changes", "runs", "retracted", "ingested", "evidence_of_edges"}


def run_on(day, model="model-1"):
    return RunInfo(f"run-{day}", FIRST + timedelta(days=day), "0.1.0", model)


def write(folder, pairs, run):
    with open_writer(folder) as writer:
        return writer.add(pairs, run)


def today(folder):
    return dump_of(open_reader(folder))


def everything(folder):
    return dump_of(open_reader(folder), without_provenance=False)


def known_on(folder, **given):
    rows = select(open_reader(folder), "known_on", given)
    return [(row[7], row[0], row[1], row[2], row[4]) for row in rows]


def stated(*pairs):
    """Return what known_on should tell of articles."""
    told = [(a.id, one.kind, one.who, one.stance, one.words) for a, e in pairs for one in stated_in(e)]
    return sorted(told, key=lambda row: (row[0], row[1], row[2], row[4], row[3]))


TEXTS = {
    "a": [made("a"), made("a", verb="said"), made("a", speaker="Ida Jung"), made("a", object_="Su-27")],
    "b": [
        spoken("b", ("Anna Berg", "denied"), (None, "said")),
        spoken("b", ("Anna Berg", "said"), ("Emil Falk", "doubted"), time="2023-03-14"),
    ],
    "wire": [telling(wire()), telling(updated("wire"))],
    "reprint": [telling(reprinted())],
}
STEPS = st.lists(
    st.sampled_from([(name, number) for name, texts in TEXTS.items() for number in range(len(texts))]),
    min_size=1,
    max_size=8,
)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_today_is_what_would_be_there_if_only_the_last_texts_had_come(tmp_path_factory, steps):
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    latest, held_on = {}, []
    for day, (name, number) in enumerate(steps):
        latest[name] = TEXTS[name][number]
        write(one, [latest[name]], run_on(day))
        held_on.append(stated(*latest.values()))
    write(other, list(latest.values()), run_on(0))

    assert today(one) == today(other)
    for day, held in enumerate(held_on):
        moment = FIRST + timedelta(days=day, hours=1)
        assert sorted(known_on(one, at=moment.isoformat())) == sorted(held), "as it was known then"
    assert known_on(one, at="2025-12-31") == []
    assert violations(open_reader(one).store) == []

    with open_writer(one) as writer:  # graph(A + B) - B is graph(A), with all that B had ever been
        writer.remove([steps[-1][0]], run_on(99))
    left = [pair for name, pair in latest.items() if name != steps[-1][0]]
    write(fresh := tmp_path_factory.mktemp("fresh"), left, run_on(0))
    assert today(one) == today(fresh)
    assert steps[-1][0] not in {row[0] for row in known_on(one)}


@pytest.fixture
def corrected(tmp_path):
    write(tmp_path / "g", [made("a"), made("b"), telling(wire()), telling(reprinted())], run_on(0))
    write(tmp_path / "g", [made("a", verb="said"), telling(updated("wire"))], run_on(1))
    return tmp_path / "g"


@pytest.mark.parametrize("name", sorted(set(known_queries()) - OF_THE_PAST))
def test_no_question_about_today_sees_what_was(name, corrected):
    now = [made("a", verb="said"), made("b"), telling(updated("wire")), telling(reprinted())]
    write(fresh := corrected.with_name("fresh"), now, run_on(0))

    def answer(folder):
        rows = run_query(open_reader(folder), load_query(name), "csv")
        return rows.replace("2026-01-02T00:00:00Z", "2026-01-01T00:00:00Z")  # when it was read

    assert answer(corrected) == answer(fresh)


def test_what_a_correction_changed_is_told_by_query_and_function(corrected):
    rows = select(open_reader(corrected), "version_changes", {"article": "a"})
    assert [(row[2], row[3], row[6], row[7]) for row in rows] == [
        ("changed", "attribution", "denies (deny), certain", "asserts (say), certain"),
        ("changed", "relation", "denies, actual", "asserts, actual"),
    ]
    old, new = versions_of(open_reader(corrected), "a")
    assert (old.changes, old.until, new.until) == ((), FIRST + timedelta(days=1), None)
    assert (old.runs, new.runs, new.since) == (("run-0",), ("run-1",), old.until)
    assert [one.after.position for one in new.changes] == [row[7] for row in rows]
    assert old.article.text == made("a")[0].text, "the old text is kept"


def test_times_of_publication_can_be_asked_for_beside_our_own(corrected):
    old = replace(made("c")[0], published=datetime(2020, 5, 1, tzinfo=UTC).date())
    write(corrected, [(old, replace(made("c")[1], id="c"))], run_on(2))

    assert {row[0] for row in known_on(corrected, to="2020-12-31")} == {"c"}
    assert {row[0] for row in known_on(corrected, **{"from": "2023-03-16"}, at="2026-01-01")} == {"a", "b"}
    assert {row[0] for row in known_on(corrected, article="b")} == {"b"}


def test_to_come_again_just_so_changes_nothing_known(corrected):
    before = known_on(corrected)
    write(corrected, [made("b")], run_on(5))

    assert known_on(corrected) == before
    [only] = versions_of(open_reader(corrected), "b")
    assert (only.runs, only.since) == (("run-5", "run-0"), FIRST)
    assert violations(open_reader(corrected).store) == []


def test_a_clock_that_was_put_back_ends_nothing_before_it_began(tmp_path):
    write(tmp_path, [made("a")], run_on(9))
    write(tmp_path, [made("a", verb="said")], run_on(3))

    assert [(one.since, one.until) for one in versions_of(open_reader(tmp_path), "a")] == [
        (FIRST + timedelta(days=9), FIRST + timedelta(days=9)),
        (FIRST + timedelta(days=9), None),
    ]
    assert violations(open_reader(tmp_path).store) == []


def test_a_rebuild_has_the_past_again(corrected):
    before = everything(corrected)
    rebuild(corrected)

    assert everything(corrected) == before


def test_the_past_outlives_the_database(corrected):
    before, was = today(corrected), versions_of(open_reader(corrected), "a")[0]
    for name in ("live", "checkpoints"):
        shutil.rmtree(corrected / name)
    rebuild(corrected)

    assert today(corrected) == before
    assert versions_of(open_reader(corrected), "a")[0] == was


def test_a_file_of_the_past_that_cannot_be_read_is_told_and_left_out(corrected):
    path = next((corrected / "former").glob("*/*.json.gz"))
    path.write_bytes(gzip.compress(b"{}", mtime=0))
    before = today(corrected)

    [note] = rebuild(corrected).notes

    assert path.name in note
    assert today(corrected) == before
    assert violations(open_reader(corrected).store) == []


def test_what_killed_runs_leave_of_the_past_is_not_what_was(corrected, monkeypatch):
    before = everything(corrected)

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("graph.journal.make", stop)
        try:
            write(corrected, [made("b", verb="said")], run_on(2))
        except KeyboardInterrupt as error:
            error.__traceback__ = None
    assert len(all_former(corrected)) == 3

    rebuild(corrected)
    assert everything(corrected) == before
    [newer] = corrected.glob(f"extractions/*/{made('b', verb='said')[0].version_id}-*")
    newer.unlink()
    for name in ("live", "checkpoints"):
        shutil.rmtree(corrected / name)
    rebuild(corrected)
    assert [one.until for one in versions_of(open_reader(corrected), "b")] == [None]


def test_another_model_that_reads_other_things_is_told_by_diff(tmp_path):
    pairs = [made("a"), made("b"), spoken("c", ("Anna Berg", "denied"))]
    write(tmp_path, pairs, run_on(0))
    better = replace(made("a")[1], attributions=(), relations=made("a")[1].relations[1:])
    write(tmp_path, [(made("a")[0], better), *pairs[1:]], run_on(1, "model-2"))
    reader = open_reader(tmp_path)

    found = run_diff(reader, "run-0", "run-1")

    assert (found.compared, found.changed, found.only_one, found.only_other) == (3, 1, 0, 0)
    assert dict(found.counts) == {("attribution", "deny", "lost"): 1, ("relation", "struck", "lost"): 1}
    assert {one.article for one in found.examples} == {"a"}
    back = run_diff(reader, "model-2", "model-1", examples=1)
    assert {fate for _, _, fate in back.counts} == {"gained"}
    assert len(back.examples) == 1
    assert [(run.id, run.model, run.holds, run.replaced) for run in runs_of(reader)] == [
        ("run-0", "model-1", 0, 1),
        ("run-1", "model-2", 3, 0),
    ]


@pytest.mark.parametrize(("written", "line"), [
    ("run-", "2 runs begin with 'run-': run-0, run-1"),
    ("", "no run or model is called ''"),
    ("x\n", "no run or model is called"),
    ("mod", "no run or model is called 'mod'"),
])  # fmt: skip
def test_a_run_that_is_not_clear_is_told(written, line, corrected):
    with pytest.raises(UnknownArticleError) as raised:
        run_diff(open_reader(corrected), written, "run-1")

    assert line in str(raised.value)


def test_only_the_readings_that_were_taken_up_are_replaced(tmp_path):
    """What an upgrade read in a text that a newer one has replaced meanwhile is thrown away."""
    write(tmp_path, [made("a"), made("b")], run_on(0))
    [(version, digest)] = [
        one for one in open_reader(tmp_path).outdated(run_on(2, "m2")) if one[0] == made("a")[0].version_id
    ]
    write(tmp_path, [made("a", verb="said")], run_on(1))
    before = everything(tmp_path)

    with open_writer(tmp_path) as writer:
        reread = [made("a"), made("new")]
        assert writer.add(reread, run_on(2, "m2"), instead_of={(version, digest)}) == 0

    assert everything(tmp_path) == before


def test_the_files_are_one_for_each_reading(corrected):
    assert len(all_former(corrected)) == 2
    path = next((corrected / "former").glob("*/*.json.gz"))
    assert set(json.loads(gzip.decompress(path.read_bytes()))) >= {"article", "statements", "knownFrom"}
