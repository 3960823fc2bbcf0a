"""Where the names in a marked span begin and end: without article, title, address, and one of each place.

"the Rev. Ann Roe's" holds Ann Roe, "Cork Ireland" and "Cork TX" two places, "Ann Roe Tom Lund" two persons,
"the UN and African Union" two bodies, "2017, 2018 and 2019" three dates, "at 4am" none, "months of 2022" a
year; "Velmarkian Navy" is one, though the network mostly marks its people alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from extractors.name_types import given_names, is_told_kind, told_by_words
from extractors.words import FINITE_OR_MODAL, Doc, Span
from newsgraph.gazetteer import Known, load_gazetteer, state_of

_ARTICLES = frozenset({"the", "a", "an"})
_BEFORE_PERSONS = _ARTICLES | {"p.s.", "ps", "dear", "hi", "hey", "hello", "thx"}  # in letters
_HONOURS = frozenset({"KC", "QC", "SC", "MP", "MEP", "MSP", "TD", "OBE", "CBE", "MBE", "PhD", "RN", "Esq."})
_JOINING = frozenset({"and", "or"})
_BETWEEN_YEARS = _JOINING | {","}
_LANDS = frozenset({"country", "region"})
# Last words of what belongs to a state and bears its people's name.
_STATE_BODIES = frozenset(
    {
        *("army", "cabinet", "coastguard", "congress", "consulate", "embassy", "force", "forces"),
        *("government", "guard", "legislature", "ministry", "navy", "parliament", "police", "senate"),
    }
)
_OPENING = frozenset('"“‘:—–(•')  # behind which a sentence may begin
_BEFORE_ADDRESS = frozenset('"<([“')
_BARE_ENDINGS = frozenset("'’")
_FIRMS = frozenset({"ORG", "FAC", "LOC"})  # what the network takes "Kenny's" for
_BEHIND_NAMES = FINITE_OR_MODAL | {"IN", "TO", "."}  # tags of what nobody owns
_GREETING = frozenset(",:-")
_HANGING = frozenset("-–—,;:/|\u2060")  # marks that no name ends with
_YEAR = re.compile(r"1\d{3}|20\d\d")
_CLOCK = re.compile(r"\d{1,2}(?:[:.]\s?\d\d)?\s?[ap]\.?\s?m\.?|\d{1,2}:\s?\d\d", re.IGNORECASE)
# A date is not its parts ("the first months of 2022", "by the end of April"), nor what leads on from it.
_PARTS_OF_DATES = frozenset(
    {"beginning", "end", "half", "middle", "month", "months", "quarter", "start", "week", "weeks"}
)
_BEFORE_DATES = frozenset({"by", "from", "in", "of", "on", "since", "until"})
_BEHIND_DATES = frozenset({"in", "of", "on", "through", "to", "until"})
_NO_DATES = frozenset({"early", "late", "mid"})
_MOST_WORDS = 3  # of a body behind its people's name: "Defence Forces", "National Police", "Air Force"


def names_in(doc: Doc, ent: Span, titles: Set[str], *, is_whole: bool = False) -> Iterator[tuple[int, int]]:
    """Yield the tokens ``[start, end)`` of each name in a marked span; none if it is a title alone.

    Args:
        doc: Where it stands.
        ent: What the network or a list marked.
        titles: Words before a person's name that are no part of it, in small letters.
        is_whole: It is one name, whatever is known of its parts: an analyst's own.
    """
    if ent.label_ == "DATE":
        yield from _days(doc, ent)
        return
    left_out = _BEFORE_PERSONS | titles if ent.label_ == "PERSON" else _ARTICLES
    start, end = _trimmed(doc, ent, left_out)
    if ent.label_ == "PERSON" and _is_title_alone(doc, start, end, titles):
        return
    cut = None if is_whole or end - start < 2 else _cut(doc, start, end, ent.label_)
    if cut is None:
        yield start, end
    else:
        yield start, cut[0]
        yield cut[1], end


def _days(doc: Doc, ent: Span) -> Iterator[tuple[int, int]]:
    """Yield the dates in what was marked as one: no clock's time, each of several years for itself."""
    if _CLOCK.fullmatch(ent.text):
        return
    start, end = _trimmed(doc, ent, _ARTICLES)
    while end - start > 1 and doc[end - 1].lower_ in _BEHIND_DATES:
        end -= 1
    if end - start > 2 and doc[start].lower_ in _PARTS_OF_DATES and doc[start + 1].lower_ == "of":
        start += 1
    while end - start > 1 and doc[start].lower_ in _BEFORE_DATES:
        start += 1
    words = doc[start:end]
    if words.text.lower() in _NO_DATES:
        return
    if all(_YEAR.fullmatch(word.text) or word.lower_ in _BETWEEN_YEARS for word in words):
        yield from ((word.i, word.i + 1) for word in words if word.lower_ not in _BETWEEN_YEARS)
    else:
        yield start, end


def end_of_state_body(doc: Doc, start: int, end: int) -> int | None:
    """Return where the body ends that begins with a people's name; None if it is the people alone."""
    for place in range(end, min(end + _MOST_WORDS, len(doc))):
        word = doc[place]
        if not word.text[:1].isupper() or word.ent_type_ or not word.text.isalpha():
            return None
        if word.lower_ in _STATE_BODIES and not doc[start:end].text.isupper():
            return place + 1
    return None


