"""Records to and from JSON values: field names in camel case, spans as pairs, dates as ISO 8601.

The shape that ``newsgraph extract`` prints is a promise to outsiders (docs/reference/extract.md): it is a
choice of these keys, made in :func:`published_json`.
"""

from __future__ import annotations

import re
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from newsgraph.errors import RecordError
from newsgraph.records import Extraction

T = TypeVar("T")

# Kept between our own stages, not printed.
_PRIVATE_KEYS = {"attributions": ("cueLemma",), "relations": ("rule",)}


def to_json(value: Any) -> Any:
    """Return ``value`` (a record, or anything a record holds) as JSON values."""
    if isinstance(value, (str, int, float)) or value is None:  # most of them: asked first
        return value
    if isinstance(value, tuple):
        return [to_json(item) for item in value]
    if is_dataclass(value):
        kind: type = type(value)
        return {key: to_json(getattr(value, name)) for name, key in _keys(kind)}
    return value.isoformat() if isinstance(value, date) else value


def from_json(kind: type[T], value: Any) -> T:
    """Return the record of type ``kind`` that :func:`to_json` wrote.

    Raises:
        RecordError: If ``value`` has not the shape of ``kind``.
    """
    try:
        return typing.cast("T", _decode(kind, value))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"not a {kind.__name__}: {error}") from error


def published_json(extraction: Extraction, *, tokens: bool = False) -> dict[str, Any]:
    """Return what ``newsgraph extract`` prints for one document."""
    printed: dict[str, Any] = to_json(extraction)
    if not tokens:
        del printed["tokens"]
    del printed["passedOver"]
    for records, keys in _PRIVATE_KEYS.items():
        for record in printed[records]:
            for key in keys:
                del record[key]
    return printed


@cache
def _key(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


@cache
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _key(field.name)) for field in fields(kind))


@cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field.name, hints[field.name]) for field in fields(kind))


def _decode(kind: Any, value: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin is types.UnionType:
        return None if value is None else _decode(typing.get_args(kind)[0], value)
    if origin is typing.Literal:
        return _checked(value, value in typing.get_args(kind))
    if origin is tuple:
        return tuple(_decode(typing.get_args(kind)[0], item) for item in value)
    return _decode_plain(kind, value)


def _decode_plain(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        given = {name: (hint, _key(name)) for name, hint in _fields(typing.cast("type", kind))}
        return typing.cast("type", kind)(
            **{name: _decode(hint, value[key]) for name, (hint, key) in given.items() if key in value}
        )
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    if issubclass(kind, tuple):  # TextSpan
        return kind(*(_checked(number, isinstance(number, int)) for number in value))
    if kind is float:
        return float(value)
    return _checked(value, isinstance(value, kind))


def _checked(value: Any, fits: bool) -> Any:  # noqa: FBT001 - a private check, read at its call
    if not fits:
        raise ValueError(f"unexpected value {value!r}")
    return value
