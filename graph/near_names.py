"""Names that come near one that nothing bears, for the message that says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_CANDIDATES = 8
_LEAST = 0.7  # likeness, of difflib


def unknown(written: str, names: Iterable[str]) -> str:
    """Return that no entity is called so, with the names that come near."""
    told = ", ".join(map(repr, near(written, names)))
    mend = f"did you mean {told}?" if told else "'newsgraph query top_entities' shows how some are called"
    return f"no entity of the graph is called {written!r}; {mend}"


def near(written: str, names: Iterable[str]) -> list[str]:
    """Return the names that differ by their capitals or else by a letter or two, and those with this word."""
    plain = _plain(written)
    by_form: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_form.setdefault(_plain(name), []).append(name)
    like = [plain] if plain in by_form else get_close_matches(plain, by_form, MAX_CANDIDATES, _LEAST)
    parts = (form for form in by_form if plain in form.split())
    found = [name for form in dict.fromkeys((*like, *parts)) for name in by_form[form]]
    return found[:MAX_CANDIDATES]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
