"""Measure how many articles a second come in, stage by stage and end to end, and which share each takes.

    python benchmarks/ingest.py [--articles N] [--words N] [--workers N] [--dask local]

The articles are made-up news (benchmarks/copies), served as pages of several feeds by a web server in a
process of its own on loopback; with no pause between two requests, since the code is measured, not its
politeness.

Prints, by processor time, so that others on the machine do not count: fetching into the archive; text and
what is known from pages; the language pipeline; writing to the store. Then the whole, as ``newsgraph
update`` does it, by the clock and by the processor time of all its processes, and the ceiling on two cores
that nobody else uses.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # this file is run as a script, too

HOST = "127.0.0.1"
FEEDS = 4


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=120)
    parser.add_argument("--words", type=int, default=600, help="of each article")
    parser.add_argument("--workers", type=int, default=2, help="processes that extract, end to end")
    parser.add_argument("--dask", default="", help="extract on this cluster, end to end: local or tcp://…")
    options = parser.parse_args()

    texts = made_articles(options.articles, options.words)
    with tempfile.TemporaryDirectory() as folder, Served(texts) as port:
        measure_stages(Path(folder) / "stages", port, len(texts))
        measure_whole(Path(folder) / "whole", port, len(texts), options.workers, options.dask)


def measure_stages(folder: Path, port: int, count: int) -> None:
    from extractors.pipeline import extract, load_pipeline
    from flows.fetch import run_fetch
    from flows.reading import Placed, read_articles
    from graph.store import RunInfo, open_writer
    from ingest.raw_store import find_files

    settings = settings_in(folder)
    fetched = timed(lambda: run_fetch(settings, sources=sources(port), limits=limits()))
    files = find_files([str(settings.raw_dir)])
    placed: list[Any] = []
    text = timed(lambda: placed.extend(read_articles(files)))
    articles = [one.article for one in placed if isinstance(one, Placed)]
    if len(articles) != count:
        sys.exit(
            f"{len(articles)} articles came of {count}: {[one for one in placed if one not in articles][:3]}"
        )
    nlp = load_pipeline()
    list(extract(nlp, articles[:4]))  # warm
    read: list[Any] = []
    language = timed(lambda: read.extend(extract(nlp, articles)))
    run = RunInfo("bench", datetime.now(UTC), "0", "bench")

    def write() -> None:
        pairs = list(zip(articles, read, strict=True))
        for start in range(0, len(pairs), settings.batch_size):
            with open_writer(settings.graph_dir) as writer:
                writer.add(pairs[start : start + settings.batch_size], run)

    graph = timed(write)
    total = fetched + text + language + graph
    for name, seconds in (("fetch", fetched), ("text", text), ("language", language), ("graph", graph)):
        show(
            f"{name}, alone",
            f"{count / seconds:8.1f} articles/s on one core  {seconds / total:4.0%} of all work",
        )
    show("all stages", f"{count / total:8.1f} articles/s on one core")


def measure_whole(folder: Path, port: int, count: int, workers: int, dask: str) -> None:
    from flows.update import run_update

    settings = replace(settings_in(folder), workers=workers, dask=dask)
    started, cpu = time.perf_counter(), cpu_seconds()
    report = run_update(settings, sources=sources(port), limits=limits())
    whole, cpu = time.perf_counter() - started, cpu_seconds() - cpu
    if report.outcome.added != count:
        sys.exit(f"only {report.outcome.added} of {count} were added")
    for name, seconds in report.seconds:
        show(f"update: {name}", f"{seconds:8.1f} s  {seconds / whole:4.0%} of the time by the clock")
    show(f"update, {workers} workers", f"{count / whole:8.1f} articles/s by the clock, loading included")
    loading = 0.0 if dask else workers * load_seconds()
    show("update, ceiling", f"{2 * count / (cpu - loading):8.1f} articles/s on two cores, by processor time")
    show("of it left out", f"{loading:8.1f} s to start and load {workers} workers, once a run")


def load_seconds() -> float:
    """Return the processor time in which a worker starts and loads."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=load, args=(there,), daemon=True)
    process.start()
    seconds = float(here.recv())
    process.join()
    return seconds


def load(told: Connection) -> None:
    from flows.workers import load_extract

    load_extract()
    told.send(time.process_time())


def cpu_seconds() -> float:
    """Return the processor time of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def settings_in(folder: Path) -> Any:
    from newsgraph.settings import Settings

    return Settings(folder / "raw", folder / "graph", folder / "reports", contact="bench@news.example")


def sources(port: int) -> list[Any]:
    from newsgraph.fetched import Source

    return [
        Source(f"feed-{number}", "feed", url=f"http://{HOST}:{port}/feed-{number}", private_hosts=(HOST,))
        for number in range(FEEDS)
    ]


def limits() -> Any:
    from newsgraph.fetched import FetchLimits

    return FetchLimits(seconds_per_request=0.0, host_concurrency=8)


def made_articles(count: int, words: int) -> list[str]:
    """Return texts of so many words or a few more, no two alike."""
    from benchmarks.copies.made_news import Newsroom

    reports = (made.article.text for made in Newsroom(7).articles() if made.kind == "report")
    news = (line for report in reports for line in report.splitlines() if line.strip())
    texts = []
    for _ in range(count):
        lines: list[str] = []
        while sum(len(line.split()) for line in lines) < words:
            lines.append(next(news))
        texts.append("\n".join(lines))
    return texts


class Served:
    """Serves the articles as pages, from a process of its own, so that it shares no interpreter lock."""

    def __init__(self, texts: Sequence[str]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._here, there = spawn.Pipe()
        self._process = spawn.Process(target=serve, args=(list(texts), there), daemon=True)

    def __enter__(self) -> int:
        self._process.start()
        return int(self._here.recv())

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join()


def serve(texts: Sequence[str], told: Connection) -> None:
    """Serve until ended: /feed-N lists every FEEDS-th page, /N is a page."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body, kind, status = answer(self.path, texts, self.server.server_port)  # type: ignore[attr-defined]
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer((HOST, 0), Handler) as server:
        told.send(server.server_port)
        server.serve_forever()


def answer(path: str, texts: Sequence[str], port: int) -> tuple[bytes, str, int]:
    name = path.lstrip("/")
    if name.startswith("feed-"):
        links = (f"http://{HOST}:{port}/{number}" for number in range(int(name[5:]), len(texts), FEEDS))
        items = "".join(f"<item><title>{link}</title><link>{link}</link></item>" for link in links)
        return f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "application/rss+xml", 200
    if name.isdecimal():
        body = "".join(f"<p>{line}</p>" for line in texts[int(name)].splitlines())
        menu = "".join(f"<li><a href='/s{number}'>Section {number}</a></li>" for number in range(40))
        head = f"<title>Report {name}</title><meta name='author' content='Anna Berg'>"
        page = f"<html><head>{head}</head><body><ul>{menu}</ul><article>{body}</article></body></html>"
        return page.encode(), "text/html; charset=utf-8", 200
    return b"nothing here", "text/plain", 404


def show(what: str, figure: str) -> None:
    print(f"{what:<24}{figure}", flush=True)


def timed(work: Callable[[], object]) -> float:
    """Return the processor time of ``work`` in seconds."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
