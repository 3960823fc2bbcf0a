"""newsgraph ask: a question of the query pack by its name or number, answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from app.interruptible import interruptible
from app.query import terminal_width, told_of_cut, value_given
from app.terminal import Terminal
from flows.set_aside import SetAside, read_set_aside
from graph.answers import Answer, written
from graph.questions import Question, ask, question_called, questions
from graph.snapshots import open_reader
from newsgraph.errors import QueryError
from newsgraph.settings import Settings

INGESTED = "ingested"


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.question is None:
        for question in questions():
            print("\n".join(_lines(question)))
        return 0
    question, given = question_called(options.question), values_of(options.values)
    reader = open_reader(settings.graph_dir)
    answer = interruptible(lambda: ask(reader, question, given))
    if question.name == INGESTED and not given:
        answer = with_set_aside(answer, read_set_aside(settings.graph_dir))
    terminal.note(f"newsgraph: {question.title}")
    print(written(answer, options.format, width=terminal_width()), end="")
    if answer.why and not answer.rows:
        terminal.note(f"newsgraph: {answer.why}")
    if answer.is_cut:
        terminal.warn(told_of_cut(len(answer.rows)))
    return 0


def with_set_aside(answer: Answer, rejections: Iterable[SetAside]) -> Answer:
    """Return what a run brought in and what no run could read, of which the graph knows nothing."""
    told = [{"article": one.place, "outcome": "set aside", "odd": one.reason} for one in rejections]
    return answer.with_texts(told)


def values_of(given: Iterable[str]) -> dict[str, str]:
    """Return NAME=VALUE pairs by name.

    Raises:
        QueryError: If one is no such pair, or a name is given twice.
    """
    found: dict[str, str] = {}
    for name, value in map(value_given, given):
        if name in found:
            raise QueryError(f"{name} is given twice: {found[name]!r} and {value!r}")
        found[name] = value
    return found


def _lines(question: Question) -> list[str]:
    number = "" if question.number is None else f"{question.number}."
    lines = [f"{number:>4} {question.name}: {question.title}"]
    for one in question.parameters:
        needed = ", needed" if one.is_needed else ""
        lines.append(f"       {one.name}=… ({one.kind}{needed}) {one.meaning}")
    return lines
