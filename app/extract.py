"""newsgraph extract: articles in, one JSON object a line out. Goes on after what cannot be read."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from app.terminal import Terminal
from flows.reading import Placed, batched, read_articles
from flows.workers import load_extract, read_batch
from ingest.raw_store import NO_ARTICLES, find_files
from newsgraph.codec import published_json
from newsgraph.errors import ArticleError
from newsgraph.records import Rejection
from newsgraph.settings import Settings

Fail = Callable[[Rejection], None]


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    failures: list[Rejection] = []

    def fail(rejection: Rejection) -> None:
        failures.append(rejection)
        terminal.warn(f"newsgraph: {rejection.place}: {rejection.reason}")

    # one process here, so it may use all cores
    load = partial(load_extract, threads=settings.workers, watch_list=settings.watch_list)
    for batch in batched(_articles(options, fail), size=settings.batch_size):
        for read in read_batch(load, batch):
            if isinstance(read, Rejection):
                fail(read)
            else:
                print(json.dumps(published_json(read, tokens=options.tokens), ensure_ascii=False), flush=True)
    return 1 if failures else 0


def _articles(options: argparse.Namespace, fail: Fail) -> Iterator[Placed]:
    for found in read_articles(_files(options.files, fail)):
        if isinstance(found, Rejection):
            fail(found)
            continue
        article = found.article
        yield found._replace(
            article=replace(
                article,
                title=article.title or options.title,
                published=article.published or options.published,
            )
        )


def _files(given: list[str], fail: Fail) -> list[str]:
    files: dict[str, None] = {}
    for path in given:
        try:
            found = find_files([path])
        except ArticleError as error:
            fail(Rejection(error.place, error.reason))
            continue
        if not found:
            fail(Rejection(path, NO_ARTICLES))
        files.update(dict.fromkeys(found))
    return list(files)
