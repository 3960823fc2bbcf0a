"""Who did what to whom: frames over the dependency tree, with negation, modality and evidence.

A frame of lexicons/verb_frames.toml gives a predicate of the vocabulary where both parties are known things
of the right types; a verb without a frame between two names gives its own lemma as an open predicate. No edge
is better than a wrong one: what the tree does not say clearly is left out. What nouns tell is found in
noun_relations.py and posts.py, how it is told in telling.py, whether it happened in commitment.py.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from functools import lru_cache
from itertools import permutations, takewhile

from extractors.clauses import (
    Party,
    PartyAt,
    any_obliques,
    are_each_other,
    has_particle,
    is_passive,
    may_be_of_words,
    objects_of,
    obliques,
    owners_of,
    parties_at,
    preposition_of,
    subjects_of,
    subjects_within,
)
from extractors.coordination import group_around
from extractors.found import Found, checked, found_at
from extractors.frames import VerbFrame, lights_of, load_frames
from extractors.noun_relations import by_deed, of_noun, of_seat, of_site
from extractors.nouns import roles_of_posts, words_of_posts
from extractors.pairs import pair_meant
from extractors.posts import is_former, of_party, of_post, of_role
from extractors.quotations import OPENING_MARKS
from extractors.spans import name_around
from extractors.telling import told_of
from extractors.words import Doc, Token
from newsgraph.vocabulary import load_vocabulary

_NO_OPEN = frozenset(
    {
        "say",
        "tell",
        "state",
        "report",
        "claim",
        "add",
        "write",
        "note",
        "deny",
        "announce",
        "argue",
        "have",
        "be",
        # Whoever does it does what the verb below says: "stopped attacking", "wants him to go".
        *("start", "begin", "continue", "stop", "keep", "need", "want", "expect", "get", "let", "become"),
        # Of its own it says nothing: "took a long time", "gave the prize to", "declared it a success".
        *("take", "give", "put", "make", "do", "see", "turn", "declare", "spend", "offer", "try"),
        *("send", "join", "go", "hold", "leave"),
        # Nor what somebody thinks of it without what he thinks: "considers her untrustworthy".
        *("consider", "deem", "view", "regard", "believe", "think", "dub", "describe", "cast"),
        *("show", "treat"),
        *("characterise", "characterize", "depict", "portray", "paint", "label", "brand"),
        # Nor what makes something possible: "allowing her to build a lead".
        *("allow", "enable", "permit"),
        *("mean", "include", "involve"),
        # Nor what words somebody takes from another, or where he puts him in a list.
        *("quote", "cite", "classify", "categorise", "categorize", "list", "rank"),
    }
)
_PEOPLE = frozenset({"him", "her", "them", "me", "us", "you", "himself", "herself", "themselves"})
# They act for those whom they come from.
_FOR_THEIR_SIDE = frozenset(
    {
        *(
            "leader",
            "minister",
            "official",
            "president",
            "premier",
            "envoy",
            "diplomat",
            "representative",
            "delegation",
        ),
        *("soldier", "troop", "force", "negotiator", "general", "army", "delegate", "ambassador", "police"),
    }
)
_PHRASE = 6  # words of a phrase behind a noun
_EVENTS = frozenset({"rally", "march", "parade", "event", "debate", "protest", "demonstration", "ceremony"})
_PREPOSITIONS = frozenset({"in", "at", "on", "for", "with", "from", "of", "by"})
_NO_VERBS = frozenset({"than", "to", "of", "for", "as", "about", "over", "per", "versus", "vs", "vs."})
_JOINTLY = frozenset({"together", "jointly", "closely"})
_ROWS = frozenset({"series", "string", "wave", "spate", "round"})
_HEARING = frozenset({"hear", "overhear", "watch", "notice", "feel", "observe"})
_MEETING_CROWDS = frozenset({"receive", "greet", "host"})  # "hosted refugees" met nobody
_OUTCOMES = frozenset({"win", "lose", "beat", "prevail"})  # "picked Roe to win" appoints nobody
_OUTCOMES_OF_FORCE = frozenset({"killed", "injured", "damaged"})
_INTO = ("in", "into", "under", "with", "on", "to")  # not "after the arrest of"
_WHERE = ("in", "for", "at", "with")
_RELATING = frozenset({"VERB", "AUX", "ADJ", "NOUN", "PROPN"})
OPEN_TYPES = frozenset({"PERSON", "ORG", "LOC", "NORP", "PRODUCT"})

ContentAt = Callable[[int], Container[int] | None]
NounRule = Callable[[Token, PartyAt], Iterator[Found]]


def find_relations(doc: Doc, party_at: PartyAt, content_at: ContentAt) -> list[Found]:
    """Return the relations of a Doc in text order, each once.

    Args:
        doc: With trees and lemmas.
        party_at: The entity that the phrase headed by a token means, if any.
        content_at: The places of the innermost content around a token, if any.
    """
    found: dict[tuple[str, int, int, int], Found] = {}
    for token in doc.tokens:
        if token.pos_ not in _RELATING and token.lower_ != "based":
            continue
        for one in _relations_at(token, party_at, content_at):
            if _is_at_home(doc, one, party_at) or (told := told_of(doc, one, content_at(one.word))) is None:
                continue
            found.setdefault(
                (one.predicate, one.subject.entity, one.object.entity, one.word), one.told_as(told)
            )
    return _without_mirrors(sorted(found.values(), key=lambda one: (one.start, one.word, one.predicate)))


def _is_at_home(doc: Doc, one: Found, party_at: PartyAt) -> bool:
    """Say whether "the country" would be the visitor's own: "a Danish envoy visited the country"."""
    if one.predicate not in {"visited", "invaded"} or doc[one.object.head].ent_type_:
        return False
    beside = [
        child for child in doc[one.subject.head].lefts if child.dep_ in {"compound", "amod", "nmod:poss"}
    ]
    return any(party.entity == one.object.entity for party in parties_at(beside, party_at))


