"""Large changes of the store: fast, and all or nothing whatever ends the process when."""

import os
import shutil
from pathlib import Path
from time import monotonic

import pytest
from pyoxigraph import parse

from graph import journal
from graph.giving_way import PRIORITY, THREADS, wait_for_merging
from graph.rebuild import rebuild
from graph.snapshots import open_reader
from graph.store import open_writer
from graph.validate import violations
from newsgraph.errors import StoreError
from tests.graph.made import RUN, dump_of, made, spoken

OLD = [made("a"), made("b", speaker="Ida Jung")]
NEW = [made("a", verb="said"), made("c", object_="Su-27"), spoken("d", ("Anna Berg", "denied"))]


def dump(folder):
    return dump_of(open_reader(folder), without_provenance=False)


def write(folder, pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)


@pytest.fixture
def states(tmp_path, monkeypatch):
    """The graph before and after, written by plain transactions."""
    write(tmp_path / "plain", OLD)
    before = dump(tmp_path / "plain")
    write(tmp_path / "plain", NEW)
    after = dump(tmp_path / "plain")
    monkeypatch.setattr(journal, "LARGE", 0)
    monkeypatch.setattr(journal, "LOADED", 50)
    return before, after


def test_a_large_change_gives_the_same_graph(tmp_path, states):
    write(tmp_path / "g", OLD)
    assert dump(tmp_path / "g") == states[0]
    write(tmp_path / "g", NEW)

    assert dump(tmp_path / "g") == states[1]
    assert not list((tmp_path / "g").glob("pending*"))
    assert violations(open_reader(tmp_path / "g").store) == []


def test_what_a_large_change_inserts_waits_in_a_file(tmp_path, states, monkeypatch):
    in_memory = list[int]()
    real = journal.make

    def making(graph_dir, store, changes, **how):
        in_memory.append(len(changes.insert) + len(changes.pile.few))
        real(graph_dir, store, changes, **how)

    monkeypatch.setattr(journal, "make", making)
    write(tmp_path / "g", OLD)
    write(tmp_path / "g", NEW)

    assert in_memory == [0, 0]
    assert dump(tmp_path / "g") == states[1]


class Ended(BaseException):
    """Stands for the end of the process."""


def end(folder):
    try:
        write(folder, NEW)
    except Ended as error:
        error.__traceback__ = None  # which would keep the store open


@pytest.mark.parametrize(("place", "is_made"), [
    ("serialize", False),
    ("to_disk", False),
    ("apply", True),
    ("_end", True),
])  # fmt: skip
@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_the_next_writer_finds_the_old_or_the_new_state(
    place, is_made, before, tmp_path, states, monkeypatch
):
    write(tmp_path / "g", OLD)
    real = getattr(journal, place)

    def ending(*arguments, **options):
        if not before:
            real(*arguments, **options)
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(journal, place, ending)
        end(tmp_path / "g")
    assert dump(tmp_path / "g") == states[0], "readers have the old one"

    with open_writer(tmp_path / "g"):
        pass

    assert dump(tmp_path / "g") == states[is_made]
    assert not list((tmp_path / "g").glob("pending*"))


def test_a_change_that_ends_amid_what_it_deletes_is_made_once_more(tmp_path, states, monkeypatch):
    write(tmp_path / "g", OLD)

    def half(store, folder, **_):
        store.update((folder / "delete.ru").read_text("utf-8"))
        for path in folder.glob("insert*.trig"):
            store.bulk_extend(list(parse(path=path))[::2])
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(journal, "apply", half)
        end(tmp_path / "g")

    with open_writer(tmp_path / "g"):
        pass

    assert dump(tmp_path / "g") == states[1]


@pytest.mark.parametrize("first", ["delete.ru", "insert-0000.trig", "insert*.trig"])
def test_a_change_that_is_made_is_not_half_forgotten(first, tmp_path, states, monkeypatch):
    """Else its deletions would be made again, and what it had inserted would be gone."""
    write(tmp_path / "g", OLD)

    def half(folder, **_):
        if folder.exists() and folder.name.startswith("pending"):
            assert list(folder.glob(first))
            for path in folder.glob(first):
                path.unlink()
            raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(journal.shutil, "rmtree", half)
        end(tmp_path / "g")

    with open_writer(tmp_path / "g"):
        pass

    assert dump(tmp_path / "g") == states[1]
    assert not list((tmp_path / "g").glob("pending*"))


@pytest.mark.parametrize("content", [None, b"rubbish"])
def test_what_is_pending_and_damaged_is_told_and_a_rebuild_goes_on_without(content, tmp_path, states):
    write(tmp_path / "g", OLD)
    (tmp_path / "g" / "pending").mkdir()
    if content is not None:
        for name in ("delete.ru", "insert.nq"):
            (tmp_path / "g" / "pending" / name).write_bytes(content)

    with pytest.raises(StoreError, match=r"^[^\n]*pending[^\n]*newsgraph rebuild[^\n]*$"):
        write(tmp_path / "g", NEW)

    rebuild(tmp_path / "g")
    assert dump(tmp_path / "g") == states[0]
    write(tmp_path / "g", NEW)
    assert dump(tmp_path / "g") == states[1]


def test_a_rebuild_begins_with_what_is_pending(tmp_path, states, monkeypatch):
    write(tmp_path / "g", OLD)

    def never(*_, **__):
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(journal, "apply", never)
        end(tmp_path / "g")

    rebuild(tmp_path / "g")

    assert dump(tmp_path / "g") == states[1]


@pytest.mark.parametrize("mended_by", [rebuild, lambda folder: write(folder, OLD)], ids=["rebuild", "anew"])
def test_what_is_pending_for_a_database_that_is_gone_is_forgotten(mended_by, tmp_path, states, monkeypatch):
    write(tmp_path / "g", OLD)

    def never(*_, **__):
        raise Ended

    with monkeypatch.context() as patch:
        patch.setattr(journal, "apply", never)
        end(tmp_path / "g")
    shutil.rmtree(tmp_path / "g" / "live")
    if mended_by is not rebuild:
        shutil.rmtree(tmp_path / "g" / "checkpoints")

    mended_by(tmp_path / "g")

    assert dump(tmp_path / "g") == states[0]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells of threads")
def test_what_merges_gives_way_to_what_is_loaded(tmp_path, states):
    with open_writer(tmp_path / "g") as writer:
        writer.add(OLD, RUN)
        threads = [
            int(task.name)
            for task in Path("/proc/self/task").iterdir()
            if (task / "comm").read_text().startswith(THREADS)
        ]
        assert {os.getpriority(os.PRIO_PROCESS, one) for one in threads} == {PRIORITY}
    assert os.getpriority(os.PRIO_PROCESS, 0) < PRIORITY


def test_nobody_waits_longer_for_merging_than_told():
    began = monotonic()
    wait_for_merging(0.2)
    assert monotonic() - began < 10


@pytest.mark.parametrize("goes_on", [False, True])
def test_merging_is_waited_for_at_the_end_of_a_run_alone(goes_on, tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "LARGE", 50)
    monkeypatch.setattr(journal, "LOADED", 200)
    waits = []
    monkeypatch.setattr(journal, "wait_for_merging", waits.append)

    with open_writer(tmp_path / "g", goes_on=goes_on) as writer:
        writer.add(OLD, RUN)

    assert bool(waits) != goes_on
