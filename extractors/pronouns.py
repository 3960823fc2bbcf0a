"""Which thing a pronoun means: the likeliest of those mentioned near it, or none that is likely enough.

Every thing mentioned near a pronoun is described by features with names: how far, how often, in which role,
who speaks. A log-linear model (a softmax over the things and "none of them") weighs them; its weights lie in
the model's folder, where training/pronouns.py put them. Pronouns are taken in text order, so that a pronoun
given to a thing counts for the next one. What no weight can allow is left out before: another gender or
number, a phrase around the pronoun itself.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter
from pathlib import Path

import numpy as np

from extractors.clusters import Cluster
from extractors.decoding import MAX_DISTANCE_BUCKET, Floats, distance_buckets
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.network import HEADS, PRONOUNS
from extractors.passing import PLURALS, SOMEBODY, noun_features
from extractors.quotations import Quotation
from extractors.sources import names_relay
from extractors.words import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
MOST_PASSING = 6  # things without a name that are weighed beside the others
FARTHEST = 8.0  # gap between links beyond which it tells no more
GENDERS = frozenset({"male", "female"})
REACH = 5  # sentences back in which a pronoun looks for what it means
VOICE_REACH = 6  # sentences back to who spoke last, for a pronoun that speaks
_REFLEXIVE = ("self", "selves")
_BESIDE = frozenset({"flat", "compound", "appos", "conj"})
_ROLES = frozenset({"obj", "iobj", "obl", "nmod", "obl:agent"})
_CLAUSES = frozenset({"VERB", "AUX", "ADJ"})
_THINGS = frozenset({"ORG", "PRODUCT", "LOC", "FAC", "MISC"})
OWN_THING = 0.3  # least probability of a firm for what it says of "it"; the corpora have no news of firms
FAR_THING = 0.7  # least probability of a thing for "it" that is not the one mentioned last
_SELF = frozenset({"thing voice own=True quoted=False"})  # what a firm says of "it" is of itself
_SPEAKING = frozenset({"ORG", "LOC"})
_GROUPS = frozenset({"ORG", "NORP"})


@dataclass(frozen=True, slots=True)
class Voice:
    """The source of one attribution, for the pronouns that follow: tokens of source and content."""

    source: tuple[int, ...]
    content: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks; no cluster where the source is there and names nothing."""

    cluster: Cluster | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a pronoun may mean, or none of them, with what speaks for and against it."""

    cluster: Cluster | None
    features: tuple[str, ...]
    link: float = 0.0  # the network's logit that the pronoun refers to it
    gap: float = 0.0  # by how much another thing's link is stronger, none or less


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained model: a weight for each feature's name, the least probability that is believed."""

    of: Mapping[str, float]
    least: Mapping[str, float]  # by kind of pronoun, 0..1; of what is spoken of in passing, for any kind
    link_distance: Floats = field(default_factory=lambda: np.zeros(2 * MAX_DISTANCE_BUCKET + 1, np.float32))

    def score(self, one: Candidate, kind: str) -> float:
        links = sum(self.of.get(name, 0.0) * value for name, value in link_values(kind, one))
        return sum(self.of.get(name, 0.0) for name in one.features) + links


def link_values(kind: str, one: Candidate) -> tuple[tuple[str, float], ...]:
    """Return the network's own opinion on a candidate for a kind of pronoun, by the names of its weights."""
    link = f"{_group(kind)} link", one.link
    if _group(kind) == "person":  # among persons, it tells no more
        return (link,)
    who = "none" if one.cluster is None else "passing" if one.cluster.is_passing else "thing"
    return link, (f"{kind} gap {who}", one.gap)


@cache
def load_weights(folder: Path) -> Weights:
    """Read the weights that training/pronouns.py wrote."""
    given = json.loads((folder / PRONOUNS).read_text(encoding="utf-8"))
    with np.load(folder / HEADS) as heads:
        return Weights(given["weights"], given["least"], heads["link_distance"])


