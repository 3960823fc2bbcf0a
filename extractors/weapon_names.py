"""Names of weapons, aircraft, ships and military vehicles by designation: "MQ-9 Reaper", "Su-27s", "T-90M".

Expressions over the text, not patterns over tokens: the tokenizer cuts "T-90M" in two and "Buk-M1-2" in five,
but leaves "Su-27SM" whole, so that one name would need a pattern for every way in which it may be cut. A
match counts where it begins and ends with a token. The names are in lexicons/weapon_families.tsv, which
explains their forms.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from spacy.tokens import Doc, Span

from extractors.ship_names import find_ships
from extractors.weapon_codes import find_codes

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
    repeated: re.Pattern[
        str
    ]  # names that need a noun, without it, as its first group behind an article or a number
    nicknames: Mapping[str, frozenset[str]]  # by the family's name

    def __call__(self, doc: Doc, text: str) -> Iterator[Span]:
        """Yield the names in ``doc``, of this text; they may overlap, the longer one is the better one."""
        found = [
            match.span()
            for expression in (self.certain, self.beside_noun)
            for match in expression.finditer(text)
        ]
        found += [*find_ships(text), *find_codes(text, tuple(found))]
        names = {text[start:end] for start, end in found}
        known = {word for name in names for word in (*_words(name), *self._nicknames_of(name))}
        # "an MQ-9 Reaper ...": from then on "the Reaper" is one as well.
        repeated = self.repeated.finditer(text) if known else ()
        found += [match.span(1) for match in repeated if known & _words(match[1])]
        for start, end in found:
            # "expand": the full stop of "an F-16C." is part of the token "F-16C.".
            span = doc.char_span(start, end, label=PRODUCT, alignment_mode="expand")
            if span is not None and span.text.removesuffix(".") == text[start:end]:
                yield span

    def _nicknames_of(self, name: str) -> Iterator[str]:
        """Yield the words of what a name's family is called: "Backfire" of "Tu-22M3"."""
        for family, nicknames in self.nicknames.items():
            if name.startswith(family) and not name[len(family) : len(family) + 1].isdigit():
                yield from (word for nickname in nicknames for word in _words(nickname))


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


def _words(name: str) -> set[str]:
    return {word.removesuffix("s") for word in re.split(r"[\s/]|" + _HYPHEN, name)}


def build_weapon_names(families: Sequence[Family]) -> WeaponNames:
    """Return what finds the names of ``families``."""
    certain = {one.name for one in families if one.form in _CERTAIN}
    doubtful: defaultdict[str, set[str]] = defaultdict(set)
    for one in families:
        if one.form in (*_CERTAIN, "word_with_context"):
            doubtful[one.kind].update({one.name, *one.nicknames} - certain)
    nicknamed = [pair for one in families for name in one.nicknames for pair in _paired(one.name, name)]
    behind = _any_of([name for names in doubtful.values() for name in names])
    return WeaponNames(
        re.compile(f"{_BEGIN}(?:{_any_of([*certain, *nicknamed])}{_END}|{_numbered(doubtful)})"),
        re.compile(_BEGIN + _either(_before_noun(names, kind, families) for kind, names in doubtful.items())),
        re.compile(rf"{_ARTICLE}({behind}{_END})(?! [A-Z])"),
        {one.name: frozenset(one.nicknames) for one in families if one.nicknames},
    )


def _paired(name: str, nickname: str) -> tuple[str, str]:
    return f"{name} {nickname}", f"{nickname} {name}"


def _before_noun(names: Iterable[str], kind: str, families: Sequence[Family]) -> str:
    nouns = _either(_noun(one.name) for one in families if (one.form, one.kind) == ("noun", kind))
    modifiers = _either(re.escape(one.name) for one in families if one.form == "modifier")
    # "Javelin, Stinger and NLAW anti-tank missiles"
    listed = r"(?:,|,? (?:and|or)) [A-Z][\w/-]*(?: \d\w*)?"
    between = rf"(?:{listed}|[ -](?i:{modifiers})){{0,5}}"
    noun = rf"[ -](?i:{nouns})(?!\w)(?! carrier)"  # the Kitty Hawk aircraft carrier is no plane
    return (
        rf"{_any_of(names)}{_END}(?: \d{{1,3}}(?= (?i:{nouns})\b))?(?={between}{noun})"  # "Skyranger 30 guns"
    )


