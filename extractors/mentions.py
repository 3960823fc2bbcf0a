"""Where a text refers to something: names, values, nouns with a name's role, pronouns.

Which of them mean the same thing is decided in coreference.py.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import cast

from extractors.kinds_in_names import DEFINITE, ToldBy, kind_taken_up, kinds_told
from extractors.known_names import LEXICONS, rows_of
from extractors.name_borders import end_of_state_body
from extractors.name_spans import VALUES, find_name_spans
from extractors.name_types import is_building, retyped
from extractors.reader import ATTRIBUTION
from extractors.spans import initials_of, name_words, phrase_before
from extractors.words import Doc, Token
from newsgraph.gazetteer import load_gazetteer
from newsgraph.records import EntityType, MentionKind

THIRD_PERSONS = {
    **dict.fromkeys(("he", "him", "his", "himself"), "male"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "female"),
    **dict.fromkeys(("it", "its", "itself"), "thing"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
}
FIRST_PERSONS = {
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), "one"),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), "many"),
}
# A body beside the noun for a thing: whose it is. A people is none of these.
_BOTH = frozenset({("PRODUCT", "ORG"), *((kind, "NORP") for kind in ("PERSON", "ORG", "PRODUCT"))})
_TOLD: frozenset[EntityType] = frozenset({"PERSON", "ORG", "PRODUCT"})
_SURE = 0.9  # confidence from which "Houston" is the city beside a Mr Houston
# Persons and firms are called so.
_EITHER = frozenset(
    {
        *(
            "owner",
            "rival",
            "maker",
            "partner",
            "buyer",
            "neighbour",
            "neighbor",
            "ally",
            "leader",
            "founder",
            "member",
        ),
        *(
            "champion",
            "winner",
            "opponent",
            "host",
            "guest",
            "shareholder",
            "investor",
            "creditor",
            "competitor",
        ),
        *(
            "regulator",
            "client",
            "customer",
            "tenant",
            "landlord",
            "sponsor",
            "contender",
            "challenger",
            "bidder",
            "loser",
        ),
    }
)
ANONYMOUS = frozenset({"one", "another", "some", "others", "many", "several"})
PUBLIC_BODIES = frozenset(row[0] for row in rows_of(LEXICONS / "public_bodies.tsv"))
_POSTS = frozenset({"secretary", "minister", "ministers", "secretaries"})
_IN_CHARGE = frozenset({"minister", "ministers", "commissioner"})
_PORTFOLIOS = frozenset(
    {
        *(
            "defense",
            "defence",
            "foreign",
            "interior",
            "home",
            "finance",
            "prime",
            "justice",
            "health",
            "energy",
        ),
        *(
            "trade",
            "education",
            "transport",
            "environment",
            "agriculture",
            "labor",
            "labour",
            "water",
            "economy",
        ),
    }
)
_PLACING = frozenset({"in", "near", "at", "from", "to", "into", "around", "outside", "through"})
_OF_PLACES = frozenset(
    {"city", "town", "place", "state", "port", "north", "south", "east", "west", "outside", "mayor", "people"}
)
_AGES = (5, 120)


@dataclass(frozen=True, slots=True)
class Referring:
    """A mention before its entity is known: tokens ``[start, end)``."""

    start: int
    end: int
    head: int
    type: EntityType
    kind: MentionKind
    confidence: float

    def words(self, doc: Doc) -> str:
        return doc[self.start : self.end].text


@cache
def nominal_types() -> dict[str, EntityType]:
    """Return the entity type that each noun of the word lists stands for."""
    people: dict[str, EntityType] = dict.fromkeys(minor_nouns(), "PERSON")
    things = {row[0]: cast("EntityType", row[1]) for row in rows_of(LEXICONS / "minor_nouns.tsv")}
    return (
        people | things | {row[0]: cast("EntityType", row[1]) for row in rows_of(LEXICONS / "nominals.tsv")}
    )


@cache
def minor_nouns() -> frozenset[str]:
    """Return the nouns that make nothing an entity that is called so once and does nothing."""
    files = ("person_nouns.txt", "minor_nouns.tsv")
    return frozenset(row[0] for name in files for row in rows_of(LEXICONS / name))


@cache
def body_nouns() -> frozenset[str]:
    """Return the nouns for buildings that act as bodies do: "the hospital sued"."""
    return frozenset(row[0] for row in rows_of(LEXICONS / "minor_nouns.tsv") if "body" in row[2:])


@cache
def roles_of_posts() -> dict[str, str]:
    """Return for each noun that names a post, "post" or "lead"."""
    nominals = {row[0]: row[2] for row in rows_of(LEXICONS / "nominals.tsv") if len(row) > 2}
    return {row[0]: row[1] for row in rows_of(LEXICONS / "posts.tsv")} | nominals


@cache
def words_of_posts() -> Mapping[str, frozenset[str]]:
    """Return the words of posts.toml, by kind: verbs that put somebody into a post, what is before one."""
    given = tomllib.loads((LEXICONS / "posts.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in given.items()}


@cache
def titles() -> dict[str, str | None]:
    """Return the words before a person's name that are no part of it, with the gender that they tell."""
    return {row[0]: row[1] if len(row) > 1 else None for row in rows_of(LEXICONS / "person_titles.tsv")}


