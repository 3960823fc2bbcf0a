"""docs/reference/commands.md must tell of every command and every option."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from app.arguments.parser import build_parser
from newsgraph.settings import PREFIX, Settings

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
COMMANDS = next(
    action.choices for action in build_parser()._actions if isinstance(action, argparse._SubParsersAction)
)


def section(command):
    found = re.search(
        rf"^## newsgraph {command}\n(.*?)(?=^## |\Z)", REFERENCE, flags=re.MULTILINE | re.DOTALL
    )
    assert found, f"docs/reference/commands.md has no section '## newsgraph {command}'"
    return found[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_with_an_example(command):
    assert f"\n    newsgraph {command}" in section(command)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_documented(command):
    options = {option for action in COMMANDS[command]._actions for option in action.option_strings}

    for option in options - {"-h", "--help", "-q", "--quiet"}:
        assert f"`{option}" in section(command), option


@pytest.mark.parametrize("command", COMMANDS)
def test_the_examples_of_help_are_those_of_the_documentation(command):
    examples = re.findall(r"^  (.*newsgraph .*?)(?:   .*)?$", COMMANDS[command].epilog, flags=re.MULTILINE)

    assert examples
    for example in examples:
        assert f"\n    {example}\n" in REFERENCE


def test_documented_commands_exist():
    assert set(re.findall(r"^## newsgraph (\w+)", REFERENCE, flags=re.MULTILINE)) == set(COMMANDS)


def test_every_setting_is_documented():
    for field in fields(Settings):
        assert f"| `{field.name}` | `{PREFIX}{field.name.upper()}` |" in REFERENCE
