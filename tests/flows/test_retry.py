"""What was set aside is tried again, it alone, and leaves the list when it succeeds or is gone."""

import pytest

from flows.ingest import run_ingest
from flows.retry import run_retry
from flows.set_aside import read_set_aside
from newsgraph.records import Outcome
from newsgraph.settings import Settings
from tests.flows import fakes


@pytest.fixture
def settings(tmp_path):
    (tmp_path / "raw" / "deep").mkdir(parents=True)
    return Settings(tmp_path / "raw", tmp_path / "graph", workers=1)


def waiting(settings):
    return [one.place.rpartition("raw/")[2] for one in read_set_aside(settings.graph_dir)]


def retry(settings, load=fakes.load):
    return run_retry(read_set_aside(settings.graph_dir), settings, load=load, model="fake")


def ingest(settings, load=fakes.load, **options):
    return run_ingest((), settings, load=load, model="fake", **options)


def test_only_what_waits_is_read_again(settings):
    raw = settings.raw_dir
    (raw / "a.txt").write_text("Rain.")
    (raw / "b.txt").write_text("")
    (raw / "c.txt").write_text("RAISE")
    (raw / "d.jsonl").write_text('{"text": "Sun."}\n{"text"\n')
    ingest(settings)
    assert waiting(settings) == ["b.txt", "c.txt", "d.jsonl:2"]

    (raw / "b.txt").write_text("Hail.")
    (raw / "d.jsonl").write_text('{"text": "Another sun."}\n{"text": "Fog."}\n')
    (raw / "new.txt").write_text("Not asked for.")

    outcome = retry(settings)

    assert (outcome.added, outcome.unchanged, len(outcome.rejected)) == (2, 0, 1)
    assert waiting(settings) == ["c.txt"]


def test_what_is_gone_leaves_the_list(settings):
    (settings.raw_dir / "b.txt").write_text("")
    (settings.raw_dir / "a.txt").write_text("Rain.")
    ingest(settings)
    (settings.raw_dir / "b.txt").unlink()

    assert retry(settings) == Outcome()
    assert waiting(settings) == []


def test_a_namesake_keeps_the_name_that_the_whole_run_gave_it(settings):
    (settings.raw_dir / "a.txt").write_text("Rain.")
    (settings.raw_dir / "deep" / "a.txt").write_text("RAISE")
    ingest(settings)
    (settings.raw_dir / "deep" / "a.txt").write_text("Sun.")

    assert retry(settings) == Outcome(added=1)
    assert ingest(settings, load=fakes.load_nothing) == Outcome(unchanged=2)


def test_what_waits_tells_which_article_it_is(settings):
    body = "URL: https://drop.example/1\nPublisher: The Drop\n\nRAISE"
    (settings.raw_dir / "a.txt").write_text(body)
    ingest(settings)

    [one] = read_set_aside(settings.graph_dir)

    assert (one.name, one.source) == ("https://drop.example/1", "The Drop")
    assert one.since is not None
