"""Names known beforehand, added to what the network found: weapons, agencies, nations, sums of money.

No corpus that may be trained on names a modern weapon often enough, and none agrees what the Kremlin is. A
known name goes before a shorter or equal name of the network and yields to a longer one ("Reuters
Institute").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.money import find_money, money_expression
from extractors.reader import CONFIDENCE, SKIPPED, name_key
from extractors.weapon_names import WeaponNames, build_weapon_names, families_from

LEXICONS = Path(__file__).with_name("lexicons")
KNOWN_CONFIDENCE = 0.95
# Letters and a number are a weapon if its family is known; else "G-7", "A4", "COVID-19" are as likely.
_CODE = re.compile(r"[A-Z&]{1,6}(?:-| ?)\d{1,4}s?")


def rows_of(path: Path) -> Iterator[list[str]]:
    """Yield the cells of each row of a tab-separated word list; lines that start with # are comments."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.split("\t")


@dataclass(frozen=True, slots=True)
class KnownNames:
    """Adds the matches of a matcher whose keys are name labels, and the names of weapons."""

    matcher: PhraseMatcher
    weapons: WeaponNames
    money: re.Pattern[str]

    def __call__(self, doc: Doc) -> Doc:
        skipped = doc.user_data.get(SKIPPED, ())
        known = [
            span
            for span in (*self.matcher(doc, as_spans=True), *self.weapons(doc), *find_money(self.money, doc))
            if not any(begin < span.end_char and span.start_char < end for begin, end in skipped)
        ]
        read = [ent for ent in doc.ents if not (ent.label_ == "PRODUCT" and _CODE.fullmatch(ent.text))]
        # filter_spans prefers the longest, and of equals the first in the list.
        kept = filter_spans([*_first_longest(known), *read])
        confidence = doc.user_data.setdefault(CONFIDENCE, {})
        for span in kept:
            confidence.setdefault(name_key(span.start, span.end), KNOWN_CONFIDENCE)
        doc.set_ents(kept)
        return doc


def _first_longest(spans: list[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, -span.end))


@Language.factory("newsgraph_known_names", assigns=["doc.ents"])
def make_known_names(nlp: Language, name: str) -> KnownNames:
    matcher = PhraseMatcher(nlp.vocab)
    for label, names in _names(nlp).items():
        matcher.add(label, names)
    weapons = build_weapon_names(families_from(rows_of(LEXICONS / "weapon_families.tsv")))
    return KnownNames(matcher, weapons, money_expression(rows_of(LEXICONS / "currencies.tsv")))


def _names(nlp: Language) -> dict[str, list[Doc]]:
    """Return the names of each label, cut to words as a text is."""
    names: dict[str, list[Doc]] = {}
    for name, label, *_ in rows_of(LEXICONS / "known_names.tsv"):
        names.setdefault(label, []).append(nlp.make_doc(name))
    nations = [nlp.make_doc(name) for name, *_ in rows_of(LEXICONS / "demonyms.tsv")]
    names.setdefault("NORP", []).extend(nations)
    return names