def _relations_at(token: Token, party_at: PartyAt, content_at: ContentAt) -> Iterator[Found]:
    if token.lower_ == "based" and token.dep_ == "amod":
        yield from of_seat(token, party_at)
    elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "aux:pass", "cop"}:
        yield from _of_verb(token, party_at, content_at(token.i))
    elif token.pos_ == "ADJ" and token.lower_ in load_frames().adjectives:
        yield from _of_adjective(token, party_at)
    if token.pos_ in {"NOUN", "PROPN"}:
        for find in _rules_for(token.lemma_.lower()):
            yield from find(token, party_at)


@lru_cache(maxsize=8192)
def _rules_for(noun: str) -> tuple[NounRule, ...]:
    """Return the rules that may find something at a noun: at most of them, only where it lies."""
    frames, posts = load_frames(), words_of_posts()
    told: tuple[tuple[NounRule, bool], ...] = (
        (of_noun, noun in frames.nouns),
        (of_role, noun in frames.roles or noun in posts["siblings"]),
        (of_party, noun == "party"),
        (of_post, noun in roles_of_posts() or noun in posts["first"]),
        (of_site, True),
    )
    return tuple(find for find, may_be in told if may_be)


def _without_mirrors(relations: Sequence[Found]) -> list[Found]:
    """Keep a symmetric relation once at one place, and once in a sentence if nothing sets the two apart."""
    vocabulary = load_vocabulary()
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in relations:
        predicate = vocabulary.get(one.predicate)
        parties: object = (one.subject.entity, one.object.entity)
        if predicate is not None and predicate.symmetric:
            parties = frozenset((one.subject.entity, one.object.entity))
        key = (one.predicate, parties, one.sentence, one.told)
        if key not in seen:
            seen.add(key)
            kept.append(one)
    return kept


def _of_verb(verb: Token, party_at: PartyAt, content: Container[int] | None) -> Iterator[Found]:
    lemma = _lemma_of(verb)
    frames = load_frames().verbs.get(lemma, ())
    objects = objects_of(verb) if frames else []
    around = (verb, *objects) if any(frame.without for frame in frames) else ()
    parts = [one for word in around for one in obliques(word, "of")]  # "a lot of time"
    framed = False
    for frame in frames:
        if frame.particle is not None and not has_particle(verb, frame.particle):
            continue
        if any(one.lemma_.lower() in frame.without for one in (*objects, *parts)):
            return  # an idiom: "join forces"
        if not _is_meant(verb, frame, objects, party_at):
            continue
        framed = framed or not frame.whose
        pairs = list(_pairs(verb, frame, party_at, content))
        if frame.swap:
            pairs = [(other, subject) for subject, other in pairs]
        if fitting := list(checked(frame.predicate, pairs, verb, "verb")):
            yield from fitting
            return
    light = list(_of_light_verb(verb, party_at, content))
    yield from light
    if not framed and not light and lemma not in _NO_OPEN:
        yield from _open(verb, party_at)


