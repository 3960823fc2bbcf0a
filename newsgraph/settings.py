"""One frozen Settings, read once and passed down: defaults < newsgraph.toml < environment."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from newsgraph.errors import SettingsError

FILE_NAME = "newsgraph.toml"
PREFIX = "NEWSGRAPH_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations."""

    raw_dir: Path = Path("data/raw")
    graph_dir: Path = Path("data/graph")
    reports_dir: Path = Path("data/reports")
    backup_dir: Path = Path("data/backups")
    workers: int = max(1, (os.cpu_count() or 2))  # extraction processes
    batch_size: int = 32  # articles extracted together; some batches are written together
    dask: str = ""  # extract on a Dask cluster: "local" or its scheduler's address; "": in our own processes
    sources_file: Path = Path("sources.toml")  # what ``newsgraph fetch`` asks
    contact: str = ""  # mail or web address that servers are told, for their owners to complain to
    watch_list: Path | None = None  # an analyst's own names (newsgraph/watch_list.py)
    remote_store: str = ""  # address for SPARQL updates of a server that is to hold the same graph; "": none
    remote_query: str = ""  # its address for queries; "": told from that for updates


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
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: the file is no UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: {error}") from error


def _fitted(name: str, value: object) -> Path | int | str | None:
    if name.endswith(("_dir", "_file")):
        return _path(name, value, is_folder=name in ("graph_dir", "reports_dir", "backup_dir"))
    if name == "watch_list":
        return Path(str(value)) if value else None
    if name == "dask":
        return _cluster(str(value).strip())
    if name == "contact":
        return _contact(str(value).strip())
    if name in ("remote_store", "remote_query"):
        return remote_address(name, str(value).strip())
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if number < 1:
        raise SettingsError(f"setting {name} must be a whole number above 0, not {value!r}")
    return number


def _path(name: str, value: object, *, is_folder: bool) -> Path:
    if not isinstance(value, str) or not value:
        raise SettingsError(f"setting {name} must be the name of a file or folder, not {value!r}")
    if is_folder and Path(value).is_file():
        raise SettingsError(f"setting {name} must be the name of a folder; {value} is a file")
    return Path(value)


def _cluster(value: str) -> str:
    if value not in ("", "local") and not re.fullmatch(r"(?:tcp|tls|ws|wss)://[^\s/]+:\d+", value):
        raise SettingsError(
            f'setting dask must be "local" or a scheduler such as "tcp://host:8786", not {value!r}'
        )
    return value


def _contact(value: str) -> str:
    # It goes into a header of every request.
    if value and not (value.isascii() and value.isprintable() and ("@" in value or "://" in value)):
        raise SettingsError(f"setting contact must be a mail or web address, not {value!r}")
    return value


def remote_address(name: str, value: str) -> str:
    """Return the address of a remote store, if it is one.

    Raises:
        SettingsError: If it is none, or holds what belongs elsewhere; a password in it is not told.
    """
    if not value:
        return value
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise SettingsError(f"setting {name} is no web address") from None
    if "@" in parts.netloc:
        mend = "put them into NEWSGRAPH_REMOTE_USER and NEWSGRAPH_REMOTE_PASSWORD"
        raise SettingsError(f"setting {name} must not hold user or password: {mend}")
    if not fits or parts.fragment or not (value.isascii() and value.isprintable()) or " " in value:
        raise SettingsError(
            f'setting {name} must be a web address such as "https://host/update", not {value!r}'
        )
    return value
