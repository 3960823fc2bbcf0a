"""Of which land a noun is told to be: "the Norwegian government", "Norway's", "the ministry in Warsaw".

An article about two countries has two governments, two central banks, two foreign ministers: what is told
of one land is not what is told of another. Lands that no list knows are told by how their names begin.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.clauses import SUBJECTS
from extractors.mentions import Referring
from extractors.spans import name_around
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer

# What each land has its own of.
OF_EACH_LAND = frozenset(
    {
        *("administration", "army", "bank", "cabinet", "chancellor", "constitution", "court", "government"),
        *("junta", "legislature", "military", "minister", "ministry", "monarchy", "navy", "parliament"),
        *("party", "police", "premier", "president", "senate"),
    }
)
_TELLING = frozenset({"LOC", "NORP"})
_BEHIND = frozenset({"of", "in"})
_BEGINNING = 5  # letters that the name of a land and that of its people have in common


def land_told(doc: Doc, one: Referring) -> str:
    """Return a key for the land, or the town, that a noun is told to be of; "" where the text tells none.

    Args:
        doc: Where it stands.
        one: The noun with what stands before it.
    """
    head = doc[one.head]
    places = [token for token in doc[one.start : one.head] if token.ent_type_ in _TELLING]
    places = places or [child for child in _behind(head) if child.ent_type_ in _TELLING]
    return _key(doc, places[0]) if places else ""


def is_told_behind(doc: Doc, one: Referring) -> bool:
    """Say whether the land stands behind a noun, so that no article before it points back."""
    return any(child.ent_type_ in _TELLING for child in _behind(doc[one.head]))


def _behind(head: Token) -> Iterator[Token]:
    """Yield the places behind a noun, and that before its clause: "In Karsova, the ministry said"."""
    for child in head.rights:
        if child.dep_ == "nmod" and any(
            case.lower_ in _BEHIND for case in child.lefts if case.dep_ == "case"
        ):
            yield child
    if head.dep_ in SUBJECTS and head.lemma_.lower() in OF_EACH_LAND:
        first = head.sent.start
        yield from (
            child
            for child in head.head.lefts
            if child.dep_ == "obl"
            and child.i < head.i
            and child.left_edge.i == first
            and child.doc[first].lower_ == "in"
        )


def _key(doc: Doc, place: Token) -> str:
    around = name_around(doc, place.i)
    name = doc[around.start : around.stop].text
    lands = {
        one.rolls_up_to if one.kind == "people" else one.country if one.kind == "city" else one.key
        for one in load_gazetteer().named(name)
        if one.kind in {"country", "people"} or one.is_capital
    }
    return lands.pop() if len(lands) == 1 else name.casefold()[:_BEGINNING]
