"""Where the spaCy pipeline is put together, and the one way out of it: articles in, extractions out.

    nlp = load_pipeline()
    for read in extract(nlp, articles): ...

Nothing past this point sees spaCy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.lang.tokenizer_exceptions import URL_MATCH
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.symbols import ORTH  # type: ignore[import-not-found]  # compiled, without stubs
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from extractors import known_names, reader  # importing them registers their factories
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
    _cut_as_the_treebanks(nlp)
    nlp.add_pipe("newsgraph_reader", config={"model_dir": str(model_dir), "threads": threads})
    nlp.add_pipe("newsgraph_known_names", config={"watch_list": str(watch_list or "")})
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    try:
        lemmatizer.initialize(lambda: (), nlp=nlp)  # type: ignore[attr-defined]
    except ValueError as error:
        raise ModelError("the lemma tables are missing; install spacy-lookups-data") from error
    _add_auxiliaries(lemmatizer.lookups)  # type: ignore[attr-defined]
    return nlp


_RULED_LINE = r"([=_*~#+])\1{2,}"
_REPEATED = (r"[!?]{2,}", r"\*{2,}", r"\${2,}", r"<<", r">>")
_PHONE_NUMBER = r"(?:\d{3}-)?\d{3}-\d{4}"
# Parts of words that the treebanks leave on: in their training parts, at least five times as often as not.
_PREFIXED = (
    r"(?i:anti|co|counter|cross|e|ex|inter|mid|mini|multi|non|over|post|pre|pro|re|semi|sub)-[^\W\d_]{2,}"
)
_WHOLE = re.compile(rf"(?:{_RULED_LINE}|{_PHONE_NUMBER}|{_PREFIXED})$")
_WITHIN = (
    r"(?<=\d)[–—](?=\d)",  # "837–908"
    r"(?<=[^\W\d_])[?!)(](?=[^\W\d_(])",  # "foreigners?thanks", "account(s)"
    r"(?<=\))\(",
    r"(?<=\w)\"(?=<)",  # "Julie"<julie@…>
)
_ABBREVIATED = ("al.", "Ft.", "b/c", "w/")
_SHORT = {"wanna": 3, "outta": 3, "dunno": 2, "lotta": 3, "kinda": 4}  # where they are cut


def _cut_as_the_treebanks(nlp: Language) -> None:
    """Cut words where the treebanks do that the network learned from, and spaCy does not.

    The full stop goes from "T-90M." and "F-16C.", which spaCy keeps as it keeps "U.S."; ruled lines, "?!",
    telephone numbers and "pro-Beijing" stay whole; "and/or" is three words, "wanna" two; "):" is no face.
    """
    tokenizer = nlp.tokenizer
    ends = (r"(?<=\d[A-Z])\.", r"(?<=\d[A-Z]{2})\.", r"(?<=:\d\d)[ap]m", r"(?<=:\d\d)[AP]M")
    suffixes = [*_REPEATED, *(nlp.Defaults.suffixes or ()), *ends]
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search  # type: ignore[union-attr]
    prefixes = [*_REPEATED, *(nlp.Defaults.prefixes or ())]
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search  # type: ignore[union-attr]
    infixes = [*(nlp.Defaults.infixes or ()), *_WITHIN]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    tokenizer.token_match = _WHOLE.match  # type: ignore[union-attr]
    tokenizer.url_match = _address_alone  # type: ignore[union-attr]
    rules = tokenizer.rules  # type: ignore[union-attr]
    kept = {word: cut for word, cut in rules.items() if word not in {"and/or", "):", ");"}}
    kept |= {word: [{ORTH: word}] for word in _ABBREVIATED}
    for word, place in _SHORT.items():
        for written in (word, word.capitalize()):
            kept[written] = [{ORTH: written[:place]}, {ORTH: written[place:]}]
    tokenizer.rules = kept  # type: ignore[union-attr]


def _address_alone(text: str) -> re.Match[str] | None:
    """Match a web or mail address, but not one with a name before it: ``Julie"<julie@…``."""
    return None if '"<' in text else URL_MATCH(text)


# Forms of auxiliaries that the table of verbs lacks.
_SHORT_AUXILIARIES = {
    **dict.fromkeys(("'s", "’s", "'re", "’re", "'m", "’m", "am", "ai"), "be"),
    **dict.fromkeys(("'ve", "’ve"), "have"),
    **dict.fromkeys(("'ll", "’ll", "wo"), "will"),
    **dict.fromkeys(("'d", "’d"), "would"),
    "ca": "can",
    "sha": "shall",
}


_RARE_VERBS = frozenset({"fin", "din"})  # whose forms are those of "fine" and "dine"


def _add_auxiliaries(lookups: Lookups) -> None:
    """Let auxiliaries share the verbs' tables: the package has none for their part of speech."""
    index = lookups.get_table("lemma_index")
    for part in index:  # sets: they are asked for each form of each word
        index[part] = frozenset(index[part]) - _RARE_VERBS
    for name in ("lemma_rules", "lemma_index", "lemma_exc"):
        table = lookups.get_table(name)
        table["aux"] = table["verb"]
    table["aux"] = {**table["verb"], **{form: [lemma] for form, lemma in _SHORT_AUXILIARIES.items()}}


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
