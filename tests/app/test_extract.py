"""The command with a stand-in for the trained pipeline. With the pipeline itself: test_commands.py."""

import json

import pytest

from app.cli import main
from tests.flows import fakes


@pytest.fixture(autouse=True)
def _no_model(monkeypatch):
    monkeypatch.setattr("app.extract.load_extract", lambda threads, watch_list: fakes.load())


def extract(capsys, *arguments):
    status = main(["extract", *arguments])
    printed = capsys.readouterr()
    return status, [json.loads(line) for line in printed.out.splitlines()], printed.err.splitlines()


def test_each_article_is_a_line_of_json(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Rain fell.\r\nAdvert\r\n", newline="")
    (tmp_path / "b.jsonl").write_text('{"text": "Sun."}\n{"text": "Snow.", "published": "2023-03-16"}\n')

    status, articles, errors = extract(capsys, "a.txt", "b.jsonl")

    assert (status, errors) == (0, [])
    assert [article["id"] for article in articles] == ["a", "b#1", "b#2"]
    assert articles[0]["text"] == "Rain fell.\r\nAdvert\r\n"
    assert "tokens" not in articles[0]
    assert articles[2]["published"] == "2023-03-16"


def test_tokens_on_demand(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Rain fell.")

    _, [article], _ = extract(capsys, "--tokens", "a.txt")

    assert article["tokens"] == []


def test_title_and_day_are_for_articles_that_lack_them(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Rain fell.")
    (tmp_path / "b.txt").write_text("Title: Sun\nPublished: 2023-01-01\n\nSun shone.")

    _, [first, second], _ = extract(capsys, "--title", "Rain", "--published", "2023-03-16", "a.txt", "b.txt")

    assert (first["title"], first["published"]) == ("Rain", "2023-03-16")
    assert (second["title"], second["published"]) == ("Sun", "2023-01-01")


def test_a_bad_file_is_told_and_the_next_is_read(tmp_path, capsys):
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\0")
    (tmp_path / "b.txt").write_text("RAISE an error")
    (tmp_path / "c.txt").write_text("Rain fell.")

    status, articles, errors = extract(capsys, "a.txt", "nowhere.txt", "b.txt", "c.txt")

    assert status == 1
    assert [article["id"] for article in articles] == ["c"]
    assert sorted(error.split(": ")[1] for error in errors) == ["a.txt", "b.txt", "nowhere.txt"]


def test_no_store_is_touched(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Rain fell.")

    extract(capsys, "a.txt")

    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_without_articles_is_told(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("Rain fell.")

    status, articles, [error] = extract(capsys, "empty", "a.txt")

    assert (status, [article["id"] for article in articles]) == (1, ["a"])
    assert error.startswith("newsgraph: empty: no articles here; they end in .txt")
