"""GUM (tags, trees, sentences, names and links from ``Entity=``), https://gucorpling.org/gum/."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import unquote

from extractors.training.conllu import (
    CALENDAR,
    CURRENCY,
    NEVER_A_DATE,
    OUTSIDE,
    TITLES,
    TreebankDocument,
    TreebankWord,
    begin,
    both,
    inside,
    is_capitalised,
    near_words,
    read_conllu,
    treebank_sample,
)
from extractors.training.coreference import brackets_of, find_gold_mentions
from extractors.training.samples import ANY_TAG, NO_GAP, GoldLink, Part, Sample

_PROPER = frozenset({"NNP", "NNPS"})
_CONNECTORS = frozenset({"of", "the", "and", "&", "for", "-", "'s", "’s"})
_CLOCK = re.compile(
    r"\d{1,2}:\d\d.*|[ap]\.?m\.?|o'clock|noon|midnight|hours?|minutes?|seconds?", re.IGNORECASE
)


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
        masks = _gum_masks(document.words, mentions, places - {""})
        yield replace(treebank_sample("gum", document, masks), links=find_links(document))


def find_links(document: TreebankDocument) -> tuple[GoldLink, ...]:
    """Return what each mention's head word refers back to: any head of an earlier mention of its thing."""
    before: defaultdict[str, list[int]] = defaultdict(list)
    links = []
    for mention in sorted(find_gold_mentions(document), key=lambda one: one.head):
        earlier = before[mention.thing]
        if mention.head not in earlier:
            links.append(GoldLink(mention.head, tuple(earlier) or (mention.head,)))
            earlier.append(mention.head)
    return tuple(links)


def find_mentions(document: TreebankDocument) -> list[Mention]:
    """Return the document's mentions, longest first; a bracket without its partner is dropped."""
    mentions = [
        Mention(start, end, values[0], values[6] if len(values) > 6 else "")
        for start, end, _, values in brackets_of(document)
    ]
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
    money = near_words(words, CURRENCY)
    outside = [_unnamed_mask(words, index) for index in range(len(words))]
    return [
        mask if mask is not None else free | (both("MONEY") if near else 0)
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
    named = any(word.syntax.xpos in _PROPER for word in words) or sum(map(is_capitalised, words)) > 1
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
        if word.text.lower() in TITLES or (index < head and word.syntax.deprel == "nmod:desc"):
            first = index + 1
    return max([first, *(m.end for m in inner if first <= m.start and m.end <= head)])


def _only_titles(words: Sequence[TreebankWord]) -> bool:
    return all(word.text.lower() in TITLES or word.text.lower() in _CONNECTORS for word in words)


def _name_masks(name: Sequence[TreebankWord], mention: Mention, places: set[str]) -> list[int]:
    labels = _gum_labels(name, mention, places)
    if not labels:
        return [ANY_TAG] * len(name)
    # without a title an abstract head may be a mere "Table 2" or "Section 3"
    unsure = OUTSIDE if mention.type == "abstract" and not mention.title else 0
    return [unsure | (inside if offset else begin)(*labels) for offset in range(len(name))]


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
        masks[start:end] = [begin("DATE"), *[inside("DATE")] * (len(span) - 1)]
        if determiner:
            masks[start : start + 2] = [OUTSIDE | begin("DATE"), both("DATE")]
        return
    for index in range(start, end):
        if masks[index] is None:
            masks[index] = OUTSIDE | both("DATE")


def _is_plain_date(words: Sequence[TreebankWord]) -> bool:
    return (
        len(words) <= 8
        and any(CALENDAR.fullmatch(word.text) for word in words)
        and not any(_CLOCK.fullmatch(word.text) or word.syntax.upos in NEVER_A_DATE for word in words)
    )


def _unnamed_mask(words: Sequence[TreebankWord], index: int) -> int:
    word = words[index]
    if CALENDAR.fullmatch(word.text) and word.syntax.upos not in NEVER_A_DATE:
        return OUTSIDE | both("DATE")
    if not is_capitalised(word) or word.text.lower() in TITLES:
        return OUTSIDE
    if word.syntax.xpos in _PROPER:
        return ANY_TAG
    return OUTSIDE | both("NORP") if word.syntax.xpos == "JJ" else OUTSIDE
