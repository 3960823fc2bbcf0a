"""What an article states, in plain words, and what changed from one reading of it to the next. Pure.

A statement is an attribution, a relation or a voice on a proposition. It is told by names and words, not by
nodes, so that it can be compared with what was read in another text or by another model. Where it stands in
the text is no part of what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from newsgraph.records import Attribution, Extraction, Proposition, Relation, Stance, TextSpan, Voice

Kind = Literal["attribution", "relation", "proposition"]
Fate = Literal["kept", "changed", "lost", "gained"]

NARRATOR, UNNAMED = "(the article's own voice)", "(unnamed)"
KINDS: tuple[Kind, ...] = ("attribution", "relation", "proposition")


@dataclass(frozen=True, slots=True)
class Stated:
    """One statement of an article."""

    kind: Kind
    who: str  # whose it is
    words: str  # what is said; of a relation "SUBJECT PREDICATE OBJECT"
    stance: Stance  # of whose it is
    standing: str  # of an attribution how certain, of a relation "actual", "not actual", "planned" …
    predicate: str  # of an attribution the cue's lemma; of a proposition that is no relation ""
    time: str  # when, of a relation or proposition that tells it, else ""
    sentence: str  # in which it stands, on one line

    @property
    def position(self) -> str:
        """What may change while it remains the same statement, in words."""
        cue = f" ({self.predicate})" if self.kind == "attribution" and self.predicate else ""
        return f"{self.stance}{cue}, {self.standing}" if self.standing else f"{self.stance}{cue}"

    def __str__(self) -> str:
        when = f" [{self.time}]" if self.time else ""
        return f"{self.who}: {self.words}{when}"


@dataclass(frozen=True, slots=True)
class Change:
    """A statement, and what became of it in the next reading."""

    fate: Fate
    stated: Stated  # of what is gained, as the next reading has it
    after: Stated | None = None  # of what changed


def stated_in(extraction: Extraction) -> tuple[Stated, ...]:
    """Return all that an article states."""
    return tuple(_Statements(extraction).all())


def compared(old: Iterable[Stated], new: Iterable[Stated]) -> tuple[Change, ...]:
    """Return what became of each statement of ``old`` in ``new``, then what is only there.

    compared([Berg denies X], [Berg asserts X, Dorn asserts Y]) ->
        (changed Berg denies X, Berg asserts X), (gained Dorn asserts Y)
    """
    left: dict[tuple[str, ...], list[Stated]] = {}
    for one in new:
        left.setdefault(_key(one), []).append(one)
    told: list[Change] = []
    open_: list[Stated] = []
    for one in old:
        same = next((it for it in left.get(_key(one), ()) if it.position == one.position), None)
        if same is None:
            open_.append(one)
        else:
            left[_key(one)].remove(same)
            told.append(Change("kept", one))
    for one in open_:
        others = left.get(_key(one))
        told.append(Change("changed", one, others.pop(0)) if others else Change("lost", one))
    return (*told, *(Change("gained", one) for others in left.values() for one in others))


def _key(one: Stated) -> tuple[str, ...]:
    """Return what makes two statements the same, whatever the stance."""
    predicate = "" if one.kind == "attribution" else one.predicate
    return (one.kind, one.who, predicate, one.time, *re.findall(r"\w+", one.words.casefold()))


class _Statements:
    """Tells the statements of one extraction."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._names = {entity.id: entity.name for entity in extraction.entities}
        self._attributions = {one.id: one for one in extraction.attributions}
        self._relations = {one.id: one for one in extraction.relations}

    def all(self) -> Iterator[Stated]:
        yield from map(self._attribution, self._extraction.attributions)
        yield from map(self._relation, self._extraction.relations)
        for one in self._extraction.propositions:
            for voice in one.voices:
                yield self._voice(one, voice)

    def _attribution(self, one: Attribution) -> Stated:
        words = " … ".join(self._extraction.text[start:end] for start, end in one.content)
        sentence = self._sentence((one.cue or one.content)[:1])
        who = self._who(one)
        return Stated("attribution", who, words, one.stance, one.certainty, one.cue_lemma, "", sentence)

    def _relation(self, one: Relation) -> Stated:
        attribution = self._attributions.get(one.attribution or "")
        stance = attribution.stance if attribution else "asserts"
        words = f"{self._name(one.subject)} {one.predicate} {self._name(one.object)}"
        standing = f"{'not ' if one.negated else ''}{one.modality}"
        sentence = self._sentence((TextSpan(one.start, one.end),))
        who = NARRATOR if one.attribution is None else self._who(attribution)
        return Stated("relation", who, words, stance, standing, one.predicate, one.time or "", sentence)

    def _voice(self, one: Proposition, voice: Voice) -> Stated:
        attribution = self._attributions.get(voice.attribution or "")
        who = NARRATOR if voice.attribution is None else self._who(attribution)
        sentence = self._sentence(self._places(voice))
        return Stated(
            "proposition", who, one.text, voice.stance, "", one.predicate or "", one.time or "", sentence
        )

    def _places(self, voice: Voice) -> tuple[TextSpan, ...]:
        if relation := self._relations.get(voice.relation or ""):
            return (TextSpan(relation.start, relation.end),)
        attribution = self._attributions.get(voice.attribution or "")
        return (attribution.cue or attribution.content)[:1] if attribution else ()

    def _who(self, one: Attribution | None) -> str:
        return self._name(one.speaker) if one and one.speaker is not None else UNNAMED

    def _name(self, entity: str) -> str:
        return self._names.get(entity, UNNAMED)

    def _sentence(self, places: Iterable[TextSpan]) -> str:
        for place in places:
            for start, end in self._extraction.sentences:
                if start <= place.start < end:
                    return " ".join(self._extraction.text[start:end].split())
        return ""
