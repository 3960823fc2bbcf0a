"""newsgraph review: the pairs that newsgraph is unsure of, for a person to decide."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import zip_longest
from textwrap import wrap

from app.decide import now, reviewer, tell
from app.terminal import Terminal
from graph.query import shown
from graph.review import different, same
from graph.store import open_reader
from graph.terms import text_literal
from graph.unsure import Side, Unsure, unsure_pairs
from newsgraph.codec import to_json
from newsgraph.settings import Settings

WIDTH = 56  # characters of each of the two columns
ANSWERS = {"s": "same", "d": "different", "k": "skip", "q": "quit"}
_ACTS = {"same": same, "different": different}


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.json or options.list:
        pairs = unsure_pairs(open_reader(settings.graph_dir))[: options.limit]
        if options.json:
            print(json.dumps([{**to_json(one), "weight": one.weight} for one in pairs], ensure_ascii=False))
        for one in () if options.json else pairs:
            print(
                "\t".join(
                    (
                        str(one.weight),
                        f"{one.score:.2f}",
                        *map(_named, (one.one, one.other)),
                        _plain(one.reason),
                    )
                )
            )
        return 0
    return _ask(options, settings, terminal)


def _ask(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    skipped, asked = set[frozenset[str]](), 0
    while options.limit is None or asked < options.limit:
        pairs = unsure_pairs(open_reader(settings.graph_dir))  # a decision may settle others, or raise some
        left = [one for one in pairs if frozenset((one.one.iri, one.other.iri)) not in skipped]
        if not left:
            break
        asked += 1
        pair = left[0]
        print("\n".join(side_by_side(pair)))
        answer = _answer(len(left))
        if answer == "quit":
            return 0
        if answer == "skip":
            skipped.add(frozenset((pair.one.iri, pair.other.iri)))
            continue
        by, why = reviewer(options.by), "asked by review"
        tell(
            _ACTS[answer](settings.graph_dir, pair.one.iri, pair.other.iri, by=by, at=now(), reason=why),
            terminal,
        )
    terminal.note(
        "newsgraph: nothing is left to decide" if not skipped else f"newsgraph: {len(skipped)} skipped"
    )
    return 0


def _answer(left: int) -> str:
    while True:
        print(f"[{left} left] (s)ame, (d)ifferent, s(k)ip, (q)uit? ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:  # the end of the input
            print()
            return "quit"
        written = line.strip().casefold()
        for letter, answer in ANSWERS.items():
            if written in (letter, answer):
                return answer


def side_by_side(pair: Unsure) -> Iterator[str]:
    """Yield the evidence in two columns."""
    yield f"\n{pair.score:.0%} likely one: {_plain(pair.reason)}"
    yield f"  {_plain(pair.features)}"
    columns = [
        [line for text in _lines(side) for line in wrap(_plain(text), WIDTH) or [""]]
        for side in (pair.one, pair.other)
    ]
    for left, right in zip_longest(*columns, fillvalue=""):
        yield f"{left:<{WIDTH}} │ {right}"


def _lines(side: Side) -> Iterator[str]:
    yield side.name
    yield side.iri
    yield f"{side.mentions} mentions, {side.articles} articles, {side.edges} edges"
    if side.other_names:
        yield f"also {', '.join(side.other_names)}"
    if side.told:
        yield f"told: {', '.join(side.told)}"
    for one in side.sentences:
        yield f"“{one.text}”"
        yield f"— {', '.join(part for part in (one.outlet, one.article, one.published) if part)}"


def _named(side: Side) -> str:
    return _plain(f"{side.name} ({side.iri})")


def _plain(text: str) -> str:
    """Return words of articles without what could steer the terminal."""
    return shown(text_literal(" ".join(text.split())))