def _words_beside(verb: Token) -> Iterator[str | None]:
    """Yield a verb's particles and adverbs, what opens its phrases, and "in -ing" for "in condemning it"."""
    for child in verb.children:
        yield child.lower_
        yield preposition_of(child)
        if child.tag_ == "VBG":
            yield from (f"{one.lower_} -ing" for one in child.lefts if one.dep_ == "mark")


def _lemma_of(verb: Token) -> str:
    """Return a verb's lemma; "found" is its own where no past tense can stand: "helped found the bank"."""
    before = verb.doc[max(0, verb.i - 1)]
    is_bare = verb.tag_ in {"VB", "VBP"} or before.tag_ in {"TO", "MD"} or before.lemma_ == "help"
    return "found" if verb.lower_ == "found" and is_bare else verb.lemma_.lower()


def _is_meant(verb: Token, frame: VerbFrame, objects: Sequence[Token], party_at: PartyAt) -> bool:
    """Say whether a verb's complements are those of a frame: "named her chair", "gave them tanks"."""
    apart = [one for one in objects[1:] if _is_what_it_is_called(one, objects[0])]
    is_named_so = (frame.bare or frame.complement) and (
        bool(apart)
        or any(child.dep_ in {"xcomp", "ccomp"} and child.lemma_ not in _OUTCOMES for child in verb.children)
    )
    is_word = verb.dep_ == "acl:relcl" and verb.head.tag_ == "WP"  # "what he calls the cartel"
    if (frame.bare and (is_named_so or is_word or _is_called_one(objects))) or (frame.alone and objects):
        return False
    seen_as = obliques(verb, "as") if not frame.as_one else []
    if any(_has_article(one) or one.lemma_ == "part" or one.tag_ == "NNS" for one in seen_as):
        return False
    if frame.apart and set(frame.apart).intersection(_words_beside(verb)):
        return False
    if frame.asked and not _is_asked_for_something(verb):
        return False
    if frame.handed and not _is_handed_over(verb, party_at):
        return False
    if not _is_told_beside(verb, frame):
        return False
    if frame.complement and not (is_named_so or obliques(verb, "to") or _is_made_so(verb)):
        return False
    return not frame.of or _has_goods(verb, frame, party_at)


def _has_goods(verb: Token, frame: VerbFrame, party_at: PartyAt) -> bool:
    things = [child for child in verb.children if child.dep_ == "obj"]
    parts = [one for thing in things for one in (thing, *obliques(thing, "of"))]  # "hundreds of tanks"
    return any(_is_goods(one, frame, party_at) for one in parts)


def _is_made_so(verb: Token) -> bool:
    return any(one.ent_type_ != "PERSON" for one in obliques(verb, "as"))  # not "named the man as Roe"


def _is_told_beside(verb: Token, frame: VerbFrame) -> bool:
    """Say whether what stands behind a verb's prepositions is a frame's: "took him into custody"."""
    if not (frame.nouns or frame.not_in):
        return True
    phrases = any_obliques(verb)
    behind = [one for word in (_INTO if frame.nouns else _WHERE) for one in phrases.get(word, ())]
    lists = [one for noun in behind if noun.lemma_ == "list" for one in noun.lefts]  # "its sanctions list"
    called = {one.lemma_.lower() for one in (*behind, *lists)}
    return bool(called & {*frame.nouns}) if frame.nouns else not called & {*frame.not_in}


def _is_asked_for_something(verb: Token) -> bool:
    """Say whether a clause or "for" tells what is asked: "called on Roe to resign", "for help"."""
    clauses = any(child.dep_ in {"xcomp", "ccomp", "advcl"} for child in verb.rights)
    return clauses or bool(obliques(verb, "for"))


def _is_what_it_is_called(one: Token, first: Token) -> bool:
    """Say whether a second object tells what the first is called: "call him Ted"; not "the regulator Roe"."""
    if one.dep_ == "conj" or one.i in name_around(first.doc, first.i):
        return False
    return first.pos_ == "PRON" or one.pos_ != "PROPN" or one.left_edge.i != first.i + 1


