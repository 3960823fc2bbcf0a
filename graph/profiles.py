"""What an article tells of a thing that helps to know it again in other articles. Pure.

A profile is made of few words out of small stocks, so that the profiles of one thing repeat from article to
article: then they are compared once, however many articles there are. Profiles that could be of one thing
are in one block, which depends on a name's key and type alone.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import Any

from pyoxigraph import NamedNode

from graph.name_forms import SHORT, content_words, full_given, person_name, skeleton
from graph.names import key_node, name_key, name_node, profile_node
from graph.roles import role_of, roles_beside
from graph.word_lists import lines_of, pairs_of
from newsgraph.gazetteer import Known, code_of, load_gazetteer, thing_of
from newsgraph.records import Entity, EntityType, Extraction

PLACES = frozenset({"LOC", "FAC"})
VALUES = frozenset({"DATE", "MONEY"})
MAX_COUNTRIES, MAX_ROLES, MAX_TIES, MAX_OTHERS, MAX_BESIDE = 2, 2, 2, 2, 3
_REMEMBERED = 16384
_POSTS = frozenset({"holdsPostAt", "leads"})
_TIES = frozenset({"holdsPostAt", "leads", "memberOf", "partOf", "locatedIn"})
_GROUPS = {"PERSON": "person", "ORG": "body", "LOC": "place", "FAC": "place", "NORP": "people"}
_NOT_FIRST = frozenset(
    [
        "new",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "saint",
        "st",
        "city",
        "republic",
        "mount",
    ]
)


@dataclass(frozen=True)
class Profile:
    """An article's entity, as far as it can be known in other articles."""

    key: str  # graph.names.name_key of its name
    type: EntityType
    others: tuple[str, ...] = ()  # keys of its other full names and acronyms
    known: str = ""  # Entity.known
    same_as: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()  # its posts and trades
    ties: tuple[str, ...] = ()  # keys of what it belongs to, leads, lies in
    countries: tuple[str, ...] = ()  # ISO 3166: those that the article is most about, or its ties name
    beside: tuple[str, ...] = ()  # keys of things of its block that the article tells it from

    @cached_property
    def line(self) -> str:
        """The profile as the graph keeps it; see :func:`profile_of_line`."""
        told = {name: value for name in _FIELDS if (value := getattr(self, name))}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

    @cached_property
    def hash(self) -> str:
        return sha256(self.line.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @cached_property
    def _number(self) -> int:
        return int(self.hash, 16)

    def __hash__(self) -> int:
        return self._number

    @cached_property
    def node(self) -> NamedNode:
        return profile_node(self.key, self.type, self.hash)

    @cached_property
    def name_node(self) -> NamedNode | None:
        """The node of all that bear its name, if a name can be known in other articles."""
        return key_node(self.key, self.type)

    @cached_property
    def block(self) -> str:
        return block_of(self.key, self.type)


_FIELDS = tuple(field.name for field in fields(Profile))


@lru_cache(maxsize=_REMEMBERED)
def profile_of_line(line: str) -> Profile:
    """Return the profile whose ``line`` this is."""
    told: Any = json.loads(line)
    values: Any = {name: tuple(one) if isinstance(one, list) else one for name, one in told.items()}
    one = Profile(**values)
    one.__dict__["line"] = line  # which it would take longest to write again
    return one


@lru_cache(maxsize=_REMEMBERED)
def block_of(key: str, kind: EntityType) -> str:
    """Return the block of a name: the names that could be other forms of it are in the same one.

    block_of("joe biden", "PERSON") == block_of("joseph biden", "PERSON") == "person j bdn"
    block_of("united nations", "ORG") == block_of("un", "ORG") == "body nu"
    """
    group = _GROUPS.get(kind, "thing")
    words = content_words(key)
    if group == "person":
        name = person_name(key)
        first = full_given(name.given[0]) if name.given else ""
        return f"person {skeleton(first)[:1]} {skeleton(name.surname)}"
    if group == "body" and len(words) > 1:
        return f"body {''.join(sorted(word[0] for word in words))}"
    if group == "body" and len(key) <= SHORT:
        letters = key.replace("o", "", 1) if re.fullmatch("[md]o.", key) else key  # DoD, MoD: "of"
        return f"body {''.join(sorted(letters))}"
    telling = next((word for word in words if word not in _NOT_FIRST), words[0] if words else key)
    if group == "people":
        telling = telling.removesuffix("s")
    return f"{group} {telling if any(map(str.isdigit, telling)) else skeleton(telling)}"


def profiles_in(extraction: Extraction) -> Mapping[str, Profile]:
    """Return the profile of each entity of an article that could be known again, by Entity.id.

    That is what has a name, and known things without one: "Russia's defence ministry".
    """
    named = {mention.entity for mention in extraction.mentions if mention.kind == "name"}
    things = [one for one in extraction.entities if (one.id in named or one.known) and _is_knowable(one)]
    reader = _Reader(extraction)
    keys = {one.id: name_key(one.name, one.type) for one in things}
    blocks = {one.id: block_of(keys[one.id], one.type) for one in things}
    found = {}
    for one in things:
        beside = {keys[x.id] for x in things if x.id != one.id and blocks[x.id] == blocks[one.id]}
        profile = reader.profile(one, keys[one.id], sorted(beside - {keys[one.id]}))
        found[one.id] = profile_of_line(
            profile.line
        )  # the one that may be known, with all that was worked out
    return found


def _is_knowable(entity: Entity) -> bool:
    return entity.type not in VALUES and (
        bool(entity.known) or name_node(entity.name, entity.type) is not None
    )


class _Reader:
    """Finds what one article tells of its things."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._entities = {one.id: one for one in extraction.entities}
        self._told = self._countries_told()
        self._countries = self._main_countries()

    def profile(self, one: Entity, key: str, beside: Sequence[str]) -> Profile:
        if one.known:  # nothing tells more, and fewer profiles are fewer to compare
            return Profile(key, one.type, known=one.known, same_as=tuple(sorted(one.same_as)))
        ties = self._ties(one)
        own = dict.fromkeys(country for tie in ties for country in countries_in(tie))
        countries = (*own, *(self._countries if not own else ()))
        whole = thing_of(one.rolls_up_to) if one.type in PLACES and one.rolls_up_to else None
        if whole is not None:  # "Paris, Ontario"
            ties, countries = [name_key(whole.name, "LOC")], _codes(whole)
        elif one.type in PLACES:
            countries = self._country_of_place(key)
        elif country_of(key) or one.type == "NORP":
            countries = ()
        return Profile(
            key,
            one.type,
            others=self._others(one, key),
            same_as=tuple(sorted(one.same_as)),
            roles=self._roles(one) if one.type == "PERSON" else (),
            ties=tuple(ties[:MAX_TIES]),
            countries=tuple(sorted(countries[:MAX_COUNTRIES])),
            beside=tuple(beside[:MAX_BESIDE]),
        )

    def _countries_told(self) -> Counter[str]:
        """Return how often the article's names speak of each country, at least by a part of them."""
        counts: Counter[str] = Counter()
        told = {
            one.id: countries_in(name_key(one.name, one.type))
            for one in self._extraction.entities
            if one.type != "PERSON"
        }
        names = [one for one in self._extraction.mentions if one.kind == "name"]
        begins = {one.start: one for one in names}
        for mention in names:
            # Of "Lima, Ohio" the second one says where the first one is.
            wider = (
                begins.get(mention.end + 2) if self._extraction.text.startswith(", ", mention.end) else None
            )
            if wider is None or wider.type != "LOC" or not told.get(wider.entity):
                counts.update(told.get(mention.entity, ()))
        return counts

    def _main_countries(self) -> tuple[str, ...]:
        """Return the countries that the article's names speak of most, by mentions."""
        counts = self._told
        most = sorted(counts, key=lambda country: (-counts[country], country))
        return tuple(one for one in most if 2 * counts[one] > counts[most[0]])[:MAX_COUNTRIES]

    def _country_of_place(self, key: str) -> tuple[str, ...]:
        """Return in which country a place of a shared name is, as far as the article tells."""
        by_itself = {country_of(key): self._mentions_of(key)}
        told = {one: self._told[one] - by_itself.get(one, 0) for one in shared_places().get(key, ())}
        could_be = [one for one in told if told[one]]
        return tuple(sorted(could_be, key=lambda one: (-told[one], one))[:1])

    def _mentions_of(self, key: str) -> int:
        same = {one.id for one in self._extraction.entities if name_key(one.name, one.type) == key}
        return sum(one.entity in same for one in self._extraction.mentions if one.kind == "name")

    def _others(self, one: Entity, key: str) -> tuple[str, ...]:
        keys = {name_key(alias, one.type) for alias in one.aliases if name_node(alias, one.type) is not None}
        block = block_of(key, one.type)
        return tuple(
            sorted(other for other in keys - {key} if block_of(other, one.type) == block)[:MAX_OTHERS]
        )

    def _ties(self, one: Entity) -> list[str]:
        found = []
        for relation in self._extraction.relations:
            if relation.subject == one.id and relation.predicate in _TIES and not relation.negated:
                other = self._entities.get(relation.object)
                if other is not None and other.kind == "named":
                    found.append(name_key(other.name, other.type))
        return sorted(dict.fromkeys(found))

    def _roles(self, one: Entity) -> tuple[str, ...]:
        roles = [
            role_of(relation.post)
            for relation in self._extraction.relations
            if relation.subject == one.id and relation.predicate in _POSTS and relation.post
        ]
        text = self._extraction.text
        for mention in self._extraction.mentions:
            if mention.entity == one.id and mention.kind == "nominal":
                roles.append(role_of(text[mention.start : mention.end]))
            elif mention.entity == one.id and mention.kind == "name":
                roles += roles_beside(text, mention.start, mention.end)
        return tuple(sorted({role for role in roles if role})[:MAX_ROLES])


def _codes(thing: Known) -> tuple[str, ...]:
    code = code_of(thing.country)
    return (code.upper(),) if code else ()


@lru_cache(maxsize=_REMEMBERED)
def place_of_known(key: str) -> tuple[tuple[str, ...], str]:
    """Return in which country (ISO 3166) a known place is, and in which region of it, as far as is known."""
    thing = thing_of(key)
    return ((), "") if thing is None else (_codes(thing), name_key(thing.region, "LOC"))


@lru_cache(maxsize=_REMEMBERED)
def may_be_left_alone(name: str, key: str) -> bool:
    """Tell whether a name means a known thing, and for a reason is not always read as it.

    A person may be of another trade than the known one; a place or body may be another known one of its name.
    """
    meant = {one.key for one in load_gazetteer().named(name)}
    return key in meant and (key.startswith("person/") or len(meant) > 1)


def country_of(key: str) -> str | None:
    """Return the country (ISO 3166) that a name speaks of, if it is but one: "tbilisi" -> "GE"."""
    return _countries().get(key)


def countries_in(key: str) -> set[str]:
    """Return the countries that a name or a part of it speaks of: "new zealand rugby" -> {"NZ"}."""
    words = key.split()
    parts = (
        " ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)
    )
    return {country for part in parts if (country := country_of(part))}


@lru_cache(maxsize=1)
def shared_places() -> Mapping[str, Sequence[str]]:
    """Return the countries (ISO 3166) that have a place of a name, of names that several have."""
    return {name: countries.split() for name, countries in pairs_of("shared_places.tsv")}


@lru_cache(maxsize=1)
def common_names() -> Mapping[str, frozenset[str]]:
    """Return the names that many people have: "given", "surname"."""
    return {kind: frozenset(names.split()) for kind, names in pairs_of("common_names.tsv")}


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """Return the words that say what kind of body or place something is, and not whose."""
    return frozenset(word for line in lines_of("generic_words.txt") for word in line.split())


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    return dict(pairs_of("countries_of.tsv"))