def best_candidate(weights: Weights, kind: str, candidates: Sequence[Candidate]) -> Cluster | None:
    """Return the likeliest thing, if it is likely enough for this kind of pronoun; the last is none."""
    scores = [weights.score(one, kind) for one in candidates]
    best = max(range(len(scores) - 1), key=scores.__getitem__, default=-1)
    if best < 0:
        return None
    total = sum(math.exp(min(score - scores[best], 50.0)) for score in scores)
    least = weights.least[kind]
    cluster = candidates[best].cluster
    if cluster is not None and cluster.is_passing:
        least = weights.least["passing"]
    elif any(name in _SELF for name in candidates[best].features):
        least = min(least, OWN_THING)
    elif kind == "thing" and any(one.cluster and not one.cluster.is_passing for one in candidates[:best]):
        # "the jet struck the drone before it fell": a wrong guess is a wrong fact.
        least = max(least, FAR_THING)
    return candidates[best].cluster if 1.0 / total >= least else None


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
        self.weights = weights
        self.clusters = clusters
        self.voices = voices
        self.sentence_of = [number for number, sent in enumerate(doc.sents) for _ in sent]
        self._starts = [*(sent.start for sent in doc.sents), len(doc)]
        self._places: dict[int, list[tuple[int, Referring]]] = {}  # head -> mentions, by cluster
        self._near: dict[int, set[int]] = {}  # sentence -> clusters mentioned in it
        widths = (one.end - one.start for cluster in clusters for one in cluster.mentions)
        self._widest = max(widths, default=0)
        self._noted = [0] * len(clusters)  # mentions of each that these two have
        self._speaking = {place for voice in voices for place in voice.source}
        self._told = {place for voice in voices for place in voice.content}
        self._contents: dict[int, list[Voice]] = {}  # place -> voices that are heard there, if they are given
        for voice in voices:
            for place in voice.content if voice.source else ():
                self._contents.setdefault(place, []).append(voice)
        given = [(max(voice.source), -number) for number, voice in enumerate(voices) if voice.source]
        self._voices = [(end, voices[-number]) for end, number in sorted(given)]
        self.passing = passing
        self._passing_in: defaultdict[int, list[Cluster]] = defaultdict(list)  # by sentence
        for cluster in passing:
            for mention in cluster.mentions:
                self._note_passing(cluster, mention)
        self.quoted = [False] * len(doc)
        for quotation in quotations:
            for place in range(quotation.start, quotation.end):
                self.quoted[place] = True

    def place(self, pronouns: Sequence[Referring], choose: Callable[[Referring], Cluster | None]) -> None:
        """Add each third-person pronoun to the cluster that ``choose`` gives, in text order."""
        for one in pronouns:
            kind = THIRD_PERSONS.get(self.doc[one.head].lower_)
            if kind is not None and (cluster := choose(one)) is not None:
                if kind in GENDERS:
                    cluster.gender = kind
                if cluster.is_passing:
                    cluster.type = "PERSON" if kind in GENDERS else cluster.type
                    self._note_passing(cluster, one)
                cluster.mentions.append(one)

    def _note_passing(self, cluster: Cluster, mention: Referring) -> None:
        there = self._passing_in[self.sentence_of[mention.head]]
        if not any(other is cluster for other in there):
            there.append(cluster)

    def antecedent(self, one: Referring) -> Cluster | None:
        kind = THIRD_PERSONS[self.doc[one.head].lower_]
        if one.head in self._speaking:
            last = self._last_voice(one, kind)  # "However, he said": news go on with who spoke
            if last is not None:
                return last
        return self._own_firm(one) or best_candidate(self.weights, kind, self.candidates(one))

    def _own_firm(self, one: Referring) -> Cluster | None:
        """Return the firm or state that speaks of "it" first: "Norvik said it had"."""
        if self.doc[one.head].lower_ not in {"it", "its"} or self.quoted[one.head]:
            return None
        inner = self._innermost(one)
        if inner is None or max(inner.source) > one.head or names_relay(self.doc, inner.source):
            return None  # an agency passes on what another says of itself
        cluster = self.at(inner.source)
        before = {place for place in inner.content if place < one.head}
        is_first = not any(self.doc[place].pos_ in {"NOUN", "PROPN", "PRON"} for place in before)
        return cluster if is_first and cluster is not None and cluster.type in _SPEAKING else None

    def _last_voice(self, one: Referring, kind: str) -> Cluster | None:
        """Return who spoke last before a pronoun that speaks, or of whom the article told since."""
        for place, voice in self._voices_before(one):
            if self.sentence_of[one.start] - self.sentence_of[place] > VOICE_REACH:
                break
            cluster = self.at(voice.source)
            if cluster is not None and cluster.type not in {"LOC", "NORP"} and _fits(self.doc, cluster, kind):
                return self._subject_since(place, one, kind) or cluster
        return None

    def _voices_before(self, one: Referring) -> Iterator[tuple[int, Voice]]:
        """Yield those who spoke before a pronoun, the last first, with the last word of each source."""
        yield from reversed(self._voices[: bisect_left(self._voices, one.start, key=itemgetter(0))])

    def _subject_since(self, place: int, one: Referring, kind: str) -> Cluster | None:
        """Return who was spoken of, by the article itself, since somebody spoke: "Milley left. He said …"."""
        found = [
            (other.head, number)
            for number in self._mentioned_in(self.sentence_of[place], self.sentence_of[one.start])
            if _fits(self.doc, self.clusters[number], kind)
            for other in self.clusters[number].mentions
            if place < other.head < one.start
            and _role(_top(self.doc[other.head])) == "subject"
            and other.head not in self._told
        ]
        return self.clusters[max(found)[1]] if found else None

    def at(self, places: Sequence[int]) -> Cluster | None:
        """Return the thing that the words at ``places`` name: by the head of them all, then by length."""
        inside = set(places)
        self._note_mentions()
        found = [
            (
                sum(above.i in inside for above in _top(self.doc[one.head]).ancestors),
                one.start - one.end,
                number,
            )
            for place in inside
            for number, one in self._places.get(place, ())
        ]
        return self.clusters[min(found)[2]] if found else None

    def _note_mentions(self) -> None:
        """Note where the mentions are that were added since this was last asked for."""
        for number, cluster in enumerate(self.clusters):
            if self._noted[number] != len(cluster.mentions):
                for one in cluster.mentions[self._noted[number] :]:
                    self._places.setdefault(one.head, []).append((number, one))
                    self._near.setdefault(self.sentence_of[one.head], set()).add(number)
                self._noted[number] = len(cluster.mentions)

    def _mentioned_in(self, first: int, last: int) -> list[int]:
        """Return the things mentioned in the sentences ``first`` to ``last``."""
        self._note_mentions()
        return sorted(set().union(*(self._near.get(sent, ()) for sent in range(first, last + 1))))

    def _none(self, one: Referring) -> tuple[str, ...]:
        """Return what speaks for a pronoun that means none of the things."""
        token = self.doc[one.head]
        kind = _group(THIRD_PERSONS[token.lower_])
        role = _role(token)
        return (
            *("none", f"none {kind}", f"none {kind} {role}", f"none {kind} quoted={self.quoted[one.head]}"),
            f"none {kind} dep {token.dep_}",
        )

    def candidates(self, one: Referring) -> list[Candidate]:
        """Return the things near a pronoun that it may mean, the one mentioned last first; then none."""
        kind = THIRD_PERSONS[self.doc[one.head].lower_]
        here = self.sentence_of[one.head]
        links = self._links(one)
        last, speaker = self._last_speaker(one), self.speaker(one)
        himself = self._who_speaks_of_another(one) if kind in GENDERS else None
        near = [
            (nearest, cluster, self._link(links, one, cluster))
            for cluster in map(self.clusters.__getitem__, self._mentioned_in(here - REACH + 1, here))
            if _fits(self.doc, cluster, kind)
            and cluster is not himself
            and (nearest := self._nearest(one, cluster)) is not None
            and not (kind == "many" and _is_one_of_several(self.doc, nearest))
        ]
        near += self._near_in_passing(one, kind, links)
        near.sort(key=lambda each: (each[0].head > one.head, abs(one.head - each[0].head), each[0].start))
        strongest = max((link for _, _, link in near), default=0.0)
        found = []
        ranks = Counter[bool]()
        for nearest, cluster, link in near:
            rank = ranks[cluster.is_passing]
            ranks[cluster.is_passing] += 1
            features = (
                *self._features(one, kind, rank, nearest, cluster),
                *(f"{_group(kind)} voice {name}" for name in self._voice(one, cluster, last, speaker)),
            )
            found.append(Candidate(cluster, features, link, max(link - strongest, -FARTHEST)))
        none = float(links[one.head])
        gap = max(min(none - strongest, FARTHEST), -FARTHEST)
        return [*found, Candidate(None, self._none(one), none, gap)]

    def _near_in_passing(
        self, one: Referring, kind: str, links: Floats
    ) -> list[tuple[Referring, Cluster, float]]:
        """Return the things spoken of in passing that the network links a pronoun to most."""
        here = self.sentence_of[one.head]
        reach = range(max(0, here - REACH + 1), here + 1)
        there = {id(each): each for number in reach for each in self._passing_in.get(number, ())}
        near = [
            (nearest, cluster, self._link(links, one, cluster))
            for cluster in there.values()
            if _fits_in_passing(self.doc, cluster, kind)
            and (nearest := self._nearest(one, cluster)) is not None
            and nearest.head < one.head
        ]
        near.sort(key=lambda each: (-each[2], each[0].head))
        return near[:MOST_PASSING]

    def _links(self, one: Referring) -> Floats:
        """Return the network's logit that a pronoun refers to each token, itself for nothing before it.

        Those out of its reach stay 0.
        """
        links = np.zeros(len(self.doc), dtype=np.float32)
        if not self.doc.tensor.size:
            return links
        here = self.sentence_of[one.head]
        begin = max(0, self._starts[max(0, here - REACH + 1)] - self._widest)
        end = min(len(self.doc), self._starts[here + 1] + self._widest)
        queries, keys = np.split(self.doc.tensor, 2, axis=1)
        scores = keys[begin:end] @ queries[one.head] * np.float32(queries.shape[1] ** -0.5)
        distances = distance_buckets(one.head - begin, end - begin)
        links[begin:end] = scores + self.weights.link_distance[distances]
        return links

    def _link(self, links: Floats, one: Referring, cluster: Cluster) -> float:
        """Return the logit that a pronoun refers to any mention of a thing within reach."""
        here = self.sentence_of[one.head]
        near = [
            float(links[other.start : other.end].max() if other.kind == "name" else links[other.head])
            for other in cluster.mentions
            if -1 < here - self.sentence_of[other.head] < REACH
        ]
        return float(np.logaddexp.reduce(near))

    def _innermost(self, one: Referring) -> Voice | None:
        """Return the voice of the innermost content that a pronoun stands in."""
        return min(self._contents.get(one.head, ()), key=lambda voice: len(voice.content), default=None)

    def speaker(self, one: Referring) -> Speaker | None:
        """Return whose words a pronoun stands in: the source of the innermost content around it."""
        inner = self._innermost(one)
        return None if inner is None else Speaker(self.at(inner.source))

    def _who_speaks_of_another(self, one: Referring) -> Cluster | None:
        """Return who says "he" of another: “He overpaid,” said the owner."""
        inner = self._innermost(one)
        if inner is None or not (self.quoted[one.head] and self.quoted[min(inner.content)]):
            return None
        return self.at(inner.source)

    def _last_speaker(self, one: Referring) -> Speaker | None:
        last = next(self._voices_before(one), None)
        return None if last is None else Speaker(self.at(last[1].source))

    def _nearest(self, one: Referring, cluster: Cluster) -> Referring | None:
        """Return the last mention before a pronoun, else the first one after it in its sentence."""
        here = self.sentence_of[one.head]
        others = cluster.mentions
        if any(other.start <= one.head < other.end or self._is_owner(one, other) for other in others):
            return None  # "his counterpart Sergei Shoigu" is another one's
        if any(self._is_fellow(one, other) for other in others if self.sentence_of[other.head] == here):
            return None
        before = [
            other for other in others if other.head < one.head and here - self.sentence_of[other.head] < REACH
        ]
        if before:
            return max(before, key=lambda other: other.head)
        after = [other for other in others if self.sentence_of[other.head] == here]
        return min(after, key=lambda other: other.head, default=None)

    def _is_fellow(self, one: Referring, other: Referring) -> bool:
        """Say whether both act in one clause, and so are two: "he met Dorn", "Bello had promised her"."""
        token, top = self.doc[one.head], _top(self.doc[other.head])
        if _is_beside_who(token, top):
            return True
        if token.head != top.head or token.lower_.endswith(_REFLEXIVE) or other.kind == "pronoun":
            return False
        roles = {_role(token), _role(top)}
        if roles == {"subject", "obl"}:  # "as president, he …" is one
            return token.dep_ not in SUBJECTS or other.kind == "name"
        return roles in ({"subject", "obj"}, {"subject", "iobj"})

    def _is_owner(self, one: Referring, other: Referring) -> bool:
        token = self.doc[one.head]
        return token.dep_ == "nmod:poss" and token.head == _top(self.doc[other.head])

    def _features(
        self, one: Referring, kind: str, rank: int, nearest: Referring, cluster: Cluster
    ) -> Iterator[str]:
        group = _group(kind)
        token, other = self.doc[one.head], _top(self.doc[nearest.head])
        distance = self.sentence_of[one.head] - self.sentence_of[nearest.head]
        where = "after" if nearest.head > one.head else str(min(distance, 3))
        roles = _role(token), _role(other)
        yield from (f"{group} far {where}", f"rank {min(rank, 3)} {where}", f"{group} rank {min(rank, 3)}")
        yield from (f"{where} roles {' '.join(roles)}", f"{group} role {roles[1]}")
        yield f"{group} is {nearest.kind} {'passing' if cluster.is_passing else cluster.type}"
        yield f"{group} named={cluster.is_named} often={min(len(cluster.mentions), 4)}"
        if cluster.is_passing:
            yield from (f"{group} {name}" for name in noun_features(self.doc[cluster.mentions[0].head]))
        yield f"same word={self._same_kind(nearest, kind)} {where}"
        yield f"{group} gender={cluster.gender is not None}"
        if group == "person" and cluster.gender is None and (given := _given_gender(self.doc, cluster)):
            yield f"given name {'of the kind' if given == kind else 'of the other'}"
        yield f"quoted {self.quoted[one.head]} {self.quoted[nearest.head]}"
        if any(
            _role(_top(self.doc[mention.head])) == "subject"
            and self.sentence_of[mention.head] == self.sentence_of[one.head] - 1
            for mention in cluster.mentions
        ):
            yield f"{group} subject of the sentence before"
        yield from (f"tree {name}" for name in self._tree(token, cluster))

    def _same_kind(self, nearest: Referring, kind: str) -> bool:
        return nearest.kind == "pronoun" and THIRD_PERSONS.get(self.doc[nearest.head].lower_) == kind

    def _tree(self, token: Token, cluster: Cluster) -> Iterator[str]:
        """Yield how a thing stands to a pronoun in its sentence: fellow of its clause, subject above it."""
        reflexive = "reflexive" if token.lower_.endswith(_REFLEXIVE) else "plain"
        heads = {_top(self.doc[mention.head]).i for mention in cluster.mentions}
        for depth, verb in enumerate(_clauses(token)):
            fellows = [child for child in verb.children if child.i in heads]
            if any(_role(child) == "subject" for child in fellows):
                yield f"subject {min(depth, 2)} {_role(token)} {reflexive}"
                return
            if fellows:
                yield f"fellow {min(depth, 2)} {_role(token)} {reflexive}"
                return

    def _voice(
        self, one: Referring, cluster: Cluster, last: Speaker | None, speaker: Speaker | None
    ) -> Iterator[str]:
        """Yield how a thing stands to who spoke last and to whose words a pronoun stands in."""
        if last is not None:
            yield f"last={last.cluster is cluster} speaks={one.head in self._speaking}"
        if speaker is not None:
            yield f"own={speaker.cluster is cluster} quoted={self.quoted[one.head]}"


