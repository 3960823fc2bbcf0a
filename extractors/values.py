"""Amounts that belong to a relation: "killed at least 12 people", "the $32 million drone", "for €1.2bn".

Only what hangs on the relation's own word or stands in a party's phrase belongs to it; what stands in another
clause is that clause's. No amount is better than a wrong one: ages, dates, measures, ranges, "dozens" and
numbers that are part of a name are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from extractors.frames import load_frames
from extractors.known_names import LEXICONS, rows_of
from extractors.money import MONEY
from extractors.words import Doc, Token
from newsgraph.records import ValueKind

Bound = Literal["exact", "at least", "at most", "about"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount at tokens ``[start, end)``: its number with the unit, without the words of its bound."""

    kind: ValueKind
    amount: float
    unit: str  # of money the ISO 4217 code, of a count the noun's lemma, singular ("soldier", "person")
    start: int
    end: int
    bound: Bound = "exact"


# What hangs on a verb and takes part in what it tells; of "obl" and "nmod" only with these prepositions, as
# "in 12 towns" tells where, and "of 20" whose.
_CORE = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "obj", "iobj"})
_TAKEN = frozenset({"with", "by", "against", "for", "to", "at", "on", "into", "onto", "toward", "towards"})
_NOT_PAID = frozenset({"from", "since", "after", "before", "until"})
_IN_THE_PHRASE = frozenset({"compound", "nummod", "amod", "det", "flat", "nmod:desc", "nmod:unmarked", "dep"})
_OF_THE_PHRASE = frozenset({"of", "for", "at"})  # "a fine of $5m", "a contract for $5m"
_COLLECTIVES = frozenset(
    {
        *("group", "total", "fleet", "barrage", "series", "number", "crowd", "team", "batch", "salvo"),
        *("force", "wave", "swarm", "volley", "gang", "band", "squad", "crew", "delegation", "contingent"),
        "convoy",
    }
)
_ALIKE = frozenset({"aircraft", "spacecraft", "personnel", "staff", "crew", "police", "infantry", "cattle"})
_JOINS = frozenset({"to", "and", "or", "-", "–", "—"})
_NOT_COUNTED = frozenset({"no", "no.", "nos.", "number", "top", "#", "/", "first", "last", "next", "past"})
_NAMING = frozenset({"compound", "flat", "nmod:desc"})
_PER = frozenset({"a", "an", "per", "each", "apiece"})
_HYPHENS = frozenset("-–—")


def values_at(doc: Doc, verb: int, parties: Sequence[int]) -> list[Amount]:
    """Return the amounts that belong to a relation, in text order.

    Args:
        doc: With trees, lemmas and names.
        verb: The token that carries the relation: a verb, or a noun such as "meeting".
        parties: The head tokens of its subject's and its object's phrases.
    """
    words = _carriers(doc, doc[verb], parties)
    heads = [head for word in words for head in _arguments(word)]
    heads += [doc[party] for party in parties] + [word for word in words if word.pos_ == "NOUN"]
    found: dict[tuple[int, int], Amount] = {}
    for head in _with_joined(heads):
        for one in (*_money_in(head), *_counts_in(head)):
            found.setdefault((one.start, one.end), one)
    return [found[place] for place in sorted(found)]


def _carriers(doc: Doc, word: Token, parties: Sequence[int]) -> list[Token]:
    """Return the word and, of "launched an attack", its other half: they share what hangs on them."""
    holders = {doc[party].head.i for party in parties}
    if word.pos_ == "NOUN":
        governor = word.head
        is_light = governor.pos_ == "VERB" and word.dep_ in {"obj", "obl", "nsubj:pass"}
        return [word, governor] if is_light and governor.i in holders else [word]
    nouns = [child for child in word.children if child.dep_ == "obj"]
    own = [noun for noun in nouns if noun.i in holders and noun.i not in parties]
    light = {
        one for frame in load_frames().lights if word.lemma_.lower() in frame.lemmas for one in frame.nouns
    }
    return [word, *own, *(noun for noun in nouns if noun not in own and noun.lemma_.lower() in light)]


def _arguments(word: Token) -> Iterator[Token]:
    for child in word.children:
        if child.dep_ in _CORE:
            yield child
        elif child.dep_.startswith("obl") or (word.pos_ == "NOUN" and child.dep_ == "nmod"):
            cases = _cases(child)
            if (_is_money(child) and not cases & _NOT_PAID) or cases & _TAKEN:
                yield child


