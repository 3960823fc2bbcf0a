"""Fetch, ingest and report, against a real web server, with a stand-in for the trained pipeline."""

import json
import multiprocessing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from flows.one_run import only_run
from flows.update import run_backfill, run_update
from graph.snapshots import open_reader
from newsgraph.errors import ArchiveError, ModelError, RunBusyError
from newsgraph.fetched import FetchLimits, Source
from newsgraph.settings import Settings
from tests.flows import fakes
from tests.flows.sparql_server import says, sparql_server
from tests.web_server import HOST, WebServer, page, reply, rss

LIMITS = FetchLimits(seconds_per_request=0, backoff_seconds=0.01, max_attempts=1)
START = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Clock:
    def __init__(self):
        self.now = START

    def __call__(self):
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def web():
    with WebServer() as server:
        yield server


@pytest.fixture
def settings(tmp_path):
    return Settings(
        tmp_path / "raw",
        tmp_path / "graph",
        tmp_path / "reports",
        tmp_path / "backups",
        workers=1,
        contact="desk@news.example",
    )


@pytest.fixture
def update(web, settings):
    clock = Clock()
    source = Source("wire", "feed", url=web.url("/feed"), private_hosts=(HOST,))

    def update(load=fakes.load, settings=settings, **options):
        return run_update(
            settings, sources=[source], limits=LIMITS, load=load, model="fake", now=clock, **options
        )

    return update


def serve(web, **titles):
    links = [web.url(f"/{name}") for name in titles]
    web.serve(feed=reply(rss(*links), kind="application/rss+xml"))
    web.serve(**{name: reply(page(title)) for name, title in titles.items()})


def test_what_is_new_is_fetched_ingested_and_reported(web, update, settings):
    serve(web, a="Rain", b="RAISE")

    report = update()

    assert (report.fetched.new, report.outcome.added, len(report.outcome.rejected)) == (2, 1, 1)
    assert open_reader(settings.graph_dir).kept(web.url("/a")) is not None
    assert {name for name, _ in report.seconds} == {"fetch", "text", "language", "graph"}
    [written] = settings.reports_dir.glob("2026/11/26/*-update.json")
    told = json.loads(written.read_text())
    assert told["outcome"]["rejected"][0]["name"] == web.url("/b")
    markdown = (settings.reports_dir / "latest-update.md").read_text()
    for line in ("| fetched, new | 2 |", "| articles added | 1 |", "| 1 | cannot be read |", "| wire | 2 |"):
        assert line in markdown


def test_a_second_run_reads_no_page_again(web, update):
    serve(web, a="Rain")
    update()

    serve(web, a="Rain", b="Sun")
    report = update()

    assert (report.outcome.added, report.outcome.unchanged) == (1, 0), "of a only its address is looked at"


def test_what_was_fetched_but_not_ingested_is_ingested_by_the_next_run(web, update):
    serve(web, a="Rain")
    with pytest.raises(ModelError):
        update(load=fakes.load_nothing)

    report = update()

    assert (report.fetched.new, report.outcome.added) == (0, 1)


def test_a_run_that_fails_is_reported_too(web, update, settings):
    serve(web, a="Rain")
    with pytest.raises(ModelError):
        update(load=fakes.load_nothing)

    assert "**It ended early:** no model here" in (settings.reports_dir / "latest-update.md").read_text()


def hold(graph_dir, ready, done):
    with only_run(graph_dir, "the update of 12:00"):
        ready.set()
        done.wait(30)


def test_a_second_run_at_the_same_time_is_skipped_with_one_line(web, update, settings):
    serve(web, a="Rain")
    spawn = multiprocessing.get_context("spawn")
    ready, done = spawn.Event(), spawn.Event()
    other = spawn.Process(target=hold, args=(settings.graph_dir, ready, done))
    other.start()
    ready.wait(30)

    with pytest.raises(RunBusyError, match=r"^[^\n]*the update of 12:00 is under way$"):
        update()

    done.set()
    other.join()
    assert web.hits == {}
    assert update().outcome.added == 1, "the lock is gone with its process"


def test_a_day_is_ingested_again_without_the_network(web, update, settings):
    serve(web, a="Rain")
    update()
    asked = sum(web.hits.values())

    def backfill(first, last, model):
        return run_backfill(first, last, settings, load=fakes.load, model=model).outcome

    today = date(2026, 11, 26)
    assert backfill(today, today, "fake").unchanged == 1
    assert backfill(date(2026, 11, 20), today, "better").added == 1
    assert backfill(date(2026, 11, 20), date(2026, 11, 25), "best").added == 0
    assert sum(web.hits.values()) == asked


def test_errors_of_fetching_are_told(update, settings):
    settings.raw_dir.write_text("not a folder")

    with pytest.raises(ArchiveError, match=r"raw: the archive cannot be read or written"):
        update()


def test_a_remote_store_follows_and_keeps_no_update_from_its_end(web, update, settings):
    serve(web, a="Rain")
    with sparql_server() as server:
        settings = replace(settings, remote_store=server.url)

        report = update(settings=settings)

        assert server.url in report.done[0]
        assert "changes sent" in report.done[0]
        assert report.findings == ()
        serve(web, a="Rain", b="Snow")
        server.always = says(401, b"who are you?")

        report = update(settings=settings)

    assert report.outcome.added == 1
    assert report.findings[0].startswith(
        f"push: {server.url}: status 401: who are you? (it wants to know who"
    )
