"""States, towns and bodies that no list knows, told from persons by what they have, do and are stood beside.

"Kharan's ministry", "Kharani troops" beside Kharan, "the mayor of Castro Velho", "shares in Castellane". One
sign alone may be wrong, so signs weigh (lexicons/name_signs.tsv), and all places of a name count together.
Who is named in full, or called Mr, stays a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import repeat
from typing import NamedTuple, cast

from extractors.clauses import SUBJECTS
from extractors.known_names import LEXICONS, rows_of
from extractors.nouns import titles
from extractors.spans import words_at
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer
from newsgraph.records import EntityType

ENOUGH = 2  # points from which a name is no person's
_PEOPLES = ("ian", "an", "n", "ese", "ish", "ic", "i")  # what makes a people of a state's name
_ARTICLES = frozenset({"a", "an", "the"})
_FROM = frozenset({"from", "in", "to", "into", "across", "near"})
_LEAST_STEM = 4  # letters
_REPORTING = frozenset({"say", "announce", "confirm", "deny", "add", "report", "insist", "claim", "warn"})
# "Roe said it would take years", "it looked bad"
_OF_ANY_IT = frozenset(
    {
        *(
            "take",
            "cost",
            "rain",
            "snow",
            "help",
            "make",
            "seem",
            "appear",
            "become",
            "feel",
            "depend",
            "happen",
        ),
        *(
            "matter",
            "mean",
            "look",
            "come",
            "go",
            "hurt",
            "work",
            "be",
            "get",
            "start",
            "end",
            "sound",
            "show",
        ),
    }
)
_OWN_PLACES = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "appos"})  # no word is told by it

_OF_SEVERAL = frozenset({"have", "are", "were"})
_BEATING = frozenset({"beat", "defeat", "thrash", "hammer", "edge", "overcome", "crush", "trounce"})
_ENDING = frozenset({"lose", "draw", "win"})
_SCORE = re.compile(r"\b\d{1,3}[-–]\d{1,3}\b")
_GOALS = re.compile(r"[0-5][-–][0-5]")


class Sign(NamedTuple):
    """What one place says of a name."""

    told: EntityType
    points: int


def told_by_signs(
    doc: Doc, names: Iterable[tuple[int, int]], labels: Mapping[str, str], like_bodies: Set[str] = frozenset()
) -> dict[str, EntityType]:
    """Return what names are for which enough speaks: LOC a state, ORG a firm, NORP a people.

    Args:
        doc: With trees.
        names: Tokens [start, end) of all names.
        labels: The network's label of each name's words.
        like_bodies: Names whose own words are those of bodies.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for start, end in names:
        places.setdefault(words_at(doc, start, end), []).append((start, end))
    peoples = dict(_peoples(doc, places, labels))
    signs = {
        text: {one for start, end in some for one in _signs(doc, start, end, labels.get(text))}
        for text, some in places.items()
        if not any(_is_called_as_person(doc, start, end) for start, end in some)
    }
    for state in signs.keys() & set(peoples.values()):
        signs[state].add(("people", Sign("LOC", ENOUGH)))
    found = _settled(signs)
    bodies = [text for text in places if "ORG" in {labels.get(text), found.get(text)}]
    for text, some in signs.items():
        if any(map(str.endswith, bodies, repeat(f" of {text}"))):
            some.add(("in a body", Sign("LOC", 1)))  # "the Central Bank of Taavia"
        if text in like_bodies or any(_are_one_firm(text, body) for body in bodies):
            some.add(("called", Sign("ORG", 1)))
    found = _settled(signs)
    return found | {people: "NORP" for people, state in peoples.items() if found.get(state) in {None, "LOC"}}


def _settled(signs: Mapping[str, Iterable[tuple[str, Sign]]]) -> dict[str, EntityType]:
    """Return what each name is for which enough signs speak."""
    found: dict[str, EntityType] = {}
    for text, some in signs.items():
        points = {told: sum(sign.points for _, sign in some if sign.told == told) for told in ("LOC", "ORG")}
        best = max(points, key=lambda told: (points[told], told))
        if points[best] >= ENOUGH:
            found[text] = cast("EntityType", best)
    return found


def _are_one_firm(text: str, body: str) -> bool:
    """Say whether one name begins with the other: "Norrland Pacific" beside Norrland Pacific Railway."""
    if text == body or not (body.startswith(text) or text.startswith(body)):
        return False
    return f"{body} ".startswith(f"{text} ") or f"{text} ".startswith(f"{body} ")


@cache
def _words() -> Mapping[tuple[str, str], Sign]:
    rows = rows_of(LEXICONS / "name_signs.tsv")
    return {(row[0], row[1]): Sign(cast("EntityType", row[2]), int(row[3])) for row in rows}


