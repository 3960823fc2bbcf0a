"""Measure the pipeline's speed and memory on the sample articles, by processor time: machines are noisy.

    python benchmarks/speed.py [--copies N]

Prints: loading time; words a second of the whole pipeline, of the spaCy pipeline alone and of the bare
network on the same word pieces; what statements cost on top of the pipeline; the same words a second of two
processes at once, as workers run, with the memory of each; how time grows with a paragraph's length; articles
a second from file to published store with one process.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

    from newsgraph.records import Article

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # this file is run as a script, too


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--copies", type=int, default=5, help="how often each sample is read")
    options = parser.parse_args()

    started = time.process_time()
    from extractors.network import Network
    from extractors.pipeline import extract, extraction_from

    nlp = load()
    show("load the pipeline", f"{time.process_time() - started:.2f} s")

    articles = sample_articles() * options.copies
    texts = [article.text for article in articles]
    list(extract(nlp, articles[: len(articles) // options.copies]))  # warm: caches filled as in a long run
    docs = [nlp.make_doc(text) for text in texts]
    words = sum(not token.is_space for doc in docs for token in doc)
    show("articles, words", f"{len(articles)}, {words}")

    network = Network(threads=1)
    bare = timed(lambda: run_bare(network, docs))
    piped = timed(lambda: list(nlp.pipe(texts)))
    read = [(nlp(article.text), article) for article in articles]
    stated = timed(lambda: [extraction_from(doc, article) for doc, article in read])
    whole = timed(lambda: list(extract(nlp, articles)))
    show("bare network", f"{words / bare:,.0f} words/s")
    show("nlp.pipe", f"{words / piped:,.0f} words/s, {bare / piped:.0%} of the bare network")
    show("statements", f"{stated / piped:.0%} of the time of nlp.pipe on top of it")
    show("extract", f"{words / whole:,.0f} words/s, {bare / whole:.0%} of the bare network")
    show("extract", f"{len(articles) / whole:.1f} articles/s with one process and one thread")

    growth(nlp, texts)
    two_processes(options.copies)

    started = time.perf_counter()
    ingest(options.copies)
    end_to_end = time.perf_counter() - started
    show("ingest, end to end", f"{len(articles) / end_to_end:.1f} articles/s by the clock, with its start")


def load() -> Language:
    """Return the pipeline, ready to read; as in workers, what is loaded is not searched for garbage again."""
    from extractors.pipeline import load_pipeline
    from flows.workers import search_less_for_garbage

    nlp = load_pipeline()
    list(nlp.pipe(["One sentence."]))
    search_less_for_garbage()
    return nlp


def show(what: str, figure: str) -> None:
    print(f"{what:<24}{figure}", flush=True)


def timed(work: Callable[[], object]) -> float:
    """Return the processor time of ``work`` in seconds."""
    started = time.process_time()
    work()
    return time.process_time() - started


def growth(nlp, texts) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Show the processor time of one paragraph of four times the length, as a ratio."""
    from extractors.pipeline import extract
    from newsgraph.records import Article

    paragraph = " ".join(" ".join(texts).split())
    taken = []
    for size in (25_000, 100_000):
        text = (paragraph * (size // len(paragraph) + 1))[:size]
        started = time.process_time()
        list(extract(nlp, [Article("paragraph", text)]))
        taken.append(time.process_time() - started)
    show("100 kB in a paragraph", f"{taken[1] / taken[0]:.1f} times the time of 25 kB")


def two_processes(copies: int) -> None:
    """Show the words a second of two processes, each with one thread, that read at the same time."""
    spawn = multiprocessing.get_context("spawn")
    pipes = [spawn.Pipe() for _ in range(2)]
    workers = [spawn.Process(target=work, args=(there, copies), daemon=True) for _, there in pipes]
    for worker in workers:
        worker.start()
    ours = [here for here, _ in pipes]
    loads = [here.recv() for here in ours]
    words, taken = 0, []
    for _ in ("bare network", "nlp.pipe", "extract"):
        for here in ours:
            here.send("go")
        answers = [here.recv() for here in ours]
        words = sum(count for count, _ in answers)
        taken.append(max(seconds for _, seconds in answers))
    memory = [here.recv() for here in ours]
    bare, piped, whole = taken
    show("two processes: load", ", ".join(f"{load:.2f} s" for load in loads))
    show("two processes: bare", f"{words / bare:,.0f} words/s")
    show("two processes: nlp.pipe", f"{words / piped:,.0f} words/s, {bare / piped:.0%} of the bare network")
    show("two processes: extract", f"{words / whole:,.0f} words/s, {bare / whole:.0%} of the bare network")
    show("two processes: memory", ", ".join(f"{size:.0f} MB" for size in memory))


def work(told: Connection, copies: int) -> None:
    """Load, then read as often as told to, in a process of its own."""
    started = time.process_time()
    from extractors.pipeline import extract

    nlp = load()
    told.send(time.process_time() - started)
    articles = sample_articles() * copies
    texts = [article.text for article in articles]
    docs = [nlp.make_doc(text) for text in texts]
    words = sum(not token.is_space for doc in docs for token in doc)
    network = nlp.get_pipe("newsgraph_reader").network  # type: ignore[attr-defined]
    list(extract(nlp, articles[:2]))  # warm
    for read in (
        lambda: run_bare(network, docs),
        lambda: list(nlp.pipe(texts)),
        lambda: list(extract(nlp, articles)),
    ):
        told.recv()
        told.send((words, timed(read)))
    told.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def sample_articles() -> list[Article]:
    from flows.reading import Placed, read_articles
    from ingest.raw_store import find_files

    placed = read_articles(find_files([str(ROOT / "data/raw/samples")]))
    return [one.article for one in placed if isinstance(one, Placed)]


def run_bare(network, docs) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Run only the network over the windows of the Docs, nothing decoded."""
    from extractors.reader import word_gaps, words_read

    for doc in docs:
        read = [token.i for token in doc if not token.is_space]
        words, before = words_read(doc, read)
        pieces = network.pieces.cut(words, word_gaps(before))
        for _ in network.windows(pieces):
            pass


def ingest(copies: int) -> None:
    """Ingest ``copies`` variants of each sample into an empty store."""
    from newsgraph.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for number in range(copies):
            for article in sample_articles():
                (raw / f"{number}-{article.version_id}.txt").write_text(
                    article.text + f"\n{number}\n", encoding="utf-8"
                )
        settings = replace(Settings(), raw_dir=raw, graph_dir=Path(folder) / "graph", workers=1)
        from flows.ingest import run_ingest

        run_ingest([str(raw)], settings)


if __name__ == "__main__":
    main()