def _trimmed(doc: Doc, ent: Span, left_out: Set[str]) -> tuple[int, int]:
    """Return the tokens of a name without article, title, possessive ending and what joins it to the next."""
    start, end = _behind_kind(doc, ent), _before_address(doc, ent)
    while start < end - 1 and (doc[start].lower_ in left_out or doc[start].is_punct or doc[start].is_space):
        start += 1
    if (
        ent.label_ == "LOC"
        and end - start > 2
        and doc[start].text.islower()
        and doc[start + 1].lower_ == "of"
    ):
        start += 2  # "the republic of Karrat"
    while end - 1 > start and (
        doc[end - 1].tag_ == "POS"
        or doc[end - 1].is_space
        or doc[end - 1].lower_ in _JOINING
        or doc[end - 1].text in _HANGING
    ):
        end -= 1
    if ent.label_ == "PERSON" and end - start > 2 and doc[end - 1].text in _HONOURS:
        return start, end - 1 - (doc[end - 2].text == ",")
    return start, end + _is_own_ending(doc, start, end, ent.label_)


def _behind_kind(doc: Doc, ent: Span) -> int:
    """Return where a name begins behind the noun that tells its kind at the head of a sentence.

    In "Chipmaker Lumen" that has a capital letter for its place, in "Club Brugge" it is part of the name. Of
    some nouns only the text tells: "Airline Lumen" beside Lumen, not "Airline Pilots Association".
    """
    noun, name = ent[0], ent[1:]
    before = doc[ent.start - 1] if ent.start > 0 else None
    is_opening = before is None or ent.start == noun.sent.start or before.is_space or before.text in _OPENING
    if not (is_opening and noun.text.istitle() and len(ent) > 1 and name[0].text[:1].isupper()):
        return ent.start
    is_kind = is_told_kind(noun.lower_, "kind") or noun.lower_.endswith("maker")
    is_open = is_told_kind(noun.lower_, "opening") and _stands_alone(doc, ent.start + 1, ent.end)
    return ent.start + (is_kind or is_open)


def _stands_alone(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words of a name are one elsewhere, with nothing else of a name before them."""
    text = [token.text for token in doc[start:end]]
    return any(
        place != start
        and doc[place].ent_iob_ == "B"
        and [token.text for token in doc[place : place + len(text)]] == text
        for place in range(len(doc) - len(text) + 1)
    )


def _is_own_ending(doc: Doc, start: int, end: int, label: str) -> bool:
    """Say whether the possessive ending behind a name is part of it: "Moody's said", "lunch at Kenny's"."""
    if label not in _FIRMS or end >= len(doc) or doc[end].tag_ != "POS" or doc[end].text in _BARE_ENDINGS:
        return False
    if doc[start:end].root.dep_ == "nmod:poss" or (start > 0 and doc[start - 1].lower_ == "of"):
        return False
    is_followed_by_none = end + 1 >= len(doc) or doc[end + 1].tag_ in _BEHIND_NAMES
    return is_followed_by_none and not _known(doc, start, end)


def _is_title_alone(doc: Doc, start: int, end: int, titles: Set[str]) -> bool:
    """Say whether a name is nothing but the title of the person behind it: "Sheikh" before "Omar Dahl"."""
    is_title = all(token.lower_ in titles for token in doc[start:end])
    return is_title and end < len(doc) and doc[end].ent_type_ == "PERSON"


def _before_address(doc: Doc, ent: Span) -> int:
    """Return where a name ends before an address: ``Ann Roe" <ann@roe.example>``."""
    for place in range(ent.start + 1, ent.end):
        if doc[place].text in _BEFORE_ADDRESS and "@" in doc[place : ent.end].text:
            return place
    return ent.end


def _cut(doc: Doc, start: int, end: int, label: str) -> tuple[int, int] | None:
    """Return where the first of two names ends and the second begins; None if it is one, or may be."""
    if label == "PERSON":
        words = [token.text for token in doc[start:end]]
        if _are_two_persons(words):
            return start + 2, start + 2
        is_letter = len(words) == 2 and words[0] == words[1] and end < len(doc) and doc[end].text in _GREETING
        if is_letter and words[0].lower() in given_names():
            return start + 1, start + 1  # who signs, and whom the answer below greets
    if label not in {"LOC", "ORG"} or _known(doc, start, end):
        return None
    for cut in range(end - 1, start, -1):
        if label == "LOC" and _is_city_in_land(doc, start, cut, end):
            return cut, cut
        if doc[cut].lower_ in _JOINING and _are_two(doc, start, cut, end):
            return cut, cut + 1
    return None


def _are_two(doc: Doc, start: int, cut: int, end: int) -> bool:
    """Say whether both sides of an "and" are known or called as firms are: "Rua Metals and Lund Holdings"."""
    if _known(doc, start, cut) and _known(doc, cut + 1, end):
        return True
    sides = [[token.text for token in doc[start:cut]], [token.text for token in doc[cut + 1 : end]]]
    # "Carrow Foods and Brands Group" is one.
    return all(told_by_words(words) == "ORG" for words in sides) and not told_by_words(["", sides[1][0]])


def _are_two_persons(words: Sequence[str]) -> bool:
    """Say whether words are two full names that no comma parts, as in a list: "Ann Roe Tom Lund"."""
    if len(words) != 4 or not all(word.isalpha() and word.istitle() for word in words):
        return False
    first, second, third, _ = (word.lower() in given_names() for word in words)
    return first and third and not second


def _is_city_in_land(doc: Doc, start: int, cut: int, end: int) -> bool:
    """Say whether a city's name ends where that of a state or country begins: no comma parts them."""
    is_land = state_of(doc[cut:end].text) or any(one.kind in _LANDS for one in _known(doc, cut, end))
    return bool(is_land) and any(one.kind == "city" for one in _known(doc, start, cut))


def _known(doc: Doc, start: int, end: int) -> tuple[Known, ...]:
    return load_gazetteer().named(doc[start:end].text)