def _is_called_one(objects: Sequence[Token]) -> bool:
    """Say whether what somebody is called comes behind him: 'called Roe, his rival, a fool', 'Roe "Ann"'."""
    if not objects:
        return False
    doc, end = objects[0].doc, name_around(objects[0].doc, objects[0].i).stop
    beside = [child for child in objects[0].rights if child.dep_ == "appos"]
    is_quoted = end < len(doc) and doc[end].text in OPENING_MARKS
    return is_quoted or (len(beside) > 1 and _has_article(beside[-1]))


def _has_article(noun: Token) -> bool:
    return any(child.lower_ in {"a", "an"} for child in noun.lefts)


def _pairs(
    verb: Token, frame: VerbFrame, party_at: PartyAt, content: Container[int] | None
) -> Iterator[tuple[Party, Party]]:
    passive = is_passive(verb) and _can_be_passive(verb, frame)
    subjects, objects = _sides(verb, frame, party_at, content, passive=passive)
    if not objects and not passive and len(subjects) > 1 and _are_together(verb, frame, subjects):
        subjects = [one for one in subjects if _is_called(verb.doc[one.head], frame.by)]
        yield from (pair for pair in permutations(subjects, 2) if _are_fit(*pair, frame))
        return
    if frame.goods and any(_is_somebody(one, party_at) for one in objects_of(verb)):
        handed = {one.entity for one in parties_at(objects_of(verb), party_at)}
        objects = [one for one in objects if one.entity in handed]
    if verb.lemma_ in _MEETING_CROWDS and frame.predicate == "met":
        subjects, objects = (
            [one for one in side if not _is_crowd(verb.doc[one.head])] for side in (subjects, objects)
        )
    if frame.object_types:  # not "received 38 percent support, and Roe 3 percent"
        objects = [one for one in objects if not _is_listed_with_a_thing(verb.doc[one.head], party_at)]
    for subject in subjects:
        for other in objects:
            if _is_called(verb.doc[subject.head], frame.by) and _are_fit(subject, other, frame):
                yield subject, other


def _is_crowd(noun: Token) -> bool:
    """Say whether many are meant whom nobody meets as such: "greeted by thousands of Danes", "migrants"."""
    is_many = noun.tag_ in {"NNS", "NNPS"} or noun.lemma_.lower() in {"number", "crowd"}
    return is_many and noun.lemma_.lower() not in _FOR_THEIR_SIDE


def _sides(
    verb: Token, frame: VerbFrame, party_at: PartyAt, content: Container[int] | None, *, passive: bool
) -> tuple[list[Party], list[Party]]:
    """Return who stands on either side of a frame."""
    if frame.subject:
        acted_on = subjects_of(verb, passive=True) if passive else objects_of(verb)
        return parties_at(_in_slot(verb, frame.subject, frame), party_at), parties_at(acted_on, party_at)
    if passive and not frame.passive:
        acted_on = subjects_of(verb, passive=True) if "obj" in frame.object else []
        return parties_at(obliques(verb, "by"), party_at), parties_at(acted_on, party_at)
    heads = subjects_within(verb, content, passive=frame.passive or is_passive(verb))
    is_relative = verb.dep_ == "acl:relcl" and are_each_other(verb)
    subjects = parties_at(group_around(heads) if is_relative else heads, party_at)
    subjects = _acting(heads, party_at, is_joint=frame.together) or subjects
    if not subjects and frame.predicate in _OUTCOMES_OF_FORCE:
        subjects = [one for head in heads for one in by_deed(head, party_at)]
    return subjects, _first_object(verb, frame, party_at)


def _can_be_passive(verb: Token, frame: VerbFrame) -> bool:
    """Say whether a verb that looks passive may be: "ministers conferred" has no object to lose."""
    has_object = any(one.startswith(("obj", "iobj")) for one in frame.object)
    has_sign = any(child.dep_ in {"aux:pass", "obl:agent"} for child in verb.children)
    return frame.passive or bool(frame.subject) or has_object or has_sign


def _acting(heads: Sequence[Token], party_at: PartyAt, *, is_joint: bool) -> list[Party]:
    """Return whom a subject means that is two: "the two", who may act with each other."""
    pair = pair_meant(heads[0], party_at) if len(heads) == 1 else []
    return pair or (_sides_of(heads, party_at) if is_joint else [])


