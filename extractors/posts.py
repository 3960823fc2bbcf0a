"""What posts and roles tell: "a member of B", "Berg, head of B", "Berg became head of B".

The holder is what the noun stands beside (apposition), what it is said of ("Berg is the head of"), whom a
verb makes so, or its name ("B spokeswoman Anna Berg").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, takewhile

from extractors.clauses import (
    Party,
    PartyAt,
    is_passive,
    objects_of,
    obliques,
    owners_of,
    parties_at,
    preposition_of,
    subjects_of,
    who_act,
)
from extractors.coordination import coordinated, first_word
from extractors.found import Found, checked
from extractors.frames import forceful_verbs, load_frames
from extractors.nouns import nominal_types, roles_of_posts, words_of_posts
from extractors.spans import name_around
from extractors.whose import is_beside, is_surely_whose
from extractors.words import Token
from newsgraph.vocabulary import load_vocabulary

_IN_PHRASE = frozenset({"ADP", "DET", "PROPN", "ADJ", "NOUN", "PART", "NUM"})
_PHRASE = 9  # words of a noun's phrase before the comma
_PLACES = ("of", "at", "for", "to", "in")
_BY_THEMSELVES = frozenset({"relativeOf", "owns", "founded"})  # told of whoever is called so, named or not

_YEARS = re.compile(r"\bfrom (19|20)\d\d (to|until|till) (19|20)\d\d\b|\buntil (19|20)\d\d\b")
_FAMILY = frozenset({"relativeOf", "marriedTo"})
_FORCES = frozenset({"police", "fire", "army", "navy"})
_LEADING = frozenset({"chief", "prime", "head"})
_CHAIRING = frozenset({"chairman", "chairwoman", "chair", "president", "head"})  # "its finance chairman"
_OF_A_REGION = frozenset({"manager", "head", "commander", "coordinator", "correspondent"})


def of_role(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield what somebody or something is to another: "Roe, a member of the party"."""
    lemma = noun.lemma_.lower()
    predicate = load_frames().roles.get(lemma)
    if lemma in words_of_posts()["siblings"] and noun.tag_ == "NNS":
        both = [
            one for one in parties_at(coordinated(noun), party_at) if one.is_named and one.type == "PERSON"
        ]
        yield from checked("relativeOf", list(combinations(both, 2)), noun, "role")
    if predicate is None or (load_vocabulary()[predicate].ends and is_former(noun)):
        return
    heads = [*obliques(noun, "of"), *obliques(noun, "to"), *owners_of(noun)]
    if lemma == "member" and not heads:  # "Roe, a Unity member"
        heads = [child for child in noun.lefts if child.dep_ == "compound" and child.ent_type_ == "ORG"]
    places = parties_at([one for one in heads if not _is_role_of_its_own(one, noun)], party_at)
    holders = _holders(noun, party_at)
    if predicate == "partOf":
        holders = [one for one in holders if one.type != "LOC"]  # "units to Estonia, Latvia and Poland"
    elif predicate in _FAMILY or predicate == "succeeded":
        holders = [one for one in holders if is_beside(noun, one)]
        places = [one for one in places if is_surely_whose(noun, one, holders, party_at)]
    if not holders and predicate in _BY_THEMSELVES:  # "the owners of the trawler Santa Bruna"
        holders = parties_at([noun], party_at)
        places = [one for one in places if one.is_named and noun.doc[one.head].pos_ != "PRON"]
    places = [one for one in places if _can_be_his(predicate, noun, one, party_at)]
    pairs = [(holder, place) for holder in holders for place in places]
    yield from checked(predicate, pairs, noun, "role")


def _can_be_his(predicate: str, noun: Token, owner: Party, party_at: PartyAt) -> bool:
    """Say whether a role may be towards whom a text tells as its owner."""
    if predicate == "marriedTo":
        return owner.is_named
    return predicate != "memberOf" or not _is_of_who_acts(noun, owner, party_at)


def _is_of_who_acts(noun: Token, owner: Party, party_at: PartyAt) -> bool:
    """Say whether "its" need not be his who acts: "The agency arrested one of its members"."""
    while noun.dep_ in {"nmod", "appos"} and noun.head.pos_ in {"NOUN", "NUM", "PROPN"}:
        noun = noun.head
    is_done_to = noun.dep_ == "obj" and noun.head.lemma_.lower() in forceful_verbs()
    if not is_done_to or noun.doc[owner.head].pos_ != "PRON":
        return False
    return any(one.entity == owner.entity for one in parties_at(subjects_of(noun.head), party_at))


