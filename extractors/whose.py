"""Whose relative somebody is: what stands between the two, and whether "his" can mean nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.clauses import Party, PartyAt
from extractors.frames import load_frames
from extractors.generations import without_suffix
from extractors.mentions import FIRST_PERSONS, THIRD_PERSONS
from extractors.name_types import given_names
from extractors.nouns import gendered_nouns, singular, titles
from extractors.spans import name_around, name_words
from extractors.words import Doc, Token

_SEVERAL = frozenset(
    word for words in (THIRD_PERSONS, FIRST_PERSONS) for word, kind in words.items() if kind == "many"
)
_PRONOUNS = {word: kind for word, kind in THIRD_PERSONS.items() if kind in {"male", "female"}}


def is_beside(noun: Token, holder: Party) -> bool:
    """Say whether nothing sets a noun for a relative apart from who is called so, whatever the tree says.

    In "his wife, Heidi, and his father, Rafael" the wife is not Rafael, in "Roe; Falk's wife, Ann" not Roe.
    """
    if holder.head < noun.i:
        return all(one.text not in {";", ":"} for one in noun.doc[holder.head : noun.i])
    return all(one.lemma_.lower() not in load_frames().roles for one in noun.doc[noun.i + 1 : holder.head])


def is_surely_whose(noun: Token, owner: Party, holders: Sequence[Party], party_at: PartyAt) -> bool:
    """Say whether "his" of "his wife" can mean nobody else whom the sentence names before.

    "Roe and his wife" leaves no doubt, "Falk said that Roe had insulted his wife" does.
    """
    pronoun = noun.doc[owner.head]
    if pronoun.pos_ != "PRON":
        return True
    doc, gender = noun.doc, _PRONOUNS.get(pronoun.lower_)
    kind = gendered_nouns().get(singular(noun))
    if any(_are_unlike(kind, _gender_at(doc[one.head])) for one in holders):
        return False  # "Carl Roe, his wife, and"
    if any(_is_of_others(one, owner, party_at, doc) for one in holders):
        return False
    before = [
        (token, party)
        for token in doc[noun.sent.start : pronoun.i]
        if token.tag_ != "NNS"
        and token.lower_ not in _SEVERAL
        and (party := party_at(token)) is not None
        and party.type == "PERSON"
    ]
    unlike = {party.entity for token, party in before if _are_unlike(gender, _gender_at(token))}
    if owner.entity in unlike:
        return False
    if before and doc[pronoun.i - 1].lower_ in {"and", ","}:
        token, party = before[-1]
        if token.i == pronoun.i - 2 and party.entity not in unlike:
            return party.entity == owner.entity  # "Ann Roe thanked Falk and her husband" leaves a doubt
    known = {owner.entity, *(one.entity for one in holders), *unlike}
    return all(party.entity in known for _, party in before)


def _is_of_others(holder: Party, owner: Party, party_at: PartyAt, doc: Doc) -> bool:
    """Say whether others bear a relative's surname and the owner does not: no wife Ann Roe of Falk."""
    around = name_around(doc, holder.head)
    name = without_suffix(name_words(doc[around.start : around.stop].text))
    if len(name) < 2:
        return False
    last = name[-1]
    alike = [one.i for one in doc if one.lower_ == last and one.ent_type_ == "PERSON"]
    found = (party_at(doc[place]) for one in alike for place in name_around(doc, one))
    bearers = {one.entity for one in found if one is not None} - {holder.entity}
    return bool(bearers) and owner.entity not in bearers


def _are_unlike(gender: str | None, other: str | None) -> bool:
    return None not in {gender, other} and gender != other


def _gender_at(token: Token) -> str | None:
    """Return the gender that a pronoun, a noun or a name tells by itself, with the title before it."""
    if token.pos_ == "PRON":
        return _PRONOUNS.get(token.lower_)
    if not token.ent_type_:
        return gendered_nouns().get(singular(token))
    name = name_around(token.doc, token.i)
    first = name[0]
    title = titles().get(token.doc[first - 1].lower_) if first > token.sent.start else None
    is_full = len(name) > 1  # Clinton alone is no man's given name
    return title or (given_names().get(token.doc[first].lower_) if is_full else None)
