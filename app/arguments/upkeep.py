"""The commands that keep a graph well, and tell which run read what."""

from __future__ import annotations

import argparse

from app.arguments.parts import Commands, add_command, add_json, count


def add_maintain(commands: Commands) -> argparse.ArgumentParser:
    return add_command(
        commands,
        "maintain",
        "optimise the store, back it up, check it and write a report; for the night",
        """
            newsgraph maintain
        """,
    )


def add_runs(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "runs",
        "list the runs that read articles, with which model",
        """
            newsgraph runs
        """,
    )
    add_json(command)
    return command


def add_diff(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "diff",
        "tell what one run read otherwise than another in the same articles, and who is another one now",
        """
            newsgraph diff 20260301T0200 20260315T0200
            newsgraph diff 4be1 9c07 --json        all that one model read, and another one
            newsgraph diff 20260315T0200           a run, and what it replaced
        """,
    )
    what = "the beginning of its id, or of the mark of a model: all that this one read"
    command.add_argument("one", metavar="RUN", help=what)
    command.add_argument(
        "other", nargs="?", metavar="RUN", help="likewise; without it: what the one replaced"
    )
    command.add_argument(
        "--examples",
        type=count,
        default=20,
        metavar="N",
        help="how many changes to show; default: 20",
    )
    add_json(command)
    return command


def add_upgrade(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "upgrade",
        "read again, in the background, what an older model or newsgraph read; safe to interrupt",
        """
            newsgraph upgrade
            newsgraph upgrade --workers 4
        """,
    )
    command.add_argument(
        "--workers", type=count, default=1, metavar="N", help="processes that extract; default: 1"
    )
    return command


def add_rebuild(commands: Commands) -> argparse.ArgumentParser:
    return add_command(
        commands,
        "rebuild",
        "build the graph anew from what was read and decided, without reading the articles again",
        """
            newsgraph rebuild
        """,
    )


def add_demo(commands: Commands) -> argparse.ArgumentParser:
    return add_command(
        commands,
        "demo",
        "read the sample articles, answer three questions, write a Gephi file",
        """
            newsgraph demo
        """,
    )
