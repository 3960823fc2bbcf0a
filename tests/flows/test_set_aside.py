import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.set_aside import FILE_NAME, SetAside, read_set_aside, replace_set_aside
from newsgraph.errors import StoreError
from newsgraph.records import Rejection

ROOT = Path(__file__).parents[2]
MONDAY, TUESDAY = (datetime(2026, 11, day, 9, tzinfo=UTC) for day in (23, 24))


def replace(folder, paths, *rejected, now=MONDAY):
    replace_set_aside(folder, paths, rejected, now=lambda: now)


def test_what_is_set_aside_is_listed_by_place(tmp_path):
    replace(
        tmp_path,
        ["raw"],
        Rejection("raw/2.txt", "naïve", "https://drop.example/2", "The Drop"),
        Rejection("raw/1.txt", "empty"),
    )

    assert read_set_aside(tmp_path) == [
        SetAside("raw/1.txt", "empty", MONDAY),
        SetAside("raw/2.txt", "naïve", MONDAY, "https://drop.example/2", "The Drop"),
    ]


def test_a_run_replaces_what_was_said_of_its_paths_and_keeps_the_rest(tmp_path):
    replace(tmp_path, ["."], Rejection("raw/1.txt", "empty"), Rejection("raw/b.jsonl:7", "no JSON"))
    replace(tmp_path, ["raw/c.txt"], Rejection("raw/c.txt", "binary"))

    replace(tmp_path, ["raw/b.jsonl"])

    assert [one.place for one in read_set_aside(tmp_path)] == ["raw/1.txt", "raw/c.txt"]


def test_a_place_is_one_line_of_a_file(tmp_path):
    replace(tmp_path, ["."], Rejection("raw/b.jsonl:7", "no JSON"), Rejection("raw/b.jsonl:8", "no JSON"))

    replace(tmp_path, ["raw/b.jsonl:7"])

    assert [one.place for one in read_set_aside(tmp_path)] == ["raw/b.jsonl:8"]


def test_what_is_set_aside_again_for_the_same_reason_waits_since_the_first_time(tmp_path):
    replace(tmp_path, ["."], Rejection("a", "empty"), Rejection("b", "empty"))

    replace(tmp_path, ["."], Rejection("a", "empty"), Rejection("b", "binary"), now=TUESDAY)

    assert [one.since for one in read_set_aside(tmp_path)] == [MONDAY, TUESDAY]


def test_an_empty_list_makes_no_file(tmp_path):
    replace(tmp_path, ["raw"])

    assert not (tmp_path / FILE_NAME).exists()
    assert read_set_aside(tmp_path) == []


def test_lines_that_somebody_broke_or_an_older_version_wrote_do_no_harm(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b'{"place": "a", "reason": "b"}\n{"place": 1}\n\xed\0\n{"pl')

    assert read_set_aside(tmp_path) == [SetAside("a", "b")]


def test_a_place_may_hold_what_other_programs_take_for_the_end_of_a_line(tmp_path):
    replace(tmp_path, ["raw"], Rejection("raw/a\u2028b\x85c.txt", "empty"))

    assert read_set_aside(tmp_path) == [SetAside("raw/a\u2028b\x85c.txt", "empty", MONDAY)]


def test_lines_are_json_objects(tmp_path):
    replace(tmp_path, [], Rejection("a", "b", "c", "d"))

    assert json.loads((tmp_path / FILE_NAME).read_text()) == {
        "place": "a",
        "reason": "b",
        "since": "2026-11-23T09:00:00+00:00",
        "name": "c",
        "source": "d",
    }


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "graph").write_text("not a folder")

    with pytest.raises(StoreError, match=r"set-aside\.jsonl cannot be written: File exists"):
        replace(tmp_path / "graph", ["raw"], Rejection("a", "b"))


def test_a_kill_at_any_moment_leaves_one_whole_list_or_the_other(tmp_path):
    code = """if True:
        import itertools, sys
        from pathlib import Path
        from flows.set_aside import replace_set_aside
        from newsgraph.records import Rejection
        for number in itertools.count():
            some = [Rejection(f"raw/{one}.txt", f"{number}" * 50) for one in range(500)]
            replace_set_aside(Path(sys.argv[1]), ["raw"], some)
            if number == 0:
                print("begun", flush=True)
    """
    for pause in (0.01, 0.03, 0.07, 0.11):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT
        ) as run:
            run.stdout.readline()
            time.sleep(pause)
            run.kill()

        assert len(read_set_aside(tmp_path)) == 500
        assert len({one.reason for one in read_set_aside(tmp_path)}) == 1
