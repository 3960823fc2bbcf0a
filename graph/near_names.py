"""Names that come near one that nothing bears, for the message that says so. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MAX_CANDIDATES = 8
_LEAST = 0.7  # likeness, of difflib


def unknown(written: str, names: Iterable[str]) -> str:
    """Return that no entity is called so, with the names that come near: other capitals, a letter, a part."""
    plain = _plain(written)
    by_form: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_form.setdefault(_plain(name), []).append(name)
    near = [plain] if plain in by_form else get_close_matches(plain, by_form, MAX_CANDIDATES, _LEAST)
    parts = (form for form in by_form if plain in form.split())
    known = [name for form in dict.fromkeys((*near, *parts)) for name in by_form[form]]
    told = ", ".join(map(repr, known[:MAX_CANDIDATES]))
    mend = f"did you mean {told}?" if told else "'newsgraph query top_entities' shows how some are called"
    return f"no entity of the graph is called {written!r}; {mend}"


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
