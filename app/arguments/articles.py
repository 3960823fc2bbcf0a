"""The commands for articles: read them, tell why, bring them in, take them out, what became of them."""

from __future__ import annotations

import argparse

from app.arguments.parts import PATHS_HELP, Commands, add_by, add_command, add_defaults, add_json, count, day


def add_extract(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "extract",
        "read articles and print one JSON object a line; touches no store",
        """
            newsgraph extract article.txt
            newsgraph extract --published 2023-03-16 *.txt > read.jsonl
            curl -s https://news.example/a | newsgraph extract --tokens -
        """,
    )
    command.add_argument("files", nargs="+", metavar="FILE", help=PATHS_HELP)
    command.add_argument(
        "--tokens", action="store_true", help="print the words too, with lemma, tags and tree"
    )
    add_defaults(command)
    return command


def add_explain(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
        "article",
        metavar="ARTICLE",
        help="a file, which is read anew, or an article in the store, by its id, URL or IRI",
    )
    command.add_argument(
        "what", nargs="?", metavar="WHAT", help="an id, as extract prints it, or the name of an entity"
    )
    add_defaults(command)
    return command


def add_ingest(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
    command.add_argument("paths", nargs="*", metavar="PATH", help=f"{PATHS_HELP}; default: data/raw/")
    command.add_argument(
        "--workers", type=count, metavar="N", help="processes that extract; default: one a core"
    )
    command.add_argument("--flow", action="store_true", help="run as a Prefect flow")
    command.add_argument(
        "--day",
        type=day,
        metavar="DATE",
        help="replay what was fetched on this day (UTC), such as 2026-11-26",
    )
    return command


def add_rejected(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
        "--since", type=day, metavar="DATE", help="only those set aside on that day or later"
    )
    command.add_argument("--json", action="store_true", help="print one JSON object a line")
    command.add_argument("--retry", action="store_true", help="read them again")
    return command


def add_retract(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
    add_by(command)
    return command


def add_versions(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "versions",
        "list the versions of an article, and what each changed in what it states",
        """
            newsgraph versions https://news.example/a
            newsgraph versions doc/0f5a3c1b9e8d7a62#e3 --json
        """,
    )
    command.add_argument("article", metavar="ARTICLE", help="its id, its URL, or an IRI of it or of its text")
    add_json(command)
    return command
