"""Train the weights of extractors/pronouns.py on GUM and GAP, as the shipped pipeline reads their texts.

    python -m extractors.training.pronouns --corpora DIR

The pipeline reads the texts, so that the weights meet the mentions, trees and attributions of the product.
A thing of GUM is the cluster whose words it has; pronouns are placed as GUM has it, so that the next one
meets right company. GAP tells one pronoun of a passage: the others are placed by the weights of a first
round. The likelihood is that of all right choices together (in GAP a pronoun that means neither name means
any other thing or none), with a Gaussian prior on the weights.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from spacy.language import Language

from extractors.clusters import Cluster
from extractors.mentions import THIRD_PERSONS, Referring
from extractors.network import PRONOUNS
from extractors.pipeline import load_pipeline
from extractors.pronoun_choice import PERSON_LINK, Candidate, Weights, link_values, load_weights
from extractors.pronouns import Surroundings
from extractors.spans import text_span
from extractors.statements import surroundings_of
from extractors.training.coreference import (
    CoreferenceDocument,
    GapName,
    GapPassage,
    read_gap,
    read_gum_coreference,
)
from extractors.training.corpora import corpora_and_model
from extractors.training.samples import text_from_words
from extractors.words import Doc

MIN_COUNT = 4  # of a feature, over all candidates
PRIOR = 1.5  # strength of the pull to nought
ROUNDS = 600
HEARD = 0.5  # share of the likelihood in which the network's links are heard
# What follows was chosen on development parts. The network knows the training texts' links nearly by heart;
# elsewhere, a person's link is worth this part of its weight.
TRUST = 0.8
# A wrong guess at what is spoken of in passing makes no wrong fact.
LEAST = {"male": 0.34, "female": 0.34, "thing": 0.5, "many": 0.5, "passing": 0.2}
SHOWN = {"male": 0.15, "female": 0.15, "thing": 0.25, "many": 0.25}


@dataclass(frozen=True, slots=True)
class Choice:
    """One pronoun: the features of each candidate and, last, of none; which of them are right."""

    kind: str
    candidates: tuple[Candidate, ...]
    right: tuple[bool, ...]


def main() -> None:
    options = corpora_and_model(__doc__)
    nlp = load_pipeline(options.model, threads=2)
    gum = list(choices_in_gum(nlp, read_gum_coreference(options.corpora, "train")))
    first = replace(load_weights(options.model), of=trusted(fitted(gum)), least=LEAST, shown=SHOWN)
    gap = list(choices_in_gap(nlp, read_gap(options.corpora, "development"), first))
    sys.stderr.write(f"{len(gum)} pronouns of GUM, {len(gap)} of GAP\n")
    weights = {name: round(weight, 4) for name, weight in sorted(trusted(fitted([*gum, *gap])).items())}
    given = {"weights": weights, "least": LEAST, "shown": SHOWN}
    (options.model / PRONOUNS).write_text(json.dumps(given, indent=1) + "\n", encoding="utf-8")


def trusted(weights: Mapping[str, float]) -> dict[str, float]:
    """Return the weights, that of a person's link made smaller: it was learned where links are best."""
    return {name: weight * (TRUST if name == PERSON_LINK else 1.0) for name, weight in weights.items()}


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weights of greatest likelihood under the prior, by Adam on all choices at once.

    Half of the likelihood is that of a network which tells no links, so that the other features have to say
    what they can: the links of these texts are so good that little else would be learned beside them.
    """
    counts = Counter(name for one in choices for each in one.candidates for name, _ in _valued(one, each))
    names = sorted(name for name, count in counts.items() if count >= MIN_COUNT)
    row, column, value, allowed, sizes = _table(choices, names)
    links = {name for one in choices for each in one.candidates for name, _ in link_values(one.kind, each)}
    is_link = np.array([name in links for name in names])
    start = np.cumsum(sizes) - sizes
    weights = np.zeros(len(names))
    mean, square = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, ROUNDS + 1):
        slope = -PRIOR * weights
        for part, told in ((HEARD, value), (1 - HEARD, np.where(is_link[column], 0.0, value))):
            scores = np.bincount(row, weights[column] * told, minlength=len(allowed))
            pull = _shares(np.where(allowed, scores, -1e9), start, sizes) - _shares(scores, start, sizes)
            slope += part * np.bincount(column, pull[row] * told, minlength=len(names))
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        rate = 0.05 * (1 - step / (ROUNDS + 1))
        weights += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def _table(choices: Sequence[Choice], names: Sequence[str]) -> tuple[np.ndarray, ...]:
    """Return the candidates' features as a sparse table: row, column, value of each entry.

    Then whether each candidate is right, and how many candidates each choice has.
    """
    place = {name: number for number, name in enumerate(names)}
    candidates = [(one, each) for one in choices for each in one.candidates]
    entries = [
        (row, place[name], value)
        for row, (one, each) in enumerate(candidates)
        for name, value in _valued(one, each)
        if name in place
    ]
    row, column, value = (np.array(cells) for cells in zip(*entries, strict=True))
    right = np.array([is_right for one in choices for is_right in one.right])
    return row, column, value, right, np.array([len(one.candidates) for one in choices])


def _valued(choice: Choice, one: Candidate) -> Iterator[tuple[str, float]]:
    yield from ((name, 1.0) for name in one.features)
    yield from link_values(choice.kind, one)


def _shares(scores: np.ndarray, start: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Return the softmax of scores within each choice. Shapes: (n_candidates,), (n_choices,) x 2."""
    raised = np.exp(scores - np.repeat(np.maximum.reduceat(scores, start), sizes))
    shares: np.ndarray = raised / np.repeat(np.add.reduceat(raised, start), sizes)
    return shares


