"""How a relation that was found is told: of the past, asked for, of either of two, not of who is named.

Whether it happened by what stands around its word is told in commitment.py.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from extractors.clauses import Party, is_passive, is_past, preposition_of, used_to
from extractors.commitment import commitment_of
from extractors.commitment_marks import Commitment, found_in, words_of_commitment
from extractors.found import Found
from extractors.nouns import roles_of_posts, words_of_posts
from extractors.posts import made_by
from extractors.words import Doc, Token
from newsgraph.vocabulary import Predicate, load_vocabulary

_HELD = Commitment()
_ARMED = frozenset(
    {"police", "army", "navy", "force", "guard", "militia", "troop", "military", "gang", "mob", "cartel"}
)
FIGHTERS = _ARMED | {
    *("rebel", "fighter", "soldier", "militant", "insurgent", "gunman", "guerrilla", "militiaman"),
    *("officer", "policeman", "commander", "general", "captain", "colonel", "bodyguard"),
}
_PURSUED = frozenset(
    {"candidate", "runner", "nominee", "contender", "politician", "official", "rival", "opponent"}
)
_CONTENDING = frozenset(
    {
        *("incumbent", "champion", "challenger", "player", "titleholder", "favourite"),
        *("favorite", "seed", "fighter"),
    }
)
_BLOODY = frozenset({"killed", "injured", "attacked", "damaged", "kidnapped", "firedAt"})
_STATES = frozenset({"country", "nation", "state", "neighbour", "neighbor", "power", "side"})
_GETTING = frozenset({"buy", "acquire", "purchase"})  # who bought a stake has it
_ACTS = frozenset({"mission", "inquiry", "investigation", "probe", "operation"})
_ADJECTIVES = frozenset({"detained", "jailed", "imprisoned"})
_VOTED = frozenset({"defeated", "win", "crush", "edge", "overtake"})


def told_of(doc: Doc, one: Found, content: Container[int] | None) -> Commitment | None:
    """Return how a relation is told; None for what is asked for, was done to nobody, or was so once.

    The last by the article's own words.

    Args:
        doc: Where it stands.
        one: The relation.
        content: The places of the innermost content around its word, if any.
    """
    word, parties = doc[one.word], (one.subject, one.object)
    kind = load_vocabulary().get(one.predicate)
    is_over = kind is not None and content is None and _is_over(word, kind)
    is_over = (
        is_over
        or _is_where(doc, one)
        or _is_who_of_place(word, one.subject)
        or _is_of_many(doc, one)
        or _is_to_act(doc, one)
    )
    if is_over or _is_of_words(doc, one) or any(_is_asked_for(doc, party) for party in parties):
        return None
    told = _told(word, one, content)
    if any(_is_instead(doc, party) for party in parties):
        told = replace(told, negated=False)
    elif not told.negated and any(_is_not(doc, party, one.word) for party in parties):
        told = told.and_(negated=True)
    if told.negated and (_is_nobody(doc, one.object) or _is_not_why(word)):
        return None
    is_beside = one.rule in {"post", "role"}  # "experts like Roe or Falk, the head of the bank"
    if not told.negated and not is_beside and any(_is_either(doc, party) for party in parties):
        told = told.and_("possible")
    if one.predicate in _VOTED and _is_polled(word):
        told = told.and_("hypothetical")
    return told


def _is_who_of_place(verb: Token, subject: Party) -> bool:
    """Say whether "who" would be a place: "let people into our country who support it"."""
    is_who = any(child.lower_ == "who" and child.dep_ == "nsubj" for child in verb.lefts)
    return is_who and subject.type in {"LOC", "FAC"} and not subject.is_named


def _is_where(doc: Doc, one: Found) -> bool:
    """Say whether a place is only where it was done: "violence in the region that killed Danes"."""
    is_place = one.subject.type == "LOC" and not doc[one.subject.head].ent_type_
    return is_place and one.predicate in _BLOODY and doc[one.subject.head].lemma_.lower() not in _STATES


def _is_of_words(doc: Doc, one: Found) -> bool:
    """Say whether it may be done in words: "groups attacking her", "Roe fought Falk for the nomination".

    Not "the police attacked her", nor "Roe fought the rebels".
    """
    noun = doc[one.subject.head].lemma_.lower()
    if one.predicate == "defeated" and doc[one.word].lemma_ == "beat" and _is_beaten(doc, one.object):
        return True
    if one.predicate == "arrested" and _is_held(doc[one.word], one):
        return True
    is_person, is_named = one.subject.type == "PERSON", one.subject.is_named
    if one.predicate == "attacked" and is_person and not is_named:  # "the candidate's attacks on Danes"
        is_of_office = noun in _PURSUED or (noun in roles_of_posts() and noun not in FIGHTERS)
        return is_of_office and one.object.type in {"PERSON", "ORG", "NORP"}
    if one.object.type != "PERSON" or not one.object.is_named:
        return False
    if one.predicate == "fought":  # "both Danes will battle Ann Roe" for a cup
        return one.subject.type == "NORP" or (is_person and (is_named or noun not in FIGHTERS))
    is_armed = noun in _ARMED
    return one.predicate == "attacked" and one.subject.type == "ORG" and not is_armed


def _is_beaten(doc: Doc, party: Party) -> bool:
    """Say whether somebody may have been beaten with fists: "beat his driver"; not "beat the incumbent"."""
    noun = doc[party.head].lemma_.lower()
    is_rival = noun in _PURSUED | _CONTENDING or noun in roles_of_posts()
    return party.type == "PERSON" and not party.is_named and not is_rival


def _is_held(verb: Token, one: Found) -> bool:
    """Say whether a participle was taken for a verb: "met ministers and jailed opposition leader Falk"."""
    if verb.dep_ != "conj" or verb.i < 2:
        return False
    noun = verb.doc[one.object.head]
    is_joined = verb.nbor(-1).dep_ == "cc" and verb.nbor(-2).pos_ in {"NOUN", "PROPN"}
    is_bare = noun.pos_ == "NOUN" and not any(child.dep_ in {"det", "nummod"} for child in noun.lefts)
    is_person = one.subject.type == "PERSON" and one.subject.is_named
    return is_person and is_joined and is_bare and verb.lower_ in _ADJECTIVES


def _is_of_many(doc: Doc, one: Found) -> bool:
    """Say whether many would do what one does: "voters cast ballots to replace her", "men married to"."""
    parties = {"succeeded": [one.subject], "marriedTo": [one.subject, one.object]}.get(one.predicate, [])
    return any(not party.is_named and doc[party.head].tag_ == "NNS" for party in parties)


def _is_to_act(doc: Doc, one: Found) -> bool:
    """Say whether it is done to a deed and to nobody: "opposed the mission", "protested the inquiry"."""
    is_about = one.predicate in {"opposed", "protestedAgainst", "supported", "criticised"}
    return is_about and not one.object.is_named and doc[one.object.head].lemma_.lower() in _ACTS


def _is_polled(word: Token) -> bool:
    """Say whether a poll tells who wins: "polls see her losing to", "when voters were asked, Roe beat"."""
    polls = words_of_commitment()["polls"]
    for verb in (word, *word.ancestors):
        for child in verb.children:
            is_source = child.dep_ in {"nsubj", "obl"} and child.lemma_.lower() in polls["nouns"]
            of = {one.lower_ for one in child.children}
            if is_source and not of & polls["exit"] and (child.dep_ == "nsubj" or of & {"in", "according"}):
                return True
            if child.dep_ == "advcl" and child.lemma_.lower() in polls["asking"] and is_passive(child):
                return True
    return False


def _is_asked_for(doc: Doc, party: Party) -> bool:
    """Say whether a party is what a question asks for: "how many lawyers work there", "which firm"."""
    return any(one.tag_ in {"WDT", "WRB", "WP$"} for word in doc[party.head].lefts for one in word.subtree)


def _is_nobody(doc: Doc, party: Party) -> bool:
    """Say whether nobody in particular is meant where nothing was done: "never met an opponent like Roe"."""
    return not party.is_named and any(child.lower_ in {"a", "an", "any"} for child in doc[party.head].lefts)


def _is_not_why(verb: Token) -> bool:
    """Say whether "not" may only deny for what it was done: "did not buy the ship to impress anybody"."""
    return any(
        child.dep_ == "advmod" and child.lower_ in {"not", "n't", "n’t"} for child in verb.lefts
    ) and any(
        child.dep_ == "advcl" and child.tag_ == "VB" and any(one.lower_ == "to" for one in child.lefts)
        for child in verb.rights
    )


def _is_either(doc: Doc, party: Party) -> bool:
    """Say whether a party is one of several of which only one need be: "owned by either Roe or Falk"."""
    head = doc[party.head]
    first = head.head if head.dep_ == "conj" else head
    # "the Unity Movement or UM" is one
    joined = [child for child in first.children if child.dep_ == "conj" and not child.text.isupper()]
    return any(word.dep_ == "cc" and word.lower_ == "or" for one in joined for word in one.lefts)


def _is_not(doc: Doc, party: Party, word: int) -> bool:
    """Say whether a party is named as who it is not: "met not Roe but Falk", not "not a firm run by Roe"."""
    head = doc[party.head]
    nots = [child for child in head.lefts if child.lower_ == "not" and child.dep_ == "advmod"]
    if head.dep_ == "conj" and any(child.lower_ == "rather" and child.dep_ == "cc" for child in head.lefts):
        return True  # "chose Roe rather than Falk"
    return (
        bool(nots)
        and head not in doc[word].ancestors
        and nots[0].nbor().lower_ not in {"only", "just", "merely", "simply", "even"}
    )


def _is_instead(doc: Doc, party: Party) -> bool:
    """Say whether a party is named in the place of who it is not: "it was not Roe but Falk who"."""
    head = doc[party.head]
    is_contrast = head.dep_ == "conj" and any(child.lower_ == "but" for child in head.lefts)
    return is_contrast and any(child.lower_ == "not" for child in head.head.children)


def _is_over(word: Token, kind: Predicate) -> bool:
    """Say whether a state is told of the past: "led", "was secretary", "has served as mayor"."""
    if not kind.ends:
        return kind.holds and used_to(word)
    if word.lemma_ in _GETTING:
        return False
    verb = made_by(word)
    if verb is None and preposition_of(word) == "as" and is_past(word.head):
        return True  # "As governor, Roe signed": who holds it still is hardly told so
    if verb is None or verb.lemma_.lower() not in words_of_posts()["serving"]:
        return is_past(_shared_with(word))
    has_been = any(child.lemma_ == "have" for child in verb.children if child.dep_ == "aux")
    return is_past(verb) or (has_been and verb.tag_ == "VBN")


def _shared_with(noun: Token) -> Token:
    """Return the noun that has the verb of one joined to it: "was a minister and a commander of"."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        if any(child.dep_ in {"cop", "nsubj"} for child in noun.children):
            break
        noun = noun.head
    return noun


