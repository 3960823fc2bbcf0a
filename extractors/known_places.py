"""Which country, region, city or seat of power a name means.

"Paris, Texas" is not Paris. "Georgia" is the country or the state by the company it keeps. A capital that
does something, and is nowhere something happens, speaks for its government: "Moscow condemned the strike".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from functools import cache

from extractors.clusters import Cluster
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import Referring
from extractors.reader import DATELINE
from extractors.spans import end_of_marked
from extractors.words import Doc, Token
from newsgraph.gazetteer import Known, load_gazetteer, plain_name

_SAFE_DOMINANCE = 10  # times the people of the next place of its name: that one is not meant
_PLACING = frozenset(
    {"in", "at", "from", "to", "near", "outside", "into", "around", "through", "of", "over", "via", "toward"}
    | {"towards", "across", "inside", "within", "off", "north", "south", "east", "west", "for", "throughout"}
)
_STATE_WORDS = frozenset(
    {"state", "province", "region", "oblast", "canton", "emirate", "governor", "legislature"}
)
# Titles and words that only the states of the USA have.
_OF_STATES = frozenset(
    {"gov.", "gov", "sen.", "sen", "rep.", "rep", "sheriff", "republican", "democrat", "senator"}
)
_ACTING = frozenset({"nsubj", "nsubj:pass"})
_CITY_WORDS = frozenset({"city", "town", "village", "capital", "port"})
_REACH = 6  # words from a comma to the noun that says what a place is
_UNITED_STATES = "country/united-states"
_WITH_LARGE_STATES = frozenset({_UNITED_STATES, "country/canada", "country/brazil", "country/china"})


def place_meant(
    doc: Doc, cluster: Cluster, found: Sequence[Known], countries: Counter[str], regions: Set[str]
) -> Known | None:
    """Return the place that a name means.

    Args:
        doc: Where its words stand.
        cluster: All that one name, or several, refer to.
        found: What the names may mean.
        countries: Of the other things of the article, by how many.
        regions: Keys of regions that the article names.
    """
    names = [one for one in cluster.mentions if one.kind == "name"]
    cities = [one for one in found if one.kind == "city"]
    wholes = [one for one in found if one.kind in {"country", "region"}]
    others = [one for one in found if one.kind not in {"country", "region", "city"}]
    if cluster.type == "LOC" and (whole := whole_told(doc, names)) is not None:
        return _qualified(cities, whole)
    if (seat := _seat(doc, names, found)) is not None:
        return seat
    if cluster.type == "ORG":
        return _only([one for one in found if one.kind in {"country", "seat"}])
    if wholes:
        return _whole(doc, names, wholes, cities, countries, regions)
    return _city(cities, countries, regions) if cities else _only(others)


def _only(found: Sequence[Known]) -> Known | None:
    return found[0] if len(found) == 1 else None


# --- A capital that speaks --------------------------------------------------------------------------------


def _seat(doc: Doc, names: Sequence[Referring], found: Sequence[Known]) -> Known | None:
    """Return the seat of power that a capital's name means where it acts and nothing happens in it."""
    seats = [_seats()[one.key] for one in found if one.key in _seats()]
    if len(seats) != 1 or any(is_placed(doc[one.head]) for one in names):
        return None
    return seats[0] if any(_acts(doc[one.head]) for one in names) else None


@cache
def _dealing() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "dealings.txt"))


@cache
def _seats() -> dict[str, Known]:
    """Return the seats of power that are called after a city, by the city's key."""
    things = list(load_gazetteer().things.values())
    seats = {(one.country, plain_name(one.region)): one for one in things if one.kind == "seat"}
    cities = {(one.country, plain_name(one.name)): one for one in reversed(things) if one.kind == "city"}
    return {cities[place].key: seat for place, seat in seats.items() if place in cities}  # the largest one


def is_placed(noun: Token) -> bool:
    """Say whether something is in, at, from a place, and so on: by the tree, or by the word before it."""
    if noun.i > 0 and noun.nbor(-1).lower_ in _PLACING:
        return True
    first = noun
    while first.dep_ == "conj":
        first = first.head
    cases = (child for token in (noun, first) for child in token.children if child.dep_ == "case")
    return any(child.lower_ in _PLACING for child in cases)


def _acts(noun: Token) -> bool:
    first = noun
    while first.dep_ == "conj":
        first = first.head
    if first.dep_ in {"obj", "iobj"}:
        return first.head.lemma_.lower() in _dealing()
    return first.dep_ == "nsubj" and first.head.pos_ == "VERB"


# --- Countries, states, cities ----------------------------------------------------------------------------


def whole_told(doc: Doc, names: Sequence[Referring]) -> Known | None:
    """Return the state or country behind a name and a comma, or behind it in the dateline: "Paris, Texas"."""
    for one in names:
        if (whole := _behind_comma(doc, one)) is not None:
            return whole
    town, _, rest = doc.user_data.get(DATELINE, "").partition(",")
    if rest and any(plain_name(one.words(doc)) == plain_name(town) for one in names):
        return _state_or_country(rest.strip())
    return None


