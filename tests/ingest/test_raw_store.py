import io
import os
import sys
from pathlib import Path
from threading import Thread

import pytest

from ingest.raw_store import find_files, kind_of, names_of, read_documents
from newsgraph.errors import ArticleError
from newsgraph.records import RawDocument, Rejection


def write(path, body=b"Rain."):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return str(path)


def test_documents_are_found_in_folders_in_the_order_of_their_paths(tmp_path):
    for name in (
        "b.txt",
        "a/2.HTML",
        "a/1.jsonl",
        "a/deep/3.htm",
        "README.md",
        "a/x.pdf",
        ".hidden.txt",
        ".git/y.txt",
    ):
        write(tmp_path / name)

    assert find_files(["."]) == ["b.txt", "a/1.jsonl", "a/2.HTML", "a/deep/3.htm"]


def test_each_file_is_read_once(tmp_path):
    write(tmp_path / "a" / "1.txt")

    assert find_files(["a", "a/1.txt", "./a/"]) == ["a/1.txt"]


@pytest.mark.parametrize(("given", "told"), [("nowhere", "nowhere"), ("", "''")])
def test_a_missing_path_is_told(given, told):
    with pytest.raises(ArticleError, match=f"^{told}: no such file or folder$"):
        find_files([given])


def test_folders_that_link_in_a_circle_end(tmp_path):
    write(tmp_path / "a" / "1.txt")
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a")

    assert find_files(["a"]) == ["a/1.txt"]


def test_a_link_to_nothing_is_told(tmp_path):
    (tmp_path / "gone.txt").symlink_to(tmp_path / "elsewhere" / "gone.txt")
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")

    found = list(read_documents(find_files(["."])))

    assert [(one.place, one.reason) for one in found] == [
        ("gone.txt", "cannot be read: No such file or directory"),
        ("self.txt", "cannot be read: Too many levels of symbolic links"),
    ]


def test_a_pipe_in_a_folder_is_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")

    assert find_files(["."]) == []


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["a/1.txt", "a/2.txt"], ["1", "2"]),
        (["a/1.txt", "b/1.txt", "b/2.txt"], ["a/1.txt", "b/1.txt", "2"]),
        (["a/1.txt", "a/1.html"], ["1.txt", "1.html"]),
        (["x/a/1.txt", "y/a/1.txt"], ["x/a/1.txt", "y/a/1.txt"]),
    ],
)
def test_a_name_is_the_stem_unless_that_is_not_enough(files, names):
    assert names_of(files) == dict(zip(files, names, strict=True))
    assert names_of(files[::-1]) == names_of(files), "whatever their order"


def test_lines_of_jsonl_are_documents_with_their_place(tmp_path):
    write(tmp_path / "crawl.jsonl", b'{"text": "a"}\n\n{"text": "b"}')

    found = list(read_documents(["crawl.jsonl"]))

    assert [(raw.name, raw.place) for raw in found] == [
        ("crawl#1", "crawl.jsonl:1"),
        ("crawl#2", "crawl.jsonl:3"),
    ]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (b'{"text": "a"}\n{"text": "b"}\n', ["a.json:1", "a.json:2"]),
        (b'\xef\xbb\xbf\r\n{\r\n "text": "a"\r\n}\r\n', ["a.json"]),
        (b'[{"text": "a"},\n {"text": "b"}]', ["a.json:1", "a.json:2"]),
        (b'{"text": "a",\n', ["a.json"]),
        (b'{"text": "a",}\n{"text": "b"}', ["a.json:1", "a.json:2"]),
        (b"[" * 100_000, ["a.json"]),
        (b"[]", ["a.json"]),
        (b"", ["a.json"]),
    ],
)
def test_a_json_file_holds_an_article_or_a_list_or_an_article_a_line(tmp_path, body, places):
    write(tmp_path / "a.json", body)

    found = list(read_documents(find_files(["."])))

    assert [one.place for one in found] == places
    assert [one.name for one in found if isinstance(one, RawDocument)] in ([], ["a#1"], ["a#1", "a#2"])


def test_a_pipe_that_is_named_is_read_as_a_file_is(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=write, args=(tmp_path / "pipe", b'{\n"text": "a"}'))
    writer.start()

    [found] = read_documents(["pipe"])
    writer.join()

    assert (found.place, found.media_type) == ("pipe", "application/json")


def test_what_cannot_be_read_is_rejected_and_the_rest_is_read(tmp_path):
    (tmp_path / "1.txt").mkdir()
    write(tmp_path / "2.jsonl", b"\n")
    write(tmp_path / "3.txt")

    found = list(read_documents(["1.txt", "2.jsonl", "3.txt", "4.txt"]))

    assert [type(one) for one in found] == [Rejection, Rejection, RawDocument, Rejection]
    assert [one.place for one in found] == ["1.txt", "2.jsonl", "3.txt", "4.txt"]


def test_a_line_too_long_is_cut_off_and_the_next_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.raw_store.MAX_BYTES", 20)
    write(tmp_path / "a.jsonl", b'{"text": "' + b"x" * 100 + b'"}\n{"text": "b"}\n')

    long, short = read_documents(["a.jsonl"])

    assert (len(long.body), short.body, short.place) == (21, b'{"text": "b"}\n', "a.jsonl:2")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"Rain fell.", "text/plain"),
        (b"\n<!DOCTYPE HTML><html>", "text/html"),
        (b'{"text": "Rain"}\n{"text": "Sun"}', "application/json"),
        (b'{"rain": 1}', "application/json"),
        (b'{\n  "text": "Rain"\n}', "application/json"),
        (b'[{"text": "Rain"}, {"text": "Sun"}]', "application/json"),
        (b"{Rain} fell.", "text/plain"),
        (b'["Rain," he wrote] fell.', "text/plain"),
        (b"", "text/plain"),
    ],
)
def test_standard_input_is_read_by_its_look(body, kind, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))

    found = list(read_documents(find_files(["-"])))

    assert kind_of(body) == kind
    assert {raw.media_type for raw in found} == {kind}
    assert all(raw.place.startswith("standard input") for raw in found)
    assert len({raw.name for raw in found}) == len(found)


def test_a_name_that_is_no_unicode_is_made_readable(tmp_path):
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_bytes(b"Rain.")

    [raw] = read_documents(find_files([str(tmp_path)]))

    assert raw.name == "caf\\xe9"
    raw.place.encode()
