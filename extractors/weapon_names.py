"""Names of weapons, aircraft and military vehicles, found by their designations: "MQ-9 Reaper", "Su-27s", "T-90M".

Expressions over the text, not patterns over tokens: the tokenizer cuts "T-90M" in two and "Buk-M1-2" in five, but
leaves "Su-27SM" whole, so that one name would need a pattern for every way in which it may be cut. A match counts
where it begins and ends with a token. The names are in lexicons/weapon_families.tsv, which explains their forms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from spacy.tokens import Doc, Span

PRODUCT = "PRODUCT"

Form = Literal["designation", "word", "word_with_context", "noun", "modifier"]


@dataclass(frozen=True, slots=True)
class Family:
    """A row of the word list."""

    name: str
    kind: str  # uav, tank, missile, ...
    form: Form
    nicknames: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeaponNames:
    """Finds the names of weapons in a Doc."""

    certain: re.Pattern[str]  # names that need nothing beside them
    beside_noun: re.Pattern[str]  # names before a noun of their kind, which stays outside the match
    repeated: re.Pattern[str]  # names that need a noun, without it, behind an article or a number

    def __call__(self, doc: Doc) -> Iterator[Span]:
        """Yield the names in ``doc``; they may overlap, the longer one is the better one."""
        text = doc.text
        found = [
            match.span()
            for expression in (self.certain, self.beside_noun)
            for match in expression.finditer(text)
        ]
        known = {name for start, end in found for name in _singulars(text[start:end])}
        # "an MQ-9 Reaper ...": from then on "the Reaper" is one as well.
        found += [match.span() for match in self.repeated.finditer(text) if known & _singulars(match[0])]
        for start, end in found:
            if span := doc.char_span(start, end, label=PRODUCT):
                yield span


def families_from(rows: Iterable[Sequence[str]]) -> list[Family]:
    """Return the rows of the word list as records.

    Raises:
        ValueError: If a row lacks a column or has an unknown form.
    """
    return [_family(row) for row in rows]


def _family(row: Sequence[str]) -> Family:
    if len(row) < 3 or row[2] not in get_args(Form):
        raise ValueError(f"not a weapon's row: {row}; forms: {', '.join(get_args(Form))}")
    nicknames = tuple(row[3].split("|")) if len(row) > 3 else ()
    return Family(row[0], row[1], cast("Form", row[2]), nicknames)


def build_weapon_names(families: Sequence[Family]) -> WeaponNames:
    certain = [one for one in families if one.form in ("designation", "word")]
    nicknamed = [one for one in families if one.form == "word_with_context" and one.nicknames]
    doubtful = _doubtful_names(families)
    everyone = sorted({name for names in doubtful.values() for name in names})
    alternatives = [*map(_named, certain), *map(_named_and_nicknamed, nicknamed)]
    return WeaponNames(
        re.compile(_BEGIN + _any_of(alternatives) + _END),
        re.compile("|".join(_before_noun(families, kind, names) for kind, names in doubtful.items())),
        re.compile(f"{_AFTER_ARTICLE}{_any_of(map(_written, everyone))}{_END}(?! [A-Z])"),
    )


def _doubtful_names(families: Sequence[Family]) -> dict[str, list[str]]:
    """Return for each kind the names that count only beside a noun: nicknames are among them."""
    certain = {one.name for one in families if one.form in ("designation", "word")}
    names: defaultdict[str, set[str]] = defaultdict(set)
    for one in families:
        if one.form == "word_with_context":
            names[one.kind].add(one.name)
        names[one.kind].update(one.nicknames)
    return {kind: sorted(found - certain) for kind, found in sorted(names.items()) if found - certain}
