"""Records to and from JSON values: field names in camel case, spans as pairs, dates as ISO 8601.

The shape that ``newsgraph extract`` prints is a promise to outsiders (docs/reference/extract.md): it is a
choice of these keys, made in :func:`published_json`.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
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


def json_text(value: Any) -> str:
    """Return JSON values, or records among them, as text that is the same for equal ones.

    It is that of :func:`to_json`, but each record goes into it as it comes up: an article has thousands of
    words.
    """
    return json.dumps(
        value,
        default=_one_level,
        ensure_ascii=False,
        check_circular=False,
        separators=(",", ":"),
        sort_keys=True,
    )


def from_json(kind: type[T], value: Any) -> T:
    """Return the record of type ``kind`` that :func:`to_json` wrote.

    Raises:
        RecordError: If ``value`` has not the shape of ``kind``.
    """
    try:
        hint: Any = kind
        return typing.cast("T", _decoder(hint)(value))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise RecordError(f"not a {kind.__name__}: {error}") from error


def published_json(extraction: Extraction, *, tokens: bool = False) -> dict[str, Any]:
    """Return what ``newsgraph extract`` prints for one document."""
    printed: dict[str, Any] = to_json(extraction if tokens else replace(extraction, tokens=()))
    if not tokens:
        del printed["tokens"]
    del printed["passedOver"]
    for records, keys in _PRIVATE_KEYS.items():
        for record in printed[records]:
            for key in keys:
                del record[key]
    return printed


def _one_level(value: Any) -> Any:
    """Return a record as a dict of what it holds, which may be records."""
    if isinstance(value, date):
        return value.isoformat()
    kind: type = type(value)
    return {key: getattr(value, name) for name, key in _keys(kind)}


@cache
def _key(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


@cache
def _keys(kind: type) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _key(field.name)) for field in fields(kind))


@cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    """Return what makes values of a type out of JSON values; made once, used for each word of an article."""
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        decode = _decoder(parts[0])
        return lambda value: None if value is None else decode(value)
    if origin is typing.Literal:
        return lambda value: _checked(value, value in parts)
    if origin is tuple:
        decode = _decoder(parts[0])
        return lambda value: tuple(map(decode, value))
    return _plain_decoder(kind)


def _plain_decoder(kind: Any) -> Callable[[Any], Any]:
    if is_dataclass(kind):
        return _record_decoder(typing.cast("type", kind))
    if kind in (date, datetime):
        return typing.cast("Callable[[Any], Any]", kind.fromisoformat)
    if issubclass(kind, tuple):  # TextSpan
        return lambda value: kind(*(_checked(number, isinstance(number, int)) for number in value))
    return float if kind is float else lambda value: _checked(value, isinstance(value, kind))


def _record_decoder(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    fields_of = [(name, key, _decoder(hints[name])) for name, key in _keys(kind)]
    return lambda value: kind(**{name: decode(value[key]) for name, key, decode in fields_of if key in value})


def _checked(value: Any, fits: bool) -> Any:  # noqa: FBT001 - a private check, read at its call
    if not fits:
        raise ValueError(f"unexpected value {value!r}")
    return value
