"""Readers of the corpora with more than names: English Web Treebank, GUM and PolNeAR, each as samples.

Masks of names say only what a corpus says: a word that it leaves open may carry several tags, and a label
that it does not annotate is allowed wherever the word could carry it, denied elsewhere. Names-only corpora
are read in names_corpora.py; coreference and salience of GUM are not read.

Formats: https://universaldependencies.org/format.html, https://www.universalner.org, GUM's
https://gucorpling.org/gum/ (``Entity=``), brat's stand-off https://brat.nlplab.org/standoff.html.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote

import spacy

from extractors.training.samples import (
    ANY_TAG,
    LINE_BREAK,
    NO_GAP,
    SPACE,
    TAG_BIT,
    GoldAttribution,
    Sample,
    WordSyntax,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language

Part = Literal["train", "dev"]

_OUTSIDE = TAG_BIT["O"]
_PROPER = frozenset({"NNP", "NNPS"})
_CONNECTORS = frozenset({"of", "the", "and", "&", "for", "-", "'s", "’s"})
_TITLES = frozenset(
    """
    president vice prime minister mr mr. mrs mrs. ms ms. miss dr dr. doctor sir lord lady dame senator
    sen. sen governor gov. general gen. king queen prince princess emperor pope chancellor secretary
    professor prof. prof judge justice captain capt. colonel col. major lieutenant lt. sergeant chief
    officer ceo cfo speaker congressman congresswoman rep. representative mayor ambassador director
    chairman chairwoman chair counsel attorney mom dad mother father rev. reverend saint sheikh deputy
    commissioner executive madam
    """.split()  # noqa: SIM905
)
_CALENDAR = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)days?|(jan|febr)uary|march|april|may|june|july|august"
    r"|(septem|octo|novem|decem)ber|(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?|(1\d|20)\d\d(s|'s)?",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    rf"{_CALENDAR.pattern}|.*\d.*|today|tonight|tomorrow|yesterday|.*(day|week|month|year|decade|century|centurie|season|quarter)s?|"
    r"spring|summer|autumn|fall|winter|night|morning|evening|afternoon|weekend|minutes?|hours?|now|ago|"
    r"christmas|easter|ramadan|eve|(mon|tue|wed|thu|fri|sat|sun)\.?|[ap]\.?m\.?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}:\d\d.*|[ap]\.?m\.?|o'clock|noon|midnight|hours?|minutes?|seconds?", re.IGNORECASE
)
_CURRENCY = re.compile(
    r".*[$€£¥₹].*|(dollar|euro|pound|cent|yen|yuan|rupee|ruble|rouble|peso|franc|dinar|shekel|riyal|penny|buck)s?"
    r"|pence|pennies|usd|eur|gbp",
    re.IGNORECASE,
)
_NEVER_A_DATE = frozenset({"VERB", "AUX", "PRON", "INTJ", "SCONJ"})  # nor a sum of money
_REACH = 3  # how far a date or a sum of money is thought to reach around the word that gives it away


class CorpusError(ValueError):
    """A corpus file is not in the format of its corpus."""


# --- CoNLL-U ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TreebankWord:
    """One syntactic word of a CoNLL-U file."""

    text: str
    gap: int  # before it
    syntax: WordSyntax  # its head counted from the start of the document
    starts_sentence: bool
    entity: str  # GUM's Entity=, or nothing


@dataclass(frozen=True, slots=True)
class TreebankDocument:
    """The words of a ``# newdoc``, and where its sentences start."""

    id: str
    words: tuple[TreebankWord, ...]
    sentence_starts: dict[str, int]  # by sent_id


@dataclass(frozen=True, slots=True)
class _Sentence:
    newdoc: str  # the new document's id, or nothing
    id: str
    new_paragraph: bool
    rows: tuple[tuple[int, list[str]], ...]  # (line number, columns)


def read_conllu(path: Path) -> Iterator[TreebankDocument]:
    """Yield the documents of a CoNLL-U file, empty nodes left out."""
    document_id, sentences = path.stem, list[_Sentence]()
    for sentence in _read_sentences(path):
        if sentence.newdoc:
            if sentences:
                yield _build_document(path, document_id, sentences)
            document_id, sentences = sentence.newdoc, []
        sentences.append(sentence)
    if sentences:
        yield _build_document(path, document_id, sentences)


