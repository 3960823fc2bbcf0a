"""Ministries by the way they are named, and who speaks for a government without a name of their own.

"Russian Foreign Ministry", "Ministry of Defence of Ukraine", "Poland's interior ministry"; "Russian
officials" are no one in particular, but a query may count them for the Russian government.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from extractors.clusters import Cluster
from extractors.nouns import singular
from extractors.words import Doc, Token
from newsgraph.gazetteer import Known, code_of, government_of, load_gazetteer, plain_name, thing_of

_GOVERNMENTS = frozenset({"government"})
_FOR_GOVERNMENTS = frozenset(
    {
        "official",
        "authority",
        "diplomat",
        "minister",
        "ministry",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "military",
    }
    | {
        "envoy",
        "ambassador",
        "negotiator",
        "administration",
        "army",
        "force",
        "troop",
        "police",
        "regulator",
        "cabinet",
        "navy",
        "coastguard",
        "embassy",
        "consulate",
    }
)
_MODIFYING = frozenset({"amod", "compound", "nmod:poss", "nmod", "nmod:desc"})


def body_by_pattern(doc: Doc, cluster: Cluster, countries: Counter[str]) -> Known | None:
    """Return the ministry that a name means: its field, its country in the name, before it or around it."""
    for name in sorted(cluster.forms(doc), key=lambda form: (-len(form.split()), form)):
        read = _ministry_in(plain_name(name))
        if read is None:
            continue
        field, country = read
        if not country:
            before = {_country_before(doc, one.start) for one in cluster.mentions if one.kind == "name"} - {
                ""
            }
            told = before or (set(countries) if len(countries) == 1 else set())
            country = told.pop() if len(told) == 1 else ""
        return thing_of(f"ministry/{code_of(country)}/{field}") if country else None
    return None


@cache
def _fields() -> Mapping[str, str]:
    """Return the field of government that each word for one means."""
    return {plain_name(word): field for word, field in load_gazetteer().fields.items()}


@cache
def _expressions() -> tuple[re.Pattern[str], ...]:
    fields = "|".join(sorted(map(re.escape, _fields()), key=len, reverse=True))
    return (
        re.compile(rf"(?:(?P<of>.+?)(?:'s)? )?(?P<field>{fields}) (?:ministry|department)"),
        re.compile(
            rf"(?:(?P<of>.+?)(?:'s)? )?(?:ministry|department) (?:of|for) (?:the )?(?P<field>{fields})"
        ),
        re.compile(
            rf"(?:ministry|department) (?:of|for) (?:the )?(?P<field>{fields}) (?:of|in) (?:the )?(?P<of>.+)"
        ),
    )


def _ministry_in(plain: str) -> tuple[str, str] | None:
    """Return field and country ("" where none is named) of a ministry's name."""
    for expression in _expressions():
        if (match := expression.fullmatch(plain)) is not None:
            country = _country_called(match["of"]) if match["of"] else ""
            if match["of"] and not country:
                return None
            return _fields()[match["field"]], country
    return None


def _country_called(name: str) -> str:
    """Return the country of a name or a nationality: "Ukraine's", "Ukrainian"; "" for none, or several."""
    gazetteer = load_gazetteer()
    if (key := gazetteer.people.get(plain_name(name))) is not None:
        return key if key.startswith("country/") else ""
    found = [one.key for one in gazetteer.named(name) if one.kind == "country"]
    return found[0] if len(found) == 1 else ""


def _country_before(doc: Doc, start: int) -> str:
    while start > 0 and (doc[start - 1].tag_ == "POS" or doc[start - 1].text in {"'s", "’s"}):
        start -= 1
    end = start
    while start > 0 and doc[start - 1].ent_type_ in {"NORP", "LOC"}:
        start -= 1
        if doc[start].ent_iob_ == "B":
            break
    return _country_called(doc[start:end].text) if start < end else ""


def government_spoken_for(doc: Doc, cluster: Cluster, owners: Mapping[int, str]) -> tuple[str, str]:
    """Return what a thing without a name is, and whose government it may be counted for; "" for neither.

    Args:
        doc: Where its words stand.
        cluster: The thing.
        owners: The names of the places that pronouns mean, by their words.
    """
    for one in cluster.mentions:
        noun = doc[one.head]
        if one.kind != "nominal" or singular(noun) not in _GOVERNMENTS | _FOR_GOVERNMENTS:
            continue
        countries = {
            _country_called(owners[child.i]) if child.i in owners else _country_of(doc, child)
            for child in noun.children
            if child.dep_ in _MODIFYING
        } - {""}
        if len(countries) != 1:
            continue
        country = countries.pop()
        government = government_of(country)
        if singular(noun) in _GOVERNMENTS:
            return government, country
        start = one.start + (one.start in owners)  # "its defence ministry"
        words = plain_name(doc[start : one.end].text)
        read = _ministry_in(words) if singular(noun) == "ministry" else None
        known = thing_of(f"ministry/{code_of(country)}/{read[0]}") if read is not None else None
        return (known.key, known.rolls_up_to) if known is not None else ("", government)
    return "", ""


def _country_of(doc: Doc, child: Token) -> str:
    """Return the country that a word before a noun names: "Russian", "U.S.", "Ukraine's"."""
    if child.ent_type_ not in {"NORP", "LOC"}:
        return ""
    start, end = child.i, child.i + 1
    while start > 0 and doc[start].ent_iob_ == "I":
        start -= 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return _country_called(doc[start:end].text)