def _sides_of(heads: Sequence[Token], party_at: PartyAt) -> list[Party]:
    """Return for whom those act who act with each other: "ministers from Laos and Nepal"."""
    if len(heads) != 1 or heads[0].lemma_.lower() not in _FOR_THEIR_SIDE:
        return []
    behind = [one for word in ("from", "of") for one in obliques(heads[0], word)]
    sides = [
        one for one in parties_at(behind, party_at) if one.is_named and one.type in {"LOC", "ORG", "NORP"}
    ]
    return sides if len(sides) > 1 else []


def _are_together(verb: Token, frame: VerbFrame, subjects: Sequence[Party]) -> bool:
    """Say whether joined subjects do it with each other; "his family and friends talked" need not."""
    if sum(child.dep_ == "nsubj" for child in verb.children) > 1:  # "Iowa" and "Roe" in "Iowa Gov. Ann Roe"
        return False
    if are_each_other(verb):
        return True
    if any(child.dep_ == "obj" for child in verb.children) or _is_heard(verb):
        return False  # "Roe and Falk work the phones", "met the press"
    if verb.lemma_ == "work" and not any(child.lower_ in _JOINTLY for child in verb.children):
        return False  # "Roe and Falk worked on projects there"
    prepositions = [slot.partition(":")[2] for slot in frame.object if slot.startswith("obl:")]
    has_other = any(obliques(verb, word) for word in prepositions)  # "Roe and his staff worked with the town"
    return frame.together and not has_other and any(one.is_named for one in subjects)


def _is_heard(verb: Token) -> bool:
    """Say whether two speak to others: "Roe and Falk will speak there", "heard Roe and Falk speak"."""
    is_below = verb.dep_ in {"ccomp", "xcomp", "advcl"}
    is_watched = is_below and verb.head.lemma_ in {"hear", "see", "watch", "invite", "summon", "bring"}
    is_there = any(child.lower_ in {"there", "here"} for child in verb.children)
    is_there = is_there or bool(obliques(verb, "at") or obliques(verb, "before"))
    return verb.lemma_ in {"speak", "talk"} and (is_watched or is_there)


def _is_goods(thing: Token, frame: VerbFrame, party_at: PartyAt) -> bool:
    party = party_at(thing)
    return (
        thing.lemma_.lower() in frame.of
        or thing.ent_type_ == "MONEY"
        or (party is not None and party.type == "PRODUCT")
    )


def _is_handed_over(verb: Token, party_at: PartyAt) -> bool:
    """Say whether goods are told of: who sold a firm, or "it", to somebody supplied nobody."""
    things = objects_of(verb) or (subjects_of(verb, passive=True) if is_passive(verb) else [])
    parties = [party_at(thing) for thing in things if thing.pos_ != "PRON"]
    return bool(parties) and not any(one is not None and one.type in {"ORG", "FAC", "LOC"} for one in parties)


def _is_somebody(thing: Token, party_at: PartyAt) -> bool:
    party = party_at(thing)
    return thing.lower_ in _PEOPLE if party is None else party.type == "PERSON"


def _is_listed_with_a_thing(word: Token, party_at: PartyAt) -> bool:
    """Say whether a word is joined to a noun that means nobody: "received 38 percent, and Roe 3 percent"."""
    first = word
    while first.dep_ == "conj":
        first = first.head
    return first != word and first.pos_ == "NOUN" and party_at(first) is None


def _is_called(noun: Token, by: tuple[str, ...]) -> bool:
    return not by or noun.lemma_.lower() in by


def _are_fit(subject: Party, other: Party, frame: VerbFrame) -> bool:
    if (frame.of_force and may_be_of_words(subject, other)) or (
        frame.named and not (subject.is_named or other.is_named)
    ):
        return False
    return (not frame.object_types or other.type in frame.object_types) and (
        not frame.subject_types or subject.type in frame.subject_types
    )


def _first_object(verb: Token, frame: VerbFrame, party_at: PartyAt) -> list[Party]:
    for slot in frame.object:
        if parties := parties_at(_in_slot(verb, slot, frame), party_at):
            return parties
    return []


