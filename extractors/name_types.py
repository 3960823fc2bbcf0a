"""What kind of thing a name stands for where the network was not sure: by its words, place, what is known.

"Racing Lund" is a club; what stands around all places of a name weighs together (name_signs.py). A person who
is named in full in the article stays one; a name of the lists' towns is a town, if nobody bears it. A seat of
power that people stand outside of is a building, not those who speak there; a place that has profits, or a
thing of no clear kind, is the firm that is named in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from typing import cast

from extractors.known_names import LEXICONS, rows_of
from extractors.name_signs import told_by_signs
from extractors.nouns import titles
from extractors.spans import words_at
from extractors.words import Doc
from newsgraph.accents import without_accents
from newsgraph.gazetteer import load_gazetteer, plain_name
from newsgraph.records import EntityType

_CERTAIN = 0.95  # confidence from which neither words nor place change what a name is
_UNSURE = 0.9  # confidence from which a country or a capital may have lent its name to something else
_SIGNED = 0.985  # confidence up to which a person may be a state or firm by what stands around it


_BODIES = frozenset({"org", "company"})  # kinds of known things
_PLACES = frozenset({"city", "region"})
_TAKEN_FOR_PEOPLE = frozenset({"force", "group", "media", "party", "service"})
_RETYPED = frozenset({"PERSON", "PRODUCT", "ORG"})


@cache
def given_names() -> Mapping[str, str]:
    """Return the gender that each given name tells, "male" or "female", by the name in small letters.

    With and without its accents.
    """
    told = {row[0]: row[1] for row in rows_of(LEXICONS / "given_names.tsv")}
    return {without_accents(name): gender for name, gender in told.items()} | told


@cache
def country_codes() -> frozenset[str]:
    """Return the three letters by which lists and sports call countries."""
    return frozenset(code for row in rows_of(LEXICONS / "country_codes.txt") for code in row[0].split())


@cache
def _seats() -> frozenset[str]:
    return frozenset(row[0] for row in rows_of(LEXICONS / "known_names.tsv") if "seat" in row[2:])


@cache
def _words() -> Mapping[tuple[str, str], EntityType]:
    """Return what words tell, by where they stand: "first", "last" in the name, the rest beside it."""
    return {(row[0], row[1]): cast("EntityType", row[2]) for row in rows_of(LEXICONS / "name_words.tsv")}


def is_last_word(short: Sequence[str], full: Sequence[str]) -> bool:
    """Say whether papers and clubs are called by the last word alone: "the Times", "City" (of name_words)."""
    return len(short) == 1 < len(full) and short[0] == full[-1] and (short[0], "alone") in _words()


def is_told_kind(noun: str, where: str) -> bool:
    """Say whether a noun tells the kind of the name behind it, as "kind" and so on of name_words.tsv."""
    return (noun, where) in _words()


def retyped(
    doc: Doc, names: Iterable[tuple[int, int]], labels: Mapping[str, str], sure: Mapping[str, float]
) -> dict[str, str]:
    """Return other labels for names of persons, things and bodies, each for all its places in the article.

    Args:
        doc: Where they stand.
        names: Tokens [start, end) of all names.
        labels: The label of each name's words.
        sure: How sure the network was of it at best.
    """
    places = list(names)
    people = [text.split() for text, label in labels.items() if label == "PERSON" and " " in text]
    parts = {word for words in people for word in (words[0], words[-1])}
    called = {frozenset(words) for words in people}
    firms = {text.split()[0] for text, label in labels.items() if label == "ORG" and " " in text}
    like_bodies = {text for text in labels if told_by_words(text.split()) == "ORG"}
    signs = told_by_signs(doc, places, labels, like_bodies)
    parts |= {doc[start:end].text for start, end in places if start and doc[start - 1].lower_ in titles()}
    found: dict[str, str] = {}
    for start, end in places:
        text = words_at(doc, start, end)
        label = labels.get(text)
        if (
            label == "LOC"
            and text in firms
            and not load_gazetteer().named(text)
            and _is_firm(doc, start, end)
        ):
            found[text] = "ORG"  # "Ellsmoor's profit", beside Ellsmoor Cold Chain
        if label is None or (text in parts and " " not in text):
            continue
        told = _by_mark(doc, start, end, label)
        if told is None and _may_be_told(text, label, signs.get(text), sure[text]):
            told = signs[text]
        if told is None and label in _RETYPED:
            is_open = sure[text] <= _CERTAIN
            told = _by_article(doc, start, end, label, called) if is_open else None
            told = told or _by_name(text, label, sure[text])
        elif told is None and label == "MISC" and sure[text] <= _UNSURE:
            is_body = (text in firms and not text.isupper()) or told_by_words(text.split()) == "ORG"
            told = "ORG" if is_body else _by_what_is_known(text, label, sure[text])
        if told is not None:
            found.setdefault(text, told)
    return found


def _by_name(text: str, label: str, sure: float) -> EntityType | None:
    """Return what a name is by its own words alone."""
    known = _by_what_is_known(text, label, sure) if sure <= _CERTAIN else None
    is_body = label == "PERSON" and sure <= _SIGNED and _is_surely_body(text.split())
    return known or ("ORG" if is_body else None)


def _may_be_told(text: str, label: str, told: EntityType | None, sure: float) -> bool:
    """Say whether what stands around a name in all its places may say something else than the network."""
    if told is None or told == label or load_gazetteer().named(text):
        return False
    if label == "PERSON" or (label == "LOC" and told == "NORP"):  # "Karsovan" is no place beside Karsova
        return sure <= _SIGNED and (told != "NORP" or sure <= _CERTAIN)
    if label == "ORG" and told_by_words(text.split()) == "ORG":
        return False  # "the governor of Lund Bank"
    is_other = told in {"ORG", "NORP"} if label == "LOC" else label in _RETYPED
    return is_other and sure <= _UNSURE


def _by_article(doc: Doc, start: int, end: int, label: str, called: Set[frozenset[str]]) -> EntityType | None:
    """Return what a name's words tell, who is called so, and what a thing stands with."""
    words = doc[start:end].text.split()
    if label == "PRODUCT" and frozenset(words) in called:
        return "PERSON"  # "Berg Anna", as Hungarians write it
    told = None if label == "ORG" else told_by_words(words)
    return _by_company(doc, start, end) if told is None and label == "PRODUCT" else told


