"""Attributions and relations of any article, each with its sentence, as a page shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from pyoxigraph import NamedNode, QuerySolutions, Store

from graph.held import values
from graph.terms import (
    ARTICLES,
    CLASS_LABELS,
    IDENTITY,
    LABEL,
    NAMESPACES,
    NARRATOR,
    TYPE,
    VIEW,
    class_of_canonical,
    decision_iri,
    local_name,
    ng,
    term,
    text_iri,
    value_of,
    version_graph,
    version_of,
)
from graph.views.markup import Mark, Piece, Words, passage
from newsgraph.errors import UnknownThingError
from newsgraph.vocabulary import load_vocabulary

MOST_CHARACTERS = 1500  # of a sentence with what somebody says in it
MOST_NAME = 200
PAGE = 50  # rows
REMEMBERED = 4096

Row = TypeVar("Row")
Told = Mapping[str, list[str]]  # what is said of a node, by the local name of the predicate


@dataclass(frozen=True, slots=True)
class Rows(Generic[Row]):
    """A page of a list."""

    items: tuple[Row, ...]
    total: int
    page: int  # from 1
    pages: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A canonical entity to go to, or (without IRI) a name alone."""

    iri: str
    name: str
    type: str = ""  # of the records: PERSON, ORG …


@dataclass(frozen=True, slots=True)
class ArticleRef:
    """An article to go to."""

    iri: str
    title: str
    publisher: str
    published: str  # ISO 8601; "" if it is not known


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose word something is."""

    kind: str  # "narrator": the article's own; "speaker"; "unnamed"
    speaker: Thing | None = None
    stance: str = "asserts"
    relays: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution: who says what."""

    iri: str
    article: ArticleRef
    voice: Voice
    certainty: str
    cue: str  # its lemma
    cue_type: str
    speech: str
    medium: str
    addressee: Thing | None
    content: str
    passage: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A relation: who did what to whom, or what holds between them."""

    iri: str
    article: ArticleRef
    subject: Thing
    predicate: str  # its label
    object: Thing
    voice: Voice
    is_negated: bool
    modality: str
    time: str  # ISO 8601; "" if it is not known
    until: str
    place: Thing | None
    post: str
    is_fact: bool  # the article says in its own voice that it happened
    passage: tuple[Words, ...]


class Statements:
    """Looks statements up, and what they name; each thing and article once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.thing = lru_cache(REMEMBERED)(self._thing)
        self.article = lru_cache(REMEMBERED)(self._article)

    def said(self, node: str) -> Said:
        """Return an attribution by its IRI."""
        version, told = self._told(node)
        return Said(
            node,
            self.article_of(version),
            self._voice(version, told),
            _word(told, "certainty"),
            _first(told, "cueLemma"),
            _word(told, "cueType"),
            _word(told, "speechType"),
            _first(told, "medium"),
            next(iter(self._local_things(version, told["addressee"])), None),
            _first(told, "text"),
            self._passage(
                version,
                [*told["sentence"], *told["contentSpan"]],
                _marks(told, "source", "cue", "content"),
            ),
        )

    def event(self, node: str) -> Event:
        """Return a relation by its IRI."""
        version, told = self._told(node)
        attribution = _first(told, "inAttribution")
        voice = Voice("narrator")
        if attribution != NARRATOR.value:
            voice = self._voice(version, self._told(attribution)[1])
        evidence = [Mark(*_offsets(span), "evidence") for span in told["wasDerivedFrom"]]
        subject, other = (self.local_thing(version, _first(told, name)) for name in ("subject", "object"))
        return Event(
            node,
            self.article_of(version),
            subject,
            _first(told, "openPredicate") or label_of(_first(told, "predicate")),
            other,
            voice,
            _first(told, "negated") == "true",
            _word(told, "modality"),
            _first(told, "time"),
            _first(told, "until"),
            next(iter(self._local_things(version, told["place"])), None),
            _first(told, "post"),
            _word(told, "factuality") == "narratorasserted",
            self._passage(version, told["sentence"] or told["wasDerivedFrom"], evidence),
        )

    def voiced(self, node: str) -> tuple[str, tuple[Words, ...]]:
        """Return the statement in which a voice on a proposition is told, and its passage."""
        version, told = self._told(node)
        relation, attribution = _first(told, "relation"), _first(told, "attribution")
        marks, places = list[Mark](), [*told["sentence"]]
        if attribution:
            said = self._told(attribution)[1]
            marks += _marks(said, "source", "cue", "content")
            places += said["contentSpan"]
        if relation:
            derived = self._told(relation)[1]["wasDerivedFrom"]
            marks += [Mark(*_offsets(span), "evidence") for span in derived]
        return attribution or relation, self._passage(version, places, marks)

    def local_thing(self, version_id: str, local: str) -> Thing:
        """Return what an article's entity is: the canonical one, or a date or sum by its words."""
        place = version_of(local)
        if place is None:
            return Thing("", "")
        if found := values(self.store, decision_iri(*place), ng("right"), IDENTITY):
            return self.thing(found[0])
        names = values(self.store, NamedNode(local), LABEL, version_graph(version_id))
        return Thing("", next(iter(names), ""))

    def _local_things(self, version_id: str, locals_: Iterable[str]) -> list[Thing]:
        return [self.local_thing(version_id, one) for one in sorted(locals_)]

    def _voice(self, version_id: str, told: Told) -> Voice:
        """Return whose an attribution is."""
        speakers = self._local_things(version_id, told["source"])
        kind = "speaker" if speakers else "unnamed"
        relays = tuple(self._local_things(version_id, told["reportedVia"]))
        return Voice(kind, next(iter(speakers), None), _word(told, "stance"), relays)

    def _passage(self, version_id: str, spans: Iterable[str], marks: Iterable[Mark]) -> tuple[Words, ...]:
        graph = version_graph(version_id)
        pieces = [
            Piece(_offsets(span)[0], words)
            for span in dict.fromkeys(spans)
            for words in values(self.store, NamedNode(span), term("nif:anchorOf"), graph)
        ]
        return passage(pieces, marks, MOST_CHARACTERS)

    def _told(self, node: str) -> tuple[str, Told]:
        """Return the text version that a statement stands in, and what its graph says of it."""
        place = version_of(node)
        if place is None:
            raise UnknownThingError(f"{node} is nothing that an article states")
        return place[0], told_of(self.store, NamedNode(node), version_graph(place[0]))

    def article_of(self, version_id: str) -> ArticleRef:
        nodes = values(self.store, text_iri(version_id), ng("versionOf"), ARTICLES)
        return self.article(nodes[0])

    def _article(self, iri: str) -> ArticleRef:
        told: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(NamedNode(iri), None, None, ARTICLES):
            told.setdefault(local_name(quad.predicate.value), value_of(quad.object))
        if "identifier" not in told:
            raise UnknownThingError(f"no article in the graph is {iri}")
        return ArticleRef(
            iri,
            told.get("headline") or told["identifier"],
            told.get("publisher", ""),
            told.get("datePublished", ""),
        )

    def _thing(self, iri: str) -> Thing:
        """Return a canonical entity.

        Raises:
            UnknownThingError: If the view holds none of that IRI.
        """
        node = NamedNode(iri)
        if ng("CanonicalEntity").value not in values(self.store, node, TYPE, VIEW):
            raise UnknownThingError(f"no entity in the graph is {iri}")
        name = next(iter(values(self.store, node, LABEL, VIEW)), iri)
        return Thing(iri, name[:MOST_NAME], CLASS_LABELS[class_of_canonical(node).value])