def _told(word: Token, one: Found, content: Container[int] | None) -> Commitment:
    """Return how a relation is told; a role, post or site beside a name is taken for granted."""
    is_made = (
        one.rule in {"site", "placed"} and word.head.lemma_.lower() in words_of_commitment()["sites"]["made"]
    )
    if is_made and commitment_of(word.head, content).modality != "actual":
        return _HELD.and_("planned")  # "to build the memorial in Lund"
    if one.rule in {"site", "placed"} and not one.subject.is_named:
        return _told_of_site(word, content)
    if one.rule in {"role", "post"} and (verb := made_by(word)) is not None:
        return commitment_of(verb, content)
    is_said = one.rule not in {"role", "post", "site", "placed"} or any(
        child.dep_ == "cop" for child in word.children
    )
    told = commitment_of(word, content) if is_said else _HELD
    promised = found_in(word.lemma_.lower(), words_of_commitment()["promises"])
    return told if promised is None or one.rule != "verb" else told.and_(promised)  # "pledged her tanks"


def _told_of_site(site: Token, content: Container[int] | None) -> Commitment:
    """Return whether a site is there: "the plant in Lund" is, the one that somebody plans to open is not."""
    verb, articles = site.head, {child.lower_ for child in site.children if child.dep_ == "det"}
    is_owned = any(child.dep_ == "nmod:poss" for child in site.children)  # "its plant in Lund"
    if is_owned or articles & {"the", "this", "that"} or verb.pos_ not in {"VERB", "AUX"}:
        return _HELD
    is_where = site.dep_ == "obl" and preposition_of(site) in {"in", "at"}
    if is_where or site.dep_ == "nsubj" or any(child.ent_type_ for child in site.lefts):
        return _HELD  # what acts, where somebody acts, "the Roe headquarters"
    told, lists = commitment_of(verb, content), words_of_commitment()["verbs"]
    is_alone = not any(child.dep_ == "compound:prt" for child in verb.children)  # "set up a garage in Leeds"
    is_open = is_alone and verb.lemma_.lower() in lists["planned"] | lists["negated"] | lists["possible"]
    return told.and_("planned") if is_open else told
