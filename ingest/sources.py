"""sources.toml: where articles come from, and how politely they are fetched.

[fetch]                          # all of it may be left out
seconds_per_request = 2

[sources.northern-wire]
kind = "feed"                    # feed, sitemap, urls, folder or warc
url = "https://northern-wire.example/rss"
publisher = "Northern Wire"
interval = "15m"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, get_args

from ingest.addresses import canonical_url
from ingest.warc_records import MAX_BLOCK_BYTES
from newsgraph.errors import SourcesError
from newsgraph.fetched import FetchLimits, Source, SourceKind

T = TypeVar("T")

MAX_BODY_BYTES = MAX_BLOCK_BYTES - 1_000_000  # room for the headers

KINDS: tuple[SourceKind, ...] = get_args(SourceKind)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(s|m|h|d)")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_PLACES: dict[SourceKind, tuple[str, ...]] = {
    "feed": ("url",),
    "sitemap": ("url",),
    "urls": ("url", "urls", "path"),
    "folder": ("path",),
    "warc": ("path",),
}


class _FaultError(ValueError):
    """A key does not fit."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(reason)
        self.key = key


def load_sources(path: Path) -> tuple[tuple[Source, ...], FetchLimits]:
    """Read the sources, in the order of the file, and the limits.

    Paths in it are relative to its folder.

    Raises:
        SourcesError: If there is no such file, or something in it does not fit: names the table and the key.
    """
    given = _read(path)
    if unknown := sorted(given.keys() - {"fetch", "sources"}):
        raise SourcesError(f"{path}: unknown table [{unknown[0]}]; there are [fetch] and [sources.NAME]")
    tables = given.get("sources", {})
    if not isinstance(tables, dict) or not tables:
        raise SourcesError(
            f'{path}: no sources in it; one is a table [sources.NAME] with kind = "feed" and url = "…"'
        )
    limits = _checked(path, "fetch", lambda: _limits(given.get("fetch", {})))
    sources = (
        _checked(path, f"sources.{name}", partial(_source, name, table, path.parent))
        for name, table in tables.items()
    )
    return tuple(sources), limits


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        mend = "make one, as docs/reference/sources.md shows, or set sources_file"
        raise SourcesError(f"{path}: no such file; {mend}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourcesError(f"{path}: {getattr(error, 'strerror', None) or error}") from error


def _checked(path: Path, table: str, build: Callable[[], T]) -> T:
    try:
        return build()
    except _FaultError as error:
        raise SourcesError(f"{path}: [{table}] {error.key}{': ' if error.key else ''}{error}") from error


def _limits(table: object) -> FetchLimits:
    known = {field.name: field.type for field in fields(FetchLimits)}
    values: dict[str, Any] = {}
    for key, value in _table(table, known).items():
        smallest = 1 if known[key] == "int" else 0
        is_number = isinstance(value, int if known[key] == "int" else (int, float)) and not isinstance(
            value, bool
        )
        if not is_number or not smallest <= value < 10**9:
            wanted = "a whole number above 0" if known[key] == "int" else "a number, 0 or above"
            raise _FaultError(key, f"must be {wanted}, not {value!r}")
        values[key] = value
    if values.get("max_bytes", 0) > MAX_BODY_BYTES:
        raise _FaultError(
            "max_bytes", f"must be at most {MAX_BODY_BYTES}: the archive reads no longer records"
        )
    return FetchLimits(**values)


def _source(name: str, table: object, folder: Path) -> Source:
    known = {field.name for field in fields(Source)} - {"name", "interval_seconds"} | {"interval"}
    given = dict(_table(table, known))
    if not _NAME.fullmatch(name):
        raise _FaultError("name", f"{name!r} may hold letters, digits, '-', '_' and '.' only")
    if given.get("kind") not in KINDS:
        raise _FaultError("kind", f"must be one of {', '.join(KINDS)}, not {given.get('kind')!r}")
    values = {_FIELDS.get(key, key): _CHECKS[key](key, value) for key, value in given.items()}
    if values.get("path"):
        values["path"] = str(folder / Path(values["path"]).expanduser())
    source = Source(name, **values)
    _check_place(source)
    return source


def _table(table: object, known: Any) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise _FaultError("", f"must be a table, not {table!r}")
    if unknown := sorted(table.keys() - set(known)):
        raise _FaultError(unknown[0], f"unknown key; known: {', '.join(sorted(known))}")
    return table


def _check_place(source: Source) -> None:
    wanted = _PLACES[source.kind]
    given = [key for key in ("url", "urls", "path") if getattr(source, key)]
    if len(given) != 1 or given[0] not in wanted:
        what = " or ".join(wanted)
        raise _FaultError(
            given[0] if given and given[0] not in wanted else wanted[0],
            f"kind {source.kind!r} takes {what}, exactly one",
        )


# ---- single values


def _text(key: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise _FaultError(key, f"must be text in quotation marks, not {value!r}")
    return value.strip()


def _texts(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _FaultError(key, f'must be a list like ["a", "b"], not {value!r}')
    return tuple(_text(key, one) for one in value)


def _address(key: str, value: object) -> str:
    try:
        return canonical_url(_text(key, value))
    except _FaultError:
        raise
    except ValueError as error:
        raise _FaultError(key, str(error)) from error


def _addresses(key: str, value: object) -> tuple[str, ...]:
    return tuple(_address(key, one) for one in _texts(key, value))


def _patterns(key: str, value: object) -> tuple[str, ...]:
    patterns = _texts(key, value)
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise _FaultError(key, f"{pattern!r} is no regular expression: {error}") from error
    return patterns


def _duration(key: str, value: object) -> float:
    found = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _FaultError(key, f'must be a time like "90s", "15m", "6h" or "1d", not {value!r}')
    return float(found[1]) * _UNITS[found[2]]


def _count(key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _FaultError(key, f"must be a whole number above 0, not {value!r}")
    return value


def _seconds(key: str, value: object) -> float:
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 3600:
        raise _FaultError(key, f"must be a number of seconds from 0 to 3600, not {value!r}")
    return float(value)


def _yes_or_no(key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise _FaultError(key, f"must be true or false, not {value!r}")
    return value


def _language(key: str, value: object) -> str:
    if not _LANGUAGE.fullmatch(text := _text(key, value)):
        raise _FaultError(key, f'must be a language code like "en", not {value!r}')
    return text


def _hosts(key: str, value: object) -> tuple[str, ...]:
    hosts = tuple(one.lower() for one in _texts(key, value))
    for host in hosts:
        if "/" in host or host.count(":") == 1:
            raise _FaultError(key, f"{host!r} must be a host without port or path, like localhost")
    return hosts


_FIELDS = {"interval": "interval_seconds"}
_CHECKS: dict[str, Callable[[str, object], Any]] = {
    "kind": _text,
    "url": _address,
    "urls": _addresses,
    "path": _text,
    "publisher": _text,
    "language": _language,
    "interval": _duration,
    "max_new": _count,
    "seconds_per_request": _seconds,
    "include": _patterns,
    "exclude": _patterns,
    "private_hosts": _hosts,
    "refresh": _yes_or_no,
}
