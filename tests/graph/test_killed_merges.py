"""kill -9 anywhere in a merge: readers, search, exports and the next writer have the old or the new state."""

import random
import shutil
import sqlite3

import pytest

from app.cli import main
from graph import search_index
from graph.check import check
from graph.decision_log import read_log
from graph.retractions import RETRACTION_LOG
from graph.snapshots import newest_snapshot, open_reader
from tests import killed_at
from tests.graph import merging
from tests.graph.made import dump_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not killed_at.is_possible(), reason="processes cannot be watched here"),
]
KILLS = 12  # of each merge, at points spread evenly over all it has


@pytest.fixture
def state(tmp_path, monkeypatch):
    """Return what is known of a store by all ways that lead to it."""

    def state(folder):
        monkeypatch.setenv("NEWSGRAPH_GRAPH_DIR", str(folder))
        file = tmp_path / "out.gexf"
        assert main(["export", "-q", "--no-layout", str(file)]) == 0
        dump = dump_of(open_reader(folder)).splitlines()
        return {"graph": dump, "search": searched(folder), "export": file.read_bytes()}

    return state


def searched(folder):
    """Return what can be found by searching what readers see; None if nothing can."""
    try:
        with search_index.open_index(folder) as index:
            return search_index.held(index, int(newest_snapshot(folder).name))
    except sqlite3.Error:
        return None


def logs(folder):
    return read_log(folder), RETRACTION_LOG.read(folder)


@pytest.fixture
def run(tmp_path):
    with killed_at.acting("tests.graph.merging", tmp_path / "gate") as run:
        yield run


def swept(run, merge, before, copy):
    """Yield a copy of a store after each kill, with the number of the call before which that came."""
    shutil.copytree(before, copy, symlinks=True)
    calls = run(merge, copy)
    shutil.rmtree(copy)
    step = max(1, calls // KILLS)
    for at in range(1 + random.randrange(step), calls, step):
        shutil.copytree(before, copy, symlinks=True)
        if run(merge, copy, at) >= at:
            yield at
        shutil.rmtree(copy)


@pytest.mark.parametrize(
    ("merge", "again"),
    [
        ("join", "open_and_close"),
        ("part", "open_and_close"),
        ("take_out", "open_and_close"),
        ("come", "come_again"),
        ("come_in_a_large_change", "come_again"),
    ],
)
def test_a_merge_is_there_or_not(merge, again, run, state, tmp_path):
    before, after, copy = (tmp_path / name for name in ("before", "after", "copy"))
    merging.begin(before)
    if merge == "part":
        merging.join(before)
    shutil.copytree(before, after, symlinks=True)
    getattr(merging, merge.replace("_in_a_large_change", ""))(after)
    old, new, logged = state(before), state(after), logs(after)
    assert old["graph"] != new["graph"]
    seen = {"old": 0, "new": 0}

    for at in swept(run, merge, before, copy):
        at_once = state(copy)
        assert at_once in (old, new), f"killed before call {at}: readers see something between"
        seen["new" if at_once == new else "old"] += 1
        was_logged = logs(copy) == logged
        getattr(merging, again)(copy)
        then = state(copy)
        assert then in (old, new), f"killed before call {at}: the next writer leaves something between"
        assert then == new or at_once == old, f"killed before call {at}: what was seen is gone"
        if again == "come_again":
            assert then == new, f"killed before call {at}: an article is lost"
        elif was_logged:
            assert then == new, f"killed before call {at}: what is written down is lost"

    assert seen["old"] > KILLS / 4, seen
    assert check(after, open_reader(after), sample=5) == []


def test_a_rebuild_changes_nothing_wherever_it_is_killed(run, state, tmp_path):
    before, copy = tmp_path / "before", tmp_path / "copy"
    merging.begin(before)
    merging.join(before)
    whole, kills = state(before), 0

    for at in swept(run, "make_anew", before, copy):
        kills += 1
        at_once = state(copy)
        # Once the new database is in its place, the index is made anew with its first snapshot.
        assert at_once | {"search": whole["search"]} == whole, f"killed before call {at}"
        assert at_once["search"] in (whole["search"], None)
        merging.open_and_close(copy)
        assert state(copy) == whole, f"killed before call {at}"

    assert kills > KILLS / 4
