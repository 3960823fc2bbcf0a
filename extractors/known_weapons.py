"""Which family of weapons a product is, or is a variant of: "MQ-9 Reaper", "Su-27SM3" of the Su-27."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache

from extractors.known_names import LEXICONS, rows_of
from extractors.weapon_kinds import nouns_for
from extractors.weapon_names import families_from

_CODE = re.compile(r"(?P<stem>[A-Za-z]{1,6}[-‐‑–  ]?\d{1,4})(?P<variant>\w*(?:[-/]\w+)*)")
_PLURAL = re.compile(r"(?<=[\dA-Z])s$")


def weapon_meant(names: Sequence[str], nouns: Set[str]) -> tuple[str, str] | None:
    """Return the key of the weapon that the names mean, and of the family that it is a variant of.

    ["MQ-9 Reaper", "Reaper"] -> ("weapon/mq-9", ""); ["Su-27SM3"] -> ("weapon/su-27sm3", "weapon/su-27")

    Args:
        names: What it is called by.
        nouns: What else it is called, by the words beside the names: {"drone"}. A name that is a common word
            as well ("Reaper", "Patriot") needs one of its kind.
    """
    told = [
        name for name in names if _plain(_PLURAL.sub("", name)) not in _words() or nouns & nouns_for(name)
    ]
    found = {one for name in told if (one := _weapon_in(_PLURAL.sub("", name))) is not None}
    return found.pop() if len(found) == 1 else None


def _weapon_in(name: str) -> tuple[str, str] | None:
    families = _families()
    if (whole := families.get(_plain(name))) is not None:
        return f"weapon/{whole}", ""
    for match in _CODE.finditer(name):
        stem = families.get(_plain(match["stem"]))
        if stem is None:
            continue
        variant = match["variant"]
        if not variant:
            return f"weapon/{stem}", ""
        whole = families.get(_plain(match[0]))
        return (f"weapon/{whole}", "") if whole else (f"weapon/{stem}{_slug(variant)}", f"weapon/{stem}")
    return None


@cache
def _families() -> Mapping[str, str]:
    """Return the part of the key that each name of a family has.

    A nickname that has a row of its own means the designation that it belongs to, if it is only one: HIMARS
    is the M142. One that has none ("Reaper") means nothing without its designation.
    """
    rows = families_from(rows_of(LEXICONS / "weapon_families.tsv"))
    kept = [one for one in rows if one.form not in {"noun", "modifier"}]
    nicknamed: dict[str, set[str]] = {}
    for one in kept:
        for name in one.nicknames if one.form == "designation" else ():
            nicknamed.setdefault(_plain(name), set()).add(_slug(one.name))
    found: dict[str, str] = {}
    for one in kept:
        codes = (
            nicknamed.get(_plain(one.name), {_slug(one.name)})
            if one.form != "designation"
            else {_slug(one.name)}
        )
        if len(codes) == 1:
            found.setdefault(_plain(one.name), next(iter(codes)))
    return found


@cache
def _words() -> frozenset[str]:
    """Return the names that are words, people or places as well."""
    rows = families_from(rows_of(LEXICONS / "weapon_families.tsv"))
    doubtful = {_plain(one.name) for one in rows if one.form == "word_with_context"}
    return frozenset(doubtful - {_plain(one.name) for one in rows if one.form == "word"})


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
