"""Measure what each question costs on a graph, with what people give it and, where that may be, with nothing.

    python -m benchmarks.scale FOLDER --articles 10000
    python -m benchmarks.questions FOLDER/graph [NAME ...] [--draws 20] [--given]
    python -m benchmarks.questions FOLDER/graph [NAME ...] [--draws 20] --rdflib 60

Values are drawn from the graph, the same ones in each run: two things between which there is evidence, a
proposition by how many voices it has, days of which relations tell, articles. Prints for each question the
95th percentile of the processor time of its draws, the most lines that came of one, and what it costs when
nothing is given: a list of all there is, or of what is newest (not with --given). The last line says whether
all took less than a second.

With --rdflib, each question is asked of rdflib's store in memory as well (beside_rdflib.py), which takes
1.4 kB a quad: of some hundred articles all questions are through in a quarter of an hour. Draws that have an
answer go first. Printed are both costs of all draws of a question, their ratio, and whether both answer the
same; rdflib has so many seconds for a question and is stopped then. What has been told is kept beside the
graph (--keep), with answers that differ, and not asked again: a run that was cut short goes on.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import rdflib
from pyoxigraph import NamedNode, RdfFormat

from benchmarks.beside_rdflib import Asked, Rdflib, as_lines, comparable, standard
from graph.computed import COMPUTED
from graph.meant import finders
from graph.parameters import LIMIT, Term, bind, terms_of
from graph.query import solutions
from graph.questions import Question, ask, question_called, questions
from graph.snapshots import Reader, open_reader, snapshot_id
from graph.terms import ARTICLES, OBJECT, SUBJECT, TYPE, VIEW, ng, term, value_of
from newsgraph.errors import QueryError

MOST_SECONDS = 1.0  # an answer may take

Values = Mapping[str, Sequence[str]]  # by the kind of the parameter


class Cost(NamedTuple):
    """What one answer cost."""

    seconds: float  # of processor time
    lines: int

    def __str__(self) -> str:
        return f"{self.seconds:8.2f} s {self.lines:8,} lines"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("graph", type=Path, help="as benchmarks.scale or newsgraph ingest made it")
    parser.add_argument("names", nargs="*", help="only these questions")
    parser.add_argument("--draws", type=int, default=20, help="how often each is asked")
    parser.add_argument(
        "--given", action="store_true", help="only with something given, if it takes anything"
    )
    parser.add_argument(
        "--rdflib", type=float, metavar="SECONDS", help="beside rdflib, which may take so long at a question"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where what rdflib told is kept")
    options = parser.parse_args(arguments)
    reader = open_reader(options.graph)
    values = values_in(reader, random.Random(1), max(20, options.draws))
    asked = [*map(question_called, options.names)] if options.names else questions()
    if options.rdflib:
        keep = options.keep or options.graph.with_name("beside_rdflib")
        print_beside(reader, asked, values, options.draws, Kept(keep, reader, options.rdflib))
    else:
        print_costs(reader, asked, values, options)


def print_costs(
    reader: Reader, asked: Iterable[Question], values: Values, options: argparse.Namespace
) -> None:
    slow = []
    print(f"{'given, 95 %':>25}  {'nothing given':>25}  number and name")
    for question in asked:
        costs = [cost_of(reader, question, given) for given in draws(question, values, options.draws)]
        given = (
            Cost(percentile([one.seconds for one in costs]), max(one.lines for one in costs)) if costs else ""
        )
        is_needed = any(one.is_needed for one in question.parameters)
        nothing = "" if is_needed or (costs and options.given) else cost_of(reader, question, {})
        if any(one.seconds >= MOST_SECONDS for one in (given, nothing) if isinstance(one, Cost)):
            slow.append(question.name)
        print(f"{given!s:>25}  {nothing!s:>25}  {question.number or '':>2} {question.name}", flush=True)
    print(f"all under {MOST_SECONDS:g} s: {'no, not ' + ', '.join(slow) if slow else 'yes'}")


class Beside(NamedTuple):
    """What one question costs there and here."""

    there: float  # seconds of processor time
    here: float
    rows: int
    problem: str = ""  # why the answers are not the same
    is_stopped: bool = False  # at the limit: ``there`` is the least that it costs

    def __str__(self) -> str:
        ratio = f"{'≥' if self.is_stopped else ''}{self.ratio:,.0f}" if self.is_comparable else ""
        told = self.problem or ("the same" if self.rows else "the same: none")
        return f"{self.there:8.2f} s {self.here:8.3f} s {ratio:>8} {self.rows:6,} rows  {told:24}"

    @property
    def is_comparable(self) -> bool:
        return self.is_stopped or not self.problem

    @property
    def ratio(self) -> float:
        return self.there / max(self.here, 1e-4)


class Kept:
    """What has been told of a snapshot so far, by question, limit and all that is asked; and its quads."""

    def __init__(self, folder: Path, reader: Reader, seconds: float) -> None:
        self.folder, self.seconds, self._reader = folder, seconds, reader
        self._name = snapshot_id(reader.snapshot)
        self._file = folder / "told.jsonl"
        lines = self._file.read_text("utf-8").splitlines() if self._file.exists() else []
        self._told = {key: Beside(*told) for key, told in map(json.loads, lines)}

    def quads(self) -> Path:
        """Return a file of what the snapshot says."""
        path = self.folder / f"{self._name}.nq"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self._reader.store.dump(str(path.with_suffix(".part")), RdfFormat.N_QUADS)
            path.with_suffix(".part").replace(path)
        return path

    def get(self, asked: Sequence[Asked]) -> Beside | None:
        return self._told.get(self._key(asked))

    def put(self, asked: Sequence[Asked], told: Beside) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._file.open("a", encoding="utf-8") as file:
            file.write(json.dumps([self._key(asked), told]) + "\n")

    def _key(self, asked: Sequence[Asked]) -> str:
        texts = [standard(one.query) if one.query else str(one) for one in asked]
        digest = sha256("\0".join(texts).encode()).hexdigest()[:16]
        return f"{self._name} {asked[0].name} {self.seconds:g} {rdflib.__version__} {digest}"


def print_beside(reader: Reader, asked: Iterable[Question], values: Values, count: int, kept: Kept) -> None:
    print(f"{'rdflib':>10} {'here':>10} {'ratio':>8} {'':11}  {'answer':24}  number and name")
    costs = []
    with Rdflib(kept.quads(), kept.seconds) as other:
        for question in asked:
            begun = time.monotonic()
            cost = beside(reader, question, values, count, other, kept)
            costs += [cost] if cost is not None else []
            told = str(cost or f"{'':38}  {'nothing to ask with':24}")
            print(f"{told}  {question.number or '':>2} {question.name}", flush=True)
            print(f"{question.name}: {time.monotonic() - begun:.0f} s by the clock", file=sys.stderr)
    ratios = [one.ratio for one in costs if one.is_comparable and (one.rows or one.is_stopped)]
    stopped = sum(one.is_stopped for one in costs)
    same = sum(not one.problem for one in costs)
    median = f"; median of {len(ratios)} ratios: {statistics.median(ratios):,.0f}" if ratios else ""
    print(f"{same} the same, {stopped} stopped, {len(costs) - same - stopped} otherwise{median}")


def beside(
    reader: Reader, question: Question, values: Values, count: int, other: Rdflib, kept: Kept
) -> Beside | None:
    """Ask a question there and here; None where the graph has nothing to ask it with."""
    asked = chosen(reader, question, values, count)
    if not asked or (told := kept.get(asked)):
        return told if asked else None
    begun = time.process_time()
    answers = [comparable(answered(reader, one)) for one in asked]
    here, rows = time.process_time() - begun, sum(answer.total() for answer in answers)
    found = other.ask(asked)
    problem = found.problem
    if not problem and answers != found.answers:
        there = sum(answer.total() for answer in found.answers)
        problem = f"OTHER: {there} rows"
        for where, lines in (("here", as_lines(answers)), ("rdflib", as_lines(found.answers))):
            text = "\n".join([*(one.query for one in asked), *lines])
            (kept.folder / f"{question.name}.{where}").write_text(text, "utf-8")
    cost = Beside(found.seconds, here, rows, problem, found.is_stopped)
    kept.put(asked, cost)
    return cost


def chosen(reader: Reader, question: Question, values: Values, count: int) -> list[Asked]:
    """Return what is asked: of many draws those that have an answer, then others."""
    nothing: list[Mapping[str, str]] = [] if any(one.is_needed for one in question.parameters) else [{}]
    answering, others = list[Asked](), list[Asked]()
    for given in chain(nothing, draws(question, values, 20)):
        with suppress(QueryError):  # values that do not go together
            if question.name in COMPUTED:
                one = Asked(question.name, terms=terms_of(question.parameters, given, finders(reader)))
            else:
                one = Asked(question.name, bind(question.text, given, finders(reader)))
            if one not in (*answering, *others):
                (answering if [*answered(reader, one)] else others).append(one)
        if len(answering) == count:
            break
    return [*answering, *others][:count]


def answered(reader: Reader, asked: Asked) -> Iterable[Sequence[Term | str | int | float]]:
    if asked.terms is None:
        return solutions(reader, asked.query)[1]
    return [*COMPUTED[asked.name](reader, asked.terms)]


def cost_of(reader: Reader, question: Question, given: Mapping[str, str]) -> Cost:
    begun = time.process_time()
    try:
        lines = len(ask(reader, question, given).rows)
    except QueryError:  # values that do not go together cost what it takes to find that out
        lines = 0
    return Cost(time.process_time() - begun, lines)


def percentile(costs: Sequence[float]) -> float:
    """Return what 95 % of the costs do not exceed."""
    return sorted(costs)[-(-95 * len(costs) // 100) - 1]


def draws(question: Question, values: Values, count: int) -> Iterator[Mapping[str, str]]:
    """Yield what a question is given: all that it needs and, turn by turn, one thing more that it takes."""
    needed = [one for one in question.parameters if one.is_needed]
    further = [one for one in question.parameters if not one.is_needed and one.name != LIMIT]
    for number in range(count if needed or further else 0):
        taken = [*needed, *further[number % len(further) :][:1]] if further else needed
        # Two of one kind stand beside each other: they are a pair.
        yield {
            one.name: values[one.kind][(2 * number + place) % len(values[one.kind])]
            for place, one in enumerate(taken)
        }


def values_in(reader: Reader, draw: random.Random, count: int) -> Values:
    """Return values that occur in a graph, by kind of parameter."""
    store = reader.store

    def drawn(predicate: NamedNode, graph: NamedNode | None) -> list[str]:
        found = sorted(value_of(one.object) for one in store.quads_for_pattern(None, predicate, None, graph))
        return draw.choices(found, k=count) if found else []

    evidence = [
        NamedNode(value_of(one.subject))
        for one in store.quads_for_pattern(None, TYPE, ng("EdgeEvidence"), VIEW)
    ]
    chosen = draw.choices(sorted(evidence, key=value_of), k=count) if evidence else []
    pairs = [
        value_of(next(iter(store.quads_for_pattern(one, side, None, VIEW))).object)
        for one in chosen
        for side in (SUBJECT, OBJECT)
    ]
    days = [one for one in drawn(ng("time"), VIEW) if len(one) == 10]
    published = drawn(term("schema:datePublished"), ARTICLES)
    return {
        "entity": pairs,
        "proposition": drawn(ng("onProposition"), VIEW),
        "side": ["Russia", "United States", "Ukraine", "China"],
        "date": days or published,
        "time": published,
        "article": drawn(term("schema:identifier"), ARTICLES),
        "text": ["minister", "aircraft"],
        "count": ["1", "7"],
        "choice": ["yes", "no"],
    }


if __name__ == "__main__":
    main()
