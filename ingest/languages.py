"""Which language a text is written in, as far as it matters here: is it English?

By py3langid, a trained model inside its package that gives the same answer for the same text anywhere.
English full of foreign names must not be lost, so a text is another language's only where the model all but
rules out English.
What was measured: docs/decisions/0019-fetched-text-and-schedules.md.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE_CHARS = 4000  # of a text: more tells no more and costs
LEAST_BYTES = (
    100  # of UTF-8: in some fifteen words, or thirty Chinese signs, nobody mistakes names for a language
)
LEAST_ENGLISH = 0.001  # probability of English under which a text is another language's
# Words that no other language has as often: with a tenth of these the model is not asked, which spares most
# runs its second of loading.
_ENGLISH_WORDS = frozenset(
    ("the", "of", "and", "that", "with", "was", "were", "from", "by", "which", "said", "has", "have", "this")
)
ENGLISH_WORDS_SHARE = 0.1
_WORD = re.compile(r"\w+")


def language_of(text: str) -> str:
    """Return the ISO 639 code of the language that ``text`` is in; "en" unless it is surely another's."""
    sample = text[:SAMPLE_CHARS]
    words = _WORD.findall(sample.lower())
    if len(sample.encode()) < LEAST_BYTES or is_plainly_english(words):
        return "en"
    ranked = _identifier().rank(sample)
    return "en" if dict(ranked)["en"] >= LEAST_ENGLISH else str(ranked[0][0])


def is_plainly_english(words: list[str]) -> bool:
    """Say whether so many of the words, in lower case, are English ones that nothing else can be meant."""
    return sum(word in _ENGLISH_WORDS for word in words) >= ENGLISH_WORDS_SHARE * len(words) > 0


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # here: it costs a second

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
