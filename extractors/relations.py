"""Who did what to whom: verb frames over the dependency tree, with negation, modality and evidence.

A frame of lexicons/verb_frames.toml gives a predicate of the vocabulary where both parties are known things
of the right types; a verb without a frame between two names gives its own lemma as an open predicate.
Apposition gives posts ("Nikolai Patrushev, the secretary of Russia's National Security Council"). No edge is
better than a wrong one: what the tree does not say clearly is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extractors.frames import VerbFrame, load_frames
from extractors.mentions import roles_of_posts
from extractors.stance import is_negated
from newsgraph.records import EntityType, Modality
from newsgraph.vocabulary import load_vocabulary

SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
_PLANNED = frozenset({"will", "shall", "wo", "'ll", "’ll"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "would", "should"})
_PLANNING = frozenset(
    {
        *("plan", "intend", "want", "hope", "prepare", "promise", "vow", "pledge"),
        *("seek", "aim", "agree", "expect", "mean"),
    }
)
_PREVENTING = frozenset({"fail", "refuse", "decline", "avoid", "prevent"})
_TRYING = frozenset({"try", "attempt", "threaten", "ask", "urge", "order", "allow", "need", "offer"})
_SPEECH = frozenset(
    {"say", "tell", "state", "report", "claim", "add", "write", "note", "deny", "announce", "argue"}
)
OPEN_TYPES = frozenset({"PERSON", "ORG", "LOC", "NORP", "PRODUCT"})


@dataclass(frozen=True, slots=True)
class Party:
    """An entity at a place in the text."""

    entity: int  # index into the article's entities
    type: EntityType
    is_named: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A relation before it has an id: parties as entity indices, evidence as tokens ``[start, end)``."""

    predicate: str
    subject: int
    object: int
    verb: int
    start: int
    end: int
    negated: bool
    modality: Modality
    confidence: float


PartyAt = Callable[[Token], Party | None]


def find_relations(doc: Doc, party_at: PartyAt) -> list[Found]:
    """Return the relations of a Doc in text order, each once.

    Args:
        doc: With trees and lemmas.
        party_at: The entity that the phrase headed by a token means, if any.
    """
    found: dict[tuple[str, int, int, int], Found] = {}
    for token in doc:
        for one in _relations_at(token, party_at):
            found.setdefault((one.predicate, one.subject, one.object, one.verb), one)
    return _without_mirrors(sorted(found.values(), key=lambda one: (one.start, one.verb, one.predicate)))


def _relations_at(token: Token, party_at: PartyAt) -> Iterator[Found]:
    if token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"aux", "aux:pass", "cop"}:
        yield from _of_verb(token, party_at)
    elif token.pos_ == "NOUN":
        yield from _of_noun(token, party_at)
    if token.pos_ in {"NOUN", "PROPN"}:
        yield from _of_post(token, party_at)


def _without_mirrors(relations: Sequence[Found]) -> list[Found]:
    """Keep a symmetric relation at one place once."""
    vocabulary = load_vocabulary()
    seen: set[tuple[str, frozenset[int], int]] = set()
    kept = []
    for one in relations:
        predicate = vocabulary.get(one.predicate)
        key = (one.predicate, frozenset({one.subject, one.object}), one.verb)
        if predicate is not None and predicate.symmetric:
            if key in seen:
                continue
            seen.add(key)
        kept.append(one)
    return kept


def _of_verb(verb: Token, party_at: PartyAt) -> Iterator[Found]:
    lemma = verb.lemma_.lower()
    framed = False
    for frame in load_frames().verbs.get(lemma, ()):
        if frame.particle is not None and not _has_particle(verb, frame.particle):
            continue
        framed = True
        pairs = list(_pairs(verb, frame, party_at))
        if pairs:
            yield from _checked(frame.predicate, pairs, verb)
            return
    light = list(_of_light_verb(verb, party_at))
    yield from light
    if not framed and not light and lemma not in _SPEECH:
        yield from _open(verb, party_at)


def _has_particle(verb: Token, particle: str) -> bool:
    return any(
        child.lower_ == particle and child.dep_ in {"compound:prt", "advmod", "compound"}
        for child in verb.children
    )


def _pairs(verb: Token, frame: VerbFrame, party_at: PartyAt) -> Iterator[tuple[Party, Party]]:
    is_passive = _is_passive(verb)
    if is_passive and not frame.passive:
        subjects = _parties(list(_obliques(verb, "by")), party_at)
        objects = (
            _parties(_subjects(verb, passive=True), party_at)
            if frame.object[0] == "obj" or "obj" in frame.object
            else []
        )
    else:
        subjects = _parties(_subjects(verb, passive=frame.passive), party_at)
        objects = _first_object(verb, frame.object, party_at)
    if not objects and frame.together and not is_passive and len(subjects) > 1:
        yield from ((subjects[0], other) for other in subjects[1:])
        return
    for subject in subjects:
        for other in objects:
            yield subject, other


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in {"nsubj:pass", "aux:pass"} for child in verb.children):
        return True
    # "the clip, released by the command": a participle after its noun
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "acl:relcl"}
        and not any(c.dep_ in {"aux", *SUBJECTS} for c in verb.children)
    )


