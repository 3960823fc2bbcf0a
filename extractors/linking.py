"""Which known thing each thing of an article is: by its names and type, then by what stands around it.

First what a name says by itself ("NATO", "Volodymyr Zelenskyy"); then, by the countries that those tell of, what
it says only there ("the Senate", "Georgia", "Springfield"). Where it is not certain, nothing is linked. Pure:
the same Doc, clusters and date give the same links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from spacy.tokens import Doc

from extractors.clusters import Cluster
from extractors.known_bodies import body_by_pattern, government_spoken_for
from extractors.known_people import person_meant
from extractors.known_places import place_meant
from extractors.known_weapons import weapon_meant
from newsgraph.gazetteer import Known, load_gazetteer, plain_name
from newsgraph.watch_list import WatchList, read_watch_list

WATCH_LIST = "newsgraph.watch_list"  # Doc.user_data: path of the analyst's own list
_BODIES = frozenset(
    {"org", "media", "ministry", "force", "service", "parliament", "court", "bank", "group", "party", "company"}
)
# What a name of each type may mean. A capital's name may be read as an organisation's where it speaks.
_KINDS: Mapping[str, frozenset[str]] = {
    "LOC": frozenset({"country", "region", "city", "seat", "org", "ministry"}),
    "ORG": _BODIES | {"country", "city", "seat", "government"},
    "FAC": frozenset({"seat", "ministry", "parliament", "court"}),
    "NORP": frozenset({"people", "group", "party"}),
    "PRODUCT": frozenset({"media"}),
    "MISC": frozenset({"media", "group", "org"}),
}
# Kinds of which two names in one article are the same thing whatever else it says.
_CERTAIN_KINDS = _BODIES | {"country", "government"}


@dataclass(frozen=True, slots=True)
class Link:
    """What a thing of the article is known as."""

    known: str = ""  # key; "" where it is none in particular
    same_as: tuple[str, ...] = ()
    rolls_up_to: str = ""  # key of what a query may count it for


NO_LINK = Link()


def links_of(doc: Doc, clusters: Sequence[Cluster], published: date | None) -> list[Link]:
    """Return a link for each of ``clusters``, in their order."""
    own = _watch_list(doc)
    links: dict[int, Link] = {}
    for number, cluster in enumerate(clusters):
        if (link := _own_link(doc, cluster, own)) is not None:
            links[number] = link
    told = {number: one for number, one in enumerate(_told(doc, clusters)) if number not in links and one}
    around = Counter(one.country for one in told.values() if one.country)
    regions = frozenset(one.key for one in told.values() if one.kind == "region")
    for number, cluster in enumerate(clusters):
        if number not in links:
            elsewhere = around - Counter([told[number].country] if number in told else ())
            links[number] = _link(doc, cluster, told.get(number), _Around(elsewhere, regions, published))
    return [links[number] for number in range(len(clusters))]


def known_as(name: str, kind: str) -> Known | None:
    """Return the body or country that a name of that type means whatever stands around it."""
    found = [one for one in load_gazetteer().named(name) if one.kind in _KINDS.get(kind, ())]
    return found[0] if len(found) == 1 and found[0].kind in _CERTAIN_KINDS else None


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rest of an article tells."""

    countries: Counter[str]  # keys, by how many linked things are of them
    regions: frozenset[str]
    published: date | None


def _watch_list(doc: Doc) -> WatchList | None:
    path = doc.user_data.get(WATCH_LIST)
    return read_watch_list(Path(path)) if path else None


def _own_link(doc: Doc, cluster: Cluster, own: WatchList | None) -> Link | None:
    if own is None:
        return None
    found = {own.by_name.get((plain_name(name), cluster.type)) for name in cluster.forms(doc)} - {None}
    if len(found) != 1:
        return None
    [one] = found
    return None if one is None else Link(one.key, one.same_as)


def _told(doc: Doc, clusters: Sequence[Cluster]) -> Iterable[Known | None]:
    """Yield for each cluster what its names mean by themselves."""
    for cluster in clusters:
        found = _by_names(doc, cluster) if cluster.is_named else ()
        yield found[0] if len(found) == 1 and found[0].kind not in {"city", "region"} else _place_told(doc, cluster, found)


def _place_told(doc: Doc, cluster: Cluster, found: Sequence[Known]) -> Known | None:
    if cluster.type != "LOC" or not found:
        return None
    return place_meant(doc, cluster, found, Counter(), frozenset())


def _by_names(doc: Doc, cluster: Cluster) -> tuple[Known, ...]:
    """Return what all the names of a thing may mean that have a meaning, the fullest of which must."""
    gazetteer = load_gazetteer()
    kinds = _KINDS.get(cluster.type, frozenset())
    forms = sorted(cluster.forms(doc), key=lambda name: (-len(name.split()), name))
    found: tuple[Known, ...] = ()
    for number, form in enumerate(forms):
        meant = tuple(one for one in gazetteer.named(form) if one.kind in kinds)
        if number == 0:
            found = meant
        elif meant and found:
            found = tuple(one for one in found if one in meant)
        elif meant and len(form.split()) == len(forms[0].split()):
            return ()  # two names of one length, only one of which is known
    return found


def _link(doc: Doc, cluster: Cluster, told: Known | None, around: _Around) -> Link:
    if cluster.type == "PERSON":
        person = person_meant(doc, cluster, around.countries, around.published) if cluster.is_named else None
        return _as_link(person)
    if cluster.type == "PRODUCT" and cluster.is_named and (weapon := weapon_meant(cluster.forms(doc))):
        return Link(weapon[0], (), weapon[1])
    if not cluster.is_named:
        known, spoken_for = government_spoken_for(doc, cluster)
        return Link(known, (), spoken_for)
    if told is not None and told.kind not in {"city", "region", "country", "seat"}:
        return _as_link(told)
    if cluster.type in {"LOC", "ORG"}:
        found = _by_names(doc, cluster)
        place = place_meant(doc, cluster, found, around.countries, around.regions) if found else None
        if place is not None:
            return _as_link(place)
    return _as_link(told or _by_context(doc, cluster, around))


def _by_context(doc: Doc, cluster: Cluster, around: _Around) -> Known | None:
    """Return what a name means where an article is about one country: "the Senate", "the Foreign Ministry"."""
    gazetteer = load_gazetteer()
    kinds = _KINDS.get(cluster.type, frozenset())
    found = {
        one
        for name in cluster.forms(doc)
        for one in gazetteer.weak.get(plain_name(name), ())
        if one.kind in kinds and (one in _by_names(doc, cluster) or around.countries.keys() == {one.country})
    }
    if len(found) == 1:
        return found.pop()
    return body_by_pattern(doc, cluster, around.countries) if cluster.type in {"ORG", "FAC"} else None


def _as_link(one: Known | None) -> Link:
    return NO_LINK if one is None else Link(one.key, one.same_as, one.rolls_up_to)
