"""The run, with the real store and a stand-in for the trained pipeline."""

import io
import os
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from warcio.warcwriter import WARCWriter

from flows.ingest import Portion, Tally, new_run, run_ingest
from flows.set_aside import read_set_aside
from flows.timing import Stopwatch
from flows.unwritten import Unwritten, left_behind
from graph.journal import unpacked
from graph.prepared import prepare
from graph.questions import ask, question_called
from graph.snapshots import open_reader
from newsgraph.errors import ArticleError, ModelError, StoreError
from newsgraph.records import Article, Outcome
from newsgraph.settings import Settings
from tests.flows import fakes


def dump(graph_dir, **options):
    file = io.BytesIO()
    open_reader(graph_dir).dump(file, **options)
    return file.getvalue().decode().splitlines()


class Listener:
    def __init__(self):
        self.last, self.rejected, self.notes, self.told = Outcome(), [], [], []

    def reading(self, done, place):
        self.told.append((done, Path(place).name, self.last.added))

    def advance(self, so_far):
        self.last = so_far

    def reject(self, rejection):
        self.rejected.append(rejection)

    def note(self, message):
        self.notes.append(message)


@pytest.fixture
def settings(tmp_path):
    return Settings(tmp_path / "raw", tmp_path / "graph", workers=2, batch_size=2)


@pytest.fixture
def run(settings):
    """Run over the given paths, by default all that write() wrote."""

    def run(*paths, settings=settings, **options):
        return run_ingest(paths, settings, **{"load": fakes.load, "model": "fake", **options})

    return run


@pytest.fixture
def write(settings):
    def write(**texts):
        settings.raw_dir.mkdir(exist_ok=True)
        for name, text in texts.items():
            (settings.raw_dir / f"{name}.txt").write_text(text)

    return write


def test_what_is_new_is_added_and_what_is_not_costs_no_extraction(run, write):
    write(a="Rain.", b="Sun.", c="Snow.")

    assert run() == Outcome(added=3)
    assert run(load=fakes.load_nothing) == Outcome(unchanged=3)


def test_an_article_that_changed_is_read_again(run, write):
    write(a="Rain.", b="Sun.")
    run()
    write(a="More rain.")

    assert run() == Outcome(added=1, unchanged=1)


def test_another_model_reads_all_again(run, write):
    write(a="Rain.", b="Sun.")
    run()

    assert run(model="better") == Outcome(added=2)


def test_a_bad_article_is_set_aside_until_it_is_mended(run, write, settings):
    write(a="Rain.", b="", c="RAISE", d="Sun.", e="CRASH")
    place = str(settings.raw_dir)

    outcome = run()

    assert (outcome.added, outcome.unchanged, len(outcome.rejected)) == (2, 0, 3)
    assert sorted(one.place for one in outcome.rejected) == [f"{place}/{name}.txt" for name in "bce"]
    assert [(one.place, one.reason) for one in read_set_aside(settings.graph_dir)] == sorted(
        (one.place, one.reason) for one in outcome.rejected
    )

    write(b="Hail.", c="Fog.")
    (settings.raw_dir / "e.txt").unlink()

    assert run() == Outcome(added=2, unchanged=2)
    assert read_set_aside(settings.graph_dir) == []


def test_whoever_listens_is_told(run, write):
    write(a="Rain.", b="")
    listener = Listener()

    outcome = run(progress=listener)

    assert listener.last == outcome
    assert listener.rejected == list(outcome.rejected)


def test_what_is_read_is_told_before_anything_is_written(run, write):
    write(a="Rain.", b="Sun.", c="Hail.")
    listener = Listener()

    assert run(progress=listener) == Outcome(added=3)
    assert listener.told == [(0, "a.txt", 0), (2, "c.txt", 0)]


def test_files_of_one_name_are_told_apart_and_noted(run, write, settings):
    write(a="Rain.")
    (settings.raw_dir / "deep").mkdir()
    (settings.raw_dir / "deep" / "a.txt").write_text("Sun.")
    listener = Listener()

    assert run(progress=listener) == Outcome(added=2)
    assert "2 files share their names" in listener.notes[0]


def test_a_name_that_is_no_unicode_is_not_taken_for_a_shared_one(run, settings):
    settings.raw_dir.mkdir(parents=True, exist_ok=True)
    Path(os.fsdecode(os.fsencode(settings.raw_dir) + b"/caf\xe9.txt")).write_text("Rain.")
    listener = Listener()

    assert run(progress=listener) == Outcome(added=1)
    assert listener.notes == []


