"""Letters without their accents: by them names are compared and found."""

from __future__ import annotations

import unicodedata


def without_accents(text: str) -> str:
    """Return a text in NFKD without what only marks its letters: "Ichiyō" -> "Ichiyo".

    What is no letter with an accent to Unicode stays: "Łódź" -> "Łodz".
    """
    if text.isascii():
        return text
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
