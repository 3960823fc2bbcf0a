"""The frames of lexicons/verb_frames.toml: how the vocabulary's predicates are said."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from extractors.known_names import LEXICONS
from newsgraph.vocabulary import load_vocabulary

# Of persons, these verbs speak of what was done to them; "hit" and "attacked" may be of words.
_ACTS = frozenset(
    {
        *("dismissed", "sued", "convicted", "sanctioned", "arrested", "extradited", "kidnapped"),
        *("injured", "killed", "shotDown", "acquired"),
    }
)
Frame = TypeVar("Frame")


@dataclass(frozen=True, slots=True)
class VerbFrame:
    """A verb (or an adjective) that says a predicate."""

    predicate: str
    object: tuple[str, ...]  # "obj", "iobj" or "obl:PREPOSITION", the first that is there
    together: bool = False  # joined subjects are both parties
    particle: str | None = None
    passive: bool = False  # the passive keeps its subject ("is based in")
    without: tuple[str, ...] = ()  # objects under which the verb says something else ("sent a letter to")
    object_types: tuple[str, ...] = ()  # of the other party, where fewer than the vocabulary allows
    subject_types: tuple[str, ...] = ()
    of: tuple[str, ...] = ()  # objects that it takes ("gave them tanks"), beside products and sums
    behind: bool = False  # a phrase before the verb does not count ("On CNN he called for")
    complement: bool = False  # the verb must say what the object is made ("named her chair")
    asked: bool = False  # it is told what for ("called on Roe to go"; "called on Roe" was a visit)
    goods: bool = False  # what is handed over is no person ("sent him to Lund")
    handed: bool = False  # what is handed over is told, and no firm (not "was founded and sold to Roe")
    bare: bool = False  # nothing is said of the object ("called him", not "called him a master")
    of_force: bool = (
        False  # of a person against persons it may be of words alone ("attacked his rival"): left out
    )
    by: tuple[str, ...] = ()  # what the first party is called by ("guards beat him")
    named: bool = False  # one party at least has a name
    alone: bool = False  # the verb has no object ("shot at the house", not "shot him at the house")
    swap: bool = False  # subject and object change places ("lost to")
    subject: str = (
        ""  # where the first party stands, if it is not the verb's subject ("sold the plant to Roe")
    )
    apart: tuple[str, ...] = ()  # adverbs with which the verb says something else ("ran it aground")
    not_in: tuple[str, ...] = ()  # what it means another thing in, at or for ("meet in the final")
    nouns: tuple[str, ...] = ()  # one of which must stand behind a preposition ("took him into custody")
    as_one: bool = True  # it may be said as what somebody is seen (not "dismissed him as a clown")
    whose: tuple[str, ...] = ()  # things of the other party that stand for it ("broke into the servers of")


@dataclass(frozen=True, slots=True)
class LightFrame:
    """A verb with a noun that carries the meaning ("held talks with")."""

    predicate: str
    lemmas: frozenset[str]
    nouns: frozenset[str]
    object: tuple[str, ...]  # prepositions of noun or verb
    without: tuple[str, ...] = ()  # prepositions under which it says something else ("made a call for")
    by: tuple[str, ...] = ()  # what the first party is called by, if it is no place
    of_force: bool = False  # as of verbs


@dataclass(frozen=True, slots=True)
class NounFrame:
    """A noun of action ("A's visit to B")."""

    predicate: str
    subject: tuple[str, ...] = ()  # "poss", "compound", "amod" or a preposition, the first that is there
    object: tuple[str, ...] = ()  # prepositions
    between: bool = False  # "a call between A and B"
    without: tuple[str, ...] = ()  # prepositions under which it says something else ("calls for")
    of_force: bool = False  # as of verbs
    kinds: tuple[str, ...] = ()  # one of which must stand before it ("an air strike", not "a strike")


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, by lemma."""

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    lights: tuple[LightFrame, ...]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    roles: Mapping[str, str]  # lemma -> predicate
    adjectives: Mapping[str, VerbFrame]