def _subjects(verb: Token, *, passive: bool = False) -> list[Token]:
    """Return the heads of a verb's subjects, through coordination, control and relative clauses."""
    wanted = {"nsubj:pass", *(SUBJECTS if passive else ())} if passive else SUBJECTS
    for child in verb.children:
        if child.dep_ in wanted:
            return _coordinated(_meant(child))
    if verb.dep_ in {"acl", "acl:relcl"} and (passive or verb.tag_ == "VBG"):
        return _coordinated(verb.head)
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and _is_passive(verb.head) == passive:
        return _subjects(verb.head, passive=passive)
    if verb.dep_ in {"xcomp", "advcl"} and not passive and verb.head.pos_ == "VERB" and not _own_mark(verb):
        controllers = (
            [child for child in verb.head.children if child.dep_ == "obj"] if verb.dep_ == "xcomp" else []
        )
        return _coordinated(_meant(controllers[0])) if controllers else _subjects(verb.head)
    return []


def _own_mark(verb: Token) -> bool:
    return verb.dep_ == "advcl" and verb.tag_ not in {"VBG", "VBN"}


def _meant(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    if token.tag_ in {"WP", "WDT"} or (token.lower_ == "that" and token.pos_ == "PRON"):
        clause = token.head
        while (
            clause.dep_ not in {"acl:relcl", "acl"}
            and clause.head != clause
            and clause.dep_ in {"conj", "xcomp", "aux"}
        ):
            clause = clause.head
        if clause.dep_ in {"acl:relcl", "acl"}:
            return clause.head
    return token


def _coordinated(token: Token) -> list[Token]:
    return [token, *(child for child in token.children if child.dep_ == "conj")]


def _obliques(verb: Token, preposition: str) -> list[Token]:
    return [
        one
        for child in verb.children
        if child.dep_ in {"obl", "obl:agent", "nmod", "obl:unmarked"} and _preposition(child) == preposition
        for one in _coordinated(child)
    ]


def _preposition(token: Token) -> str | None:
    words = [child for child in token.children if child.dep_ == "case"]
    if not words:  # a preposition right before the phrase that the parser hung on the verb: "spoke with his"
        words = [child for child in token.head.children if child.dep_ == "case"]
        words = [child for child in words if child.i + 1 == token.left_edge.i]
    return words[0].lower_ if words else None


def _first_object(verb: Token, slots: Sequence[str], party_at: PartyAt) -> list[Party]:
    for slot in slots:
        name, _, preposition = slot.partition(":")
        if name == "obl":
            heads = _obliques(verb, preposition)
        else:
            heads = [
                one for child in verb.children if child.dep_ == name for one in _coordinated(_meant(child))
            ]
        if parties := _parties(heads, party_at):
            return parties
    return []


def _parties(heads: Sequence[Token], party_at: PartyAt) -> list[Party]:
    return [party for head in heads if (party := party_at(head)) is not None]


def _of_light_verb(verb: Token, party_at: PartyAt) -> Iterator[Found]:
    for frame in load_frames().lights:
        if verb.lemma_.lower() not in frame.lemmas:
            continue
        for noun in verb.children:
            if noun.lemma_.lower() not in frame.nouns or noun.dep_ not in {"obj", "obl", "xcomp"}:
                continue
            others = [
                one
                for preposition in frame.object
                for holder in (noun, verb)
                for one in _obliques(holder, preposition)
            ]
            subjects = _parties(_subjects(verb), party_at)
            pairs = [(subject, other) for subject in subjects for other in _parties(others, party_at)]
            if not pairs and load_vocabulary()[frame.predicate].symmetric and len(subjects) > 1:
                pairs = [(subjects[0], other) for other in subjects[1:]]
            yield from _checked(frame.predicate, pairs, verb)


def _of_noun(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Find the parties of a noun: "a call between A and B", "A's meeting with B"."""
    predicate = load_frames().nouns.get(noun.lemma_.lower())
    if predicate is None:
        return
    between = _parties(_obliques(noun, "between"), party_at)
    owners = _parties([child for child in noun.children if child.dep_ == "nmod:poss"], party_at)
    others = _parties(_obliques(noun, "with"), party_at)
    pairs = (
        [(between[0], other) for other in between[1:]]
        if between
        else [(a, b) for a in owners for b in others]
    )
    yield from _checked(predicate, pairs, noun)


def _of_post(noun: Token, party_at: PartyAt) -> Iterator[Found]:
    """Find who holds a post where: "Anna Berg, the head of the institute"."""
    role = roles_of_posts().get(noun.lemma_.lower())
    if role is None:
        return
    if noun.dep_ == "appos":
        holder = party_at(noun.head)
    else:
        named = [child for child in noun.children if child.dep_ == "appos" and child.ent_type_ == "PERSON"]
        holder = party_at(named[0]) if named else None
    if holder is None or holder.type != "PERSON" or not holder.is_named:
        return
    places = [
        *_obliques(noun, "of"),
        *_obliques(noun, "at"),
        *(c for c in noun.children if c.dep_ == "nmod:poss"),
    ]
    for place in _parties(places, party_at):
        if place.is_named:
            yield from _checked("leads" if role == "lead" else "holdsPostAt", [(holder, place)], noun)


def _checked(predicate: str, pairs: Sequence[tuple[Party, Party]], verb: Token) -> Iterator[Found]:
    """Yield the pairs whose types the vocabulary allows."""
    kind = load_vocabulary()[predicate]
    for subject, other in pairs:
        if subject.entity != other.entity and subject.type in kind.subject and other.type in kind.object:
            sure = 0.85 if subject.is_named and other.is_named else 0.65
            yield _found(predicate, subject, other, verb, sure)


def _open(verb: Token, party_at: PartyAt) -> Iterator[Found]:
    """Yield a verb without a frame between two names, under its own lemma."""
    if verb.pos_ != "VERB" or _is_passive(verb):
        return
    subjects = [one for one in _parties(_subjects(verb), party_at) if one.is_named and one.type in OPEN_TYPES]
    for child in verb.children:
        if child.dep_ != "obj":
            continue
        for other in _parties(_coordinated(_meant(child)), party_at):
            for subject in subjects:
                if other.is_named and other.type in OPEN_TYPES and other.entity != subject.entity:
                    yield _found(verb.lemma_.lower(), subject, other, verb, 0.5)


def _found(predicate: str, subject: Party, other: Party, verb: Token, sure: float) -> Found:
    start, end = _clause(verb)
    modality = modality_of(verb)
    negated = _is_denied(verb)
    return Found(predicate, subject.entity, other.entity, verb.i, start, end, negated, modality, sure)


def _clause(verb: Token) -> tuple[int, int]:
    """Return the words of the verb's clause that stand together, without clauses that only hang on it."""
    apart = {
        place.i
        for child in verb.children
        if child.dep_ in {"parataxis", "advcl", "conj", "punct", "discourse", "cc"}
        for place in child.subtree
    }
    places = {token.i for token in verb.subtree if not token.is_space} - apart
    start = end = verb.i
    while start - 1 in places:
        start -= 1
    while end + 1 in places:
        end += 1
    doc = verb.doc
    while start < verb.i and (doc[start].is_punct or doc[start].is_space or doc[start].dep_ == "mark"):
        start += 1
    while end > verb.i and (doc[end].is_punct or doc[end].is_space):
        end -= 1
    return start, end + 1


def modality_of(verb: Token) -> Modality:
    """Return whether what a verb says happened, is planned, is possible, or only supposed."""
    helpers = {child.lower_ for child in verb.children if child.dep_ in {"aux", "aux:pass"}}
    if _is_supposed(verb):
        return "hypothetical"
    if helpers & _PLANNED:
        return "planned"
    if helpers & _POSSIBLE:
        return "possible"
    if verb.dep_ == "xcomp":
        above = verb.head.lemma_.lower()
        if above in _PLANNING:
            return "planned"
        if above in _TRYING:
            return "possible"
        return modality_of(verb.head) if verb.head.pos_ == "VERB" else "actual"
    if verb.tag_ == "VB" and verb.dep_ in {"acl", "advcl"}:
        return "planned"  # "a plan to meet", "in order to meet"
    return (
        modality_of(verb.head)
        if verb.dep_ == "conj" and not helpers and verb.head.pos_ == "VERB"
        else "actual"
    )


def _is_supposed(verb: Token) -> bool:
    """Say whether a verb stands in a condition or a question."""
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if marks & {"if", "unless", "whether"}:
        return True
    ends = [token.text for token in verb.sent[-3:] if token.is_punct]
    return "?" in ends


def _is_denied(verb: Token) -> bool:
    if is_negated(verb):
        return True
    return verb.dep_ == "xcomp" and (verb.head.lemma_.lower() in _PREVENTING or is_negated(verb.head))
