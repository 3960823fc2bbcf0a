"""Names known beforehand, added to what the network found: one's own, weapons, agencies, nations, sums.

No corpus that may be trained on names a modern weapon often enough, and none agrees what the Kremlin is. A
known name goes before a shorter or equal name of the network and yields to a longer one ("Reuters
Institute").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractors.money import find_money, money_expression
from extractors.reader import CONFIDENCE, SKIPPED, name_key
from extractors.weapon_names import WeaponNames, build_weapon_names, families_from
from newsgraph.gazetteer import load_gazetteer
from newsgraph.watch_list import kept_watch_list

LEXICONS = Path(__file__).with_name("lexicons")
WATCH_LIST = "newsgraph.watch_list"  # Doc.user_data: where the analyst's list lies
# Doc.user_data, both keys of names: what a noun beside it makes a ship or weapon; what is an analyst's own.
BY_PLACE = "newsgraph.by_place"
OWN = "newsgraph.own"
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
    own: PhraseMatcher  # an analyst's list
    watch_list: str = ""  # where it lies

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text  # put together anew at each look
        skipped = doc.user_data.get(SKIPPED, ())
        if self.watch_list:
            doc.user_data[WATCH_LIST] = self.watch_list
        own, weapons = self.own(doc, as_spans=True), list(self.weapons(doc, text))
        known = [
            span
            for span in (
                *own,
                *self.matcher(doc, as_spans=True),
                *weapons,
                *find_money(self.money, doc, text),
            )
            if not any(begin < span.end_char and span.start_char < end for begin, end in skipped)
        ]
        read = [ent for ent in doc.ents if not _is_doubtful(ent, weapons)]
        # filter_spans prefers the longest, and of equals the first in the list.
        kept = filter_spans([*_first_longest(known), *read])
        confidence = doc.user_data.setdefault(CONFIDENCE, {})
        for span in kept:
            confidence.setdefault(name_key(span.start, span.end), KNOWN_CONFIDENCE)
        doc.set_ents(kept)
        for key, found in ((BY_PLACE, weapons), (OWN, own)):
            doc.user_data[key] = sorted(name_key(one.start, one.end) for one in found if one in kept)
        return doc


def _is_doubtful(ent: Span, weapons: Sequence[Span]) -> bool:
    """Say whether what the network took for a weapon is a mere code, or a people and its weapon in one."""
    if ent.label_ != "PRODUCT":
        return False
    is_more = any(one.end == ent.end and one.start == ent.start + 1 for one in weapons)
    return bool(_CODE.fullmatch(ent.text)) or (is_more and ent[0].tag_ == "JJ")  # "French CAESARs"


def _first_longest(spans: list[Span]) -> list[Span]:
    # A stable sort: of two of equal length the first one stays first.
    return sorted(spans, key=lambda span: (span.start, -span.end))


@Language.factory("newsgraph_known_names", assigns=["doc.ents"], default_config={"watch_list": ""})
def make_known_names(nlp: Language, name: str, watch_list: str) -> KnownNames:
    weapons = build_weapon_names(families_from(rows_of(LEXICONS / "weapon_families.tsv")))
    money = money_expression(rows_of(LEXICONS / "currencies.tsv"))
    own = _own_names(nlp, Path(watch_list)) if watch_list else {}
    return KnownNames(_matcher(nlp, _names(nlp)), weapons, money, _matcher(nlp, own), watch_list)


def _matcher(nlp: Language, names: Mapping[str, list[Doc]]) -> PhraseMatcher:
    matcher = PhraseMatcher(nlp.vocab)
    for label, docs in names.items():
        matcher.add(label, docs)
    return matcher


def _own_names(nlp: Language, path: Path) -> dict[str, list[Doc]]:
    names: dict[str, list[Doc]] = {}
    kept_watch_list.cache_clear()  # the file may have changed since another pipeline read it
    for one in kept_watch_list(path).watched:
        names.setdefault(one.type, []).extend(nlp.make_doc(name) for name in (one.name, *one.aliases))
    return names


def known_bodies() -> Iterator[str]:
    """Yield the names of several words of bodies and firms, which the network cuts or takes for others."""
    for one in load_gazetteer().things.values():
        if one.kind in {"org", "company"}:
            yield from (name for name in one.names if " " in name and name.split()[-1][0].isupper())


def _names(nlp: Language) -> dict[str, list[Doc]]:
    """Return the names of each label, cut to words as a text is."""
    names: dict[str, list[Doc]] = {}
    for name, label, *_ in rows_of(LEXICONS / "known_names.tsv"):
        names.setdefault(label, []).append(nlp.make_doc(name))
    for name in known_bodies():
        names.setdefault("ORG", []).append(nlp.make_doc(name))
    nations = [nlp.make_doc(name) for name, *_ in rows_of(LEXICONS / "demonyms.tsv")]
    names.setdefault("NORP", []).extend(nations)
    return names