def _behind_comma(doc: Doc, one: Referring) -> Known | None:
    if one.end + 1 >= len(doc) or doc[one.end].text != ",":
        return None
    end = end_of_marked(doc, one.end + 1)
    # Not "Kyiv, Moldova and Georgia", nor "jailed in Antwerp, Oman's ministry said"
    is_open = end >= len(doc) or not (doc[end].lower_ in {"and", "or"} or doc[end].tag_ == "POS")
    is_open = is_open and doc[one.end + 1 : end].root.dep_ not in _ACTING
    whole = _state_or_country(doc[one.end + 1 : end].text)
    return whole if whole is not None and is_open else _country_told(doc, one.end + 1)


def _state_or_country(words: str) -> Known | None:
    gazetteer = load_gazetteer()
    found = [each for each in gazetteer.named(words) if each.kind in {"region", "country"}]
    found += [gazetteer.abbreviations[words]] if words in gazetteer.abbreviations else []
    return next((each for each in found if each.kind == "region"), found[0] if found else None)


def _country_told(doc: Doc, start: int) -> Known | None:
    """Return the country of "Santiago, the second city of the Dominican Republic", from behind the comma."""
    words = doc[start : start + _REACH]
    kind = next((token for token in words if token.lower_ in _CITY_WORDS), None)
    if words[0].lower_ not in {"the", "a"} or kind is None or kind.i + 2 >= len(doc):
        return None
    if doc[kind.i + 1].lower_ not in {"of", "in"} or doc[start : kind.i].text.count(","):
        return None
    name = doc[kind.i + 2 + (doc[kind.i + 2].lower_ == "the")] if kind.i + 3 < len(doc) else doc[kind.i + 2]
    end = name.i + 1
    while end < len(doc) and doc[end].ent_iob_ == "I":
        end += 1
    return _only([one for one in load_gazetteer().named(doc[name.i : end].text) if one.kind == "country"])


def _qualified(cities: Sequence[Known], qualifier: Known) -> Known | None:
    inside = [
        one
        for one in cities
        if one.country == qualifier.country
        and (qualifier.kind == "country" or plain_name(one.region) == plain_name(qualifier.name))
    ]
    if len(inside) > 1:
        inside = [one for one in inside if one.dominance >= _SAFE_DOMINANCE]
    return _only(inside)


def _whole(
    doc: Doc,
    names: Sequence[Referring],
    wholes: Sequence[Known],
    cities: Sequence[Known],
    countries: Counter[str],
    regions: Set[str],
) -> Known | None:
    """Return which of a country, a state and a city of one name is meant."""
    of_state = any(_is_called_a_state(doc, one) for one in names)
    states = [one for one in wholes if one.kind == "region"]
    nations = [one for one in wholes if one.kind == "country"]
    if nations and states:  # Georgia
        american = of_state or countries[_UNITED_STATES] > 0 or any(_beside_title(doc, one) for one in names)
        foreign = any(country != _UNITED_STATES for country in countries)
        if american == foreign:
            return None
        return _only(states) if american else _only(nations)
    if nations:
        return _only(nations)
    namesakes = [one for one in cities if one.is_capital or one.identifier or _is_in(one, states)]
    if not namesakes or of_state:  # a city of that name elsewhere is smaller: "Ontario"
        return _only(states)
    if all(one.country not in _WITH_LARGE_STATES for one in namesakes):
        return _only(namesakes)  # Berlin, Geneva: the state is little more than the city
    capitals = [one for one in namesakes if one.key in _seats()]  # Washington, unless with Oregon
    return _only(capitals) if not regions and all(is_placed(doc[one.head]) for one in names) else None


def _is_in(city: Known, states: Sequence[Known]) -> bool:
    """Say whether a city is in a state of its own name."""
    return any(
        city.country == one.country and plain_name(city.region) == plain_name(one.name) for one in states
    )


def _is_called_a_state(doc: Doc, one: Referring) -> bool:
    before = {doc[place].lower_ for place in range(max(0, one.start - 3), one.start)}
    after = doc[one.end].lower_ if one.end < len(doc) else ""
    return ("of" in before and bool(before & _STATE_WORDS)) or after in _STATE_WORDS


def _beside_title(doc: Doc, one: Referring) -> bool:
    return any(token.lower_ in _OF_STATES for token in doc[one.head].sent)


def _city(cities: Sequence[Known], countries: Counter[str], regions: Set[str]) -> Known | None:
    """Return the city that is meant: the one that is far larger than its namesakes, or the only one near."""
    gazetteer = load_gazetteer()
    named = {plain_name(gazetteer.things[key].name) for key in regions}
    near = [one for one in cities if plain_name(one.region) in named] or [
        one for one in cities if one.country in countries
    ]
    large = [one for one in cities if one.is_capital or one.identifier or one.dominance >= _SAFE_DOMINANCE]
    if len(cities) == 1 and large:
        return cities[0]
    if len(near) == 1:
        return near[0] if near == large or len(large) != 1 or near[0].region else None
    return _only(large) if not near or large == near else None
