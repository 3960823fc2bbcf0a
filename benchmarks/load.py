"""Load on the endpoint: clients ask the query pack while articles are written; every answer is judged.

    python -m benchmarks.load [--articles N | --graph FOLDER] [--clients N] [--seconds S]

Fills a store with made-up articles, or takes a copy of one, such as benchmarks.scale makes; serves it, lets
the clients ask one saved query after another, and another process write a batch of articles every second. One
more client asks a query that would run for hours, over and over, and one a small one, four times a second.
Each answer names the checkpoint it comes from; those are kept, and afterwards each answer is compared with
what the library gives for that checkpoint. Prints requests by status, wrong answers, median and 95th
percentile of the waiting times. Exit status 1 if a request failed or an answer was wrong.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import Store

from graph.parameters import bind, parameters_of
from graph.provenance import RunInfo
from graph.query import known_queries, load_query, run_query
from graph.remote.pushed import linked
from graph.snapshots import Reader, open_reader, snapshot_id
from graph.store import open_writer
from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan

ROOT = Path(__file__).parents[1]
RUN = RunInfo("load", datetime(2026, 1, 1, tzinfo=UTC), "0", "load")
BATCH = 20
WRITTEN_EVERY = 1.0  # seconds
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SMALL = "SELECT (COUNT(?a) AS ?n) { GRAPH g:articles { ?a a schema:NewsArticle } }"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--graph", type=Path, help="a store to begin with, which is copied")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--time-limit", type=int, default=30, help="of the server, in seconds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph_dir = Path(folder) / "graph"
        if options.graph:
            shutil.copytree(options.graph, graph_dir, symlinks=True)
        for number in range(0 if options.graph else options.articles // BATCH):
            write(graph_dir, number)
        with served(graph_dir, options.time_limit) as port:
            load = Load(port, pack(), kept := Path(folder) / "kept")
            with written_meanwhile(graph_dir, kept, first=options.articles // BATCH):
                load.run(options.clients, options.seconds)
        return report(load, options)


def pack() -> dict[str, str]:
    """Return the texts of the saved queries that need no value, by name."""
    texts = {name: load_query(name) for name in known_queries()}
    return {
        name: bind(text, {})
        for name, text in texts.items()
        if not any(one.is_needed for one in parameters_of(text))
    }


@dataclass
class Load:
    """Clients of a server, and what they were told."""

    port: int
    texts: dict[str, str]
    kept: Path  # the checkpoints, by id
    waits: list[float] = field(default_factory=list)
    small_waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    endless: Counter[int] = field(default_factory=Counter)  # of the endless query, by status
    endless_waits: list[float] = field(default_factory=list)
    answers: dict[tuple[str, str, str], bytes] = field(default_factory=dict)  # checkpoint, query, digest

    def run(self, clients: int, seconds: float, *, endless: int = 1) -> None:
        """Let them ask for so long."""
        stop = threading.Event()
        with ThreadPoolExecutor(clients + endless + 1) as threads:
            asking = [threads.submit(self._client, number, stop) for number in range(clients)]
            asking += [threads.submit(self._bomber, stop) for _ in range(endless)]
            asking.append(threads.submit(self._small_client, stop))
            time.sleep(seconds)
            stop.set()
            for one in asking:
                one.result()

    def wrong(self) -> list[str]:
        """Return which answers are not what the library gives for their checkpoint."""
        found = list[str]()
        readers: dict[str, Reader] = {}
        right: dict[tuple[str, str], list[str]] = {}
        for (checkpoint, name, _), body in sorted(self.answers.items()):
            if not (self.kept / checkpoint).is_dir():
                found.append(f"{name}: of checkpoint {checkpoint!r}, which there never was")
                continue
            if checkpoint not in readers:
                readers = {checkpoint: _reader(self.kept / checkpoint)}  # one open at a time
            if (checkpoint, name) not in right:
                right[checkpoint, name] = rows(run_query(readers[checkpoint], self._text(name), "json"))
            if rows(body) != right[checkpoint, name]:
                found.append(f"{name}: not what checkpoint {checkpoint} holds")
        return found

    def _text(self, name: str) -> str:
        return SMALL if name == "small" else self.texts[name]

    def _client(self, number: int, stop: threading.Event) -> None:
        names = sorted(self.texts)
        for turn in count(number):
            if stop.is_set():
                return
            self._ask(names[turn % len(names)], self.waits)

    def _small_client(self, stop: threading.Event) -> None:
        while not stop.wait(0.25):
            self._ask("small", self.small_waits)

    def _ask(self, name: str, waits: list[float]) -> None:
        status, checkpoint, body, seconds = asked(self.port, self._text(name))
        waits.append(seconds)
        self.statuses[status] += 1
        if status == 200:
            self.answers[checkpoint, name, sha256(body).hexdigest()] = body

    def _bomber(self, stop: threading.Event) -> None:
        while not stop.is_set():
            status, _, _, seconds = asked(self.port, ENDLESS)
            self.endless[status] += 1
            self.endless_waits.append(seconds)


def asked(port: int, text: str) -> tuple[int, str, bytes, float]:
    """Ask and return status, checkpoint, body, and the seconds that it took; status 0: no whole answer."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    try:
        connection.request("GET", f"/sparql?query={quote(text)}")
        response = connection.getresponse()
        status, body = response.status, response.read()
        checkpoint = response.headers.get("Newsgraph-Checkpoint", "")
    except (OSError, http.client.HTTPException):
        status, checkpoint, body = 0, "", b""
    finally:
        connection.close()
    return status, checkpoint, body, time.perf_counter() - started


