"""One frozen Settings, read once and passed down: defaults < newsgraph.toml < environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from newsgraph.errors import SettingsError

FILE_NAME = "newsgraph.toml"
PREFIX = "NEWSGRAPH_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations."""

    raw_dir: Path = Path("data/raw")
    graph_dir: Path = Path("data/graph")
    workers: int = max(1, (os.cpu_count() or 2))  # extraction processes
    batch_size: int = 32  # articles extracted and written together
    watch_list: Path | None = None  # an analyst's own names (newsgraph/watch_list.py)


def load_settings(directory: Path, environment: Mapping[str, str]) -> Settings:
    """Read the settings of ``directory``/newsgraph.toml and of NEWSGRAPH_… variables, which go first.

    Raises:
        SettingsError: If the file is no TOML, a name is unknown or a value does not fit.
    """
    path = directory / FILE_NAME
    given: dict[str, object] = dict(_read_toml(path)) if path.exists() else {}
    known = {field.name for field in fields(Settings)}
    for name in known & {key.removeprefix(PREFIX).lower() for key in environment if key.startswith(PREFIX)}:
        given[name] = environment[PREFIX + name.upper()]
    if unknown := sorted(set(given) - known):
        raise SettingsError(f"{path}: unknown setting {unknown[0]!r}; known: {', '.join(sorted(known))}")
    return replace(Settings(), **{name: _fitted(name, value) for name, value in given.items()})  # type: ignore[arg-type]


def _read_toml(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _fitted(name: str, value: object) -> Path | int | None:
    if name.endswith("_dir"):
        return Path(str(value))
    if name == "watch_list":
        return Path(str(value)) if value else None
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise SettingsError(f"setting {name} must be a whole number above 0, not {value!r}")
    return number
