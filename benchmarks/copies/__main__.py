"""Measure how well copies are found in made-up news, how long an article takes and how much room.

    python -m benchmarks.copies [--sizes 1000 10000] [--seed N]

For each size a new store is filled with articles in which nothing was read. Then the links in it are
compared with what is known, and a few hundred more articles are looked up in the full store. Times are
processor time, and are given as multiples of those of the smallest size, too: machines are noisy.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations, islice
from pathlib import Path

from pyoxigraph import NamedNode

from benchmarks.copies.made_news import Made, Newsroom
from graph.copies import fingerprint, keys_of, print_of
from graph.copy_links import COPY_OF, EXCERPT_OF, CopyLinks
from graph.plain_words import words_of
from graph.prints import FILE, Prints
from graph.snapshots import Reader, open_reader
from graph.store import RunInfo, open_writer
from graph.terms import ARTICLES, article_iri, value_of
from newsgraph.records import Article, Extraction

BATCH = 50
MORE = 500  # articles that are looked up when the store is full
RUN = RunInfo("benchmark", datetime(2026, 1, 1, tzinfo=UTC), "0", "none")

Links = set[frozenset[str]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000], help="numbers of articles")
    parser.add_argument("--seed", type=int, default=1, help="of the made-up news")
    options = parser.parse_args()
    first: dict[str, float] = {}
    for size in sorted(options.sizes):
        made = list(islice(Newsroom(options.seed).articles(), size + MORE))
        with tempfile.TemporaryDirectory() as folder:
            print(f"{size} articles", flush=True)
            times = measure(Path(folder), made[:size], made[size:])
        first = first or times
        for what, milliseconds in times.items():
            show(what, f"{milliseconds:.2f} ms an article, {milliseconds / first[what]:.2f} × the smallest")


def show(what: str, figure: str) -> None:
    print(f"  {what:<24}{figure}", flush=True)


def measure(folder: Path, made: Sequence[Made], more: Sequence[Made]) -> dict[str, float]:
    """Fill a store, show how good and how big it is, and return milliseconds an article for each part."""
    print_keys(made[0].article)  # loads what is loaded once
    times = {"fingerprint": timed(lambda: [print_keys(one.article) for one in more]) / len(more)}
    times["write"] = timed(lambda: write(folder, made)) / len(made)
    reader = open_reader(folder)
    times["look up"] = timed(lambda: look_up(reader, more)) / len(more)
    show_quality(reader, made)
    size = sum(path.stat().st_size for path in (folder / "live").iterdir())
    show("fingerprints", f"{(folder / FILE).stat().st_size / len(made) / 1000:.1f} kB an article")
    show("store", f"{len(reader.store) / len(made):.0f} quads, {size / len(made) / 1000:.1f} kB an article")
    return times


def timed(work: Callable[[], object]) -> float:
    """Return the processor time of ``work`` in milliseconds."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


def print_keys(article: Article) -> None:
    words = words_of(article)
    if fingerprint(words) is not None:
        keys_of(words)


def write(folder: Path, made: Sequence[Made]) -> None:
    with open_writer(folder) as writer:
        for start in range(0, len(made), BATCH):
            writer.add([unread(one.article) for one in made[start : start + BATCH]], RUN)


def unread(article: Article) -> tuple[Article, Extraction]:
    return article, Extraction(article.id, article.text)


def look_up(reader: Reader, more: Sequence[Made]) -> None:
    """Find the copies of further articles, in batches as ingest does; write nothing but their prints."""
    prints = Prints(reader.graph_dir)
    for start in range(0, len(more), BATCH):
        links = CopyLinks(reader.store, prints)
        for one in more[start : start + BATCH]:
            links.add(one.article, print_of(one.article))
        links.changes()
    prints.close()


def show_quality(reader: Reader, made: Sequence[Made]) -> None:
    """Show precision and recall of the pairs of copies and of excerpts.

    A copy of which less than half is left is an excerpt, so either link of the two is right for either.
    """
    copies, excerpts = expected(made)
    kinds = {article_iri(one.article.id).value: one.kind for one in made}
    found = {what: linked(reader, link) for what, link in (("copies", COPY_OF), ("excerpts", EXCERPT_OF))}
    everything: Links = set().union(*found.values())
    for what, known in (("copies", copies), ("excerpts", excerpts)):
        wrong = found[what] - copies - excerpts
        alike = sum(all(kinds[one] == "template" for one in pair) for pair in wrong)
        precision = 1 - len(wrong) / max(1, len(found[what]))
        recall = len(everything & known) / max(1, len(known))
        show(
            what,
            f"precision {precision:.4f}, recall {recall:.4f}; {len(known)} pairs, {len(wrong)} wrong ones, "
            f"{alike} of one template",
        )


def linked(reader: Reader, predicate: NamedNode) -> Links:
    quads = reader.store.quads_for_pattern(None, predicate, None, ARTICLES)
    return {frozenset((value_of(quad.subject), value_of(quad.object))) for quad in quads}


def expected(made: Sequence[Made]) -> tuple[Links, Links]:
    """Return the pairs of copies and of excerpts that there are."""
    copies: Links = set()
    excerpts: Links = set()
    for family in families(made):
        for one, other in combinations(family, 2):
            pair = frozenset(article_iri(each.article.id).value for each in (one, other))
            (excerpts if "excerpt" in (one.kind, other.kind) else copies).add(pair)
    return copies, excerpts


def families(made: Sequence[Made]) -> Iterator[list[Made]]:
    members: dict[int, list[Made]] = {}
    for one in made:
        members.setdefault(one.family, []).append(one)
    yield from members.values()


if __name__ == "__main__":
    main()
