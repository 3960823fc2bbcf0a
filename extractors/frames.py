"""The verb frames of lexicons/verb_frames.toml: how the vocabulary's predicates are said."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extractors.known_names import LEXICONS
from newsgraph.vocabulary import load_vocabulary


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A verb that says a predicate."""

    predicate: str
    lemmas: frozenset[str]
    object: tuple[str, ...]  # "obj", "iobj" or "obl:PREPOSITION", the first that is there
    together: bool = False  # joined subjects are both parties
    particle: str | None = None
    passive: bool = False  # the passive keeps its subject ("is based in")


@dataclass(frozen=True, slots=True)
class LightFrame:
    """A verb with a noun that carries the meaning ("held talks with")."""

    predicate: str
    lemmas: frozenset[str]
    nouns: frozenset[str]
    object: tuple[str, ...]  # prepositions of noun or verb


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, the verbs' by lemma."""

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    lights: tuple[LightFrame, ...]
    nouns: Mapping[str, str]  # lemma -> predicate


@cache
def load_frames() -> Frames:
    """Return the frames of the file.

    Raises:
        ValueError: If a frame names a predicate that the vocabulary lacks.
    """
    given = tomllib.loads((LEXICONS / "verb_frames.toml").read_text(encoding="utf-8"))
    for entry in (*given["verb"], *given["light"], *given["noun"]):
        if entry["predicate"] not in load_vocabulary():
            raise ValueError(f"verb_frames.toml: {entry['predicate']!r} is not in predicates.toml")
    verbs: dict[str, list[VerbFrame]] = {}
    for entry in given["verb"]:
        frame = VerbFrame(**{**entry, "lemmas": frozenset(entry["lemmas"]), "object": tuple(entry["object"])})
        for lemma in frame.lemmas:
            verbs.setdefault(lemma, []).append(frame)
    lights = tuple(
        LightFrame(one["predicate"], frozenset(one["lemmas"]), frozenset(one["nouns"]), tuple(one["object"]))
        for one in given["light"]
    )
    nouns = {lemma: entry["predicate"] for entry in given["noun"] for lemma in entry["lemmas"]}
    return Frames({lemma: tuple(frames) for lemma, frames in verbs.items()}, lights, nouns)
