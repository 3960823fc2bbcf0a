"""What a pronoun means by rule, before anything is weighed: who goes on speaking, who is stressed.

News go on with who spoke: "However, he said". A firm speaks of itself as "it", and "the minister himself" is
the minister.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from extractors.clusters import Cluster
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.pronoun_features import GENDERS, REFLEXIVE, is_odd, is_surely, role_of, top_of
from extractors.relays import names_relay
from extractors.sources import ASKING
from extractors.stance import is_demand
from extractors.words import Token

if TYPE_CHECKING:
    from extractors.pronouns import Surroundings, Voice

Meant = tuple[Cluster, Sequence[int]]  # and the words that the pronoun leans on

_VOICE_REACH = 6  # sentences back to who spoke last, for a pronoun that speaks
_GOING_ON = frozenset({"say", "add", "continue"})
_SPEAKING = frozenset({"ORG", "LOC"})


def meant_by_rule(around: Surroundings, one: Referring) -> Meant | None:
    """Return what a pronoun means for sure, if a rule says so."""
    return _who_speaks(around, one) or _stressed(around, one) or _own_firm(around, one)


def _who_speaks(around: Surroundings, one: Referring) -> Meant | None:
    """Return who goes on speaking as a pronoun, if the article tells so; not by "his wife said".

    "Its chairman said" goes on with the firm.
    """
    token = around.doc[one.head]
    if token.i not in around.speaking or around.quoted[token.i]:
        return None
    if token.lower_ != "its" and token.head.i in around.speaking:
        return None
    kind = THIRD_PERSONS[token.lower_]
    return _author(around, one, kind) or _last_voice(around, one, kind)


def _author(around: Surroundings, one: Referring, kind: str) -> Meant | None:
    """Return whose words those are that open the sentence: "In an opinion by Roe, he said"."""
    opening = [
        child
        for child in around.doc[one.head].head.lefts
        if child.dep_ == "obl" and "in" in _prepositions(child)
    ]
    inside = {word.i for phrase in opening for word in phrase.subtree}
    for other, cluster in _fitting_before(around, one, kind, around.sentence_of[one.head]):
        if other.head in inside and {"by", "from"} & _prepositions(top_of(around.doc[other.head])):
            return cluster, (other.head,)
    return None


def _prepositions(noun: Token) -> set[str]:
    return {child.lower_ for child in noun.lefts if child.dep_ == "case"}


def _last_voice(around: Surroundings, one: Referring, kind: str) -> Meant | None:
    """Return who spoke last before a pronoun that speaks, or of whom the article told since; where.

    None where its own sentence tells of somebody else before it: "Roe told Dorn after he had asked".
    """
    here = around.sentence_of[one.head]
    for place, voice in around.voices_before(one):
        if here - around.sentence_of[place] > _VOICE_REACH:
            break
        if (asked := _who_was_asked(around, one, voice, kind)) is not None:
            return asked
        cluster = around.at(voice.source)
        if cluster is None or cluster.type in {"LOC", "NORP"} or not around.fits(cluster, kind):
            continue
        if around.speaks_of(one, cluster):
            continue
        if _is_rivalled(around, one, cluster) and not _goes_on(around, around.doc[one.head]):
            return None
        last, leaned = _subject_since(around, place, one, kind) or (cluster, voice.source)
        others = _fitting_before(around, one, kind, here)
        is_open = any(each is not last and other.head not in around.told for other, each in others)
        return None if is_open else (last, leaned)
    return None


def _who_was_asked(around: Surroundings, one: Referring, voice: Voice, kind: str) -> Meant | None:
    """Return who answers: "Roe was asked by a senator if she knew. She said", in the next sentence.

    Not whom somebody asked to do something.
    """
    verb = top_of(around.doc[max(voice.source)]).head
    if verb.lemma_.lower() not in ASKING or around.sentence_of[one.head] - around.sentence_of[verb.i] != 1:
        return None
    is_to_act = is_demand([verb], [around.doc[place] for place in voice.content])
    links = {"nsubj:pass"} if is_to_act else {"nsubj:pass", "obj", "iobj"}
    for child in verb.children:
        if child.dep_ in links and child.i not in voice.source:
            cluster = around.at((child.i,))
            if cluster is not None and cluster.type == "PERSON" and around.fits(cluster, kind):
                return cluster, (child.i,)
    return None


def is_open(around: Surroundings, one: Referring, cluster: Cluster, leaned: int) -> bool:
    """Say whether a new paragraph may tell of somebody else than the one who was mentioned at ``leaned``."""
    if not _is_rivalled(around, one, cluster) or _goes_on(around, around.doc[one.head]):
        return False
    return any("\n" in word.text for word in around.doc[leaned : one.head])


def _is_rivalled(around: Surroundings, one: Referring, cluster: Cluster) -> bool:
    """Say whether a person may be a man or a woman, for all we know, and another before is known as one."""
    kind, here = THIRD_PERSONS[around.doc[one.head].lower_], around.sentence_of[one.head]
    if kind not in GENDERS or cluster.is_passing or is_surely(around.doc, cluster, kind):
        return False
    before = _fitting_before(around, one, kind, max(0, here - _VOICE_REACH))
    return any(is_surely(around.doc, other, kind) for _, other in before)


def _goes_on(around: Surroundings, pronoun: Token) -> bool:
    """Say whether somebody goes on, or ends what he says: "He added", and not "In 1974 he accused"."""
    opening = pronoun.doc[pronoun.sent.start : pronoun.i]
    is_first = not any(
        token.pos_ in {"NOUN", "PROPN", "NUM"} and token.i not in around.told for token in opening
    )
    return is_first and pronoun.head.lemma_.lower() in _GOING_ON


def _subject_since(around: Surroundings, place: int, one: Referring, kind: str) -> Meant | None:
    """Return who was spoken of, by the article itself, since somebody spoke: "Milley left. He said …"."""
    found = [
        (other.head, cluster)
        for other, cluster in _fitting_before(around, one, kind, around.sentence_of[place])
        if place < other.head
        and role_of(top_of(around.doc[other.head])) == "subject"
        and other.head not in around.told
    ]
    if not found:
        return None
    head, cluster = max(found, key=lambda each: each[0])
    return cluster, (head,)


def _stressed(around: Surroundings, one: Referring) -> Meant | None:
    """Return what a reflexive pronoun stands beside to stress it: "the minister himself"; its word."""
    token = around.doc[one.head]
    if not token.lower_.endswith(REFLEXIVE) or any(child.dep_ == "case" for child in token.children):
        return None
    kind = THIRD_PERSONS[token.lower_]
    found = [
        (other, cluster)
        for other, cluster in _fitting_before(around, one, kind, around.sentence_of[one.head])
        if not is_odd(cluster, kind)
        and other.kind != "pronoun"
        and other.end <= one.start
        and (token.head == top_of(around.doc[other.head]) or other.end == one.start)
    ]
    if not found:
        return None
    longest, cluster = max(found, key=lambda each: each[0].end - each[0].start)
    return cluster, (longest.head,)


def _own_firm(around: Surroundings, one: Referring) -> Meant | None:
    """Return the firm or state that speaks of "it" first: "Norvik said it had"; and the words for it."""
    if around.doc[one.head].lower_ not in {"it", "its"} or around.quoted[one.head]:
        return None
    inner = around.innermost(one)
    if inner is None or max(inner.source) > one.head or names_relay(around.doc, inner.source):
        return None  # an agency passes on what another says of itself
    cluster = around.at(inner.source)
    before = {place for place in inner.content if place < one.head}
    is_first = not any(around.doc[place].pos_ in {"NOUN", "PROPN", "PRON"} for place in before)
    is_meant = is_first and cluster is not None and cluster.type in _SPEAKING
    return (cluster, inner.source) if cluster is not None and is_meant else None


def _fitting_before(
    around: Surroundings, one: Referring, kind: str, since: int
) -> Iterator[tuple[Referring, Cluster]]:
    """Yield the mentions before a pronoun, from a sentence on, of all that it may mean."""
    for cluster, mentions in around.mentioned_in(since, around.sentence_of[one.head], kind):
        if not around.speaks_of(one, cluster):
            for other in mentions:
                if other.head < one.head:
                    yield other, cluster
