"""Which canonical entity an article's entity is: the simplest merge that is safe. Pure.

Same type and same normalised full name are one thing. A single-word name of a person never leaves its
article, nor does what has no name at all ("Russian officials", "the drone"); dates and sums are values and no
things.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from graph.terms import canonical_iri
from newsgraph.records import Entity, Extraction

VALUES = frozenset({"DATE", "MONEY"})
_DESIGNATION = re.compile(r"^[a-z]{1,5}-?\d{1,4}[a-z]{0,3}$")
_SAME_NAME = (
    (re.compile(r"\bu\.?\s?s\.?(?:a\.?)?(?=\s|$)"), "united states"),
    (re.compile(r"\bu\.?\s?k\.?(?=\s|$)"), "united kingdom"),
    (re.compile(r"\bu\.?\s?n\.?(?=\s|$)"), "united nations"),
    (re.compile(r"\be\.?\s?u\.?(?=\s|$)"), "european union"),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """The canonical entity of an article's entity, with the reason."""

    canonical: NamedNode
    reason: str
    score: float  # 0..1


def identities(extraction: Extraction, version_id: str) -> Mapping[str, Identity]:
    """Return the canonical entity of each entity of the article that is a thing, by Entity.id."""
    named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
    return {
        entity.id: _identity(entity, version_id, is_named=entity.id in named)
        for entity in extraction.entities
        if entity.type not in VALUES
    }


def _identity(entity: Entity, version_id: str, *, is_named: bool) -> Identity:
    key = name_key(entity.name, entity.type)
    if not is_named:
        return Identity(
            canonical_iri(entity.type, f"{version_id}#{entity.id}"), "has no name: stays in its article", 1.0
        )
    if not key or (entity.type == "PERSON" and " " not in key):
        reason = "one word is not enough to know a person by: stays in its article"
        return Identity(canonical_iri(entity.type, f"{key}|{version_id}"), reason, 1.0)
    return Identity(canonical_iri(entity.type, key), f"same type and same full name, {key!r}", 0.9)


def name_key(name: str, kind: str) -> str:
    """Return what a name is compared by.

    name_key("the U.S. European Command's", "ORG") -> "united states european command"
    name_key("MQ-9 Reaper drone", "PRODUCT") -> "mq9"
    name_key("Su-27s", "PRODUCT") -> "su27"
    """
    name = re.sub(r"(?<=[\dA-Z])s\b", "", name) if kind == "PRODUCT" else name
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = re.sub(r"['’]s\b|['’]$", "", plain)
    for pattern, full in _SAME_NAME:
        plain = pattern.sub(full, plain)
    if kind == "PRODUCT":
        codes = [word for word in re.split(r"[\s/,]+", plain) if _DESIGNATION.match(word)]
        if codes:
            return codes[0].replace("-", "")
    words = re.sub(r"[^\w\s]", " ", plain).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
