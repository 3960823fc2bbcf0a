"""The graph made anew from what is kept: the same graph, whatever became of the old database."""

import gzip
import os
import shutil
import signal
import time
from datetime import UTC, datetime
from multiprocessing import get_context

import pytest

from graph.decision_log import append_to_log
from graph.decisions import Decision, Party
from graph.kept import packed, write_packed
from graph.rebuild import rebuild
from graph.review import different, same, undo
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.validate import violations
from newsgraph.errors import NoGraphError, StoreError
from tests.graph.copied import reprinted, round_up, telling, wire
from tests.graph.made import RUN, made
from tests.graph.test_review import BY, NOON, PAIRS, dump, iri, write

ARTICLES = [article for article, _ in PAIRS]


@pytest.fixture
def store(tmp_path):
    write(tmp_path / "g", PAIRS)
    same(tmp_path / "g", "Anna Berg", "Ann Berg", **BY)
    different(tmp_path / "g", iri(PAIRS[2]), "Carl Dorn", **BY)
    return tmp_path / "g"


def keep(folder, article, extraction):
    """Leave what was read in an article beside a store that does not hold it."""
    write_packed(folder / "extractions", article.version_id, *packed(article, extraction))


def known(folder):
    with open_writer(folder) as writer:
        return writer.known(ARTICLES, RUN)


def test_a_rebuilt_graph_is_the_same_with_who_read_it(store):
    before, quads = dump(store), set(open_reader(store).store)
    told = []

    outcome = rebuild(store, tell=told.append)

    assert (outcome.added, outcome.rejected, told[-1].added) == (len(PAIRS), (), len(PAIRS))
    assert dump(store) == before
    assert set(open_reader(store).store) == quads
    assert known(store) == {article.id for article in ARTICLES}
    assert {path.name for path in store.iterdir()} == {
        *(
            "live",
            "current",
            "checkpoints",
            "extractions",
            "decisions.jsonl",
            "format",
            "search.db",
            "prints.db",
            "odds.db",
            "writer.lock",
        )
    }


@pytest.mark.parametrize("written", [None, b"2\n", b"99\n"], ids=["none", "older", "newer"])
def test_a_store_of_another_format_is_rebuilt(written, store):
    before, file = dump(store), store / "format"
    file.unlink() if written is None else file.write_bytes(written)
    (store / "decisions.jsonl").unlink()  # the old database still knows
    with pytest.raises(StoreError, match="newsgraph rebuild"):
        write(store, PAIRS)

    rebuild(store)

    assert dump(store) == before
    assert known(store) == {article.id for article in ARTICLES}


@pytest.mark.parametrize("gone", [("live",), ("live", "checkpoints")])
def test_a_database_that_cannot_be_opened_is_rebuilt_from_the_files(gone, store):
    before = dump(store)
    for name in gone:
        for path in store.glob(f"{name}/**/CURRENT"):
            path.unlink()
            path.write_bytes(b"rubbish")

    rebuild(store)

    assert dump(store) == before
    assert known(store) == ({article.id for article in ARTICLES} if len(gone) == 1 else set())
    assert violations(open_reader(store).store) == []


def test_a_database_that_is_gone_is_told_and_rebuilt_from_its_snapshot(store):
    before = dump(store)
    shutil.rmtree(store / "live")

    with pytest.raises(StoreError, match=r"is gone.*newsgraph rebuild"):
        write(store, PAIRS)

    rebuild(store)
    assert dump(store) == before
    assert known(store) == {article.id for article in ARTICLES}


def test_what_killed_runs_left_behind_is_not_what_the_graph_held(store):
    before = dump(store)
    for pair in (made("gone"), made("a", object_="Su-24")):
        keep(store, *pair)

    rebuild(store)

    assert dump(store) == before


def test_without_a_database_what_was_kept_last_counts(store):
    newer = made("a", object_="Su-24")
    time.sleep(0.01)
    keep(store, *newer)
    for name in ("live", "checkpoints"):
        shutil.rmtree(store / name)

    assert rebuild(store).added == len(PAIRS)

    write(fresh := store.with_name("fresh"), [newer, *PAIRS[1:]])
    with open_writer(fresh) as writer:
        for entry in open_reader(store).decisions().entries:
            writer.record(entry)
    assert dump(store) == dump(fresh)


