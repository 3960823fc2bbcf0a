"""The start page: how much there is, and what is new: articles, who speaks in them, what is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.held import first_value, values
from graph.query import solutions
from graph.snapshots import Reader
from graph.terms import (
    CLASS_LABELS,
    LABEL,
    NARRATOR,
    STANCES,
    VIEW,
    class_of_canonical,
    ng,
    value_of,
)
from graph.views.indexed import searchable

RECENT = 200  # articles that count as new: what is read for this page does not grow with the graph
SHOWN = 8
_VOICES_IN = Path(__file__).with_name("voices_in.rq").read_text("utf-8")
_STANCE_NAMES = {node.value: name for name, node in STANCES.items()}


@dataclass(frozen=True, slots=True)
class NewArticle:
    iri: str
    title: str
    publisher: str
    published: str  # ISO 8601; "" if nobody knows


@dataclass(frozen=True, slots=True)
class ActiveVoice:
    """Somebody who says something in the newest articles."""

    iri: str
    name: str
    type: str
    stances: tuple[tuple[str, int], ...]  # "asserts", how often
    articles: int


@dataclass(frozen=True, slots=True)
class NewDispute:
    """A proposition that somebody asserts and somebody denies in the newest articles."""

    iri: str
    statement: str
    asserting: tuple[str, ...]  # names
    denying: tuple[str, ...]
    latest: str  # when an article that speaks of it came out


@dataclass(frozen=True, slots=True)
class Start:
    is_ready: bool  # False: the search index, from which this is, does not hold this checkpoint yet
    articles: int = 0
    entities: int = 0
    recent: int = 0  # how many articles the rest is of
    newest: tuple[NewArticle, ...] = ()
    voices: tuple[ActiveVoice, ...] = ()
    disputes: tuple[NewDispute, ...] = ()


class _Voice(NamedTuple):
    """One voice on a proposition."""

    proposition: NamedNode
    stance: str
    speaker: NamedNode | None
    article: str


def view(reader: Reader, parameters: Mapping[str, str]) -> Start:
    """Return what the start page shows."""
    with searchable(reader) as index:
        if index is None:
            return Start(is_ready=False)
        counts, recent = index.counts(), [NewArticle(*one) for one in index.newest(RECENT)]
    voices = _voices_in(reader, [one.iri for one in recent])
    return Start(
        is_ready=True,
        articles=counts.get("article", 0),
        entities=counts.get("entity", 0),
        recent=len(recent),
        newest=tuple(recent[:SHOWN]),
        voices=tuple(_active(reader.store, voices)),
        disputes=tuple(_disputes(reader.store, voices, {one.iri: one.published for one in recent})),
    )


def _voices_in(reader: Reader, articles: Iterable[str]) -> list[_Voice]:
    named = " ".join(str(NamedNode(iri)) for iri in articles)
    _, rows = solutions(reader, _VOICES_IN.replace("$articles", named))
    return [
        _Voice(
            NamedNode(value_of(proposition)),
            _STANCE_NAMES[value_of(stance)],
            speaker if isinstance(speaker, NamedNode) else None,
            value_of(article),
        )
        for article, proposition, stance, speaker in rows
    ]


def _active(store: Store, voices: Iterable[_Voice]) -> Iterator[ActiveVoice]:
    """Yield who speaks in most articles, but for the articles' own voice."""
    stances, articles = Counter[tuple[NamedNode, str]](), dict[NamedNode, set[str]]()
    for voice in voices:
        if voice.speaker is not None and voice.speaker != NARRATOR:
            stances[voice.speaker, voice.stance] += 1
            articles.setdefault(voice.speaker, set()).add(voice.article)
    totals = {
        speaker: (len(where), sum(stances[speaker, one] for one in STANCES))
        for speaker, where in articles.items()
    }
    for speaker in sorted(totals, key=lambda one: (*(-n for n in totals[one]), one.value))[:SHOWN]:
        yield ActiveVoice(
            speaker.value,
            first_value(store, speaker, LABEL, VIEW),
            CLASS_LABELS[class_of_canonical(speaker).value],
            tuple((one, stances[speaker, one]) for one in STANCES if stances[speaker, one]),
            len(articles[speaker]),
        )


def _disputes(store: Store, voices: Sequence[_Voice], published: Mapping[str, str]) -> Iterator[NewDispute]:
    """Yield of what somebody asserts and somebody denies in these articles, what came out last first.

    Dated and undated voices are on one thing; who asserts something stronger asserts it as well.
    """
    latest, sides = dict[NamedNode, str](), dict[tuple[NamedNode, str], set[str]]()
    on = {one: _spoken_of(store, one) for one in {voice.proposition for voice in voices}}
    for voice in voices:
        general, implied = on[voice.proposition]
        for one in (general, *(implied if voice.stance == "asserts" else ())):
            latest[one] = max(latest.get(one, ""), published[voice.article])
            sides.setdefault((one, voice.stance), set()).add(voice.speaker.value if voice.speaker else "")
    disputed = (one for one in latest if (one, "asserts") in sides and (one, "denies") in sides)
    for general in nlargest(SHOWN, disputed, key=lambda one: (latest[one], one.value)):
        asserting, denying = (
            tuple(sorted({_name(store, one) for one in sides[general, stance]}))
            for stance in ("asserts", "denies")
        )
        statement = first_value(store, general, ng("statement"), VIEW)
        yield NewDispute(general.value, statement, asserting, denying, latest[general])


def _spoken_of(store: Store, proposition: NamedNode) -> tuple[NamedNode, tuple[NamedNode, ...]]:
    """Return a proposition without its date, and those that follow from it, without theirs."""
    implied = values(store, proposition, ng("implies"), VIEW)
    return _general(store, proposition), tuple({_general(store, NamedNode(one)) for one in implied})


def _general(store: Store, proposition: NamedNode) -> NamedNode:
    return NamedNode(first_value(store, proposition, ng("moreGeneral"), VIEW) or proposition.value)


def _name(store: Store, speaker: str) -> str:
    if not speaker:
        return "somebody unnamed"
    if speaker == NARRATOR.value:
        return "an article’s own voice"
    return first_value(store, NamedNode(speaker), LABEL, VIEW)
