"""The words of a text as they are compared with those of another. Pure.

What outlets change in passing is gone: letter case, quotation marks, dashes, white space, where paragraphs
begin, "U.S." or "US". So are the lines to pass over, the dateline that opens a report and the lines that tell
who wrote it or helped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from newsgraph.datelines import dateline_of
from newsgraph.records import Article

OPENING_LINES = 3  # a dateline stands in the first of them that are not passed over

_CREDIT = re.compile(
    r"\(?(?:additional |with )?(?:reporting|writing|editing|compiled|translated) by\b.{1,200}"
    r"|(?-i:By(?:(?:,| and|) [A-Z][\w.'’-]+){1,9})"
    r"|.{1,120}\bcontributed (?:to|reporting)\b.{0,80}"
    r"|(?:with|source|from)\b:? .{0,40}\b(?:reuters|ap|afp|associated press|agencies|wires?)\b.{0,30}"
    r"|(?:by )?(?:reuters|ap|afp|the associated press|agence france-presse|agencies|staff)"
    r"(?: staff| reporters?)?\.?"
    r"|©.{1,100}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[.,'’]\w+)*")
_INSIDE_WORDS = str.maketrans("", "", ".,'’_")


def words_of(article: Article) -> list[str]:
    """Return the words of an article's own text, in order."""
    return [word for line in _own_lines(article) for word in words_in(line)]


def words_in(text: str) -> list[str]:
    """Return the words of any text: "The U.S. ship’s" -> the, us, ships."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word for match in _WORD.finditer(plain) if (word := match[0].translate(_INSIDE_WORDS))]


def _own_lines(article: Article) -> Iterator[str]:
    number = 0
    for line in own_text(article).splitlines():
        stripped = line.strip()
        if not stripped or _CREDIT.fullmatch(stripped):
            continue
        dateline = dateline_of(stripped) if number < OPENING_LINES else None
        yield stripped[dateline.end :] if dateline else stripped
        number += 1


def own_text(article: Article) -> str:
    """Return an article's text without header lines and boilerplate."""
    kept, end = [], 0
    for span in article.skipped:
        kept.append(article.text[end : span.start])
        end = span.end
    return "".join((*kept, article.text[end:]))
