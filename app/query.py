"""newsgraph query: a question in SPARQL, an answer in the form that is asked for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from shutil import get_terminal_size

from app.interruptible import interruptible
from app.terminal import Terminal
from graph.answers import written
from graph.meant import finders
from graph.narrowed import narrowed
from graph.parameters import LIMIT, bound, parameters_of
from graph.query import known_queries, load_query, question_of, run_query
from graph.questions import limited
from graph.snapshots import open_reader
from graph.why_empty import why_empty
from newsgraph.errors import QueryError, UnknownQueryError
from newsgraph.settings import Settings


def run(options: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    if options.query is None:
        width = max(map(len, known_queries()))
        for name in known_queries():
            print(f"{name:<{width}}  {question_of(name)}")
            for one in parameters_of(load_query(name)):
                print(f"{'':<{width}}    {one.name}=… ({one.kind}) {one.meaning}")
        return 0
    text = query_text(options.query)
    reader = open_reader(settings.graph_dir)
    given = dict(map(value_given, options.values))
    asked = narrowed(reader, bound(text, given, finders(reader)), given)
    columns = terminal_width()
    is_saved = options.query in known_queries() and options.format != "json"
    if not (asked.limit or is_saved) or options.format == "ttl":
        print(interruptible(lambda: run_query(reader, asked.text, options.format, width=columns)), end="")
        return 0
    answer = interruptible(lambda: limited(reader, asked))
    print(written(answer, options.format, width=columns), end="")
    if not answer.rows and (why := why_empty(reader, parameters_of(text), given)):
        terminal.note(f"newsgraph: {why}")
    if answer.is_cut:
        terminal.warn(told_of_cut(asked.limit))
    return 0


def told_of_cut(rows: int) -> str:
    """Return in words that an answer is not whole."""
    return f"newsgraph: cut after {rows:,} row{'' if rows == 1 else 's'}; there are more: {LIMIT}=0 gives all"


def value_given(given: str) -> tuple[str, str]:
    """Return the name and the value of NAME=VALUE.

    Raises:
        QueryError: If it is no such pair.
    """
    name, equals, value = given.partition("=")
    if not equals:
        raise QueryError(f"{given!r} is no value of a parameter; write NAME=VALUE")
    return name, value


def terminal_width() -> int | None:
    """Return how many columns a table may take; None where it goes to a file or another program."""
    return get_terminal_size().columns if sys.stdout.isatty() else None


def query_text(given: str) -> str:
    """Return the SPARQL that was asked for: a saved query's, a file's, standard input's or ``given`` itself.

    Raises:
        QueryError: If ``given`` is none of these, or a file that is no text.
    """
    if given in known_queries():
        return load_query(given)
    try:
        if given == "-":
            return sys.stdin.read()
        if _is_file(given):
            return Path(given).read_text(encoding="utf-8-sig")  # as Notepad saves it
    except UnicodeDecodeError:
        raise QueryError(f"{given}: not a query: the file is no UTF-8 text") from None
    if len(given.split()) < 2:  # SPARQL has blanks: this was meant as a name
        raise UnknownQueryError(given, known_queries())
    return given


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # longer than any name, or with a NUL
        return False
