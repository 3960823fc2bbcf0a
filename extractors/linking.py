"""Which known thing each thing of an article is: by its names and type, then by what stands around it.

First what a name says by itself ("NATO", "Volodymyr Zelenskyy"); then, by the countries that those tell of,
what it says only there ("the Senate", "Georgia", "Springfield"). Where it is not certain, nothing is linked.
Pure: the same Doc, clusters and date give the same links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from extractors.clusters import Cluster
from extractors.known_alike import BODIES, own_thing
from extractors.known_bodies import body_by_pattern, government_spoken_for
from extractors.known_people import country_of, person_meant
from extractors.known_places import is_placed, place_meant, whole_told
from extractors.known_weapons import weapon_meant
from extractors.name_types import is_last_word
from extractors.nouns import singular
from extractors.quick import quick_record
from extractors.reader import DATELINE
from extractors.spans import name_words
from extractors.words import Doc
from newsgraph.gazetteer import Known, load_gazetteer, plain_name

_JOINING = frozenset({"&", "+"})
_PLACES = frozenset({"city", "region", "country", "seat"})
# What a name of each type may mean. A capital's name may be read as an organisation's where it speaks.
_KINDS: Mapping[str, frozenset[str]] = {
    "LOC": frozenset({"country", "region", "city", "seat", "land", "org", "ministry"}),
    "ORG": BODIES | {"country", "city", "seat", "government"},
    "FAC": frozenset({"land", "seat", "ministry", "parliament", "court"}),
    "NORP": frozenset({"people", "group", "party"}),
    "PRODUCT": frozenset({"media"}),
    "MISC": frozenset({"media", "group", "org"}),
}


@quick_record
class Link:
    """What a thing of the article is known as."""

    known: str = ""  # key; "" where it is none in particular
    same_as: tuple[str, ...] = ()
    rolls_up_to: str = ""  # key of what a query may count it for


NO_LINK = Link()


def links_of(doc: Doc, clusters: Sequence[Cluster], published: date | None) -> list[Link]:
    """Return a link for each of ``clusters``, in their order."""
    links: dict[int, Link] = {}
    people = _words_of_people(doc, clusters)
    for number, cluster in enumerate(clusters):
        if (own := own_thing(doc, cluster)) is not None:
            links[number] = Link(own.key, own.same_as)
        elif cluster.is_named and (not is_whole(doc, cluster) or _is_of_people(doc, cluster, people)):
            links[number] = NO_LINK
    told = {
        number: one
        for number, one in enumerate(_told(doc, clusters, published))
        if number not in links and one
    }
    around = Counter(country for one in told.values() if (country := country_of(one)))
    regions = frozenset(one.key for one in told.values() if one.kind == "region")
    first = _first_places(doc, clusters, told)
    owners = {
        one.head: max(cluster.forms(doc), key=len)
        for cluster in clusters
        if cluster.type == "LOC" and cluster.is_named
        for one in cluster.mentions
        if one.kind == "pronoun"
    }
    for number, cluster in enumerate(clusters):
        if number not in links:
            elsewhere = around - Counter([country_of(told[number])]) if number in told else around
            links[number] = _link(
                doc, cluster, told.get(number), _Around(elsewhere, regions, published, owners, first)
            )
    return [links[number] for number in range(len(clusters))]


@dataclass(frozen=True, slots=True)
class _Around:
    """What the rest of an article tells."""

    countries: Counter[str]  # keys, by how many linked things are of them
    regions: frozenset[str]
    published: date | None
    owners: Mapping[int, str]  # what a pronoun at a place means, by name: "its defence ministry"
    first: Mapping[str, int]  # where each country is first spoken of; empty where all places are known

    def before(self, place: int) -> Counter[str]:
        """Return the countries that are spoken of before a place, or all where no other may be meant."""
        return Counter(
            {
                one: n
                for one, n in self.countries.items()
                if not self.first or self.first.get(one, place) < place
            }
        )


def _first_places(doc: Doc, clusters: Sequence[Cluster], told: Mapping[int, Known]) -> Mapping[str, int]:
    """Return the first word about each country; nothing where the article names no place that nobody knows.

    "The Ministry of Defence" of an unknown state is not that of the one whose minister calls in the end.
    """
    if all(number in told for number, one in enumerate(clusters) if one.type == "LOC" and one.is_named):
        return {}
    first: dict[str, int] = {}
    for number, one in told.items():
        place = min(mention.start for mention in clusters[number].mentions)
        if country := country_of(one):
            first[country] = min(place, first.get(country, place))
    town = doc.user_data.get(DATELINE, "").partition(",")[0].title()
    of_town = {one.country for one in load_gazetteer().named(town) if one.kind == "city" and one.is_capital}
    return first | dict.fromkeys(sorted(of_town), -1)


def _told(doc: Doc, clusters: Sequence[Cluster], published: date | None) -> Iterable[Known | None]:
    """Yield for each cluster what its names mean by themselves."""
    for cluster in clusters:
        if not cluster.is_named:
            yield None
        elif cluster.type == "PERSON":
            yield person_meant(doc, cluster, Counter(), published)
        else:
            found = _by_names(doc, cluster)
            is_place = cluster.type == "LOC" and bool(found)
            by_itself = found[0] if len(found) == 1 and found[0].kind not in _PLACES else None
            yield by_itself or (
                place_meant(doc, cluster, found, Counter(), frozenset()) if is_place else None
            )


def is_whole(doc: Doc, cluster: Cluster) -> bool:
    """Say whether the names are no parts of longer ones that were cut: "Wagner" of "Wagner & Söhne"."""
    tokens = doc.tokens
    for one in cluster.mentions:
        if one.kind == "name":
            before = tokens[one.start - 1].text if one.start > 0 else ""
            after = tokens[one.end].text if one.end < len(tokens) else ""
            if before in _JOINING or after in _JOINING:
                return False
    return True


def _words_of_people(doc: Doc, clusters: Sequence[Cluster]) -> frozenset[str]:
    """Return the words of the names of persons: where there is a Denzel Washington, Washington may be he."""
    people = (name for one in clusters if one.type == "PERSON" for name in one.forms(doc))
    return frozenset(word for name in people for word in plain_name(name).split())


def _is_of_people(doc: Doc, cluster: Cluster, people: Set[str]) -> bool:
    """Say whether a place bears a person's name in the article, and nothing is in it, at it, from it."""
    if cluster.type != "LOC" or not all(plain_name(name) in people for name in cluster.forms(doc)):
        return False
    return not any(is_placed(doc[one.head]) for one in cluster.mentions if one.kind == "name")


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
        elif is_last_word(name_words(form), name_words(forms[0])):
            continue  # "the Times" behind "The New York Times"
        elif meant and found:
            found = tuple(one for one in found if one in meant)
        elif meant and len(form.split()) == len(forms[0].split()):
            return ()  # two names of one length, only one of which is known
    return found


