"""newsgraph versions: the versions of an article, and what each changed in what it states."""

from __future__ import annotations

import argparse
import json
from datetime import datetime

from app.changes import as_json, lines_of, plain
from app.terminal import Terminal
from graph.history import Version, versions_of
from graph.snapshots import open_reader
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    versions = versions_of(open_reader(settings.graph_dir), options.article)
    if options.json:
        print(json.dumps([_json(one) for one in versions], ensure_ascii=False, indent=2))
        return 0
    before: Version | None = None
    for number, one in enumerate(versions, start=1):
        print(f"{number}  {_heading(one, before)}")
        for change in one.changes:
            for line in lines_of(change):
                print(f"   {line}")
        before = one
    return 0


def _heading(one: Version, before: Version | None) -> str:
    same = before is not None and before.article.version_id == one.article.version_id
    text = "the same text, read anew" if same else f"{len(one.article.text)} characters"
    until = "now" if one.until is None else _moment(one.until)
    parts = [
        f"{_moment(one.since)} until {until}",
        f"doc/{one.article.version_id}",
        text,
        f"{len(one.stated)} statements",
        f"run {one.runs[0]}" if one.runs else "no run is known",
    ]
    if one.article.title:
        parts.append(plain(one.article.title))
    return " · ".join(parts)


def _moment(at: datetime | None) -> str:
    return "some time" if at is None else f"{at:%Y-%m-%d %H:%M:%S}Z"


def _json(one: Version) -> dict[str, object]:
    return {
        "article": one.article.id,
        "text": one.article.version_id,
        "title": one.article.title,
        "published": one.article.published and one.article.published.isoformat(),
        "characters": len(one.article.text),
        "runs": list(one.runs),
        "knownFrom": one.since and one.since.isoformat(),
        "knownUntil": one.until and one.until.isoformat(),
        "statements": len(one.stated),
        "changes": [as_json(change) for change in one.changes],
    }
