"""What things are told apart by: their names, made comparable, and the nodes that stand for them. Pure.

A full name stands for one thing wherever it is used. A single-word name of a person stands for one only
within its article. Every article's entity also has a node of its own, for when a reviewer takes it out of
that of its name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import NamedNode

from graph.terms import canonical_iri
from newsgraph.accents import without_accents

_REMEMBERED = 65536  # names: decisions and batches ask for the same ones again and again
# The types of known things. What a text takes a thing for must not change what it is.
_KNOWN_KINDS = {
    **dict.fromkeys(("country", "city", "place", "region", "land", "state"), "LOC"),
    **dict.fromkeys(("person",), "PERSON"),
    **dict.fromkeys(("weapon", "aircraft", "product"), "PRODUCT"),
    **dict.fromkeys(("people", "nationality", "nation"), "NORP"),
    **dict.fromkeys(("org", "ministry", "company", "media", "group", "force", "seat", "body"), "ORG"),
    **dict.fromkeys(("party", "service", "parliament", "bank", "court", "government"), "ORG"),
}
_DESIGNATION = re.compile(r"^[a-z]{1,5}-?\d{1,4}[a-z]{0,3}$")
_SAME_NAME = (
    (re.compile(r"\bu\.?\s?s\.?(?:a\.?)?(?=\s|$)"), "united states"),
    (re.compile(r"\bu\.?\s?k\.?(?=\s|$)"), "united kingdom"),
    (re.compile(r"\bu\.?\s?n\.?(?=\s|$)"), "united nations"),
    (re.compile(r"\be\.?\s?u\.?(?=\s|$)"), "european union"),
)


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str, kind: str) -> str:
    """Return what a name is compared by.

    name_key("the U.S. European Command's", "ORG") -> "united states european command"
    name_key("MQ-9 Reaper drone", "PRODUCT") -> "mq9"
    name_key("Su-27s", "PRODUCT") -> "su27"
    """
    name = re.sub(r"(?<=[\dA-Z])s\b", "", name) if kind == "PRODUCT" else name
    plain = re.sub(r"['’]s\b|['’]$", "", without_accents(name).casefold())
    for pattern, full in _SAME_NAME:
        plain = pattern.sub(full, plain)
    if kind == "PRODUCT":
        codes = [word for word in re.split(r"[\s/,]+", plain) if _DESIGNATION.match(word)]
        if codes:
            return codes[0].replace("-", "")
    words = re.sub(r"[^\w\s]", " ", plain).split()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@lru_cache(maxsize=_REMEMBERED)
def name_node(name: str, kind: str) -> NamedNode | None:
    """Return the node of all that bear a name; None where a name is too little to know a thing by."""
    return key_node(name_key(name, kind), kind)


@lru_cache(maxsize=_REMEMBERED)
def key_node(key: str, kind: str) -> NamedNode | None:
    """Return the same of what :func:`name_key` made of a name."""
    if not key or (kind == "PERSON" and " " not in key):
        return None
    return canonical_iri(kind, key)


@lru_cache(maxsize=_REMEMBERED)
def own_node(name: str, kind: str, article_id: str) -> NamedNode:
    """Return the node of what bears a name in one article, the same in each of its versions."""
    return canonical_iri(kind, f"{name_key(name, kind)}|{article_id}")


def profile_node(key: str, kind: str, profile: str) -> NamedNode:
    """Return the node of one of several things of a name; ``profile`` is the hash of what is told of it."""
    return canonical_iri(kind, f"{key}|profile:{profile}", called=key)


@lru_cache(maxsize=_REMEMBERED)
def known_node(key: str, kind: str) -> NamedNode:
    """Return the node of a known thing: "person/lloyd-austin".

    Args:
        key: In the gazetteer or on the analyst's list, "own/mark-holt".
        kind: Its type, which counts for things of the analyst's list: that tells it, and their keys do not.
    """
    group, _, name = key.partition("/")
    told = kind if group == "own" else _KNOWN_KINDS.get(group, "MISC")
    return canonical_iri(told, f"known:{key}", called=name or key)


def nameless_node(kind: str, place: str) -> NamedNode:
    """Return the node of what has no name; ``place`` is the text version and the entity, "93f0…#e3"."""
    return canonical_iri(kind, place)
