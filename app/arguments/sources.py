"""The commands for what comes in from sources on the web."""

from __future__ import annotations

import argparse

from app.arguments.parts import Commands, add_command, add_source_names, count


def add_fetch(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "fetch",
        "bring what is new at the sources into the archive under data/raw/; safe to repeat and to interrupt",
        """
            newsgraph fetch                        all sources that are due
            newsgraph fetch northern-wire          this one, due or not
        """,
    )
    add_source_names(command)
    command.add_argument("--json", action="store_true", help="print the report as JSON")
    return command


def add_sources(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "sources",
        "list the sources of sources.toml, or try each of them",
        """
            newsgraph sources
            newsgraph sources check                ask each of them; keeps nothing
        """,
    )
    command.add_argument("action", nargs="?", choices=("list", "check"), default="list", help="default: list")
    add_source_names(command)
    return command


def add_archive(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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


def add_update(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "update",
        "fetch what is new at the sources, ingest it and write a report",
        """
            newsgraph update                       all sources that are due
            newsgraph update northern-wire
        """,
    )
    add_source_names(command)
    return command


def add_schedule(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
        type=count,
        default=4200,
        metavar="N",
        help="of Prefect's UI on this machine; default: 4200",
    )
    return command