def aligned(
    nlp: Language, document: CoreferenceDocument
) -> tuple[Doc, dict[tuple[int, int], int], dict[int, str]]:
    """Read a document of GUM; return the Doc, the corpus's word at each span, each head word's thing."""
    text, spans = text_from_words(document.words, document.gaps)
    at = {span: number for number, span in enumerate(spans)}
    thing_of = {one.head: one.thing for one in document.mentions}  # of several the innermost, read last
    return Doc(nlp(text)), at, thing_of


def choices_in_gum(nlp: Language, documents: Iterable[CoreferenceDocument]) -> Iterator[Choice]:
    for document in documents:
        doc, at, thing_of = aligned(nlp, document)
        around, pronouns = surroundings_of(doc)
        everything = (*around.clusters, *around.passing)
        meant = {id(cluster): thing_of_cluster(doc, cluster, at, thing_of) for cluster in everything}
        yield from _choices(around, pronouns, _by_thing(doc, at, thing_of, meant))


def _by_thing(
    doc: Doc, at: dict[tuple[int, int], int], thing_of: dict[int, str], meant: dict[int, str | None]
) -> Callable[[Referring, Sequence[Cluster]], tuple[bool, ...] | None]:
    def right(one: Referring, clusters: Sequence[Cluster]) -> tuple[bool, ...] | None:
        token = doc[one.head]
        thing = thing_of.get(at.get((token.idx, token.idx + len(token)), -1))
        for cluster in clusters:
            if id(cluster) not in meant:  # begun by a pronoun
                meant[id(cluster)] = thing_of_cluster(doc, cluster, at, thing_of)
        found = tuple(thing is not None and meant[id(cluster)] == thing for cluster in clusters)
        return (*found, not any(found))

    return right


def thing_of_cluster(
    doc: Doc, cluster: Cluster, at: dict[tuple[int, int], int], thing_of: dict[int, str]
) -> str | None:
    """Return the thing of the corpus that most mentions of a cluster are."""
    votes: Counter[str] = Counter()
    for one in cluster.mentions:
        places = (one.head,) if one.kind == "nominal" else (one.head, *range(one.start, one.end))
        inside = [doc[place] for place in places]
        words = [at.get((token.idx, token.idx + len(token)), -1) for token in inside]
        votes.update([thing_of[word] for word in words if word in thing_of][:1])
    return min(votes, key=lambda thing: (-votes[thing], thing), default=None)


def choices_in_gap(nlp: Language, passages: Iterable[GapPassage], first: Weights) -> Iterator[Choice]:
    for passage in passages:
        doc = Doc(nlp(passage.text))
        around, pronouns = surroundings_of(doc)
        around.weights = first
        yield from _choices(around, pronouns, _by_names(doc, passage), around.antecedent)


def _by_names(
    doc: Doc, passage: GapPassage
) -> Callable[[Referring, Sequence[Cluster]], tuple[bool, ...] | None]:
    def right(one: Referring, clusters: Sequence[Cluster]) -> tuple[bool, ...] | None:
        if doc[one.start].idx != passage.start:
            return None
        meets = [
            [any(_meets(doc, mention, name) for mention in cluster.mentions) for cluster in clusters]
            for name in passage.names
        ]
        wanted = [row for row, name in zip(meets, passage.names, strict=True) if name.is_meant]
        if wanted:
            return (*wanted[0], False) if any(wanted[0]) else None
        return (*(not any(column) for column in zip(*meets, strict=True)), True)

    return right


def _meets(doc: Doc, one: Referring, name: GapName) -> bool:
    span = text_span(doc, one.start, one.end)
    return one.kind == "name" and span.start < name.end and name.start < span.end


def _nobody(_: Referring) -> None:
    return None


def _choices(
    around: Surroundings,
    pronouns: Sequence[Referring],
    right: Callable[[Referring, Sequence[Cluster]], tuple[bool, ...] | None],
    otherwise: Callable[[Referring], Cluster | None] = _nobody,
) -> Iterator[Choice]:
    """Yield the choices at a Doc's pronouns; each goes where it is right, or where ``otherwise`` says."""
    gathered: list[Choice] = []

    def choose(one: Referring) -> Cluster | None:
        candidates = around.candidates(one)
        clusters = [each.cluster for each in candidates if each.cluster is not None]
        answer = right(one, clusters)
        if answer is None:
            return otherwise(one)
        if clusters:
            kind = THIRD_PERSONS[around.doc[one.head].lower_]
            gathered.append(Choice(kind, tuple(candidates), answer))
        sure = [cluster for cluster, is_right in zip(clusters, answer, strict=False) if is_right]
        return sure[0] if sure and not answer[-1] else None

    around.place([one for one in pronouns if around.doc[one.head].lower_ in THIRD_PERSONS], choose)
    yield from gathered


if __name__ == "__main__":
    main()
