"""Measure what each question costs on a graph, with what people give it and, where that may be, with nothing.

    python -m benchmarks.scale FOLDER --articles 10000
    python -m benchmarks.questions FOLDER/graph [NAME ...] [--draws 20] [--given]
    python -m benchmarks.questions FOLDER/graph [NAME ...] [--draws 20] --rdflib 60

Values are drawn from the graph, the same ones in each run: two things between which there is evidence, a
proposition by how many voices it has, days of which relations tell, articles. Prints for each question the
95th percentile of the processor time of its draws, the most lines that came of one, and what it costs when
nothing is given: a list of all there is, or of what is newest (not with --given). The last line says whether
all took less than a second.

With --rdflib, all of the graph is read into a dataset of rdflib's, which takes 1.4 kB a quad, and each draw
is asked there as well (beside_rdflib.py): printed are both costs of all draws of a question, and their ratio.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode

from benchmarks.beside_rdflib import Beside, compared, loaded
from graph.computed import COMPUTED
from graph.meant import finders
from graph.parameters import LIMIT, bind
from graph.questions import Question, ask, question_called, questions
from graph.store import Reader, open_reader
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
    options = parser.parse_args(arguments)
    reader = open_reader(options.graph)
    values = values_in(reader, random.Random(1), options.draws)
    asked = [*map(question_called, options.names)] if options.names else questions()
    if options.rdflib:
        print_beside(reader, asked, values, options.draws, options.rdflib)
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


def print_beside(
    reader: Reader, asked: Iterable[Question], values: Values, count: int, seconds: float
) -> None:
    dataset = loaded(reader)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(reader.store):,} quads, {most:.2f} GB with them in memory")
    print(f"{'rdflib':>10} {'here':>10} {'ratio':>8}  {'':24}  number and name")
    ratios = []
    for question in asked:
        if question.name in COMPUTED:
            cost = Beside(0, 0, "cannot: no SPARQL alone")
        else:
            cost = compared(reader, dataset, bound(reader, question, values, count), seconds)
        ratios += [cost.ratio] if cost.is_comparable else []
        print(f"{cost}  {question.number or '':>2} {question.name}", flush=True)
    print(f"median of {len(ratios)} ratios: {statistics.median(ratios):,.0f}" if ratios else "no ratio")


def bound(reader: Reader, question: Question, values: Values, count: int) -> list[str]:
    """Return the queries of a question's draws, without those whose values do not go together."""
    found = []
    for given in [*draws(question, values, count)] or [{}]:
        with suppress(QueryError):
            found.append(bind(question.text, given, finders(reader)))
    return found


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