@cache
def load_frames() -> Frames:
    """Return the frames of the file.

    Raises:
        ValueError: If a frame names a predicate that the vocabulary lacks.
    """
    given = tomllib.loads((LEXICONS / "verb_frames.toml").read_text(encoding="utf-8"))
    for entry in (entry for entries in given.values() for entry in entries):
        if entry["predicate"] not in load_vocabulary():
            raise ValueError(f"verb_frames.toml: {entry['predicate']!r} is not in predicates.toml")
    lights = tuple(
        LightFrame(
            one["predicate"],
            frozenset(one["lemmas"]),
            frozenset(one["nouns"]),
            tuple(one["object"]),
            tuple(one.get("without", ())),
            tuple(one.get("by", ())),
            one.get("of_force", False),
        )
        for one in given["light"]
    )
    adjectives = _by_lemma(VerbFrame, given["adjective"])
    return Frames(
        verbs=_by_lemma(VerbFrame, given["verb"]),
        lights=lights,
        nouns=_by_lemma(NounFrame, given["noun"]),
        roles={lemma: entry["predicate"] for entry in given["role"] for lemma in entry["lemmas"]},
        adjectives={lemma: frames[0] for lemma, frames in adjectives.items()},
    )


@lru_cache(maxsize=8192)
def lights_of(verb: str) -> tuple[LightFrame, ...]:
    """Return the frames of a verb with a noun that carries the meaning."""
    return tuple(frame for frame in load_frames().lights if verb in frame.lemmas)


@cache
def act_verbs() -> frozenset[str]:
    """Return the verbs of what is done to somebody, where nothing is said: "sued", "arrested"."""
    return _verbs(lambda frame: frame.predicate in _ACTS and not (frame.particle or frame.nouns))


@cache
def violent_verbs() -> frozenset[str]:
    """Return the verbs of what nobody does by speaking: "wounded", "damaged", "crashed into"."""
    return _verbs(lambda frame: load_vocabulary()[frame.predicate].plover in {"ASSAULT", "ACCIDENT"})


@cache
def meeting_verbs() -> frozenset[str]:
    """Return the verbs of what two do with each other: "met", "spoke", "agreed"."""
    return _verbs(lambda frame: load_vocabulary()[frame.predicate].symmetric)


@cache
def deed_nouns() -> Mapping[str, frozenset[str]]:
    """Return the nouns of what was done, with the predicates that each may tell: "the attack"."""
    frames = load_frames()
    found: dict[str, set[str]] = {}
    for noun, some in frames.nouns.items():
        found.setdefault(noun, set()).update(one.predicate for one in some)
    for light in frames.lights:
        for noun in light.nouns:
            found.setdefault(noun, set()).add(light.predicate)
    return {noun: frozenset(told) for noun, told in found.items()}


@cache
def forceful_verbs() -> frozenset[str]:
    """Return the verbs of what is done to somebody by force: "arrested", "raided"."""
    return _verbs(lambda frame: frame.predicate in _by_force() and not frame.nouns)


@cache
def forceful_nouns() -> frozenset[str]:
    """Return the nouns of what was done to somebody by force: "the raid", "the arrest"."""
    return frozenset(noun for noun, told in deed_nouns().items() if told <= _by_force())


def _by_force() -> frozenset[str]:
    return frozenset(name for name, kind in load_vocabulary().items() if kind.plover in {"ASSAULT", "COERCE"})


def _verbs(fits: Callable[[VerbFrame], bool]) -> frozenset[str]:
    """Return the verbs that have a fitting frame."""
    return frozenset(lemma for lemma, frames in load_frames().verbs.items() if any(map(fits, frames)))


def _by_lemma(kind: type[Frame], entries: Iterable[dict[str, Any]]) -> dict[str, tuple[Frame, ...]]:
    frames: dict[str, list[Frame]] = {}
    for entry in entries:
        fields = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
        lemmas = fields.pop("lemmas")
        for lemma in lemmas:
            frames.setdefault(lemma, []).append(kind(**fields))
    return {lemma: tuple(found) for lemma, found in frames.items()}
