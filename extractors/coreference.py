"""Which mentions of an article are one thing: names by form, nouns by their company, then pronouns.

Careful rather than complete: a pronoun without a clear antecedent refers to nothing, and a noun that could be
one of two things becomes a thing of its own. The result depends on the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from extractors.mentions import FIRST_PERSONS, THIRD_PERSONS, Referring
from extractors.quotations import Quotation
from newsgraph.records import EntityType

NAMED = frozenset({"PERSON", "ORG", "LOC", "FAC", "NORP", "PRODUCT", "MISC"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
REACH = 3  # sentences back in which a pronoun looks for its antecedent
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Za-z]{0,3}\b")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "&"})
_MALE, _FEMALE = (
    frozenset({"mr", "sir", "lord", "king"}),
    frozenset({"mrs", "ms", "miss", "lady", "queen", "madame"}),
)


@dataclass
class Cluster:
    """The mentions of one thing, while they are being gathered."""

    type: EntityType
    mentions: list[Referring] = field(default_factory=list)
    gender: str | None = None  # as THIRD_PERSONS, once a pronoun or a title has told it

    def names(self, doc: Doc) -> list[str]:
        return [one.words(doc) for one in self.mentions if one.kind == "name"]

    @property
    def is_named(self) -> bool:
        return any(one.kind == "name" for one in self.mentions)


@dataclass(frozen=True, slots=True)
class Voice:
    """The source of one attribution, for the pronouns that follow: tokens of source and content."""

    source: tuple[int, ...]
    content: tuple[int, ...]


def cluster_mentions(
    doc: Doc, mentions: Sequence[Referring], voices: Sequence[Voice], quotations: Sequence[Quotation]
) -> list[Cluster]:
    """Return the things that ``mentions`` refer to; mentions without an antecedent are left out."""
    clusters = _cluster_names(doc, [one for one in mentions if one.kind == "name"])
    clusters += [Cluster(one.type, [one]) for one in mentions if one.kind == "value"]
    for one in mentions:
        if one.kind == "nominal":
            _place_nominal(doc, one, clusters)
    _tell_genders(doc, clusters)
    _Pronouns(doc, clusters, voices, quotations).place([one for one in mentions if one.kind == "pronoun"])
    clusters.sort(key=lambda cluster: min((one.start, -one.end) for one in cluster.mentions))
    for cluster in clusters:
        cluster.mentions.sort(key=lambda one: (one.start, -one.end))
    return clusters


def _cluster_names(doc: Doc, names: Sequence[Referring]) -> list[Cluster]:
    """Join names of one type by their words, the longest first, so that a short form finds its full name."""
    clusters: list[Cluster] = []
    for one in sorted(names, key=lambda one: (-len(_key(one.words(doc))), one.start)):
        fitting = [
            cluster for cluster in clusters if cluster.type == one.type and _is_form_of(doc, one, cluster)
        ]
        if len(fitting) == 1:
            fitting[0].mentions.append(one)
        else:  # none, or one of several: then a surname alone decides nothing
            same = [cluster for cluster in fitting if one.words(doc) in cluster.names(doc)]
            if same:
                same[0].mentions.append(one)
            else:
                clusters.append(Cluster(one.type, [one]))
    return clusters


def _is_form_of(doc: Doc, one: Referring, cluster: Cluster) -> bool:
    key = _key(one.words(doc))
    return any(_is_short_for(key, one.words(doc), _key(name), name, one.type) for name in cluster.names(doc))


def _key(name: str) -> tuple[str, ...]:
    return tuple(re.sub(r"[^\w]", "", word).casefold() for word in name.split() if word.strip("-–.,"))


def _is_short_for(
    short: tuple[str, ...], text: str, full: tuple[str, ...], name: str, kind: EntityType
) -> bool:
    """Say whether a name may stand for a longer one of its type.

    "Austin" for "Lloyd Austin"; "European Command" for "US European Command"; "EUCOM", "NSC" by initials;
    "MQ-9" for "MQ-9 Reaper".
    """
    if short == full:
        return True
    if kind == "PERSON":
        return len(full) > 1 and (
            short == full[-len(short) :] or (len(short) > 1 and short[-1] == full[-1] and short[0] == full[0])
        )
    if kind == "PRODUCT":
        codes = set(_DESIGNATION.findall(text))
        return bool(codes & set(_DESIGNATION.findall(name))) or (
            not codes and len(full) > 1 and short == full[1:]
        )
    if kind in {"ORG", "FAC"}:
        initials = "".join(word[0] for word in full if word and word not in _SMALL)
        is_acronym = len(short) == 1 and len(initials) > 2 and text.isupper() and short[0] == initials
        return is_acronym or (1 < len(short) < len(full) and short == full[-len(short) :])
    return False


def _place_nominal(doc: Doc, one: Referring, clusters: list[Cluster]) -> None:
    """Join a noun to the name it stands with ("Su-27 aircraft"), to the one it must mean, or to nothing."""
    head = doc[one.head]
    beside = _names_beside(head, clusters)
    if beside is not None and (beside.type == one.type or beside.type == "PERSON"):
        if not any(_overlap(one, other) for other in beside.mentions):
            beside.mentions.append(one)
        return
    is_definite = doc[one.start].lower_ in {"the", "this", "that"} and one.end - one.start == 2
    if is_definite:
        fitting = [cluster for cluster in clusters if _may_be_called(doc, cluster, head)]
        if len(fitting) == 1 and min(m.start for m in fitting[0].mentions) < one.start:
            fitting[0].mentions.append(one)
            return
    for cluster in clusters:
        if not cluster.is_named and cluster.type == one.type and _same_words(doc, cluster.mentions[0], one):
            cluster.mentions.append(one)
            return
    clusters.append(Cluster(one.type, [one]))


def _overlap(left: Referring, right: Referring) -> bool:
    return left.start < right.end and right.start < left.end


def _names_beside(head: Token, clusters: Iterable[Cluster]) -> Cluster | None:
    """Return the named thing in apposition to a noun, or whose name is part of its phrase."""
    near = {
        child.i
        for child in head.children
        if child.dep_ in {"appos", "flat", "compound", "flat:name"} and child.ent_type_ in NAMED
    }
    if head.dep_ in {"appos", "flat", "compound"} and head.head.ent_type_ in NAMED:
        near.add(head.head.i)
    for cluster in clusters:
        for one in cluster.mentions:
            if one.kind == "name" and any(one.start <= place < one.end for place in near):
                return cluster if cluster.type in {"PERSON", "PRODUCT"} else None
    return None


def _may_be_called(doc: Doc, cluster: Cluster, head: Token) -> bool:
    """Say whether "the <head>" may mean a named thing: its name ends so, or it was called so."""
    noun = head.lemma_.lower()
    if not cluster.is_named or cluster.type == "NORP":
        return False
    called = {doc[one.head].lemma_.lower() for one in cluster.mentions if one.kind == "nominal"}
    endings = {_key(name)[-1] for name in cluster.names(doc) if _key(name)}
    return noun in called or (cluster.type != "PERSON" and noun in endings)


def _same_words(doc: Doc, left: Referring, right: Referring) -> bool:
    def words(one: Referring) -> list[str]:
        return [token.lower_ for token in doc[one.start : one.end] if token.pos_ not in {"DET", "PUNCT"}]

    return words(left) == words(right) and len(words(right)) > 1


def _tell_genders(doc: Doc, clusters: Iterable[Cluster]) -> None:
    for cluster in clusters:
        before = {
            doc[one.start - 1].lower_.rstrip(".")
            for one in cluster.mentions
            if one.kind == "name" and one.start > 0
        }
        cluster.gender = "male" if before & _MALE else "female" if before & _FEMALE else None


class _Pronouns:
    """Gives pronouns their antecedents, in text order, and remembers who spoke last."""

    def __init__(
        self, doc: Doc, clusters: Sequence[Cluster], voices: Sequence[Voice], quotations: Sequence[Quotation]
    ) -> None:
        self.doc = doc
        self.clusters = clusters
        self.voices = voices
        self.sentence_of = [0] * len(doc)
        for number, sent in enumerate(doc.sents):
            for token in sent:
                self.sentence_of[token.i] = number
        self.quoted = [False] * len(doc)
        for quotation in quotations:
            for place in range(quotation.start, quotation.end):
                self.quoted[place] = True

    def place(self, pronouns: Sequence[Referring]) -> None:
        first_persons = [one for one in pronouns if self.doc[one.head].lower_ in FIRST_PERSONS]
        for one in pronouns:
            if one not in first_persons and (cluster := self._antecedent(one)) is not None:
                kind = THIRD_PERSONS[self.doc[one.head].lower_]
                if kind in {"male", "female"}:
                    cluster.gender = kind
                cluster.mentions.append(one)
        for one in first_persons:  # after the others: their speaker may be a "he"
            if (cluster := self._speaker(one)) is not None:
                cluster.mentions.append(one)

    def _speaker(self, one: Referring) -> Cluster | None:
        """Return who says "I": the source of the innermost quoted content around it."""
        if not self.quoted[one.head]:
            return None
        around = [voice for voice in self.voices if one.head in voice.content and voice.source]
        if not around:
            return None
        voice = min(around, key=lambda voice: len(voice.content))
        cluster = self.at(voice.source)
        return cluster if cluster is not None and cluster.type == "PERSON" else None

    def at(self, places: Sequence[int]) -> Cluster | None:
        """Return the thing that the words at ``places`` name, the longest mention first."""
        best: tuple[int, Cluster] | None = None
        for cluster in self.clusters:
            for one in cluster.mentions:
                if one.head in places and (best is None or one.end - one.start > best[0]):
                    best = (one.end - one.start, cluster)
        return best[1] if best else None

    def _antecedent(self, one: Referring) -> Cluster | None:
        kind = THIRD_PERSONS[self.doc[one.head].lower_]
        if (
            any(one.head in voice.source for voice in self.voices)
            and (last := self._last_voice(one, kind)) is not None
        ):
            return last
        if kind == "thing" or kind == "many":
            return (
                self._nearest_subject(one, kind)
                if self.doc[one.head].dep_ in SUBJECTS | {"nmod:poss"}
                else None
            )
        return self._nearest_subject(one, kind) or self._nearest_name(one, kind)

    def _last_voice(self, one: Referring, kind: str) -> Cluster | None:
        """Return who spoke last before a pronoun that speaks."""
        before = [voice for voice in self.voices if voice.source and max(voice.source) < one.start]
        for voice in sorted(before, key=lambda voice: -max(voice.source)):
            if self._sentences_between(max(voice.source), one.start) > 2 * REACH:
                break
            cluster = self.at(voice.source)
            if cluster is not None and self._fits(cluster, kind) and cluster.type not in {"LOC", "NORP"}:
                return cluster
        return None

    def _nearest_subject(self, one: Referring, kind: str) -> Cluster | None:
        found = [
            (other.head, cluster)
            for cluster in self.clusters
            if self._fits(cluster, kind)
            for other in cluster.mentions
            if other.head < one.start
            and self._is_subject(other)
            and self.quoted[other.head] == self.quoted[one.head]
        ]
        return self._nearest(one, found)

    def _nearest_name(self, one: Referring, kind: str) -> Cluster | None:
        """Return the only person named in this sentence or the last: of two, neither."""
        found = [
            (other.head, cluster)
            for cluster in self.clusters
            if self._fits(cluster, kind)
            for other in cluster.mentions
            if other.head < one.start and self._sentences_between(other.head, one.start) <= 1
        ]
        return found[0][1] if found and all(cluster is found[0][1] for _, cluster in found) else None

    def _nearest(self, one: Referring, found: list[tuple[int, Cluster]]) -> Cluster | None:
        near = [
            (head, cluster) for head, cluster in found if self._sentences_between(head, one.start) < REACH
        ]
        return max(near, key=lambda pair: pair[0])[1] if near else None

    def _is_subject(self, one: Referring) -> bool:
        head = self.doc[one.head]
        while head.dep_ in {"flat", "compound", "appos", "conj"} and head.head is not head:
            head = head.head
        return head.dep_ in SUBJECTS

    def _sentences_between(self, left: int, right: int) -> int:
        return self.sentence_of[right] - self.sentence_of[left]

    def _fits(self, cluster: Cluster, kind: str) -> bool:
        if kind in {"male", "female"}:
            return cluster.type == "PERSON" and cluster.gender in {None, kind} and not self._is_many(cluster)
        if kind == "thing":
            return cluster.type in {"ORG", "PRODUCT"} and not self._is_many(cluster)
        return self._is_many(cluster)

    def _is_many(self, cluster: Cluster) -> bool:
        heads = [self.doc[one.head] for one in cluster.mentions if one.kind != "pronoun"]
        return bool(heads) and not cluster.is_named and all(head.tag_ in {"NNS", "NNPS"} for head in heads)
