"""Where the spaCy pipeline is put together, and the one way out of it: articles in, extractions out.

    nlp = load_pipeline()
    for read in extract(nlp, articles): ...

Nothing past this point sees spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import partial
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc, Token

from extractors import known_names, reader  # importing them registers their factories
from extractors.cutting import cut_as_the_treebanks
from extractors.network import MODEL_DIR, model_hash
from extractors.reader import DATELINE, SKIPPED
from extractors.statements import statements_from
from newsgraph.datelines import find_datelines
from newsgraph.errors import ModelError
from newsgraph.records import Article, Extraction

__all__ = ["extract", "extraction_from", "known_names", "load_pipeline", "model_hash", "reader"]

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
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    try:
        lemmatizer.initialize(lambda: (), nlp=nlp)  # type: ignore[attr-defined]
    except ValueError as error:
        raise ModelError("the lemma tables are missing; install spacy-lookups-data") from error
    _add_auxiliaries(lemmatizer.lookups)  # type: ignore[attr-defined]
    verbs = lemmatizer.lookups.get_table("lemma_index")["verb"]  # type: ignore[attr-defined]
    lemmatizer.lemmatize = partial(_lemmas, lemmatizer.lemmatize, _with_silent_e(verbs))  # type: ignore[attr-defined]
    return nlp


# Forms of auxiliaries that the table of verbs lacks.
_SHORT_AUXILIARIES = {
    **dict.fromkeys(("'s", "’s", "'re", "’re", "'m", "’m", "am", "ai"), "be"),
    **dict.fromkeys(("'ve", "’ve"), "have"),
    **dict.fromkeys(("'ll", "’ll", "wo"), "will"),
    **dict.fromkeys(("'d", "’d"), "would"),
    "ca": "can",
    "sha": "shall",
}


# One vowel and one consonant, which is doubled where an ending follows: "rapped" is of "rap", "raped" is not.
_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def _add_auxiliaries(lookups: Lookups) -> None:
    """Let auxiliaries share the verbs' tables: the package has none for their part of speech."""
    index = lookups.get_table("lemma_index")
    for part in index:  # sets: they are asked for each form of each word
        index[part] = frozenset(index[part])
    for name in ("lemma_rules", "lemma_index", "lemma_exc"):
        table = lookups.get_table(name)
        table["aux"] = table["verb"]
    table["aux"] = {**table["verb"], **{form: [lemma] for form, lemma in _SHORT_AUXILIARIES.items()}}


def _with_silent_e(verbs: Set[str]) -> dict[str, list[str]]:
    """Return the lemmas of forms that the rules give to a shorter verb as well: "hoped" is not of "hop"."""
    return {
        f"{verb}{ending}": [f"{verb}e"]
        for verb in verbs
        if f"{verb}e" in verbs and _DOUBLING.fullmatch(verb)
        for ending in ("ed", "es", "ing")
    }


def _lemmas(by_rule: Callable[[Token], list[str]], known: Mapping[str, list[str]], token: Token) -> list[str]:
    is_verb = token.pos_ in {"VERB", "AUX"}
    return (is_verb and known.get(token.lower_)) or by_rule(token)


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
