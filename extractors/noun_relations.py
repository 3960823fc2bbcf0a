"""What nouns tell: "a call between A and B", "A's attack on B"; where a body is: "the Hotel Corona in Split".

The parties stand around the noun. What posts and roles tell is found in posts.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.clauses import (
    Party,
    PartyAt,
    has_oblique,
    is_passive,
    may_be_of_words,
    objects_of,
    obliques,
    owners_of,
    parties_at,
    preposition_of,
    subjects_of,
)
from extractors.commitment_marks import words_of_commitment
from extractors.found import Found, checked
from extractors.frames import NounFrame, load_frames
from extractors.nouns import PUBLIC_BODIES, singular
from extractors.telling import FIGHTERS
from extractors.words import FINITE_OR_MODAL, Token
from newsgraph.vocabulary import load_vocabulary

_HOUSES_OF_STATE = frozenset({"senate", "congress", "parliament"})
_REACH = 6  # words between "talks" and "between": "talks took place in Lund between"
_AT = ("in", "at", "near", "on", "off")
_HAVING = frozenset(
    {"begin", "start", "resume", "continue", "end", "finish", "conclude", "suspend", "survive", "break"}
)
_COMING = frozenset(
    {"arrive", "travel", "fly", "go", "come", "visit", "return", "head", "land", "stop", "stay"}
)
_TAKING_PLACE = frozenset({"take", "hold", "occur", "happen", "schedule", "plan", "go"})
_SPEAKING = frozenset({"speak", "talk", "meet", "address", "tell", "brief", "visit"})
_BESIDE_NAMES = frozenset({"amod", "compound", "nmod:desc"})
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


def of_noun(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield the relations of a noun of action."""
    for frame in _frames_of(noun):
        if any(obliques(noun, word) for word in frame.without):
            continue
        yield from checked(frame.predicate, list(_pairs(noun, frame, party_at)), noun, "noun")


def _pairs(noun: Token, frame: NounFrame, party_at: PartyAt) -> Iterator[tuple[Party, Party]]:
    between = (_in_between(noun, party_at) or parties_at(_joined(noun), party_at)) if frame.between else []
    if len(between) > 1:
        both = ((between[0], other) for other in between[1:])
        yield from (pair for pair in both if not (frame.of_force and may_be_of_words(*pair)))
        return
    doers = _parties_in(noun, frame.subject, party_at)
    if not doers and frame.between:
        doers = between or parties_at(_carrying(noun), party_at)
    if not doers and frame.predicate == "visited":
        doers = _visiting(noun, party_at)
    others = _others(noun, frame, party_at)
    if not others and not frame.between and "by" in frame.subject:  # "Roe's arrest by the police"
        others = parties_at(list(owners_of(noun)), party_at)
        doers = parties_at(obliques(noun, "by"), party_at)
    if not others and frame.between and len(doers) > 1 and not noun_phrases(noun):
        # "A and B called off their merger"; but the tree can give a subject and its apposition to one verb
        yield from ((doers[0], other) for other in doers[1:] if noun.doc[other.head].dep_ == "conj")
    pairs = ((doer, other) for doer in doers for other in others)
    yield from (pair for pair in pairs if not (frame.of_force and may_be_of_words(*pair)))