@pytest.mark.parametrize("content", [b"rubbish", gzip.compress(b"{}", mtime=0)])
def test_what_cannot_be_read_again_is_told_and_left_out(content, store):
    path = next(store.glob(f"extractions/*/{ARTICLES[1].version_id}-*.json.gz"))
    path.write_bytes(content)

    outcome = rebuild(store)

    assert outcome.added == len(PAIRS) - 1
    assert path.name in outcome.rejected[0].reason
    assert known(store) == {article.id for article in ARTICLES} - {"b"}, "so that ingest reads it again"
    assert violations(open_reader(store).store) == []


def test_decisions_that_contradict_older_ones_are_told(store):
    parties = (Party("Anna Berg", "PERSON"), Party("Ann Berg", "PERSON"))
    append_to_log(store, [Decision("different", *parties, "kim", datetime(2027, 1, 1, tzinfo=UTC), "seen")])

    [note] = rebuild(store).notes

    assert "contradicts" in note
    assert "Anna Berg (PERSON) is not Ann Berg (PERSON)" in note
    assert violations(open_reader(store).store) == []


def test_there_must_be_something_to_build_from(tmp_path):
    with pytest.raises(NoGraphError, match="newsgraph ingest"):
        rebuild(tmp_path / "none")

    assert not (tmp_path / "none").exists()


def test_a_rebuild_that_ends_early_leaves_the_old_graph(store, monkeypatch):
    monkeypatch.setattr("graph.rebuild.worth_writing", lambda _: 1)
    before, quads = dump(store), len(open_reader(store).store)

    def stop(_):
        raise KeyboardInterrupt

    try:
        rebuild(store, tell=stop)
    except KeyboardInterrupt:
        assert len(open_reader(store).store) == quads

    write(store, PAIRS[:1])
    assert dump(store) == before
    rebuild(store)
    assert dump(store) == before
    assert not (store / "rebuilding").exists()


@pytest.mark.parametrize("moved", [False, True], ids=["before", "amid"])
def test_a_rebuild_that_ends_before_the_switch_is_finished_by_the_next_writer(moved, store, monkeypatch):
    (store / "format").write_bytes(b"2\n")
    before = dump(store)

    def stop(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("graph.rebuild.open_writer", stop)
        try:
            rebuild(store)
        except KeyboardInterrupt:
            assert dump(store) == before, "readers have the old one"
    if moved:
        (store / "live").rename(store / "replaced")

    write(store, PAIRS[:1])

    assert dump(store) == before
    assert not list(store.glob("re*"))


def _decide_for_ever(folder):
    while True:
        decided = same(folder, "Anna Berg", "Ann Berg", by="sam", at=datetime.now(UTC)).decision
        undo(folder, decided.id, by="sam", at=datetime.now(UTC))


def _rebuild_for_ever(folder):
    while True:
        rebuild(folder)


@pytest.mark.slow
@pytest.mark.parametrize("act", [_decide_for_ever, _rebuild_for_ever])
def test_a_killed_process_leaves_the_old_or_the_new_state(act, tmp_path):
    write(tmp_path, PAIRS)
    for milliseconds in (80, 170, 290, 420):
        process = get_context("spawn").Process(target=act, args=(tmp_path,))
        process.start()
        deadline = time.monotonic() + 30
        checkpoints = sorted((tmp_path / "checkpoints").iterdir())
        while sorted((tmp_path / "checkpoints").iterdir()) == checkpoints and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(milliseconds / 1000)
        os.kill(process.pid, signal.SIGKILL)
        process.join()

        assert violations(open_reader(tmp_path).store) == []
        with open_writer(tmp_path):
            pass
        whole = dump(tmp_path)
        rebuild(tmp_path)
        assert dump(tmp_path) == whole
        assert whole.count(b"/ns#currentVersion>") == len(PAIRS)


def test_the_clock_is_the_callers(store):
    assert all(entry.at == NOON for entry in open_reader(store).decisions().entries)


def test_copies_and_decisions_are_there_again_together(tmp_path):
    write(tmp_path / "g", [*PAIRS, *map(telling, (wire(), reprinted(), round_up()))])
    same(tmp_path / "g", "Anna Berg", "Ann Berg", **BY)
    before = dump(tmp_path / "g")

    rebuild(tmp_path / "g")

    assert dump(tmp_path / "g") == before
    assert b"copyOf" in before


def test_what_clients_wrote_outlives_a_rebuild(store):
    with open_writer(store) as writer:
        writer.update("INSERT DATA { GRAPH <http://client.example/g> { <http://a> <http://b> 'kept' } }", {})
    quads = set(open_reader(store).store)

    rebuild(store)

    assert set(open_reader(store).store) == quads
