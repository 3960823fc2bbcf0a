"""The prints beside the store: whatever becomes of their file, copies are found as if nothing had."""

import shutil
import sqlite3

import pytest

from graph.articles import retract
from graph.copies import print_of
from graph.prints import FILE, Prints, text_of
from graph.rebuild import rebuild
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.errors import StoreError
from tests.graph.copied import reprinted, retold, unread, updated, wire
from tests.graph.made import RUN, dump_of

TOLD = [unread(one) for one in (wire(), reprinted(), updated(), retold())]
NOON = RUN.started_at


def write(folder, *pairs):
    with open_writer(folder) as writer:
        writer.add(pairs, RUN)
    return dump_of(open_reader(folder))


def prints_of(folder):
    """Return what is held of each text; the numbers of the rows say nothing."""
    connection = sqlite3.connect(folder / FILE)
    rows = connection.execute(
        "SELECT version, article, fingerprint, (SELECT group_concat(key) FROM"
        " (SELECT key FROM key WHERE key.print = print.id ORDER BY key)) FROM print ORDER BY version"
    ).fetchall()
    keys = connection.execute("SELECT count(*) FROM key WHERE print NOT IN (SELECT id FROM print)")
    assert keys.fetchone() == (0,)
    connection.close()
    return rows


@pytest.fixture
def whole(tmp_path):
    folder = tmp_path / "whole"
    return write(folder, *TOLD), prints_of(folder)


def lost(folder, _):
    (folder / FILE).unlink()


def no_database(folder, _):
    (folder / FILE).write_bytes(b"what is this? " * 1000)


def of_another_format(folder, _):
    connection = sqlite3.connect(folder / FILE)
    connection.execute("DROP TABLE key")
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def of_an_earlier_day(folder, earlier):
    shutil.copy(earlier, folder / FILE)


def of_another_store(folder, _):
    other = folder.with_name("other")
    write(other, unread(wire("stranger")))
    shutil.copy(other / FILE, folder / FILE)


@pytest.mark.parametrize("harm", [lost, no_database, of_another_format, of_an_earlier_day, of_another_store])
def test_what_became_of_the_file_is_mended_with_the_next_article(harm, whole, tmp_path):
    folder, earlier = tmp_path / "g", tmp_path / "earlier.db"
    write(folder, TOLD[0])
    shutil.copy(folder / FILE, earlier)
    write(folder, TOLD[1])
    harm(folder, earlier)

    assert (write(folder, *TOLD[2:]), prints_of(folder)) == whole


def test_what_is_damaged_within_is_told_and_made_anew(whole, tmp_path):
    folder = tmp_path / "g"
    write(folder, *TOLD[:2])
    size = (folder / FILE).stat().st_size
    with (folder / FILE).open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))

    with pytest.raises(
        StoreError, match=r"prints\.db, which copies are found by, was damaged.*run the same command again"
    ):
        write(folder, *TOLD[2:])

    assert (write(folder, *TOLD[2:]), prints_of(folder)) == whole


def test_a_print_that_is_missing_within_is_told_and_the_file_made_anew(whole, tmp_path):
    folder = tmp_path / "g"
    write(folder, *TOLD[:2])
    connection = sqlite3.connect(folder / FILE)
    connection.execute("DELETE FROM print")
    connection.commit()
    connection.close()

    with pytest.raises(StoreError, match="keys of no print"):
        write(folder, *TOLD[2:])

    assert (write(folder, *TOLD[2:]), prints_of(folder)) == whole


def test_a_file_that_cannot_be_written_is_told_in_one_line(tmp_path):
    folder = tmp_path / "g"
    write(folder, TOLD[0])
    (folder / FILE).unlink()
    (folder / FILE).mkdir()

    with pytest.raises(StoreError, match=r"prints\.db, which copies are found by, cannot be written"):
        write(folder, TOLD[1])


def test_the_print_of_what_was_taken_out_goes_too(tmp_path):
    folder, fewer = tmp_path / "g", tmp_path / "fewer"
    write(folder, *TOLD)
    retract(folder, "reprint", by="kim", at=NOON, reason="withdrawn")
    write(fewer, TOLD[0], *TOLD[2:])

    assert prints_of(folder) == prints_of(fewer)


def test_the_print_of_a_former_text_goes_with_it(tmp_path):
    folder, fresh = tmp_path / "g", tmp_path / "fresh"
    write(folder, TOLD[0], TOLD[1])
    corrected = unread(reprinted("wire"))

    write(folder, corrected)
    write(fresh, corrected, TOLD[1])

    assert prints_of(folder) == prints_of(fresh)


def test_what_a_killed_run_left_over_does_no_harm_and_goes_when_prints_are_compared(whole, tmp_path):
    folder = tmp_path / "g"
    write(folder, *TOLD[:2])
    prints = Prints(folder)
    never = wire("never-written")
    prints.put([text_of(never, print_of(never))])
    prints.close()

    assert write(folder, *TOLD[2:]) == whole[0]

    (folder / "unpublished").touch()
    with open_writer(folder):
        pass
    write(folder, TOLD[0])
    assert prints_of(folder) == whole[1]


def test_a_rebuild_finds_the_same_copies_with_and_without_the_file(whole, tmp_path):
    folder = tmp_path / "g"
    write(folder, *TOLD)
    rebuild(folder)
    assert (dump_of(open_reader(folder)), prints_of(folder)) == whole

    (folder / FILE).unlink()
    rebuild(folder)
    assert (dump_of(open_reader(folder)), prints_of(folder)) == whole


def test_a_writer_that_brings_no_article_leaves_nothing_to_be_compared(tmp_path, monkeypatch):
    folder = tmp_path / "g"
    write(folder, TOLD[0])
    with open_writer(folder) as writer:
        writer.optimise()
    monkeypatch.setattr("graph.prints.compare", None)

    write(folder, TOLD[1])