def _in_slot(verb: Token, slot: str, frame: VerbFrame) -> list[Token]:
    """Return the heads in a slot of a frame: "obj", "obl:with", "obl:as>of" for whose post it is, "post"."""
    outer, _, inner = slot.partition(">")
    name, _, preposition = outer.partition(":")
    if name == "post":
        return [one for head in subjects_of(verb) for one in _where_posted(head)]
    if name == "obl":
        heads = [one for one in obliques(verb, preposition) if one.i > verb.i or not frame.behind]
        heads = [one for one in heads if not _is_behind_clause(one, verb) and not _is_at_event(one)]
    elif name == "obj":
        heads = objects_of(verb)
    else:
        heads = [child for child in verb.children if child.dep_ == name]
    if not inner:
        return heads
    held = [one for one in heads if not frame.whose or one.lemma_.lower() in frame.whose]
    # "the servers of Roe and those of Falk"
    held += [one for one in heads if held and one.lower_ in {"those", "that"}]
    return [one for head in held for one in _owning(head, inner)]


def _is_behind_clause(noun: Token, verb: Token) -> bool:
    """Say whether a clause parts a phrase from its verb: "worked to mend ties, mainly with Norway"."""
    clauses = (child for child in verb.rights if child.dep_ in {"xcomp", "ccomp", "advcl"})
    return noun.dep_ != "conj" and any(child.i < noun.i for child in clauses)


def _is_at_event(noun: Token) -> bool:
    """Say whether a phrase tells with whom one is somewhere: "spoke at a rally with Roe"."""
    before = noun.doc[max(0, noun.left_edge.i - 1)]
    return preposition_of(noun) == "with" and before.lemma_.lower() in _EVENTS and before.dep_ == "obl"


def _owning(noun: Token, preposition: str) -> list[Token]:
    """Return whose something is: "the servers of the firm", "the firm's servers", "DNC servers"."""
    beside = [child for child in noun.children if child.dep_ == "compound"]
    return [*obliques(noun, preposition), *owners_of(noun), *beside]


def _where_posted(head: Token) -> list[Token]:
    """Return whose post somebody is called by: "the head of the agency", "Roe, the agency's head,"."""
    nouns = [head, *(child for child in head.children if child.dep_ == "appos")]
    posts = [one for one in nouns if one.lemma_.lower() in roles_of_posts() and not is_former(one)]
    return [one for post in posts for one in (*obliques(post, "of"), *obliques(post, "at"), *owners_of(post))]


def _of_light_verb(verb: Token, party_at: PartyAt, content: Container[int] | None) -> Iterator[Found]:
    lemma = verb.lemma_.lower()
    for frame in lights_of(lemma):
        for held in verb.children:
            noun = _of_row(held)
            is_its = held.dep_ in {"obj", "xcomp", "nsubj:pass"} or (
                held.dep_ == "obl" and preposition_of(held) in {None, "in", "into"}
            )  # "came into contact", but not "after the meeting he will hold talks"
            is_its = is_its and noun.lemma_.lower() in frame.nouns
            if not is_its or any(obliques(noun, word) for word in frame.without):
                continue
            passive = held.dep_ == "nsubj:pass"
            behind = [
                one
                for word in frame.object
                for holder in dict.fromkeys((noun, held, verb))
                for one in obliques(holder, word)
            ]
            behind = [one for one in behind if not _is_listed_with_a_thing(one, party_at)]
            others = parties_at(behind, party_at) or _right_behind(noun, frame.object, party_at)
            heads = obliques(verb, "by") if passive else subjects_within(verb, content)
            subjects = [
                one
                for one in parties_at(heads, party_at)
                if one.type == "LOC" or _is_called(verb.doc[one.head], frame.by)
            ]
            is_joint = load_vocabulary()[frame.predicate].symmetric and not others
            subjects = _acting(heads, party_at, is_joint=is_joint) or subjects
            pairs = [
                (subject, other)
                for subject in subjects
                for other in others
                if not (frame.of_force and may_be_of_words(subject, other))
            ]
            # "Roe and Falk attended the summit": with how many others?
            is_joint = load_vocabulary()[frame.predicate].symmetric and lemma != "attend"
            if not pairs and is_joint and len(subjects) > 1:
                pairs = [(subjects[0], other) for other in subjects[1:]]
            yield from checked(frame.predicate, pairs, verb, "light verb")


