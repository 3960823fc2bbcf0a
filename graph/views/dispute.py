"""The view of a dispute: who asserts, denies or leaves open a proposition, when, in which words.

What an article says in its own voice stands apart from what it reports that others say. Voices on the same
with a date speak of the undated, too, and are shown there with their date.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from graph.evidence import ArticlesHere
from graph.held import first_value, most_used, values
from graph.placing import profiles_at
from graph.snapshots import Reader
from graph.terms import (
    NARRATOR,
    OBJECT,
    PREDICATE,
    STANCES,
    SUBJECT,
    TYPE,
    VIEW,
    WORDINGS_IN_USE,
    ng,
    shown_iri,
    value_of,
)
from graph.views.given import given_iri, given_number
from graph.views.markup import Words
from graph.views.statements import (
    ArticleRef,
    Rows,
    Statements,
    Thing,
    label_of,
    plain_word,
    rows_of,
    told_of,
)
from newsgraph.errors import UnknownThingError

VOICES = 30  # rows of a page
MOST_ENTRIES = 6  # of one voice with one stance
MOST_RELATED = 30
MOST_WORDINGS = 20
MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """Once that a voice takes its stance."""

    iri: str  # of the statement, in the article
    article: ArticleRef
    passage: tuple[Words, ...]
    relays: tuple[Thing, ...]
    time: str  # the day that it speaks of, where the proposition is told without one; ISO 8601


@dataclass(frozen=True, slots=True)
class Cell:
    """What a voice says with one stance, in order of time."""

    stance: str
    entries: tuple[Entry, ...]
    total: int


@dataclass(frozen=True, slots=True)
class VoiceRow:
    """One voice."""

    kind: str  # "speaker", "unnamed"; "narrator": articles of one publisher in their own voice
    speaker: Thing | None
    publisher: str  # of a narrator
    is_anonymous: bool  # "US officials"; not what is known without a name
    cells: tuple[Cell, ...]  # one for each of STANCES


@dataclass(frozen=True, slots=True)
class Related:
    """A weaker or stronger proposition."""

    iri: str
    how: str  # "undated", "dated", "implied", "implies"
    statement: str
    time: str
    stances: Mapping[str, int]  # voices


@dataclass(frozen=True, slots=True)
class DisputeView:
    """All that the page shows of a canonical proposition."""

    iri: str
    shown: str
    statement: str
    subject: Thing | None  # where it is a relation
    predicate: str
    object: Thing | None
    time: str
    is_planned: bool
    wordings: tuple[str, ...]  # other words for it, the most used first
    claimed: Mapping[str, int]  # voices that others have, by stance
    own: Mapping[str, int]  # articles' own voices, by stance
    articles: int
    independent: int  # texts, copies counted once
    related: tuple[Related, ...]
    voices: Rows[VoiceRow]  # those of others first, then articles' own


@dataclass(frozen=True, slots=True)
class _Voice:
    """A voice as the view has it."""

    node: str
    evidence: str
    stance: str
    speaker: str  # "" of one without a name
    article: str
    day: str
    is_anonymous: bool
    relays: tuple[str, ...]
    time: str


def view(reader: Reader, parameters: Mapping[str, str]) -> DisputeView:
    """Return what is to be shown of the canonical proposition ``iri``.

    Raises:
        UnknownThingError: If the view holds none of that IRI.
        QueryError: If a parameter (iri, page) makes no sense.
    """
    node = given_iri(parameters, "iri")
    page = given_number(parameters, "page", 1, most=MOST_PAGES)
    store, statements = reader.store, Statements(reader.store)
    if ng("CanonicalProposition").value not in values(store, node, TYPE, VIEW):
        raise UnknownThingError(f"no proposition in the graph is {shown_iri(node.value)}")
    voices = list(_voices_on(store, node))
    articles = {one.article for one in voices}
    parties = [statements.thing(one) for name in (SUBJECT, OBJECT) for one in values(store, node, name, VIEW)]
    return DisputeView(
        node.value,
        shown_iri(node.value),
        _first(store, node, "statement"),
        parties[0] if parties else None,
        next((label_of(one) for one in values(store, node, PREDICATE, VIEW)), ""),
        parties[-1] if parties else None,
        _first(store, node, "time"),
        _first(store, node, "modality") == ng("Planned").value,
        _wordings(store, node),
        _stances(one for one in voices if one.speaker != NARRATOR.value),
        _stances(one for one in voices if one.speaker == NARRATOR.value),
        len(articles),
        ArticlesHere(store).independent(articles),
        tuple(_related(store, node)),
        _rows(statements, voices, page),
    )


def dated_too(store: Store, node: NamedNode) -> list[NamedNode]:
    """Return a proposition and the same with a date: voices on these speak of it."""
    return [node, *_subjects(store, "moreGeneral", node)]


def count_voices(store: Store, node: NamedNode) -> int:
    return sum(len(_subjects(store, "onProposition", one)) for one in dated_too(store, node))


def _voices_on(store: Store, node: NamedNode) -> Iterator[_Voice]:
    for one in dated_too(store, node):
        time = "" if one == node else _first(store, one, "time")
        for voice in _subjects(store, "onProposition", one):
            told = told_of(store, voice, VIEW)
            yield _Voice(
                voice.value,
                told["evidence"][0],
                plain_word(told["stance"][0]),
                "".join(told["attributedTo"][:1]),
                told["inArticle"][0],
                "".join(told["datePublished"][:1]),
                told["anonymous"][:1] == ["true"],
                tuple(sorted(told["reportedVia"])),
                time,
            )


def _stances(voices: Iterable[_Voice]) -> dict[str, int]:
    counted = Counter(one.stance for one in voices)
    return {stance: counted[stance] for stance in STANCES}


def _rows(statements: Statements, voices: Iterable[_Voice], page: int) -> Rows[VoiceRow]:
    """Return the matrix: those who say most first, articles' own voices last."""
    groups: dict[tuple[str, str, str], list[_Voice]] = defaultdict(list)
    for voice in voices:
        groups[_whose(statements, voice)].append(voice)
    order = sorted(groups, key=lambda key: (key[0] == "narrator", -len(groups[key]), key))
    shown = order[(page - 1) * VOICES : page * VOICES]
    return rows_of((_row(statements, key, groups[key]) for key in shown), len(order), page, VOICES)


