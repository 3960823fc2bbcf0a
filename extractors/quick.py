"""Records that are made by the hundred in an article: nothing changes them, which the type checker sees to.

Where that is checked while the program runs, as in a frozen dataclass, one takes four times as long to make.
Those that leave the extractors are frozen (newsgraph/records.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def quick_record(kind: type[T]) -> type[T]:
    """Make a class what ``dataclass(frozen=True, slots=True)`` makes of it, to be made at less cost."""
    return dataclass(slots=True, unsafe_hash=True)(kind)