def _read_sentences(path: Path) -> Iterator[_Sentence]:
    comments: dict[str, str] = {}
    rows: list[tuple[int, list[str]]] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate((*lines, "\n"), start=1):
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
            elif line.strip():
                rows.append((number, _split_row(path, number, line)))
            elif rows:
                paragraph = any(key.startswith("newpar") for key in comments)
                newdoc = comments.get("newdoc id", path.stem if "newdoc" in comments else "")
                yield _Sentence(newdoc, comments.get("sent_id", ""), paragraph, tuple(rows))
                comments, rows = {}, []


def _split_row(path: Path, number: int, line: str) -> list[str]:
    columns = line.rstrip("\r\n").split("\t")
    if len(columns) != 10:
        raise CorpusError(f"{path}:{number}: {len(columns)} columns, CoNLL-U has 10")
    return columns


def _build_document(path: Path, document_id: str, sentences: list[_Sentence]) -> TreebankDocument:
    words: list[TreebankWord] = []
    starts: dict[str, int] = {}
    gap = NO_GAP
    for sentence in sentences:
        if words and sentence.new_paragraph:
            gap = LINE_BREAK
        starts[sentence.id] = len(words)
        gap = _append_words(words, path, sentence, gap)
    return TreebankDocument(document_id, tuple(words), starts)


def _append_words(words: list[TreebankWord], path: Path, sentence: _Sentence, gap: int) -> int:
    """Append the sentence's words; return the gap that follows its last one."""
    base, range_end, range_glued = len(words), 0, False
    for number, columns in sentence.rows:
        glued = "SpaceAfter=No" in columns[9].split("|")
        if "-" in columns[0]:
            range_end, range_glued = _range_end(path, number, columns[0]), glued
        elif "." not in columns[0]:
            words.append(_build_word(path, number, columns, gap=gap, base=base))
            index = len(words) - base
            inside, last = index < range_end, index == range_end
            gap = NO_GAP if inside or (range_glued if last else glued) else SPACE
    return gap


def _range_end(path: Path, number: int, cell: str) -> int:
    try:
        return int(cell.split("-")[1])
    except ValueError as error:
        raise CorpusError(f"{path}:{number}: {cell!r} is not a range of words") from error


def _build_word(path: Path, number: int, columns: list[str], *, gap: int, base: int) -> TreebankWord:
    try:
        index, head = int(columns[0]), int(columns[6])
    except ValueError as error:
        raise CorpusError(f"{path}:{number}: word number or head is not a number") from error
    syntax = WordSyntax(columns[3], columns[4], base + head - 1 if head else -1, columns[7])
    notes = dict(note.partition("=")[::2] for note in columns[9].split("|"))
    return TreebankWord(columns[1], gap, syntax, index == 1, notes.get("Entity", ""))


def _treebank_sample(corpus: str, document: TreebankDocument, masks: Sequence[int]) -> Sample:
    words = document.words
    return Sample(
        corpus=corpus,
        id=document.id,
        words=tuple(word.text for word in words),
        gaps=tuple(word.gap for word in words),
        name_masks=tuple(masks),
        syntax=tuple(word.syntax for word in words),
        sentence_starts=tuple(word.starts_sentence for word in words),
    )


# --- English Web Treebank with Universal NER -------------------------------------------------------------

_UNER_LABELS = {
    "PER": ("PERSON",),
    "ORG": ("ORG",),
    "LOC": ("LOC", "FAC"),
    "OTH": ("MISC", "PRODUCT", "NORP"),  # mostly nationalities, some events and products
}


