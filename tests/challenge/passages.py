"""The challenge set: passages of our own with what a careful reader would mark in them. Format: README.md.

Every string of the annotations is looked up in its passage's text, once, while it is loaded: from here on
there are only characters ``[start, end)``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from newsgraph.records import EntityType, Modality, Speech, Stance, TextSpan

FOLDER = Path(__file__).with_name("passages")
VALUES = frozenset({"DATE", "MONEY"})
ANYTHING = "*"  # as a predicate of ``absent``
_ANYBODY = "?"  # as the cue of a relation
_NO_NAME = "-"  # among the labels of a name that may be left out
_CHOICES = {
    "stance": frozenset(get_args(Stance)),
    "speech": frozenset(get_args(Speech)),
    "modality": frozenset(get_args(Modality)),
    "label": frozenset(get_args(EntityType)),
}


class PassageError(ValueError):
    """A passage is annotated wrongly; the message begins with its category and id."""


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name or a value with the labels that are right; ``is_optional``: to leave it out is right, too."""

    span: TextSpan
    labels: frozenset[str]
    is_optional: bool


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """Who says what. Of speaker and via ``None`` means not judged, an empty tuple that there must be none."""

    source: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...]
    content: tuple[TextSpan, ...]
    stance: str | None = None
    speech: str | None = None
    speaker: tuple[TextSpan, ...] | None = None
    via: tuple[TextSpan, ...] | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class GoldRelation:
    """Who did what to whom, each party at one of its mentions."""

    subject: TextSpan
    predicate: str
    object: TextSpan
    cue: tuple[TextSpan, ...] = ()  # of the attribution that it stands in; empty: the article's own voice
    negated: bool = False
    modalities: frozenset[str] = frozenset({"actual"})  # each of them is right
    is_optional: bool = False
    is_anybodys: bool = False  # whose it is, is not judged; only that it is no fact

    @property
    def is_fact(self) -> bool:
        """Whether the article itself tells it as something that happened."""
        return not (self.cue or self.negated or self.is_anybodys) and self.modalities == {"actual"}


