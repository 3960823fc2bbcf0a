"""Records of which an article has hundreds, made at little cost.

A frozen dataclass takes four times as long to make as another: at each field it is asked whether that may
be set. What stays within the extractors is frozen for the type checker only; what leaves them
(newsgraph/records.py) is frozen in the running program, too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def quick_record(kind: type[T]) -> type[T]:
    """Make a class what ``dataclass(frozen=True, slots=True)`` makes of it, to be made at less cost."""
    return dataclass(slots=True, unsafe_hash=True)(kind)


def made_of(kind: Any, rows: int, columns: Iterable[Iterable[object]]) -> list[Any]:
    """Return so many frozen records with slots as ``kind(*row)`` makes of each row of these columns."""
    made = [object.__new__(kind) for _ in range(rows)]
    for field, column in zip(fields(kind), columns, strict=True):
        deque(map(getattr(kind, field.name).__set__, made, column), maxlen=0)  # sets all without a loop
    return made
