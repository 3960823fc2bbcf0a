"""All names and values of a text: what the network and the lists marked, trimmed, joined and split.

"USS" and the partner behind "&" are part of a name. In "U.S. RC-135" and "an Idaho Republican" there are two.
A state behind its town is one, in letters as well ("Lund, TX").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.known_names import BY_PLACE, OWN
from extractors.name_borders import names_in
from extractors.name_judging import CALLED_AFTER_PEOPLE
from extractors.name_types import given_names
from extractors.quick import quick_record
from extractors.reader import CONFIDENCE, name_key
from extractors.ship_names import HULLS
from extractors.spans import end_of_marked, words_at
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer, state_of

VALUES = frozenset({"DATE", "MONEY"})
_FOLLOWERS = frozenset({"Republican", "Republicans", "Democrat", "Democrats"})
# What a place is, before "of" and its name.
_OF_PLACE = frozenset(
    {
        "City",
        "County",
        "Embassy",
        "Government",
        "Kingdom",
        "Port",
        "Province",
        "Republic",
        "Town",
        "University",
    }
)
_WORDS_AS_STATES = frozenset({"OK", "OR", "IN", "ME", "HI", "Ok", "Or", "In", "Me", "Hi"})
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_SIDES = frozenset({"north", "south", "east", "west", "central"})  # before a people: "West African"
_OF_LANDS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "lower", "upper", "outer", "inner", "greater"}
)
_LANDS = frozenset({"country", "region", "land"})
_MAX_LEAD = 3  # words of a country's name before that of what it has


@quick_record
class NameSpan:
    """Tokens ``[start, end)`` that are a name or a value."""

    start: int
    end: int
    label: str
    sure: float  # 0..1: of the network
    is_settled: bool = False  # what stands beside it says what it is: "the trawler Rosa Quint"

    def words(self, doc: Doc) -> str:
        return words_at(doc, self.start, self.end)


def find_name_spans(doc: Doc, titles: frozenset[str]) -> list[NameSpan]:
    """Return the names and values of a Doc in text order.

    Args:
        doc: As the network and the lists left it.
        titles: What stands before a person's name and is no part of it.
    """
    confidence = doc.user_data.get(CONFIDENCE, {})
    own, settled = (frozenset(doc.user_data.get(key, ())) for key in (OWN, BY_PLACE))
    found: list[NameSpan] = []
    for ent in doc.ents:
        key = name_key(ent.start, ent.end)
        sure = float(confidence.get(key, 0.5))
        for start, end in names_in(doc, ent, titles, is_whole=key in own):
            if found and start < found[-1].end:
                continue  # the partner of a firm
            one = NameSpan(start, end, ent.label_, sure, key in settled)
            is_one = one.label in VALUES or key in own
            parts = [one] if is_one else list(_parts(doc, _whole(doc, one)))
            while found and parts and found[-1].start >= parts[0].start:
                found.pop()  # "West" before "African"
            found += parts
            if parts and (state := _state_behind(doc, parts[-1])) is not None:
                found.append(state)
    return found


def _whole(doc: Doc, one: NameSpan) -> NameSpan:
    """Return a name with what was cut off from it."""
    one = _of_ship(doc, _of_land(doc, _of_place(doc, _with_lead(doc, one))))
    return _of_party(doc, _of_founder(doc, _of_partners(doc, _surname_first(doc, one))))


def _with_lead(doc: Doc, one: NameSpan) -> NameSpan:
    """Return a name with what is written before it: "V.D. Roe", "West African", "Second Thomas Shoal"."""
    start = one.start
    while start > doc[one.start].sent.start and _leads(doc[start - 1], one.label):
        start -= 1
    if one.label in {"PERSON", "ORG"} and one.end - start == 1 and _is_hyphened(doc, start):
        start -= 2
    return replace(one, start=start) if start < one.start else one


def _state_behind(doc: Doc, one: NameSpan) -> NameSpan | None:
    """Return the state that stands in letters behind a town and a comma: "Lund, TX"."""
    place = one.end + 1
    if one.label != "LOC" or place >= len(doc) or doc[one.end].text != "," or doc[place].ent_type_:
        return None
    letters = doc[place].text
    is_state = letters not in _WORDS_AS_STATES and not letters.islower() and state_of(letters) is not None
    return NameSpan(place, place + 1, "LOC", one.sure) if is_state else None


def _surname_first(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of whoever is called as in a list of addresses: ``"Roe, Ann"``."""
    after = one.end + 2
    if (
        one.label not in {"PERSON", "ORG"}
        or not 0 < one.start < after < len(doc)
        or doc[one.start - 1].text != '"'
        or doc[one.end].text != ","
        or doc[after].text != '"'
        or not (doc[one.end + 1].lower_ in given_names() or "<" in doc[after + 1 : after + 2].text)
    ):
        return one
    return replace(one, end=after, label="PERSON")


def _leads(before: Token, label: str) -> bool:
    if label == "PERSON" and _INITIALS.fullmatch(before.text):
        return before.text != "P.S." and not load_gazetteer().named(before.text)
    if before.i == before.sent.start or not before.text.istitle():
        return False
    return before.lower_ in (_SIDES if label == "NORP" else _OF_LANDS if label == "LOC" else ())