def _by_mark(doc: Doc, start: int, end: int, label: str) -> EntityType | None:
    """Return what a bracket or a noun right beside a name says beyond doubt."""
    if label in _RETYPED and _is_code_of_country(doc, start, end):
        return "LOC"
    if label in _RETYPED and _is_seat(doc, end):
        return "LOC"
    if label == "PERSON" and _is_species(doc, start, end):
        return "MISC"
    is_people = label in {"LOC", "PERSON"} and _is_people(doc, start, end)
    return "NORP" if is_people and not load_gazetteer().named(doc[start:end].text) else None


def _is_seat(doc: Doc, end: int) -> bool:
    """Say whether a name is where a firm sits: "Piraeus-based"."""
    return end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in {"based", "headquartered"}


def _is_species(doc: Doc, start: int, end: int) -> bool:
    """Say whether words are written as no person's are, but kinds of beings: "Aneides flavus", "samba".

    Whoever writes "lisa" may mean her, and "Ann berg" is not a frog.
    """
    words = doc[start:end].text.split()
    is_binomial = len(words) == 2 and words[0].istitle() and words[0].lower() not in given_names()
    is_kind = len(words) == 1 and words[0] not in given_names() and not _stands_as_name(doc, start)
    return words[-1].isalpha() and words[-1].islower() and (is_binomial or is_kind)


def _stands_as_name(doc: Doc, place: int) -> bool:
    """Say whether a word in small letters stands as a name does: "tell val", not "waiver of tort"."""
    before = doc[place - 1] if place > 0 else None
    return doc[place].tag_ == "NNP" and (before is None or not (before.tag_ == "DT" or before.lower_ == "of"))


