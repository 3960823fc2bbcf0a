"""Of which land a noun is told to be: "the Norwegian government", "Norway's", "the ministry in Warsaw".

An article about two countries has two governments, two central banks, two presidents: what is told of one
land is not what is told of another. Lands that no list knows are told by how their names begin.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractors.clauses import SUBJECTS
from extractors.mentions import Referring
from extractors.spans import name_around
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer

# Bodies and posts that each land has its own of.
OF_EACH_LAND = frozenset(
    {
        *("administration", "army", "bank", "cabinet", "chancellor", "constitution", "court", "government"),
        *("junta", "legislature", "military", "minister", "ministry", "monarchy", "navy", "parliament"),
        *("party", "police", "premier", "president", "senate"),
    }
)
# Others who hold office in a land or town; of whom else a town is told, may be from anywhere.
_IN_OFFICE = OF_EACH_LAND | {
    "governor",
    "king",
    "leader",
    "lawmaker",
    "mayor",
    "queen",
    "secretary",
    "senator",
}
_TELLING = frozenset({"LOC", "NORP"})
_BEHIND = frozenset({"of", "in"})
_BEGINNING = 5  # letters that the name of a land and that of its people have in common


class Land(NamedTuple):
    """A country, state or town, with the country that it lies in, "" if nobody knows."""

    key: str
    country: str

    @property
    def is_country(self) -> bool:
        return self.key == self.country

    def is_apart_from(self, other: Land) -> bool:
        """Say whether nothing is of both; what is of Texas is of the United States, too."""
        return self.key != other.key and self.key != other.country and other.key != self.country


def are_persons_apart(noun: Token, left: Land, right: Land) -> bool:
    """Say whether nobody called by a noun is of both: "the Leeds striker" may be the Norwegian one.

    So may the mayor of a town that no list knows.
    """
    if left.is_country and right.is_country:
        return left != right
    is_open = (left.is_country and not right.country) or (right.is_country and not left.country)
    return not is_open and noun.lemma_.lower() in _IN_OFFICE and left.is_apart_from(right)


def land_told(doc: Doc, one: Referring) -> Land | None:
    """Return the land that a noun is told to be of; None where the text tells none.

    Args:
        doc: Where it stands.
        one: The noun with what stands before it.
    """
    places = [token for token in doc[one.start : one.head] if token.ent_type_ in _TELLING]
    places = places or [child for child in _behind(doc[one.head]) if child.ent_type_ in _TELLING]
    return _land(doc, places[0], is_person=one.type == "PERSON") if places else None


def is_told_behind(doc: Doc, one: Referring) -> bool:
    """Say whether the land stands behind a noun, so that no article before it points back."""
    return any(child.ent_type_ in _TELLING for child in _behind(doc[one.head]))


def _behind(head: Token) -> Iterator[Token]:
    """Yield the places behind a noun, and that before its clause: "In Karsova, the ministry said"."""
    for child in head.rights:
        if child.dep_ == "nmod" and any(one.dep_ == "case" and one.lower_ in _BEHIND for one in child.lefts):
            yield child
    if head.dep_ in SUBJECTS and head.lemma_.lower() in OF_EACH_LAND:
        first = head.sent.start
        for child in head.head.lefts:
            if child.dep_ == "obl" and child.i < head.i and child.left_edge.i == first:
                yield from [child] if head.doc[first].lower_ == "in" else []


def _land(doc: Doc, place: Token, *, is_person: bool) -> Land | None:
    """Return the land that a name tells; a person may be of a people ("the Muslim leader") and of a land."""
    around = name_around(doc, place.i)
    name = doc[around.start : around.stop].text
    known = load_gazetteer().named(name)
    lands = {
        one.rolls_up_to if one.kind == "people" else one.country if one.kind == "city" else one.key
        for one in known
        if one.kind in {"country", "people"} or (one.is_capital and not is_person)
    }
    if len(lands) == 1:
        [land] = lands
        return Land(land, land)
    if is_person and place.ent_type_ == "NORP":
        return None
    countries = {one.country for one in known if one.kind in {"city", "region"}}
    return Land(name.casefold()[:_BEGINNING], countries.pop() if len(countries) == 1 else "")
