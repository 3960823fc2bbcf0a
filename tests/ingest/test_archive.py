"""The archive: what a crash, a flipped bit or a lost index costs."""

import gzip
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from ingest.archive import day_dir, open_archive, rebuild_index
from ingest.archive_check import check_archive, list_archive
from ingest.warc import read_warc
from ingest.web import Answer
from newsgraph.errors import ArchiveBusyError, ArchiveError

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


def now():
    return NOON


def answer(url, body=b"<p>Rain.</p>", status=200, at=NOON, **headers):
    named = {"content-type": "text/html", **headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
    head = f"HTTP/1.1 {status} Told\r\n{lines}\r\n".encode("latin-1")
    return Answer(url, at, status, head, body, b"GET / HTTP/1.1\r\n\r\n", tuple(named.items()), "192.0.2.1")


def fill(raw_dir, *answers):
    with open_archive(raw_dir, now, no_note) as archive:
        return [archive.add_answer(one, "article", {"source": "wire", "title": "Zoë"}) for one in answers]


def no_note(message):
    raise AssertionError(f"nothing should be told, but was: {message}")


def index_of(raw_dir):
    with open_archive(raw_dir, now, no_note) as archive:
        return list(archive.index.all())


def documents(raw_dir):
    return [one for path in sorted(raw_dir.rglob("*.warc.gz")) for one in read_warc(path, path.name)]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """An archive of three pages, and the offsets of its records."""
    folder = tmp_path_factory.mktemp("written")
    fill(folder, *(answer(f"http://a.example/{number}") for number in range(3)))
    [path] = folder.rglob("*.warc.gz")
    return path.read_bytes(), [kept.offset for kept in index_of(folder)], path.relative_to(folder)


def test_an_answer_is_kept_as_it_came_for_any_reader_of_warc(tmp_path):
    body = gzip.compress("<p>Café</p>".encode(), mtime=0)
    fill(tmp_path, answer("http://a.example/1", body, **{"Content-Encoding": "gzip", "x-odd": "caf\xe9"}))

    [path] = day_dir(tmp_path, date(2026, 11, 26)).iterdir()
    with path.open("rb") as file:
        records = [
            (one.rec_type, one.rec_headers, one.http_headers, one.raw_stream.read())
            for one in ArchiveIterator(file, check_digests="raise")
        ]
    kinds, headers, http, bodies = zip(*records, strict=True)
    assert kinds == ("warcinfo", "response", "request")
    assert bodies[1] == body
    assert http[1].get_header("x-odd") == "caf\xe9"
    assert headers[1].get_header("WARC-IP-Address") == "192.0.2.1"
    assert headers[1].get_header("Newsgraph-Title") == "Zoë"
    [document] = documents(tmp_path)
    assert (document.url, document.body, document.fetched) == (
        "http://a.example/1",
        "<p>Café</p>".encode(),
        NOON,
    )


def test_what_was_the_same_is_kept_as_a_revisit(tmp_path):
    url, later = "http://a.example/1", NOON + timedelta(hours=1)
    first, same, not_modified, other = fill(
        tmp_path,
        answer(url, etag='"1"'),
        answer(url, at=later, etag='"2"'),
        answer(url, b"", 304, at=later + timedelta(hours=1)),
        answer(url, b"<p>Sun.</p>", at=later + timedelta(hours=2)),
    )

    assert [one.type for one in (first, same, not_modified, other)] == [
        "response",
        "revisit",
        "revisit",
        "response",
    ]
    assert (not_modified.status, not_modified.etag) == (200, '"2"')
    with open_archive(tmp_path, now, no_note) as archive:
        assert archive.body_of(archive.index.latest_body(url)) == b"<p>Sun.</p>"
    assert [one.body for one in documents(tmp_path)] == [b"<p>Rain.</p>", b"<p>Sun.</p>"]


def test_a_redirect_is_settled_by_what_it_leads_to(tmp_path):
    fill(tmp_path, answer("http://a.example/old", b"", 301, location="/1?utm_source=x"))

    with open_archive(tmp_path, now, no_note) as archive:
        assert archive.settled("http://a.example/old") is None
        archive.add_answer(answer("http://a.example/1"), "article", {})
        assert archive.settled("http://a.example/old").url == "http://a.example/1"
        archive.add_answer(answer("http://a.example/1", b"", 301, location="/old"), "article", {})
        assert archive.settled("http://a.example/old") is None, "a circle"


def test_one_writes_at_a_time(tmp_path):
    with (
        open_archive(tmp_path, now, no_note),
        pytest.raises(ArchiveBusyError, match="another newsgraph"),
        open_archive(tmp_path, now, no_note),
    ):
        pass


def test_a_new_day_is_a_new_file(tmp_path):
    days = iter([NOON, NOON, NOON + timedelta(days=1), NOON + timedelta(days=1), NOON + timedelta(days=1)])
    with open_archive(tmp_path, lambda: next(days), no_note) as archive:
        for number in range(3):
            archive.add_answer(answer(f"http://a.example/{number}"), "article", {})

    assert [path.name for path in sorted(tmp_path.glob("2026/11/*"))] == ["26", "27"]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_crash_costs_at_most_the_last_record(written, tmp_path, data):
    """Cut anywhere, with the index as of any time before: all whole records stay, and writing goes on."""
    whole, offsets, name = written
    cut = data.draw(st.integers(1, len(whole)))
    indexed = data.draw(st.integers(0, 3))
    raw_dir = tmp_path / "raw"
    shutil.rmtree(raw_dir, ignore_errors=True)
    path = raw_dir / name
    path.parent.mkdir(parents=True)
    if indexed:
        path.write_bytes(whole[: [*offsets, len(whole)][indexed]])
        index_of(raw_dir)
    path.write_bytes(whole[:cut])
    before = documents(raw_dir)

    notes = []
    with open_archive(raw_dir, now, notes.append) as archive:
        kept = [one.url for one in archive.index.all()]
        again = [
            archive.add_answer(answer(f"http://a.example/{number}"), "article", {}) for number in range(3)
        ]

    whole_ones = [one.url for one in before]
    assert kept == whole_ones == [f"http://a.example/{number}" for number in range(len(kept))]
    assert [one.type for one in again].count("response") == 3 - len(kept)
    assert path.read_bytes() == whole[: path.stat().st_size]
    assert len(notes) <= 1
    assert check_archive(raw_dir, now, no_note)[1] == []
    assert len(documents(raw_dir)) == 3


def test_a_flipped_bit_costs_one_record_and_nothing_is_cut_off(written, tmp_path):
    whole, offsets, name = written
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    damaged = bytearray(whole)
    damaged[offsets[1] + 60] ^= 255
    path.write_bytes(damaged)
    notes = []

    with open_archive(tmp_path, now, notes.append) as archive:
        assert [one.url[-1] for one in archive.index.all()] == ["0", "2"]

    assert path.read_bytes() == bytes(damaged)
    assert "damaged at" in notes[0]
    [good, rejection, other] = documents(tmp_path)
    assert (good.url[-1], other.url[-1]) == ("0", "2")
    assert rejection.place == f"{path.name}:{offsets[1]}"
    assert len(check_archive(tmp_path, now, no_note)[1]) == 1


def test_the_index_is_made_again_from_the_files(tmp_path):
    url = "http://a.example/1"
    fill(tmp_path, answer(url, etag='"1"'), answer(url, b"", 304), answer("http://a.example/2", b"", 404))
    before = index_of(tmp_path)

    for spoil in (
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"no database at all" * 1000),
        lambda path: sqlite3.connect(path).execute("PRAGMA user_version = 99").connection.close(),
    ):
        spoil(tmp_path / "index.sqlite")
        with open_archive(tmp_path, now, lambda _: None) as archive:
            assert list(archive.index.all()) == before

    assert rebuild_index(tmp_path, now, no_note) == len(before) == 3
    assert list_archive(tmp_path, now, no_note)[0][2:] == (3, 1)