def _of_row(noun: Token) -> Token:
    """Return the deeds that a row is one of: "launched a series of attacks on", "held a round of talks"."""
    deeds = obliques(noun, "of") if noun.lemma_.lower() in _ROWS else []
    return deeds[0] if deeds else noun


def _right_behind(noun: Token, prepositions: Sequence[str], party_at: PartyAt) -> list[Party]:
    """Return whom a phrase right behind a noun means, where the tree breaks it: "‘contact’ with the jet"."""
    words = [token for token in noun.doc[noun.i + 1 : noun.sent.end] if not token.is_punct][:_PHRASE]
    if not words or words[0].lower_ not in prepositions:
        return []
    phrase = takewhile(lambda one: one.pos_ in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"}, words[1:])
    return parties_at(list(phrase), party_at)[:1]


def _of_adjective(adjective: Token, party_at: PartyAt) -> Iterator[Found]:
    """Find what an adjective tells: "Roe is married to Falk"."""
    frame = load_frames().adjectives[adjective.lower_]
    subjects = [child for child in adjective.children if child.dep_ in {"nsubj", "nsubj:pass"}]
    if not subjects and adjective.dep_ in {"acl", "amod", "acl:relcl"}:
        subjects = [adjective.head]
    pairs = [
        (subject, other)
        for subject in parties_at(subjects, party_at)
        for word in frame.object
        for other in parties_at(obliques(adjective, word.partition(":")[2]), party_at)
    ]
    yield from checked(frame.predicate, pairs, adjective, "adjective")


def _open(verb: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield a verb without a frame between two names, under its own lemma.

    Not one that has a clause: "assured him that they would stop" is a saying.
    """
    links = {child.dep_ for child in verb.children}
    is_other = bool(links & {"ccomp", "compound:prt"})  # with a particle it is another verb: "take on"
    if verb.pos_ != "VERB" or is_other or not links & {"obj", "iobj"} or is_passive(verb):
        return
    if any(
        child.dep_ == "xcomp" and (child.pos_ == "ADJ" or verb.lemma_.lower() in _HEARING)
        for child in verb.rights
    ):
        return  # "found her untrustworthy" says what she is, "heard her speak" what she does
    is_of_name = verb.text.istitle() and verb.i > verb.sent.start  # "the Coalition to Counter Roe"
    if is_of_name or (verb.i > 0 and verb.nbor(-1).text == "-") or verb.lower_ in _NO_VERBS:
        return  # "the union-bashing Roe"; "want to than Roe"
    given = [child for child in verb.rights if child.dep_ in {"obj", "iobj"}]
    if len(given) > 1 and given[0].pos_ == "PRON":
        return  # "earned him the title" was not done to him
    heads = [one for one in subjects_of(verb) if one.lower_ != "it"]
    subjects = [one for one in parties_at(heads, party_at) if one.is_named and one.type in OPEN_TYPES]
    objects = objects_of(verb) if subjects else []
    things = [one for one in objects if _is_surely_object(one, verb, party_at)]
    for other in parties_at(things, party_at):
        for subject in subjects:
            if other.is_named and other.type in OPEN_TYPES and other.entity != subject.entity:
                yield found_at(_lemma_of(verb), subject, other, verb, 0.5, "open verb")


def _is_surely_object(thing: Token, verb: Token, party_at: PartyAt) -> bool:
    """Say whether a verb without a frame is surely done to a thing.

    Not to what "it" may mean ("has broken it"), to oneself ("cast himself as"), to what hangs on a thing
    without a name ("needs 53 percent, Roe 40 percent"), or behind "that" ("believe that preventing Danes").
    """
    if thing.lower_ in {"it", "them", "name"} or thing.lower_.endswith(("self", "selves")):
        return False  # "changed her name, Ann Roe" changed nobody
    if thing.left_edge.lower_ in _PREPOSITIONS:
        return False  # "abdicates leadership in the east", which a tree took for one
    if thing.i < verb.i and thing.dep_ == "nmod" and verb.dep_ == "acl:relcl":
        return False  # "her use of the server at the ministry, which she mishandled"
    between = verb.doc[verb.i + 1 : thing.i]
    return not _is_listed_with_a_thing(thing, party_at) and all(
        one.tag_ != "IN" or one.lower_ != "that" for one in between
    )
