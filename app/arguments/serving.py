"""The commands for other computers: browsers and clients that ask, a server that holds a copy."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.arguments.parts import Commands, add_command, count


def add_serve(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
            name, type=count, default=default, metavar=unit, help=f"{what}; default: {default}"
        )


def add_push(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "push",
        "let a remote SPARQL server hold the same graph: sends what changed since the last time, then checks",
        """
            newsgraph push                         to the server of the setting remote_store
            newsgraph push https://sparql.example/news/update
            newsgraph push --check                 compare all that is there, send nothing
            newsgraph push --anew                  replace all that is there
        """,
    )
    command.add_argument("url", nargs="?", metavar="URL", help="its address for SPARQL updates")
    command.add_argument("--query-url", metavar="URL", help="its address for queries, if another one")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="compare all that is there, send nothing")
    how.add_argument(
        "--anew", action="store_true", help="take newsgraph's graphs away that are there, send all"
    )
    return command


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > 65535:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; take a number up to 65535")
    return int(written)
