"""Which mentions of an article are one thing: names by form, nouns by their company, then pronouns.

Careful rather than complete: a pronoun without a clear antecedent refers to nothing, and a noun that could be
one of two things becomes a thing of its own. The result depends on the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extractors.clusters import Cluster
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import FIRST_PERSONS, THIRD_PERSONS, Referring, titles
from extractors.nominals import place_nominals
from extractors.quotations import Quotation
from extractors.spans import name_words
from newsgraph.records import EntityType

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer"})
REACH = 3  # sentences back in which a pronoun looks for its antecedent
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Za-z]{0,3}\b")
_PUBLIC_BODIES = frozenset(row[0] for row in rows_of(LEXICONS / "public_bodies.tsv"))
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "&"})


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
    place_nominals(doc, [one for one in mentions if one.kind == "nominal"], clusters)
    _tell_genders(doc, clusters)
    _Pronouns(doc, clusters, voices, quotations).place([one for one in mentions if one.kind == "pronoun"])
    clusters.sort(key=lambda cluster: min((one.start, -one.end) for one in cluster.mentions))
    for cluster in clusters:
        cluster.mentions.sort(key=lambda one: (one.start, -one.end))
    return clusters


def _cluster_names(doc: Doc, names: Sequence[Referring]) -> list[Cluster]:
    """Join names of one type by their words, the longest first, so that a short form finds its full name."""
    clusters: list[Cluster] = []
    for one in sorted(names, key=lambda one: (-len(name_words(one.words(doc))), one.start)):
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
    key = name_words(one.words(doc))
    return any(
        _is_short_for(key, one.words(doc), name_words(name), name, one.type) for name in cluster.names(doc)
    )


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
        is_ending = 1 < len(short) < len(full) and short == full[-len(short) :]
        return is_acronym or is_ending or (kind == "ORG" and _is_firm_in_short(short, text, full))
    return False


def _is_firm_in_short(short: tuple[str, ...], text: str, full: tuple[str, ...]) -> bool:
    """Say whether a firm is called by its first word: "Vantreve" for "Vantreve Group".

    "Solvey" for "Solvey Polytechnic" is not: such a body bears the name of its place.
    """
    is_first = len(short) == 1 < len(full) and short[0] == full[0]
    return is_first and not text.isupper() and not set(full) & _PUBLIC_BODIES


def _tell_genders(doc: Doc, clusters: Iterable[Cluster]) -> None:
    """Note what the title before a name tells: "Mr", "Dame"."""
    for cluster in clusters:
        for one in cluster.mentions:
            if one.kind == "name" and one.start > 0 and cluster.type == "PERSON":
                cluster.gender = titles().get(doc[one.start - 1].lower_) or cluster.gender


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
        if kind in {"thing", "many"}:
            if self.doc[one.head].dep_ not in SUBJECTS | {"nmod:poss"}:
                return None
            found = self._nearest_subject(one, kind)
            return None if found is None or self._has_rival(one, found, kind) else found
        return self._nearest_subject(one, kind) or self._nearest_name(one, kind)

    def _last_voice(self, one: Referring, kind: str) -> Cluster | None:
        """Return who spoke last before a pronoun that speaks."""
        before = [voice for voice in self.voices if voice.source and max(voice.source) < one.start]
        for voice in sorted(before, key=lambda voice: -max(voice.source)):
            if self._sentences_between(max(voice.source), one.start) > 2 * REACH:
                break
            cluster = self.at(voice.source)
            if cluster is not None and self._fits(cluster, kind) and cluster.type not in {"LOC", "NORP"}:
                return self._subject_since(max(voice.source), one, kind) or cluster
        return None

    def _subject_since(self, place: int, one: Referring, kind: str) -> Cluster | None:
        """Return who was spoken of, by the article itself, since somebody spoke: "Milley left. He said …"."""
        found = [
            (other.head, cluster)
            for cluster in self.clusters
            if self._fits(cluster, kind)
            for other in cluster.mentions
            if place < other.head < one.start
            and self._is_subject(other)
            and not any(other.head in voice.content for voice in self.voices)
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

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

    def _has_rival(self, one: Referring, found: Cluster, kind: str) -> bool:
        """Say whether another thing was mentioned since, which a pronoun may mean as well.

        What a source says of "it" in its own content is of itself: then there is none.
        """
        around = [voice for voice in self.voices if one.head in voice.content]
        if any(self.at(voice.source) is found for voice in around):
            return False
        if around and any(self.at(voice.source) is found for voice in self.voices):
            return True  # "The command says …; Moscow says it …": hardly the first speaker
        since = max(other.head for other in found.mentions if other.head < one.start)
        return any(
            cluster is not found and self._fits(cluster, kind)
            for cluster in self.clusters
            for other in cluster.mentions
            if since < other.head < one.start
        )

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
        while head.dep_ in {"flat", "compound", "appos", "conj"} and head.head != head:
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