def _cases(token: Token) -> set[str]:
    return {child.lower_ for child in token.children if child.dep_ == "case"}


def _with_joined(heads: Sequence[Token]) -> Iterator[Token]:
    """Yield the heads and what is joined to them; joined verbs have amounts of their own."""
    waiting, seen = list(heads), set[int]()
    while waiting:
        head = waiting.pop()
        if head.i in seen or (head.pos_ in {"VERB", "AUX"} and head.dep_ == "conj"):
            continue
        seen.add(head.i)
        yield head
        waiting.extend(child for child in head.children if child.dep_ == "conj")
        if head.lemma_.lower() in _COLLECTIVES:
            waiting.extend(_members(head))


def _members(head: Token) -> Iterator[Token]:
    return (child for child in head.children if child.dep_ == "nmod" and _cases(child) == {"of"})


# --- Money


def _is_money(token: Token) -> bool:
    return bool(token.ent_type_ == MONEY)


def _money_in(head: Token) -> Iterator[Amount]:
    for token in _money_roots(head):
        start, end = _name_around(token)
        read = money_of(token.doc[start:end].text)
        is_other = _is_rate_or_weight(token.doc, start, end) or _is_range(token.doc, start, end)
        if read is not None and not is_other:
            yield Amount("money", *read, start, end, _bound(token.doc, start, end, end))


def _money_roots(head: Token) -> Iterator[Token]:
    if _is_money(head):
        yield head
        return
    if _is_measure(head):
        return
    for child in head.children:
        if _is_money(child):
            if child.dep_ in _IN_THE_PHRASE or (child.dep_ == "nmod" and _cases(child) <= _OF_THE_PHRASE):
                yield child
        elif child.lower_ == "worth":
            yield from (one for one in child.children if _is_money(one) and one.i > child.i)


def _name_around(token: Token) -> tuple[int, int]:
    """Return the tokens of the name that a token is part of."""
    doc, start, end = token.doc, token.i, token.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return start, end


def _is_rate_or_weight(doc: Doc, start: int, end: int) -> bool:
    """Tell "$15 an hour" and "5 million pounds of beef" from sums."""
    behind = doc[end].lower_ if end < len(doc) else ""
    return behind in _PER or (behind == "of" and doc[end - 1].lower_ == "pounds")