def find_mentions(doc: Doc) -> list[Referring]:
    """Return the mentions of a Doc in text order; a name may stand inside a longer nominal."""
    names = list(_names(doc))
    inside_names = {place for name in names for place in range(name.start, name.end)}
    told = kinds_told(ToldBy(one.start, one.words(doc), one.type) for one in names if one.kind == "name")
    others = [*_nominals(doc, inside_names, told), *_pronouns(doc), *_anonymous(doc, inside_names)]
    found = {(one.start, one.end): one for one in (*others, *names)}
    return sorted(found.values(), key=lambda one: (one.start, -one.end))


def _names(doc: Doc) -> Iterator[Referring]:
    spans = find_name_spans(doc, frozenset(titles()))
    labels = _agreed_labels([(one.words(doc), one.label) for one in spans])
    surest: dict[str, float] = {}
    for one in spans:
        surest[one.words(doc)] = max(one.sure, surest.get(one.words(doc), 0))
    labels |= retyped(doc, [(one.start, one.end) for one in spans], labels, surest)
    company = _Company(
        families={name.split()[-1] for name, label in labels.items() if label == "PERSON" and " " in name},
        crafts={name.split()[-1] for name, label in labels.items() if label == "PRODUCT" and " " in name},
        sources={
            place
            for span in doc.spans.get(ATTRIBUTION, ())
            if span.label_ == "SOURCE"
            for place in range(span.start, span.end)
        },
    )
    for one in spans:
        start, end, text = one.start, one.end, one.words(doc)
        if not any(character.isalnum() for character in text) or _is_portfolio(doc, start, end, one.label):
            continue
        if one.label == "ORG" and _is_described(doc, start, end):
            continue  # "the interior ministry", "the ministry of Morava"
        label = one.label
        if label not in VALUES and not one.is_settled:
            start, end, label = _typed(doc, start, end, labels[text], one.sure, company)
        kind: MentionKind = "value" if label in VALUES else "name"
        yield Referring(start, end, doc[start:end].root.i, cast("EntityType", label), kind, one.sure)


def _typed(
    doc: Doc, start: int, end: int, label: str, sure: float, company: _Company
) -> tuple[int, int, str]:
    """Return a name's borders and type as it stands here."""
    if label == "NORP":
        start, end, label = _people_or_other(doc, start, end)
    label = _label_in_company(doc, start, end, label, sure, company)
    return start, end, "FAC" if label == "ORG" and is_building(doc, start, end) else label


def _is_described(doc: Doc, start: int, end: int) -> bool:
    """Say whether a body's words are no name, but what it is and where."""
    text = doc[start:end].text
    is_noun = doc[start].text.islower() and doc[start].lemma_.lower() in nominal_types()
    return " " in text and (text.islower() or (is_noun and doc[start + 1].lower_ == "of"))


@dataclass(frozen=True, slots=True)
class _Company:
    """What an article's other names say of one."""

    families: Set[str]  # surnames of persons who are named in full
    crafts: Set[str]  # last words of products' names: "Ford" of "USS Gerald R. Ford"
    sources: Set[int]  # words of whoever says something


