"""What the word lists say of nouns: which type of thing they stand for, which are posts, titles, bodies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import cast

from extractors.known_names import LEXICONS, rows_of
from extractors.words import Token
from newsgraph.records import EntityType

_BODIES = list(rows_of(LEXICONS / "public_bodies.tsv"))
PUBLIC_BODIES = frozenset(row[0] for row in _BODIES)
# Before "bomber" or "fighter": it is no aircraft.
_OF_MEN = frozenset(
    {
        *("suicide", "car", "truck", "rebel", "foreign", "enemy", "militant", "insurgent"),
        *("opposition", "guerrilla", "resistance", "militia", "separatist", "jihadist"),
        *("islamist", "tribal", "linked", "led", "backed", "kurdish", "taliban", "taleban"),
        *("hezbollah", "hamas", "isil", "isis", "daesh", "al-qaida", "peshmerga", "sdf", "armed"),
    }
)
# Before "service": it is a body of the state.
_SERVICES = frozenset({"customs", "intelligence", "security", "secret", "spy", "prison", "police", "border"})
_OF_TWO_WORDS = frozenset({"guard", "service", "bomber", "fighter"})
BODIES_OF_STATE = frozenset(row[0] for row in _BODIES if "state" in row[1:])


@cache
def nominal_types() -> dict[str, EntityType]:
    """Return the entity type that each noun of the word lists stands for."""
    people: dict[str, EntityType] = dict.fromkeys(minor_nouns(), "PERSON")
    things = {row[0]: cast("EntityType", row[1]) for row in rows_of(LEXICONS / "minor_nouns.tsv")}
    return (
        people | things | {row[0]: cast("EntityType", row[1]) for row in rows_of(LEXICONS / "nominals.tsv")}
    )


@cache
def minor_nouns() -> frozenset[str]:
    """Return the nouns that make nothing an entity that is called so once and does nothing."""
    files = ("person_nouns.txt", "minor_nouns.tsv")
    return frozenset(row[0] for name in files for row in rows_of(LEXICONS / name))


@cache
def body_nouns() -> frozenset[str]:
    """Return the nouns for buildings that act as bodies do: "the hospital sued"."""
    return frozenset(row[0] for row in rows_of(LEXICONS / "minor_nouns.tsv") if "body" in row[2:])


@cache
def roles_of_posts() -> dict[str, str]:
    """Return for each noun that names a post, "post" or "lead"."""
    nominals = {row[0]: row[2] for row in rows_of(LEXICONS / "nominals.tsv") if len(row) > 2}
    return {row[0]: row[1] for row in rows_of(LEXICONS / "posts.tsv")} | nominals


@cache
def words_of_posts() -> Mapping[str, frozenset[str]]:
    """Return the words of posts.toml, by kind: verbs that put somebody into a post, what is before one."""
    given = tomllib.loads((LEXICONS / "posts.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in given.items()}


@cache
def gendered_nouns() -> Mapping[str, str]:
    """Return the gender, "male" or "female", that nouns for a man or a woman tell."""
    return {row[0]: row[1] for row in rows_of(LEXICONS / "gendered_nouns.tsv")}


@cache
def titles() -> dict[str, str | None]:
    """Return the words before a person's name that are no part of it, with the gender that they tell."""
    return {row[0]: row[1] if len(row) > 1 else None for row in rows_of(LEXICONS / "person_titles.tsv")}


def _is_man(noun: Token, before: str) -> bool:
    """Say whether a bomber or fighter is somebody: a "suicide bomber", "rebel fighters", "fighters who"."""
    after = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
    return after == "who" or before in _OF_MEN


def singular(token: Token) -> str:
    """Return a noun as the word lists have it: "coastguard" of "coast guard", "agency" of "spy service"."""
    lemma = token.lemma_.lower()
    if lemma in _OF_TWO_WORDS:
        before = token.nbor(-1).lower_ if token.i > 0 else ""
        if lemma == "guard":
            return "coastguard" if before == "coast" else lemma
        if lemma == "service":
            return "agency" if before in _SERVICES else lemma
        return "attacker" if _is_man(token, before) else lemma  # no aircraft
    return lemma[:-3] + "man" if lemma.endswith("men") and lemma != "men" else lemma