def _signs(doc: Doc, start: int, end: int, label: str | None) -> Iterator[tuple[str, Sign]]:
    """Yield each sign of one place, with where it stands: two of a kind count once."""
    root = doc[start:end].root
    for where, word in _around(doc, root, start, end):
        if (sign := _words().get((word, where))) is not None:
            yield f"{where} {word}", sign
    if label != "NORP" and _agrees_as_team(root):
        yield "they", Sign("ORG", ENOUGH)
    if _is_of_match(root):
        yield "score", Sign("ORG", ENOUGH)
    if label == "PERSON":
        yield from _signs_of_no_person(doc, start, end)
    elif _is_of_country(doc, start):  # persons are, too: "Chile's Ann Roe"
        yield "country's", Sign("ORG", 1)


def _signs_of_no_person(doc: Doc, start: int, end: int) -> Iterator[tuple[str, Sign]]:
    """Yield what says of a name only that it is no person's."""
    root = doc[start:end].root
    if _speaks_as_thing(root):  # a person by one name alone is called "he" all the more
        is_alone = end - start == 1 and (start == 0 or doc[start - 1].pos_ != "PROPN")
        yield "it said", Sign("ORG", ENOUGH if is_alone else 1)
    if start > 0 and doc[start - 1].lower_ == "the" and root.dep_ in _OWN_PLACES and root.tag_ != "NNPS":
        yield "the", Sign("ORG", 1)  # not "the Roe case", "the Roes"
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
    if "nmod:poss" in {root.dep_, doc[end - 1].dep_} and end < len(doc) and doc[end].tag_ == "POS":
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
    if case and case[0].i == start - 1 - (doc[start - 1].lower_ == "the") and head.i < start:
        yield case[0].lower_, lemma
    if root.dep_ in {"obj", "nsubj", "nsubj:pass"} and head.pos_ == "VERB":
        yield root.dep_, lemma
    yield from _said_of(doc, root, end)


def _said_of(doc: Doc, root: Token, end: int) -> Iterator[tuple[str, str]]:
    """Yield what is said of a name: what it is, what it has behind a comma, which adjective it has."""
    if root.dep_ == "nsubj" and root.head.pos_ == "NOUN":
        yield "is", root.head.lemma_.lower()
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ == "whose":
        yield from (("owned", one) for one in _noun_and_field(doc[end + 1].head))
    yield from (("told", one.lemma_.lower()) for one in root.rights if one.dep_ in {"acl", "acl:relcl"})
    yield from ((child.dep_, child.lower_) for child in root.lefts if child.dep_ == "amod")


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


def _speaks_as_thing(root: Token) -> bool:
    """Say whether what a name says is said of "it": "Castellane said it would vote against the plan"."""
    if root.dep_ == "appos" and root.head.i < root.i:  # "the hedge fund Castellane"
        root = root.head
    if root.dep_ != "nsubj" or root.head.lemma_.lower() not in _REPORTING:
        return False
    clauses = (
        one for one in root.head.rights if one.dep_ == "ccomp" and one.lemma_.lower() not in _OF_ANY_IT
    )
    return any(child.lower_ == "it" and child.dep_ == "nsubj" for one in clauses for child in one.lefts)


def _agrees_as_team(root: Token) -> bool:
    """Say whether a name of one has a verb of several: "Lund have lost"; not "if Lund were here"."""
    if root.dep_ not in SUBJECTS or root.tag_ != "NNP" or any(one.dep_ == "conj" for one in root.children):
        return False
    verb = root.head
    verbs = [verb, *(one for one in verb.lefts if one.dep_ in {"aux", "aux:pass", "cop"})]
    first = min((one for one in verbs if one.i > root.i), key=lambda one: one.i, default=root)
    is_real = not any(one.dep_ == "mark" for one in verb.lefts) and verb.dep_ != "ccomp"
    is_told = first.i == root.i + 1 and first.tag_ in {"VBP", "VBD"}
    return is_real and is_told and first.lower_ in _OF_SEVERAL


def _is_of_match(root: Token) -> bool:
    """Say whether a name is that of a side in a match that ended so: "beat Lund 2-1".

    Sets ("6-3, 6-4") and frames ("10-8") are won by persons.
    """
    verb = root.head
    if verb.lemma_.lower() in _BEATING:
        is_side = root.dep_ in {"nsubj", "obj"}
    else:
        is_side = verb.lemma_.lower() in _ENDING and root.dep_ in {"nsubj", "obl"}
    scores = _SCORE.findall(root.sent.text) if is_side else []
    return len(scores) == 1 and _GOALS.fullmatch(scores[0]) is not None


def _is_of_country(doc: Doc, start: int) -> bool:
    """Say whether a name stands right behind the country that has it: "Chile's Austral Cobre"."""
    if start < 2 or doc[start - 1].tag_ != "POS":
        return False
    first = start - 2
    while first > 0 and doc[first].ent_iob_ == "I":
        first -= 1
    return any(one.kind == "country" for one in load_gazetteer().named(doc[first : start - 1].text))


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