def _label_in_company(doc: Doc, start: int, end: int, label: str, sure: float, company: _Company) -> str:
    """Return the type of a name as it stands here: "Austin said" is the man, "in Austin" is the city."""
    called = _called_type(doc, doc[start:end].root, start) if sure < _SURE else None
    if called is not None and (called, label) not in _BOTH:
        return called
    if _has_age(doc, end) and label not in {"NORP", "PRODUCT"}:
        return "PERSON"
    text = doc[start:end].text
    if text not in company.families:
        return label
    before = doc[start - 1].lower_ if start > 0 else ""
    is_thing = before in {"a", "an"} and doc[start:end].root.dep_ in {"obj", "obl"}  # not "a Ford supporter"
    if is_thing or (text in company.crafts and before == "the"):
        return "PRODUCT"  # "she drives a Ford"; "the Ford": the carrier, not the president
    is_sure = sure > _SURE and (label == "ORG" or (label == "LOC" and start not in company.sources))
    is_place = label == "LOC" and _is_place(doc, start, end)
    return label if is_sure or is_place or _is_thing(doc, end) else "PERSON"


def _called_type(doc: Doc, root: Token, start: int) -> EntityType | None:
    """Return what a noun beside a name says it is: "the engineer Anna Berg", "the operator Norlin"."""
    before = doc[start - 1] if start > doc[start].sent.start else None
    right_before = None if before is None else _type_told_by(before)
    if right_before is not None:
        return right_before if right_before in _TOLD else None
    nouns = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos" and before is not None and before.text == ",":
        nouns.append(before.nbor(-1) if before.i > before.sent.start else before)  # "his deputy, Deniz Uslu"
    if root.dep_ == "appos" and root.head.dep_ == "nmod":  # "the founder of Poltronics, Maarten Pol"
        nouns.append(root.head.head)
    types = [kind for noun in nouns if (kind := _type_told_by(noun)) in _TOLD]
    return "PERSON" if "PERSON" in types else next(iter(types), None)


def _type_told_by(noun: Token) -> EntityType | None:
    lemma = singular(noun)
    is_one = noun.tag_ == "NN" and noun.text == noun.lower_
    return nominal_types().get(lemma) if is_one and lemma not in _EITHER else None


def _is_place(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name stands as a place's does: "in Austin", "a place like Austin", "Austin, Texas"."""
    before = doc[start - 1].lower_ if start > 0 else ""
    region = end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].ent_type_ == "LOC"
    of_place = before in {"of", "like"} and start > 1 and doc[start - 2].lower_ in _OF_PLACES
    return before in _PLACING or region or of_place


def _people_or_other(doc: Doc, start: int, end: int) -> tuple[int, int, EntityType]:
    """Return a people's name with its type: "Russian Federation", "Velmarkian Navy", "The Hindu" are none."""
    if (whole := end_of_state_body(doc, start, end)) is not None:
        return start, whole, "ORG"
    text = doc[start:end].text
    if any(one.kind == "country" for one in load_gazetteer().named(text)):
        return start, end, "LOC"
    is_noun = doc[start:end].root.dep_ not in {"amod", "compound"}
    paper = f"The {text}" if is_noun and start > 0 and doc[start - 1].text == "The" else ""
    if paper and any(one.kind == "media" and one.name == paper for one in load_gazetteer().named(paper)):
        return start - 1, end, "ORG"
    return start, end, "NORP"


def _has_age(doc: Doc, end: int) -> bool:
    """Say whether an age stands behind a name: "Washington, 66, plays"."""
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 2].text not in {",", "."}:
        return False
    years = doc[end + 1].text
    return years.isdigit() and _AGES[0] <= int(years) <= _AGES[1]


def _is_thing(doc: Doc, end: int) -> bool:
    """Say whether a name goes on as no person's does: "Jordan, which buys"."""
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ == "which"


def _is_portfolio(doc: Doc, start: int, end: int, label: str) -> bool:
    """Say whether words are the field of a post, and no body's: "US Defense" before "Secretary"."""
    if label == "ORG" and start > 1 and doc[start - 1].lower_ in {"of", "for"}:
        return doc[start - 2].lower_ in _IN_CHARGE  # "the Minister of Public Works"
    return end < len(doc) and doc[end].lower_ in _POSTS and doc[end - 1].lower_ in _PORTFOLIOS