def _link(doc: Doc, cluster: Cluster, told: Known | None, around: _Around) -> Link:
    if cluster.type == "PERSON" and cluster.is_named:
        return _as_link(told or person_meant(doc, cluster, around.countries, around.published))
    if (
        cluster.type == "PRODUCT"
        and cluster.is_named
        and (weapon := weapon_meant(cluster.forms(doc), _nouns(doc, cluster)))
    ):
        return Link(weapon[0], (), weapon[1])
    if not cluster.is_named:
        known, spoken_for = government_spoken_for(doc, cluster, around.owners)
        return Link(known, (), spoken_for)
    if told is not None and told.kind not in _PLACES:
        return _as_link(told)
    if cluster.type in {"LOC", "ORG"}:
        found = _by_names(doc, cluster)
        place = place_meant(doc, cluster, found, around.countries, around.regions) if found else None
        if (
            place is not None or told is not None
        ):  # what stands around it may unsettle what it tells by itself
            return _as_link(place)
        if cluster.type == "LOC" and (whole := _whole_of(doc, cluster)) is not None:
            return Link("", (), whole.key)  # "Paris, Ontario" is in no list, but where it is is told
    return _as_link(told or _by_context(doc, cluster, around))


def _whole_of(doc: Doc, cluster: Cluster) -> Known | None:
    return whole_told(doc, [one for one in cluster.mentions if one.kind == "name"])


def _nouns(doc: Doc, cluster: Cluster) -> frozenset[str]:
    """Return the nouns that a thing is called by, and those right behind its names: "Patriot missiles"."""
    behind = (
        doc[place]
        for one in cluster.mentions
        if one.kind == "name"
        for place in range(one.end, min(one.end + 3, len(doc)))
    )
    return frozenset(singular(token) for token in (*behind, *cluster.called(doc)))


def _by_context(doc: Doc, cluster: Cluster, around: _Around) -> Known | None:
    """Return what a name means where an article is about one country: "the Senate"."""
    gazetteer = load_gazetteer()
    kinds = _KINDS.get(cluster.type, frozenset())
    named = _by_names(doc, cluster)
    found = {
        one
        for name in cluster.forms(doc)
        for one in gazetteer.weak.get(plain_name(name), ())
        if one.kind in kinds and (one in named or around.countries.keys() == {one.country})
    }
    if len(found) == 1:
        return found.pop()
    if cluster.type not in {"ORG", "FAC"}:
        return None
    return body_by_pattern(doc, cluster, around.before(min(one.start for one in cluster.mentions)))


def _as_link(one: Known | None) -> Link:
    return NO_LINK if one is None else Link(one.key, one.same_as, one.rolls_up_to)