def _given_gender(doc: Doc, cluster: Cluster) -> str | None:
    """Return whether a person's given name is a man's or a woman's, if it is nearly always the one."""
    given = (name.split()[0].lower() for name in cluster.forms(doc) if " " in name)
    return next((gender for name in given if (gender := _given_names().get(name))), None)


@cache
def _given_names() -> Mapping[str, str]:
    return {row[0]: row[1] for row in rows_of(LEXICONS / "given_names.tsv")}


def _is_beside_who(pronoun: Token, top: Token) -> bool:
    """Say whether "who" stands for a thing in a pronoun's clause: "Owen Hale, who is not related to her"."""
    clause = pronoun.head
    if clause.dep_ != "acl:relcl" or clause.head != top or pronoun.lower_.endswith(_REFLEXIVE):
        return False
    is_who = any(child.tag_ in {"WP", "WDT"} and child.dep_ in SUBJECTS for child in clause.children)
    return is_who and _role(pronoun) in {"obj", "iobj", "obl"}


def _group(kind: str) -> str:
    return "person" if kind in GENDERS else kind


def _top(token: Token) -> Token:
    """Return the word that stands in the tree for a name: the head of "Shoigu" in "minister Shoigu"."""
    while token.dep_ in _BESIDE and token.head != token:
        token = token.head
    return token


