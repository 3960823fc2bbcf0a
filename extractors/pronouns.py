"""Which thing a pronoun means: the likeliest of those mentioned near it, or none that is likely enough.

Every thing mentioned near a pronoun is described by features with names: how far, how often, in which role,
who speaks; pronoun_choice.py weighs them. Pronouns are taken in text order, so that a pronoun given to a
thing counts for the next one; one that means nobody known begins a thing that later ones may mean. What no
weight can allow is left out before: another gender or number, a phrase around the pronoun itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from functools import lru_cache, reduce
from math import exp, log, log1p
from operator import attrgetter, itemgetter

import numpy as np

from extractors.clusters import Cluster
from extractors.decoding import Floats, distance_buckets
from extractors.mentions import FIRST_PERSONS, THIRD_PERSONS, Referring
from extractors.passing import noun_features
from extractors.pronoun_choice import FARTHEST, Candidate, Weights, best_candidate
from extractors.pronoun_features import (
    GENDERS,
    are_fellows,
    fits,
    group_of,
    is_odd,
    is_one_of_several,
    is_owner,
    kinds_in_passing,
    others_than,
    relative_to,
    role_of,
    told_genders,
    top_of,
    tree_features,
)
from extractors.pronoun_rules import is_open, meant_by_rule
from extractors.quick import quick_record
from extractors.quotations import Quotation
from extractors.words import Doc, Token
from newsgraph.records import EntityType

MOST_PASSING = 10  # things without a name that are weighed beside the others
REACH = 5  # sentences back in which a pronoun looks for what it means
REACH_WORDS = 100  # or so many words, where sentences are short: in talk
_LOG_2 = log(2)
_HEAD = attrgetter("head")
_HOSTILE = frozenset({"accuse", "blame", "criticise", "criticize", "denounce", "sue", "attack", "mock"})
UNSURE = 0.3  # confidence of a pronoun that is shown, but of which no statement is made


@quick_record
class Voice:
    """The source of one attribution, for the pronouns that follow: tokens of source and content."""

    source: tuple[int, ...]
    content: tuple[int, ...]


# A thing near a pronoun: the mention that the pronoun leans on, the thing, its mentions in reach, its link.
_Near = tuple[Referring, Cluster, list[Referring], float]


@quick_record
class _Links:
    """The network's logits that a pronoun refers to the tokens from ``begin`` on, itself for nothing."""

    begin: int
    logits: Sequence[float]

    def to(self, one: Referring) -> float:
        if one.kind == "name":
            return max(self.logits[one.start - self.begin : one.end - self.begin])
        return self.logits[one.head - self.begin]

    def to_any(self, mentions: Sequence[Referring]) -> float:
        found = self.to(mentions[0])
        return reduce(_log_of_both, map(self.to, mentions[1:]), found) if len(mentions) > 1 else found


def _log_of_both(one: float, other: float) -> float:
    """Return what NumPy's logaddexp does, which would make arrays of two or three numbers."""
    if one == other:
        return one + _LOG_2
    return max(one, other) + log1p(exp(-abs(one - other)))


@quick_record
class _Asking:
    """A pronoun with what its text alone tells, whatever is known of the things around it."""

    one: Referring
    token: Token
    kind: str
    group: str
    role: str
    here: int  # its sentence
    links: _Links
    others: frozenset[int]  # as others_than gives them


@quick_record
class Speaker:
    """Who speaks; no cluster where the source is there and names nothing."""

    cluster: Cluster | None