def _is_hyphened(doc: Doc, start: int) -> bool:
    """Say whether a name is the second half of a word: "Saint-Roe"."""
    if start - 1 <= doc[start].sent.start or doc[start - 1].text != "-":
        return False
    first = doc[start - 2]
    return first.text.istitle() and not (first.ent_type_ or first.whitespace_ or doc[start - 1].whitespace_)


def _of_place(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of a body or place with that behind its "of": "City of Lund"; none ends with "of"."""
    is_marked = doc[one.end - 1].lower_ == "of" and one.end - one.start > 1
    end = one.end - is_marked
    is_cut_off = is_marked or (end < len(doc) and doc[end].lower_ == "of" and doc[end - 1].text in _OF_PLACE)
    place = end + 1 + (is_cut_off and end + 1 < len(doc) and doc[end + 1].lower_ == "the")
    if is_cut_off and place < len(doc) and doc[place].ent_type_ == "LOC":
        return replace(one, end=end_of_marked(doc, place))
    return replace(one, end=end) if is_marked else one


def _of_land(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of a place with its last word in small letters: "the Gaza strip"."""
    is_open = one.label == "LOC" and one.end < len(doc) and doc[one.end].text.isalpha()
    is_open = is_open and doc[one.end].text.islower()
    known = load_gazetteer().named(doc[one.start : one.end + 1].text) if is_open else ()
    return replace(one, end=one.end + 1) if any(each.kind in _LANDS for each in known) else one


def _of_ship(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of a ship with what stands before it: "USS George H.W. Bush" is nobody."""
    if one.start > 0 and doc[one.start - 1].text in HULLS:
        return replace(one, start=one.start - 1, label="PRODUCT")
    is_ship = doc[one.start].text in HULLS and one.end - one.start > 1
    return replace(one, label="PRODUCT") if is_ship else one


def _of_founder(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of a body that is called after a person: "Ruth Hale School" is nobody."""
    is_called = one.label == "PERSON" and one.end < len(doc) and doc[one.end].text in CALLED_AFTER_PEOPLE
    if not is_called or doc[one.end].ent_type_ or doc[one.end].tag_ != "NNP":
        return one
    goes_on = one.end + 1 < len(doc) and doc[one.end + 1].tag_ in {"NNP", "NNPS"}  # "Hale College Fund"
    return one if goes_on else replace(one, end=one.end + 1, label="ORG")


def _of_partners(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the whole name of a firm: "Smith & Wesson"; not two people whom a headline joins."""
    end = one.end
    while end + 1 < len(doc) and doc[end].text == "&" and doc[end + 1].text[0].isupper():
        beyond = end_of_marked(doc, end + 1)
        if _are_apart(doc, one.start, end, beyond) or _are_two_persons(doc, one, end + 1, beyond):
            break
        end = beyond
    if end == one.end:
        return one
    return replace(one, end=end, label="ORG" if one.label in {"PERSON", "LOC", "NORP"} else one.label)


def _are_two_persons(doc: Doc, one: NameSpan, start: int, end: int) -> bool:
    """Say whether both sides of "&" are called as persons are: "Ken Roe & Ann Berg", "Ken & Ann"."""
    are_given = all(doc[place].lower_ in given_names() for place in (one.start, start))
    is_owner = end < len(doc) and doc[end].tag_ == "POS"
    return one.label == "PERSON" == doc[start].ent_type_ and are_given and not is_owner


def _of_party(doc: Doc, one: NameSpan) -> NameSpan:
    """Return the name of a party with that word: "her Unity Party"."""
    is_cut_off = one.label == "ORG" and one.end < len(doc) and doc[one.end].text == "Party"
    return replace(one, end=one.end + 1) if is_cut_off and not doc[one.end].ent_type_ else one


def _are_apart(doc: Doc, start: int, middle: int, end: int) -> bool:
    """Say whether each of two joined names stands somewhere else in the text without the other."""
    last, partner = doc[middle - 1].text, doc[end - 1].text
    places = [token.i for token in doc if token.text in {last, partner} and not start <= token.i < end]
    alone = {
        doc[place].text
        for place in places
        if "&" not in {doc[max(place - 1, 0)].text, doc[min(place + 1, len(doc) - 1)].text}
    }
    return {last, partner} <= alone


def _parts(doc: Doc, one: NameSpan) -> Iterator[NameSpan]:
    """Yield the country or state that a name begins with as a name of its own, then the rest."""
    is_follower = doc[one.end - 1].text in _FOLLOWERS
    if is_follower or (one.label == "PRODUCT" and any(map(str.isdigit, one.words(doc)))):
        for middle in range(min(one.start + _MAX_LEAD, one.end - 1), one.start, -1):
            kinds = {known.kind for known in load_gazetteer().named(doc[one.start : middle].text)}
            if kinds & {"country", "region", "people"}:
                yield replace(one, end=middle, label="LOC" if kinds & {"country", "region"} else "NORP")
                yield replace(one, start=middle, label="NORP" if is_follower else one.label)
                return
    yield one
