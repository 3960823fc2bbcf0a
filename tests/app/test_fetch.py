"""newsgraph fetch, sources and archive, as they are typed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.cli import main
from tests.web_server import WebServer, conditional, drip, page, reply, rss

ROOT = Path(__file__).parents[2]


@pytest.fixture
def web():
    with WebServer() as server:
        server.serve(a=reply(page("A")), b=reply(page("B")))
        server.serve(feed=conditional(rss(server.url("/a"), server.url("/b"))), broken=reply("no feed"))
        yield server


@pytest.fixture
def write(web):
    """Write a sources.toml of these feeds."""

    def write(**feeds):
        tables = "".join(
            f'[sources.{name}]\nkind = "feed"\nurl = "{web.url(path)}"\nprivate_hosts = ["127.0.0.1"]\n'
            for name, path in feeds.items()
        )
        Path("sources.toml").write_text(f"[fetch]\nseconds_per_request = 0\nhost_concurrency = 1\n{tables}")

    return write


def run(capsys, *arguments):
    status = main(arguments)
    out, err = capsys.readouterr()
    return status, out, err


def test_what_is_new_is_told_and_then_nothing_is(write, capsys, web):
    write(wire="/feed")

    first, again = run(capsys, "fetch"), run(capsys, "fetch")

    assert first[2].startswith("newsgraph: 2 new, 0 unchanged; 3 requests, ")
    assert again[2].startswith("newsgraph: 0 new, 0 unchanged; 1 requests, ")
    assert (first[:2], again[:2]) == ((0, ""), (0, ""))


def test_one_source_may_fail_and_all_may_not(write, capsys, web):
    write(wire="/feed", broken="/broken")

    status, _, err = run(capsys, "fetch")
    assert status == 0
    assert f"broken: {web.url('/broken')}: neither a feed, a sitemap nor a list" in err
    assert "2 new, 0 unchanged, 1 failed" in err
    status, out, err = run(capsys, "-q", "fetch", "broken", "--json")
    assert status == 1
    report = json.loads(out)
    assert [one["source"] for one in report["failures"]] == ["broken"]
    assert report["sources"][0]["requests"] == 1
    assert err.endswith("newsgraph: 0 new, 0 unchanged, 1 failed; 1 requests, 0.0 MB\n")


def test_an_unknown_source_and_a_missing_file_are_told(write, capsys):
    assert run(capsys, "fetch")[2].startswith("newsgraph: sources.toml: no such file; make one")
    write(wire="/feed")
    assert run(capsys, "fetch", "wires")[::2] == (
        1,
        "newsgraph: sources.toml: no source 'wires'; there are: wire\n",
    )


def test_sources_are_listed_and_tried_without_keeping_anything(write, capsys, web):
    write(wire="/feed", broken="/broken", gone="/gone")

    status, out, _ = run(capsys, "sources")
    assert status == 0
    assert out.splitlines()[1].split() == ["wire", "feed", web.url("/feed"), "each", "run"]
    status, out, _ = run(capsys, "sources", "check")
    assert status == 1
    states = {line.split()[0]: line.split()[1:3] for line in out.splitlines()[1:]}
    assert states == {"wire": ["works", "2"], "broken": ["fails", "0"], "gone": ["fails", "0"]}
    assert "the server answers 404 Not Found" in out
    assert (web.asked["/feed"], web.asked["/a"], web.asked.get("/b")) == (1, 1, None)
    assert not Path("data").exists()
    assert run(capsys, "sources", "check", "wire")[0] == 0


def test_the_archive_is_told_checked_and_its_index_built_anew(write, capsys):
    assert "nothing was fetched" in run(capsys, "archive")[2]
    assert run(capsys, "archive", "rebuild")[0] == 1
    write(wire="/feed")
    run(capsys, "fetch")

    status, out, _ = run(capsys, "archive")
    assert (status, out.split("\t")[1:3]) == (0, ["4 records", "2 articles"])
    [file] = Path("data/raw").rglob("*.warc.gz")
    Path("data/raw/index.sqlite").write_bytes(b"")
    assert run(capsys, "archive", "rebuild")[2] == "newsgraph: 4 records in the index of data/raw\n"
    assert run(capsys, "archive", "check")[::2] == (0, "newsgraph: 9 records read, 0 faults\n")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    file.write_bytes(content)
    status, _, err = run(capsys, "archive", "check")
    assert status == 1
    assert str(file) in err


def test_ctrl_c_keeps_what_is_archived_and_the_next_run_goes_on(write, capsys, web):
    write(wire="/feed")
    web.pages["/b"] = drip(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n", b"x", 0.1)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app.cli", "fetch"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        deadline = time.monotonic() + 30
        while not {"/a", "/b"} <= web.asked.keys():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        err = process.stderr.read()

    assert process.returncode == 130
    assert err.splitlines() == [
        "newsgraph: interrupted; what was written is kept, the same command goes on from there"
    ]
    web.pages["/b"] = reply(page("B"))
    assert run(capsys, "fetch")[2].startswith("newsgraph: 1 new, 0 unchanged; 2 requests")
    assert (web.asked["/a"], web.asked["/b"]) == (1, 2)
    assert run(capsys, "archive", "check")[0] == 0
