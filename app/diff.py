"""newsgraph diff: what one run read otherwise than another."""

from __future__ import annotations

import argparse
import json

from app.changes import as_json, lines_of, plain
from app.terminal import Terminal
from graph.history import RunDiff, run_diff
from graph.store import open_reader
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    reader = open_reader(settings.graph_dir)
    found = run_diff(reader, options.one, options.other, examples=options.examples)
    if options.json:
        print(json.dumps(_json(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    return 0


def _show(found: RunDiff) -> None:
    print(f"{found.compared} articles read by both, {found.changed} of them state something else")
    if found.only_one or found.only_other:
        print(f"{found.only_one} read by the first only, {found.only_other} by the second only")
    if not found.counts:
        return
    rows = sorted({(kind, predicate) for kind, predicate, _ in found.counts})
    width = max(len(f"{kind} {predicate}") for kind, predicate in rows)
    print(f"\n{'':<{width}}  gained    lost changed")
    for kind, predicate in rows:
        numbers = (found.counts[kind, predicate, fate] for fate in ("gained", "lost", "changed"))
        cells = " ".join(f"{number:>6} " for number in numbers)
        name = f"{kind} {predicate}"
        print(f"{name:<{width}}  {cells.rstrip()}")
    article = ""
    for example in found.examples:
        if example.article != article:
            article = example.article
            print(f"\n{plain(article)}")
        for line in lines_of(example.change):
            print(f"  {line}")


def _json(found: RunDiff) -> dict[str, object]:
    counts = [
        {"kind": kind, "predicate": predicate, "change": fate, "statements": number}
        for (kind, predicate, fate), number in sorted(found.counts.items())
    ]
    return {
        "one": list(found.one),
        "other": list(found.other),
        "articles": found.compared,
        "articlesChanged": found.changed,
        "onlyOne": found.only_one,
        "onlyOther": found.only_other,
        "counts": counts,
        "examples": [{"article": one.article, **as_json(one.change)} for one in found.examples],
    }
