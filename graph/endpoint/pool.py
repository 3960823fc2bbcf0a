"""The processes that answer: so many at once, so many waiting, each stopped at its time limit.

A query cannot be asked to stop, so its process is killed and another one begun. Runs in the server's event
loop; knows neither HTTP nor RDF.
"""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import graph
from graph.endpoint.messages import OPEN, READS, Answer, Limits, Reply, Request, framed, read_answer
from newsgraph.errors import AnswerError

START_SECONDS = (
    60.0  # a process begins in some tenths; on a machine that has much else to do, it takes longer
)
GRAPH_FACTOR = 10  # a graph takes time for its size, which is limited, and cannot run for ever as a query can
WAIT_SECONDS = 60.0  # for a process that is free; most clients go after that time, too
PUBLISH_SECONDS = 120.0  # a change that is committed is not given up lightly
LARGE = 0.25  # of the largest answer
SECRETS = ("NEWSGRAPH_WRITE_TOKEN",)  # what the server knows and these processes need not


class TimeUpError(AnswerError):
    """A request was stopped at its time limit."""


class BusyError(AnswerError):
    """So many wait already that another one is turned away."""


class DiedError(AnswerError):
    """The process that worked on a request has died of it."""


class Pool:
    """Processes for one kind of work."""

    def __init__(
        self, graph_dir: Path, limits: Limits, *, size: int, waiting: int, any_graph: bool = False
    ) -> None:
        """Prepare them.

        Args:
            graph_dir: Where the store lies.
            limits: What one request may take.
            size: How many work at once.
            waiting: How many requests may wait until one is free.
            any_graph: The store is general, without newsgraph's own graphs.
        """
        words = (limits.seconds, limits.rows, limits.answer_bytes, limits.memory_bytes)
        arguments = [str(graph_dir.absolute()), *map(str, words), "any" if any_graph else "own"]
        self._workers = [_Worker(arguments) for _ in range(size)]
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._limits, self._most_waiting = limits, waiting
        self.waiting = 0

    @property
    def busy(self) -> int:
        return len(self._workers) - self._idle.qsize()

    @property
    def is_offline(self) -> bool:
        """Say whether the processes that have begun are cut off from the network."""
        return all(worker.is_offline for worker in self._workers)

    async def open(self) -> None:
        """Begin the processes.

        Raises:
            DiedError: If they cannot be begun.
        """
        await asyncio.gather(*(worker.begin() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        for worker in self._workers:
            await worker.end()

    async def refresh(self) -> None:
        """Let those who have nothing to do open the newest snapshot, and let go of the old one."""
        idle = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
        await asyncio.gather(*(self._refreshed(worker) for worker in idle))

    async def _refreshed(self, worker: _Worker) -> None:
        with suppress(AnswerError):  # it is begun anew when it is needed
            await self._work(worker, Request("refresh"), b"")

    async def ask(self, request: Request, body: bytes = b"") -> Answer:
        """Have a request worked on.

        Raises:
            BusyError: If too many wait, or no process became free in time.
            TimeUpError: If it was stopped at its limit.
            DiedError: If its process died of it.
        """
        return await self._work(await self._free(), request, body)

    async def _free(self) -> _Worker:
        if self._idle.empty() and self.waiting >= self._most_waiting:
            raise BusyError(f"{self.waiting} requests wait already; try again later")
        with self._one_more_waits():
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    return await self._idle.get()
            except TimeoutError:
                raise BusyError("no process became free in time; try again later") from None

    @contextmanager
    def _one_more_waits(self) -> Iterator[None]:
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1

    async def _work(self, worker: _Worker, request: Request, body: bytes) -> Answer:
        async with self._given_back(worker):
            await worker.begin()
            seconds = self._limits.seconds
            if request.kind in ("put", "post", "delete"):
                seconds *= GRAPH_FACTOR
            answer = await worker.exchange(request, body, seconds)
            if len(answer.body) > LARGE * self._limits.answer_bytes:
                worker.kill()  # its memory is in pieces, and what it may take is counted from its begin
            return answer

    @asynccontextmanager
    async def _given_back(self, worker: _Worker) -> AsyncIterator[None]:
        """Put a process back among the idle ones; killed, if it may still be at work."""
        try:
            yield
        except BaseException:  # cancelled, too: the client has gone
            worker.kill()
            raise
        finally:
            self._idle.put_nowait(worker)


class _Worker:
    """One process, begun anew when it has died."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments
        self._process: Process | None = None
        self.is_offline = True

    async def begin(self) -> None:
        if self._process and self._process.returncode is None:
            return
        environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
        environment |= {
            "PYTHONPATH": str(Path(graph.__file__).parents[1]),  # and not the folder where we happen to be
            "MALLOC_ARENA_MAX": "2",  # else each thread reserves address space, which is limited
        }
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "graph.endpoint.worker",
            *self._arguments,
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if os.environ.get("NEWSGRAPH_DEBUG") else DEVNULL,
            env=environment,
            start_new_session=True,  # Ctrl-C is for the server, which ends them in order
        )
        try:
            async with asyncio.timeout(START_SECONDS):
                ready = await self._read()
        except TimeoutError:
            self.kill()
            raise DiedError("a process for queries does not begin") from None
        self.is_offline = ready.reply.message != OPEN

    async def exchange(self, request: Request, body: bytes, seconds: float) -> Answer:
        """Send a request and return its answer; "begun" sets the clock anew, "committed" ends it."""
        if not self._process or not self._process.stdin:
            raise DiedError("there is no process to ask")
        with suppress(ConnectionError):  # what it died of is told by what comes back
            self._process.stdin.write(framed(request, body))
            await self._process.stdin.drain()
        status, answer = "", Answer(Reply("failed"))
        # Waiting for another writer is not counted against a change, but bounded by the process itself.
        left = seconds if request.kind in READS else 2 * seconds + 1
        while status in ("", "begun", "committed"):
            try:
                async with asyncio.timeout(left):
                    answer = await self._read()
            except TimeoutError:
                raise TimeUpError(_stopped(status, seconds)) from None
            status = answer.reply.status
            left = PUBLISH_SECONDS if status == "committed" else seconds
        return answer

    async def _read(self) -> Answer:
        if not self._process or not self._process.stdout:
            raise DiedError("there is no process to ask")
        try:
            return await read_answer(self._process.stdout)
        except EOFError:
            await self._process.wait()
            reason = "the request took more memory than it may, or broke the engine; nothing else was harmed"
            raise DiedError(reason) from None

    def kill(self) -> None:
        if self._process and self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        self._process = None

    async def end(self) -> None:
        process = self._process
        self.kill()
        if process:
            await process.wait()


def _stopped(status: str, seconds: float) -> str:
    if status == "committed":
        return "the change is written, but is not published yet; the next writer does it"
    return f"stopped at the time limit of {seconds:g} seconds"