class Surroundings:
    """What surrounds the pronouns of one Doc; the clusters grow while pronouns are placed."""

    def __init__(
        self,
        doc: Doc,
        clusters: Sequence[Cluster],
        voices: Sequence[Voice],
        quotations: Sequence[Quotation],
        weights: Weights,
        passing: Sequence[Cluster] = (),
    ) -> None:
        self.doc = doc
        self._tokens = doc.tokens
        self.weights = weights
        self.voices = voices
        self.sentence_of = [number for number, sent in enumerate(doc.sents) for _ in sent]
        self._starts = [*(sent.start for sent in doc.sents), len(doc)]
        self._reach = list(_reaches(self._starts))
        widths = (one.end - one.start for cluster in clusters for one in cluster.mentions)
        self._widest = max(widths, default=0)
        halves: Floats = np.asarray(doc.tensor, dtype=np.float32)
        halves = halves if halves.size else halves.reshape(0, 0)
        width = halves.shape[1] // 2
        self._queries, self._keys = halves[:, :width], halves[:, width:]
        self._scale = np.float32(max(1, self._keys.shape[1]) ** -0.5)
        self._by_distance = weights.link_distance[distance_buckets(len(doc), 2 * len(doc))]
        self.speaking = {place for voice in voices for place in voice.source}
        self.told = {place for voice in voices for place in voice.content}
        self._contents = _by_place((voice, voice.content) for voice in voices if voice.source)
        self._spoken = _by_place((voice, voice.source) for voice in voices)
        self._own: dict[int, frozenset[int]] = {}  # by pronoun
        self._asking: dict[int, _Asking] = {}  # by pronoun
        self._nouns: dict[tuple[str, int], tuple[str, ...]] = {}
        # By thing, kind of pronoun and the thing's gender: only pronouns are added to things meanwhile.
        self._fits: dict[tuple[int, str, str | None], bool] = {}
        self._told: dict[tuple[int, str, str | None], tuple[str, ...]] = {}
        given = [(max(voice.source), -number) for number, voice in enumerate(voices) if voice.source]
        self._voices = [(end, voices[-number]) for end, number in sorted(given)]
        self.quoted = [False] * len(doc)
        for quotation in quotations:
            self.quoted[quotation.start : quotation.end] = [True] * (quotation.end - quotation.start)
        self._place_things(clusters, passing)

    def _place_things(self, clusters: Sequence[Cluster], passing: Sequence[Cluster]) -> None:
        self.clusters = clusters
        # By head: thing and mention; by sentence: thing, and which of its mentions.
        self._places: defaultdict[int, list[tuple[int, Referring]]] = defaultdict(list)
        self._near: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._at: dict[tuple[int, ...], Cluster | None] = {}  # as ``at`` gave it
        self._number_of = {id(cluster): number for number, cluster in enumerate(clusters)}
        for number, cluster in enumerate(clusters):
            for place, one in enumerate(cluster.mentions):
                self._note(number, place, one)
        self._main = _most_named(clusters)
        self.passing = list(passing)
        self._unsure: set[int] = set()  # pronouns that are not sure enough for statements
        self._passing_in: defaultdict[int, dict[int, Cluster]] = defaultdict(dict)  # by sentence, identity
        self._kinds: dict[int, frozenset[str]] = {}  # of pronouns that may mean it, by identity
        for cluster in passing:
            for mention in cluster.mentions:
                self._note_passing(cluster, mention)

    def copy(self) -> Surroundings:
        """Return the same, with copies of the things in the same order, to try something out on."""
        copied = copy(self)  # what only the text tells is read once
        copied._place_things([one.copy() for one in self.clusters], [one.copy() for one in self.passing])
        return copied

    def place(
        self,
        pronouns: Sequence[Referring],
        choose: Callable[[Referring], Cluster | None],
        *,
        tells_gender: bool = True,
    ) -> None:
        """Add each third-person pronoun to the cluster that ``choose`` gives, in text order.

        Args:
            pronouns: In text order.
            choose: Gives what one means, None for nothing known.
            tells_gender: Whether who was "he" once is never "she".
        """
        for one in pronouns:
            kind = THIRD_PERSONS.get(self.doc[one.head].lower_)
            if kind is None:
                continue
            cluster = choose(one)
            if cluster is None:  # the next "she" may mean the same one, whoever that is
                cluster = Cluster("MISC", is_passing=True)
                self.passing.append(cluster)
            if kind in GENDERS and one.head not in self._unsure and (tells_gender or cluster.is_passing):
                cluster.gender = kind
            if cluster.is_passing:
                cluster.type = "PERSON" if kind in GENDERS else cluster.type
                self._note_passing(cluster, one)
            self.add(cluster, one)

    def add(self, cluster: Cluster, one: Referring) -> None:
        """Add a mention to a thing."""
        if (number := self._number_of.get(id(cluster))) is not None:
            self._note(number, len(cluster.mentions), one)
            if one.head in self._spoken or self._tokens[one.head].rights:
                self._at.clear()  # it may be, or begin, what a source is named by
        cluster.mentions.append(one)

    def _note(self, number: int, place: int, one: Referring) -> None:
        self._places[one.head].append((number, one))
        if self._tokens[one.head].dep_ == "vocative":
            return  # who is spoken to is not spoken of: "Berg, let him go"
        self._near[self.sentence_of[one.head]].append((number, place))

    def _note_passing(self, cluster: Cluster, mention: Referring) -> None:
        key = id(cluster)
        self._passing_in[self.sentence_of[mention.head]][key] = cluster
        if key not in self._kinds:
            self._kinds[key] = kinds_in_passing(self._tokens[mention.head], mention.kind)

    def antecedent(
        self,
        one: Referring,
        candidates: Sequence[Candidate] | None = None,
        shares: Sequence[float] | None = None,
    ) -> Cluster | None:
        """Return what a pronoun means, if anything is likely; note it where that is not sure enough.

        Args:
            one: The pronoun.
            candidates: As ``candidates`` gives them, where they are known already.
            shares: How likely each of them is, where that is known.
        """
        kind = THIRD_PERSONS[self.doc[one.head].lower_]
        found = meant_by_rule(self, one)
        is_sure = True
        if found is None:
            chosen = best_candidate(self.weights, kind, candidates or self.candidates(one), shares)
            if chosen is None:
                return None
            found, is_sure = (chosen.cluster, (chosen.nearest,)), chosen.is_sure
        cluster, leaned = found
        is_sure = is_sure and not is_open(self, one, cluster, max(leaned))
        if not is_sure or not self._unsure.isdisjoint(leaned):
            self._unsure.add(one.head)
        return cluster

    def part_unsure(self) -> None:
        """Take the pronouns that are not sure enough for statements from among their things' mentions."""
        for cluster in self.clusters if self._unsure else ():
            unsure = [
                each for each in cluster.mentions if each.kind == "pronoun" and each.head in self._unsure
            ]
            if unsure:
                cluster.mentions = [each for each in cluster.mentions if each not in unsure]
                cluster.unsure += [replace(each, confidence=UNSURE) for each in unsure]

    def lean_on_speaker(self, one: Referring) -> None:
        """Note that "I" is no surer than the "he" whose words it stands in."""
        inner = self.innermost(one)
        if inner is not None and not self._unsure.isdisjoint(inner.source):
            self._unsure.add(one.head)

    def voices_before(self, one: Referring) -> Iterator[tuple[int, Voice]]:
        """Yield those who spoke before a pronoun, the last first, with the last word of each source."""
        for number in reversed(range(bisect_left(self._voices, one.start, key=itemgetter(0)))):
            yield self._voices[number]

    def at(self, source: tuple[int, ...]) -> Cluster | None:
        """Return the thing that the words of a voice's source name: that of the head of them all, by length.

        "His poems" and "people near the Kremlin" are neither him nor the Kremlin.
        """
        if source not in self._at:
            self._at[source] = self._named_by(source)
        return self._at[source]

    def _named_by(self, source: tuple[int, ...]) -> Cluster | None:
        inside = set(source)
        if len(inside) == 1 and (noun := relative_to(self._tokens[source[0]])) is not None:
            inside = {noun.i}  # "the fund, which said it would pay"
        found = [
            (
                sum(above.i in inside for above in top_of(self._tokens[one.head]).ancestors),
                one.start - one.end,
                number,
            )
            for place in inside
            for number, one in self._places.get(place, ())
        ]
        depth, _, number = min(found, default=(1, 0, 0))
        return self.clusters[number] if depth == 0 else None

    def fits(self, cluster: Cluster, kind: str) -> bool:
        """Say whether a thing's type, number and gender allow a kind of pronoun."""
        return self._fits_number(self._number_of[id(cluster)], kind)

    def _fits_number(self, number: int, kind: str) -> bool:
        cluster = self.clusters[number]
        key = number, kind, cluster.gender
        if key not in self._fits:
            self._fits[key] = fits(self.doc, cluster, kind)
        return self._fits[key]

    def mentioned_in(self, first: int, last: int, kind: str) -> Iterator[tuple[Cluster, list[Referring]]]:
        """Yield the things mentioned in the sentences ``first`` to ``last`` that a kind of pronoun may mean.

        Each with its mentions there.
        """
        found: defaultdict[int, list[int]] = defaultdict(list)
        for sent in range(first, last + 1):
            for number, place in self._near.get(sent, ()):
                found[number].append(place)
        for number in sorted(found):
            if self._fits_number(number, kind):
                mentions = self.clusters[number].mentions
                yield self.clusters[number], [mentions[place] for place in sorted(found[number])]

    def _none(self, asking: _Asking) -> tuple[str, ...]:
        """Return what speaks for a pronoun that means none of the things."""
        group, role, place = asking.group, asking.role, asking.one.head
        return (
            *("none", f"none {group}", f"none {group} {role}", f"none {group} quoted={self.quoted[place]}"),
            f"none {group} dep {asking.token.dep_}",
        )

    def candidates(self, one: Referring) -> list[Candidate]:
        """Return the things near a pronoun that it may mean, the one mentioned last first; then none."""
        asking = self._asking.get(one.head) or self._asked(one)
        kind, here, links = asking.kind, asking.here, asking.links
        first = self._reach[here]
        last, speaker = self._last_speaker(one), self.speaker(one)
        voice = asking.group, one.head in self.speaking, self.quoted[one.head]
        himself = self._who_speaks_of_another(one) if kind in GENDERS else None
        near = [
            (nearest, cluster, mentions, links.to_any(mentions))
            for cluster, mentions in self.mentioned_in(first, here, kind)
            if cluster is not himself
            and not self.speaks_of(one, cluster)
            and (nearest := self._nearest(asking, mentions)) is not None
            and not (kind == "many" and is_one_of_several(self.doc, nearest))
        ]
        if kind in GENDERS and not any(cluster.is_named for _, cluster, _, _ in near):
            near += [each for each in self._far(one, kind, links.to(one)) if each[1] is not himself]
        near += self._near_in_passing(asking)
        if asking.role == "obj" and asking.token.head.lemma_.lower() in _HOSTILE:
            near = [each for each in near if not self._is_own_client(asking, each[1])]
        near.sort(key=lambda each: (each[0].head > one.head, abs(one.head - each[0].head), each[0].start))
        strongest = max((link for _, _, _, link in near), default=0.0)
        found = []
        ranks = [0, 0]
        for nearest, cluster, mentions, link in near:
            rank = ranks[cluster.is_passing]
            ranks[cluster.is_passing] += 1
            is_last = None if last is None else last.cluster is cluster
            is_own = None if speaker is None else speaker.cluster is cluster
            is_far = self.sentence_of[nearest.head] < first
            features = self._features(asking, rank, nearest, cluster, mentions, is_far=is_far)
            features += _of_voice(*voice, self.quoted[nearest.head], is_last, is_own)
            gap, odd = max(link - strongest, -FARTHEST), is_odd(cluster, kind)
            found.append(Candidate(cluster, features, link, gap, nearest.head, odd, is_far))
        none = links.to(one)
        gap = max(min(none - strongest, FARTHEST), -FARTHEST)
        return [*found, Candidate(None, self._none(asking), none, gap)]

    def _is_own_client(self, asking: _Asking, cluster: Cluster) -> bool:
        """Say whether a thing is whom he who acts stands for: "Roe spoke for his client. He accused her"."""
        nouns = (self._tokens[one.head] for one in cluster.mentions if one.kind != "pronoun")
        owners = [
            owner.i
            for noun in nouns
            if noun.lemma_.lower() == "client"
            for owner in noun.lefts
            if owner.dep_ == "nmod:poss"
        ]
        actors = {number for place in asking.others for number, _ in self._places.get(place, ())}
        return any(number in actors for place in owners for number, _ in self._places.get(place, ()))

    def _asked(self, one: Referring) -> _Asking:
        token, here = self._tokens[one.head], self.sentence_of[one.head]
        kind = THIRD_PERSONS[token.lower_]
        links, others = self._links(one), others_than(token)
        asking = _Asking(one, token, kind, group_of(kind), role_of(token), here, links, others)
        self._asking[one.head] = asking
        return asking

    def _far(self, one: Referring, kind: str, link: float) -> list[_Near]:
        """Return the person whom the article names most, if spoken of before, though out of reach.

        The network tells nothing of who is so far away: his link is as strong as none.
        """
        main = self._main.get("PERSON")
        if main is None or not self.fits(main, kind):
            return []
        here = self.sentence_of[one.head]
        before = [other for other in main.mentions if self.sentence_of[other.head] <= here]
        last = max(before, key=lambda other: other.head, default=None)
        is_far = last is not None and self.sentence_of[last.head] < self._reach[here]
        return [(last, main, [], link)] if last is not None and is_far else []

    def _near_in_passing(self, asking: _Asking) -> list[_Near]:
        """Return the things spoken of in passing that the network links a pronoun to most."""
        sentence_of, here, kind, links = self.sentence_of, asking.here, asking.kind, asking.links
        reach = range(self._reach[here], here + 1)
        there: dict[int, Cluster] = {}
        for number in reach:
            if number in self._passing_in:
                there |= self._passing_in[number]
        near = [
            (nearest, cluster, mentions, links.to_any(mentions))
            for cluster in there.values()
            if kind in self._kinds[id(cluster)]
            and (kind == "many" or cluster.gender is None or cluster.gender == kind)
            and (mentions := [other for other in cluster.mentions if sentence_of[other.head] in reach])
            and (nearest := self._nearest(asking, mentions)) is not None
            and nearest.head < asking.one.head
        ]
        near.sort(key=lambda each: (-each[3], each[0].head))
        return near[:MOST_PASSING]

    def _links(self, one: Referring) -> _Links:
        """Return the network's logits that a pronoun refers to the tokens that it reaches."""
        size = len(self.doc)
        if not self._keys.size:
            return _Links(0, [0.0] * size)
        here = self.sentence_of[one.head]
        begin = max(0, self._starts[self._reach[here]] - self._widest)
        end = min(size, self._starts[here + 1] + self._widest)
        scores = self._keys[begin:end] @ self._queries[one.head] * self._scale
        scores += self._by_distance[size + begin - one.head : size + end - one.head]
        return _Links(begin, scores.tolist())

    def innermost(self, one: Referring) -> Voice | None:
        """Return the voice of the innermost content that a pronoun stands in."""
        return min(self._contents.get(one.head, ()), key=lambda voice: len(voice.content), default=None)

    def speaker(self, one: Referring) -> Speaker | None:
        """Return whose words a pronoun stands in: the source of the innermost content around it."""
        inner = self.innermost(one)
        return None if inner is None else Speaker(self.at(inner.source))

    def speaks_of(self, one: Referring, cluster: Cluster) -> bool:
        """Say whether a pronoun's own words name a person: "he said that Dorn had left".

        Whoever gives his own name is another matter: "I am Dorn".
        """
        if cluster.type != "PERSON" or not (own := self._own_words(one)):
            return False
        return any(
            other.kind == "name" and other.head in own and not _is_own_name(self._tokens[other.head])
            for other in cluster.mentions
        )

    def _own_words(self, one: Referring) -> frozenset[int]:
        """Return the words that a pronoun as their source says behind it, or in quotation marks."""
        if one.head not in self._own:
            self._own[one.head] = frozenset(
                place
                for voice in self._spoken.get(one.head, ())
                if self._tokens[one.head].head.i not in voice.source
                for place in voice.content
                if place > one.head or self.quoted[place]
            )
        return self._own[one.head]

    def _who_speaks_of_another(self, one: Referring) -> Cluster | None:
        """Return who says "he" of another: “He overpaid,” said the owner."""
        inner = self.innermost(one)
        if inner is None or not self.quoted[one.head] or not self.quoted[min(inner.content)]:
            return None
        return self.at(inner.source)

    def _last_speaker(self, one: Referring) -> Speaker | None:
        last = next(self.voices_before(one), None)
        return None if last is None else Speaker(self.at(last[1].source))

    def _nearest(self, asking: _Asking, mentions: Sequence[Referring]) -> Referring | None:
        """Return the last mention before a pronoun, else the first one after it in its sentence.

        None for who cannot be meant.
        """
        doc, sentence_of = self.doc, self.sentence_of
        one, here, others = asking.one, asking.here, asking.others
        for other in mentions:
            if sentence_of[other.head] == here and (
                other.start <= one.head < other.end
                or is_owner(doc, one, other)  # "his counterpart Sergei Shoigu" is another one's
                or are_fellows(doc, one, other, others)
            ):
                return None
        if len(mentions) == 1:
            return mentions[0]
        before = [other for other in mentions if other.head < one.head]
        if before:
            return max(before, key=_HEAD)
        return min(mentions, key=_HEAD, default=None)

    def _features(
        self,
        asking: _Asking,
        rank: int,
        nearest: Referring,
        cluster: Cluster,
        mentions: Sequence[Referring],
        *,
        is_far: bool,
    ) -> list[str]:
        kind, group, here, place = asking.kind, asking.group, asking.here, asking.one.head
        tokens, sentence_of = self._tokens, self.sentence_of
        found = [f"{group} out of reach"] if is_far else []
        distance = here - sentence_of[nearest.head]
        where = "after" if nearest.head > place else _DISTANCES[min(distance, 3)]
        role, is_named = role_of(top_of(tokens[nearest.head])), cluster.is_named
        words = abs(place - nearest.head).bit_length()
        found += _of_place(group, where, min(rank, 3), words, asking.role, role)
        what = "passing" if cluster.is_passing else cluster.type
        often = min(len(cluster.mentions).bit_length(), 4)
        found += _of_thing(group, nearest.kind, what, is_named, often)
        if cluster.is_passing:
            found += self._of_noun(group, cluster.mentions[0].head)
        is_same = nearest.kind == "pronoun" and THIRD_PERSONS.get(tokens[nearest.head].lower_) == kind
        is_main = cluster is self._main.get(cluster.type)
        found += _of_kind(group, where, is_same, cluster.gender is not None, is_main)
        if nearest.kind == "name" and is_one_of_several(self.doc, nearest):
            found.append(f"{group} one of several {role}")
        if group == "person":
            found += self._told_genders(cluster, kind)
        if nearest.kind == "name" and nearest.start and tokens[nearest.start - 1].text == "(":
            found.append(f"{group} in brackets")
        if lately := [each.head for each in mentions if sentence_of[each.head] >= here - 1]:
            tops = [(top_of(tokens[head]), sentence_of[head] == here) for head in lately]
            if any(not is_here and role_of(top) == "subject" for top, is_here in tops):
                found.append(f"{group} subject of the sentence before")
            if fellows := {top.i for top, is_here in tops if is_here}:
                found += tree_features(asking.token, fellows)
        return found

    def _told_genders(self, cluster: Cluster, kind: str) -> tuple[str, ...]:
        number = self._number_of.get(id(cluster))  # that of its copies, too
        key = ~cluster.mentions[0].head if number is None else number, kind, cluster.gender
        if key not in self._told:
            self._told[key] = tuple(told_genders(self.doc, cluster, kind))
        return self._told[key]

    def _of_noun(self, group: str, head: int) -> Sequence[str]:
        """Return what the noun for a thing spoken of in passing tells a kind of pronoun."""
        if (group, head) not in self._nouns:
            self._nouns[group, head] = noun_features(self._tokens[head], group)
        return self._nouns[group, head]


