"""Extraction in worker processes, each of which loads the pipeline once. One bad article costs one article.

An exception costs the article that raised it. When a worker dies (killed for its memory, a crash in native
code), all that was under way is tried again in a process of its own, in ever smaller halves, until the
culprit is found.

Processes are spawned, not forked: store and network runtime keep threads, which a fork would not copy.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from flows.reading import Batch, Placed, rejected
from graph.prepared import Prepared, prepare
from newsgraph.errors import ModelError, NewsGraphError
from newsgraph.records import Article, Extraction, Rejection

Read = list[Prepared | Rejection]  # as long as the batch, in its order
Extract = Callable[[Sequence[Article]], Iterable[Extraction]]
Load = Callable[[], Extract]  # is sent to the workers: a function of a module, or a record that is called

Begun = TypeVar("Begun")
_NEW_OBJECTS = 5_000  # after which the youngest are searched for garbage: an article makes some ten thousand
DIED = "the process that read it died, perhaps for want of memory"


def begun_ahead(items: Iterable[Begun], most: int) -> Iterator[Begun]:
    """Yield the items in order, each when ``most`` others have been begun behind it, or none is left."""
    under_way: deque[Begun] = deque()
    for item in items:
        under_way.append(item)
        if len(under_way) > most:
            yield under_way.popleft()
    yield from under_way


def sorted_out(read: Read) -> tuple[list[Prepared], tuple[Rejection, ...]]:
    """Return which articles of a batch were read, ready to be written, and which were not."""
    ready = [one for one in read if isinstance(one, Prepared)]
    return ready, tuple(one for one in read if isinstance(one, Rejection))


def load_extract(threads: int = 1, watch_list: Path | None = None) -> Extract:
    """Load the trained pipeline and return what extracts with it, on so many cores."""
    from extractors.pipeline import extract, load_pipeline  # in the worker: spaCy takes its time to import

    nlp = load_pipeline(threads=threads, watch_list=watch_list)
    search_less_for_garbage()
    return lambda articles: extract(nlp, articles)


def search_less_for_garbage() -> None:
    """Leave what is loaded out of the search for garbage, for it stays; search once or twice an article."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


@dataclass(frozen=True, slots=True)
class LoadExtract:
    """load_extract with an analyst's list. Equal ones are one load in a worker; partials would not be."""

    watch_list: Path | None

    def __call__(self) -> Extract:
        return load_extract(watch_list=self.watch_list)


class Workers:
    """A pool of processes that outlives the death of any of them."""

    def __init__(self, count: int, load: Load = load_extract) -> None:
        self.count = count
        self._load = load
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            _stop(self._pool, at_once=error is not None)

    def submit(self, batch: Batch) -> Future[Read]:
        """Start to extract ``batch``."""
        if self._pool is None:
            self._pool = _new_pool(self.count)
        try:
            return _submit(self._pool, self._load, batch)
        except BrokenProcessPool:
            self._pool = None
            return self.submit(batch)

    def result(self, batch: Batch, future: Future[Read]) -> Read:
        """Return what ``future``, which submit() gave for ``batch``, comes to. May take a while."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._read_alone(batch)

    def _read_alone(self, batch: Batch) -> Read:
        pool = _new_pool(1)
        try:
            return _submit(pool, self._load, batch).result()
        except BrokenProcessPool:
            if len(batch) == 1:
                return [rejected(batch[0], DIED)]
        finally:
            _stop(pool, at_once=True)
        middle = len(batch) // 2
        return self._read_alone(batch[:middle]) + self._read_alone(batch[middle:])


def read_and_prepared(load: Load, batch: Batch) -> Read:
    """Extract ``batch`` in this process and make what was read ready for the graph.

    Raises:
        ModelError: If the pipeline cannot be loaded: no article is to blame.
    """
    return [
        one if isinstance(one, Rejection) else _prepared(placed, one)
        for placed, one in zip(batch, read_batch(load, batch), strict=True)
    ]


def _prepared(placed: Placed, extraction: Extraction) -> Prepared | Rejection:
    try:
        return prepare(placed.article, extraction)
    except Exception as error:  # noqa: BLE001 - as where it is read
        return _unreadable(placed, error)


def read_batch(load: Load, batch: Batch) -> list[Extraction | Rejection]:
    """Extract ``batch`` in this process.

    Raises:
        ModelError: If the pipeline cannot be loaded: no article is to blame.
    """
    try:
        extract = _loaded(load)
    except NewsGraphError as error:
        raise ModelError(str(error)) from None  # plain, because it has to get through to the other process
    try:
        return list(extract([placed.article for placed in batch]))
    except Exception:  # noqa: BLE001 - whatever it is, it is one article's; which one, the next lines find out
        return [_read_one(extract, placed) for placed in batch]


def _read_one(extract: Extract, placed: Placed) -> Extraction | Rejection:
    try:
        [extraction] = extract([placed.article])
    except Exception as error:  # noqa: BLE001 - a run goes on without the article, and says why
        return _unreadable(placed, error)
    return extraction


def _unreadable(placed: Placed, error: Exception) -> Rejection:
    reason = " ".join(str(error).split())
    return rejected(placed, f"cannot be read: {type(error).__name__}: {reason}")


@cache
def _loaded(load: Load) -> Extract:
    return load()


def _new_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent
    )


def _submit(pool: ProcessPoolExecutor, load: Load, batch: Batch) -> Future[Read]:
    with _interrupts_held_back():
        return pool.submit(read_and_prepared, load, batch)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    # A process that is started in here never sees Ctrl-C: the run that started it does, and ends it.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stop(pool: ProcessPoolExecutor, *, at_once: bool) -> None:
    if at_once:
        for process in list((pool._processes or {}).values()):
            process.kill()
    pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    # A pool's worker waits for work for ever, even if nobody is left to give it any (the run was killed).
    def watch() -> None:
        if (parent := multiprocessing.parent_process()) is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
