"""Measure whether a process that updates again and again grows or slows down.

    python benchmarks/months.py [--runs 1000] [--every 10]

Each run is what ``newsgraph schedule`` does every quarter of an hour, without Prefect: fetch from a folder,
ingest, report. In every tenth run there is one new article (benchmarks/copies), else nothing new. 1,000 runs
are ten days.

Prints the memory of the process and, by processor time, what a run with nothing new takes, early and late.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # this file is run as a script, too

SHOWN = 10  # how often in all


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--every", type=int, default=10, help="runs from one new article to the next")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        update_again_and_again(Path(folder), options.runs, options.every)


def update_again_and_again(folder: Path, runs: int, every: int) -> None:
    from benchmarks.copies.made_news import Newsroom
    from flows.update import run_update
    from newsgraph.fetched import Source
    from newsgraph.settings import Settings

    agency = folder / "agency"
    agency.mkdir()
    articles = (made.article.text for made in Newsroom(7).articles() if made.kind == "report")
    settings = Settings(folder / "raw", folder / "graph", folder / "reports", workers=1)
    idle: list[float] = []
    for run in range(runs):
        if is_new := run % every == 0:
            (agency / f"{run}.txt").write_text(next(articles), encoding="utf-8")
        started = time.process_time()
        report = run_update(settings, sources=[Source("agency", "folder", path=str(agency))])
        if report.outcome.added != is_new:
            sys.exit(f"run {run}: {report.outcome.added} articles were added, not {int(is_new)}")
        if not is_new:
            idle.append(time.process_time() - started)
        if (run + 1) % max(1, runs // SHOWN) == 0:
            typical = statistics.median(idle[-50:]) if idle else 0.0
            print(
                f"{run + 1:6} runs  {resident_megabytes():6.0f} MB  {typical:.3f} s in an idle run",
                flush=True,
            )


def resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