def _numbered(doubtful: Mapping[str, Iterable[str]]) -> str:
    """Return the expression for words that a number behind them makes names: "the smaller Skylark 3"."""
    words = {name for names in doubtful.values() for name in names if not re.search(r"\d", name)}
    behind = r"(?=[.;)]|, (?![A-Z]\w+ \d)| (?:and|or|was|is|has)\b)"  # scores go on: "Puma 3, Jaguar 1"
    return rf"{_by_letter(map(re.escape, sorted(words)))} \d{{1,3}}[A-Z]?{behind}"


def _noun(singular: str) -> str:
    if singular.endswith("y"):
        return re.escape(singular[:-1]) + "(?:y|ies)"
    return re.escape(singular) + "(?:es|s)?"


# --- How names are written -------------------------------------------------------------------------------

_CERTAIN: tuple[Form, ...] = ("designation", "word")
_HYPHEN = "[-\u2010\u2011\u2013]"
# "anti-F-16" holds a name, "AGM-F-16" and "seat F-16" do not.
_BEGIN = rf"(?=[A-Z\d])(?<![\w@.])(?<![A-Z\d]{_HYPHEN})(?<![Ss]eat )(?<![Gg]ate )"
_END = rf"s?(?!\w)(?!{_HYPHEN}?\d)(?!\.\d)"
_ARTICLE = (
    r"\b(?:[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Ii]ts|[Tt]heir|[Ee]ach|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|\d+)"
    r" (?:[a-z]+ )?"
)
# F-16C/D, Su-27SM3, S-300PMU-2, Mi-8AMTSh, T-34-85
_NUMBER_VARIANT = (
    rf"(?:[A-Z]{{1,5}}h?\d{{0,2}}[A-Z]{{0,2}})?(?:{_HYPHEN}[A-Z]?\d{{1,3}}[A-Z]?)?"
    r"(?:/(?:[A-Z]|\d{1,3}[A-Z]?)(?=s?(?![\w-])))*"
)
# Iskander-M, Fateh-360, Buk-M1-2
_WORD_VARIANT = rf"(?:{_HYPHEN}(?:[A-Z]{{1,3}}\d{{0,2}}|\d{{1,3}})(?:{_HYPHEN}\d{{1,2}})?[A-Z]?)?"
_SPELLINGS = {"Su": "S[uU]", "MiG": "M[iI][gG]", "Tu": "T[uU]", "Kh": "K[hH]"}


def _any_of(names: Iterable[str]) -> str:
    """Return the expression for names and their variants, longer names first."""
    written = map(_written, sorted(set(names), key=lambda name: (-len(name), name)))
    return rf"{_by_letter(written)}(?:(?<=\d){_NUMBER_VARIANT}|(?<!\d){_WORD_VARIANT})"


def _by_letter(written: Iterable[str]) -> str:
    """Return the expression for any of what begins with a letter or digit: few are tried in one place."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for one in written:
        rests[one[0]].append(one[1:])
    return _either(first + _either(rest) for first, rest in rests.items())


def _either(expressions: Iterable[str]) -> str:
    return f"(?:{'|'.join(expressions)})"


def _written(name: str) -> str:
    """Return the expression for a name: "MQ9", "MIG-29" and a non-breaking hyphen are found as well."""
    parts = re.split(r"([- ])", name)
    written = _SPELLINGS.get(parts[0], re.escape(parts[0]))
    for index in range(1, len(parts), 2):
        written += _joint(*parts[index - 1 : index + 2]) + re.escape(parts[index + 1])
    return written


def _joint(left: str, mark: str, right: str) -> str:
    if mark == " ":
        # "F-16C Viper", but nothing between "Wing" and "Loong"
        return (_NUMBER_VARIANT if left[-1:].isdigit() else "") + "[ \u00a0]"
    # "MQ9", but no "F16": roads have such names.
    return _HYPHEN + "?" * (len(left) > 1 and left.isalpha() and right[:1].isdigit())
