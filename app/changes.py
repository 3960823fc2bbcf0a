"""How newsgraph versions and diff tell what changed in statements, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.query import shown
from graph.stated import Change, Stated
from graph.terms import text_literal
from newsgraph.codec import to_json

SIGNS = {"gained": "+", "lost": "-", "changed": "~", "kept": "="}


def lines_of(change: Change) -> Iterator[str]:
    """Yield a change in words: what it is, its position, the sentence."""
    one = change.stated
    position = one.position if change.after is None else f"{one.position} → {change.after.position}"
    yield f"{SIGNS[change.fate]} {one.kind}  {plain(str(one))}  ({plain(position)})"
    sentence = one.sentence if change.after is None else change.after.sentence
    if sentence:
        yield f"    {plain(sentence)}"


def as_json(change: Change) -> dict[str, Any]:
    """Return a change as JSON values: ``before`` is missing of what is gained, ``after`` of what is lost."""
    before: Stated | None = None if change.fate == "gained" else change.stated
    after = change.stated if change.fate == "gained" else change.after
    return {
        "change": change.fate,
        "kind": change.stated.kind,
        **{name: to_json(one) for name, one in (("before", before), ("after", after)) if one is not None},
    }


def plain(words: str) -> str:
    """Return words on one line, without what an article could steer the terminal with."""
    return shown(text_literal(words))
