"""What can be asked for on the command line: commands, their arguments, help with examples."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

from newsgraph import __version__

FORMATS = ("table", "csv", "json", "ttl")

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_PATHS_HELP = "files or folders of .txt, .html and .jsonl; - for standard input"


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsgraph",
        description="News articles in, a knowledge graph out that keeps who said what, with which stance.",
        epilog=_examples("""
            newsgraph extract article.txt          print what is read in an article, as JSON
            newsgraph explain article.txt a3       tell why something was read so
            newsgraph ingest                       bring the articles of data/raw/ into the store
            newsgraph query who_denied_what        ask the store
            newsgraph export graph.gexf            write it for Gephi
            newsgraph serve                        answer SPARQL over HTTP
            newsgraph same 'Anna Berg' 'A. Berg'   decide that two entities are one
            newsgraph COMMAND --help               more on a command
        """),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"newsgraph {__version__}")
    _add_quiet(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for add in _COMMANDS:
        _add_quiet(add(commands), default=argparse.SUPPRESS)  # before or after the command, it is the same
    return parser


def _add_extract(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "extract",
        "read articles and print one JSON object a line; touches no store",
        """
            newsgraph extract article.txt
            newsgraph extract --published 2023-03-16 *.txt > read.jsonl
            curl -s https://news.example/a | newsgraph extract --tokens -
        """,
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=_PATHS_HELP)
    command.add_argument(
        "--tokens", action="store_true", help="print the words too, with lemma, tags and tree"
    )
    _add_defaults(command)
    return command


def _add_explain(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "explain",
        "tell why something that was read in an article is so",
        """
            newsgraph explain article.txt          list what is stated, with ids to choose from
            newsgraph explain article.txt a3
            newsgraph explain article.txt 'Lloyd Austin'
            newsgraph explain https://news.example/a r0
        """,
    )
    command.add_argument(
        "article", metavar="ARTICLE", help="a file, which is read anew, or the id of an article in the store"
    )
    command.add_argument(
        "what", nargs="?", metavar="WHAT", help="an id, as extract prints it, or the name of an entity"
    )
    _add_defaults(command)
    return command


def _add_ingest(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "ingest",
        "bring articles into the store; safe to repeat: what is in it already costs next to nothing",
        """
            newsgraph ingest
            newsgraph ingest ~/feeds/today extra.jsonl --workers 4
            newsgraph ingest --flow                as a Prefect flow, with its records in Prefect's UI
        """,
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{_PATHS_HELP}; default: data/raw/")
    command.add_argument(
        "--workers", type=_count, metavar="N", help="processes that extract; default: one a core"
    )
    command.add_argument("--flow", action="store_true", help="run as a Prefect flow")
    return command


def _add_query(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "query",
        "ask the store in SPARQL",
        """
            newsgraph query                        list the saved queries
            newsgraph query who_denied_what
            newsgraph query question.rq --format csv > answer.csv
            newsgraph query 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
        """,
    )
    command.add_argument("query", nargs="?", help="SPARQL, a file of it, - or a saved query's name")
    command.add_argument("--format", choices=FORMATS, default="table", help="ttl: of CONSTRUCT only")
    return command


def _add_export(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "export",
        "write the graph of entities for Gephi",
        """
            newsgraph export graph.gexf
        """,
    )
    command.add_argument("file", metavar="FILE.gexf", help="where to; - for standard output")
    return command


def _add_serve(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "serve",
        "answer SPARQL over HTTP, until it is stopped with Ctrl-C",
        """
            newsgraph serve
            newsgraph serve --port 8080 --time-limit 60
            newsgraph serve --write-token-file token.txt
            curl -H 'Accept: text/csv' --data-urlencode 'query=ASK {}' http://127.0.0.1:7070/sparql
        """,
    )
    command.add_argument(
        "--host", default="127.0.0.1", help="address to listen on; default: this computer only"
    )
    command.add_argument(
        "--port", type=_port, default=7070, metavar="N", help="default: 7070; 0: any free one"
    )
    command.add_argument(
        "--allow-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a host name this server is called by",
    )
    command.add_argument(
        "--cors", action="append", default=[], metavar="ORIGIN", help="a web site whose pages may ask; *: all"
    )
    command.add_argument(
        "--write-token-file",
        type=Path,
        metavar="FILE",
        help="let clients write that know the token in this file",
    )
    command.add_argument(
        "--any-graph",
        action="store_true",
        help="a general store, without articles: every graph may be written",
    )
    _add_limits(command)
    return command


def _add_limits(command: argparse.ArgumentParser) -> None:
    limits = (
        ("--processes", 2, "N", "queries answered at once"),
        ("--queue", 64, "N", "requests that may wait"),
        ("--time-limit", 30, "SECONDS", "that one query may take"),
        ("--memory-limit", 1024, "MIB", "that one query may take"),
        ("--row-limit", 100_000, "N", "rows or triples of one answer"),
        ("--answer-limit", 64, "MIB", "size of one answer"),
    )
    for name, default, unit, what in limits:
        command.add_argument(
            name, type=_count, default=default, metavar=unit, help=f"{what}; default: {default}"
        )


def _add_same(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "same",
        "decide that two entities are one; goes before what the names say, and stays",
        """
            newsgraph same 'Lloyd Austin' 'Lloyd James Austin'
            newsgraph same id:person-ann-berg-fef47b04 'Anna Berg' --by kim --reason 'married in 2020'
        """,
    )
    return _add_decision(command)


def _add_different(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "different",
        "decide that two entities are not one, or that one mention is not what its name says",
        """
            newsgraph different 'Georgia' id:loc-georgia-us-8a0f11c2
            newsgraph different doc/0f5a3c1b9e8d7a62#e3 'Lloyd Austin'     this Austin is another Austin
        """,
    )
    return _add_decision(command)


def _add_undo(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "undo",
        "take a decision back; it stays on record",
        """
            newsgraph undo decision-d9fe72574ddbf41c
            newsgraph query reviewer_decisions     list all decisions
        """,
    )
    command.add_argument("decision", metavar="DECISION", help="its id, which same and different print")
    _add_by(command)
    return command


def _add_rebuild(commands: _Commands) -> argparse.ArgumentParser:
    return _add_command(
        commands,
        "rebuild",
        "build the graph anew from what was read and decided, without reading the articles again",
        """
            newsgraph rebuild
        """,
    )


def _add_demo(commands: _Commands) -> argparse.ArgumentParser:
    return _add_command(
        commands,
        "demo",
        "read the sample articles, answer three questions, write a Gephi file",
        """
            newsgraph demo
        """,
    )


_COMMANDS = (
    _add_extract,
    _add_explain,
    _add_ingest,
    _add_query,
    _add_export,
    _add_serve,
    _add_same,
    _add_different,
    _add_undo,
    _add_rebuild,
    _add_demo,
)


def _add_decision(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    what = "its exact name in the graph, or its IRI as query shows it; an article's entity by its IRI alone"
    command.add_argument("one", metavar="A", help=what)
    command.add_argument("other", metavar="B", help="likewise")
    command.add_argument("--reason", default="", metavar="TEXT", help="why, for those who come later")
    _add_by(command)
    return command


def _add_by(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", metavar="NAME", help="who decides; default: the user of this computer")


def _add_command(commands: _Commands, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=_examples(examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_defaults(command: argparse.ArgumentParser) -> None:
    command.add_argument("--title", help="title of articles that do not give their own")
    command.add_argument(
        "--published",
        type=_day,
        metavar="DATE",
        help="when articles that do not say so came out, such as 2023-03-16: 'on Tuesday' is told from it",
    )


def _add_quiet(parser: argparse.ArgumentParser, *, default: object) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", default=default, help="no progress, no notes")


def _examples(lines: str) -> str:
    return "examples:\n" + "".join(f"  {line}\n" for line in dedent(lines).strip().splitlines())


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no date; write it like 2023-03-16") from None


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; take a number up to 65535")
    return int(written)


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number above 0")
    return int(written)
