"""All commands of the command line, in the order in which help shows them; help with examples."""

from __future__ import annotations

import argparse

from app.arguments.answers import add_ask, add_export, add_query
from app.arguments.articles import (
    add_explain,
    add_extract,
    add_ingest,
    add_rejected,
    add_retract,
    add_versions,
)
from app.arguments.decisions import add_different, add_review, add_same, add_undo
from app.arguments.parts import add_quiet, as_examples
from app.arguments.serving import add_push, add_serve
from app.arguments.sources import add_archive, add_fetch, add_schedule, add_sources, add_update
from app.arguments.upkeep import add_demo, add_diff, add_maintain, add_rebuild, add_runs, add_upgrade
from newsgraph import __version__


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsgraph",
        description="News articles in, a knowledge graph out that keeps who said what, with which stance.",
        epilog=as_examples("""
            newsgraph extract article.txt          print what is read in an article, as JSON
            newsgraph explain article.txt a3       tell why something was read so
            newsgraph fetch                        bring what is new at the sources into data/raw/
            newsgraph ingest                       bring the articles of data/raw/ into the store
            newsgraph ask who_denied_what          ask the store a ready question
            newsgraph query question.rq            ask it one of your own
            newsgraph export graph.gexf            write it for Gephi
            newsgraph serve                        show the graph in a browser, answer SPARQL
            newsgraph same 'Anna Berg' 'A. Berg'   decide that two entities are one
            newsgraph COMMAND --help               more on a command
        """),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newsgraph {__version__}")
    add_quiet(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in _COMMANDS:
        add_quiet(add(commands), default=argparse.SUPPRESS)  # before or after the command, it is the same
    return parser


_COMMANDS = (
    add_extract,
    add_explain,
    add_fetch,
    add_sources,
    add_archive,
    add_ingest,
    add_rejected,
    add_update,
    add_maintain,
    add_schedule,
    add_query,
    add_ask,
    add_export,
    add_serve,
    add_push,
    add_review,
    add_same,
    add_different,
    add_undo,
    add_retract,
    add_versions,
    add_runs,
    add_diff,
    add_upgrade,
    add_rebuild,
    add_demo,
)
