"""Couples and families: none of the Bergs alone is "the Berg family" or "the Bergs".

"John and Ann Berg" are two persons of one surname, which is written once.
"""

from __future__ import annotations

from extractors.name_types import given_names
from extractors.spans import end_of_marked
from extractors.words import Doc

_FAMILIES = frozenset(
    {"family", "clan", "dynasty", "household", "couple", "brothers", "sisters", "siblings", "twins"}
)
_JOINING = frozenset({"and", "&"})


def is_surname_of_several(doc: Doc, start: int, end: int) -> bool:
    """Say whether a person's name only tells whose family a noun means: "the Berg brothers".

    Not where the noun tells of another: "the Berg family trust".
    """
    if end >= len(doc) or doc[end].text not in _FAMILIES:
        return False
    is_full = end - start > 1 and doc[start].lower_ in given_names()
    return not is_full and doc[end].dep_ != "compound"


def plurals_of(surname: str) -> tuple[str, str]:
    """Return what all of a surname may be called: "Bergs", "Joneses"."""
    return f"{surname}s", f"{surname}es"


def are_all_of_a_surname(doc: Doc, start: int, end: int) -> bool:
    """Say whether a person's name is that of several: "the Bergs"."""
    is_plural = end - start == 1 and doc[start].tag_ == "NNPS"
    return is_plural and start > 0 and doc[start - 1].lower_ == "the"


def words_with_surname(doc: Doc, start: int, end: int) -> str:
    """Return a person's name with the surname behind the partner's: "John Berg" for "John and Ann Berg"."""
    words = doc[start:end].text
    partner = end + 1
    if end - start > 1 or partner + 1 >= len(doc) or doc[end].lower_ not in _JOINING:
        return words
    are_given = doc[start].lower_ in given_names() and doc[partner].lower_ in given_names()
    is_full = doc[partner].ent_type_ == "PERSON" and end_of_marked(doc, partner) == partner + 2
    return f"{words} {doc[partner + 1].text}" if are_given and is_full else words
