"""An analyst's own list of names: what to find in the texts and what it is, before all other known names.

A file of lines ``name<TAB>type<TAB>aliases<TAB>identifier``; aliases are separated by |, the identifier is
one of Wikidata (Q212) or any IRI, both may be left out, and lines that start with # are comments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import cast, get_args

from newsgraph.errors import SettingsError
from newsgraph.gazetteer import WIKIDATA, plain_name
from newsgraph.records import EntityType

_TYPES = tuple(one for one in get_args(EntityType) if one not in {"DATE", "MONEY"})
_IDENTIFIER = re.compile(r"Q[1-9]\d*|https?://[^\s<>\"{}|\\^`]+")


@dataclass(frozen=True, slots=True)
class Watched:
    """A line of the list."""

    key: str  # own/<name>
    name: str
    type: EntityType
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]  # an IRI, or none


@dataclass(frozen=True, slots=True)
class WatchList:
    """The whole list, and a mark that changes with it."""

    watched: tuple[Watched, ...]
    mark: str  # sixteen hex digits
    by_name: Mapping[tuple[str, str], Watched]  # by plain name and type


def read_watch_list(path: Path) -> WatchList:
    """Read an analyst's list.

    Raises:
        SettingsError: If the file cannot be read or a line of it cannot be used: names file, line and mend.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is no UTF-8 text"
        raise SettingsError(
            f"{path}: {reason}; watch_list must name a readable file, or be left out"
        ) from error
    by_name: dict[tuple[str, str], Watched] = {}
    watched = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            one = _watched(line)
            _add(by_name, one)
        except ValueError as error:
            raise SettingsError(f"{path}:{number}: {error}") from None
        watched.append(one)
    return WatchList(tuple(watched), sha256(text.encode()).hexdigest()[:16], by_name)


# For who asks again and again, while the names found by it are those of one reading.
kept_watch_list = lru_cache(maxsize=4)(read_watch_list)


def _watched(line: str) -> Watched:
    name, kind, aliases, identifier = ([cell.strip() for cell in line.split("\t")] + ["", "", ""])[:4]
    if line.count("\t") > 3:
        raise ValueError("more than four columns; write name, type, aliases (separated by |), identifier")
    if not plain_name(name):
        raise ValueError("no name in the first column")
    if kind not in _TYPES:
        raise ValueError(f"type {kind!r} in the second column; write one of {', '.join(_TYPES)}")
    if identifier and not _IDENTIFIER.fullmatch(identifier):
        raise ValueError(
            f"identifier {identifier!r}; write one of Wikidata (Q212), an IRI (https://…) or nothing"
        )
    same_as = WIKIDATA + identifier if identifier.startswith("Q") else identifier
    key = "own/" + re.sub(r"\W+", "-", plain_name(name)).strip("-")
    others = tuple(one.strip() for one in aliases.split("|") if plain_name(one))
    return Watched(key, name, cast("EntityType", kind), others, (same_as,) if same_as else ())


def _add(by_name: dict[tuple[str, str], Watched], one: Watched) -> None:
    for name in (one.name, *one.aliases):
        other = by_name.setdefault((plain_name(name), one.type), one)
        if other != one:
            raise ValueError(f"{name!r} as {one.type} is a name of {other.name!r} as well; keep one of them")
