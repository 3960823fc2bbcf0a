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

# A single mark opens only after a space and closes only before none of a word's letters: "don't" has none.
_QUOTED = re.compile(
    r"[\"“„«]([^\"“”„«»]+)(?:[\"”»]|(?=“)|$)|(?<!\w)[‘']((?:[^‘’']|(?<=\w)[’'](?=\w))+)[’'](?!\w)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b(?:Mr|Ms|Dr|St)\.)\s+")
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
    """Return what stands in quotation marks, as it was before somebody put a "he said" between."""
    parts: list[str] = []
    before = attribution.content[0].start if attribution.content else 0
    for start, end in attribution.content:
        if _INTERRUPTED.search(text[before:start]):
            parts.append(".")  # “A first one,” he said. “A second one.” are two
        parts += _marked(text[start:end])
        before = end
    return " ".join(parts)


def _marked(words: str) -> Iterator[str]:
    for match in _QUOTED.finditer(words):
        yield (match[1] or match[2]).strip()
