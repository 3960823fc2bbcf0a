"""Load on the endpoint: clients ask the saved queries over HTTP while articles are written.

    python -m benchmarks.endpoint [--articles N] [--clients N] [--seconds S]

Fills a store with made-up articles, serves it, lets the clients ask one saved query after another, and adds
articles meanwhile, one batch a second. One more client asks a query that would run for hours, over and over.
Queries that take more than a second alone are named and left out. Prints what each query takes alone, then
requests by status, median and 95th percentile of the waiting times.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from urllib.parse import quote

from graph.provenance import RunInfo
from graph.query import known_queries, load_query
from graph.store import open_writer
from newsgraph.records import Article, Attribution, Entity, Extraction, Mention, Relation, TextSpan

ROOT = Path(__file__).parents[1]
RUN = RunInfo("load", datetime(2026, 1, 1, tzinfo=UTC), "0", "load")
BATCH = 20
SLOW_SECONDS = 1.0  # a query that takes longer alone is not part of the load
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        graph_dir = Path(folder) / "graph"
        numbers = count()
        while (number := next(numbers)) < options.articles / BATCH:
            write(graph_dir, number)
        with served(graph_dir) as port:
            alone = {name: median_alone(port, name) for name in known_queries()}
            names = [name for name, seconds in alone.items() if seconds < SLOW_SECONDS]
            waits, statuses = loaded(port, graph_dir, options, names, numbers)
    report(alone, waits, statuses, options)


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
def served(graph_dir: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "app.cli", "serve", "--port", "0", "--time-limit", "5"]
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


def asked(port: int, text: str) -> tuple[int, float]:
    """Ask and return the status and the seconds that it took; 0 if the answer is not whole."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", f"/sparql?query={quote(text)}")
        response = connection.getresponse()
        body = response.read()
        if response.status == 200:
            json.loads(body)
    except (OSError, ValueError):
        return 0, time.perf_counter() - started
    finally:
        connection.close()
    return response.status, time.perf_counter() - started


def median_alone(port: int, name: str) -> float:
    return statistics.median(asked(port, load_query(name))[1] for _ in range(3))


def loaded(
    port: int, graph_dir: Path, options: argparse.Namespace, names: Sequence[str], numbers: Iterator[int]
) -> tuple[list[float], Counter[int]]:
    stop, waits, statuses = threading.Event(), list[float](), Counter[int]()

    def client(number: int) -> None:
        for turn in count(number):
            if stop.is_set():
                return
            status, seconds = asked(port, load_query(names[turn % len(names)]))
            waits.append(seconds)
            statuses[status] += 1

    def bomber() -> None:
        while not stop.is_set():
            statuses[-asked(port, ENDLESS)[0]] += 1

    with ThreadPoolExecutor(options.clients + 1) as threads:
        for number in range(options.clients):
            threads.submit(client, number)
        threads.submit(bomber)
        end = time.monotonic() + options.seconds
        while time.monotonic() < end:
            write(graph_dir, next(numbers))
            time.sleep(1)
        stop.set()
    return waits, statuses


def report(
    alone: dict[str, float], waits: list[float], statuses: Counter[int], options: argparse.Namespace
) -> None:
    for name, seconds in sorted(alone.items(), key=lambda item: -item[1]):
        left_out = "" if seconds < SLOW_SECONDS else "  (not asked under load)"
        print(f"{seconds * 1000:8.0f} ms alone  {name}{left_out}")
    stopped = {-status: number for status, number in statuses.items() if status < 0}
    told = {status: number for status, number in statuses.items() if status >= 0}
    waits.sort()
    print(f"{options.clients} clients, {options.seconds:g} s: {len(waits)} requests, by status {told}")
    print(f"waiting: median {waits[len(waits) // 2]:.2f} s, 95 % under {waits[int(len(waits) * 0.95)]:.2f} s")
    print(f"the endless query: by status {stopped}")


if __name__ == "__main__":
    main()