# Names of features that go together; kept, for there are few, and each is asked for thousands of times.


@lru_cache(maxsize=8192)
def _of_place(group: str, where: str, rank: int, words: int, own: str, role: str) -> tuple[str, ...]:
    return (
        *(f"{group} far {where}", f"rank {rank} {where}", f"{group} rank {rank}", f"{group} words {words}"),
        *(f"{where} roles {own} {role}", f"{group} role {role}"),
    )


@lru_cache(maxsize=8192)
def _of_thing(group: str, kind: str, what: str, is_named: bool, often: int) -> tuple[str, ...]:  # noqa: FBT001 - kept by place
    return f"{group} is {kind} {what}", f"{group} named={is_named} often={often}"


@lru_cache(maxsize=8192)
def _of_kind(group: str, where: str, is_same: bool, has_gender: bool, is_main: bool) -> tuple[str, ...]:  # noqa: FBT001 - kept by place
    return f"same word={is_same} {where}", f"{group} gender={has_gender}", f"{group} main={is_main} {where}"


@lru_cache(maxsize=8192)
def _of_voice(group: str, *told: bool | None) -> tuple[str, ...]:
    """Return how a thing stands to who spoke last and to whose words a pronoun stands in, if anybody did.

    Args:
        group: As group_of gives it.
        told: Does the pronoun speak, is it quoted; is the thing quoted, did it speak last, is it who speaks?
    """
    speaks, quoted, other, last, own = told
    return (
        f"quoted {quoted} {other}",
        *(() if last is None else (f"{group} voice last={last} speaks={speaks}",)),
        *(() if own is None else (f"{group} voice own={own} quoted={quoted}",)),
    )