def read_ewt(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of UD English EWT with the names of Universal NER.

    A sentence that the two cut into words differently keeps its tree and says nothing about names.
    """
    tagged = dict(_read_tagged_sentences(root / f"UniversalNER+UNER_English-EWT/en_ewt-ud-{part}.iob2"))
    others = any(tag.endswith("-OTH") for words in tagged.values() for _, tag in words)  # dev has none at all
    for document in read_conllu(root / f"UniversalDependencies+UD_English-EWT/en_ewt-ud-{part}.conllu"):
        masks = [ANY_TAG] * len(document.words)
        outside = _outside_masks(document.words)
        for sentence_id, start in document.sentence_starts.items():
            words = tagged.get(sentence_id, [])
            window = document.words[start : start + len(words)]
            if _same_words(words, window, document.words[start + len(words) :]):
                for index, (_, tag) in enumerate(words, start):
                    masks[index] = _uner_mask(tag, document.words[index], outside[index], has_others=others)
        yield _treebank_sample("ewt", document, masks)


def _read_tagged_sentences(path: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    sentence_id, words = "", list[tuple[str, str]]()
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate((*lines, "\n"), start=1):
            if line.startswith("# sent_id"):
                sentence_id = line.partition("=")[2].strip()
            elif line.strip() and not line.startswith("# "):
                columns = line.rstrip("\r\n").split("\t")
                if len(columns) < 3:
                    raise CorpusError(f"{path}:{number}: {len(columns)} columns, at least 3 wanted")
                words.append((columns[1], columns[2]))
            elif not line.strip() and words:
                yield sentence_id, words
                words = []


def _same_words(
    tagged: list[tuple[str, str]], window: Sequence[TreebankWord], rest: Sequence[TreebankWord]
) -> bool:
    same = [text for text, _ in tagged] == [word.text for word in window]
    return same and (not rest or rest[0].starts_sentence)


def _uner_mask(tag: str, word: TreebankWord, outside: int, *, has_others: bool) -> int:
    prefix, _, label = tag.partition("-")
    if label in _UNER_LABELS:
        return sum(TAG_BIT[f"{prefix}-{ours}"] for ours in _UNER_LABELS[label])
    if not _is_capitalised(word) or word.text.lower() in _TITLES or _CALENDAR.fullmatch(word.text):
        return outside
    if not has_others:
        return outside | _both("NORP", "MISC", "PRODUCT")
    if word.syntax.xpos == "NNP":  # OTH misses events and products
        return outside | _both("MISC", "PRODUCT")
    return outside | _both("NORP") if word.syntax.xpos in {"NNPS", "JJ"} else outside


def _outside_masks(words: Sequence[TreebankWord]) -> list[int]:
    """Return the mask of a word outside all names, where neither dates nor sums of money are annotated."""
    dates = _near(words, _TIME_WORD)
    money = _near(words, _CURRENCY)
    return [
        _OUTSIDE | (_both("DATE") if date else 0) | (_both("MONEY") if sum_of_money else 0)
        for date, sum_of_money in zip(dates, money, strict=True)
    ]


def _near(words: Sequence[TreebankWord], pattern: re.Pattern[str]) -> list[bool]:
    near = [False] * len(words)
    for index, word in enumerate(words):
        if word.syntax.upos not in _NEVER_A_DATE and pattern.fullmatch(word.text):
            first, last = max(0, index - _REACH), min(len(words), index + _REACH + 1)
            near[first:last] = [True] * (last - first)
    return [flag and word.syntax.upos not in _NEVER_A_DATE for flag, word in zip(near, words, strict=True)]


def _is_capitalised(word: TreebankWord) -> bool:
    return word.text[:1].isupper()


def _both(*labels: str) -> int:
    return _begin(*labels) | _inside(*labels)


def _begin(*labels: str) -> int:
    return sum(TAG_BIT[f"B-{label}"] for label in labels)


def _inside(*labels: str) -> int:
    return sum(TAG_BIT[f"I-{label}"] for label in labels)


# --- GUM -------------------------------------------------------------------------------------------------

_ENTITY_BRACKET = re.compile(r"\((\d+)-([^()]*)(\))?|(\d+)\)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of GUM: words ``[start, end)`` of a document."""

    start: int
    end: int
    type: str
    title: str  # of a Wikipedia article, or nothing


def read_gum(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the documents of GUM, their names cut out of its mentions of every kind."""
    paths = sorted((root / "amir-zeldes+gum/dep" / part).glob("*.conllu"))
    documents = [(document, find_mentions(document)) for path in paths for document in read_conllu(path)]
    places = {
        key
        for document, mentions in documents
        for mention in mentions
        if mention.type == "place"
        for key in (mention.title, _text_of(document.words[mention.start : mention.end]))
    }
    for document, mentions in documents:
        yield _treebank_sample("gum", document, _gum_masks(document.words, mentions, places - {""}))


def find_mentions(document: TreebankDocument) -> list[Mention]:
    """Return the document's mentions, longest first; a bracket without its partner is dropped."""
    opened: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    mentions: list[Mention] = []
    for index, word in enumerate(document.words):
        for new_id, fields, closed, old_id in _ENTITY_BRACKET.findall(word.entity):
            if new_id:
                opened[new_id].append((index, fields.split("-", 6)))
            entity_id = new_id if closed else old_id
            if entity_id and opened[entity_id]:
                start, values = opened[entity_id].pop()
                title = values[6] if len(values) > 6 else ""
                mentions.append(Mention(start, index + 1, values[0], title))
    return sorted(mentions, key=lambda mention: (mention.start - mention.end, mention.start))


def _gum_masks(words: Sequence[TreebankWord], mentions: Sequence[Mention], places: set[str]) -> list[int]:
    masks: list[int | None] = [None] * len(words)
    for mention in mentions:
        if mention.type != "time" and (name := _name_in_mention(words, mention, mentions)):
            start, end = name
            if all(mask is None for mask in masks[start:end]):
                masks[start:end] = _name_masks(words[start:end], mention, places)
    for mention in mentions:
        if mention.type == "time":
            _mark_time(words, mention, masks)
    money = _near(words, _CURRENCY)
    outside = [_unnamed_mask(words, index) for index in range(len(words))]
    return [
        mask if mask is not None else free | (_both("MONEY") if near else 0)
        for mask, free, near in zip(masks, outside, money, strict=True)
    ]


def _name_in_mention(
    words: Sequence[TreebankWord], mention: Mention, mentions: Sequence[Mention]
) -> tuple[int, int] | None:
    """Return the words ``[start, end)`` of the mention that are its name, if it is named at all."""
    start, end = mention.start, mention.end
    if _is_title(words[start:end], mention.title):
        return start, end
    while start < end - 1 and words[start].syntax.xpos in {"DT", "PRP$"}:
        start += 1
    if _is_title(words[start:end], mention.title):
        return start, end
    head = _head_of(words, mention)
    if words[head].syntax.xpos not in _PROPER:
        return None
    inner = [m for m in mentions if start <= m.start and m.end <= end and not m.start <= head < m.end]
    connectors = {"-"} if mention.type == "person" else _CONNECTORS
    first, last = _proper_run(words, (start, end), head, connectors, inner)
    if mention.type == "person":
        first = _without_titles(words, first, last, head, inner)
    return (first, last) if first < last and not _only_titles(words[first:last]) else None


def _is_title(words: Sequence[TreebankWord], title: str) -> bool:
    """Return whether the words are a Wikipedia article's title, as a name is written."""
    plain = re.sub(r"\s*\(.*\)$", "", unquote(title).replace("_", " ")).casefold()
    named = any(word.syntax.xpos in _PROPER for word in words) or sum(map(_is_capitalised, words)) > 1
    return bool(title) and named and _text_of(words).casefold() == plain


def _text_of(words: Sequence[TreebankWord]) -> str:
    return "".join(" " * (word.gap != NO_GAP) + word.text for word in words).strip()


def _head_of(words: Sequence[TreebankWord], mention: Mention) -> int:
    span = range(mention.start, mention.end)
    return next((index for index in span if words[index].syntax.head not in span), mention.start)


def _proper_run(
    words: Sequence[TreebankWord],
    span: tuple[int, int],
    head: int,
    connectors: Iterable[str],
    inner: Sequence[Mention],
) -> tuple[int, int]:
    """Return the run of proper nouns, numerals and connectors around the head, no connector at its ends.

    A conjunction before another mention joins two names, a possessive after one owns the name: both stop it.
    """
    begins, ends = {m.start for m in inner}, {m.end for m in inner}

    def joins(index: int) -> bool:
        text = words[index].text.lower()
        if text in {"and", "&"} and (begins & {index + 1, index + 2} or index in ends):
            return False
        if text in {"'s", "’s"} and index in ends:
            return False
        return words[index].syntax.xpos in _PROPER | {"CD"} or text in connectors

    first, last = head, head + 1
    while first > span[0] and joins(first - 1):
        first -= 1
    while last < span[1] and joins(last):
        last += 1
    while first < head and words[first].text.lower() in _CONNECTORS:
        first += 1
    while last > head + 1 and words[last - 1].text.lower() in _CONNECTORS:
        last -= 1
    return first, last


def _without_titles(
    words: Sequence[TreebankWord], first: int, last: int, head: int, inner: Sequence[Mention]
) -> int:
    """Return where a person's name starts, after offices and after the names of what the office is of."""
    for index in range(first, last - 1):
        word = words[index]
        if word.text.lower() in _TITLES or (index < head and word.syntax.deprel == "nmod:desc"):
            first = index + 1
    return max([first, *(m.end for m in inner if first <= m.start and m.end <= head)])


def _only_titles(words: Sequence[TreebankWord]) -> bool:
    return all(word.text.lower() in _TITLES or word.text.lower() in _CONNECTORS for word in words)


def _name_masks(name: Sequence[TreebankWord], mention: Mention, places: set[str]) -> list[int]:
    labels = _gum_labels(name, mention, places)
    if not labels:
        return [ANY_TAG] * len(name)
    # without a title an abstract head may be a mere "Table 2" or "Section 3"
    unsure = _OUTSIDE if mention.type == "abstract" and not mention.title else 0
    return [unsure | (_inside if offset else _begin)(*labels) for offset in range(len(name))]


def _gum_labels(name: Sequence[TreebankWord], mention: Mention, places: set[str]) -> tuple[str, ...]:
    people = name[-1].syntax.xpos == "NNPS"  # "Americans" as well as "the Smiths"
    match mention.type:
        case "person":
            return ("PERSON", "NORP") if people else ("PERSON",)
        case "organization" if places & {
            mention.title,
            _text_of(name),
        }:  # a country that acts is still a place to us
            return ("ORG", "LOC")
        case "organization":
            return ("ORG", "NORP") if people and len(name) == 1 else ("ORG",)
        case "place":
            return ("LOC", "FAC")
        case "object":
            return ("PRODUCT", "MISC")
        case "event":
            return ("MISC",)
        case "abstract":
            return ("MISC", "PRODUCT", "NORP")
        case _:
            return ()


def _mark_time(words: Sequence[TreebankWord], mention: Mention, masks: list[int | None]) -> None:
    """Mark a mention of time as a date, if it says so plainly and names nothing else, or as perhaps one."""
    start, end = mention.start, mention.end
    span = words[start:end]
    if all(mask is None for mask in masks[start:end]) and _is_plain_date(span):
        determiner = int(span[0].syntax.xpos in {"DT", "IN"} and len(span) > 1)
        masks[start:end] = [_begin("DATE"), *[_inside("DATE")] * (len(span) - 1)]
        if determiner:
            masks[start : start + 2] = [_OUTSIDE | _begin("DATE"), _both("DATE")]
        return
    for index in range(start, end):
        if masks[index] is None:
            masks[index] = _OUTSIDE | _both("DATE")


def _is_plain_date(words: Sequence[TreebankWord]) -> bool:
    return (
        len(words) <= 8
        and any(_CALENDAR.fullmatch(word.text) for word in words)
        and not any(_CLOCK.fullmatch(word.text) or word.syntax.upos in _NEVER_A_DATE for word in words)
    )


def _unnamed_mask(words: Sequence[TreebankWord], index: int) -> int:
    word = words[index]
    if _CALENDAR.fullmatch(word.text) and word.syntax.upos not in _NEVER_A_DATE:
        return _OUTSIDE | _both("DATE")
    if not _is_capitalised(word) or word.text.lower() in _TITLES:
        return _OUTSIDE
    if word.syntax.xpos in _PROPER:
        return ANY_TAG
    return _OUTSIDE | _both("NORP") if word.syntax.xpos == "JJ" else _OUTSIDE


# --- PolNeAR ---------------------------------------------------------------------------------------------

_WHITESPACE = re.compile(r"\s+")
CharSpans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CharAttribution:
    """An attribution as brat has it: characters ``[start, end)`` of its parts, several pieces each."""

    source: CharSpans = ()
    cue: CharSpans = ()
    content: CharSpans = ()


def read_polnear(root: Path, part: Part) -> Iterator[Sample]:
    """Yield the articles of PolNeAR, each with the annotator who found most."""
    folder = root / "networkdynamics+PolNeAR/data" / part
    by_article: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_article[path.stem.rpartition("_")[0]].append(path)
    for text_path in sorted((folder / "text").glob("*.txt")):
        readings = [read_standoff(path) for path in by_article[text_path.stem]]
        if readings:
            yield _article_sample(text_path, max(readings, key=len))  # the first of equals


def read_standoff(path: Path) -> list[CharAttribution]:
    """Return the attributions of a brat file; notes and torn lines are passed over."""
    spans: dict[str, CharSpans] = {}
    events: list[str] = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.rstrip("\r\n").split("\t")
            if re.fullmatch(r"T\d+", columns[0]) and len(columns) > 1:
                spans[columns[0]] = _char_spans(path, number, columns[1])
            elif re.fullmatch(r"E\d+", columns[0]) and len(columns) > 1:
                events.append(columns[1])
    found = [_char_attribution(event, spans) for event in events]
    return [attribution for attribution in found if attribution != CharAttribution()]


def _char_spans(path: Path, number: int, cell: str) -> CharSpans:
    try:
        pieces = [piece.split() for piece in cell.split(" ", 1)[1].split(";")]
        return tuple((int(start), int(end)) for start, end in pieces)
    except (ValueError, IndexError) as error:
        raise CorpusError(f"{path}:{number}: {cell!r} does not name characters") from error


def _char_attribution(event: str, spans: dict[str, CharSpans]) -> CharAttribution:
    parts: defaultdict[str, CharSpans] = defaultdict(tuple)
    for argument in event.split()[1:]:
        role, _, span_id = argument.partition(":")
        parts[role.rstrip("0123456789")] += spans.get(span_id, ())
    return CharAttribution(parts["Source"], parts["Cue"], parts["Content"])


def _article_sample(text_path: Path, attributions: Sequence[CharAttribution]) -> Sample:
    text = text_path.read_bytes().decode("utf-8")  # as bytes: offsets count every character of a line's end
    words, starts = _tokenize(text)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    word_at = _words_at(len(text), words, starts)
    between = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
    gold = (
        GoldAttribution(*(_words_in(spans, word_at) for spans in (found.source, found.cue, found.content)))
        for found in attributions
    )
    return Sample(
        corpus="polnear",
        id=text_path.stem,
        words=tuple(words),
        gaps=(NO_GAP, *map(_gap, between))[: len(words)],
        attributions=tuple(sorted(set(gold) - {GoldAttribution((), (), ())}, key=_first_word)),
    )


@cache
def _english() -> Language:
    return spacy.blank("en")


def _tokenize(text: str) -> tuple[list[str], list[int]]:
    """Return the words of a text and where each starts, blank ones left out."""
    tokens = [token for token in _english().tokenizer(text) if not token.is_space]
    return [token.text for token in tokens], [token.idx for token in tokens]


def _gap(between: str) -> int:
    if "\n" in between or "\r" in between:
        return LINE_BREAK
    return SPACE if _WHITESPACE.search(between) else NO_GAP


def _words_at(length: int, words: Sequence[str], starts: Sequence[int]) -> list[int]:
    """Return the index of the word at each character, -1 between words."""
    word_at = [-1] * length
    for index, (word, start) in enumerate(zip(words, starts, strict=True)):
        word_at[start : start + len(word)] = [index] * len(word)
    return word_at


def _words_in(spans: CharSpans, word_at: Sequence[int]) -> tuple[int, ...]:
    """Return the words that share a character with any of the spans."""
    return tuple(sorted({index for start, end in spans for index in word_at[start:end]} - {-1}))


def _first_word(attribution: GoldAttribution) -> tuple[int, ...]:
    return tuple(sorted(attribution.cue + attribution.source + attribution.content))
