"""What an older model read is read again, whatever became of the files; nothing newer is lost."""

import shutil

import pytest

from flows.ingest import run_ingest
from flows.upgrade import run_upgrade
from graph.articles import restore, retract
from graph.history import run_diff, runs_of, versions_of
from graph.store import open_reader
from newsgraph.errors import NoGraphError
from newsgraph.records import Outcome
from newsgraph.settings import Settings
from tests.flows import fakes
from tests.graph.test_retractions import BY


@pytest.fixture
def settings(tmp_path):
    settings = Settings(tmp_path / "raw", tmp_path / "graph", workers=1, batch_size=2)
    settings.raw_dir.mkdir()
    for name in "abcde":
        (settings.raw_dir / f"{name}.txt").write_text(f"Rain in {name}.")
    ingest(settings)
    return settings


def ingest(settings, model="old", **options):
    return run_ingest([], settings, load=fakes.load, model=model, **options)


def upgrade(settings, **options):
    return run_upgrade(settings, **{"load": fakes.load, "model": "new", **options})


def test_all_is_read_again_once_from_what_is_kept(settings):
    shutil.rmtree(settings.raw_dir)

    done = upgrade(settings)

    assert done.outcome == Outcome(added=5)
    assert upgrade(settings, load=fakes.load_nothing).outcome == Outcome()
    reader = open_reader(settings.graph_dir)
    assert [(run.model, run.holds) for run in runs_of(reader)] == [("old", 0), ("new", 5)]
    found = run_diff(reader, "old", done.run)
    assert (found.compared, found.changed) == (5, 0)
    assert versions_of(reader, "a")[-1].runs[0] == done.run


def test_the_next_ingest_takes_it_for_read(settings):
    upgrade(settings)

    assert ingest(settings, model="new") == Outcome(unchanged=5)


def test_it_goes_on_where_it_was_stopped(settings):
    class Stop:
        reject = note = staticmethod(lambda _: None)

        def advance(self, so_far):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        upgrade(settings, progress=Stop())

    assert upgrade(settings).outcome == Outcome(added=3)


def test_what_comes_meanwhile_is_not_lost(settings):
    class Meanwhile:
        reject = note = staticmethod(lambda _: None)
        done = False

        def advance(self, so_far):
            if not self.done:
                self.done = True
                for name in "abcde":
                    (settings.raw_dir / f"{name}.txt").write_text(f"Sun in {name}.")
                ingest(settings)
                retract(settings.graph_dir, "d", **BY)

    done = upgrade(settings, progress=Meanwhile())

    assert done.outcome == Outcome(added=2), "the rest is newer than what was taken up"
    reader = open_reader(settings.graph_dir)
    assert {name: reader.kept(name)[0].text for name in "abce"} == {n: f"Sun in {n}." for n in "abce"}
    assert reader.kept("d") is None


def test_what_cannot_be_read_again_stays_as_it_was(settings):
    done = upgrade(settings, load=fail_on_c)

    assert done.outcome.added == 4
    assert "no rain today" in done.outcome.rejected[0].reason
    assert [run.holds for run in runs_of(open_reader(settings.graph_dir))] == [1, 4]


def test_there_must_be_a_graph(tmp_path):
    with pytest.raises(NoGraphError):
        upgrade(Settings(graph_dir=tmp_path / "none"))


def test_what_is_retracted_is_left_out_and_told(settings):
    retract(settings.graph_dir, "b", **BY)

    assert ingest(settings) == Outcome(unchanged=4, retracted=1)
    assert ingest(settings, model="new") == Outcome(added=4, retracted=1)
    restore(settings.graph_dir, "b", **BY)
    assert ingest(settings, model="new") == Outcome(added=1, unchanged=4)


def test_a_correction_that_comes_is_a_new_version(settings):
    (settings.raw_dir / "a.txt").write_text("More rain in a.")
    assert ingest(settings) == Outcome(added=1, unchanged=4)

    old, new = versions_of(open_reader(settings.graph_dir), "a")
    assert (old.article.text, new.article.text) == ("Rain in a.", "More rain in a.")
    assert old.since < old.until == new.since


def fail_on_c():
    def extract(articles):
        for article in articles:
            if article.id == "c":
                raise ValueError("no rain today")
            yield fakes.extract(article)

    return extract
