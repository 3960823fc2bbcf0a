"""What can be asked for on the command line: commands, their arguments, help with examples."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import TypeAlias

from newsgraph import __version__

FORMATS = ("table", "csv", "json", "ttl")
# Those of graph/export/formats.py, which is not imported here, so that --help is quick; a test compares them.
EXPORT_FORMATS = ("gexf", "graphml", "cyjs", "html", "csv", "neo4j", "parquet", "trig", "nq", "jsonld", "ttl")
ENTITY_TYPES = ("PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC")

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

_PATHS_HELP = "files or folders of .txt, .html, .jsonl and .warc.gz; - for standard input"


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newsgraph",
        description="News articles in, a knowledge graph out that keeps who said what, with which stance.",
        epilog=_examples("""
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
            newsgraph ingest --day 2026-11-26      what was fetched on that day, without the network
            newsgraph ingest --flow                as a Prefect flow, with its records in Prefect's UI
        """,
    )
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{_PATHS_HELP}; default: data/raw/")
    command.add_argument(
        "--workers", type=_count, metavar="N", help="processes that extract; default: one a core"
    )
    command.add_argument("--flow", action="store_true", help="run as a Prefect flow")
    command.add_argument(
        "--day",
        type=_day,
        metavar="DATE",
        help="replay what was fetched on this day (UTC), such as 2026-11-26",
    )
    return command


def _add_fetch(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "fetch",
        "bring what is new at the sources into the archive under data/raw/; safe to repeat and to interrupt",
        """
            newsgraph fetch                        all sources that are due
            newsgraph fetch northern-wire          this one, due or not
        """,
    )
    _add_source_names(command)
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    return command


def _add_sources(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "sources",
        "list the sources of sources.toml, or try each of them",
        """
            newsgraph sources
            newsgraph sources check                ask each of them; keeps nothing
        """,
    )
    command.add_argument("action", nargs="?", choices=("list", "check"), default="list", help="default: list")
    _add_source_names(command)
    return command


def _add_archive(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "archive",
        "tell what the archive of all that was fetched holds, check it, or build its index anew",
        """
            newsgraph archive                      days, files, records
            newsgraph archive check                read every record, compare it with its digest
            newsgraph archive rebuild              the index anew, from the WARC files
        """,
    )
    command.add_argument(
        "action", nargs="?", choices=("list", "check", "rebuild"), default="list", help="default: list"
    )
    return command


def _add_update(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "update",
        "fetch what is new at the sources, ingest it and write a report",
        """
            newsgraph update                       all sources that are due
            newsgraph update northern-wire
        """,
    )
    _add_source_names(command)
    return command


def _add_maintain(commands: _Commands) -> argparse.ArgumentParser:
    return _add_command(
        commands,
        "maintain",
        "optimise the store, back it up, check it and write a report; for the night",
        """
            newsgraph maintain
        """,
    )


def _add_schedule(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "schedule",
        "run update every quarter of an hour and maintain every night, with Prefect's UI",
        """
            newsgraph schedule
            newsgraph schedule --port 4300
        """,
    )
    command.add_argument(
        "--port",
        type=_count,
        default=4200,
        metavar="N",
        help="of Prefect's UI on this machine; default: 4200",
    )
    return command


def _add_rejected(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "rejected",
        "list what was set aside, with the reason, or try it again",
        """
            newsgraph rejected
            newsgraph rejected --reason 'not English' --since 2026-11-01 --json
            newsgraph rejected --retry             what succeeds leaves the list
        """,
    )
    command.add_argument("--reason", metavar="TEXT", help="only those whose reason holds these words")
    command.add_argument(
        "--since", type=_day, metavar="DATE", help="only those set aside on that day or later"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.add_argument("--retry", action="store_true", help="read them again")
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
            newsgraph query known_on at=2026-03-01 article=https://news.example/a
            newsgraph query 'SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }'
        """,
    )
    command.add_argument("query", nargs="?", help="SPARQL, a file of it, - or a saved query's name")
    command.add_argument(
        "values",
        nargs="*",
        metavar="NAME=VALUE",
        help="of its parameters, which the list of them tells",
    )
    command.add_argument("--format", choices=FORMATS, default="table", help="ttl: of CONSTRUCT only")
    return command


def _add_ask(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "ask",
        "ask one of the ready questions by its name or number",
        """
            newsgraph ask                          list them, with what each may be given
            newsgraph ask who_denied_what
            newsgraph ask stances proposition='collided with' --format md
            newsgraph ask 12 one='Lloyd Austin' other='Sergei Shoigu' before=2023-04-01
        """,
    )
    command.add_argument("question", nargs="?", help="its name or number")
    command.add_argument(
        "values", nargs="*", metavar="NAME=VALUE", help="of its parameters: a name, an alias or an IRI; …"
    )
    command.add_argument("--format", choices=("table", "csv", "json", "md"), default="table")
    return command


def _add_export(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "export",
        "write the graph of entities, or a part of it, for Gephi and other programs",
        """
            newsgraph export graph.gexf
            newsgraph export --claims --from 2024-05-01 --to 2024-05-31 --min-sources 2 may.gexf
            newsgraph export --around 'Lloyd Austin' --depth 2 --type PERSON,ORG austin.html
            newsgraph export --query 'SELECT ?a ?b WHERE { ?a ng:met ?b }' meetings.graphml
            newsgraph export --format neo4j graph.zip
            newsgraph export store.trig            all statements, as RDF
        """,
    )
    command.add_argument(
        "file", metavar="FILE", help="where to; the suffix tells the format; - for standard output"
    )
    command.add_argument("--format", choices=EXPORT_FORMATS, help="default: by the suffix")
    _add_selection(command)
    command.add_argument(
        "--query",
        metavar="FILE|TEXT",
        help="SELECT of two or three columns, or CONSTRUCT",
    )
    command.add_argument(
        "--size", choices=("salience", "sources", "mentions"), default="salience", help="of nodes"
    )
    command.add_argument("--colour", choices=("type", "community"), default="type", help="of nodes")
    command.add_argument("--no-layout", action="store_true", help="no positions, no communities: quicker")
    return command


