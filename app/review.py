"""newsgraph review: the pairs that newsgraph is unsure of, for a person to decide."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import partial
from shutil import get_terminal_size

from app.columns import side_by_side, wrapped
from app.decide import carried_out, reviewer, tell
from app.interruptible import typed_line
from app.terminal import Terminal
from graph.query import shown
from graph.review import different, one_line, same
from graph.snapshots import open_reader
from graph.terms import text_literal
from graph.unsure import Pair, Side, Unsure, ranked_pairs, unsure_pairs, with_evidence
from newsgraph.codec import to_json
from newsgraph.errors import DecisionError
from newsgraph.settings import Settings

LEAST_WIDTH, MOST_WIDTH = 40, 140  # places of a line
ANSWERS = {"s": "same", "d": "different", "k": "skip", "q": "quit"}
_ACTS = {"same": same, "different": different}


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.json or options.list:
        pairs = unsure_pairs(open_reader(settings.graph_dir), options.limit)
        if options.json:
            print(json.dumps([{**to_json(one), "weight": one.weight} for one in pairs], ensure_ascii=False))
        else:
            print("".join(f"{_line(one)}\n" for one in pairs), end="")
        if not pairs:
            terminal.note("newsgraph: nothing is left to decide")
        return 0
    by = one_line(reviewer(options.by), "who decides")  # before anybody has read and thought
    return _Review(settings, terminal, by).run(options.limit)


class _Review:
    """Asks for one pair after the other."""

    def __init__(self, settings: Settings, terminal: Terminal, by: str) -> None:
        self._graph_dir, self._terminal, self._by = settings.graph_dir, terminal, by
        self._passed = set[frozenset[str]]()  # pairs that are not to be asked for again
        self._decided = self._left = 0

    def run(self, limit: int | None) -> int:
        asked = 0
        while limit is None or asked < limit:
            reader = open_reader(self._graph_dir)  # a decision may settle other pairs, or raise some
            pairs = [pair for pair in ranked_pairs(reader) if _names(pair) not in self._passed]
            self._left = len(pairs)
            if not pairs:
                break
            asked += 1
            unsure = with_evidence(reader, pairs[0])
            del reader  # which keeps its snapshot on the disk, while a person thinks
            print("\n".join(_shown(unsure)))
            answer = self._answer()
            if answer == "quit":
                break
            if answer == "skip":
                self._passed.add(_names(pairs[0]))
            else:
                self._decide(answer, unsure, pairs[0])
            self._left -= 1
        self._terminal.note(f"newsgraph: {self._told()}")
        return 0

    def _answer(self) -> str:
        while True:
            try:  # the question, too: who has seen it may press Ctrl-C at once
                print(f"[{self._left} left] (s)ame, (d)ifferent, s(k)ip, (q)uit? ", end="", flush=True)
                line = typed_line()
            except KeyboardInterrupt:
                print(flush=True)
                raise KeyboardInterrupt(self._told()) from None
            if not line:  # the end of the input
                print()
                return "quit"
            written = " ".join(line.split()).lower()
            for letter, answer in ANSWERS.items():
                if written in (letter, answer):
                    return answer
            if written:
                self._terminal.warn(f"newsgraph: {_plain(written)[:40]!r} is no answer; type s, d, k or q")

    def _decide(self, answer: str, unsure: Unsure, pair: Pair) -> None:
        sides = (unsure.one.iri, unsure.other.iri)
        act = partial(_ACTS[answer], self._graph_dir, *sides, by=self._by, reason="asked by review")
        try:
            tell(carried_out(act, self._graph_dir, "newsgraph review", self._terminal), self._terminal)
        except DecisionError as error:  # somebody has decided otherwise meanwhile, or one of them is gone
            self._terminal.warn(f"newsgraph: not decided: {error}")
            self._passed.add(_names(pair))
        else:
            self._decided += 1

    def _told(self) -> str:
        told = f"{self._decided} decided, {len(self._passed)} skipped"
        return f"{told}, {self._left} left" if self._left else f"{told}; nothing is left to decide"


def _names(pair: Pair) -> frozenset[str]:
    return frozenset((pair.one.value, pair.other.value))


def _shown(unsure: Unsure) -> Iterator[str]:
    """Yield the evidence, that of each side in a column of its own."""
    width = max(LEAST_WIDTH, min(get_terminal_size().columns, MOST_WIDTH))
    yield ""
    yield from wrapped(f"{unsure.score:.0%} likely one: {_plain(unsure.reason)}", width)
    yield from (f"  {line}" for line in wrapped(_plain(unsure.features), width - 2))
    one, other = (list(map(_plain, _lines(side))) for side in (unsure.one, unsure.other))
    yield from side_by_side(one, other, width)


def _lines(side: Side) -> Iterator[str]:
    yield side.name
    yield side.iri
    counts = ((side.mentions, "mention"), (side.articles, "article"), (side.edges, "edge"))
    yield ", ".join(f"{number} {what}{'' if number == 1 else 's'}" for number, what in counts)
    if side.other_names:
        yield f"also {', '.join(side.other_names)}"
    if side.told:
        yield f"told: {', '.join(side.told)}"
    for one in side.sentences:
        yield f"“{one.text}”"
        yield f"— {', '.join(part for part in (one.outlet, one.article, one.published) if part)}"


def _line(one: Unsure) -> str:
    sides = (_plain(f"{side.name} ({side.iri})") for side in (one.one, one.other))
    return "\t".join((str(one.weight), f"{one.score:.2f}", *sides, _plain(one.reason)))


def _plain(text: str) -> str:
    """Return words of articles without what could steer the terminal."""
    return shown(text_literal(" ".join(text.split())))
