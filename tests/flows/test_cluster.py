"""A real Dask cluster of two worker processes gives, byte for byte, what our own processes give."""

import os
import signal
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster

from flows.cluster import SETTINGS, ClusterWorkers
from flows.ingest import run_ingest
from flows.progress import Silence
from flows.workers import DIED, LoadExtract
from graph.prepared import Prepared
from newsgraph.errors import ClusterError, ModelError
from newsgraph.records import Rejection
from newsgraph.settings import Settings
from tests.flows import fakes
from tests.flows.test_workers import batch_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster():
    with (
        dask.config.set(SETTINGS),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


def pids(cluster):
    return {name: nanny.pid for name, nanny in cluster.workers.items()}


def kept(graph_dir):
    return {path.name: path.read_bytes() for path in graph_dir.glob("extractions/*/*.json.gz")}


class KillsAWorker(Silence):
    """Kills one worker of a cluster as soon as the first articles are written."""

    def __init__(self, cluster):
        self.cluster, self.killed = cluster, None

    def advance(self, so_far):
        if self.killed is None and so_far.added:
            self.killed = next(iter(pids(self.cluster).values()))
            os.kill(self.killed, signal.SIGKILL)


def test_a_run_whose_worker_is_killed_gives_what_our_own_processes_give(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("graph.portions.MOST_CHARACTERS", 1)  # each batch is written by itself
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(40):
        (raw / f"{number}.txt").write_text(f"Rain fell on day {number}." if number % 13 else "RAISE")
    own, theirs = (Settings(raw, tmp_path / name, workers=2, batch_size=2) for name in ("own", "theirs"))
    expected = run_ingest((), own, load=fakes.load_slowly, model="fake")
    killer = KillsAWorker(cluster)

    outcome = run_ingest(
        (),
        Settings(raw, theirs.graph_dir, workers=2, batch_size=2, dask=cluster.scheduler_address),
        load=fakes.load_slowly,
        model="fake",
        progress=killer,
    )

    assert killer.killed is not None
    assert killer.killed not in pids(cluster).values(), "another process has taken its place"
    assert outcome == expected
    assert (outcome.added, len(outcome.rejected)) == (36, 4)
    assert kept(theirs.graph_dir) == kept(own.graph_dir) != {}


def test_an_article_that_kills_every_worker_is_set_aside_alone(cluster):
    batch = batch_of("Rain.", "CRASH", "Sun.")
    with ClusterWorkers(cluster.scheduler_address, 2, fakes.load) as workers:
        read = workers.result(batch, workers.submit(batch))

    assert [type(one) for one in read] == [Prepared, Rejection, Prepared]
    assert read[1] == Rejection("1.txt", DIED)


def test_without_a_model_no_article_is_to_blame(cluster):
    batch = batch_of("Rain.")
    with (
        ClusterWorkers(cluster.scheduler_address, 2, fakes.load_nothing) as workers,
        pytest.raises(ModelError, match="no model here"),
    ):
        workers.result(batch, workers.submit(batch))


def test_a_worker_with_another_model_is_told(cluster):
    batch = batch_of("Rain.")
    with ClusterWorkers(cluster.scheduler_address, 2, LoadExtract(None)) as workers:
        workers._mark = ("9.9", "another")
        with pytest.raises(ModelError, match=r"install the same on all machines"):
            workers.result(batch, workers.submit(batch))


def test_a_cluster_of_our_own_is_started_and_ended(tmp_path):
    batch = batch_of("Rain.", "Sun.")
    with ClusterWorkers("local", 1, fakes.load) as workers:
        read = workers.result(batch, workers.submit(batch))
        [worker] = pids(workers._cluster).values()

    assert [one.article.text for one in read] == ["Rain.", "Sun."]
    assert not Path(f"/proc/{worker}").exists()


def test_a_scheduler_that_is_not_there_is_told_in_one_line(monkeypatch):
    monkeypatch.setattr("flows.cluster.CONNECT_SECONDS", 0.5)

    with (
        ClusterWorkers("tcp://127.0.0.1:9", 1, fakes.load) as workers,
        pytest.raises(ClusterError, match=r"^dask = 'tcp://127.0.0.1:9': [^\n]*does not answer[^\n]*$"),
    ):
        workers.submit(batch_of("Rain."))