def _add_selection(command: argparse.ArgumentParser) -> None:
    """Add which part of the graph is wanted."""
    command.add_argument(
        "--from", dest="since", type=_day, metavar="DATE", help="articles of that day or later"
    )
    command.add_argument("--to", dest="until", type=_day, metavar="DATE", help="articles until that day")
    command.add_argument(
        "--type",
        action="append",
        default=[],
        type=_types,
        metavar="TYPE,…",
        help=f"of {', '.join(ENTITY_TYPES)}",
    )
    command.add_argument(
        "--around", action="append", default=[], metavar="ENTITY", help="a name or an IRI; may be repeated"
    )
    command.add_argument("--depth", type=_count, metavar="N", help="steps from --around; default: 1")
    command.add_argument(
        "--min-sources", type=_count, default=1, metavar="N", help="independent texts an edge must have"
    )
    standing = command.add_mutually_exclusive_group()
    standing.add_argument(
        "--asserted-only",
        action="store_true",
        help="only what articles say in their own voice has happened (the default)",
    )
    standing.add_argument(
        "--claims", action="store_true", help="also claims and denials, as edges of their own kinds"
    )


def _add_serve(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "serve",
        "show the graph to browsers and answer SPARQL over HTTP, until it is stopped with Ctrl-C",
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


def _add_review(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "review",
        "decide on what newsgraph is unsure of, beginning with that on which most hangs",
        """
            newsgraph review                       shows each pair side by side and asks
            newsgraph review --list --limit 20     weight, probability, the two, why; a line each
            newsgraph review --json > unsure.json
        """,
    )
    how = command.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="list the pairs, ask nothing")
    how.add_argument("--json", action="store_true", help="the same with all evidence, as JSON")
    command.add_argument("--limit", type=_count, metavar="N", help="no more than N pairs")
    _add_by(command)
    return command


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


def _add_retract(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "retract",
        "take an article out for good: the graph is as if it had never come, and no run brings it in again",
        """
            newsgraph retract https://news.example/a --reason 'withdrawn by the publisher'
            newsgraph retract --undo https://news.example/a     let it in again, with the next ingest
            newsgraph query retracted              list all that were taken out
        """,
    )
    command.add_argument("article", metavar="ARTICLE", help="its id, its URL, or an IRI of it or of its text")
    command.add_argument("--reason", default="", metavar="TEXT", help="why, for those who come later")
    command.add_argument("--undo", action="store_true", help="let it in again")
    _add_by(command)
    return command


def _add_versions(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "versions",
        "list the versions of an article, and what each changed in what it states",
        """
            newsgraph versions https://news.example/a
            newsgraph versions doc/0f5a3c1b9e8d7a62#e3 --json
        """,
    )
    command.add_argument("article", metavar="ARTICLE", help="its id, its URL, or an IRI of it or of its text")
    _add_json(command)
    return command


def _add_runs(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "runs",
        "list the runs that read articles, with which model",
        """
            newsgraph runs
        """,
    )
    _add_json(command)
    return command


def _add_diff(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "diff",
        "tell what one run read otherwise than another in the same articles",
        """
            newsgraph diff 20260301T0200 20260315T0200
            newsgraph diff 4be1 9c07 --json        all that one model read, and another one
        """,
    )
    what = "the beginning of its id, or of the mark of a model: all that this one read"
    command.add_argument("one", metavar="RUN", help=what)
    command.add_argument("other", metavar="RUN", help="likewise")
    command.add_argument(
        "--examples", type=_count, default=20, metavar="N", help="how many changes to show; default: 20"
    )
    _add_json(command)
    return command


def _add_upgrade(commands: _Commands) -> argparse.ArgumentParser:
    command = _add_command(
        commands,
        "upgrade",
        "read again, in the background, what an older model or newsgraph read; safe to interrupt",
        """
            newsgraph upgrade
            newsgraph upgrade --workers 4
        """,
    )
    command.add_argument(
        "--workers", type=_count, default=1, metavar="N", help="processes that extract; default: 1"
    )
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
    _add_fetch,
    _add_sources,
    _add_archive,
    _add_ingest,
    _add_rejected,
    _add_update,
    _add_maintain,
    _add_schedule,
    _add_query,
    _add_ask,
    _add_export,
    _add_serve,
    _add_review,
    _add_same,
    _add_different,
    _add_undo,
    _add_retract,
    _add_versions,
    _add_runs,
    _add_diff,
    _add_upgrade,
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


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON")


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


def _add_source_names(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="*", metavar="SOURCE", help="their names; default: all")


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


def _types(written: str) -> str:
    if unknown := sorted({one.upper() for one in written.split(",")} - set(ENTITY_TYPES)):
        raise argparse.ArgumentTypeError(f"no type {unknown[0]!r}; there are {', '.join(ENTITY_TYPES)}")
    return written


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; take a number up to 65535")
    return int(written)


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number above 0")
    return int(written)