def _is_range(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a sum is one end of "between $5m and $6m", "$5m to $6m"."""
    behind = end + 1 < len(doc) and doc[end].lower_ in _JOINS and _is_money(doc[end + 1])
    ahead = start > 1 and doc[start - 1].lower_ in _JOINS and _is_money(doc[start - 2])
    if not (behind or ahead):
        return False
    join = doc[end].lower_ if behind else doc[start - 1].lower_
    first = start if behind else _name_around(doc[start - 2])[0]
    return join != "and" or (first > 0 and doc[first - 1].lower_ == "between")


_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{2,3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_SHORT_SCALES = {
    **dict.fromkeys(("k", "K"), 1e3),
    **dict.fromkeys(("m", "M", "mil", "mn"), 1e6),
    **dict.fromkeys(("b", "B", "bn", "bil"), 1e9),
    **dict.fromkeys(("tn", "trn"), 1e12),
}
_SHORT = re.compile(rf"({_DIGITS})[\s-]?({'|'.join(sorted(_SHORT_SCALES, key=len)[::-1])})")


def money_of(words: str) -> tuple[float, str] | None:
    """Return amount and ISO 4217 code of a sum, or None where it is a range or the currency is not certain.

    money_of("US$1.5bn") -> (1500000000.0, "USD")
    """
    words = " ".join(words.split()).rstrip(".")
    for unit, code in _money_units():
        for number in (_without(words, unit, at_end=False), _without(words, unit, at_end=True)):
            if number is not None:
                amount = _scaled(number)
                return (amount, code) if amount and code else None
    return None


def _without(words: str, unit: str, *, at_end: bool) -> str | None:
    """Return the words without the unit that they begin or end with, if they do, as a word of its own."""
    rest = words.removesuffix(unit) if at_end else words.removeprefix(unit)
    if rest in {words, ""} or (rest[-1] if at_end else rest[0]).isalpha():
        return None
    return rest.strip()


def _scaled(words: str) -> float | None:
    if match := _SHORT.fullmatch(words):
        number = number_of(match[1])
        return None if number is None else number * _SHORT_SCALES[match[2]]
    return number_of(re.sub(rf"^({_DIGITS})-(?=[a-z])", r"\1 ", words))


@cache
def _money_units() -> tuple[tuple[str, str], ...]:
    """Return the units as written, each with its code ("" where it is not certain), the longest first."""
    codes: dict[str, str] = {}
    for written, code in rows_of(LEXICONS / "money_units.tsv"):
        codes[written] = code
        if written[-3:].islower():  # a word, not a sign
            codes[f"{written}s"] = code
    for written, *rest in rows_of(LEXICONS / "currencies.tsv"):
        codes.setdefault(written.rstrip("?"), rest[0] if rest else "")
    codes |= {code: code for code in codes.values() if code}
    return tuple(sorted(codes.items(), key=lambda row: (-len(row[0]), row[0])))


# --- Counts


def _counts_in(head: Token) -> Iterator[Amount]:
    if head.pos_ == "NUM":
        yield from _part_counted(head)
    elif head.pos_ in {"NOUN", "PROPN"} and not _is_measure(head):
        for numeral in head.children:
            if numeral.dep_ == "nummod" and numeral.i < head.i and _agree(numeral, head):
                yield from _counted(numeral, head)


def _part_counted(numeral: Token) -> Iterator[Amount]:
    """Yield the count of "20 of the soldiers"."""
    for noun in _members(numeral):
        if noun.tag_ == "NNS" and numeral.i < noun.i and not _is_measure(noun):
            yield from _counted(numeral, noun)


def _agree(numeral: Token, noun: Token) -> bool:
    """Tell whether a noun is in the number that its numeral asks for: not in "the 20 mark"."""
    is_plural = noun.tag_ in {"NNS", "NNPS"} or re.search(r"[0-9]s$", noun.text) is not None  # "F-16s"
    return is_plural or numeral.lower_ in {"one", "1"} or noun.lemma_.lower() in _ALIKE


def _counted(numeral: Token, noun: Token) -> Iterator[Amount]:
    doc = noun.doc
    start, end = _number_around(numeral, noun)
    amount = number_of(doc[start:end].text)
    if amount and amount.is_integer() and not _is_no_count(doc, start, end):
        yield Amount("count", amount, _unit(noun), start, noun.i + 1, _bound(doc, start, end, noun.i + 1))


def _number_around(numeral: Token, noun: Token) -> tuple[int, int]:
    """Return the tokens of the whole number that a numeral is part of: "a hundred and twenty"."""
    doc, start, end = noun.doc, numeral.i, numeral.i + 1
    while start > numeral.sent.start and _may_be_of_number(doc[start - 1]):
        start -= 1
    while end < noun.i and _may_be_of_number(doc[end]):
        end += 1
    while start < numeral.i and number_of(doc[start:end].text) is None:
        start += 1
    return start, end


def _may_be_of_number(token: Token) -> bool:
    return token.pos_ == "NUM" or token.lower_ in NUMBER_WORDS or token.lower_ in {"and", "-", "half"}


def _is_no_count(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a number is a name's, a year, an end of a range, or the first half of "two-man"."""
    number = doc[start:end]
    if any(token.ent_type_ or (token.is_title and not token.is_sent_start) for token in number):
        return True  # "the Five Eyes"
    if re.fullmatch(r"(?:19|20)[0-9]{2}", number.text):
        return True  # "the 2023 elections"
    if doc[end].text in _HYPHENS or doc[end].lower_ in {"to", "or", "and"}:
        return doc[end : end + 2].text.lower() not in {"or more", "or so", "or over", "or fewer", "or less"}
    return start > number.sent.start and _spoils(doc, start)


def _spoils(doc: Doc, start: int) -> bool:
    """Tell whether the word in front makes a number something else than a count."""
    before = doc[start - 1]
    if before.text in _HYPHENS or before.lower_ in _NOT_COUNTED:
        return True
    if (
        before.lower_ in _JOINS
        and start > 1
        and doc[start - 2].pos_ == "NUM"
        and not _is_money(doc[start - 2])
    ):
        return True
    # "Boeing 737 jets", but not "sold Lund 20 jets"
    return before.pos_ == "PROPN" and start <= before.head.i and before.dep_ in _NAMING


def _is_measure(noun: Token) -> bool:
    return noun.lemma_.lower() in _measures() or noun.lower_ in _measures()


@cache
def _measures() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "measures.txt"))


