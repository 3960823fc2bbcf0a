"""The spaCy component that writes lemmas: by spaCy's own rules and what they lack of verbs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import numpy as np
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc, Token

from newsgraph.errors import ModelError

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


@dataclass(frozen=True, slots=True)
class Lemmas:
    """Writes the lemma of each token that has none; the rules are asked once for each form."""

    by_rule: Lemmatizer
    verbs: Mapping[str, str]  # by forms that the rules give to another verb
    seen: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __call__(self, doc: Doc) -> Doc:
        forms = map(tuple, doc.to_array(["ORTH", "POS", "MORPH", "LEMMA"]).tolist())
        lemmas = [self.seen.get(form) or self._look_up(form, doc[place]) for place, form in enumerate(forms)]
        doc.from_array(["LEMMA"], np.array(lemmas, dtype=np.uint64))  # type: ignore[arg-type]  # its stub knows lists only
        return doc

    def _look_up(self, form: tuple[int, ...], token: Token) -> int:
        is_verb = token.pos_ in {"VERB", "AUX"}
        known = self.verbs.get(token.lower_) if is_verb else None
        lemma = token.lemma or token.vocab.strings.add(known or self.by_rule.lemmatize(token)[0])
        self.seen[form] = lemma
        return lemma


@Language.factory("newsgraph_lemmas", assigns=["token.lemma"])
def make_lemmas(nlp: Language, name: str) -> Lemmas:
    lemmatizer = nlp.create_pipe("lemmatizer", config={"mode": "rule"})
    assert isinstance(lemmatizer, Lemmatizer)  # noqa: S101 - what spaCy makes
    try:
        lemmatizer.initialize(nlp=nlp)
    except ValueError as error:
        raise ModelError("the lemma tables are missing; install spacy-lookups-data") from error
    _add_auxiliaries(lemmatizer.lookups)
    return Lemmas(lemmatizer, _with_silent_e(lemmatizer.lookups.get_table("lemma_index")["verb"]))


def _add_auxiliaries(lookups: Lookups) -> None:
    """Let auxiliaries share the verbs' tables: the package has none for their part of speech."""
    index = lookups.get_table("lemma_index")
    for part in index:  # sets: they are asked for each form of each word
        index[part] = frozenset(index[part])
    for name in ("lemma_rules", "lemma_index", "lemma_exc"):
        table = lookups.get_table(name)
        table["aux"] = table["verb"]
    table["aux"] = {**table["verb"], **{form: [lemma] for form, lemma in _SHORT_AUXILIARIES.items()}}


def _with_silent_e(verbs: Set[str]) -> dict[str, str]:
    """Return the lemmas of forms that the rules give to a shorter verb as well: "hoped" is not of "hop"."""
    joined = {"co-founded": "co-found", "co-founding": "co-found"}  # in no table
    return joined | {
        f"{verb}{ending}": f"{verb}e"
        for verb in verbs
        if f"{verb}e" in verbs and _DOUBLING.fullmatch(verb)
        for ending in ("ed", "es", "ing")
    }
