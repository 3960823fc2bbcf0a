"""The things known beforehand, from the lists in known/: countries, cities, bodies, firms, people in office.

The lists say where each of them comes from. Pure once they are read. Which of them a name in an article means
is decided in extractors/linking.py; the graph tells by them what stands for what.

A key names a thing for good: country/ukraine, city/ua/703448, ministry/ua/defence, person/lloyd-austin. A
Wikidata identifier stands only where it is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from newsgraph.accents import without_accents

WIKIDATA = "http://www.wikidata.org/entity/"
_PLACES = ("countries.tsv", "regions.tsv")
_BODIES = (
    "lands.tsv",
    "organisations.tsv",
    "media.tsv",
    "state_bodies.tsv",
    "movements.tsv",
    "companies.tsv",
)
_PEOPLE = ("officials.tsv", "us_politicians.tsv", "leaders.tsv")
# What speaks and acts for a government; parliaments, courts and banks stand for their country alone.
_OF_GOVERNMENTS = frozenset({"ministry", "force", "service", "seat"})


@dataclass(frozen=True, slots=True)
class Term:
    """A post and when it is held. Days are ISO 8601, cut off where they are not known: "2013", "2020-03"."""

    post: str  # "defence secretary"
    of: str  # key of the country, region or body
    first: str
    last: str  # "" while it lasts

    def covers(self, day: str) -> bool:
        """Say whether the post is held on a day; at the borders a part that is not known counts as held."""
        begun = self.first[: len(day)] <= day[: len(self.first)]
        return begun and (not self.last or day[: len(self.last)] <= self.last)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A thing known beforehand."""

    key: str
    name: str
    identifier: str = ""  # of Wikidata, "Q212"; "" where none is certain
    names: tuple[str, ...] = ()  # all that mean it by themselves
    weak: tuple[
        str, ...
    ] = ()  # names that mean it only beside something else of its country, or its own name
    country: str = ""  # key of the country that it is in or belongs to
    rolls_up_to: str = ""  # key of the thing that a query may count it for
    terms: tuple[Term, ...] = ()
    doubtful: bool = False  # many bear its name: needs a post or a place beside it
    region: str = ""  # of a city, the name of its state or province
    dominance: int = 0  # of a city: how many times as large as the next place of its name
    is_capital: bool = False

    @property
    def kind(self) -> str:
        return self.key.partition("/")[0]

    @property
    def same_as(self) -> tuple[str, ...]:
        return (WIKIDATA + self.identifier,) if self.identifier else ()


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All known things, by key and by name."""

    things: Mapping[str, Known]
    strong: Mapping[str, tuple[Known, ...]]  # by plain name
    weak: Mapping[str, tuple[Known, ...]]
    surnames: Mapping[str, tuple[Known, ...]]  # people by the plain last word of their names
    people: Mapping[str, str]  # plain nationality ("ukrainian") -> key of the country; none that two share
    fields: Mapping[str, str]  # "foreign affairs" -> "foreign"
    abbreviations: Mapping[str, Known]  # "Ala.", as it stands behind a town and a comma

    def named(self, name: str) -> tuple[Known, ...]:
        """Return what a name means by itself: none, one, or several."""
        return self.strong.get(plain_name(name), ())


@lru_cache(maxsize=32768)
def plain_name(name: str) -> str:
    """Return what names are compared by: small letters without accents, full stops, article, possessive.

    plain_name("the U.S. Defense Department's") -> "us defense department"
    """
    if name.isascii() and name.isalpha():
        return name.lower()  # most are so, and there are many
    text = name if name.isascii() else without_accents(name.translate(_LETTERS))
    text = _POSSESSIVE.sub("", text.casefold().replace(".", ""))
    text = _INITIALS.sub(r"\1", " ".join(_BETWEEN.sub(" ", text).split()))
    return text.removeprefix("the ")


_POSTAL = 2  # letters by which the post calls a state
_POSSESSIVE = re.compile(r"'s?$")
_INITIALS = re.compile(r"\b(\w) (?=\w\b)")  # "H. W." as "H.W."
_BETWEEN = re.compile(r"[^\w+&/']")
_LETTERS = str.maketrans(
    {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "ı": "i", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)


@cache
def load_gazetteer() -> Gazetteer:
    """Return all lists together, read once."""
    places = {one.key: one for one in _places()}
    codes = dict(_codes())
    things = dict(places)
    for one in (*_governments(places.values()), *_seats(codes), *_cities(codes), *_bodies(codes)):
        things[one.key] = one
    things |= {one.key: one for one in _people(codes)}
    strong = _index((name, one) for one in things.values() for name in one.names)
    weak = _index((name, one) for one in things.values() for name in one.weak)
    surnames = _index(
        (plain_name(one.name).split(" ")[-1], one) for one in things.values() if one.kind == "person"
    )
    nationalities, abbreviations = _nationalities(things.values()), dict(_abbreviations(codes, things))
    return Gazetteer(things, strong, weak, surnames, nationalities, dict(_fields()), abbreviations)


def thing_of(key: str) -> Known | None:
    """Return the known thing of a key; None if it is in no list (an analyst's own, a weapon)."""
    found = load_gazetteer().things.get(key)
    return found if found is not None else ministry(key)


def state_of(short: str) -> Known | None:
    """Return the state or province of North America that letters behind a town mean: "Ala.", "AL", "Al"."""
    gazetteer = load_gazetteer()
    if len(short) == _POSTAL and short.isalpha() and short[0].isupper() and short != "DC":
        of_states = (gazetteer.things.get(f"region/{land}-{short.lower()}") for land in ("us", "ca"))
        return next((one for one in of_states if one is not None), None)
    return gazetteer.abbreviations.get(short)


def ministry(key: str) -> Known | None:
    """Return a ministry that is named after its field and country, by its key: ministry/ua/interior."""
    kind, _, rest = key.partition("/")
    code, _, field = rest.partition("/")
    gazetteer = load_gazetteer()
    country = gazetteer.things.get(dict(_codes()).get(code, ""))
    if kind != "ministry" or country is None or field not in gazetteer.fields.values():
        return None
    shown = "foreign affairs" if field == "foreign" else field.replace("-", " ")
    name = f"Ministry of {shown.title()} ({country.name})"
    return Known(key, name, country=country.key, rolls_up_to=government_of(country.key))


def government_of(country: str) -> str:
    """Return the key of a country's government."""
    return country.replace("country/", "government/", 1)


@cache
def code_of(country: str) -> str:
    """Return the code of a country's key: "country/ukraine" -> "ua"."""
    return next((code for code, key in _codes() if key == country), "")


# --- The lists --------------------------------------------------------------------------------------------


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a list by column: its first line that is no comment names the columns."""
    text = files("newsgraph").joinpath("known", name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]
    columns = lines[0]
    return tuple(
        dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)) for cells in lines[1:]
    )


@cache
def _codes() -> tuple[tuple[str, str], ...]:
    return tuple((row["code"], row["key"]) for name in _PLACES for row in rows(name))


def _places() -> Iterator[Known]:
    own = {row["code"]: row for row in rows("country_names.tsv")}
    codes = dict(_codes())
    for row in rows("countries.tsv"):
        more = own.get(row["code"], {})
        names, weak = _names(row["name"], row["aliases"], more.get("aliases", ""))
        yield Known(row["key"], row["name"], row["identifier"], names, weak, row["key"])
        if people := _list(row["people"], more.get("people", "")):
            yield _people_of(row["key"], people)
    for row in rows("regions.tsv"):
        country = codes.get(row["country"], "")
        names, weak = _names(row["name"], row["aliases"])
        yield Known(row["key"], row["name"], row["identifier"], names, weak, country, country)
        if own.get(row["code"], {}).get("people"):
            yield _people_of(row["key"], _list(own[row["code"]]["people"]), country)


def _people_of(place: str, people: tuple[str, ...], country: str = "") -> Known:
    key = f"people/{place.partition('/')[2]}"
    plural = next((name for name in people if name.endswith("s") and name[:-1] in people), people[0])
    names = (*people, *(f"{name} people" for name in people))
    return Known(key, plural, names=names, country=country or place, rolls_up_to=place)


def _governments(places: Iterable[Known]) -> Iterator[Known]:
    peoples = {one.rolls_up_to: one for one in places if one.kind == "people"}
    for one in places:
        if one.kind != "country":
            continue
        called = [name for name in peoples[one.key].names if " " not in name] if one.key in peoples else []
        names = [f"{name} government" for name in called]
        names += [f"{form} {name}" for name in one.names for form in ("government of", "government of the")]
        names += [f"{name} government" for name in one.names]
        name = f"{one.name} (government)"
        yield Known(government_of(one.key), name, names=tuple(names), country=one.key, rolls_up_to=one.key)


def _seats(codes: Mapping[str, str]) -> Iterator[Known]:
    for row in rows("seats.tsv"):
        names, weak = _names(row["name"], row["aliases"])
        country = codes[row["country"]]
        # A capital's name is first of all the city's: linking says when it speaks.
        own = () if row["city"] else names
        yield Known(
            row["key"], row["name"], "", own, weak, country, government_of(country), region=row["city"]
        )


def _cities(codes: Mapping[str, str]) -> Iterator[Known]:
    more = {(row["name"], row["country"]): row for row in rows("city_names.tsv")}
    taken: set[tuple[str, str]] = set()
    for row in rows("cities.tsv"):
        place = row["name"], row["country"]
        extra = more.get(place, {}) if place not in taken else {}  # the largest of that name comes first
        taken.add(place)
        names, weak = _names(row["name"], extra.get("aliases", ""))
        country = codes[row["country"]]
        yield Known(
            row["key"],
            row["name"],
            extra.get("identifier", ""),
            names,
            weak,
            country,
            country,
            region=row["region"],
            dominance=int(row["dominance"]),
            is_capital=row["capital"] == "yes",
        )


def _bodies(codes: Mapping[str, str]) -> Iterator[Known]:
    for name in _BODIES:
        for row in rows(name):
            names, weak = _names(row["name"], row["aliases"])
            country = codes.get(row.get("country", ""), "")
            kind = row["key"].partition("/")[0]
            whole = row.get("whole", "")
            if not whole and kind in _OF_GOVERNMENTS:
                whole = government_of(country)
            elif not whole and kind in {"parliament", "court", "bank"}:
                whole = country
            yield Known(row["key"], row["name"], row["identifier"], names, weak, country, whole)


def _people(codes: Mapping[str, str]) -> Iterator[Known]:
    taken: set[str] = set()  # names; the lists made from others tell of some that the first one has
    for name in _PEOPLE:
        own: set[str] = set()
        for row in rows(name):
            marked = row["name"].startswith("!")
            names = tuple(one.removeprefix("!") for one in _list(row["name"], row["aliases"]))
            if plain_name(names[0]) not in taken:
                terms = tuple(_term(text, codes) for text in row["terms"].split("|") if text.strip())
                yield Known(row["key"], names[0], row["identifier"], names, terms=terms, doubtful=marked)
                own.update(map(plain_name, names))
        taken |= own


_TERM = re.compile(r"(?P<post>.+) (?P<of>[a-z]+(?:[-/][a-z0-9-]+)*) (?P<first>\d{4}[\d-]*) ?(?P<last>[\d-]*)")


def _term(text: str, codes: Mapping[str, str]) -> Term:
    match = _TERM.fullmatch(text.strip(" ") if text.count(" ") < 2 else text)
    if match is None:
        raise ValueError(f"not a term of office: {text!r}")
    of = match["of"]
    return Term(match["post"], codes.get(of, of), match["first"], match["last"])


def _nationalities(things: Iterable[Known]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for one in things:
        if one.kind == "people":
            for name in one.names:
                found.setdefault(plain_name(name), set()).add(one.rolls_up_to)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


def _fields() -> Iterator[tuple[str, str]]:
    for row in rows("portfolios.tsv"):
        for word in row["words"].split("|"):
            yield word, row["field"]


def _abbreviations(codes: Mapping[str, str], things: Mapping[str, Known]) -> Iterator[tuple[str, Known]]:
    for row in rows("country_names.tsv"):
        for short in _list(row["abbreviations"]):
            yield short, things[codes[row["code"]]]


def _names(name: str, *aliases: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names that mean a thing by themselves, and those that need something beside them."""
    if not any(aliases):
        return (name,), ()
    given = _list(name, *aliases)
    return (
        tuple(one for one in given if not one.startswith("?")),
        tuple(one[1:] for one in given if one.startswith("?")),
    )


def _list(*cells: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for cell in cells for one in cell.split("|") if one))


def _index(pairs: Iterable[tuple[str, Known]]) -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for name, one in pairs:
        plain = plain_name(name)
        others = found.get(plain, ())
        if one not in others:
            found[plain] = (*others, one)
    return found
