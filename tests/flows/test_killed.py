"""kill -9 in the middle of fetching and ingesting, then again: nothing lost, nothing twice, all whole."""

import asyncio
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.fetch import utc_now
from graph.snapshots import open_reader
from ingest.archive import open_archive, rebuild_index
from ingest.archive_check import check_archive
from tests.graph.made import dump_of
from tests.web_server import WebServer, conditional, page, reply, rss

ROOT = Path(__file__).parents[2]
ARTICLES = 60
KILLS = 10
RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from flows.fetch import run_fetch
from newsgraph.fetched import FetchLimits, Source
from newsgraph.settings import Settings
from tests.flows import fakes

if __name__ == "__main__":
    folder, feed = Path(sys.argv[1]), sys.argv[2]
    settings = Settings(folder / "raw", folder / "graph", workers=1, batch_size=1)
    source = Source("feed", "feed", url=feed, private_hosts=("127.0.0.1",))
    limits = FetchLimits(seconds_per_request=0, backoff_seconds=0.01)
    clock = lambda: datetime(2026, 11, 26, 12, tzinfo=UTC)
    print("fetching", flush=True)
    run_fetch(settings, sources=[source], limits=limits, now=clock)
    from flows.ingest import run_ingest
    print("ingesting", flush=True)
    run_ingest([], settings, load=fakes.load, model="fake")
    print("done", flush=True)
"""


def start(script, folder, web):
    command = [sys.executable, str(script), str(folder), web.url("/feed")]
    return subprocess.Popen(
        command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )


def wait_for(process, stage):
    for line in process.stdout:
        if line.strip() == stage:
            return time.monotonic()
    raise AssertionError(f"the run ended before {stage}")


def slow(answer):
    async def handler(request, writer):
        await asyncio.sleep(0.02)
        await answer(request, writer)

    return handler


def responses_in(raw_dir):
    """Read all WARC files with a reader that is not ours, its check of digests included."""
    found = Counter()
    for path in raw_dir.glob("*/*/*/*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                record.raw_stream.read()
                if record.rec_type == "response":
                    found[record.rec_headers.get_header("WARC-Target-URI")] += 1
    return found


@pytest.mark.slow
def test_a_run_that_is_killed_ten_times_comes_to_what_an_undisturbed_one_does(tmp_path):
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    (script := tmp_path / "run.py").write_text(RUN)
    with WebServer() as web:
        paths = [f"/{number}" for number in range(ARTICLES)]
        web.pages |= {path: slow(reply(page(f"Rain {path}"))) for path in paths}
        web.pages["/feed"] = conditional(rss(*map(web.url, paths)))
        with start(script, tmp_path / "whole", web) as whole:
            began, fetched, ended = (wait_for(whole, stage) for stage in ("fetching", "ingesting", "done"))
        web.requests.clear()
        killed = 0

        for number in range(KILLS):
            is_early = number < KILLS // 2
            stage = "fetching" if is_early else "ingesting"
            longest = (fetched - began) / 4 if is_early else (ended - fetched) * 0.5
            with start(script, tmp_path / "killed", web) as process:
                wait_for(process, stage)
                time.sleep(moments.uniform(0, longest))
                killed += process.poll() is None
                process.kill()
        with start(script, tmp_path / "killed", web) as last:
            wait_for(last, "done")

        assert killed > KILLS // 2, "the rest came to its end before"
        raw_dir = tmp_path / "killed" / "raw"
        found = responses_in(raw_dir)
        assert {url: found[url] for url in map(web.url, paths)} == dict.fromkeys(map(web.url, paths), 1), seed
        lost_under_way = sum(web.asked[path] for path in paths) - ARTICLES
        assert lost_under_way <= 2 * KILLS // 2, f"no more than are under way at a time; {seed}"
    notes = []
    checked, faults = check_archive(raw_dir, utc_now, notes.append)
    assert (faults, notes) == ([], []), seed
    with open_archive(raw_dir, utc_now, notes.append) as archive:
        before = list(archive.index.all())
    rebuild_index(raw_dir, utc_now, notes.append)
    with open_archive(raw_dir, utc_now, notes.append) as archive:
        assert list(archive.index.all()) == before, seed
    assert checked > len(before) > ARTICLES
    dumps = [dump_of(open_reader(tmp_path / run / "graph")).splitlines() for run in ("whole", "killed")]
    assert sorted(dumps[0]) == sorted(dumps[1]), seed