def rows(body: str | bytes) -> list[str]:
    """Return the rows of an answer in JSON, in an order of their own: where rows tie, any order is right."""
    found: dict[str, Any] = json.loads(body)
    return sorted(json.dumps(row, sort_keys=True) for row in found["results"]["bindings"])


def _reader(snapshot: Path) -> Reader:
    return Reader(snapshot.parent, Store.read_only(str(snapshot)))


@contextmanager
def written_meanwhile(graph_dir: Path, kept: Path, *, first: int) -> Iterator[None]:
    """Let another process write batch after batch, and keep each checkpoint, the one that is there first."""
    keep(graph_dir, kept)
    context = multiprocessing.get_context("spawn")
    stop, begun = context.Event(), context.Event()
    process = context.Process(target=write_on, args=(graph_dir, kept, first, stop, begun))
    process.start()
    begun.wait()
    try:
        yield
    finally:
        stop.set()
        process.join()


def write_on(graph_dir: Path, kept: Path, first: int, stop: Event, begun: Event) -> None:
    """Write batch after batch."""
    begun.set()
    for number in count(first):
        if stop.wait(WRITTEN_EVERY):
            return
        write(graph_dir, number)
        keep(graph_dir, kept)


def keep(graph_dir: Path, kept: Path) -> None:
    """Keep the newest checkpoint; only we write, so that it is the one that was just written."""
    snapshot = open_reader(graph_dir).snapshot
    if snapshot is not None:
        linked(snapshot, kept / snapshot_id(snapshot))


def write(graph_dir: Path, number: int) -> None:
    with open_writer(graph_dir) as writer:
        writer.add([made(number * BATCH + place) for place in range(BATCH)], RUN)


def made(number: int) -> tuple[Article, Extraction]:
    """Return an article in which one of 200 persons denies what another did to one of 40 things."""
    speaker, other = f"Anna Berg{number % 200}", f"Carl Dorn{number * 7 % 199}"
    thing = f"MQ-{number % 40}"
    text = f"{speaker} denied that {other} struck the {thing}. {speaker} met {other}. Report {number}."
    article = Article(f"load-{number}", text, f"About {thing}", None, None, f"Outlet {number % 9}")

    def span(words: str, after: int = 0) -> TextSpan:
        start = text.index(words, after)
        return TextSpan(start, start + len(words))

    again = text.index(". ")
    named = ((speaker, "PERSON", 0), (other, "PERSON", 0), (thing, "PRODUCT", 0))
    entities = tuple(Entity(f"e{place}", name, kind) for place, (name, kind, _) in enumerate(named))  # type: ignore[arg-type]
    mentions = tuple(
        Mention(f"m{place}", *span(name, after), kind, "name", f"e{place}", 0.9)  # type: ignore[arg-type]
        for place, (name, kind, after) in enumerate(named)
    )
    content = span(f"that {other} struck the {thing}")
    attribution = Attribution(
        "a0",
        (span(speaker),),
        (span("denied"),),
        (content,),
        "e0",
        None,
        "denies",
        "certain",
        "indirect",
        0.9,
        "deny",
    )
    meeting = span(f"{speaker} met {other}", again)
    relations = (
        Relation("r0", "struck", "e1", "e2", *content, False, "actual", "a0", None, None, 0.8),  # noqa: FBT003
        Relation("r1", "met", "e0", "e1", *meeting, False, "actual", None, None, None, 0.8),  # noqa: FBT003
    )
    return article, Extraction(
        article.id,
        text,
        article.title,
        sentences=(TextSpan(0, again + 1), TextSpan(again + 2, len(text))),
        mentions=mentions,
        entities=entities,
        attributions=(attribution,),
        relations=relations,
    )


@contextmanager
def served(graph_dir: Path, time_limit: int) -> Iterator[int]:
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--time-limit", str(time_limit)]
    environment = {**os.environ, "NEWSGRAPH_GRAPH_DIR": str(graph_dir)}
    log = graph_dir.parent / "log"
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=file)  # noqa: S603 - ours
    try:
        while not (found := re.search(r":(\d+)/sparql", log.read_text())):
            time.sleep(0.1)
        yield int(found[1])
    finally:
        process.terminate()
        process.wait()


def report(load: Load, options: argparse.Namespace) -> int:
    """Print what came of it, and return an exit status."""
    wrong = load.wrong()
    checkpoints = {checkpoint for checkpoint, _, _ in load.answers}
    print(f"{options.clients} clients, {options.seconds:g} s: {sum(load.statuses.values())} requests of")
    print(f"  {len(load.texts)} queries, by status {dict(load.statuses)}, of {len(checkpoints)} checkpoints")
    print(f"wrong answers: {len(wrong)} of {len(load.answers)} different ones")
    for line in wrong[:10]:
        print(f"  {line}")
    print(f"the pack: {spread(load.waits)}")
    print(f"a small query: {spread(load.small_waits)}")
    print(f"the endless query: by status {dict(load.endless)}, {spread(load.endless_waits)}")
    return 1 if wrong or set(load.statuses) != {200} else 0


def spread(waits: Sequence[float]) -> str:
    """Return median and 95th percentile in words."""
    found = sorted(waits) or [0.0]
    half, most = found[len(found) // 2], found[int(len(found) * 0.95)]
    return f"median {half:.2f} s, 95 % within {most:.2f} s, longest {found[-1]:.2f} s"


if __name__ == "__main__":
    sys.exit(main())
