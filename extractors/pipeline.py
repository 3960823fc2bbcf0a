"""Where the spaCy pipeline is put together, and the one way out of it: articles in, extractions out.

    nlp = load_pipeline()
    for read in extract(nlp, articles): ...

Nothing past this point sees spaCy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from extractors import known_names, lemmas, reader  # importing them registers their factories
from extractors.cutting import cut_as_the_treebanks
from extractors.network import MODEL_DIR, model_hash
from extractors.reader import DATELINE, SKIPPED
from extractors.statements import statements_from
from newsgraph.datelines import find_datelines
from newsgraph.records import Article, Extraction

__all__ = ["extract", "extraction_from", "known_names", "lemmas", "load_pipeline", "model_hash", "reader"]

MAX_CHARS = 2_000_000  # of one text: a book, not an article; longer ones are refused by ingest/ before


def load_pipeline(
    model_dir: Path = MODEL_DIR, *, threads: int = 1, watch_list: Path | None = None
) -> Language:
    """Return the trained pipeline: an ordinary spaCy Language, to which an entity ruler may be added.

    Args:
        model_dir: Where export.py wrote the model.
        threads: Cores that one run of the network may use. The result does not depend on it.
        watch_list: An analyst's own list of names, which goes before all other known names.

    Raises:
        ModelError: If the model or the lemma tables are missing or damaged.
        SettingsError: If the list cannot be read or a line of it cannot be used.
    """
    nlp = spacy.blank("en")
    nlp.max_length = MAX_CHARS
    cut_as_the_treebanks(nlp)
    nlp.add_pipe("newsgraph_reader", config={"model_dir": str(model_dir), "threads": threads})
    nlp.add_pipe("newsgraph_known_names", config={"watch_list": str(watch_list or "")})
    nlp.add_pipe("newsgraph_lemmas")
    return nlp


def extract(nlp: Language, articles: Iterable[Article], *, batch_size: int = 32) -> Iterator[Extraction]:
    """Yield the extraction of each article, in order."""
    pairs = ((_unread(nlp, article), article) for article in articles)
    for doc, article in nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
        yield extraction_from(doc, article)


def extraction_from(doc: Doc, article: Article) -> Extraction:
    """Turn an annotated Doc into plain records."""
    return statements_from(doc, article)


def _unread(nlp: Language, article: Article) -> Doc:
    doc = nlp.make_doc(article.text)
    datelines = list(find_datelines(article.text))
    spans = ((one.start, one.end) for one in datelines)
    doc.user_data[SKIPPED] = sorted({*map(tuple, article.skipped), *spans})
    if place := article.dateline or next((one.place for one in datelines), ""):
        doc.user_data[DATELINE] = place
    return doc