def _whose(statements: Statements, voice: _Voice) -> tuple[str, str, str]:
    """Return what makes voices one row: kind, speaker, publisher or the article of one without a name."""
    if voice.speaker == NARRATOR.value:
        return "narrator", "", statements.article(voice.article).publisher
    return ("speaker", voice.speaker, "") if voice.speaker else ("unnamed", "", voice.article)


def _row(statements: Statements, key: tuple[str, str, str], voices: list[_Voice]) -> VoiceRow:
    kind, speaker, place = key
    by_stance = {
        stance: sorted((one for one in voices if one.stance == stance), key=lambda one: (one.day, one.node))
        for stance in STANCES
    }
    cells = (
        Cell(stance, tuple(_entry(statements, one) for one in found[:MOST_ENTRIES]), len(found))
        for stance, found in by_stance.items()
    )
    thing = statements.thing(speaker) if speaker else None
    publisher = place if kind == "narrator" else ""
    is_anonymous = all(one.is_anonymous for one in voices) and not _is_known(statements.store, speaker)
    return VoiceRow(kind, thing, publisher, is_anonymous, tuple(cells))


def _is_known(store: Store, speaker: str) -> bool:
    """Say whether a thing is known by more than its name: "Russia's defence ministry" needs none."""
    return bool(speaker) and any(one.known for one in profiles_at(store, NamedNode(speaker)))


def _entry(statements: Statements, voice: _Voice) -> Entry:
    statement, passage = statements.voiced(voice.evidence)
    relays = tuple(statements.thing(one) for one in voice.relays)
    return Entry(statement, statements.article(voice.article), passage, relays, voice.time)


def _related(store: Store, node: NamedNode) -> Iterator[Related]:
    """Yield weaker propositions, then stronger ones."""
    ways = (
        ("undated", map(NamedNode, values(store, node, ng("moreGeneral"), VIEW))),
        ("implied", map(NamedNode, values(store, node, ng("implies"), VIEW))),
        ("dated", _subjects(store, "moreGeneral", node)),
        ("implies", _subjects(store, "implies", node)),
    )
    for how, found in ways:
        told = sorted((_first(store, one, "time"), one.value) for one in found)
        for time, iri in told[:MOST_RELATED]:
            one = NamedNode(iri)
            yield Related(iri, how, _first(store, one, "statement"), time, _stances(_voices_on(store, one)))


def _wordings(store: Store, node: NamedNode) -> tuple[str, ...]:
    return tuple(words for words, _ in most_used(store, node, WORDINGS_IN_USE, MOST_WORDINGS))


def _subjects(store: Store, predicate: str, node: NamedNode) -> list[NamedNode]:
    found = store.quads_for_pattern(None, ng(predicate), node, VIEW)
    return [NamedNode(value_of(quad.subject)) for quad in found]


def _first(store: Store, node: NamedNode, name: str) -> str:
    return first_value(store, node, ng(name), VIEW)
