"""States, towns and bodies that no list knows, told from persons by what they have, do and are stood beside.

"Kharan's ministry", "Kharani troops" beside Kharan, "the mayor of Castro Velho", "shares in Castellane". One
sign alone may be wrong, so signs weigh (lexicons/name_signs.tsv), and all places of a name count together.
Who is named in full, or called Mr, stays a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple, cast

from extractors.known_names import LEXICONS, rows_of
from extractors.nouns import titles
from extractors.words import Doc, Token
from newsgraph.records import EntityType

ENOUGH = 2  # points from which a name is no person's
_PEOPLES = ("ian", "an", "n", "ese", "ish", "ic", "i")  # what makes a people of a state's name
_ARTICLES = frozenset({"a", "an", "the"})
_FROM = frozenset({"from", "in", "to", "into", "across", "near"})
_LEAST_STEM = 4  # letters


class Sign(NamedTuple):
    """What one place says of a name."""

    told: EntityType
    points: int


def told_by_signs(
    doc: Doc, names: Iterable[tuple[int, int]], labels: Mapping[str, str]
) -> dict[str, EntityType]:
    """Return what names are for which enough speaks: LOC a state, ORG a firm, NORP a people.

    Args:
        doc: With trees.
        names: Tokens [start, end) of all names.
        labels: The network's label of each name's words.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end in names:
        places.setdefault(doc[start:end].text, []).append((start, end))
    peoples = dict(_peoples(doc, places, labels))
    found: dict[str, EntityType] = {}
    for text, some in places.items():
        if any(_is_called_as_person(doc, start, end) for start, end in some):
            continue
        signs = {
            sign
            for start, end in some
            for sign in _signs(doc, start, end, is_person=labels.get(text) == "PERSON")
        }
        if text in peoples.values():
            signs.add(("people", Sign("LOC", ENOUGH)))
        points = {told: sum(sign.points for _, sign in signs if sign.told == told) for told in ("LOC", "ORG")}
        best = max(points, key=lambda told: (points[told], told))
        if points[best] >= ENOUGH:
            found[text] = cast("EntityType", best)
    return found | {people: "NORP" for people, state in peoples.items() if found.get(state) in {None, "LOC"}}


@cache
def _words() -> Mapping[tuple[str, str], Sign]:
    rows = rows_of(LEXICONS / "name_signs.tsv")
    return {(row[0], row[1]): Sign(cast("EntityType", row[2]), int(row[3])) for row in rows}


def _signs(doc: Doc, start: int, end: int, *, is_person: bool) -> Iterator[tuple[str, Sign]]:
    """Yield each sign of one place, with where it stands: two of a kind count once."""
    root = doc[start:end].root
    for where, word in _around(doc, root, start, end):
        if (sign := _words().get((word, where))) is not None:
            yield f"{where} {word}", sign
    if not is_person:
        return  # what follows says only that it is no person
    if _has_of_its_own(root):
        yield "its", Sign("ORG", 1)
        yield "its", Sign("LOC", 1)
    behind = [token.lower_ for token in doc[end : end + 3]]
    if behind[:2] == [",", "which"]:
        yield "which", Sign("ORG", 1)
        yield "which", Sign("LOC", 1)
    elif behind[:1] == [","] and behind[2:] == ["which"] and doc[end + 1].pos_ == "ADP":
        yield "which", Sign("ORG", ENOUGH)  # "Leonard, with which it has a venture"