def test_two_texts_under_one_url_are_not_mixed_up(run, write, settings):
    write(a="URL: urn:x\n\nRain.", b="URL: urn:x\n\nRain.", c="URL: urn:x\n\nSun.")

    outcome = run()

    assert (outcome.added, outcome.unchanged) == (1, 1)
    [rejection] = outcome.rejected
    assert rejection.reason == f"another text than {settings.raw_dir}/a.txt, yet both are urn:x"


def test_nothing_to_read_is_told(run, settings):
    settings.raw_dir.mkdir()

    with pytest.raises(ArticleError, match="no articles here"):
        run()
    with pytest.raises(ArticleError, match="no such file"):
        run("nowhere")


def test_without_a_model_no_article_is_blamed_and_nothing_is_written(run, write, settings):
    write(a="Rain.", b="")

    with pytest.raises(ModelError):
        run(load=fakes.load_nothing)

    assert [one.reason for one in read_set_aside(settings.graph_dir)] == ["the file is empty"]


def test_batches_are_written_together_up_to_a_size(run, write, monkeypatch):
    write(**{name: f"Rain {name}." for name in "abcdefghijkl"})
    monkeypatch.setattr("flows.ingest.worth_writing", lambda _: 8 * len("Rain a."))
    steps = []

    assert run(step=lambda name, action: steps.append(name) or action()) == Outcome(added=12)

    assert steps == ["batch-1 to batch-4", "batch-5 to batch-6"]


def test_what_has_waited_for_long_is_written(run, write, monkeypatch):
    write(a="Rain.", b="Sun.", c="Snow.")
    monkeypatch.setattr("flows.ingest.WAITING_SECONDS", 0)
    steps = []

    run(step=lambda name, action: steps.append(name) or action())

    assert steps == ["batch-1", "batch-2"]


def test_what_another_run_has_written_meanwhile_is_not_written_again(run, write, settings):
    write(a="Rain fell on Paris.", b="Snow fell on Lund.")
    others = []

    def another_first(name, work):
        others.append(run())
        return work()

    late = run(step=another_first)

    assert (others[0].added, others[0].unchanged) == (2, 0)
    assert (late.added, late.unchanged) == (0, 2)
    runs = ask(open_reader(settings.graph_dir), question_called("runs"), {})
    assert len(runs.rows) == 1


def test_what_could_not_be_written_is_there_for_the_next_attempt(run, write, settings, monkeypatch):
    write(a="Rain fell on Paris.", b="Snow fell on Lund.")

    def twice(name, work):
        with monkeypatch.context() as full:
            full.setattr("graph.journal.make", Mock(side_effect=OSError("the disk is full")))
            with pytest.raises(StoreError, match="full"):
                work()
        return work()

    outcome = run(step=twice)

    assert (outcome.added, outcome.unchanged) == (2, 0)
    assert len(ask(open_reader(settings.graph_dir), question_called("runs"), {}).rows) == 1


def test_two_versions_of_an_article_are_written_one_after_the_other(settings):
    steps = []
    portion = Portion(
        settings.graph_dir,
        new_run(settings, "fake"),
        Tally(Listener(), Stopwatch()),
        lambda name, action: steps.append(name) or action(),
    )

    for number, text in enumerate(("Rain.", "Sun."), start=1):
        article = Article("a", text)
        portion.add(number, [prepare(article, fakes.extract(article))])
    portion.write()

    assert steps == ["batch-1", "batch-2"]
    assert [one.article.text for one in open_reader(settings.graph_dir).former("a")] == ["Rain."]


def test_a_run_that_is_cut_short_keeps_what_is_written_and_goes_on(run, write, monkeypatch, settings):
    monkeypatch.setattr("flows.ingest.worth_writing", lambda _: 1)
    write(**{name: f"Rain {name}." for name in "abcdefgh"})

    interrupt_third_step(run)
    shutil.rmtree(settings.graph_dir / "unwritten")

    assert run() == Outcome(added=4, unchanged=4)


def interrupt_third_step(run):
    steps = []

    def interrupted(name, action):
        steps.append(name)
        if len(steps) == 3:
            raise KeyboardInterrupt
        return action()

    with pytest.raises(KeyboardInterrupt):
        run(step=interrupted)