def _agreed_labels(found: list[tuple[str, str]]) -> dict[str, str]:
    """Return one label for each name: the same words in one article are hardly two kinds of thing."""
    votes: dict[str, Counter[str]] = {}
    for text, label in found:
        if label not in VALUES:
            votes.setdefault(text, Counter())[label] += 1
    agreed = {text: min(labels, key=lambda label: (-labels[label], label)) for text, labels in votes.items()}
    firms = {text.split()[0] for text, label in agreed.items() if label == "ORG" and " " in text}
    families = {text.split()[-1] for text, label in agreed.items() if label == "PERSON" and " " in text}
    told = _labels_of_acronyms(agreed)
    # A firm called by its first word alone looks like a surname.
    return {
        text: "ORG" if label == "PERSON" and text in firms - families else told.get(text, label)
        for text, label in agreed.items()
    }


def _labels_of_acronyms(labels: Mapping[str, str]) -> dict[str, str]:
    """Return the types of the names that acronyms of the article stand for: of "MBS" a person's."""
    found: dict[str, set[str]] = {}
    for text, label in labels.items():
        for letters in initials_of(name_words(text)):
            found.setdefault(letters, set()).add(label)
    return {
        text: next(iter(found[text.casefold()]))
        for text, label in labels.items()
        if text.isupper() and label not in {"LOC", "FAC"} and len(found.get(text.casefold(), ())) == 1
    }


def _nominals(doc: Doc, inside_names: set[int], told: Mapping[str, Sequence[ToldBy]]) -> Iterator[Referring]:
    types = nominal_types()
    for token in doc:
        if token.i in inside_names:
            continue
        kind = types.get(singular(token)) if _is_noun(token) or _is_title(token) else None
        if kind is None and token.pos_ in {"NOUN", "PROPN"}:
            kind = kind_taken_up(token, told)
        if kind is not None:
            yield Referring(phrase_before(token), token.i + 1, token.i, kind, "nominal", 0.6)


def _is_noun(token: Token) -> bool:
    is_plain = token.lower_ == token.text or token.text.isupper()  # "our UAV"
    is_noun = token.pos_ == "NOUN" or (token.pos_ == "PROPN" and (is_plain or _is_post(token)))
    return is_noun and token.dep_ != "compound"


def _is_post(token: Token) -> bool:
    """Say whether a post is written as a name is: "the President said"."""
    is_person = nominal_types().get(token.lower_) == "PERSON"
    return is_person and any(child.dep_ == "det" and child.lower_ in DEFINITE for child in token.lefts)


def _is_title(token: Token) -> bool:
    """Say whether a word stands as a post before a person's name: "Defense Secretary Lloyd Austin"."""
    after = token.i + 1
    return (
        token.pos_ in {"NOUN", "PROPN"} and after < len(token.doc) and token.doc[after].ent_type_ == "PERSON"
    )


def singular(token: Token) -> str:
    """Return a noun as the word lists have it."""
    lemma = token.lemma_.lower()
    return lemma[:-3] + "man" if lemma.endswith("men") and lemma != "men" else lemma


def _pronouns(doc: Doc) -> Iterator[Referring]:
    for token in doc:
        if token.pos_ == "PRON" and (token.lower_ in THIRD_PERSONS or token.lower_ in FIRST_PERSONS):
            thing = THIRD_PERSONS.get(token.lower_) == "thing"
            yield Referring(token.i, token.i + 1, token.i, "ORG" if thing else "PERSON", "pronoun", 0.5)


def _anonymous(doc: Doc, inside_names: set[int]) -> Iterator[Referring]:
    """Yield voices without a name that are the source of something: "one wrote", "others said"."""
    for span in doc.spans.get(ATTRIBUTION, ()):
        if (
            span.label_ == "SOURCE"
            and len(span) == 1
            and span[0].lower_ in ANONYMOUS
            and span.start not in inside_names
        ):
            yield Referring(span.start, span.end, span.start, "PERSON", "nominal", 0.5)
