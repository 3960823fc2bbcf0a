"""How newsgraph versions and diff tell what changed in statements, in words and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.links import Link, Regrouped, Relinked
from graph.query import shown
from graph.stated import Change, Stated
from graph.terms import text_literal
from newsgraph.codec import to_json

MOST_OF_A_GROUP = 5  # that are listed; JSON has all
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


def line_of_link(link: Relinked) -> str:
    """Return in words what an entity was taken for and what it is taken for now."""
    before, after = link
    kinds = before.type if before.type == after.type else f"{before.type}, now {after.type}"
    return f"{plain(before.name)} ({kinds}): {_thing(before)} → {_thing(after)}"


def line_of_group(group: Regrouped, *, is_joined: bool) -> str:
    """Return in words which things are one now, or which one is several."""
    others = [_thing(one) for one in group.others[:MOST_OF_A_GROUP]]
    if len(group.others) > MOST_OF_A_GROUP:
        others.append(f"{len(group.others) - MOST_OF_A_GROUP} more")
    told = " + ".join(others)
    return f"{told} → {_thing(group.one)}" if is_joined else f"{_thing(group.one)} → {told}"


def _thing(link: Link) -> str:
    known = f", known as {link.known}" if link.known else ""
    return plain(f"{link.thing} ({link.iri}{known})")


def link_as_json(link: Relinked) -> dict[str, Any]:
    """Return the same as JSON values."""
    return {"name": link.before.name, "before": to_json(link.before), "after": to_json(link.after)}


def group_as_json(group: Regrouped) -> dict[str, Any]:
    """Return a thing, and which others were it or are it now, as JSON values."""
    return {"one": to_json(group.one), "others": [to_json(one) for one in group.others]}


def plain(words: str) -> str:
    """Return words on one line, without what an article could steer the terminal with."""
    return shown(text_literal(words))