@dataclass(frozen=True, slots=True)
class Absent:
    """What must not be found."""

    names: tuple[GoldName, ...] = ()
    attributions: tuple[GoldAttribution, ...] = ()  # one that meets all parts that are given
    relations: tuple[GoldRelation, ...] = ()  # in nobody's voice
    facts: tuple[GoldRelation, ...] = ()  # as the article's own voice: actual, not negated


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and what is to be read in it; a layer that is ``None`` is not judged."""

    id: str
    category: str
    text: str
    names: tuple[GoldName, ...] | None
    values: tuple[GoldName, ...] | None
    attributions: tuple[GoldAttribution, ...] | None
    coreference: tuple[tuple[TextSpan, ...], ...] = ()  # mentions of one thing; never of two groups the same
    relations: tuple[GoldRelation, ...] = ()
    absent: Absent = Absent()


def load_passages(folder: Path = FOLDER) -> list[Passage]:
    """Return all passages, in the order of files and lines.

    Raises:
        PassageError: If a string is not in its text or is there several times, or a key or label is unknown.
    """
    return [passage for path in sorted(folder.glob("*.toml")) for passage in _passages_in(path)]


def _passages_in(path: Path) -> Iterator[Passage]:
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["passage"]:
        try:
            yield _passage(path.stem, entry)
        except (PassageError, TypeError, KeyError) as error:
            raise PassageError(f"{path.stem}/{entry.get('id')}: {error}") from error


def _passage(category: str, entry: Mapping[str, Any]) -> Passage:
    text, absent = entry["text"], dict(entry.get("absent", {}))
    others = {key: entry[key] for key in entry if key not in {"id", "text", *_LAYERS, "absent"}}
    return Passage(
        id=entry["id"],
        category=category,
        text=text,
        **{key: read(text, entry[key]) if key in entry else None for key, read in _JUDGED.items()},
        **{key: read(text, entry.get(key, ())) for key, read in _GIVEN.items()},
        absent=Absent(**{key: _ABSENT[key](text, rows) for key, rows in absent.items()}),
        **others,  # a key that is unknown is refused
    )


# --- From strings to characters --------------------------------------------------------------------------


def find(text: str, wanted: str, after: int | None = None) -> TextSpan:
    """Return where a string stands in a text, as whole words.

    "said" must be there once; "said#2" is the second one; "The dam … night" goes from its first words to the
    next "night". With ``after`` the first one from there on is meant.

    Raises:
        PassageError: If it is not there, or several times and nothing says which.
    """
    words, _, number = wanted.partition("#")
    begin, _, last = words.partition(" … ")
    found = list(_occurrences(text, begin))
    if number and not number.isdecimal():
        raise PassageError(f"{wanted!r}: no number {number!r}; it stands at the end")
    if number:
        found = found[int(number) - 1 : int(number)]
    if after is not None:
        found = [one for one in found if one.start >= after][:1]
    if len(found) != 1:
        raise PassageError(f"{wanted!r} is there {len(found)} times" + " after the one before" * bool(after))
    if not last:
        return found[0]
    ends = [one.end for one in _occurrences(text, last) if one.start >= found[0].end]
    if not ends:
        raise PassageError(f"no {last!r} after {begin!r}")
    return TextSpan(found[0].start, ends[0])


def _occurrences(text: str, words: str) -> Iterator[TextSpan]:
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    behind = r"(?!\w)" if words[-1:].isalnum() else ""
    for match in re.finditer(before + re.escape(words) + behind, text):
        yield TextSpan(*match.span())


def _all(text: str, wanted: str | Sequence[str]) -> tuple[TextSpan, ...]:
    strings = [wanted] if isinstance(wanted, str) else wanted
    return tuple(find(text, one) for one in strings if one)


def _named(text: str, rows: Sequence[Sequence[str]]) -> tuple[GoldName, ...]:
    names: list[GoldName] = []
    for words, labels in rows:
        given = set(labels.split("|"))
        _check("label", *given - {_NO_NAME})
        span = find(text, words, after=names[-1].span.end if names else 0)
        names.append(GoldName(span, frozenset(given - {_NO_NAME}), _NO_NAME in given))
    return tuple(names)


def _attributed(text: str, rows: Sequence[Mapping[str, Any]]) -> tuple[GoldAttribution, ...]:
    return tuple(_attribution(text, **row) for row in rows)


def _attribution(
    text: str,
    *,
    source: str | Sequence[str] = (),
    cue: str | Sequence[str] = (),
    content: str | Sequence[str] = (),
    stance: str | None = None,
    speech: str | None = None,
    speaker: str | None = None,
    via: str | None = None,
    optional: bool = False,
) -> GoldAttribution:
    _check("stance", *filter(None, [stance]))
    _check("speech", *filter(None, [speech]))
    return GoldAttribution(
        *(_all(text, part) for part in (source, cue, content)),
        stance,
        speech,
        None if speaker is None else _all(text, speaker),
        None if via is None else _all(text, via),
        optional,
    )


def _related(text: str, rows: Sequence[Mapping[str, Any]]) -> tuple[GoldRelation, ...]:
    return tuple(_relation(text, **row) for row in rows)


def _relation(
    text: str,
    *,
    subject: str,
    predicate: str,
    object: str,
    said: str | Sequence[str] = (),
    negated: bool = False,
    modality: str = "actual",
    optional: bool = False,
) -> GoldRelation:
    modalities = frozenset(modality.split("|"))
    _check("modality", *modalities)
    parties = find(text, subject), find(text, object)
    cue = () if said == _ANYBODY else _all(text, said)
    return GoldRelation(
        parties[0], predicate, parties[1], cue, negated, modalities, optional, said == _ANYBODY
    )


def _triples(text: str, rows: Sequence[Sequence[str]]) -> tuple[GoldRelation, ...]:
    return tuple(_relation(text, subject=a, predicate=does, object=b) for a, does, b in rows)


def _groups(text: str, rows: Sequence[Sequence[str]]) -> tuple[tuple[TextSpan, ...], ...]:
    return tuple(_all(text, row) for row in rows)


def _unordered(text: str, rows: Sequence[Sequence[str]]) -> tuple[GoldName, ...]:
    for _, label in rows:
        _check("label", label)
    return tuple(GoldName(find(text, words), frozenset({label}), is_optional=False) for words, label in rows)


def _check(kind: str, *values: str) -> None:
    for value in values:
        if value not in _CHOICES[kind]:
            raise PassageError(f"no {kind} {value!r}; there are: {', '.join(sorted(_CHOICES[kind]))}")


_JUDGED = {"names": _named, "values": _named, "attributions": _attributed}
_GIVEN = {"coreference": _groups, "relations": _related}
_LAYERS = frozenset({*_JUDGED, *_GIVEN})
_ABSENT: Mapping[str, Any] = {
    "names": _unordered,
    "attributions": _attributed,
    "relations": _triples,
    "facts": _triples,
}