def _around(doc: Doc, root: Token, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield what stands around a name: where, and its lemma."""
    yield from _beside_a_town_or_body(doc, root, start, end)
    lemma, head = root.head.lemma_.lower(), root.head
    if root.dep_ == "nmod:poss" and end < len(doc) and doc[end].tag_ == "POS":
        yield from (("owned", one) for one in _noun_and_field(head))
    elif end < len(doc) and doc[end].text == doc[end].lower_ and root.dep_ in {"compound", "nmod", "amod"}:
        if head.i >= end:
            yield from (("before", one) for one in _noun_and_field(head))
    elif (
        end < len(doc) and doc[end].pos_ in {"NOUN", "PROPN"} and head.i >= end
    ):  # "Castellane Chief Executive"
        yield "before", head.lemma_.lower()
        yield "before", " ".join(one.lower_ for one in doc[end : end + 2])
    case = [child for child in root.lefts if child.dep_ == "case"]
    if case and case[0].i == start - 1 and head.i < start:
        yield case[0].lower_, lemma
    if root.dep_ in {"obj", "nsubj", "nsubj:pass"} and head.pos_ == "VERB":
        yield root.dep_, lemma


def _beside_a_town_or_body(doc: Doc, root: Token, start: int, end: int) -> Iterator[tuple[str, str]]:
    after = doc[end] if end < len(doc) else root
    if root.dep_ == "compound" and doc[start].ent_type_ != "LOC":  # "the Kharan rebels" are from there
        if end + 1 < len(doc) and doc[end + 1].ent_type_ == "PERSON":
            yield "led", after.lemma_.lower()
        elif end - start == 1 and start > 0 and doc[start - 1].lower_ in _ARTICLES:
            yield "behind", root.head.lemma_.lower()
    if after.text == ",":
        said = (one for one in root.rights if one.dep_ == "appos" and one.i > end)
        yield from (("said", one.lemma_.lower()) for one in said if _is_any(one))
    if end - start == 1 and doc[start].ent_type_ not in {"LOC", "ORG"} and _is_joined_to_place(root):
        yield "joined", "place"


def _is_any(noun: Token) -> bool:
    return any(word.lower_ in {"a", "an"} for word in noun.lefts)


def _is_joined_to_place(root: Token) -> bool:
    """Say whether a name is joined to a place that one is in or comes from."""
    place = root.head
    is_place = root.dep_ == "conj" and place.ent_type_ == "LOC"
    return is_place and any(child.dep_ == "case" and child.lower_ in _FROM for child in place.lefts)


def _noun_and_field(noun: Token) -> Iterator[str]:
    """Yield a noun alone, and with the word before it: "minister", "foreign minister"."""
    yield noun.lemma_.lower()
    before = [child for child in noun.lefts if child.dep_ in {"compound", "amod"} and child.i == noun.i - 1]
    yield from (f"{one.lower_} {noun.lemma_.lower()}" for one in before)


def _has_of_its_own(root: Token) -> bool:
    """Say whether what a name does is done to what is its own: "Kharan accused its neighbour"."""
    if root.dep_ != "nsubj" or root.head.pos_ != "VERB":
        return False
    return any(
        child.lower_ == "its" and child.dep_ == "nmod:poss"
        for one in root.head.rights
        if one.dep_ in {"obj", "obl"}
        for child in one.lefts
    )


def _is_called_as_person(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name is called as persons are: "Mr Lund", "Lund, who", "Lund, 56,"."""
    if start > 0 and doc[start - 1].lower_.rstrip(".") in _honorifics():
        return True
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    behind = doc[end + 1]
    if behind.lower_ not in {"who", "whom"}:
        return behind.text.isdigit()
    clause = next((one for one in behind.ancestors if one.dep_ == "acl:relcl"), None)
    has_case = any(child.dep_ == "case" for child in doc[start:end].root.lefts)
    # not of "a colleague in Karsova, whom I respect"
    return clause is None or not has_case or start <= clause.head.i < end


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(title.lower().rstrip(".") for title in titles())


def _peoples(
    doc: Doc, places: Mapping[str, Sequence[tuple[int, int]]], labels: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield each name that is the adjective of another, with that one: "Kharani" troops beside Kharan."""
    for text, some in places.items():
        is_people = labels.get(text) == "NORP" or all(_stands_as_adjective(doc, *place) for place in some)
        if " " in text or not is_people:
            continue
        for state in places:
            stem = state.rstrip("aeiouy") if text[: len(state)] != state else state
            if (
                state != text
                and len(stem) >= _LEAST_STEM
                and text.startswith(stem)
                and text[len(stem) :] in _PEOPLES
            ):
                yield text, state
                break


def _stands_as_adjective(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name stands before a noun in small letters, of which it tells more."""
    if end - start > 1 or end >= len(doc) or doc[end].text != doc[end].lower_ or not doc[end].text.isalpha():
        return False
    root = doc[start]
    return root.dep_ in {"amod", "compound", "nmod"} and root.head.i >= end and root.head.pos_ == "NOUN"
