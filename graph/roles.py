"""What an article says that a person is, by the words beside the name, and in which fields. Pure.

A post or trade counts only where it is said of the person: as the last word before the name ("the lawyer Ann
Berg"), as the head of what stands in commas behind it ("Ann Berg, a lawyer at Norvik,"). "The judge told Ann
Berg" says nothing of her.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile

from graph.word_lists import pairs_of

_BEFORE, _AFTER = 40, 80  # characters in which they stand
_IN_FULL = {
    "sen": "senator",
    "rep": "representative",
    "gov": "governor",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain",
    "sgt": "sergeant",
    "adm": "admiral",
    "prof": "professor",
    "rev": "reverend",
}
_ABBREVIATION = re.compile(rf"\b({'|'.join(_IN_FULL)})\.(?=\s)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;:\n](?:\s|$)")
_ENDS_A_HEAD = frozenset(
    [
        *("of", "for", "in", "at", "from", "to", "with", "on", "under", "since", "until", "by", "after"),
        *("before", "who", "whom", "whose", "which", "that", "when", "where", "and", "or", "but"),
    ]
)
_BEHIND_A_POST = frozenset(["general", "elect", "designate", "emeritus", "now", "then", "chief"])
_OF_STATE = re.compile(r"\bsecretary of state$", re.IGNORECASE)
_ANYBODY = "anybody"


def roles_beside(text: str, start: int, end: int) -> list[str]:
    """Return what the words around a name say that its bearer is."""
    before = _ABBREVIATION.sub(_in_full, text[max(0, start - _BEFORE) : start]).rstrip()
    before = _OF_STATE.sub("secretary", _SENTENCE_END.split(before)[-1])
    found = [role_at_end(_words(before), is_plural_too=False)] if before[-1:].isalpha() else []
    after = _SENTENCE_END.split(text[end : end + _AFTER])[0].lstrip()
    if after.startswith(", "):
        found.append(role_of(after[2:].partition(",")[0]))
    return [role for role in found if role]


def role_of(phrase: str) -> str:
    """Return what a phrase calls somebody: "chairman of the Joint Chiefs" -> "chairman"; "" if nothing."""
    head = takewhile(lambda word: word not in _ENDS_A_HEAD, _words(phrase))
    return role_at_end(list(head))


def role_at_end(words: Sequence[str], *, is_plural_too: bool = True) -> str:
    """Return the role that ends some words: secretary general -> secretary; "" if none does."""
    if len(words) > 1 and words[-1] in _BEHIND_A_POST and words[-2] in fields_of_roles():
        words = words[:-1]
    last = words[-1] if words else ""
    if is_plural_too and last not in fields_of_roles():
        last = last.removesuffix("s")
    return last if last in fields_of_roles() else ""


def fields_of(roles: Iterable[str]) -> frozenset[str]:
    """Return the fields in which somebody of some roles is; none for what anybody can be."""
    return _fields_of(tuple(roles))


@lru_cache(maxsize=4096)  # asked of each of two people by several features
def _fields_of(roles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        field for role in roles for field in fields_of_roles().get(role, ()) if field != _ANYBODY
    )


@lru_cache(maxsize=4096)  # and of each two clusters, whenever two others are joined
def are_unlike(some: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether hardly anybody is in one of some fields and in one of others: politics, sport."""
    near = _near_fields()
    return bool(some and others) and not any((one, other) in near for one in some for other in others)


def _in_full(abbreviation: re.Match[str]) -> str:
    return _IN_FULL[abbreviation[1].casefold()]


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


@lru_cache(maxsize=1)
def fields_of_roles() -> Mapping[str, frozenset[str]]:
    """Return the fields in which a role can be had: "striker" -> {"sport"}."""
    found: dict[str, frozenset[str]] = {}
    for field, roles in pairs_of("fields.tsv"):
        for role in roles.split():
            found[role] = found.get(role, frozenset()) | {field}
    return found


@lru_cache(maxsize=1)
def _near_fields() -> frozenset[tuple[str, str]]:
    pairs = {(field, other) for field, others in pairs_of("near_fields.tsv") for other in others.split()}
    same = {(field, field) for fields in fields_of_roles().values() for field in fields}
    return frozenset(same | pairs | {(other, field) for field, other in pairs})
