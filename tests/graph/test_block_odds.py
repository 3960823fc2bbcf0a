"""What is remembered of blocks: it saves comparing, changes nothing, and goes with what it was of."""

import shutil
import sqlite3

import pytest

from graph import clusters, journal, placing
from graph.articles import retract
from graph.block_odds import FILE
from graph.rebuild import rebuild
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.graph.made import RUN, dump_of, naming

NAMES = ["Ann Berg", "Anna Berg", "A. Berg", "Anne Berg"]
PEOPLE = [
    naming(f"n{number}", (name, "PERSON"), (place, "LOC"))
    for number, (name, place) in enumerate(
        (name, place) for name in NAMES for place in ("Norway", "Peru", "Ghana")
    )
]


def write(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return dump_of(open_reader(folder))


def remembered(folder):
    connection = sqlite3.connect(folder / FILE)
    found = connection.execute("SELECT name, decided_by, lines FROM block ORDER BY name").fetchall()
    connection.close()
    return found


def change(folder, statement):
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute(statement)
    connection.close()


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    folder = tmp_path_factory.mktemp("half")
    write(folder, *PEOPLE[::2])
    return folder


def lost(folder):
    (folder / FILE).unlink()


def no_database(folder):
    (folder / FILE).write_bytes(b"what is this? " * 1000)


def by_others(folder):
    change(folder, "UPDATE block SET decided_by = 'newsgraph 0', odds = zeroblob(length(odds))")


def garbled(folder):
    change(folder, "UPDATE block SET odds = x'00', lines = '{}'")


def kept(_):
    pass


def of_an_earlier_day(folder):
    earlier = folder.with_name("earlier.db")
    shutil.copy(folder / FILE, earlier)
    write(folder, naming("n-last", ("Annika Berg", "PERSON"), ("Norway", "LOC")))
    retract(folder, "n-last", by="kim", at=RUN.started_at, reason="withdrawn")
    write(folder, PEOPLE[1])
    shutil.copy(earlier, folder / FILE)


def of_another_store(folder):
    other = folder.with_name("other")
    write(other, *PEOPLE[::3])
    shutil.copy(other / FILE, folder / FILE)


def of_a_killed_run(folder):
    def die(*_, **__):
        raise SystemExit

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "make", die)
        with pytest.raises(SystemExit):
            write(folder, *PEOPLE[:3], naming("n-never", ("Annika Berg", "PERSON"), ("Norway", "LOC")))
    assert any("annika berg" in lines for _, _, lines in remembered(folder))


HARMS = [kept, lost, no_database, by_others, garbled, of_another_store, of_a_killed_run]


@pytest.mark.parametrize("harm", HARMS)
def test_whatever_is_remembered_the_graph_is_the_same(harm, half, tmp_path):
    folder, at_once = tmp_path / "g", tmp_path / "at-once"
    shutil.copytree(half, folder, symlinks=True)
    harm(folder)

    assert write(folder, *PEOPLE[1::2]) == write(at_once, *PEOPLE)
    ours = {row for row in remembered(folder) if "newsgraph 0" not in row and "{}" not in row}
    assert ours <= {*remembered(at_once)}
    assert harm != kept or remembered(folder) == remembered(at_once)


def test_a_file_of_an_earlier_day_is_begun_anew(half, tmp_path):
    folder, other = tmp_path / "g", tmp_path / "other"
    for one in (folder, other):
        shutil.copytree(half, one, symlinks=True)
        of_an_earlier_day(one)
    lost(other)

    assert write(folder, *PEOPLE[3::2]) == write(other, *PEOPLE[3::2])
    assert remembered(folder) == remembered(other)


def test_what_a_rebuild_has_compared_is_remembered(half, tmp_path, monkeypatch):
    folder = tmp_path / "g"
    shutil.copytree(half, folder, symlinks=True)
    lost(folder)
    rebuild(folder)
    assert remembered(folder) == remembered(half)
    looked_up = []
    monkeypatch.setattr(placing.Placing, "_stored", lambda _, *block: looked_up.append(block) or [])

    write(folder, naming("new", ("Annie Berg", "PERSON"), ("Norway", "LOC")))

    assert looked_up == []


def test_only_what_comes_is_compared(half, tmp_path, monkeypatch):
    folder, compared = tmp_path / "g", []
    shutil.copytree(half, folder, symlinks=True)
    score = clusters.score

    def counted(one, other, model):
        compared.append({one.key, other.key})
        return score(one, other, model)

    monkeypatch.setattr(clusters, "score", counted)
    write(folder, naming("new", ("Annie Berg", "PERSON"), ("Norway", "LOC")))

    assert compared
    assert all("annie berg" in pair for pair in compared)


def test_what_is_taken_out_is_forgotten(half, tmp_path):
    folder = tmp_path / "g"
    shutil.copytree(half, folder, symlinks=True)
    write(folder, naming("new", ("Annie Berg", "PERSON"), ("Norway", "LOC")))
    assert any("annie berg" in lines for _, _, lines in remembered(folder))

    retract(folder, "new", by="kim", at=RUN.started_at, reason="withdrawn")

    assert remembered(folder) == remembered(half)
