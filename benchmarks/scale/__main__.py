"""Fill a graph with made-up articles and measure what merging one costs as the graph grows.

    python -m benchmarks.scale FOLDER [--articles 100000] [--passages 2 4] [--batch 512] [--check]

Reads the sample articles once with the trained pipeline, makes articles of what was read in them
(made_extractions.py) and writes them into FOLDER/graph as ingest does, in portions of the size that ingest
writes at once (graph/portions.py) unless told otherwise. The same command goes on where it was stopped. The
result is one JSON object: for each size the milliseconds an article by the clock and in processor time, over
the portions that the last thousand articles before it are in, and beside it the processor time of making an
article ready (graph/prepared.py), which the processes that read do. With --check, the graph is rebuilt from
what was kept, which must give the same quads; that takes about as long again, and as much room on the disk.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.scale.made_extractions import Press
from benchmarks.scale.sums import sums
from flows.ingest import run_ingest
from graph.guard import LIVE
from graph.kept import all_kept, read_kept
from graph.portions import worth_writing
from graph.prepared import Prepared, handed_over, prepare
from graph.rebuild import rebuild
from graph.snapshots import CURRENT, EXTRACTIONS, open_reader
from graph.store import RunInfo, open_writer
from graph.terms import ARTICLES, ng
from newsgraph.records import Extraction
from newsgraph.settings import Settings

SAMPLES = Path(__file__).parents[2] / "data" / "raw" / "samples"
MARKS = (1_000, 3_000, 10_000, 30_000, 100_000)
WINDOW = 1_000  # articles before a mark, over which is averaged
TARGET_MS = 20.0
RUN = RunInfo("benchmark", datetime(2026, 1, 1, tzinfo=UTC), "0", "made-up")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the graph is built; some 100 kB an article")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument(
        "--passages",
        type=int,
        nargs=2,
        default=(2, 4),
        help="least and most in an article; about 60 words each",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--batch", type=int, help="articles written together")
    parser.add_argument("--check", action="store_true", help="compare with a rebuild from what was kept")
    options = parser.parse_args()
    press = Press(samples(options.folder / "samples"), options.seed, passages=tuple(options.passages))
    graph = options.folder / "graph"
    log = Log(options.folder / "batches.jsonl")
    fill(graph, press, options.articles, log, batch=options.batch)
    result = summary(graph, log)
    if options.check:
        result["rebuild"] = checked(graph)
    print(json.dumps(result, indent=2))


def samples(folder: Path) -> list[Extraction]:
    """Return what the pipeline reads in the sample articles; it is kept in ``folder``."""
    if not (folder / CURRENT).exists():
        tell("reading the samples")
        run_ingest([str(SAMPLES)], Settings(graph_dir=folder, workers=1))
    kept = [read_kept(folder / EXTRACTIONS, *one) for one in all_kept(folder / EXTRACTIONS)]
    return sorted((extraction for _, extraction in kept), key=lambda one: one.id)


class Log:
    """What each batch cost, in a file that outlives an interruption."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        self.batches: list[dict[str, float]] = [json.loads(line) for line in lines]

    def before(self, mark: int) -> list[dict[str, float]]:
        """Return the batches that the last articles before a mark were in."""
        starts = [0.0, *(one["articles"] for one in self.batches)]
        pairs = zip(starts, self.batches, strict=False)
        return [one for start, one in pairs if start < mark and one["articles"] > mark - WINDOW]

    def add(self, **batch: float) -> None:
        self.batches.append(batch)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(batch) + "\n")


def fill(graph: Path, press: Press, articles: int, log: Log, *, batch: int | None = None) -> None:
    """Write articles until there are so many."""
    start = written(graph)
    while start < articles:
        ready, ready_seconds = next_batch(graph, press, start, articles, batch)
        count = len(ready)
        wall, processor = time.perf_counter(), time.process_time()
        with open_writer(graph, goes_on=True) as writer:  # as in the midst of a run
            writer.add(handed_over(ready), RUN)
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        done = start + count
        log.add(
            articles=done,
            wall_ms=1000 * wall / count,
            processor_ms=1000 * processor / count,
            ready_ms=1000 * ready_seconds / count,
            memory_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        )
        if done // 500 != start // 500:
            last = log.batches[-15:]
            tell(f"{done} articles, {mean(last, 'wall_ms'):.1f} ms an article")
        start = done


def next_batch(
    graph: Path, press: Press, start: int, end: int, batch: int | None
) -> tuple[list[Prepared], float]:
    """Return articles that are written together: so many, or as many as are worth it.

    With the seconds of processor time that it took to make them ready.
    """
    enough = worth_writing(graph / LIVE)
    ready, characters, seconds = list[Prepared](), 0, 0.0
    while start + len(ready) < end and (characters < enough if batch is None else len(ready) < batch):
        article, extraction = press.article(start + len(ready))
        began = time.process_time()
        ready.append(prepare(article, extraction))
        seconds += time.process_time() - began
        characters += len(article.text)
    return ready, seconds


def written(graph: Path) -> int:
    if not (graph / CURRENT).exists():
        return 0
    store = open_reader(graph).store
    return sum(1 for _ in store.quads_for_pattern(None, ng("currentVersion"), None, ARTICLES))


def summary(graph: Path, log: Log) -> dict[str, Any]:
    """Return the cost of an article at each size that was reached, and the size of the graph."""
    done = int(log.batches[-1]["articles"]) if log.batches else 0
    sizes = {}
    for mark in sorted({*(one for one in MARKS if one <= done), done}):
        window = log.before(mark)
        sizes[str(mark)] = {
            "wall_ms": round(mean(window, "wall_ms"), 2),
            "processor_ms": round(mean(window, "processor_ms"), 2),
            "ready_ms": round(mean(window, "ready_ms"), 2),
            "memory_mb": round(max(one["memory_mb"] for one in window)),
        }
    quads = len(open_reader(graph).store)
    on_disk = sum(path.stat().st_size for path in (graph / "live").iterdir())
    return {
        "articles": done,
        "sizes": sizes,
        "quads_an_article": round(quads / max(1, done)),
        "kb_an_article_on_disk": round(on_disk / 1000 / max(1, done), 1),
        "within_target": bool(sizes) and sizes[str(done)]["wall_ms"] < TARGET_MS,
    }


def checked(graph: Path) -> dict[str, Any]:
    """Rebuild the graph and say whether it is the same, and what an article cost."""
    tell("summing up the graph")
    before, started = sums(graph), time.perf_counter()
    outcome = rebuild(graph, tell=lambda so_far: tell(f"{so_far.added} rebuilt"))
    took = time.perf_counter() - started
    return {"same": sums(graph) == before, "wall_ms": round(1000 * took / max(1, outcome.added), 2)}


def mean(batches: Sequence[dict[str, float]], what: str) -> float:
    return sum(one[what] for one in batches) / max(1, len(batches))


def tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
