"""A process that answers questions, or makes changes, one by one: python -m graph.endpoint.worker.

Strangers' queries run in here and nowhere else: it has no network and so much memory, the server kills it
when time is up, and if the engine aborts, which it does instead of raising, this is all that goes down.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from graph.endpoint.answers import answer
from graph.endpoint.changes import change
from graph.endpoint.confined import die_with_parent, shut_in
from graph.endpoint.messages import (
    OPEN,
    READS,
    Answer,
    Limits,
    Reply,
    Request,
    Status,
    framed,
    read_request,
    told,
)
from graph.endpoint.views import acted, viewed
from graph.snapshots import Reader, newest_snapshot, open_reader, snapshot_id
from newsgraph.errors import StoreError


def main(
    graph_dir: str, seconds: str, rows: str, answer_bytes: str, memory_bytes: str, any_graph: str
) -> None:
    """Answer what comes on standard input until it ends."""
    limits = Limits(float(seconds), int(rows), int(answer_bytes), int(memory_bytes))
    die_with_parent()
    received = os.fdopen(os.dup(0), "rb")
    sent = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is not taken for an answer
    is_shut = shut_in(limits.memory_bytes)
    worker = Worker(Path(graph_dir), limits, sent, any_graph=any_graph == "any")
    worker.send(Answer(Reply("ready", "" if is_shut else OPEN)))
    while (message := read_request(received)) is not None:
        worker.serve(*message)


class Worker:
    """Has one snapshot open, the newest when it was last asked."""

    def __init__(self, graph_dir: Path, limits: Limits, sent: BinaryIO, *, any_graph: bool) -> None:
        self._graph_dir, self._limits, self._sent, self._any_graph = graph_dir, limits, sent, any_graph
        self._reader: Reader | None = None

    def serve(self, request: Request, body: bytes) -> None:
        if request.kind in (*READS, "refresh"):
            self.send(self._answered(request, body))
        elif request.kind == "act":
            seconds = self._limits.seconds
            self.send(acted(self._graph_dir, request, body, self._tell, seconds))
        else:
            self.send(
                change(
                    self._graph_dir,
                    request,
                    body,
                    any_graph=self._any_graph,
                    wait_seconds=self._limits.seconds,
                    tell=self._tell,
                )
            )

    def send(self, given: Answer) -> None:
        self._sent.write(framed(*given))
        self._sent.flush()

    def _tell(self, status: Status) -> None:
        self.send(Answer(Reply(status)))

    def _answered(self, request: Request, body: bytes) -> Answer:
        try:
            reader, checkpoint = self._newest()
            if request.kind == "refresh":
                return Answer(Reply("done", checkpoint=checkpoint))
            if request.kind == "view":
                reply, found = viewed(reader, request, body, self._limits)
            else:
                reply, found = answer(reader.store, request, body, self._limits, union=not self._any_graph)
        except StoreError as error:
            return Answer(Reply("failed", error.reason))
        except (OSError, RuntimeError, MemoryError) as error:
            return Answer(Reply("failed", f"the query cannot be answered: {told(error)}"))
        return Answer(_of(reply, checkpoint), found)

    def _newest(self) -> tuple[Reader, str]:
        snapshot = newest_snapshot(self._graph_dir)
        if self._reader is None or snapshot != self._reader.snapshot:
            self._reader = None  # first, so that two are never open at once
            self._reader = open_reader(self._graph_dir)
        return self._reader, snapshot_id(self._reader.snapshot)


def _of(reply: Reply, checkpoint: str) -> Reply:
    return Reply(reply.status, reply.message, checkpoint, reply.media_type, reply.rows, reply.truncated)


if __name__ == "__main__":
    main(*sys.argv[1:])
