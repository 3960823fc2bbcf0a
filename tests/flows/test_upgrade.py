"""What an older model read is read again, whatever became of the files; nothing newer is lost."""

import shutil
import sys
from pathlib import Path
from subprocess import PIPE, Popen
from textwrap import dedent

import pytest

from flows.ingest import run_ingest, write
from flows.upgrade import run_upgrade
from graph.articles import restore, retract
from graph.check import check
from graph.history import run_diff, runs_of, versions_of
from graph.snapshots import open_reader
from graph.store import open_writer
from newsgraph.errors import NoGraphError
from newsgraph.records import Article, Outcome
from newsgraph.settings import Settings
from tests.flows import fakes
from tests.graph.made import RUN
from tests.graph.test_retractions import BY

ROOT = Path(__file__).parents[2]


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


class Listener:
    """Has something happen when so many articles have been read again."""

    advance = reject = note = staticmethod(lambda *_: None)

    def __init__(self, at, action):
        self._at, self._action = at, action
        self.told = []

    def read_again(self, done, of):
        self.told.append((done, of))
        if done == self._at:
            self._action()


def interrupt():
    raise KeyboardInterrupt


def test_it_goes_on_where_it_was_stopped_without_reading_anything_twice(settings, monkeypatch):
    with pytest.raises(KeyboardInterrupt):
        upgrade(settings, progress=Listener(2, interrupt))
    assert [run.holds for run in runs_of(open_reader(settings.graph_dir))] == [5], "nothing is written yet"

    listener = Listener(None, None)
    done = upgrade(settings, progress=listener)

    assert listener.told == [(0, 3), (2, 3), (3, 3)]
    assert done.outcome == Outcome(added=3)
    [before] = done.before
    held = {run.id: run.holds for run in runs_of(open_reader(settings.graph_dir))}
    assert (held[before], held[done.run]) == (2, 3)
    assert not (settings.graph_dir / "unwritten").exists()


def test_an_ingest_writes_what_an_upgrade_left_but_only_where_it_belongs(settings):
    with pytest.raises(KeyboardInterrupt):
        upgrade(settings, progress=Listener(5, interrupt))
    (settings.raw_dir / "a.txt").unlink()
    newer = Article("a", "Sun in a.")  # than what the upgrade took up
    with open_writer(settings.graph_dir) as writer:
        writer.add([(newer, fakes.extract(newer))], RUN)

    assert ingest(settings, model="new") == Outcome(unchanged=4)
    reader = open_reader(settings.graph_dir)
    assert reader.kept("a")[0] == newer
    assert {run.model: run.holds for run in runs_of(reader) if run.holds} == {"new": 4, RUN.model_hash: 1}


def test_it_is_written_in_portions(settings, monkeypatch):
    monkeypatch.setattr("flows.ingest.worth_writing", lambda _: 4 * len("Rain in a."))
    written = []
    monkeypatch.setattr(
        "flows.ingest.write", lambda *given, **more: written.append(len(given[2])) or write(*given, **more)
    )

    assert upgrade(settings).outcome == Outcome(added=5)
    assert written == [4, 1]


@pytest.mark.slow
def test_an_upgrade_that_is_killed_goes_on_and_reads_nothing_twice(settings, tmp_path):
    code = f"""if True:
        from pathlib import Path
        from flows.progress import Silence
        from flows.upgrade import run_upgrade
        from newsgraph.settings import Settings
        from tests.flows import fakes
        class Listener(Silence):
            def read_again(self, done, of):
                print(done, flush=True)
        if __name__ == "__main__":
            folder = Path({str(tmp_path)!r})
            settings = Settings(folder / "raw", folder / "graph", workers=1, batch_size=1)
            run_upgrade(settings, load=fakes.load_slowly, model="new", progress=Listener())
    """
    (script := tmp_path / "run.py").write_text(dedent(code.replace("if True:\n", "", 1)))
    environment = {"PYTHONPATH": str(ROOT)}
    with Popen([sys.executable, str(script)], stdout=PIPE, text=True, env=environment, cwd=ROOT) as run:
        for line in run.stdout:
            if line == "2\n":
                run.kill()

    listener = Listener(None, None)
    done = upgrade(settings, progress=listener)

    of = listener.told[0][1]
    assert 0 < of <= 3, "two of five were read, perhaps another one"
    assert done.outcome == Outcome(added=of)
    reader = open_reader(settings.graph_dir)
    assert sum(run.holds for run in runs_of(reader) if run.model == "new") == 5
    assert check(settings.graph_dir, reader) == []


def test_what_comes_meanwhile_is_not_lost(settings):
    def meanwhile():
        for name in "abcde":
            (settings.raw_dir / f"{name}.txt").write_text(f"Sun in {name}.")
        ingest(settings)
        retract(settings.graph_dir, "d", **BY)

    done = upgrade(settings, progress=Listener(2, meanwhile))

    assert done.outcome == Outcome(added=0, retracted=1), "all is newer than what was taken up"
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