def told_of(store: Store, node: NamedNode, graph: NamedNode) -> Told:
    """Return what a graph says of a node; an empty list by any other predicate."""
    told: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(node, None, None, graph):
        told[local_name(quad.predicate.value)].append(value_of(quad.object))
    return told


class Asked:
    """Asks queries of ours about one node, which stands as $it in them."""

    def __init__(self, store: Store, iri: str) -> None:
        self._store = store
        self._it = str(NamedNode(iri))  # <…>; what is an IRI holds nothing that could end it

    def rows(self, pattern: str, columns: str, tail: str = "") -> list[tuple[str, ...]]:
        """Return the answers as texts, "" for what is not there."""
        solutions = self._store.query(
            f"SELECT {columns} WHERE {{ {pattern.replace('$it', self._it)} }} {tail}",
            prefixes=NAMESPACES,
        )
        assert isinstance(solutions, QuerySolutions)  # noqa: S101 - a SELECT
        return [tuple("" if one is None else value_of(one) for one in solution) for solution in solutions]

    def count(self, pattern: str, what: str = "?node") -> int:
        return int(self.rows(pattern, f"(COUNT(DISTINCT {what}) AS ?count)")[0][0])


def rows_of(items: Iterable[Row], total: int, page: int = 1, size: int = PAGE) -> Rows[Row]:
    return Rows(tuple(items), total, page, max(1, -(-total // size)))


def page_of(found: Sequence[Any], made: Callable[..., Row], page: int = 1, size: int = PAGE) -> Rows[Row]:
    """Return one page of what was found, made into rows, whether it is nodes or tuples."""
    some = found[(page - 1) * size : page * size]
    rows = (made(*one) if isinstance(one, tuple) else made(one) for one in some)
    return rows_of(rows, len(found), page, size)


def label_of(predicate: str) -> str:
    """Return how a predicate is told: "collided with"."""
    name = local_name(predicate)
    kind = load_vocabulary().get(name)
    return name if kind is None else kind.label


def plain_word(iri: str) -> str:
    """Return an individual in one small word: ng:Asserts -> "asserts", ng:NotActual -> "notactual"."""
    return local_name(iri).lower()


def _first(told: Told, name: str) -> str:
    return next(iter(told[name]), "")


def _word(told: Told, name: str) -> str:
    return plain_word(_first(told, name))


def _marks(told: Told, *roles: str) -> list[Mark]:
    return [Mark(*_offsets(span), role) for role in roles for span in told[f"{role}Span"]]


def _offsets(span: str) -> tuple[int, int]:
    """Return begin and end of a stretch, which its IRI tells."""
    begin, _, end = local_name(span).removeprefix("c").partition("-")
    return int(begin), int(end)
