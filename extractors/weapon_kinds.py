"""What a named weapon is called in common words: the MQ-9 "the drone", the Su-27 "the jet"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from extractors.known_names import LEXICONS, rows_of
from extractors.weapon_names import families_from

# "su27" of "Su-27SM"; a word without a number stays whole
_STEM = re.compile(r"[a-z]+\d+|\D+")


def nouns_for(name: str) -> frozenset[str]:
    """Return the nouns that may stand for a weapon of this name; none for a name that is not known.

    "MQ-9 Reaper" -> {"drone", "UAV", "aircraft", ...}
    """
    first = name.split(" ", 1)[0]
    keys = (_key(name), *([_key(first)] if any(map(str.isdigit, first)) else []))
    return next((_nouns_by_name()[key] for key in keys if key in _nouns_by_name()), frozenset())


def _key(name: str) -> str:
    plain = re.sub(r"[\W_]", "", name.lower())
    stem = _STEM.match(plain)
    return stem[0] if stem else plain


@cache
def _nouns_by_name() -> Mapping[str, frozenset[str]]:
    families = families_from(rows_of(LEXICONS / "weapon_families.tsv"))
    nouns: defaultdict[str, set[str]] = defaultdict(set)
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for one in families:
        if one.form == "noun":
            nouns[one.kind].add(one.name)
        elif one.form != "modifier":
            for name in (one.name, *one.nicknames):
                kinds[_key(name)].add(one.kind)
    return {name: frozenset().union(*(nouns[kind] for kind in of)) for name, of in kinds.items()}
