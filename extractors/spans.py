"""Tokens to characters: the small geometry that all later steps share. Nothing here reads a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extractors.words import Doc, Token
from newsgraph.accents import without_accents
from newsgraph.records import TextSpan

_MODIFIERS = frozenset(
    {"det", "amod", "compound", "nmod:poss", "nummod", "nmod:desc", "flat", "punct", "advmod"}
)
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "&"})


def text_span(doc: Doc, start: int, end: int) -> TextSpan:
    """Return the characters of tokens ``[start, end)``, outer white space left out.

    Raises:
        ValueError: If there is nothing but white space.
    """
    tokens = doc.tokens
    while start < end and (first := tokens[start]).is_space:
        start += 1
    while start < end and (last := tokens[end - 1]).is_space:
        end -= 1
    if start >= end:
        raise ValueError("a span of white space only")
    return TextSpan(first.idx, last.idx + len(last.text))


def words_at(doc: Doc, start: int, end: int) -> str:
    """Return the text of tokens ``[start, end)``, at least one; asked for often, so no span is made."""
    tokens = doc.tokens
    last = tokens[end - 1]
    return doc.text[tokens[start].idx : last.idx + len(last.text)]


def runs_of(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return the runs ``(start, end)`` of consecutive numbers.

    runs_of([3, 4, 5, 9]) -> [(3, 6), (9, 10)]
    """
    runs: list[tuple[int, int]] = []
    start = end = -1
    for place in sorted(places):
        if place != end:
            if end >= 0:
                runs.append((start, end))
            start = place
        end = place + 1
    if end >= 0:
        runs.append((start, end))
    return runs


def name_around(doc: Doc, place: int) -> range:
    """Return the words of the name that a word stands in; of one that is none itself."""
    tokens = doc.tokens
    if tokens[place].ent_iob_ not in {"B", "I"}:
        return range(place, place + 1)
    start = place
    while start > 0 and tokens[start].ent_iob_ == "I":
        start -= 1
    return range(start, end_of_marked(doc, place))


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """Return what the words of a name are compared by.

    name_words("U.S. European Command") -> ("us", "european", "command")
    name_words("Ichiyō Higuchi") -> ("ichiyo", "higuchi")
    """
    plain = without_accents(name)
    return tuple(re.sub(r"[^\w]", "", word).casefold() for word in plain.split() if word.strip("-–.,"))


def end_of_marked(doc: Doc, start: int) -> int:
    """Return where the marked name ends that begins at a token; behind the token, if none does."""
    end, tokens = start + 1, doc.tokens
    while end < len(tokens) and tokens[end].ent_iob_ == "I":
        end += 1
    return end


def initials_of(words: Sequence[str], *, least: int = 3) -> set[str]:
    """Return the acronyms of three letters (``least``) and more that a name (of name_words) may have.

    initials_of(("mohammed", "bin", "salman")) -> {"mbs"}
    initials_of(("ministry", "of", "state", "security")) -> {"moss", "mss"}
    """
    forms = ("".join(word[:1] for word in some) for some in (words, [x for x in words if x not in _SMALL]))
    return {form for form in forms if len(form) >= least}


def phrase_before(head: Token) -> int:
    """Return where the noun phrase of ``head`` begins: with its modifiers that stand without a break."""
    start, tokens = head.i, head.doc.tokens
    while start > 0 and (top := _top(tokens[start - 1], head)) is not None and top.dep_ in _MODIFIERS:
        start -= 1
    while start < head.i and _opens_no_phrase(tokens[start]):
        start += 1
    return start


def _opens_no_phrase(token: Token) -> bool:
    return token.is_punct or token.is_space or token.pos_ == "ADP" or token.lower_ in {"not", "n't", "n’t"}


def _top(token: Token, head: Token) -> Token | None:
    """Return the child of ``head`` above ``token`` (or the token itself), None if it hangs elsewhere."""
    while token.head != head:
        if token.head == token:
            return None
        token = token.head
    return token


def paragraphs(doc: Doc, skipped: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the tokens ``(start, end)`` of each line that is not passed over, white space left out."""
    start = 0
    for token in doc.tokens:
        if token.is_space and ("\n" in token.text or "\r" in token.text):
            yield from _line(doc, start, token.i, skipped)
            start = token.i + 1
    yield from _line(doc, start, len(doc), skipped)


def _line(doc: Doc, start: int, end: int, skipped: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    def is_passed_over(place: int) -> bool:
        return doc[place].is_space or any(begin <= doc[place].idx < stop for begin, stop in skipped)

    while start < end and is_passed_over(start):
        start += 1
    while start < end and is_passed_over(end - 1):
        end -= 1
    if start < end:
        yield start, end
