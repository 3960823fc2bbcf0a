"""Train the weights of extractors/salience.py on GUM, as the shipped pipeline reads its texts.

    python -m extractors.training.salience --corpora DIR [--model DIR]

A thing of GUM is the cluster whose words it has. The likelihood is that of five summaries, each of which
mentions a thing or does not, with a Gaussian prior on the weights.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.language import Language

from extractors.name_spans import VALUES
from extractors.network import SALIENCE
from extractors.pipeline import load_pipeline
from extractors.salience import features
from extractors.statements import things_of
from extractors.training.coreference import CoreferenceDocument, read_gum_coreference
from extractors.training.corpora import corpora_and_model
from extractors.training.logistic import logistic_weights
from extractors.training.pronouns import aligned, thing_of_cluster

PRIOR = 1.0  # strength of the pull to nought
SUMMARIES = 5

Example = tuple[dict[str, float], float]  # features, share of the summaries


def main() -> None:
    options = corpora_and_model(__doc__)
    nlp = load_pipeline(options.model, threads=2)
    examples = list(examples_in(nlp, read_gum_coreference(options.corpora, "train")))
    sys.stderr.write(f"{len(examples)} things\n")
    weights = {name: round(weight, 4) for name, weight in sorted(fitted(examples).items())}
    text = json.dumps({"weights": weights}, indent=1) + "\n"
    (options.model / SALIENCE).write_text(text, encoding="utf-8")


def examples_in(nlp: Language, documents: Iterable[CoreferenceDocument]) -> Iterator[Example]:
    """Yield each thing that the pipeline and the corpus both know."""
    for document in documents:
        doc, at, thing_of = aligned(nlp, document)
        salience = {one.thing: one.salience for one in document.mentions}
        sentences = [sent.start for sent in doc.sents]
        for cluster in things_of(doc):
            thing = thing_of_cluster(doc, cluster, at, thing_of)
            if thing is not None and cluster.type not in VALUES:
                yield dict(features(doc, sentences, cluster)), salience[thing]


def fitted(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of greatest likelihood under the prior."""
    names = sorted({name for values, _ in examples for name in values})
    place = {name: number for number, name in enumerate(names)}
    values = np.zeros((len(examples), len(names)))
    for row, (found, _) in enumerate(examples):
        for name, value in found.items():
            values[row, place[name]] = value
    shares = np.array([share for _, share in examples])
    weights = logistic_weights(values, shares, trials=SUMMARIES, prior=PRIOR)
    return dict(zip(names, weights.tolist(), strict=True))


if __name__ == "__main__":
    main()