def test_what_a_run_that_is_cut_short_had_read_is_not_read_again(run, write, monkeypatch, settings, tmp_path):
    write(**{name: f"Rain {name}." for name in "abcdefgh"})
    run(settings=replace(settings, graph_dir=tmp_path / "whole"))
    monkeypatch.setattr("flows.ingest.worth_writing", lambda _: 4 * len("Rain a."))

    def never(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(step=never)
    listener = Listener()
    outcome = run(progress=listener)

    assert outcome == Outcome(added=4, unchanged=4)
    assert listener.notes == ["written what a run that was cut short had read: 4 articles"]
    assert dump(settings.graph_dir, without_provenance=True) == dump(
        tmp_path / "whole", without_provenance=True
    )
    assert not (settings.graph_dir / "unwritten").exists()


def test_what_another_model_had_read_before_a_run_was_cut_short_is_read_again(run, write, monkeypatch):
    write(a="Rain.", b="Sun.", c="Snow.")

    def never(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(step=never)

    assert run(model="another") == Outcome(added=3)


def test_what_a_run_under_way_has_read_is_left_to_it(settings):
    run_info = new_run(settings, "fake")
    article = Article("a", "Rain.", None, None, None, None)
    waiting = Unwritten(settings.graph_dir, run_info)
    ready = prepare(article, fakes.extract(article))
    waiting.keep([ready])

    assert list(left_behind(settings.graph_dir)) == []
    waiting.close()
    [left] = left_behind(settings.graph_dir)

    [again] = left.articles
    assert (left.run, left.instead_of) == (run_info, None)
    assert (again.article, again.kept, again.parts()) == (article, ready.kept, ready.parts())
    assert again.extraction() == ready.extraction()
    assert set(unpacked(again.quads)) == set(unpacked(ready.quads))
    assert list(left_behind(settings.graph_dir)) == []


def test_of_what_was_read_a_damaged_part_is_read_again(run, write, settings):
    write(**{name: f"Rain {name}." for name in "abcd"})

    def never(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(step=never)
    first, _ = sorted(settings.graph_dir.glob("unwritten/*/*.json.gz"))
    first.write_bytes(first.read_bytes()[:40])

    assert run() == Outcome(added=2, unchanged=2)


def test_a_store_that_cannot_be_written_is_told(run, write, settings):
    write(a="Rain.")
    settings.graph_dir.write_text("not a folder")

    with pytest.raises(StoreError) as caught:
        run()

    assert "\n" not in str(caught.value)


def test_the_same_articles_make_the_same_graph_in_any_order_and_number_of_runs(
    run, write, settings, tmp_path
):
    write(a="Rain.", b="Sun.", c="Snow.")
    run()
    once = dump(settings.graph_dir)
    run()

    assert dump(settings.graph_dir) == once, "whole, run provenance too"

    shutil.rmtree(settings.graph_dir)
    for name in "cab":
        run(str(settings.raw_dir / f"{name}.txt"))

    assert dump(settings.graph_dir, without_provenance=True) == [
        line for line in once if line in set(dump(settings.graph_dir, without_provenance=True))
    ]


# ---- archives


def archive(settings, number, body, *, hour=12):
    """Write a WARC file of one page, as another crawler would."""
    path = settings.raw_dir / f"2026/11/26/crawl-{number}.warc.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body.encode()
    with path.open("wb") as file:
        writer = WARCWriter(file)
        at = {"WARC-Date": f"2026-11-26T{hour}:00:00Z"}
        url = "https://news.example/rain"
        writer.write_record(
            writer.create_warc_record(url, "response", BytesIO(message), len(message), warc_headers_dict=at)
        )


def test_a_warc_file_is_read_once_unless_it_is_asked_for(run, settings):
    archive(settings, 1, "Rain.")

    assert run() == Outcome(added=1)
    assert run() == Outcome()
    assert run(str(settings.raw_dir)) == Outcome(unchanged=1)
    assert run(model="better") == Outcome(added=1)


def test_what_a_warc_file_held_stays_set_aside(run, settings):
    archive(settings, 1, "...")

    [rejection] = run().rejected
    assert run() == Outcome()

    [waiting] = read_set_aside(settings.graph_dir)
    assert (waiting.place, waiting.reason) == (rejection.place, rejection.reason)


def test_the_latest_version_of_an_article_counts_in_whatever_order_they_come(run, settings):
    archive(settings, 1, "Rain at noon.", hour=12)
    archive(settings, 2, "Rain in the evening.", hour=18)

    assert run() == Outcome(added=1, unchanged=1)
    before = dump(settings.graph_dir)
    assert "2026-11-26T18:00:00Z" in str(before)
    assert "2026-11-26T12:00:00Z" not in str(before)
    assert run(str(settings.raw_dir / "2026/11/26/crawl-1.warc.gz")) == Outcome(unchanged=1)
    assert dump(settings.graph_dir) == before
    shutil.rmtree(settings.graph_dir)
    assert run(str(settings.raw_dir / "2026/11/26/crawl-1.warc.gz")) == Outcome(added=1), "a day's replay"
    assert run() == Outcome(added=1, unchanged=1)
    assert "2026-11-26T18:00:00Z" in str(dump(settings.graph_dir))
