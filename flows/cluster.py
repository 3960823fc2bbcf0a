"""Extraction on a Dask cluster: the same batches and the same results as from the processes of workers.py.

    dask = "local"                a scheduler and worker processes of our own, on this machine
    dask = "tcp://host:8786"      a cluster that runs already; its workers have this newsgraph installed

A batch whose worker dies goes to another one. Only a batch that kills every worker it is given to is taken
apart, until the article that does it is found. What cannot be had is told in one line: no scheduler, no
workers, another version of newsgraph there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from extractors.mark import extractor_mark
from flows.reading import Batch, rejected
from flows.workers import DIED, Load, LoadExtract, Read, load_extract, read_and_prepared
from newsgraph import __version__
from newsgraph.errors import ClusterError, ModelError

if TYPE_CHECKING:
    from distributed import Client, Future

LOCAL = "local"
CONNECT_SECONDS = 10
WORKERS_SECONDS = 60.0  # without any worker, after which a run gives up
LOOK_SECONDS = 15.0  # between two looks whether there still is one

SETTINGS = {
    "logging": {"distributed": "critical"},  # read while it is imported
    "distributed.scheduler.allowed-failures": 1,  # deaths before a batch is blamed, in our own
}

_one_at_a_time = threading.Lock()  # a worker may have several threads, the pipeline serves one


class ClusterWorkers:
    """Stands in for workers.Workers where the setting ``dask`` is given."""

    def __init__(self, address: str, count: int, load: Load = load_extract) -> None:
        self.count = count
        self._address = address
        self._load = load
        self._mark = mark_of(load)
        self._cluster: Any = None
        self._client: Client | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in (self._client, self._cluster):
            if one is not None:
                one.close(timeout=CONNECT_SECONDS)

    def submit(self, batch: Batch) -> Future[Read]:
        """Start to extract ``batch``."""
        if self._client is None:
            self._client = self._connected()
        with self._told_plainly():
            return self._client.submit(read_on_worker, self._mark, self._load, batch, pure=False)

    def result(self, batch: Batch, future: Future[Read]) -> Read:
        """Return what ``future``, which submit() gave for ``batch``, comes to. May take a while."""
        from distributed import KilledWorker

        try:
            return self._waited_for(future)
        except KilledWorker:
            if len(batch) == 1:
                return [rejected(batch[0], DIED)]
        middle = len(batch) // 2
        # One after the other: the death of a worker loses what others on it had read.
        return [
            one for half in (batch[:middle], batch[middle:]) for one in self.result(half, self.submit(half))
        ]

    def _waited_for(self, future: Future[Read]) -> Read:
        without_workers = 0.0
        with self._told_plainly():
            while True:
                try:
                    read: Read = future.result(timeout=LOOK_SECONDS)
                except TimeoutError:
                    alone = not future.client.scheduler_info(n_workers=-1)["workers"]
                    without_workers = without_workers + LOOK_SECONDS if alone else 0.0
                    if without_workers >= WORKERS_SECONDS:
                        raise ClusterError(self._address, "all its workers are gone") from None
                else:
                    return read

    def _connected(self) -> Client:
        client_of, cluster_of = _distributed()
        with self._told_plainly():
            if self._address == LOCAL:
                self._cluster = cluster_of(
                    n_workers=self.count,
                    threads_per_worker=1,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
            client: Client = client_of(
                self._cluster or self._address, timeout=CONNECT_SECONDS, set_as_default=False
            )
            try:
                client.wait_for_workers(1, timeout=WORKERS_SECONDS)
            except TimeoutError:
                client.close()  # type: ignore[no-untyped-call]
                raise ClusterError(
                    self._address, "the scheduler has no workers; start some: dask worker"
                ) from None
            self.count = max(self.count, sum(client.nthreads().values()))  # type: ignore[no-untyped-call]
        return client

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except (OSError, CancelledError) as error:  # TimeoutError and lost connections are OSErrors
            reason = " ".join(str(error).split()) or type(error).__name__
            raise ClusterError(self._address, f"the Dask cluster does not answer: {reason}") from None


def mark_of(load: Load) -> tuple[str, str] | None:
    """Return version and mark of what ``load`` loads here; None if it is not the shipped pipeline."""
    return (__version__, extractor_mark(load.watch_list)) if isinstance(load, LoadExtract) else None


def read_on_worker(mark: tuple[str, str] | None, load: Load, batch: Batch) -> Read:
    """Extract ``batch`` in this process of the cluster.

    Raises:
        ModelError: If newsgraph, model or watch list are others here than where the run was started.
    """
    here = mark_of(load)
    if mark is not None and here is not None and mark != here:
        raise ModelError(
            f"a Dask worker has newsgraph {here[0]} with model {here[1][:8]}, this run has {mark[0]} with "
            f"{mark[1][:8]}; install the same on all machines"
        )
    with _one_at_a_time:
        return read_and_prepared(load, batch)


def _distributed() -> tuple[Any, Any]:
    try:
        import dask

        dask.config.set(SETTINGS)
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ClusterError("dask", "needs distributed: pip install 'newsgraph[cluster]'") from error
    return Client, LocalCluster
