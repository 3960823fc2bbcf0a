"""What nouns tell: "a call between A and B", "A's attack on B", "a member of B", "Berg, head of B".

The parties stand around the noun; for roles and posts the holder is what the noun stands beside (apposition),
what it is said of ("Berg is the head of"), or its name ("B spokeswoman Anna Berg").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, takewhile

from extractors.clauses import (
    Party,
    PartyAt,
    coordinated,
    first_word,
    meant,
    obliques,
    owners_of,
    parties_at,
    preposition_of,
    subjects_of,
)
from extractors.commitment_marks import words_of_commitment
from extractors.found import Found, checked
from extractors.frames import NounFrame, load_frames
from extractors.mentions import roles_of_posts
from extractors.words import Token
from newsgraph.vocabulary import load_vocabulary

_IN_PHRASE = frozenset({"ADP", "DET", "PROPN", "ADJ", "NOUN", "PART", "NUM"})
_PHRASE = 9  # words of a noun's phrase before the comma
_REACH = 6  # words between "talks" and "between": "talks took place in Lund between"
_AT = ("in", "at", "near", "on", "off", "outside")
_PLACES = ("of", "at", "for", "in", "to")
_HAVING = frozenset(
    {"begin", "start", "resume", "continue", "end", "finish", "conclude", "suspend", "survive", "break"}
)
_BY_THEMSELVES = frozenset({"relativeOf", "owns", "founded"})  # told of whoever is called so, named or not
_SIBLINGS = frozenset(
    {"brother", "sister", "sibling", "twin", "cousin"}
)  # "the brothers Iker and Unai Zabala"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_LED = frozenset({"executive", "minister", "coach", "officer"})  # with "chief", "prime" or "head" before it
# Bodies that stand somewhere, named or not; a party, a coalition or an opposition does not.
_WITH_DOORS = frozenset(
    {
        *(
            "hospital",
            "school",
            "university",
            "newspaper",
            "court",
            "bank",
            "firm",
            "company",
            "club",
            "church",
            "clinic",
        ),
        *(
            "college",
            "institute",
            "embassy",
            "headquarters",
            "laboratory",
            "museum",
            "studio",
            "office",
            "agency",
        ),
    }
)
_SECOND = frozenset({"vice", "deputy", "assistant", "associate", "vice-", "honorary"})
_PROFESSIONS = frozenset(
    {"lawyer", "economist", "engineer", "scientist", "researcher", "analyst", "professor", "counsel"}
)
_FORMER = frozenset({"former", "ex", "late", "retired", "ex-", "onetime", "erstwhile", "future"})


def of_noun(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield the relations of a noun of action."""
    for frame in load_frames().nouns.get(noun.lemma_.lower(), ()):
        yield from checked(frame.predicate, list(_pairs(noun, frame, party_at)), noun, "noun")


def _pairs(noun: Token, frame: NounFrame, party_at: PartyAt) -> Iterator[tuple[Party, Party]]:
    between = (_in_between(noun, party_at) or parties_at(_joined(noun), party_at)) if frame.between else []
    if len(between) > 1:
        yield from ((between[0], other) for other in between[1:])
        return
    doers = _parties_in(noun, frame.subject, party_at)
    if not doers and frame.between:
        doers = between or parties_at(_carrying(noun), party_at)
    again = [child for child in noun.children if child.dep_ == "conj" and child.lemma_ == noun.lemma_]
    others = [
        one
        for word in frame.object
        for holder in (noun, *again)
        for one in parties_at(obliques(holder, word), party_at)
    ]
    yield from ((doer, other) for doer in doers for other in others)


def _carrying(noun: Token) -> list[Token]:
    """Return the subject of the verb over a noun of action: "In a call with Roe, Falk asked"."""
    verb, lists = noun.head, words_of_commitment()["verbs"]
    if verb.pos_ != "VERB":
        return []
    has = verb.lemma_.lower() in _HAVING | lists["planned"] | lists["negated"]
    is_during = noun.dep_ == "obl" and preposition_of(noun) in {"in", "during", "after", "at", "following"}
    return subjects_of(verb) if is_during or (noun.dep_ == "obj" and has) else []