def of_party(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield whose party it is: "her Lotus Party", "Roe's Unity party"."""
    if noun.lemma_.lower() == "party" and not is_former(noun):
        members = [one for one in parties_at(list(owners_of(noun)), party_at) if one.type == "PERSON"]
        bodies = [one for one in parties_at([noun], party_at) if one.is_named]
        yield from checked("memberOf", [(one, body) for one in members for body in bodies], noun, "role")


def _is_role_of_its_own(head: Token, noun: Token) -> bool:
    """Say whether a joined word tells another role: of "widow of Larsen and mother of Holm" the mother.

    So does a post of somewhere, or without an article: "and project manager at the firm".
    """
    if head.dep_ != "conj" or head.head == noun:
        return False
    lemma = head.lemma_.lower()
    is_role = (lemma in load_frames().roles or lemma in roles_of_posts()) and bool(obliques(head, "of"))
    is_bare = not any(child.dep_ in {"det", "nmod:poss"} for child in head.children)
    return is_role or (is_bare and head.tag_ == "NN" and lemma in roles_of_posts())


def of_post(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield who holds a post where: "Berg, the head of B", "B spokeswoman Anna Berg"."""
    if (role := _role_of(noun)) is None:
        return
    is_of_campaign = noun.i > 0 and noun.nbor(-1).lower_ == "campaign"  # "Senate campaign chairman"
    if _is_award(noun) or is_former(noun) or is_of_campaign or _was_once(noun):
        return
    holders = [one for one in _holders(noun, party_at) if one.type == "PERSON" and one.is_named]
    if noun.tag_ == "NNS" and len(holders) == 1 and _are_joined(noun, noun.doc[holders[0].head]):
        return  # "the NATO ministers and their counterpart, Roe"
    holders = [one for one in holders if not _has_died(noun.doc[one.head])]
    predicate = "leads" if role == "lead" and not _leads_a_field(noun, party_at) else "holdsPostAt"
    around = parties_at(_around_post(noun, role), party_at)
    found = [one for one in around if _can_hold(noun, one, predicate) and not _is_of_what_it_heads(noun, one)]
    pairs = [(holder, place) for holder in holders for place in found[:1]]
    yield from checked(predicate, pairs, noun, "post", _post_words(noun))


def _has_died(name: Token) -> bool:
    """Say whether a sentence tells somebody's death: "the day on which King Roe died"."""
    return name.dep_ == "nsubj" and name.head.lemma_ == "die" and name.head.tag_ in {"VBD", "VBN"}


def _are_joined(noun: Token, name: Token) -> bool:
    return any(one.dep_ == "cc" for one in noun.doc[noun.i + 1 : name.i])


def _around_post(noun: Token, role: str) -> list[Token]:
    """Return what could tell where a post is held, the likeliest first."""
    is_sent = noun.lemma_.lower() in words_of_posts()["sent"]
    is_within = role == "lead" and noun.lemma_.lower() != "leader"  # "the far-right leader in France"
    words = _PLACES if is_within or is_sent else _PLACES[:4]
    of = [one for word in words[:2] for one in obliques(noun, word)]
    heads = [one for one in of if not (one.lower_ == "state" and noun.lower_ == "secretary")]
    is_abroad = is_sent and noun.lemma_.lower() != "commander"
    heads += list(owners_of(noun)) if is_abroad else []  # "Laos' U.N. ambassador" is its own
    heads += [one for one in noun.children if one.dep_ == "compound" and one.ent_type_ == "ORG"]
    fields = [one for one in noun.lefts if one.lower_ == "press"]  # "Pentagon press secretary"
    heads += [one for field in fields for one in field.lefts if one.ent_type_ == "ORG"]
    heads += owners_of(noun)  # "Italy's Unity leader" leads Unity
    heads += [one for word in words[2:] for one in obliques(noun, word)]  # "its chief for Ardenia" is its
    is_owned = bool(list(owners_of(noun)))  # "the nation's first Jewish president"
    beside = {"compound"} if is_owned else {"compound", "amod"}
    heads += [child for child in noun.children if child.dep_ in beside and not _is_seat(child)]
    if is_sent:  # "Russia's ambassador to Serbia" is Russia's
        heads.sort(key=lambda one: one.i > noun.i)
    if noun.dep_ in {"compound", "flat", "nmod:desc"}:
        heads += [*owners_of(noun.head), *obliques(noun.head, "of")]
        heads += [child for child in noun.head.children if child.dep_ == "compound" and child.i < noun.i]
    return heads


def _can_hold(noun: Token, place: Party, predicate: str) -> bool:
    """Say whether a post can be held at a place or a body that stands around it."""
    lemma, words, head = noun.lemma_.lower(), words_of_posts(), noun.doc[place.head]
    if place.type not in load_vocabulary()[predicate].object or noun.i in name_around(noun.doc, place.head):
        return False  # not the "U.N. High Commissioner", taken for a body
    if place.type == "NORP" and lemma not in words["of_state"]:
        return False
    if place.type == "ORG" and head.lower_ == "district":
        return False  # "U.S. District Judge Roe": the court's name is cut
    if place.type == "LOC":
        # "A Boca Raton lawyer" works there, for nobody; "our Asia manager" heads what is done there.
        is_owned = bool(list(owners_of(noun)))
        is_for_a_region = head.dep_ == "compound" and (is_owned or lemma in _OF_A_REGION)
        is_nobodys = lemma in words["professions"] | words["of_bodies"]
        return place.is_named and not is_for_a_region and not is_nobodys
    # "the union's leader, Ortuzar": a body without a name, of which the text speaks as of a known one
    return place.is_named or (place.type == "ORG" and _is_definite(head))


def _is_of_what_it_heads(noun: Token, place: Party) -> bool:
    """Say whether a place is only where that is which a post heads: "president of Local 294 in Albany"."""
    heads = obliques(noun, "of")
    return place.type == "LOC" and bool(heads) and preposition_of(noun.doc[place.head]) in {"in", "for"}


def _is_seat(word: Token) -> bool:
    """Say whether a word tells where somebody is based: "a South Florida-based president"."""
    behind = word.doc[word.i + 1 : word.i + 3]
    return [one.lower_ for one in behind] == ["-", "based"]


def is_former(noun: Token) -> bool:
    """Say whether a post is held no more, or not yet."""
    words = (*noun.children, *_words_before(noun))
    return any(child.lower_ in words_of_posts()["former"] for child in words) or _has_ended(noun)


def _has_ended(noun: Token) -> bool:
    """Say whether a post is told with its years: "ambassador to Norway from 2007 to 2013"."""
    phrase = noun.doc[noun.i + 1 : min(noun.i + _PHRASE + 3, noun.sent.end)]
    words = " ".join(one.lower_ for one in takewhile(lambda one: one.text not in {",", ";", "."}, phrase))
    return _YEARS.search(words) is not None


def _was_once(noun: Token) -> bool:
    """Say whether "was" stands among the words of a post, as the tree has it: "who was its chief"."""
    return any(child.lower_ in {"was", "were"} and child.dep_ == "compound" for child in noun.lefts)


def _is_award(noun: Token) -> bool:
    """Say whether somebody is called so for once: "Africa's coach of the year"."""
    return any(
        one.lemma_.lower() in {"year", "month", "week", "match", "decade", "century"}
        for one in obliques(noun, "of")
    )


def _is_definite(noun: Token) -> bool:
    return any(child.lower_ == "the" for child in noun.lefts)


def made_by(noun: Token) -> Token | None:
    """Return the verb that makes somebody what a noun says: "became its coach", "was named head of"."""
    verb, lemma = noun.head, noun.head.lemma_.lower()
    if verb.pos_ != "VERB" or not (noun.dep_ in {"xcomp", "obj", "ccomp"} or preposition_of(noun) == "as"):
        return None
    words = words_of_posts()
    if lemma in words["becoming"] or (lemma in words["naming"] and noun.dep_ != "obj"):
        return verb
    is_over = lemma == "take" and any(child.lower_ == "over" for child in verb.children)
    return verb if preposition_of(noun) == "as" and (lemma in words["serving"] or is_over) else None


def _made_so(noun: Token, verb: Token) -> list[Token]:
    """Return who is made so by a verb."""
    if verb.lemma_.lower() not in words_of_posts()["naming"]:
        return subjects_of(verb)
    return (
        subjects_of(verb, passive=True)
        if is_passive(verb)
        else [one for one in objects_of(verb) if one != noun]
    )


def _words_before(noun: Token) -> Iterator[Token]:
    """Return the words of a noun's phrase before it, wherever they hang: "former Ohio governor"."""
    before = reversed(noun.doc.tokens[noun.sent.start : noun.i])
    is_title = noun.dep_ in {"compound", "flat", "nmod:desc"}  # "Former judge and Lund mayor Ann Roe"
    return takewhile(
        lambda one: (
            one.is_space
            or one.pos_ in {"ADJ", "PROPN", "NOUN"}
            or one.lower_ in {"then", "ex"}
            or (one.text == "-" and one.i > 0 and one.nbor(-1).lower_ in {"then", "ex"})
            or (is_title and one.lower_ == "and")
        ),
        before,
    )


def _leads_a_field(noun: Token, party_at: PartyAt) -> bool:
    """Say whether a post heads less than where it is: "director of debate", "its director for Asia"."""
    if noun.i + 1 < noun.sent.end and noun.nbor().lower_ == "of" and not obliques(noun, "of"):
        return True  # of what, the tree does not tell
    regions = [one for one in parties_at(obliques(noun, "for"), party_at) if one.type == "LOC"]
    is_owned = bool(list(owners_of(noun)))
    if regions and is_owned:
        return True
    fields = obliques(noun, "of")
    found = parties_at(fields, party_at)
    is_bare = bool(found) and not any(one.is_named or _is_definite(noun.doc[one.head]) for one in found)
    within = [one for field in fields if field.lower_ == "party" for one in obliques(field, "in")]
    within += obliques(noun, "in") if any(one.lower_ == "party" for one in fields) else []
    local = [one for one in parties_at(within, party_at) if one.type == "LOC"]
    # "chief of mission", "of the party in Lund"
    return bool(fields) and (not found or is_bare or bool(local))


def _role_of(noun: Token) -> str | None:
    """Return whether a post is one of many or leads: "minister" does not, "prime minister" does."""
    lemma = noun.lemma_.lower()
    role = roles_of_posts().get(lemma)
    if role is None and lemma not in words_of_posts()["first"]:
        return None
    around = [*noun.children, *(noun.head.children if noun.dep_ in {"compound", "nmod:desc"} else ())]
    field = [one for one in around if one.dep_ == "compound" and one.i < noun.i and one.lower_ == one.text]
    is_of_staff = _is_of_staff(noun)
    is_part = any(one.dep_ == "amod" and one.lower_ in words_of_posts()["fields"] for one in around)
    if lemma in {"chief", "director", "manager", "commander"} and (field or is_part or is_of_staff):
        return role and "post"  # "fire chief", "finance director", "chief of staff"
    is_body = any(nominal_types().get(one.lemma_.lower()) == "ORG" for one in field)
    if is_body or (field and lemma in _CHAIRING):
        return role and "post"  # "Nigeria's central bank governor" does not lead Nigeria
    if noun.i > 1 and noun.nbor(-1).lower_ in _FORCES and noun.nbor(-2).ent_type_ == "LOC":
        return role and "post"  # "Lund Police Chief Ann Roe"
    before = {one.lower_ for one in around if one.i == noun.i - 1}
    if before & words_of_posts()["part"]:
        return role and "post"  # "Senate Minority Leader"
    back = 2 if before & _LEADING or (noun.i > 1 and noun.nbor(-1).text == "-") else 1
    if noun.i >= back and noun.nbor(-back).lower_ in words_of_posts()["second"]:
        return role and "post"  # "vice president", "deputy prime minister"
    is_first = bool(before & _LEADING) and lemma in words_of_posts()["first"]
    is_one_of_several = any(
        one.lower_ in {"a", "an", "fellow"} for one in noun.lefts
    )  # "a governor of the bank"
    return "lead" if is_first else role and ("post" if is_one_of_several else role)


def _holders(noun: Token, party_at: PartyAt) -> list[Party]:
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        # "the widow of Larsen and mother of Holm"; "his uncle and his father, Roe" are two
        # "and another member" is somebody else
        owned = any(child.dep_ == "nmod:poss" or child.lower_ == "another" for child in noun.children)
        if (name := _name_after_comma(noun)) is not None:  # "the minister, and the head of the agency, Roe."
            return [one for one in parties_at([name], party_at) if one.is_named]
        above = noun.head
        while (
            above.dep_ == "nmod"
            and above.lemma_.lower() not in load_frames().roles
            and above.head.pos_ == "NOUN"
        ):
            above = above.head  # the tree hung "mother" on Larsen
        return [] if owned else _holders(above, party_at)
    if noun.dep_ == "appos" and (head := _beside_it(noun, party_at)):
        return head
    if (verb := made_by(noun)) is not None:
        return parties_at(_made_so(noun, verb), party_at)
    if any(child.dep_ == "cop" for child in noun.children):
        subjects = [child for child in noun.children if child.dep_ in {"nsubj", "nsubj:outer"}]
        return parties_at([one for child in subjects for one in who_act(child, noun)], party_at)
    beside = [child for child in noun.rights if child.dep_ in {"appos", "flat", "compound"}]
    beside += _behind_title(noun)
    if noun.dep_ in {"compound", "flat", "nmod:desc"} and noun.head.i > noun.i:
        beside.append(noun.head)
    named = [one for one in parties_at(beside, party_at) if one.is_named]
    return named or _by_commas(noun, party_at) or _by_opening(noun, party_at)


def _behind_title(noun: Token) -> list[Token]:
    """Return the name behind a post that the tree took for a second subject: "head of state Ann Roe"."""
    after = noun.right_edge.i + 1
    if noun.dep_ != "nsubj" or after >= noun.sent.end:
        return []
    name = noun.doc[after]
    is_second = name.dep_ == "nsubj" and name.head == noun.head
    return [name] if is_second and name.ent_type_ == "PERSON" and name.ent_iob_ == "B" else []


def _beside_it(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return what a noun is in apposition to, but who is named right behind a post goes before.

    Of "the mayor Ann Roe, Unity secretary Carl Dorn" the latter.
    """
    behind = list(noun.doc[noun.i + 1 : noun.i + 2])
    is_name = bool(behind) and behind[0].ent_type_ == "PERSON" and behind[0].ent_iob_ == "B"
    named = [one for one in parties_at(behind, party_at) if one.is_named] if is_name else []
    return named or parties_at([_last_before(noun)], party_at)


def _last_before(noun: Token) -> Token:
    """Return what a noun stands beside: of "Roe and Ann Falk, the envoy," the last."""
    first = first_word(noun)
    before = noun.doc[first - 2] if first > 1 and noun.doc[first - 1].text == "," else noun.head
    name = name_around(noun.doc, before.i)
    is_other = noun.head.ent_type_ == before.ent_type_ == "PERSON" and noun.head.i < name.start
    if noun.tag_ == "NN" and is_other and any(one.dep_ == "cc" for one in noun.doc[noun.head.i : name.start]):
        return before
    joined = [
        one
        for one in noun.head.children
        if one.i < noun.i and (one.dep_ == "conj" or (one.dep_ == "appos" and one.ent_type_ == "PERSON"))
    ]
    return joined[-1] if joined and noun.tag_ == "NN" else noun.head


def _by_opening(noun: Token, party_at: PartyAt) -> list[Party]:
    """Return the subject behind a phrase that opens the sentence: "A member of the club, Roe is"."""
    sent = noun.sent
    if noun.tag_ != "NN" or first_word(noun) != sent.start or sent[0].lower_ == "the":
        return []
    comma = noun.right_edge.i if noun.right_edge.text == "," else noun.right_edge.i + 1
    if comma + 1 >= sent.end or noun.doc[comma].text != ",":
        return []
    heads = [one for one in subjects_of(noun.head) if one != noun and one.left_edge.i == comma + 1]
    return [one for one in parties_at(heads, party_at) if one.is_named]


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
    """Return a post as it is called: "US defence secretary", "Secretary-General"."""
    first = noun.i
    while first > noun.sent.start and _is_of_post(noun.doc[first - 1], noun, first):
        first -= 1
    while noun.doc[first].is_punct:
        first += 1
    end = noun.i + 1
    if _is_of_staff(noun) or noun.doc[end : end + 2].text.lower() == "of state":
        end += 2
    while end + 1 < noun.sent.end and noun.doc[end].text == "-" and not noun.doc[end].nbor(-1).whitespace_:
        end += 2  # "editor-in-chief"
    return " ".join(noun.doc[first:end].text.split())


def _is_of_staff(noun: Token) -> bool:
    """Say whether a chief is one of staff, whatever the tree hangs the staff on."""
    return noun.doc[noun.i + 1 : noun.i + 3].text.lower() == "of staff"


def _is_of_post(before: Token, noun: Token, first: int) -> bool:
    """Say whether a word belongs to the post behind it, which begins at ``first`` so far.

    The tree hangs both on the name at times.
    """
    if before.text == "-" and not before.whitespace_ and before.i > 0 and not before.nbor(-1).whitespace_:
        return True
    if noun.doc[first].text == "-" and not before.whitespace_:
        return True  # "director-general"
    if before.dep_ in {"compound", "amod", "flat"} and (
        first <= before.head.i <= noun.i or before.head.head == noun
    ):
        return True
    is_title = noun.dep_ in {"compound", "flat", "nmod:desc"} and noun.head.i > noun.i
    return is_title and before.head == noun.head and before.dep_ in {"compound", "amod", "nmod:desc"}
