"""The start page: how much there is, and what is new: articles, who speaks most in them, what is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from pyoxigraph import NamedNode, Store

from graph.held import values
from graph.store import Reader
from graph.terms import (
    ARTICLES,
    CLASS_LABELS,
    LABEL,
    NARRATOR,
    STANCES,
    TYPE,
    VIEW,
    class_of_canonical,
    ng,
    term,
    value_of,
)

RECENT = 200  # articles that count as new: what is read for this page does not grow with the graph
SHOWN = 8
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
    """A proposition that somebody asserts and somebody denies, of which the newest articles speak."""

    iri: str
    statement: str
    asserting: tuple[str, ...]  # names
    denying: tuple[str, ...]
    latest: str  # when an article that speaks of it came out


@dataclass(frozen=True, slots=True)
class Start:
    articles: int
    entities: int
    propositions: int
    recent: int  # how many articles the rest is of
    newest: tuple[NewArticle, ...] = ()
    voices: tuple[ActiveVoice, ...] = ()
    disputes: tuple[NewDispute, ...] = ()


class _Voice(NamedTuple):
    """One voice on a proposition, as the view's evidence has it."""

    proposition: NamedNode
    stance: str
    speaker: NamedNode | None
    article: str
    published: str


def view(reader: Reader, parameters: Mapping[str, str]) -> Start:
    """Return what the start page shows."""
    store = reader.store
    recent = _newest(store)
    voices = [voice for one in recent for voice in _voices_in(store, one)]
    return Start(
        articles=_count(store, term("schema:NewsArticle"), ARTICLES),
        entities=_count(store, ng("CanonicalEntity"), VIEW),
        propositions=_count(store, ng("CanonicalProposition"), VIEW),
        recent=len(recent),
        newest=tuple(_article(store, one) for one in recent[:SHOWN]),
        voices=tuple(_active(store, voices)),
        disputes=tuple(_disputes(store, voices)),
    )


def _count(store: Store, kind: NamedNode, graph: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, TYPE, kind, graph))


def _newest(store: Store) -> list[NamedNode]:
    """Return the articles that came out last; those of which nobody knows when come after all others."""
    days = {
        value_of(quad.subject): value_of(quad.object)
        for quad in store.quads_for_pattern(None, term("schema:datePublished"), None, ARTICLES)
    }
    found = store.quads_for_pattern(None, TYPE, term("schema:NewsArticle"), ARTICLES)
    every = (value_of(quad.subject) for quad in found)
    return [NamedNode(iri) for iri in nlargest(RECENT, every, key=lambda iri: (days.get(iri, ""), iri))]


def _article(store: Store, node: NamedNode) -> NewArticle:
    headline, name, publisher, published = (
        _first(store, node, term(f"schema:{one}"), ARTICLES)
        for one in ("headline", "identifier", "publisher", "datePublished")
    )
    return NewArticle(node.value, headline or name, publisher, published)


def _voices_in(store: Store, article: NamedNode) -> Iterator[_Voice]:
    for quad in store.quads_for_pattern(None, ng("inArticle"), article, VIEW):
        yield from _voice(store, NamedNode(value_of(quad.subject)), article.value)


def _voice(store: Store, evidence: NamedNode, article: str) -> Iterator[_Voice]:
    told = {
        value_of(quad.predicate): value_of(quad.object)
        for quad in store.quads_for_pattern(evidence, None, None, VIEW)
    }
    proposition = told.get(ng("onProposition").value)
    if proposition is None:  # evidence of an edge
        return
    speaker = told.get(ng("attributedTo").value)
    yield _Voice(
        NamedNode(proposition),
        _STANCE_NAMES[told[ng("stance").value]],
        NamedNode(speaker) if speaker is not None else None,
        article,
        told.get(term("schema:datePublished").value, ""),
    )


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
            _first(store, speaker, LABEL, VIEW),
            CLASS_LABELS[class_of_canonical(speaker).value],
            tuple((one, stances[speaker, one]) for one in STANCES if stances[speaker, one]),
            len(articles[speaker]),
        )


def _disputes(store: Store, voices: Iterable[_Voice]) -> Iterator[NewDispute]:
    """Yield of what somebody asserts and somebody denies, what the newest articles speak of first.

    Dated and undated voices are on one thing; who asserts something stronger asserts it as well.
    """
    latest = dict[NamedNode, str]()
    for voice in voices:
        general = _general(store, voice.proposition)
        latest[general] = max(latest.get(general, ""), voice.published)
    shown = 0
    for general in sorted(latest, key=lambda one: (latest[one], one.value), reverse=True):
        on = list(_on(store, general))
        sides = {side: _names(store, on, side) for side in ("asserts", "denies")}
        if all(sides.values()):
            statement = _first(store, general, ng("statement"), VIEW)
            yield NewDispute(general.value, statement, sides["asserts"], sides["denies"], latest[general])
            shown += 1
            if shown == SHOWN:
                return


def _general(store: Store, proposition: NamedNode) -> NamedNode:
    return NamedNode(_first(store, proposition, ng("moreGeneral"), VIEW) or proposition.value)


def _on(store: Store, general: NamedNode) -> Iterator[tuple[str, str]]:
    """Yield stance and speaker of all who speak of a proposition, of whatever article; "" if nobody knows."""
    same = [general, *_subjects(store, ng("moreGeneral"), general)]
    stronger = [one for each in same for one in _subjects(store, ng("implies"), each)]
    for proposition in (*same, *stronger):
        for evidence in _subjects(store, ng("onProposition"), proposition):
            for voice in _voice(store, evidence, ""):
                if voice.stance == "asserts" or proposition in same:
                    yield voice.stance, voice.speaker.value if voice.speaker else ""


def _names(store: Store, on: Iterable[tuple[str, str]], stance: str) -> tuple[str, ...]:
    speakers = dict.fromkeys(speaker for its, speaker in on if its == stance)
    return tuple(sorted({_name(store, one) for one in speakers}))


def _name(store: Store, speaker: str) -> str:
    if not speaker:
        return "somebody unnamed"
    if speaker == NARRATOR.value:
        return "an article’s own voice"
    return _first(store, NamedNode(speaker), LABEL, VIEW)


def _subjects(store: Store, predicate: NamedNode, object_: NamedNode) -> list[NamedNode]:
    return [
        NamedNode(value_of(quad.subject)) for quad in store.quads_for_pattern(None, predicate, object_, VIEW)
    ]


def _first(store: Store, node: NamedNode, predicate: NamedNode, graph: NamedNode) -> str:
    return next(iter(values(store, node, predicate, graph)), "")