def _in_between(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return the two behind "between", by the order of the words: there the tree is often wrong."""
    doc, end = noun.doc, noun.sent.end
    reach = range(noun.i + 1, min(noun.i + _REACH, end))
    start = next((place for place in reach if doc[place].lower_ == "between"), None)
    if start is None:
        return []
    sides: list[Party] = []
    is_joined = False
    for token in doc[start + 1 : end]:
        is_joined = is_joined or token.lower_ == "and"
        if token.tag_ in _FINITE or token.text in {".", ";", ":"}:
            break
        party = (
            party_at(token) if token.pos_ in {"NOUN", "PROPN", "PRON"} and token.dep_ != "nmod:poss" else None
        )
        if party is None or party.entity in {one.entity for one in sides} or (sides and not is_joined):
            continue
        sides.append(party)
        if len(sides) > 1:
            return sides
    return []


def _joined(noun: Token) -> list[Token]:
    """Return the sides of what happens among them: "among A and B", "A and B's talks"."""
    return list(obliques(noun, "among")) or list(owners_of(noun))


def _parties_in(noun: Token, slots: tuple[str, ...], party_at: PartyAt) -> list[Party]:
    """Return who stands in the first of a frame's slots that is filled."""
    for slot in slots:
        if slot == "poss":
            heads = list(owners_of(noun))
        elif slot in {"compound", "amod"}:
            heads = [child for child in noun.children if child.dep_ == slot]
        else:
            heads = obliques(noun, slot)
        if parties := parties_at(heads, party_at):
            return parties
    return []


def of_site(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield where a building or body lies: "the Hotel Corona in Split"."""
    sites = [
        one
        for one in parties_at([noun], party_at)
        if one.type == "FAC" or (one.type == "ORG" and (one.is_named or noun.lemma_.lower() in _WITH_DOORS))
    ]
    if sites and noun.dep_ != "obl:agent":  # "hosted by ABC News at the college" tells where it was hosted
        near = _AT if sites[0].type == "FAC" else _AT[:2]
        heads = [one for word in near for one in obliques(noun, word)] + _place_behind(noun, near)
        places = [one for one in parties_at(heads, party_at) if one.type == "LOC" and one.is_named]
        yield from checked("locatedIn", [(site, place) for site in sites for place in places], noun, "site")


def of_seat(based: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield where a body is: "Seoul-based Daon Robotics"."""
    places = [child for child in based.children if child.dep_ in {"compound", "obl", "nmod"}]
    pairs = [
        (body, place)
        for body in parties_at([based.head], party_at)
        for place in parties_at(places, party_at)
        if body.type == "ORG" and body.is_named and place.type == "LOC"
    ]
    yield from checked("locatedIn", pairs, based, "site")


def _place_behind(site: Token, near: Sequence[str]) -> list[Token]:
    """Return the place right behind a site, where the tree hangs it on the verb."""
    doc, after = site.doc, site.i + 1
    if site.pos_ not in {"NOUN", "PROPN"} or after + 1 >= len(doc) or doc[after].lower_ not in near:
        return []
    return [child for child in site.head.children if child.dep_ == "obl" and child.left_edge.i == after]


# --- Roles and posts ----------------------------------------------------------------------------------------


def of_role(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield what somebody or something is to another: "Roe, a member of the party"."""
    predicate = load_frames().roles.get(noun.lemma_.lower())
    if noun.lemma_.lower() in _SIBLINGS and noun.tag_ == "NNS":
        both = [
            one for one in parties_at(coordinated(noun), party_at) if one.is_named and one.type == "PERSON"
        ]
        yield from checked("relativeOf", list(combinations(both, 2)), noun, "role")
    if predicate is None:
        return
    places = parties_at([*obliques(noun, "of"), *obliques(noun, "to"), *owners_of(noun)], party_at)
    holders = _holders(noun, party_at)
    if not holders and predicate in _BY_THEMSELVES:  # "the owners of the trawler Santa Bruna"
        holders = parties_at([noun], party_at)
        places = [one for one in places if one.is_named and noun.doc[one.head].pos_ != "PRON"]
    if predicate == "marriedTo":
        places = [one for one in places if one.is_named]
    pairs = [(holder, place) for holder in holders for place in places]
    yield from checked(predicate, pairs, noun, "role")


def of_post(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield who holds a post where: "Berg, the head of B", "B spokeswoman Anna Berg"."""
    role = _role_of(noun)
    if role is None or any(child.lower_ in _FORMER for child in (*noun.children, *_words_before(noun))):
        return
    holders = [one for one in _holders(noun, party_at) if one.type == "PERSON" and one.is_named]
    heads = [one for word in _PLACES for one in obliques(noun, word)] + list(owners_of(noun))
    heads += [child for child in noun.children if child.dep_ in {"compound", "amod"}]
    if noun.dep_ in {"compound", "flat", "nmod:desc"}:
        heads += [*owners_of(noun.head), *obliques(noun.head, "of")]
        heads += [child for child in noun.head.children if child.dep_ == "compound" and child.i < noun.i]
    predicate = "leads" if role == "lead" and not _leads_a_field(noun, party_at) else "holdsPostAt"
    fits = {*load_vocabulary()[predicate].object}
    if noun.lemma_.lower() in _PROFESSIONS:
        fits -= {"LOC"}  # "a Boca Raton lawyer" works there, for nobody in particular
    found = (one for one in parties_at(heads, party_at) if one.is_named and one.type in fits)
    places = [one for one in found if one.head != noun.i][:1]
    pairs = [(holder, place) for holder in holders for place in places]
    yield from checked(predicate, pairs, noun, "post", _post_words(noun))


def _words_before(noun: Token) -> Iterator[Token]:
    """Return the words of a noun's phrase before it, wherever they hang: "former Ohio governor"."""
    before = reversed(noun.doc[noun.sent.start : noun.i])
    return takewhile(lambda one: one.pos_ in {"ADJ", "PROPN", "NOUN"}, before)


def _leads_a_field(noun: Token, party_at: PartyAt) -> bool:
    """Say whether a post heads something less than where it is: "director of debate at the university"."""
    fields = obliques(noun, "of")
    return bool(fields) and not parties_at(fields, party_at)


def _role_of(noun: Token) -> str | None:
    """Return whether a post is one of many or leads: "minister" does not, "prime minister" does."""
    lemma = noun.lemma_.lower()
    role = roles_of_posts().get(lemma)
    around = [*noun.children, *(noun.head.children if noun.dep_ in {"compound", "nmod:desc"} else ())]
    field = [one for one in around if one.dep_ == "compound" and one.i < noun.i and one.lower_ == one.text]
    if lemma in {"chief", "director"} and field:
        return role and "post"  # "fire chief", "finance director"
    before = {one.lower_ for one in around if one.i == noun.i - 1}
    if noun.i > 0 and noun.nbor(-1).lower_ in _SECOND:
        return role and "post"
    is_first = bool(before & {"chief", "prime", "head"}) and lemma in _LED
    return "lead" if is_first else role


def _holders(noun: Token, party_at: PartyAt) -> list[Party]:
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        # "the widow of Larsen and mother of Holm"; "his uncle and his father, Roe" are two
        owned = any(child.dep_ == "nmod:poss" for child in noun.children)
        return [] if owned else _holders(noun.head, party_at)
    if noun.dep_ == "appos" and (head := parties_at([noun.head], party_at)):
        return head
    if any(child.dep_ == "cop" for child in noun.children):
        subjects = [child for child in noun.children if child.dep_ in {"nsubj", "nsubj:outer"}]
        return parties_at([one for child in subjects for one in coordinated(meant(child))], party_at)
    beside = [child for child in noun.rights if child.dep_ in {"appos", "flat", "compound"}]
    if noun.dep_ in {"compound", "flat", "nmod:desc"} and noun.head.i > noun.i:
        beside.append(noun.head)
    named = [one for one in parties_at(beside, party_at) if one.is_named]
    return named or _by_commas(noun, party_at)


def _by_commas(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return the name that only commas put beside a noun, whatever the tree makes of it."""
    if (name := _name_after_comma(noun)) is not None:
        return [one for one in parties_at([name], party_at) if one.is_named]
    first = first_word(noun)
    is_behind = noun.tag_ == "NN" and first >= noun.sent.start + 2 and noun.doc[first - 1].text == ","
    if is_behind and noun.doc[first - 2].ent_type_ == "PERSON":  # "Patrushev, the secretary of the council"
        return [one for one in parties_at([noun], party_at) if one.is_named]
    return []


def _name_after_comma(noun: Token) -> Token | None:
    """Return the name between commas behind a noun and its phrase: "the head of the guild, Hedi Roe, was"."""
    doc, end = noun.doc, noun.sent.end
    reach = range(noun.i + 1, min(noun.i + _PHRASE, end - 1))
    comma = next((place for place in reach if doc[place].pos_ not in _IN_PHRASE), None)
    if comma is None or doc[comma].text != ",":
        return None
    first = comma + 2 if doc[comma + 1].lower_ == "the" else comma + 1
    after = first
    while after < end and doc[after].ent_iob_ == ("B" if after == first else "I"):
        after += 1
    is_closed = after == end or doc[after].text in {",", ".", ";", ")"}
    return doc[first] if after > first and is_closed else None


def _post_words(noun: Token) -> str:
    """Return a post as it is called: "US defence secretary"."""
    first = noun.i
    while first > noun.sent.start:
        before = noun.nbor(first - 1 - noun.i)
        if (before.head != noun and before.head.head != noun) or before.dep_ not in {
            "compound",
            "amod",
            "flat",
        }:
            break
        first -= 1
    return " ".join(noun.doc[first : noun.i + 1].text.split())