def by_deed(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return whose deed of force a noun is: of "a Danish air strike killed two" the Danes did it."""
    for frame in _frames_of(noun):
        if load_vocabulary()[frame.predicate].plover == "ASSAULT":
            return _parties_in(noun, frame.subject, party_at)
    return []


def _frames_of(noun: Token) -> list[NounFrame]:
    """Return the frames of a noun of action, of some only behind a word that tells of what kind it is."""
    found = load_frames().nouns.get(noun.lemma_.lower(), ())
    return [one for one in found if not one.kinds or any(child.lower_ in one.kinds for child in noun.lefts)]


def noun_phrases(noun: Token) -> list[Token]:
    """Return what hangs on a noun behind it."""
    return [child for child in noun.rights if child.dep_ in {"nmod", "obl", "acl", "acl:relcl"}]


def _others(noun: Token, frame: NounFrame, party_at: PartyAt) -> list[Party]:
    """Return the other party of a noun of action; of "under investigation by" who is under it."""
    if preposition_of(noun) == "under" and noun.head.pos_ in {"VERB", "AUX", "ADJ"}:
        return parties_at(subjects_of(noun.head), party_at)
    again = [
        child
        for child in noun.children
        if child.dep_ == "conj"
        and child.lemma_ == noun.lemma_
        and not any(one.lower_ in {"other", "another"} for one in child.lefts)
    ]
    # "a merger of A with B", which the tree hung on A
    inner = [child for child in noun.children if child.dep_ == "nmod" and preposition_of(child) == "of"]
    holders = (noun, *again, *inner)
    found = [one for word in frame.object for holder in holders for one in obliques(holder, word)]
    found += _right_behind(noun, frame.object)
    if "that" in frame.object:
        found = [one for child in noun.children if _is_that_clause(child) for one in subjects_of(child)]
    return parties_at(found, party_at)


def _right_behind(noun: Token, prepositions: Sequence[str]) -> list[Token]:
    """Return whom a phrase right behind a noun means, which the tree hung on its verb: "after talks with"."""
    if noun.dep_ != "obl":
        return []
    after = noun.right_edge.i + 1
    return [one for word in prepositions for one in obliques(noun.head, word) if one.left_edge.i == after]


def _is_that_clause(child: Token) -> bool:
    is_clause = child.dep_ in {"acl", "ccomp", "acl:relcl"} and child.pos_ in {"VERB", "AUX"}
    return is_clause and any(one.lower_ == "that" and one.dep_ == "mark" for one in child.lefts)


def _carrying(noun: Token) -> list[Token]:
    """Return the subject of the verb over a noun of action: "In a call with Roe, Falk asked"."""
    verb, lists = noun.head, words_of_commitment()["verbs"]
    if any(child.dep_ == "cop" for child in noun.children) and preposition_of(noun) in {"at", "in"}:
        return subjects_of(noun)  # "is at war with", "are in talks with"
    if preposition_of(noun) == "for":  # "was in Lund for talks with Roe"
        is_there = any(child.dep_ == "cop" for child in verb.children) and preposition_of(verb) in _AT
        return subjects_of(verb) if is_there or verb.lemma_ in _COMING else []
    if verb.pos_ != "VERB":
        return []
    particles = {child.lower_ for child in verb.children if child.dep_ == "compound:prt"}
    called = {f"{verb.lemma_.lower()} {one}" for one in particles} | {verb.lemma_.lower()}
    has = bool(called & (_HAVING | lists["planned"] | lists["negated"]))
    is_during = noun.dep_ == "obl" and preposition_of(noun) in {"in", "during", "after", "at", "following"}
    return subjects_of(verb) if is_during or (noun.dep_ == "obj" and has) else []


def _visiting(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return who is on a visit by the verb over it: "On a visit to Lund, Roe said", "is on a visit to"."""
    verb = noun.head
    if any(child.dep_ == "cop" for child in noun.children) and preposition_of(noun) == "on":
        return parties_at(subjects_of(noun), party_at)
    is_one = any(child.lower_ in {"a", "an"} for child in noun.lefts)
    if not is_one or verb.pos_ != "VERB" or preposition_of(noun) not in {"on", "during"}:
        return []
    if any(one.type == "PERSON" for one in parties_at(objects_of(verb), party_at)):
        return []  # "police arrested Roe during a visit to Lund"
    acting = parties_at(subjects_of(verb, passive=is_passive(verb)), party_at)
    return [one for one in acting if one.type == "PERSON"]


def _in_between(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return the two behind "between", by the order of the words: there the tree is often wrong."""
    doc, end = noun.doc, noun.sent.end
    reach = range(noun.i + 1, min(noun.i + _REACH, end))
    start = next((place for place in reach if doc[place].lower_ == "between"), None)
    if start is None or any(_goes_elsewhere(one) for one in doc[noun.i + 1 : start]):
        return []
    sides: list[Party] = []
    is_joined = False
    for token in doc[start + 1 : end]:
        is_joined = is_joined or token.lower_ == "and"
        if token.tag_ in FINITE_OR_MODAL or token.text in {".", ";", ":"}:
            break
        if token.text in {"-", "–", "—", "--"} and token.whitespace_ and is_joined:
            break
        is_own = token.pos_ in {"NOUN", "PROPN", "PRON"} and not _is_of_another(token, party_at)
        party = party_at(token) if is_own else None
        if party is None or party.entity in {one.entity for one in sides} or (sides and not is_joined):
            continue
        sides.append(party)
        if len(sides) > 1:
            return sides
    return []


def _is_of_another(word: Token, party_at: PartyAt) -> bool:
    """Say whether a word only tells whose somebody is: "Roe supporters", "the Danish leader", "Roe's"."""
    if word.i + 1 < len(word.doc) and word.nbor().text == "-" and not word.whitespace_:
        return True  # "the Danish-led force"
    if word.dep_ == "nmod:poss" or (word.dep_ in _BESIDE_NAMES and word.head.dep_ == "nmod:desc"):
        return True
    own, whole = party_at(word), party_at(word.head)
    is_part = own is None or whole is None or own.entity == whole.entity
    return word.dep_ in _BESIDE_NAMES and not is_part


def _goes_elsewhere(word: Token) -> bool:
    """Say whether a verb between a noun and "between" takes it: "the talks failed to mend ties between"."""
    return word.pos_ == "VERB" and word.lemma_.lower() not in _HAVING | _TAKING_PLACE


def _joined(noun: Token) -> list[Token]:
    """Return the sides of what happens among them: "among A and B", "A and B's talks"."""
    return list(obliques(noun, "among")) or list(owners_of(noun))


def _parties_in(noun: Token, slots: tuple[str, ...], party_at: PartyAt) -> list[Party]:
    """Return who stands in the first of a frame's slots that is filled."""
    verb = noun.head
    if preposition_of(noun) == "under" and verb.lemma_ == "come":  # "came under attack from rebels"
        heads = [*obliques(verb, "from"), *obliques(verb, "by")]
        found = parties_at(heads, party_at)  # of other people it may be one of words
        return [one for one in found if one.type != "PERSON" or singular(noun.doc[one.head]) in FIGHTERS]
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
    if not _is_anything_near(noun):
        return
    sites = [
        one
        for one in parties_at([noun], party_at)
        if one.type == "FAC" or (one.type == "ORG" and (one.is_named or noun.lemma_.lower() in _WITH_DOORS))
    ]
    # "hosted by ABC News at the college" tells where it was hosted
    if sites and noun.dep_ != "obl:agent" and not _is_town_hall(noun):
        near = _AT if sites[0].type == "FAC" else _AT[:2]
        heads = [one for word in near for one in obliques(noun, word)]
        if sites[0].type == "ORG" and noun.pos_ == "PROPN" and noun.lower_ not in PUBLIC_BODIES:
            heads += obliques(noun, "of")  # "Kanda Holdings of Osaka"
        # "a week away from the Senate in Spain"; "spoke to the club in Lund" tells where he spoke
        is_elsewhere = sites[0].type == "ORG" and noun.head.lemma_.lower() in _SPEAKING
        behind = [] if noun.lower_ in _HOUSES_OF_STATE or is_elsewhere else _place_behind(noun, near)
        for rule, found in (("site", heads), ("placed", behind)):
            places = [one for one in parties_at(found, party_at) if one.type == "LOC" and one.is_named]
            yield from checked("locatedIn", [(site, place) for site in sites for place in places], noun, rule)


def _is_town_hall(noun: Token) -> bool:
    """Say whether a hall is a meeting: "at a CNN town hall in Lund"; "the town hall in Lund" is a house."""
    is_one = noun.lemma_.lower() == "hall" and noun.i > 0 and noun.nbor(-1).lower_ == "town"
    return is_one and not any(child.lower_ == "the" for child in noun.lefts)


def _is_anything_near(noun: Token) -> bool:
    """Say whether a noun has or stands before anything that may be its place: most have nothing."""
    tokens, behind = noun.doc.tokens, noun.i + 1
    if behind < len(tokens) and tokens[behind].lower_ in _AT:
        return True
    if not noun.children:
        return False
    if any(child.dep_ == "flat" for child in noun.children):
        return True
    return has_oblique(noun, (*_AT, "of") if noun.pos_ == "PROPN" else _AT)


def of_seat(based: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield where a body is: "Seoul-based Daon Robotics"."""
    places = [child for child in based.children if child.dep_ in {"compound", "obl", "nmod"}]
    if not places and based.i > 1 and based.nbor(-1).text == "-" and based.head.ent_type_ == "ORG":
        places = [based.nbor(-2)]  # "Lund, N.C.-based Norvik"
    pairs = [
        (body, place)
        for body in parties_at([based.head], party_at)
        for place in parties_at(places, party_at)
        if body.type == "ORG" and body.is_named and place.type == "LOC"
    ]
    yield from checked("locatedIn", pairs, based, "site")


def _place_behind(site: Token, near: Sequence[str]) -> list[Token]:
    """Return the place right behind a site, where the tree hangs it on the verb."""
    doc = site.doc
    after = max(one.i for one in (site, *site.children) if one is site or one.dep_ == "flat") + 1
    if site.pos_ not in {"NOUN", "PROPN"} or after + 1 >= len(doc) or doc[after].lower_ not in near:
        return []
    return [child for child in site.head.children if child.dep_ == "obl" and child.left_edge.i == after]