def _is_people(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name is that of a people or of its language: "the Karsan tribe"."""
    if end - start > 1 or end == len(doc) or (doc[end].lemma_.lower(), "tribe") not in _words():
        return False
    return doc[start].head == doc[end] and doc[start].dep_ in {"amod", "compound"}


def _is_code_of_country(doc: Doc, start: int, end: int) -> bool:
    """Say whether three letters in brackets tell a person's country: "Ann Roe (SWE)"."""
    if end - start > 1 or start < 2 or end >= len(doc) or doc[start].text not in country_codes():
        return False
    return doc[start - 1].text == "(" and doc[end].text == ")" and doc[start - 2].ent_type_ == "PERSON"


def _by_what_is_known(text: str, label: str, sure: float) -> EntityType | None:
    """Return LOC for a country, or for a capital that is no person or thing; ORG for a body of the lists."""
    known = load_gazetteer().named(text)
    if not known or text.lower() in given_names():
        return None
    if sure < _UNSURE and any(one.kind == "country" for one in known):
        return "LOC"
    if label != "ORG" and any(one.is_capital for one in known):
        return "LOC"
    if _may_be_town(text, label, sure) and all(one.kind in _PLACES for one in known):
        return "LOC"
    kinds = _BODIES | _TAKEN_FOR_PEOPLE if label == "PERSON" and sure < _UNSURE else _BODIES
    is_open = sure < _UNSURE or label == "PERSON"
    return "ORG" if is_open and label != "ORG" and all(one.kind in kinds for one in known) else None


def _may_be_town(text: str, label: str, sure: float) -> bool:
    """Say whether what was taken for a person or body may be a town; clubs bear a town's one word."""
    is_person = label == "PERSON" and plain_name(text).split(" ")[-1] not in load_gazetteer().surnames
    return is_person or (label == "ORG" and " " in text and sure < _UNSURE)


def _is_surely_body(words: Sequence[str]) -> bool:
    """Say whether a name ends or begins as bodies' names do and has no person's given name."""
    return told_by_words(words) == "ORG" and words[0].lower() not in given_names()


def told_by_words(words: Sequence[str]) -> EntityType | None:
    """Return what the first or last word of a name tells of it: "Racing Lund", "Lund Holdings"."""
    if len(words) < 2:
        return None
    return _words().get((words[0], "first")) or _words().get((words[-1], "last"))


def _is_firm(doc: Doc, start: int, end: int) -> bool:
    """Say whether something has what firms alone have: "Ellsmoor's profit", "the Ellsmoor spokesman"."""
    root = doc[start:end].root
    return root.dep_ in {"nmod:poss", "nmod", "compound"} and (root.head.lemma_.lower(), "firm") in _words()


_OF_PEOPLES = ("an", "ese", "ish")
_GIVING = frozenset({"supply", "provide", "arm", "equip", "furnish"})


def _by_company(doc: Doc, start: int, end: int) -> EntityType | None:
    """Tell no thing by what it stands with: "Karsovan gunners"; "supplied Karsova with launchers"."""
    root = doc[start:end].root
    if root.dep_ in {"amod", "compound"} and end - start == 1 and root.text.endswith(_OF_PEOPLES):
        return _words().get((root.head.lemma_.lower(), "people"))
    gets = root.dep_ == "obj" and root.head.lemma_ in _GIVING and root.head.i < start
    return "ORG" if gets and end < len(doc) and doc[end].lower_ == "with" else None


# Where one stands beside buildings, and what is done to them; who speaks "in the Kremlin" is hard to say.
_AROUND = frozenset(
    {
        *("outside", "around", "below", "beneath", "behind", "near", "past", "across", "through"),
        *("beside", "opposite", "above", "over"),
    }
)
_VISITED = frozenset({"enter", "reach", "leave", "visit", "tour", "storm", "pass", "evacuate", "surround"})


def is_building(doc: Doc, start: int, end: int) -> bool:
    """Say whether a seat of power is meant as a building: "outside the Kremlin"."""
    if doc[start:end].text not in _seats():
        return False
    root, place = doc[start:end].root, start - 1
    while place > 0 and doc[place].dep_ == "det":
        place -= 1
    before = doc[place] if place >= 0 else root
    if before.lower_ == "of" and root.dep_ == "nmod":
        return _words().get((root.head.lemma_.lower(), "building")) is not None
    return before.lower_ in _AROUND or (root.dep_ == "obj" and root.head.lemma_ in _VISITED)