def test_an_archive_of_nothing_but_zeros_is_no_bomb(tmp_path):
    """A server cannot make us cut off our own archive with pages that pack a thousandfold."""
    zeros = bytes(10_000_000)
    fill(tmp_path, *(answer(f"http://a.example/{number}", zeros) for number in range(15)))
    (tmp_path / "index.sqlite").unlink()

    assert len(index_of(tmp_path)) == 15


def test_a_file_of_ours_that_is_damaged_all_over_is_not_cut_off(tmp_path):
    fill(tmp_path, *(answer(f"http://a.example/{number}") for number in range(30)))
    [path] = tmp_path.rglob("*.warc.gz")
    content = bytearray(path.read_bytes())
    for kept in index_of(tmp_path)[:29]:
        content[kept.offset + 60] ^= 255
    path.write_bytes(content)
    (tmp_path / "index.sqlite").unlink()
    notes = []

    with open_archive(tmp_path, now, notes.append):
        pass

    assert path.read_bytes() == bytes(content)
    assert "the rest is not read" in notes[-1]


def test_an_empty_redirect_is_not_taken_for_an_empty_page(tmp_path):
    url = "http://a.example/1"
    kept = fill(tmp_path, answer(url, b""), answer(url, b"", 301, location="/2"), answer(url, b"", 404))

    assert [(one.type, one.status) for one in kept] == [
        ("response", 200),
        ("response", 301),
        ("response", 404),
    ]


def test_a_file_that_is_gone_is_told_and_fetched_again(tmp_path):
    [kept] = fill(tmp_path, answer("http://a.example/1"))
    (tmp_path / kept.file).unlink()
    notes = []

    with open_archive(tmp_path, now, notes.append) as archive:
        assert archive.settled(kept.url) is None
        with pytest.raises(ArchiveError, match="No such file"):
            archive.body_of(kept)
    assert "is gone" in notes[0]


def test_what_is_said_of_an_answer_cannot_forge_a_header(tmp_path):
    evil = "x\r\nWARC-Type: resource\r\n\r\nmore"
    with open_archive(tmp_path, now, no_note) as archive:
        archive.add_answer(answer("http://a.example/1"), "article", {"title": evil, "source": "wire"})

    [document] = documents(tmp_path)
    assert document.title == "x WARC-Type: resource more"


def test_no_archive_is_told(tmp_path):
    with pytest.raises(ArchiveError, match="nothing was fetched yet"):
        rebuild_index(tmp_path / "none", now, no_note)
    assert list_archive(tmp_path / "none", now, no_note) == []
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ArchiveError, match="cannot be read or written"),
        open_archive(Path(tmp_path / "file"), now, no_note),
    ):
        pass
