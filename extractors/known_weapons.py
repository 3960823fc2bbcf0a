"""Which family of weapons a product is, and of which it is a variant: "MQ-9 Reaper", "Su-27SM3" of the Su-27."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from extractors.known_names import LEXICONS, rows_of
from extractors.weapon_names import families_from

_CODE = re.compile(r"(?P<stem>[A-Za-z]{1,6}[-‐‑–  ]?\d{1,4})(?P<variant>\w*(?:[-/]\w+)*)")
_PLURAL = re.compile(r"(?<=[\dA-Z])s$")


def weapon_meant(names: Iterable[str]) -> tuple[str, str] | None:
    """Return the key of the weapon that all names mean that are known, and of the family that it is a variant of.

    ["MQ-9 Reaper", "Reaper"] -> ("weapon/mq-9", ""); ["Su-27SM3"] -> ("weapon/su-27sm3", "weapon/su-27")
    """
    found = {one for name in names if (one := _weapon_in(_PLURAL.sub("", name))) is not None}
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
    """Return the part of the key that each name of a family has; a nickname that two share has none."""
    kept = [one for one in families_from(rows_of(LEXICONS / "weapon_families.tsv")) if one.form not in {"noun", "modifier"}]
    coded = {one.name for one in kept if one.form == "designation"}
    found: dict[str, set[str]] = {}
    for one in kept:
        for name in one.nicknames if one.form == "designation" else ():
            found.setdefault(_plain(name), set()).add(_slug(one.name))
    shared = {name for name, keys in found.items() if len(keys) > 1}
    for one in kept:
        plain = _plain(one.name)
        if one.name in coded:
            found[plain] = {_slug(one.name)}
        elif plain not in shared:
            found.setdefault(plain, {_slug(one.name)})
    return {name: keys.pop() for name, keys in sorted(found.items()) if len(keys) == 1}


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")
