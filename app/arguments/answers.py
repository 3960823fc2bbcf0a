"""The commands that ask the graph, and write it for other programs."""

from __future__ import annotations

import argparse

from app.arguments.parts import Commands, add_command, count, day

FORMATS = ("table", "csv", "json", "ttl")
# Those of graph/export/formats.py, which is not imported here, so that --help is quick; a test compares them.
EXPORT_FORMATS = ("gexf", "graphml", "cyjs", "html", "csv", "neo4j", "parquet", "trig", "nq", "jsonld", "ttl")
ENTITY_TYPES = ("PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC")


def add_query(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "query",
        "ask the store in SPARQL",
        """
            newsgraph query                        list the saved queries
            newsgraph query who_denied_what
            newsgraph query question.rq --format csv > answer.csv
            newsgraph query known_on at="$(date -u +%F)" about=contact
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


def add_ask(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "ask",
        "ask one of the ready questions by its name or number",
        """
            newsgraph ask                          list them, with what each may be given
            newsgraph ask who_denied_what
            newsgraph ask stances proposition='MQ-9 Reaper collided' --format md
            newsgraph ask 12 one='Lloyd Austin' other='Sergei Shoigu' before=2023-04-01
        """,
    )
    command.add_argument("question", nargs="?", help="its name or number")
    command.add_argument(
        "values", nargs="*", metavar="NAME=VALUE", help="of its parameters: a name, an alias or an IRI; …"
    )
    command.add_argument("--format", choices=("table", "csv", "json", "md"), default="table")
    return command


def add_export(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
        "--from", dest="since", type=day, metavar="DATE", help="articles of that day or later"
    )
    command.add_argument("--to", dest="until", type=day, metavar="DATE", help="articles until that day")
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
    command.add_argument("--depth", type=count, metavar="N", help="steps from --around; default: 1")
    command.add_argument(
        "--min-sources", type=count, default=1, metavar="N", help="independent texts an edge must have"
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


def _types(written: str) -> str:
    if unknown := sorted({one.upper() for one in written.split(",")} - set(ENTITY_TYPES)):
        raise argparse.ArgumentTypeError(f"no type {unknown[0]!r}; there are {', '.join(ENTITY_TYPES)}")
    return written
