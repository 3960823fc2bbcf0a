"""The commands with which a reviewer decides who is who."""

from __future__ import annotations

import argparse

from app.arguments.parts import Commands, add_by, add_command, count


def add_review(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
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
    command.add_argument("--limit", type=count, metavar="N", help="no more than N pairs")
    add_by(command)
    return command


def add_same(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "same",
        "decide that two entities are one; goes before what the names say, and stays",
        """
            newsgraph same 'Lloyd Austin' 'Lloyd James Austin'
            newsgraph same id:person-ann-berg-fef47b04 'Anna Berg' --by kim --reason 'married in 2020'
        """,
    )
    return _add_decision(command)


def add_different(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "different",
        "decide that two entities are not one, or that one mention is not what its name says",
        """
            newsgraph different 'Georgia' id:loc-georgia-us-8a0f11c2
            newsgraph different doc/0f5a3c1b9e8d7a62#e3 'Lloyd Austin'     this Austin is another Austin
        """,
    )
    return _add_decision(command)


def add_undo(commands: Commands) -> argparse.ArgumentParser:
    command = add_command(
        commands,
        "undo",
        "take a decision back; it stays on record",
        """
            newsgraph undo decision-d9fe72574ddbf41c
            newsgraph query reviewer_decisions     list all decisions
        """,
    )
    command.add_argument("decision", metavar="DECISION", help="its id, which same and different print")
    add_by(command)
    return command


def _add_decision(command: argparse.ArgumentParser) -> argparse.ArgumentParser:
    what = "its exact name in the graph, or its IRI as query shows it; an article's entity by its IRI alone"
    command.add_argument("one", metavar="A", help=what)
    command.add_argument("other", metavar="B", help="likewise")
    command.add_argument("--reason", default="", metavar="TEXT", help="why, for those who come later")
    add_by(command)
    return command
