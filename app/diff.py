"""newsgraph diff: what one run read otherwise than another."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import islice

from app.changes import as_json, group_as_json, line_of_group, line_of_link, lines_of, link_as_json, plain
from app.terminal import Terminal
from graph.history import LinkDiff, RunDiff, run_diff
from graph.snapshots import open_reader
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    reader = open_reader(settings.graph_dir)
    found = run_diff(reader, options.one, options.other, examples=options.examples)
    if options.json:
        print(json.dumps(_json(found), ensure_ascii=False, indent=2))
    else:
        _show(found, options.examples, is_of_one=options.other is None)
    return 0


def _show(found: RunDiff, most: int, *, is_of_one: bool) -> None:
    both = "that others had read before" if is_of_one else "read by both"
    print(f"{_some(found.compared, 'article')} {both}, {found.changed} of them state something else")
    if is_of_one and found.only_other:
        print(f"{_some(found.only_other, 'article')} that nobody had read before")
    elif found.only_one or found.only_other:
        print(f"{found.only_one} read by the first only, {found.only_other} by the second only")
    if found.counts:
        _show_statements(found)
    for line in _lines_of_links(found.linked, most):
        print(line)


def _show_statements(found: RunDiff) -> None:
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


def _lines_of_links(linked: LinkDiff, most: int) -> Iterator[str]:
    """Yield what changed in who is who."""
    if linked.unknown:
        yield f"\nof {_some(linked.unknown, 'article')} it was not kept who was who before"
    if not linked.links:
        return
    entities = f"{linked.links} entit{'y is' if linked.links == 1 else 'ies are'}"
    yield f"\n{entities} taken for another thing, in {_some(linked.articles, 'article')}"
    for what, groups in (("joined", linked.joined), ("parted", linked.parted)):
        for group in islice(groups, most):
            yield f"  {what}: {line_of_group(group, is_joined=what == 'joined')}"
        if len(groups) > most:
            yield f"  {what}: {len(groups) - most} more; --json has all"
    article = ""
    for example in linked.examples:
        if example.article != article:
            article = example.article
            yield f"\n{plain(article)}"
        yield f"  {line_of_link(example.link)}"


def _some(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


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
        "links": _links_json(found.linked),
    }


def _links_json(linked: LinkDiff) -> dict[str, object]:
    return {
        "articles": linked.articles,
        "entities": linked.links,
        "articlesUnknown": linked.unknown,
        "joined": [group_as_json(one) for one in linked.joined],
        "parted": [group_as_json(one) for one in linked.parted],
        "examples": [{"article": one.article, **link_as_json(one.link)} for one in linked.examples],
    }
