"""Which mentions of an article are one thing: names by form, nouns by their company, then pronouns.

Careful rather than complete: a pronoun without a clear antecedent refers to nothing, and a noun that could be
one of two things becomes a thing of its own. The result depends on the text alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from spacy.tokens import Doc

from extractors.clusters import Cluster
from extractors.known_names import LEXICONS, rows_of
from extractors.mentions import FIRST_PERSONS, Referring, titles
from extractors.network import MODEL_DIR
from extractors.nominals import place_nominals
from extractors.pronouns import Surroundings, Voice, load_weights
from extractors.quotations import Quotation
from extractors.spans import name_words
from newsgraph.records import EntityType

_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-?\d{1,4}[A-Za-z]{0,3}\b")
_PUBLIC_BODIES = frozenset(row[0] for row in rows_of(LEXICONS / "public_bodies.tsv"))
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "&"})


def cluster_mentions(
    doc: Doc, mentions: Sequence[Referring], voices: Sequence[Voice], quotations: Sequence[Quotation]
) -> list[Cluster]:
    """Return the things that ``mentions`` refer to; mentions without an antecedent are left out."""
    clusters = cluster_nouns(doc, mentions)
    around = Surroundings(doc, clusters, voices, quotations)
    pronouns = [one for one in mentions if one.kind == "pronoun"]
    around.place(pronouns, partial(around.antecedent, load_weights(MODEL_DIR)))
    for one in pronouns:  # after the others: a speaker may be a "he"
        if doc[one.head].lower_ in FIRST_PERSONS and (cluster := _speaker(around, one)) is not None:
            cluster.mentions.append(one)
    clusters.sort(key=lambda cluster: min((one.start, -one.end) for one in cluster.mentions))
    for cluster in clusters:
        cluster.mentions.sort(key=lambda one: (one.start, -one.end))
    return clusters


def cluster_nouns(doc: Doc, mentions: Sequence[Referring]) -> list[Cluster]:
    """Return the things that names, values and nominals refer to, pronouns not yet among them."""
    clusters = _cluster_names(doc, [one for one in mentions if one.kind == "name"])
    clusters += [Cluster(one.type, [one]) for one in mentions if one.kind == "value"]
    place_nominals(doc, [one for one in mentions if one.kind == "nominal"], clusters)
    _tell_genders(doc, clusters)
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


def _speaker(around: Surroundings, one: Referring) -> Cluster | None:
    """Return who says "I": the source of the innermost quoted content around it."""
    if not around.quoted[one.head]:
        return None
    speaker = around.speaker(one)
    cluster = None if speaker is None else speaker.cluster
    return cluster if cluster is not None and cluster.type == "PERSON" else None
