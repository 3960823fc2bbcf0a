"""Several of one name in an article: which of them a name means that could be short for each.

A surname alone means whoever bears it when it is first used: reports name everyone in full before, and give
the relatives who come later their full names. "Mrs" and "his wife" tell husband and wife apart, "of Jordan"
two kings. Where that does not single one out, nobody is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.clusters import Cluster
from extractors.generations import kin_beside
from extractors.known_places import whole_told
from extractors.mentions import Referring
from extractors.name_types import given_names
from extractors.nouns import titles
from extractors.spans import end_of_marked, name_words
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer

_SAINTS = frozenset({"st", "st.", "saint", "san", "santa"})
_PHRASE = frozenset({"appos", "nmod", "nmod:poss", "conj", "flat", "compound"})
_GENDERS = {
    **dict.fromkeys(("wife", "widow", "mother", "daughter", "sister", "aunt", "niece", "actress"), "female"),
    **dict.fromkeys(("husband", "widower", "father", "son", "brother", "uncle", "nephew"), "male"),
}


def whom_surname_means(doc: Doc, one: Referring, bearers: Sequence[Cluster]) -> Cluster | None:
    """Return which of several people a surname alone means; None where it could be two.

    Args:
        doc: Where the words stand.
        one: The surname.
        bearers: Who could be called so, with all their full names and the shorter ones before ``one``.
    """
    left = [each for each in bearers if not _is_said_of(doc, one, each)]
    if (title := gender_of_title(doc, one)) is not None:
        left = [each for each in left if _genders(doc, each) <= {title}]
    if len(left) < 2:
        return left[0] if left else None
    called = [each for each in left if _is_called_before(doc, one, each)]
    named = [each for each in left if _first(each) < one.start]
    if title is None:
        called, named = _without_kin(doc, called), _without_kin(doc, named)
    if len(called) == 1:
        return called[0]
    if title is not None:  # of Mr and Mrs Berg the one who is told to be a woman, else nobody
        told = [each for each in named if _genders(doc, each)]
        named = told or named
    elif called:
        return None
    return named[0] if len(named) == 1 else None if named else _first_named(doc, left)


def _without_kin(doc: Doc, bearers: list[Cluster]) -> list[Cluster]:
    """Return those of a surname who did not come in as "his wife, Anna Berg"; all, if all did."""
    return [each for each in bearers if not _is_told_as_kin(doc, each)] or bearers


def are_apart(doc: Doc, one: Referring, cluster: Cluster) -> bool:
    """Say whether what stands around two names tells that they are two: saints, lands of kings, of towns."""
    others = [other for other in cluster.mentions if other.kind == "name"]
    if one.type == "LOC":
        whole = whole_told(doc, [one])
        return whole is not None and whole_told(doc, others) not in {whole, None}
    if one.type != "PERSON" or not others:
        return False
    if _is_saint(doc, one) is not _is_saint(doc, others[0]) and not _is_saint_by_name(doc, one, others):
        return True
    if (title := gender_of_title(doc, one)) is not None:
        told = {gender_of_title(doc, other) for other in others}
        if one.end - one.start == 1:  # "Mr Berg" is not Anna Berg
            told |= _genders(doc, cluster)
        return bool(told - {title, None})
    if land := _land(doc, one):
        return any(_land(doc, other) not in {land, ""} for other in others)
    return False


def gender_of_title(doc: Doc, one: Referring) -> str | None:
    """Return what the title before a name tells: "Mr", "Dame"."""
    return titles().get(doc[one.start - 1].lower_) if one.start > 0 else None


def _genders(doc: Doc, cluster: Cluster) -> set[str]:
    """Return what a person's given name tells, or titles before the names, or nouns beside them."""
    names = [one for one in cluster.mentions if one.kind == "name"]
    told = {
        gender
        for one in names
        for gender in (
            gender_of_title(doc, one),
            *(_GENDERS.get(noun.lemma_.lower()) for noun in kin_beside(doc[one.head])),
        )
        if gender
    }
    full = max((name_words(one.words(doc)) for one in names), key=len)
    return told or {gender for gender in (given_names().get(full[0]),) if gender and len(full) > 1}


