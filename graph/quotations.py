"""What an attribution gives word for word, so that the same quotation is known in other articles. Pure.

Outlets print more or less of what somebody said, and put their "he said" elsewhere; so sentences are
compared, not whole quotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.plain_words import words_in
from newsgraph.records import Attribution

MIN_WORDS = 8  # fewer words two people can say without one having it from the other

_MARKS = "\"“”„«»‘’'"
# A single mark opens only before a word and closes only after one: "don't" has none.
_QUOTED = re.compile(
    r"[\"“„«]([^\"“”„«»]+)(?:[\"”»]|(?=“)|$)|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w))+)[’'](?!\w)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b(?:Mr|Ms|Dr|St)\.)[\"”’»]*\s+")
_INTERRUPTED = re.compile(r"[.!?…]\W*$")


def quotations_in(attribution: Attribution, text: str) -> list[str]:
    """Return the sentences that an attribution gives word for word, as plain words, each once.

    “We know,” he said, “that it was no accident. It was done on purpose, for all to see.” ->
        ["we know that it was no accident", "it was done on purpose for all to see"]

    Args:
        attribution: Of indirect speech, nothing is given word for word.
        text: The article's, in which its spans count.
    """
    if attribution.speech == "indirect":
        return []
    sentences = (words_in(one) for one in _SENTENCE_END.split(_quoted(attribution, text)))
    return list(dict.fromkeys(" ".join(words) for words in sentences if len(words) >= MIN_WORDS))


def _quoted(attribution: Attribution, text: str) -> str:
    """Return what is given word for word, as it was before somebody put a "he said" between."""
    parts: list[str] = []
    before = attribution.content[0].start if attribution.content else 0
    for start, end in attribution.content:
        if _INTERRUPTED.search(text[before:start]):
            parts.append(".")  # “A first one,” he said. “A second one.” are two
        parts += [text[start:end]] if attribution.speech == "direct" else _marked(text, start, end)
        before = end
    return " ".join(parts)


def _marked(text: str, start: int, end: int) -> Iterator[str]:
    """Yield what stands in quotation marks, which may lie just outside of a span."""
    start -= start > 0 and text[start - 1] in _MARKS
    end += text[end : end + 1] in (*_MARKS,)
    for match in _QUOTED.finditer(text[start:end]):
        yield match[1] or match[2]
