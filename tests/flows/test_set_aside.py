import json

import pytest

from flows.set_aside import FILE_NAME, read_set_aside, replace_set_aside
from newsgraph.errors import StoreError
from newsgraph.records import Rejection


def test_what_is_set_aside_is_listed_by_place(tmp_path):
    replace_set_aside(tmp_path, ["raw"], [Rejection("raw/2.txt", "naïve"), Rejection("raw/1.txt", "empty")])

    assert read_set_aside(tmp_path) == [Rejection("raw/1.txt", "empty"), Rejection("raw/2.txt", "naïve")]


def test_a_run_replaces_what_was_said_of_its_paths_and_keeps_the_rest(tmp_path):
    replace_set_aside(
        tmp_path, ["."], [Rejection("raw/1.txt", "empty"), Rejection("raw/b.jsonl:7", "no JSON")]
    )
    replace_set_aside(tmp_path, ["raw/c.txt"], [Rejection("raw/c.txt", "binary")])

    replace_set_aside(tmp_path, ["raw/b.jsonl"], [])

    assert [one.place for one in read_set_aside(tmp_path)] == ["raw/1.txt", "raw/c.txt"]


def test_an_empty_list_makes_no_file(tmp_path):
    replace_set_aside(tmp_path, ["raw"], [])

    assert not (tmp_path / FILE_NAME).exists()
    assert read_set_aside(tmp_path) == []


def test_lines_that_somebody_broke_are_passed_over(tmp_path):
    (tmp_path / FILE_NAME).write_text('{"place": "a", "reason": "b"}\n{"place": 1}\n{"pl')

    assert read_set_aside(tmp_path) == [Rejection("a", "b")]


def test_lines_are_json_objects(tmp_path):
    replace_set_aside(tmp_path, [], [Rejection("a", "b")])

    assert json.loads((tmp_path / FILE_NAME).read_text()) == {"place": "a", "reason": "b"}


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "graph").write_text("not a folder")

    with pytest.raises(StoreError, match=r"set-aside\.jsonl cannot be written: File exists"):
        replace_set_aside(tmp_path / "graph", ["raw"], [Rejection("a", "b")])