def _is_said_of(doc: Doc, one: Referring, bearer: Cluster) -> bool:
    """Say whether a name is a part of what is said beside another: "Akie Abe, the wife of Abe"."""
    heads = {each.head for each in bearer.mentions}
    token: Token = doc[one.head]
    while token.dep_ in _PHRASE and token.head != token:
        token = token.head
        if token.i in heads:
            return token.i != one.head
    return False


def _is_called_before(doc: Doc, one: Referring, bearer: Cluster) -> bool:
    """Say whether someone was called by a surname before, with the title that it has now: "Mr Berg"."""
    surname = name_words(one.words(doc))
    return any(
        each.start < one.start
        and name_words(each.words(doc)) == surname
        and (gender_of_title(doc, one) is None or doc[each.start - 1].lower_ == doc[one.start - 1].lower_)
        for each in bearer.mentions
    )


def _is_told_as_kin(doc: Doc, bearer: Cluster) -> bool:
    """Say whether someone came in as another's kin: "his wife, Anna Berg", "Anna Berg, wife of Till"."""
    return bool(list(_owners_of_kin(doc, min(bearer.mentions, key=lambda each: each.start))))


def is_kin_of_name(doc: Doc, one: Referring, surname: str) -> bool:
    """Say whether a given name is that of somebody's kin: "Berg's son, Jamie" is Jamie Berg."""
    return any(owner.lower_ == surname for owner in _owners_of_kin(doc, one))


def _owners_of_kin(doc: Doc, one: Referring) -> Iterator[Token]:
    for noun in kin_beside(doc[one.head]):
        if noun.lemma_.lower() in _GENDERS:
            yield from (child for child in noun.children if child.dep_ in {"nmod:poss", "nmod"})


def _first(cluster: Cluster) -> int:
    return min(one.start for one in cluster.mentions)


def _first_named(doc: Doc, bearers: Sequence[Cluster]) -> Cluster | None:
    """Return who is named first, behind a headline that has the surname alone; None if two are at once."""
    first, second = sorted(bearers, key=_first)[:2]
    return first if doc[_first(first)].sent.start != doc[_first(second)].sent.start else None


def _is_saint(doc: Doc, one: Referring) -> bool:
    return (one.start > 0 and doc[one.start - 1].lower_ in _SAINTS) or doc[one.start].lower_ in _SAINTS


def _is_saint_by_name(doc: Doc, one: Referring, others: Sequence[Referring]) -> bool:
    """Say whether the saint is meant all the same: "Santa Anna" for Antonio de Santa Anna; no pope."""
    names = [name_words(each.words(doc)) for each in (one, *others)]
    short, full = names[0], max(names, key=len)
    if len(full) > 1:
        return short[0] in _SAINTS and full[-len(short) :] == short
    before = {doc[each.start - 1].lower_ for each in (one, *others) if each.start > 0}
    return before & titles().keys() <= _SAINTS


def _land(doc: Doc, one: Referring) -> str:
    """Return the key of the country behind a king's name: "Abdullah II of Jordan"; "" for none."""
    if len(_without_number(name_words(one.words(doc)))) > 1 or one.end + 1 >= len(doc):
        return ""
    if doc[one.end].lower_ != "of":
        return ""
    land = doc[one.end + 1 : end_of_marked(doc, one.end + 1)].text
    found = [each for each in load_gazetteer().named(land) if each.kind == "country"]
    return found[0].key if len(found) == 1 else ""


def _without_number(words: Sequence[str]) -> Sequence[str]:
    return words[:-1] if len(words) > 1 and set(words[-1]) <= set("ivx") else words
