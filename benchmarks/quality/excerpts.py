"""Places of a text shown to a reader, for samples of errors."""

from __future__ import annotations

from collections.abc import Iterable

_AROUND = 60  # characters shown on either side
_LONGEST = 160  # of a role's words


def excerpt(text: str, start: int, end: int, around: int = _AROUND) -> str:
    """Return a place on one line, marked: "… sailed from [[Port Vale]] at dawn …"."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return " ".join(f"{before}[[{text[start:end]}]]{after}".split())


def words_at(text: str, spans: Iterable[tuple[int, int]], longest: int = _LONGEST) -> str:
    """Return what stands at the spans, on one line; of long ones their begin and end."""
    joined = " … ".join(" ".join(text[start:end].split()) for start, end in spans) or "–"
    half = longest // 2
    return joined if len(joined) <= longest else f"{joined[:half]} [..] {joined[-half:]}"