def _unit(noun: Token) -> str:
    lemma = noun.lemma_.lower()
    if lemma == "people":
        return "person"
    if noun.pos_ == "PROPN" and re.search(r"[^s’']s$", lemma):  # "F-16s": the lemma of a name is the name
        return lemma[:-1]
    return lemma


# --- How exactly it is meant


@cache
def _bounds() -> dict[tuple[str, ...], tuple[Bound, str]]:
    """Return the words of lexicons/bounds.tsv, each with its bound and whether it stands before or behind."""
    bounds: dict[tuple[str, ...], tuple[Bound, str]] = {}
    for words, bound, where in rows_of(LEXICONS / "bounds.tsv"):
        known: Bound = next(one for one in get_args(Bound) if one == bound)
        bounds[tuple(words.split())] = (known, where)
    return bounds


def _bound(doc: Doc, start: int, number_end: int, end: int) -> Bound:
    """Return how exactly the amount at ``[start, end)`` is meant, by the longest words that say so."""
    for size in (3, 2, 1):
        words = tuple(token.lower_ for token in doc[max(start - size, 0) : start])
        bound, where = _bounds().get(words, ("exact", ""))
        if where == "before" and not (size == 1 and _is_preposition_of(doc[start - 1], doc[end - 1])):
            return bound
    for place in (number_end, end):
        bound, where = _bounds().get(tuple(token.lower_ for token in doc[place : place + 2]), ("exact", ""))
        if where == "behind":
            return bound
    return "exact"


def _is_preposition_of(token: Token, noun: Token) -> bool:
    """Tell "flew over 20 islands" from "sank over 20 ships"."""
    return token.dep_ == "case" and token.head == noun and _cases(noun) == {token.lower_}


# --- Numbers in words

_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {
    **{word: number for number, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
}
_SCALES = {
    "dozen": 12.0,
    "thousand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
}
NUMBER_WORDS = frozenset({*_SMALL, *_SCALES, "hundred", "a", "an"})


def number_of(words: str) -> float | None:
    """Return the number that words tell, or None where a word does not belong to it.

    number_of("a hundred and five") -> 105.0; "1.2 million", "half a dozen"; None: "several hundred", "2 to 3"
    """
    words = words.lower()
    if match := re.fullmatch(r"half an? (\w+)", words):
        return _SCALES[match[1]] / 2 if match[1] in _SCALES else None
    if match := re.fullmatch(r"(\w+) and a half(?: (\w+))?", words):
        whole, scale = number_of(match[1]), _SCALES.get(match[2] or "", 0.0 if match[2] else 1.0)
        return (whole + 0.5) * scale if whole and whole < 100 and scale else None
    words = re.sub(r"\b(hundred|thousand|million) and ", r"\1 ", words)
    return _sum_of(re.split(r"\s+|(?<=[a-z])\s*-\s*(?=[a-z])", words))


def _sum_of(words: Sequence[str]) -> float | None:
    """Add the parts up; each must fit below the one before, as "five" does in "twenty-five"."""
    total, group = 0.0, 0.0
    room, scale = math.inf, math.inf  # what the next part, the next scale must stay below
    for place, word in enumerate(words):
        if word == "hundred" and 0 < group < 100:
            group, room = group * 100, 100
        elif word in _SCALES and group and _SCALES[word] < scale:
            total, group, room, scale = total + group * _SCALES[word], 0.0, 1000, _SCALES[word]
        else:
            part = _part(word, is_first=place == 0 and len(words) > 1)
            if part is None or part >= room:
                return None
            group, room = group + part, 10 if word in _TENS else 1
    return total + group if total + group < math.inf else None


def _part(word: str, *, is_first: bool) -> float | None:
    if re.fullmatch(_DIGITS, word):
        return float(word.replace(",", ""))
    return 1.0 if word in {"a", "an"} and is_first else _SMALL.get(word)