def _role(token: Token) -> str:
    if token.dep_ in SUBJECTS:
        return "subject"
    if token.dep_ == "nmod:poss":
        return "owner"
    return token.dep_.partition(":")[0] if token.dep_ in _ROLES else "other"


def _clauses(token: Token) -> Iterator[Token]:
    """Yield the heads of the clauses around a word, the innermost first."""
    while token.head != token:
        token = token.head
        if token.pos_ in _CLAUSES or token.head == token:
            yield token


def _fits(doc: Doc, cluster: Cluster, kind: str) -> bool:
    if kind in GENDERS:
        is_one = cluster.type == "PERSON" and cluster.gender in {None, kind}
    elif kind == "thing":
        is_one = cluster.type in _THINGS
    else:
        return cluster.type in _GROUPS or _is_many(doc, cluster)
    return is_one and not _is_many(doc, cluster)


def _is_one_of_several(doc: Doc, mention: Referring) -> bool:
    """Say whether a name stands beside another: "Norvik and Lund … their merger" is of both."""
    top = _top(doc[mention.head])
    beside = [top.head] if top.dep_ == "conj" else [child for child in top.rights if child.dep_ == "conj"]
    return mention.kind == "name" and any(other.pos_ == "PROPN" for other in beside)


def _fits_in_passing(doc: Doc, cluster: Cluster, kind: str) -> bool:
    noun = doc[cluster.mentions[0].head]
    is_many = noun.tag_ in PLURALS or noun.lower_ in {"those", "others"}
    if kind == "many":  # "someone … they", "the crew … they"
        return is_many or noun.lower_ in SOMEBODY or noun.tag_ == "NN"
    if is_many or (kind == "thing" and noun.lower_ in SOMEBODY):
        return False
    return cluster.gender in {None, kind}


def _is_many(doc: Doc, cluster: Cluster) -> bool:
    """Say whether a thing is several: called by plural nouns only."""
    if cluster.is_named:
        return False
    heads = [doc[one.head] for one in cluster.mentions if one.kind != "pronoun"]
    return bool(heads) and all(head.tag_ in {"NNS", "NNPS"} for head in heads)
