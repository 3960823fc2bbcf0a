"""What the arguments of several commands have in common."""

from __future__ import annotations

import argparse
from datetime import date
from textwrap import dedent
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

PATHS_HELP = "files or folders of .txt, .html, .json, .jsonl and .warc.gz; - for standard input"


def add_command(commands: Commands, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=as_examples(examples),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_quiet(parser: argparse.ArgumentParser, *, default: object) -> None:
    parser.add_argument("-q", "--quiet", action="store_true", default=default, help="no progress, no notes")


def add_defaults(command: argparse.ArgumentParser) -> None:
    command.add_argument("--title", help="title of articles that do not give their own")
    command.add_argument(
        "--published",
        type=day,
        metavar="DATE",
        help="when articles that do not say so came out, such as 2023-03-16: 'on Tuesday' is told from it",
    )


def add_source_names(command: argparse.ArgumentParser) -> None:
    command.add_argument("sources", nargs="*", metavar="SOURCE", help="their names; default: all")


def add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as JSON")


def add_by(command: argparse.ArgumentParser) -> None:
    command.add_argument("--by", metavar="NAME", help="who decides; default: the user of this computer")


def as_examples(lines: str) -> str:
    return "examples:\n" + "".join(f"  {line}\n" for line in dedent(lines).strip().splitlines())


def day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{written!r} is no date; write it like 2023-03-16") from None


def count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number above 0")
    return int(written)