_DISTANCES = ("0", "1", "2", "3")


def _by_place(given: Iterable[tuple[Voice, Iterable[int]]]) -> dict[int, list[Voice]]:
    """Return the voices that have a word among those given for them."""
    found: defaultdict[int, list[Voice]] = defaultdict(list)
    for voice, places in given:
        for place in places:
            found[place].append(voice)
    return found


def _is_own_name(name: Token) -> bool:
    """Say whether somebody tells his own name: "I am Dorn", "my name is Dorn"."""
    return any(child.lower_ in FIRST_PERSONS for child in top_of(name).subtree if child.i < name.i)


def _most_named(clusters: Iterable[Cluster]) -> dict[EntityType, Cluster]:
    """Return for each type the one thing that is named more often than all others of it, if there is one."""
    named: defaultdict[EntityType, list[tuple[int, int, Cluster]]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if often := sum(one.kind == "name" for one in cluster.mentions):
            named[cluster.type].append((often, -number, cluster))
    found = {}
    for kind, counted in named.items():
        most, *others = sorted(counted, key=itemgetter(0, 1), reverse=True)
        if most[0] > max((often for often, _, _ in others), default=1):
            found[kind] = most[2]
    return found


def _reaches(starts: Sequence[int]) -> Iterator[int]:
    """Yield for each sentence the first one in which its pronouns look for what they mean."""
    first = 0
    for here, start in enumerate(starts[:-1]):
        while first <= here - REACH and start - starts[first + 1] >= REACH_WORDS:
            first += 1
        yield first
